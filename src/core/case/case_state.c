#include "core/case/case_state.h"

static const char *const state_names[CASE_STATES] = {
	[CASE_NEW] = "new",
	[CASE_ALERTED] = "alerted",
	[CASE_ACKNOWLEDGED] = "acknowledged",
	[CASE_IN_WORK] = "in work",
	[CASE_REFERRED] = "referred",
	[CASE_CLOSED] = "closed",
	[CASE_REOPENED] = "reopened",
};

const char *case_state_name(enum case_state state)
{
	return (unsigned)state < CASE_STATES ? state_names[state] : "?";
}

/* ---- the table --------------------------------------------------------------------------------------------- */

enum { NO = -1, NEW_ = CASE_NEW, ALERT = CASE_ALERTED, ACK = CASE_ACKNOWLEDGED, WORK = CASE_IN_WORK, REF = CASE_REFERRED,
	CLOSED = CASE_CLOSED, AGAIN = CASE_REOPENED };

/* An alert that leaves for somebody's phone never takes a case back to a state before. */
static const signed char next_state[CASE_STATES][CASE_EVENTS] = {
	/*                      alerted acknowledge claim start refer close   reopen */
	[CASE_NEW]          = { ALERT,  ACK,        ACK,  WORK, REF,  CLOSED, NO },
	[CASE_ALERTED]      = { ALERT,  ACK,        ACK,  WORK, REF,  CLOSED, NO },
	[CASE_ACKNOWLEDGED] = { ACK,    NO,         ACK,  WORK, REF,  CLOSED, NO },
	[CASE_IN_WORK]      = { WORK,   NO,         WORK, WORK, REF,  CLOSED, NO },
	[CASE_REFERRED]     = { REF,    NO,         REF,  WORK, REF,  CLOSED, NO },
	[CASE_CLOSED]       = { NO,     NO,         NO,   NO,   NO,   NO,     AGAIN },
	[CASE_REOPENED]     = { AGAIN,  ACK,        ACK,  WORK, REF,  CLOSED, NO },
};

/* Which clocks an event stops, where they still run. */
static const struct { bool alert, acknowledgement, action; } stops[CASE_EVENTS] = {
	[CASE_EVENT_ALERTED] = { true, false, false },
	[CASE_EVENT_ACKNOWLEDGE] = { false, true, false },
	[CASE_EVENT_CLAIM] = { false, true, false },
	[CASE_EVENT_START] = { false, true, true },
	[CASE_EVENT_REFER] = { false, true, true },
	[CASE_EVENT_CLOSE] = { false, true, true },
};

bool case_state_next(enum case_state from, enum case_event event, enum case_state *to)
{
	if ((unsigned)from >= CASE_STATES || (unsigned)event >= CASE_EVENTS || next_state[from][event] == NO)
		return false;
	*to = (enum case_state)next_state[from][event];
	return true;
}

static void stop(int64_t *clock_ms, bool now, int64_t now_ms)
{
	if (now && *clock_ms == 0)
		*clock_ms = now_ms;
}

bool case_state_apply(struct case_row *row, enum case_event event, int64_t now_ms)
{
	enum case_state to;

	if (!case_state_next(row->state, event, &to))
		return false;
	stop(&row->alerted_ms, stops[event].alert, now_ms);
	stop(&row->acknowledged_ms, stops[event].acknowledgement, now_ms);
	stop(&row->action_ms, stops[event].action, now_ms);
	if (event == CASE_EVENT_CLOSE)
		row->closed_ms = now_ms;
	if (event == CASE_EVENT_REOPEN) {
		row->closed_ms = 0;
		row->reopened_ms = now_ms;
		row->reason = 0;
	}
	if (to != row->state)
		row->state_ms = now_ms;
	row->state = to;
	row->updated_ms = now_ms;
	return true;
}

/* ---- deadlines --------------------------------------------------------------------------------------------- */

static const enum case_wait waits[CASE_STATES] = {
	[CASE_NEW] = CASE_WAIT_ACKNOWLEDGE,
	[CASE_ALERTED] = CASE_WAIT_ACKNOWLEDGE,
	[CASE_ACKNOWLEDGED] = CASE_WAIT_ACT,
	[CASE_IN_WORK] = CASE_WAIT_CLOSE,
	[CASE_REFERRED] = CASE_WAIT_CLOSE,
	[CASE_CLOSED] = CASE_WAITS,
	[CASE_REOPENED] = CASE_WAIT_ACKNOWLEDGE,
};

enum case_wait case_state_wait(enum case_state state)
{
	return (unsigned)state < CASE_STATES ? waits[state] : CASE_WAITS;
}

const char *case_wait_name(enum case_wait wait)
{
	static const char *const names[CASE_WAITS] = { "acknowledgement", "first action", "close" };

	return (unsigned)wait < CASE_WAITS ? names[wait] : "";
}

/* Spam and abuse are kept, but aside: whoever wants to see them asks for them. */
static int priority_of(const struct case_row *row)
{
	return row->kind == TRIAGE_SPAM || row->kind == TRIAGE_ABUSE ? CASE_PRIORITY_NONE : row->urgency;
}

/* Only the wait for the first action begins with its own state: moving to and fro between work and referral puts off
 * no end, and an alert that leaves puts off no acknowledgement. */
static int64_t wait_begins(const struct case_row *row, enum case_wait wait)
{
	if (wait == CASE_WAIT_ACT)
		return row->state_ms;
	return row->reopened_ms > row->opened_ms ? row->reopened_ms : row->opened_ms;
}

void case_state_due(struct case_row *row, const struct case_deadlines *d)
{
	enum case_wait wait = case_state_wait(row->state);

	row->priority = priority_of(row);
	row->due_ms = 0;
	if (wait < CASE_WAITS && row->priority >= 0)
		row->due_ms = wait_begins(row, wait) + d->wait_s[wait][row->urgency] * 1000;
}

void case_state_due_raised(struct case_row *row, const struct case_deadlines *d, int64_t now_ms)
{
	int64_t before = row->due_ms, fresh;

	case_state_due(row, d);
	if (row->due_ms == 0)
		return;
	fresh = now_ms + d->wait_s[case_state_wait(row->state)][row->urgency] * 1000;
	row->due_ms = before && before < fresh ? before : fresh;
}
