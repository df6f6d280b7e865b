/* Takes notes from the core, begins each only after its go, and tells what became of it. Keeps nothing on disk: the
 * core's outbox is the queue. Holds at most WIRE_HOLDING_MAX notes; what the core gives beyond that goes back. */
#ifndef HL_NOTIFY_COURIER_H
#define HL_NOTIFY_COURIER_H

#include <event2/event.h>

#include "notify/settings.h"

struct courier;

/* Connects when the loop runs; settings must live as long as the program. */
struct courier *courier_new(struct event_base *base, const struct settings *settings);
void courier_free(struct courier *c);

/* Takes no more, and leaves the loop as soon as what it is at has ended: so that a restart sends nothing twice. */
void courier_stop(struct courier *c);

#endif
