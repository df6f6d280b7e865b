/* Who wants to hear what happens, over the control socket. An event is one line of JSON; nobody listening costs
 * nothing. */
#ifndef HL_SIMMODEM_WATCH_H
#define HL_SIMMODEM_WATCH_H

#include <jansson.h>
#include <stdbool.h>

struct sim;
struct modem;
struct wire_conn;

/* Kinds of events, and the names requests give them ("phone", "submit" and so on). */
enum watch_kind {
	WATCH_PHONE,   /* a phone received a text (all its parts) */
	WATCH_SUBMIT,  /* the network took a PDU */
	WATCH_STORED,  /* a message is on the SIM */
	WATCH_DELETED, /* a message was deleted from it */
	WATCH_DIRECT,  /* a message or report was handed to the program without storing */
	WATCH_REPORT,  /* a delivery report was sent to the modem */
	WATCH_LINE,    /* a line dropped, came back, or a modem was reset */
	WATCH_CALL,    /* calls and USSD */
	WATCH_LOAD,    /* the load generator is through */
	WATCH_COMMAND, /* each command line and each final result; only when asked for by name */
	WATCH_KINDS
};

#define WATCH_DEFAULT ((1u << WATCH_COMMAND) - 1)
#define WATCH_CONNS_MAX 64

struct watch {
	struct { struct wire_conn *conn; unsigned kinds; } row[WATCH_CONNS_MAX];
	int count;
	unsigned wanted;
};

/* The bit of a kind by name, 0 for none. */
unsigned watch_kind_named(const char *name);

/* Adds or changes a listener; -1 where there are too many. */
int watch_add(struct watch *w, struct wire_conn *conn, unsigned kinds);
void watch_remove(struct watch *w, const struct wire_conn *conn);

bool watch_wanted(const struct sim *sim, enum watch_kind kind);

/* Tells an event (taken over); adds "event", "modem" (m may be NULL) and "ns". */
void watch_tell(struct sim *sim, enum watch_kind kind, const struct modem *m, json_t *event);

void watch_command(struct modem *m, const char *line);
void watch_reply(struct modem *m, const char *final);

#endif
