#include "modem/at_inside.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"

#define SETTLE_ROUNDS 10
#define PROBE "AT\r"
#define PROBE_QUIET_MS 300 /* after a probed command: its late answers are over */
#define FADING 8           /* commands, until a slow answer counts for about a third */

static void start_next(struct at *at);
static void hush(struct at *at, int64_t quiet_ms, void (*done)(void *arg), void *arg);

bool at_is_open(const struct at *at)
{
	return at->fd >= 0;
}

bool at_is_idle(const struct at *at)
{
	return at->queued == 0 && !at->settle.done && !at->aborting;
}

int64_t at_slowest_ms(const struct at *at)
{
	return at->slowest_ms;
}

int64_t at_quiet_ms(const struct at *at)
{
	return hl_boot_ms(&hl_clock_system) - at->heard_ms;
}

int64_t at_busy_ms(const struct at *at)
{
	return at->busy_ms;
}

void at_forget_busy(struct at *at)
{
	at->busy_ms = 0;
}

void at_note_answer(struct at *at)
{
	int64_t now = hl_boot_ms(&hl_clock_system), faded = at->slowest_ms - (at->slowest_ms + FADING - 1) / FADING;

	if (!at->queue[0].data)
		at->slowest_ms = now - at->since_ms > faded ? now - at->since_ms : faded;
	at->since_ms = now;
}

/* ---- the end of a command -------------------------------------------------------------------------------------- */

static void after_probe(void *arg)
{
	(void)arg;
}

void at_finish(struct at *at, struct at_reply reply)
{
	struct at_command command = at->queue[0];
	bool probed = at->probed;

	assert(at->running);
	evtimer_del(at->timer);
	evtimer_del(at->probe_timer);
	if (at->heard_ms - at->began_ms > at->busy_ms)
		at->busy_ms = at->heard_ms - at->began_ms;
	reply.data_given = at->data_given;
	at->running = at->want_prompt = at->data_given = at->header_open = at->probed = false;
	if (at->wait == WAIT_COMMAND)
		at->wait = WAIT_NONE;
	at->queued--;
	memmove(at->queue, at->queue + 1, at->queued * sizeof(at->queue[0]));
	if (probed && reply.result != AT_LOST) /* an OK more may come, and must not end the next command */
		hush(at, PROBE_QUIET_MS, after_probe, at);
	if (command.done)
		command.done(command.arg, &reply);
	start_next(at);
}

/* Ends everything; used where the line is gone. */
static void finish_all(struct at *at)
{
	while (at->queued) {
		at->running = true;
		at_finish(at, (struct at_reply){ .result = AT_LOST });
	}
}

void at_abort(struct at *at)
{
	at->aborting = true;
	evtimer_del(at->settle_timer);
	at->settle.done = NULL;
	finish_all(at);
	at->aborting = false;
}

int at_release(struct at *at)
{
	int fd = at->fd;

	if (fd < 0)
		return -1;
	event_del(at->readable);
	event_del(at->writable);
	event_free(at->readable);
	event_free(at->writable);
	at->readable = at->writable = NULL;
	at->fd = -1;
	at->out_len = 0;
	at->wait = WAIT_NONE;
	evtimer_del(at->settle_timer);
	at->settle.done = NULL;
	at_reader_clear(&at->reader);
	finish_all(at);
	return fd;
}

void at_close(struct at *at)
{
	int fd = at_release(at);

	if (fd >= 0)
		close(fd);
}

void at_lose(struct at *at, const char *why)
{
	at_close(at);
	at->ops->lost(at->arg, why);
}

/* ---- writing --------------------------------------------------------------------------------------------------- */

void at_flush(struct at *at)
{
	while (at->out_len) {
		ssize_t n = write(at->fd, at->out, at->out_len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN) {
			event_add(at->writable, NULL);
			return;
		}
		if (n <= 0) {
			/* The reading side will hear of it as well, and has the right moment to tell. */
			at->out_len = 0;
			return;
		}
		at->out_len -= (size_t)n;
		memmove(at->out, at->out + n, at->out_len);
	}
}

static void on_writable(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	at_flush(arg);
}

/* What does not fit is dropped: it means that the modem has taken nothing for a whole command, whose time will run
 * out. */
void at_put(struct at *at, const char *s)
{
	size_t n = strlen(s);

	if (at->out_len + n > sizeof(at->out))
		return;
	memcpy(at->out + at->out_len, s, n);
	at->out_len += n;
}

