#include "modem/at.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"

#define AT_OUT_MAX 1024  /* a command, or the 356 digits of a PDU */
#define AT_CTRL_Z "\x1A"
#define AT_ESCAPE "\x1B"
#define AT_LINES_MAX 4096 /* of one response: more than any memory holds; a modem that never ends is taken for silent */
#define SETTLE_ROUNDS 10
#define PROBE "AT\r"
#define PROBE_QUIET_MS 300 /* after a probed command: its late answers are over */
#define FADING 8           /* commands, until a slow answer counts for about a third */

enum pdu_wait { WAIT_NONE, WAIT_COMMAND, WAIT_URC };

struct at {
	struct event_base *base;
	const struct at_ops *ops;
	void *arg;
	int fd;
	struct event *readable, *writable, *timer, *settle_timer, *probe_timer;
	struct at_reader reader;
	char out[AT_OUT_MAX];
	size_t out_len;
	struct at_command queue[AT_QUEUE_MAX]; /* [0] is the one in progress, if running */
	size_t queued;
	unsigned lines;           /* of its response */
	unsigned started;         /* counts commands: a callback may end the one in progress and begin another */
	bool running, want_prompt, data_given, probed, aborting;
	int64_t since_ms, slowest_ms; /* since the command or its last line; of late */
	enum pdu_wait wait;       /* whose PDU the next line of digits is */
	char header[AT_LINE_MAX + 1], urc_header[AT_LINE_MAX + 1];
	bool header_open;         /* header waits for its PDU */
	char instead[AT_LINE_MAX + 1]; /* what stood where its PDU should, if nothing better comes */
	struct {
		void (*done)(void *arg);
		void *arg;
		int64_t quiet_ms;
		int rounds;
		bool heard;
	} settle;
};

static void start_next(struct at *at);
static void hush(struct at *at, int64_t quiet_ms, void (*done)(void *arg), void *arg);

static void set_timer(struct event *ev, int64_t ms)
{
	struct timeval tv = { ms / 1000, (ms % 1000) * 1000 };

	evtimer_add(ev, &tv);
}

bool at_is_open(const struct at *at)
{
	return at->fd >= 0;
}

bool at_is_idle(const struct at *at)
{
	return at->queued == 0 && !at->settle.done;
}

int64_t at_slowest_ms(const struct at *at)
{
	return at->slowest_ms;
}

static void note_answer(struct at *at)
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

static void finish(struct at *at, struct at_reply reply)
{
	struct at_command command = at->queue[0];
	bool probed = at->probed;

	assert(at->running);
	evtimer_del(at->timer);
	evtimer_del(at->probe_timer);
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
		finish(at, (struct at_reply){ .result = AT_LOST });
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

static void lose(struct at *at, const char *why)
{
	at_close(at);
	at->ops->lost(at->arg, why);
}

/* ---- writing --------------------------------------------------------------------------------------------------- */

static void flush_out(struct at *at)
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
	flush_out(arg);
}

/* What does not fit is dropped: it means that the modem has taken nothing for a whole command, whose time will run
 * out. */
static void put(struct at *at, const char *s)
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
	at->since_ms = hl_boot_ms(&hl_clock_system);
	put(at, c->text);
	put(at, "\r");
	flush_out(at);
	set_timer(at->timer, c->data ? c->prompt_ms : c->timeout_ms);
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
		finish(at, (struct at_reply){ .result = AT_OK });
		return;
	}
	finish(at, (struct at_reply){ .result = at->want_prompt ? AT_NO_PROMPT : AT_TIMEOUT });
}

/* ---- reading --------------------------------------------------------------------------------------------------- */

static void give_info(struct at *at, const char *line, const char *pdu)
{
	const struct at_command *c = at->queue;

	if (++at->lines > AT_LINES_MAX) {
		finish(at, (struct at_reply){ .result = AT_TIMEOUT });
		return;
	}
	set_timer(at->timer, c->info_ms ? c->info_ms : c->timeout_ms);
	note_answer(at);
	if (c->info)
		c->info(c->arg, line, pdu);
}

/* The header's PDU came, or (NULL) will not come any more. False if the command was ended over it. */
static bool close_header(struct at *at, const char *pdu)
{
	unsigned started = at->started;

	if (!at->header_open)
		return true;
	at->header_open = false;
	if (at->wait == WAIT_COMMAND)
		at->wait = WAIT_NONE;
	give_info(at, at->header, pdu ? pdu : at->instead);
	return at->running && at->started == started;
}

static void on_info(struct at *at, const char *line)
{
	if (at->queue[0].expect.shape != AT_SHAPE_PDU) {
		give_info(at, line, NULL);
		return;
	}
	if (!close_header(at, NULL))
		return;
	at->instead[0] = '\0';
	hl_strlcpy(at->header, sizeof(at->header), line);
	at->header_open = true;
	at->wait = WAIT_COMMAND;
}

