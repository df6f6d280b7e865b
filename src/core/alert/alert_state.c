#include "core/alert/alert_state.h"

#include "store/alert.h"

_Static_assert(STORE_ALERT_STATE_OVER == ALERT_ACTED, "the index of what has a deadline names the states before");

static const char *const names[ALERT_STATES] = { "created", "handed", "delivered", "read", "acknowledged", "acted", "closed" };

enum { NO = ALERT_IGNORE, NEW_ = ALERT_CREATED, HAND = ALERT_HANDED, DELI = ALERT_DELIVERED, READ = ALERT_READ,
	ACK = ALERT_ACKNOWLEDGED, ACT = ALERT_ACTED, END = ALERT_CLOSED };

/* To act on a case, or to close it, is to have it: an alert that nobody acknowledged ends with that, too. */
static const signed char next_state[ALERT_STATES][ALERT_EVENTS] = {
	/*                       handed delivered read  acknowledge idle  act  close */
	[ALERT_CREATED]      = { HAND,  DELI,     READ, ACK,        NO,   ACT, END },
	[ALERT_HANDED]       = { NO,    DELI,     READ, ACK,        NO,   ACT, END },
	[ALERT_DELIVERED]    = { NO,    NO,       READ, ACK,        NO,   ACT, END },
	[ALERT_READ]         = { NO,    NO,       NO,   ACK,        NO,   ACT, END },
	[ALERT_ACKNOWLEDGED] = { NO,    NO,       NO,   NO,         NEW_, ACT, END },
	[ALERT_ACTED]        = { NO,    NO,       NO,   NO,         NO,   NO,  END },
	[ALERT_CLOSED]       = { NO,    NO,       NO,   NO,         NO,   NO,  NO },
};

const char *alert_state_name(enum alert_state state)
{
	return (unsigned)state < ALERT_STATES ? names[state] : "?";
}

int alert_state_next(enum alert_state state, enum alert_event event)
{
	return (unsigned)state < ALERT_STATES && (unsigned)event < ALERT_EVENTS ? next_state[state][event] : ALERT_IGNORE;
}
