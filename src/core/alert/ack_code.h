/* The codes by which people acknowledge: one for each alert and person, random, on disk only sealed, in clear only while a text is
 * written or a command is read. A code is good for the person it was sent to and nobody else: for taking while the alert is open, and
 * for what follows (DONE, TAKE) ACK_AFTER_MS longer. */
#ifndef HL_CORE_ALERT_ACK_CODE_H
#define HL_CORE_ALERT_ACK_CODE_H

#include "core/alert/ack_rule.h"
#include "core/alert/alert_inside.h"

#define ACK_AFTER_MS INT64_C(86400000) /* after it was acknowledged: a day */

/* The person's code of this alert; made where they have none yet. Inside a turn. */
void ack_code_of(struct core *core, int64_t alert_id, const struct roster_person *person, char code[ACK_CODE_SIZE]);

/* The alert that these digits stand for, sent by this person; 0 where they are no valid code of theirs. */
int64_t ack_code_find(struct core *core, const struct roster_person *person, const char *digits);

/* A wrong code came in the person's name: counts it. After ACK_TRIES their codes are made anew, longer; they are told, get a few
 * open alerts again with the new codes, and the operator is warned. */
void ack_code_wrong(struct core *core, const struct roster_person *person);

#endif
