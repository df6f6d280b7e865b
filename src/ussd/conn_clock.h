/* How long the connections of a server may take: one timer for all, and a queue for each kind of waiting, in order of
 * time, because all of a queue wait equally long. One that takes longer is shut down, however often it sends an
 * octet; its owner then sees the end of it. */
#ifndef HL_USSD_CONN_CLOCK_H
#define HL_USSD_CONN_CLOCK_H

#include <event2/event.h>
#include <stdbool.h>
#include <stdint.h>

/* What a connection waits for: the rest of a request, or the reading of its answer; or the next request. */
enum conn_wait { CONN_REQUEST, CONN_IDLE, CONN_WAITS };

struct conn_clock;

/* The owner's, zeroed but for fd; it must be stopped before it goes. */
struct conn_time {
	int fd;
	bool runs;
	enum conn_wait wait;
	int64_t due_ms;
	struct conn_time *before, *behind;
};

struct conn_clock *conn_clock_new(struct event_base *base, const int64_t ms[CONN_WAITS]);
void conn_clock_free(struct conn_clock *c);

/* From now on, anew. */
void conn_clock_start(struct conn_clock *c, struct conn_time *t, enum conn_wait wait);
void conn_clock_stop(struct conn_clock *c, struct conn_time *t);

#endif
