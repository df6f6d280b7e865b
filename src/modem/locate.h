/* Where the modem is. A worker of a configured modem opens its tty; where that is gone, or another modem sits there, it asks
 * the other ttys for its IMEI and takes the one that answers with it. A worker of a port asks who is there first, and ends
 * when the port is unplugged. It opens ttys and asks for IMEIs; it does not make modems usable. */
#ifndef HL_MODEM_LOCATE_H
#define HL_MODEM_LOCATE_H

#include <event2/event.h>

#include "modem/identify.h"
#include "modem/port.h"
#include "wire/link.h"

struct worker;

struct locate {
	char port[WIRE_PATH_MAX + 1];   /* the worker was started for this one; "": for a configured modem */
	char links[WIRE_LINKS_MAX + 1], usb[12];
	char imei[17], model[48];       /* who answered at the port */
	int fd;                         /* the port, open and locked, until it is used */
	char tty[WIRE_PATH_MAX + 1];    /* in use, or being tried */
	struct identify *identify;
	struct port_candidates candidates;
	size_t next;                    /* candidate */
	bool silent;                    /* at the configured tty nobody answered: perhaps it is stuck */
	char other[IDENTIFY_WHY_MAX];   /* what else was found there */
	struct event *again;            /* asking the port once more who is there */
	int64_t again_ms;
};

/* port: NULL for the worker of a configured modem. */
void locate_init(struct worker *w, const char *port);
void locate_free(struct worker *w);

/* Of a port: asks who is there, then has the uplink say hello. */
void locate_start_port(struct worker *w);
/* The identity, into hello. */
void locate_hello(const struct worker *w, struct wire_hello *hello);
/* The core has no use for the modem: others may have the port, and it is asked again later where it was silent. */
void locate_unwelcome(struct worker *w);

/* Opens the modem's tty, now or after a search: then worker_located() or worker_not_located(). Does nothing while busy. */
void locate_open(struct worker *w);
/* Ends a search. */
void locate_stop(struct worker *w);

/* The modem told its IMEI: false, with the reason, where it must be another one. */
bool locate_is_right(const struct worker *w, const char *imei, struct hl_reason *reason);

#endif