static void start_next(struct at *at)
{
	const struct at_command *c = at->queue;

	if (at->fd < 0 || at->running || at->aborting || at->settle.done)
		return;
	if (at->queued == 0) {
		if (at->ops->idle)
			at->ops->idle(at->arg);
		return;
	}
	at->running = true;
	at->started++;
	at->lines = 0;
	at->want_prompt = c->data != NULL;
	at->began_ms = at->since_ms = hl_boot_ms(&hl_clock_system);
	at_put(at, c->text);
	at_put(at, "\r");
	at_flush(at);
	timer_set(at->timer, c->data ? c->prompt_ms : c->timeout_ms);
}

int at_send(struct at *at, const struct at_command *command)
{
	if (at->fd < 0 || at->aborting)
		return HL_ESTATE;
	if (at->queued == AT_QUEUE_MAX)
		return HL_EFULL;
	at->queue[at->queued] = *command;
	at->queue[at->queued].expect.active = true;
	at->queued++;
	if (at->queued == 1)
		start_next(at);
	return 0;
}

static void on_timeout(evutil_socket_t fd, short what, void *arg)
{
	struct at *at = arg;

	(void)fd;
	(void)what;
	if (at->queue[0].info_ms && at->lines) {
		at_finish(at, (struct at_reply){ .result = AT_OK });
		return;
	}
	at_finish(at, (struct at_reply){ .result = at->want_prompt ? AT_NO_PROMPT : AT_TIMEOUT });
}

static void on_probe_timer(evutil_socket_t fd, short what, void *arg)
{
	struct at *at = arg;

	(void)fd;
	(void)what;
	at->probed = true;
	at_put(at, PROBE);
	at_flush(at);
	timer_set(at->probe_timer, at->queue[0].probe_ms);
}

/* ---- settling -------------------------------------------------------------------------------------------------- */

static void on_settle_timer(evutil_socket_t fd, short what, void *arg)
{
	struct at *at = arg;
	void (*done)(void *) = at->settle.done;

	(void)fd;
	(void)what;
	if (at->settle.heard && --at->settle.rounds > 0) {
		at->settle.heard = false;
		timer_set(at->settle_timer, at->settle.quiet_ms);
		return;
	}
	at->settle.done = NULL;
	at_reader_clear(&at->reader);
	at->wait = WAIT_NONE;
	done(at->settle.arg);
	start_next(at);
}

/* Commands wait until the line has been silent for so long. */
static void hush(struct at *at, int64_t quiet_ms, void (*done)(void *arg), void *arg)
{
	at->settle.done = done;
	at->settle.arg = arg;
	at->settle.quiet_ms = quiet_ms;
	at->settle.rounds = SETTLE_ROUNDS;
	at->settle.heard = false;
	timer_set(at->settle_timer, quiet_ms);
}

void at_settle(struct at *at, const char *octets, int64_t quiet_ms, void (*done)(void *arg), void *arg)
{
	assert(at->fd >= 0 && at_is_idle(at));
	hush(at, quiet_ms, done, arg);
	at->out_len = 0; /* what the modem did not take of a lost command must not reach it now */
	at_put(at, octets);
	at_flush(at);
}

/* ---- life ------------------------------------------------------------------------------------------------------ */

struct at *at_new(struct event_base *base, const struct at_ops *ops, void *arg)
{
	struct at *at = hl_calloc(1, sizeof(*at));

	at->base = base;
	at->ops = ops;
	at->arg = arg;
	at->fd = -1;
	at->timer = timer_new(base, on_timeout, at);
	at->settle_timer = timer_new(base, on_settle_timer, at);
	at->probe_timer = timer_new(base, on_probe_timer, at);
	return at;
}

void at_open(struct at *at, int fd)
{
	assert(at->fd < 0);
	at->fd = fd;
	at->readable = event_new(at->base, fd, EV_READ | EV_PERSIST, at_on_readable, at);
	at->writable = event_new(at->base, fd, EV_WRITE, on_writable, at);
	if (!at->readable || !at->writable || event_add(at->readable, NULL))
		hl_fatal(71, "cannot watch the modem's line");
}

void at_free(struct at *at)
{
	at_close(at);
	event_free(at->timer);
	event_free(at->settle_timer);
	event_free(at->probe_timer);
	free(at);
}
