/* Runs transfers beside the event loop, each in a thread of its own, and tells their outcomes inside the loop. How
 * many run at once is the caller's bound (WIRE_HOLDING_MAX). A thread shares nothing but the settings, which nobody
 * changes. */
#ifndef HL_NOTIFY_CARRIER_H
#define HL_NOTIFY_CARRIER_H

#include <event2/event.h>

#include "notify/transfer.h"

struct carrier;

typedef void (*carrier_ended)(void *arg, const struct outcome *out);

/* settings must live as long as a transfer runs. */
struct carrier *carrier_new(struct event_base *base, const struct settings *settings, carrier_ended ended, void *arg);
/* Transfers that run go on in their threads until the program ends; their outcomes are told to nobody. */
void carrier_free(struct carrier *c);

/* Keeps a copy of the note; ended() follows from the loop, once, later. */
void carrier_begin(struct carrier *c, const struct wire_note *note);

#endif
