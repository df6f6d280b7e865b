/* Alerts: a case must reach a human. Its life is the table of alert_state.h: only a person who acts on the case, or closes it, ends
 * it. Who is rung when stands in etc/alerts.conf (policies.h); without a policy that fits, it rings the first duty officer at once and the
 * coordinator beside, and each deadline without an acknowledgement rings the next person; past the last it starts again with the first,
 * for ever. Contents never leave: code, priority, district, type. */
#ifndef HL_CORE_ALERT_ALERT_H
#define HL_CORE_ALERT_ALERT_H

#include "core/alert/alert_state.h"
#include "core/case/case.h"
#include "core/core.h"
#include "core/number.h"
#include "core/outbound/outbox.h"

struct alerts;

/* Reloads open alerts; after a reboot every deadline counts as due. */
struct alerts *alerts_new(struct core *core);
void alerts_free(struct alerts *a);

/* A new case, or one whose urgency rose, or a further tip in a case (text alert.more to whoever has it; if nobody
 * has, the running alert goes on). Inside the turn's transaction. */
void alert_raise(struct core *core, const struct case_row *row);
void alert_more(struct core *core, const struct case_row *row);

/* The case was given to another unit: who was told of it is told nothing more, and its own people are rung. */
void alert_moved(struct core *core, const struct case_row *row);

/* A texter answered a question: whoever has the case hears of each answer. */
void alert_answered(struct core *core, const struct case_row *row);

/* A texter answered that it is not safe to text: whoever has the case, and who asked (may be ""), hear it at once. */
void alert_unsafe(struct core *core, const struct case_row *row, const char *asked_by);

/* A text from this sender, by this modem: if it is a person of the roster and a command (command.h), does it, writes it to the audit
 * trail, queues the answer and returns true. Anything else returns false and goes through triage like any text. */
bool alert_command(struct core *core, const char *link, const struct number *from, const char *text);

/* Stops the case's alerts because a person took the case in another way (hotlinectl case claim). Inside a turn. */
void alert_acknowledge_case(struct core *core, int64_t case_id, const char *person);

/* How many alerts went round without an answer. */
int64_t alert_exhausted_count(const struct core *core);

/* Does what is due: rings the next person of every alert whose deadline has come, reminds who has one and does nothing, tells what
 * was held back (at most ALERT_TURN_MAX a turn; the timer comes back
 * at once for the rest). Called by the room's own timer; inside a turn. */
#define ALERT_TURN_MAX 64
void alert_run_due(struct core *core);

/* An alert in this state was erased with its case (core/retention/): it counts no more. Inside a turn. */
void alert_forget(struct core *core, int state);

#endif
