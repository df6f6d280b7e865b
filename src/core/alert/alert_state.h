/* The life of an alert as a table: what each event makes of each state. Pure. Up to `acknowledged` it has a deadline, and only a
 * person ends it: by acting on the case, or by closing it; from `closed` nothing leads back, so that nobody is rung again for what
 * was over long ago (a reopened case gets another alert). */
#ifndef HL_CORE_ALERT_ALERT_STATE_H
#define HL_CORE_ALERT_ALERT_STATE_H

#include <stdbool.h>

/* Stored (store/alert.h knows where it is over): never renumber. */
enum alert_state { ALERT_CREATED, ALERT_HANDED, ALERT_DELIVERED, ALERT_READ, ALERT_ACKNOWLEDGED, ALERT_ACTED, ALERT_CLOSED, ALERT_STATES };

enum alert_event {
	ALERT_EV_HANDED,      /* a network has a text of it */
	ALERT_EV_DELIVERED,   /* a telephone has it */
	ALERT_EV_READ,        /* where a channel can tell */
	ALERT_EV_ACKNOWLEDGE, /* a person has it */
	ALERT_EV_IDLE,        /* who has it does nothing: it is open again */
	ALERT_EV_ACT,         /* somebody works on the case */
	ALERT_EV_CLOSE,       /* the case is closed */
	ALERT_EVENTS
};

#define ALERT_IGNORE (-1)

/* "created", "handed", "delivered", "read", "acknowledged", "acted", "closed". */
const char *alert_state_name(enum alert_state state);

/* The next state, or ALERT_IGNORE where the event changes nothing. */
int alert_state_next(enum alert_state state, enum alert_event event);

#endif
