/* The link socket: workers connect, are checked (SO_PEERCRED, hello), and exchange the messages of wire/link.h. This
 * room moves messages and keeps what each modem last told; it decides nothing. A malformed line closes its link and
 * counts. */
#ifndef HL_CORE_LINK_LINKS_H
#define HL_CORE_LINK_LINKS_H

#include <stdbool.h>

#include "core/core.h"
#include "wire/link.h"

#define LINKS_STRANGERS_MAX 80 /* connections that have not said hello yet */
#define LINKS_WAITING_MAX 64   /* that were turned away and may be of use later */
#define LINKS_HELLO_S 10       /* how long they may take to say it */

struct links;

/* A modem, connected or not, as dispatch and status see it. */
struct link_view {
	const char *name;
	bool connected;
	bool ready;                    /* connected and its modem is ready, sweeping or sending */
	const struct config_modem *config;
	bool adopted;                  /* not in the configuration */
	bool stranger;                 /* likewise, while others are: it may be anybody's */
	const char *imei, *port;       /* "" where not known */
	const struct wire_modem *modem;/* what it last told; state "" if nothing yet */
	int64_t told_ms;               /* wall time of that */
};

/* The kinds of links, each with a socket and a user of its own. */
enum link_kind { LINK_MODEM, LINK_NOTIFY, LINK_USSD, LINK_KINDS };

/* Listens on fds (from systemd or wire_listen()), which it takes over: for modems, and for the other kinds where the fd is not -1.
 * HL_ENOENT in the reason's words and NULL where the configuration names a user that does not exist. */
struct links *links_new(struct core *core, const int fds[LINK_KINDS], struct hl_reason *reason);
void links_free(struct links *l);

/* Views of all modems, the configured ones first, in configuration order; i counts from 0; false past the end. The view is valid
 * until the next turn of the loop. */
bool links_view(const struct links *l, size_t i, struct link_view *view);

/* hotline-notify or hotline-ussd, connected or not; its config is one of no modem. False where the configuration has no such socket. */
bool links_program(const struct links *l, enum link_kind kind, struct link_view *view);

/* What was found at a port and is not used: the worker's hello, and why. */
struct link_found {
	const struct wire_hello *hello;
	const char *why;
};
bool links_found(const struct links *l, size_t i, struct link_found *found);

/* Sends at once. HL_ENOENT where no such link is connected. For anything that must be on disk first, call from an
 * after_commit hook or a turn_reply() callback. */
int links_send(struct links *l, const char *name, const struct wire_link_msg *msg);

/* The present connection of that name, never the same number twice; 0 where there is none. A link's refs are its own:
 * an answer to one must not reach the link's next connection. */
uint64_t links_session(const struct links *l, const char *name);
/* As links_send(), if that connection is still there; otherwise nothing: the link will offer its message again. */
void links_answer(struct links *l, const char *name, uint64_t session, const struct wire_link_msg *msg);

#endif
