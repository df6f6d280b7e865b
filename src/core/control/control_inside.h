/* Connections of the control socket, for control.c and control_answer.c; nobody else includes this. */
#ifndef HL_CORE_CONTROL_CONTROL_INSIDE_H
#define HL_CORE_CONTROL_CONTROL_INSIDE_H

#include <event2/listener.h>
#include <sys/types.h>

#include "core/control/control.h"
#include "wire/conn.h"

struct connection {
	struct control *owner;
	struct wire_conn *conn;
	struct session *session;
	uint64_t serial; /* never used twice: what tells a kept call that its connection is gone */
	uid_t uid; /* of the peer when it connected */
	size_t in_flight;
	bool watching;
	struct connection *prev, *next;
};

struct control {
	struct core *core;
	const struct control_op *ops;
	struct evconnlistener *listener;
	struct connection *first;
	size_t count, watchers;
	uint64_t serial;
	int64_t started_boot_ms;
	gid_t gid;
	bool has_gid;
};

/* The connection if it is still the same one, else NULL. */
struct connection *control_connection(const struct control *c, const void *which, uint64_t serial);

/* Whether this user may connect once more: none but root and our own takes all the places. */
bool control_has_room(const struct control *c, uid_t uid);

/* What a request that failed is told; the caller ends with json_decref(). */
json_t *control_failure(int err, const char *text);

/* Says an object on a connection. */
void control_say(struct wire_conn *conn, const json_t *object);

/* Wipes the texts of a request, passwords among them, when nobody holds it any more. */
void control_request_release(const json_t *request);

#endif
