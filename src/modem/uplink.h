/* The connection to the core: made, lost and made again with growing pauses; hello and welcome; messages both
 * ways. It knows nothing of modems. */
#ifndef HL_MODEM_UPLINK_H
#define HL_MODEM_UPLINK_H

#include <event2/event.h>
#include <stdbool.h>

#include "wire/link.h"

struct uplink;

struct uplink_ops {
	/* A new connection: fills in what hello says of texts that are held. */
	void (*hello)(void *arg, struct wire_hello *hello);
	/* A message, welcome first. The callee does not keep msg. */
	void (*message)(void *arg, struct wire_link_msg *msg);
	void (*down)(void *arg);
};

struct uplink *uplink_new(struct event_base *base, const char *path, const char *name, const struct uplink_ops *ops,
			  void *arg);
void uplink_free(struct uplink *u);

/* Connected and welcomed. */
bool uplink_is_up(const struct uplink *u);

/* Sends; false (and nothing sent) where there is no core. */
bool uplink_send(struct uplink *u, const struct wire_link_msg *msg);

#endif