static void on_final(struct at *at, enum at_kind kind, int code)
{
	struct at_reply reply = { .result = kind == AT_KIND_OK ? AT_OK : AT_ERROR, .error = kind, .code = code };

	if (!at->running)
		return; /* a late reply of a command given up: at_settle() is what keeps it from the next one */
	if (at->want_prompt && kind == AT_KIND_OK)
		return; /* before its data no command is done: a late reply, and the prompt may still come */
	if (!close_header(at, NULL))
		return;
	note_answer(at);
	finish(at, reply);
}

static void on_probe_timer(evutil_socket_t fd, short what, void *arg)
{
	struct at *at = arg;

	(void)fd;
	(void)what;
	at->probed = true;
	put(at, PROBE);
	flush_out(at);
	set_timer(at->probe_timer, at->queue[0].probe_ms);
}

/* Digits after a URC with a PDU are that PDU. For a command's they must have the length that the header told:
 * between the two anything can come. What does not fit is kept, in case nothing better comes: a broken message
 * looks so. */
static bool take_pdu(struct at *at, enum at_kind kind, const char *line)
{
	const char *pdu;

	if (at->wait == WAIT_URC && kind == AT_KIND_HEX) {
		at->wait = at->header_open ? WAIT_COMMAND : WAIT_NONE;
		at->ops->urc(at->arg, at->urc_header, line);
		return true;
	}
	if (at->wait != WAIT_COMMAND)
		return false;
	if ((pdu = at_find_pdu(at->header, line))) {
		close_header(at, pdu);
		return true;
	}
	if (!strchr("+^*#%&$!", line[0]))
		hl_strlcpy(at->instead, sizeof(at->instead), line);
	return false;
}

static bool on_line(void *arg, const char *line)
{
	static const struct at_expect nothing = { .active = false };
	struct at *at = arg;
	enum at_kind kind;
	int code;

	if (at->ops->noise && at->ops->noise(at->arg, line))
		return true;
	kind = at_classify(at->running ? &at->queue[0].expect : &nothing, line, &code);

	switch (kind) {
	case AT_KIND_OK:
	case AT_KIND_ERROR:
	case AT_KIND_CME:
	case AT_KIND_CMS:
		on_final(at, kind, code);
		break;
	case AT_KIND_INFO:
		if (!at->want_prompt) /* before its data there is nothing to tell: a late line of another text's */
			on_info(at, line);
		break;
	case AT_KIND_URC_PDU:
		hl_strlcpy(at->urc_header, sizeof(at->urc_header), line);
		at->wait = WAIT_URC;
		break;
	case AT_KIND_HEX:
	case AT_KIND_URC:
	case AT_KIND_NOISE:
		if (!take_pdu(at, kind, line) && kind == AT_KIND_URC)
			at->ops->urc(at->arg, line, NULL);
		break;
	}
	return at->fd >= 0;
}

/* A prompt that nobody waits for comes late, of a command given up. The modem takes whatever it hears next for a text: it must
 * be got out of that before it hears a command. */
static bool on_prompt(void *arg)
{
	struct at *at = arg;

	if (!at->running || !at->want_prompt) {
		put(at, AT_ESCAPE);
		flush_out(at);
		return true;
	}
	at->want_prompt = false;
	at->data_given = true;
	put(at, at->queue[0].data);
	put(at, AT_CTRL_Z);
	flush_out(at);
	set_timer(at->timer, at->queue[0].timeout_ms);
	if (at->queue[0].probe_ms)
		set_timer(at->probe_timer, at->queue[0].probe_ms);
	return true;
}

static void on_readable(evutil_socket_t fd, short what, void *arg)
{
	static const struct at_reader_ops ops = { on_line, on_prompt };
	struct at *at = arg;
	char bytes[4096];
	ssize_t n = read(fd, bytes, sizeof(bytes));

	(void)what;
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		lose(at, n ? strerror(errno) : "end of file");
		return;
	}
	at->settle.heard = true;
	at_reader_feed(&at->reader, bytes, (size_t)n, &ops, at);
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
		set_timer(at->settle_timer, at->settle.quiet_ms);
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
	set_timer(at->settle_timer, quiet_ms);
}

void at_settle(struct at *at, const char *octets, int64_t quiet_ms, void (*done)(void *arg), void *arg)
{
	assert(at->fd >= 0 && at_is_idle(at));
	hush(at, quiet_ms, done, arg);
	at->out_len = 0; /* what the modem did not take of a lost command must not reach it now */
	put(at, octets);
	flush_out(at);
}

/* ---- life ------------------------------------------------------------------------------------------------------ */

struct at *at_new(struct event_base *base, const struct at_ops *ops, void *arg)
{
	struct at *at = hl_calloc(1, sizeof(*at));

	at->base = base;
	at->ops = ops;
	at->arg = arg;
	at->fd = -1;
	at->timer = evtimer_new(base, on_timeout, at);
	at->settle_timer = evtimer_new(base, on_settle_timer, at);
	at->probe_timer = evtimer_new(base, on_probe_timer, at);
	if (!at->timer || !at->settle_timer || !at->probe_timer)
		hl_fatal(71, "cannot make a timer");
	return at;
}

void at_open(struct at *at, int fd)
{
	assert(at->fd < 0);
	at->fd = fd;
	at->readable = event_new(at->base, fd, EV_READ | EV_PERSIST, on_readable, at);
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
