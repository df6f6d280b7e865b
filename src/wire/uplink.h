/* The connection to the core: made, lost and made again with growing pauses; hello and welcome; messages both
 * ways. It knows nothing of modems. */
#ifndef HL_WIRE_UPLINK_H
#define HL_WIRE_UPLINK_H

#include <event2/event.h>
#include <stdbool.h>

#include "wire/link.h"

struct uplink;

struct uplink_ops {
	/* A new connection: fills in who is there and what texts are held. */
	void (*hello)(void *arg, struct wire_hello *hello);
	/* A message, welcome or unwelcome first. The callee does not keep msg. */
	void (*message)(void *arg, struct wire_link_msg *msg);
	void (*down)(void *arg);
};

/* name: of a configured modem, or "" where hello() tells who is there. Connects from uplink_start() on. */
struct uplink *uplink_new(struct event_base *base, const char *path, const char *name, const struct uplink_ops *ops,
			  void *arg);
void uplink_free(struct uplink *u);

/* Also anew: what hello says has changed. */
void uplink_start(struct uplink *u);
bool uplink_is_started(const struct uplink *u);

/* Connected and welcomed. */
bool uplink_is_up(const struct uplink *u);

/* Sends; false (and nothing sent) where there is no core. */
bool uplink_send(struct uplink *u, const struct wire_link_msg *msg);

#endif
