/* The control socket: newline-delimited JSON. A request is {"op": NAME, ...}, its answer {"ok": true, ...} or {"ok":
 * false, "error": "..."}, with the request's "id" where it had one; between answers come the events that a connection
 * watches. */
#ifndef HL_SIMMODEM_CONTROL_H
#define HL_SIMMODEM_CONTROL_H

#include <event2/event.h>

#include "simmodem/sim.h"

struct control;

/* Listens at the path. NULL with the reason. */
struct control *control_open(struct sim *sim, struct event_base *base, const char *path, struct hl_reason *reason);
/* Closes all connections and removes the socket. */
void control_close(struct control *c);

#endif
