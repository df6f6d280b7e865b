#include "ussd/conn_clock.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <sysexits.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/mem.h"

struct queue { struct conn_time *first, *last; };

struct conn_clock {
	int64_t ms[CONN_WAITS], timer_ms; /* when the timer is due */
	struct queue queue[CONN_WAITS];
	struct event *timer;
};

static void set_timer(struct conn_clock *c)
{
	int64_t due_ms = 0, ms;
	struct timeval tv;

	for (int i = 0; i < CONN_WAITS; i++)
		if (c->queue[i].first && (!due_ms || c->queue[i].first->due_ms < due_ms))
			due_ms = c->queue[i].first->due_ms;
	if (!due_ms || (evtimer_pending(c->timer, NULL) && due_ms >= c->timer_ms))
		return;
	ms = due_ms - hl_boot_ms(&hl_clock_system);
	tv = ms > 0 ? (struct timeval){ ms / 1000, ms % 1000 * 1000 } : (struct timeval){ 0, 0 };
	evtimer_add(c->timer, &tv);
	c->timer_ms = due_ms;
}

void conn_clock_stop(struct conn_clock *c, struct conn_time *t)
{
	struct queue *q = &c->queue[t->wait];

	if (!t->runs)
		return;
	*(t->before ? &t->before->behind : &q->first) = t->behind;
	*(t->behind ? &t->behind->before : &q->last) = t->before;
	t->runs = false;
}

void conn_clock_start(struct conn_clock *c, struct conn_time *t, enum conn_wait wait)
{
	struct queue *q = &c->queue[wait];

	conn_clock_stop(c, t);
	t->wait = wait;
	t->due_ms = hl_boot_ms(&hl_clock_system) + c->ms[wait];
	t->before = q->last;
	t->behind = NULL;
	*(q->last ? &q->last->behind : &q->first) = t;
	q->last = t;
	t->runs = true;
	set_timer(c);
}

static void on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct conn_clock *c = arg;
	int64_t now = hl_boot_ms(&hl_clock_system);

	(void)fd;
	(void)what;
	for (int i = 0; i < CONN_WAITS; i++) {
		while (c->queue[i].first && c->queue[i].first->due_ms <= now) {
			struct conn_time *t = c->queue[i].first;
			conn_clock_stop(c, t);
			shutdown(t->fd, SHUT_RDWR);
		}
	}
	set_timer(c);
}

struct conn_clock *conn_clock_new(struct event_base *base, const int64_t ms[CONN_WAITS])
{
	struct conn_clock *c = hl_calloc(1, sizeof(*c));

	for (int i = 0; i < CONN_WAITS; i++)
		c->ms[i] = ms[i];
	c->timer = evtimer_new(base, on_timer, c);
	if (!c->timer)
		hl_fatal(EX_OSERR, "cannot make a timer");
	return c;
}

void conn_clock_free(struct conn_clock *c)
{
	event_free(c->timer);
	free(c);
}
