/* What links.c (connections) and links_told.c (what they say) share; no other file includes it. */
#ifndef HL_CORE_LINK_LINKS_INSIDE_H
#define HL_CORE_LINK_LINKS_INSIDE_H

#include <event2/listener.h>
#include <sys/types.h>

#include "base/seldom.h"
#include "core/config/config.h"
#include "core/link/links.h"
#include "wire/conn.h"

/* A configured modem, or one that was adopted: those come after the configured ones, and stay until the core ends. */
struct slot {
	const struct config_modem *config; /* or &own */
	struct config_modem own;
	char port[WIRE_PATH_MAX + 1];      /* that its worker was started for, "" where it was started by name */
	struct link *link; /* its connection, or NULL */
	uint64_t session;
	bool ready;
	struct wire_modem modem;
	int64_t told_ms;
	struct hl_seldom refused;
};

/* What a worker found that there is no use for. */
struct found {
	struct wire_hello hello;
	char why[200];
};

/* A connection; a stranger until it has said hello. Then it has a slot, or was turned away and waits. */
struct link {
	struct links *owner;
	struct wire_conn *conn;
	struct slot *slot;
	struct found *found;
	struct event *hello_due;
	enum link_kind kind; /* by the socket it came by */
	struct link *prev, *next;
};

/* The socket of a kind of links. */
struct door {
	struct evconnlistener *listener; /* NULL: none is configured */
	uid_t uid;
	bool has_uid;
	struct slot slot;         /* of the one program behind it; not that of modems, which have each their own */
};

struct links {
	struct core *core;
	struct door doors[LINK_KINDS];
	struct link *first;
	size_t strangers, waiting;
	struct hl_seldom refused; /* of strangers */
	uint64_t sessions;
	struct slot *slots;
	size_t slot_count;        /* of CONFIG_MODEMS_MAX */
	struct profiles *profiles;
};

/* ---- links.c */
struct slot *link_slot_find(const struct links *l, const char *name);
bool slot_is_modem(const struct links *l, const struct slot *s);
/* Forgets the link; its connection is closed unless it is closed already. */
void link_end(struct link *link, bool close);
void link_refuse(struct link *link, const char *why);
void link_send(struct link *link, const struct wire_link_msg *msg);
/* A program that connects and is refused again and again fills no log; s is NULL for a stranger. */
void link_log_refused(struct links *l, struct slot *s, const char *why);

/* ---- links_hello.c */
void link_hello(struct link *link, const struct wire_hello *hello);
/* Those turned away are closed, and connect again: a modem's name may have become free. */
void links_ask_again(struct links *l);

/* ---- links_told.c */

/* The one place where a link becomes ready for texts, or not: tells the rooms above. */
void slot_set_ready(struct links *l, struct slot *s, bool ready);
/* Tells the watchers how the modem is. */
void slot_tell(struct links *l, const struct slot *s);

/* Whether a link of this kind, which said hello, may say this. */
bool link_may_say(enum link_kind kind, enum wire_link_type type);
/* Takes what it may say. Each message but WIRE_MODEM begins a turn. */
void link_said(struct links *l, struct slot *s, const struct wire_link_msg *msg);

#endif
