/* What links.c (connections) and links_told.c (what they say) share; no other file includes it. */
#ifndef HL_CORE_LINK_LINKS_INSIDE_H
#define HL_CORE_LINK_LINKS_INSIDE_H

#include <event2/listener.h>
#include <sys/types.h>

#include "base/seldom.h"
#include "core/config/config.h"
#include "core/link/links.h"
#include "wire/conn.h"

/* A configured modem. */
struct slot {
	const struct config_modem *config;
	struct link *link; /* its connection, or NULL */
	uint64_t session;
	bool ready;
	struct wire_modem modem;
	int64_t told_ms;
	struct hl_seldom refused;
};

/* A connection; a stranger until it has said hello. */
struct link {
	struct links *owner;
	struct wire_conn *conn;
	struct slot *slot;
	struct event *hello_due;
	struct link *prev, *next;
};

struct links {
	struct core *core;
	struct evconnlistener *listener;
	uid_t link_uid;
	bool has_link_uid;
	struct link *first;
	size_t strangers;
	struct hl_seldom refused; /* of strangers */
	uint64_t sessions;
	struct slot *slots;
	size_t slot_count;
};

/* The one place where a link becomes ready for texts, or not: tells the dispatcher. */
void slot_set_ready(struct links *l, struct slot *s, bool ready);
/* Tells the watchers how the modem is. */
void slot_tell(struct links *l, const struct slot *s);

/* By message type; NULL: a link that said hello may not say it. Each but WIRE_MODEM's is called inside the turn. */
typedef void (*link_handler)(struct core *core, struct slot *s, const struct wire_link_msg *msg);
extern const link_handler link_handlers[WIRE_LINK_TYPES];

#endif
