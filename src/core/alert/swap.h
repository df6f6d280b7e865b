/* SWAP: somebody asks a colleague by text to take a shift. Nothing changes until the colleague confirms with the code that went to their
 * phone: then the roster has an override, both are told, and the digest tells the coordinators. A sender can be forged, so whoever is
 * named as the asker hears at once what was asked in their name. What was asked is on disk and outlives a restart; it must never leave
 * fewer people on duty than there were (swap_rule.h). */
#ifndef HL_CORE_ALERT_SWAP_H
#define HL_CORE_ALERT_SWAP_H

#include "core/alert/alert_ask.h"

#define SWAP_ASKS_A_DAY 6 /* of one person: who forges a number shall not keep a colleague's phone busy */

/* Does what SWAP asks for; returns what was done, for the audit trail. done: as alert_ask(). Inside a turn. */
const char *swap_ask(const struct asked *a, bool *done);

/* A code that is no alert's: confirms (OK) or declines (BUSY) a swap that this person was asked for. NULL: it is none of these.
 * Inside a turn. */
const char *swap_answer(const struct asked *a);

/* A wrong code came in this person's name: after ACK_TRIES of them what they were asked is withdrawn. Inside a turn. */
void swap_wrong(struct core *core, const struct roster_person *person);

/* Ends what nobody answered in time, and tells whoever asked that the shift is still theirs. Opens a turn where there is something. */
void swap_tick(struct core *core);

#endif
