/* The life of a campaign as a table: what each event makes of each state. Pure. A pause that nobody asked for ends by itself when its
 * cause does; one for which a person must decide something does not. Nothing is ever sent in another state than running. */
#ifndef HL_CORE_CAMPAIGN_CAMPAIGN_STATE_H
#define HL_CORE_CAMPAIGN_CAMPAIGN_STATE_H

#include <stdbool.h>

/* Stored: never renumber. */
enum campaign_state {
	CAMPAIGN_DRAFT,
	CAMPAIGN_APPROVED,
	CAMPAIGN_SCHEDULED,
	CAMPAIGN_RUNNING,
	CAMPAIGN_PAUSED,           /* by a person, until a person resumes */
	CAMPAIGN_PAUSED_ERRORS,    /* too many texts failed: likewise */
	CAMPAIGN_PAUSED_BUDGET,    /* it has spent what it may: likewise */
	CAMPAIGN_PAUSED_EMERGENCY, /* an emergency waits for an officer: until it has one, or for a time */
	CAMPAIGN_PAUSED_BALANCE,   /* no SIM that is ready has credit for campaigns: until one has */
	CAMPAIGN_PAUSED_QUIET,     /* outside the hours in which it may be sent: until they begin */
	CAMPAIGN_FINISHED,         /* answers are taken until they close */
	CAMPAIGN_CANCELLED,
	CAMPAIGN_ARCHIVED,
	CAMPAIGN_STATES
};

enum campaign_event {
	CAMPAIGN_EV_APPROVE,
	CAMPAIGN_EV_WITHDRAW,      /* back to a draft */
	CAMPAIGN_EV_SCHEDULE,
	CAMPAIGN_EV_START,         /* by a person, or because its time has come */
	CAMPAIGN_EV_PAUSE,         /* by a person */
	CAMPAIGN_EV_RESUME,        /* by a person */
	CAMPAIGN_EV_ERRORS, CAMPAIGN_EV_BUDGET, CAMPAIGN_EV_EMERGENCY, CAMPAIGN_EV_BALANCE, CAMPAIGN_EV_QUIET,
	CAMPAIGN_EV_CLEAR,         /* nothing holds it up any more */
	CAMPAIGN_EV_FINISH,        /* nobody is left, or it has become too old to send */
	CAMPAIGN_EV_CANCEL,
	CAMPAIGN_EV_ARCHIVE,
	CAMPAIGN_EVENTS
};

#define CAMPAIGN_IGNORE (-1)

/* The next state, or CAMPAIGN_IGNORE where the event changes nothing or may not be. */
int campaign_state_next(enum campaign_state state, enum campaign_event event);

/* One of the pauses. */
bool campaign_state_is_paused(enum campaign_state state);

/* "draft", "paused", "paused: emergency"...; events likewise. */
const char *campaign_state_name(enum campaign_state state);
const char *campaign_event_name(enum campaign_event event);

#endif
