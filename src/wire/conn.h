/* A connection that carries lines: newline-delimited, at most WIRE_LINE_MAX octets each, both ways. Bounded: a peer
 * that sends a longer line, or does not read what it is sent, is closed. */
#ifndef HL_WIRE_CONN_H
#define HL_WIRE_CONN_H

#include <event2/event.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/error.h"

#define WIRE_LINE_MAX 65536
#define WIRE_BACKLOG_MAX (8u << 20) /* octets waiting for a peer that does not read, if not limited further */

struct wire_conn;

struct wire_conn_ops {
	/* One line, without its line feed; may call wire_conn_close(). */
	void (*line)(struct wire_conn *conn, char *line, size_t len, void *arg);
	/* The peer closed, broke a bound, or the connection failed (why, in words); the connection is freed after this. */
	void (*closed)(struct wire_conn *conn, const char *why, void *arg);
};

/* Takes over the connected, non-blocking descriptor. */
struct wire_conn *wire_conn_new(struct event_base *base, int fd, const struct wire_conn_ops *ops, void *arg);

/* At most so many octets may wait for the peer; one that does not read is closed then. */
void wire_conn_limit(struct wire_conn *conn, size_t backlog_max);

/* Queues one line; the line feed is added. */
void wire_conn_send(struct wire_conn *conn, const char *line);

/* Sends what is queued, then closes, without calling closed(). Safe inside a line() call: no line follows. */
void wire_conn_close(struct wire_conn *conn);

/* uid and pid of the peer (SO_PEERCRED) as they were when it connected. */
int wire_conn_peer(const struct wire_conn *conn, uid_t *uid, gid_t *gid, pid_t *pid);

/* Whether the peer has closed already, though closed() has not come yet. */
bool wire_conn_is_gone(const struct wire_conn *conn);

/* Connects to a UNIX socket. Returns the non-blocking, close-on-exec descriptor or HL_EIO with the reason. */
int wire_connect(const char *path, struct hl_reason *reason);

/* Binds and listens on a UNIX socket with this mode, replacing a dead one at that path; HL_EEXIST if a live program
 * answers there. Returns the descriptor. */
int wire_listen(const char *path, mode_t mode, struct hl_reason *reason);

#endif
