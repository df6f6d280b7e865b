/* Carries notes: takes them from the core, begins each only after its go, and tells what became of it. Event driven: libcurl's
 * multi interface on libevent. Keeps nothing on disk: the core's outbox is the queue. */
#ifndef HL_NOTIFY_COURIER_H
#define HL_NOTIFY_COURIER_H

#include <event2/event.h>

#include "notify/settings.h"

struct courier;

struct courier *courier_new(struct event_base *base, const struct settings *settings);
void courier_free(struct courier *c);

#endif
