/* The life of an outgoing text as a table: what each event makes of each state. Pure; the rows are written by
 * outbox.c, and what a link says is judged by dispatch.c before it becomes an event here. */
#ifndef HL_CORE_OUTBOUND_OUTBOX_STATE_H
#define HL_CORE_OUTBOUND_OUTBOX_STATE_H

#include <stdbool.h>

#include "core/outbound/outbox.h"

enum outbox_event {
	OUTBOX_EV_LEASE,        /* handed to a link */
	OUTBOX_EV_TAKE_BACK,    /* the link has gone before it began, or gave it back, or the core restarted */
	OUTBOX_EV_SUBMIT,       /* the link begins: from here on it may have gone out */
	OUTBOX_EV_HELD,         /* a link that came back says that it is still at it */
	OUTBOX_EV_SENT,         /* the network has it */
	OUTBOX_EV_FAILED,       /* it has not gone out; trying again may help */
	OUTBOX_EV_FAILED_FINAL, /* it has not gone out and never will */
	OUTBOX_EV_RELEASED,     /* the link says that it never gave it to its modem */
	OUTBOX_EV_UNKNOWN,      /* the reply was lost: nobody knows whether it has gone out */
	OUTBOX_EV_DELIVERED,    /* reports: all parts arrived */
	OUTBOX_EV_UNDELIVERED,  /* reports: a part never will */
	OUTBOX_EV_CANCEL,       /* nobody needs it any more */
	OUTBOX_EV_REFUSE,       /* the gate does not let it out */
	OUTBOX_EV_READ,         /* a person has read it */
	OUTBOX_EVENTS
};

#define OUTBOX_IGNORE (-1)

/* The next state, or OUTBOX_IGNORE where the event changes nothing: late, repeated, or from a link that does not
 * have the text. repeat: a lost reply makes the text queued again instead of unknown (alerts; law: at least once). */
int outbox_next(enum outbox_state state, enum outbox_event event, bool repeat);

/* Nothing will be sent any more, so the body can go. */
bool outbox_is_over(enum outbox_state state);

const char *outbox_event_name(enum outbox_event event);

#endif
