/* What the system tells on a schedule, so that its silence is noticed: a digest to the coordinators each day and month, a sign of
 * life to the operators, and a drill that shows whether an alert would be answered. Decides nothing about cases. */
#ifndef HL_CORE_REPORT_REPORT_H
#define HL_CORE_REPORT_REPORT_H

#include "core/core.h"
#include "core/roster/roster.h"

/* Sends what is due; called a few times a minute. Opens a turn where it has something to write. What was sent is kept on disk in
 * the same transaction: nothing is sent twice, and what fell due while the core was down is sent late, not never. */
void report_tick(struct core *core);

/* A drill: each of these people is texted a code and asked to answer as they would an alert. Returns how many were texted; inside
 * a turn. Nobody on duty: 0, and the operator is warned. actor: who asked for it, for the audit trail. */
size_t drill_start(struct core *core, const char *actor);

/* The answer of this person of the roster: true if the digits are the code of an open drill of theirs, which then is over for
 * them and thanked for. Inside a turn. */
bool drill_answer(struct core *core, const struct roster_person *person, const char *digits);

#endif
