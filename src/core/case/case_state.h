/* The life of a case as one table: what may happen in which state, where it leads, which clocks it stops. Pure: it
 * knows no store, no clock and no person; who may do what is asked elsewhere. A clock (first alert, acknowledgement, first
 * action) is stopped once; a case that is reopened keeps it. */
#ifndef HL_CORE_CASE_CASE_STATE_H
#define HL_CORE_CASE_CASE_STATE_H

#include "core/case/case_deadlines.h"
#include "store/case.h"

enum case_event {
	CASE_EVENT_ALERTED,     /* a text of its alert left */
	CASE_EVENT_ACKNOWLEDGE, /* somebody answered the alert */
	CASE_EVENT_CLAIM,       /* somebody made it theirs */
	CASE_EVENT_START,
	CASE_EVENT_REFER,
	CASE_EVENT_CLOSE,       /* done, or merged into another */
	CASE_EVENT_REOPEN,      /* by a person, or because the texter wrote again */
	CASE_EVENTS
};

/* "new", "in work" ...; "?" where there is no such state. */
const char *case_state_name(enum case_state state);

/* Whether the event may happen in the state, and where it leads (maybe to the same state). */
bool case_state_next(enum case_state from, enum case_event event, enum case_state *to);

/* Makes it happen: state, its time and the clocks. False, and nothing changed, where it may not. */
bool case_state_apply(struct case_row *row, enum case_event event, int64_t now_ms);

/* ---- deadlines --------------------------------------------------------------------------------------------- */

/* What the state waits for; CASE_WAITS: nothing. "acknowledgement", "first action", "close", "". */
enum case_wait case_state_wait(enum case_state state);
const char *case_wait_name(enum case_wait wait);

/* Sets priority and due_ms from kind, urgency, state and times. To be called after any of these changed. */
void case_state_due(struct case_row *row, const struct case_deadlines *d);
/* The same after the urgency rose: what is new has its whole time, but never later than what was due already. */
void case_state_due_raised(struct case_row *row, const struct case_deadlines *d, int64_t now_ms);

#endif
