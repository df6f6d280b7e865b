#include "core/campaign/campaign_state.h"

#include <assert.h>

/* A cell is the next state and one, so that what is not named is ignored. */
#define TO(state) (CAMPAIGN_##state + 1)

/* What holds a campaign up while it runs. Between pauses the graver one stays: what a person decided, then what a person must
 * decide, then what ends by itself; an emergency outranks an empty SIM, and both outrank the hour. */
#define HELD(errors, budget, emergency, balance, quiet, clear) \
	[CAMPAIGN_EV_PAUSE] = TO(PAUSED), [CAMPAIGN_EV_ERRORS] = errors, [CAMPAIGN_EV_BUDGET] = budget, \
	[CAMPAIGN_EV_EMERGENCY] = emergency, [CAMPAIGN_EV_BALANCE] = balance, [CAMPAIGN_EV_QUIET] = quiet, \
	[CAMPAIGN_EV_CLEAR] = clear, [CAMPAIGN_EV_FINISH] = TO(FINISHED), [CAMPAIGN_EV_CANCEL] = TO(CANCELLED)

static const signed char table[CAMPAIGN_STATES][CAMPAIGN_EVENTS] = {
	[CAMPAIGN_DRAFT] = {
		[CAMPAIGN_EV_APPROVE] = TO(APPROVED),
		[CAMPAIGN_EV_CANCEL] = TO(CANCELLED),
	},
	[CAMPAIGN_APPROVED] = {
		[CAMPAIGN_EV_WITHDRAW] = TO(DRAFT),
		[CAMPAIGN_EV_SCHEDULE] = TO(SCHEDULED),
		[CAMPAIGN_EV_START] = TO(RUNNING),
		[CAMPAIGN_EV_CANCEL] = TO(CANCELLED),
	},
	[CAMPAIGN_SCHEDULED] = {
		[CAMPAIGN_EV_WITHDRAW] = TO(DRAFT),
		[CAMPAIGN_EV_SCHEDULE] = TO(SCHEDULED),
		[CAMPAIGN_EV_START] = TO(RUNNING),
		[CAMPAIGN_EV_CANCEL] = TO(CANCELLED),
	},
	[CAMPAIGN_RUNNING] = {
		HELD(TO(PAUSED_ERRORS), TO(PAUSED_BUDGET), TO(PAUSED_EMERGENCY), TO(PAUSED_BALANCE), TO(PAUSED_QUIET), 0),
	},
	[CAMPAIGN_PAUSED] = {
		[CAMPAIGN_EV_RESUME] = TO(RUNNING),
		[CAMPAIGN_EV_FINISH] = TO(FINISHED),
		[CAMPAIGN_EV_CANCEL] = TO(CANCELLED),
	},
	[CAMPAIGN_PAUSED_ERRORS] = {
		[CAMPAIGN_EV_PAUSE] = TO(PAUSED),
		[CAMPAIGN_EV_RESUME] = TO(RUNNING),
		[CAMPAIGN_EV_FINISH] = TO(FINISHED),
		[CAMPAIGN_EV_CANCEL] = TO(CANCELLED),
	},
	[CAMPAIGN_PAUSED_BUDGET] = {
		[CAMPAIGN_EV_PAUSE] = TO(PAUSED),
		[CAMPAIGN_EV_RESUME] = TO(RUNNING),
		[CAMPAIGN_EV_FINISH] = TO(FINISHED),
		[CAMPAIGN_EV_CANCEL] = TO(CANCELLED),
	},
	[CAMPAIGN_PAUSED_EMERGENCY] = {
		HELD(TO(PAUSED_ERRORS), TO(PAUSED_BUDGET), 0, TO(PAUSED_BALANCE), TO(PAUSED_QUIET), TO(RUNNING)),
	},
	[CAMPAIGN_PAUSED_BALANCE] = {
		HELD(TO(PAUSED_ERRORS), TO(PAUSED_BUDGET), TO(PAUSED_EMERGENCY), 0, TO(PAUSED_QUIET), TO(RUNNING)),
	},
	[CAMPAIGN_PAUSED_QUIET] = {
		HELD(TO(PAUSED_ERRORS), TO(PAUSED_BUDGET), TO(PAUSED_EMERGENCY), TO(PAUSED_BALANCE), 0, TO(RUNNING)),
	},
	[CAMPAIGN_FINISHED] = { [CAMPAIGN_EV_ARCHIVE] = TO(ARCHIVED) },
	[CAMPAIGN_CANCELLED] = { [CAMPAIGN_EV_ARCHIVE] = TO(ARCHIVED) },
	[CAMPAIGN_ARCHIVED] = { 0 },
};

int campaign_state_next(enum campaign_state state, enum campaign_event event)
{
	assert((unsigned)state < CAMPAIGN_STATES && (unsigned)event < CAMPAIGN_EVENTS);
	return table[state][event] - 1;
}

bool campaign_state_is_paused(enum campaign_state state)
{
	return state >= CAMPAIGN_PAUSED && state <= CAMPAIGN_PAUSED_QUIET;
}

const char *campaign_state_name(enum campaign_state state)
{
	static const char *const names[CAMPAIGN_STATES] = {
		"draft", "approved", "scheduled", "running", "paused", "paused: errors", "paused: budget", "paused: emergency",
		"paused: balance", "paused: quiet hours", "finished", "cancelled", "archived",
	};

	return (unsigned)state < CAMPAIGN_STATES ? names[state] : "?";
}

const char *campaign_event_name(enum campaign_event event)
{
	static const char *const names[CAMPAIGN_EVENTS] = {
		"approve", "withdraw", "schedule", "start", "pause", "resume", "errors", "budget", "emergency", "balance", "quiet",
		"clear", "finish", "cancel", "archive",
	};

	return (unsigned)event < CAMPAIGN_EVENTS ? names[event] : "?";
}
