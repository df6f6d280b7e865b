#include "modem/identify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/mem.h"
#include "modem/at.h"
#include "modem/timer.h"
#include "modem/tty.h"

#define QUIET_MS 100
#define ANSWER_MS 1500      /* none of the questions is about the SIM or the network */
#define PAUSE_MS 500        /* after a refusal: a modem that starts refuses for a while */

struct question {
	const char *text;
	enum at_shape shape;
	bool required;      /* asked again until it is answered */
	void (*info)(void *arg, const char *line, const char *pdu);
};

struct identify {
	struct event_base *base;
	void (*done)(void *arg, const struct identity *identity);
	void *arg;
	struct at *at;      /* while busy and open */
	struct event *timer;/* the next try, or the end of one that could not begin */
	struct identity found;
	size_t question;
	int64_t until_ms;
	bool busy;
};

bool identify_imei_is_usable(const char *imei)
{
	size_t len = strlen(imei);

	return len >= 14 && len <= 16 && strspn(imei, "0123456789") == len && strspn(imei, (char[]){ imei[0], '\0' }) < len;
}

static void take_imei(void *arg, const char *line, const char *pdu)
{
	struct identify *i = arg;

	(void)pdu;
	if (identify_imei_is_usable(line))
		hl_strlcpy(i->found.imei, sizeof(i->found.imei), line);
}

static void take_model(void *arg, const char *line, const char *pdu)
{
	struct identify *i = arg;

	(void)pdu;
	at_plain(i->found.model, sizeof(i->found.model), line);
}

static const struct question questions[] = {
	{ "AT", AT_SHAPE_NONE, true, NULL },
	{ "ATE0", AT_SHAPE_NONE, false, NULL },
	{ "AT+CGSN", AT_SHAPE_DIGITS, true, take_imei },
	{ "AT+CGMM", AT_SHAPE_TEXT, false, take_model },
};
#define QUESTIONS (sizeof(questions) / sizeof(questions[0]))
#define QUESTION_IMEI 2

static int64_t now_ms(void)
{
	return hl_boot_ms(&hl_clock_system);
}

static void finish(struct identify *i, const char *why)
{
	struct identity found = i->found;

	if (i->at) {
		found.fd = at_release(i->at);
		at_free(i->at);
		i->at = NULL;
	}
	if (!found.imei[0])
		hl_strlcpy(found.why, sizeof(found.why), why);
	i->busy = false;
	i->done(i->arg, &found);
}

static void settle(struct identify *i);

static void on_done(void *arg, const struct at_reply *reply)
{
	struct identify *i = arg;
	const struct question *q = &questions[i->question];
	bool answered = reply->result == AT_OK && (i->question != QUESTION_IMEI || i->found.imei[0]);

	if (reply->result == AT_LOST)
		return;
	if (answered || (!q->required && reply->result == AT_ERROR))
		i->question++;
	if (i->question < QUESTIONS && now_ms() < i->until_ms && reply->result != AT_TIMEOUT)
		timer_set(i->timer, answered ? 0 : PAUSE_MS);
	else if (i->question < QUESTIONS && now_ms() < i->until_ms)
		settle(i);
	else
		timer_set(i->timer, 0);
}

static void ask(void *arg)
{
	struct identify *i = arg;
	const struct question *q = &questions[i->question];
	struct at_command c = {
		.expect = { .shape = q->shape }, .timeout_ms = ANSWER_MS, .info = q->info, .done = on_done, .arg = i,
	};

	hl_strlcpy(c.text, sizeof(c.text), q->text);
	at_send(i->at, &c);
}

static void settle(struct identify *i)
{
	at_abort(i->at);
	at_settle(i->at, AT_ESCAPE, QUIET_MS, ask, i);
}

/* The end of a try: from the loop, since done() may start the next one. */
static void on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct identify *i = arg;

	(void)fd;
	(void)what;
	if (!i->at || i->question >= QUESTIONS)
		finish(i, i->found.why);
	else if (now_ms() < i->until_ms)
		ask(i);
	else
		finish(i, i->question ? "it answers AT but tells no IMEI" : "nobody answers AT there: not a modem's AT port, or switched off");
}

static void on_urc(void *arg, const char *line, const char *pdu)
{
	(void)arg;
	(void)line;
	(void)pdu;
}

static void on_lost(void *arg, const char *why)
{
	struct identify *i = arg;

	snprintf(i->found.why, sizeof(i->found.why), "the line is gone (%.80s)", why);
	i->found.imei[0] = '\0';
	i->question = QUESTIONS;
	timer_set(i->timer, 0);
}

static void on_idle(void *arg)
{
	(void)arg;
}

void identify_start(struct identify *i, const char *path, int64_t baud, bool rtscts, int64_t patience_ms)
{
	static const struct at_ops ops = { on_urc, on_lost, on_idle, NULL };
	struct hl_reason why;
	int fd;

	identify_stop(i);
	i->found = (struct identity){ .fd = -1 };
	i->question = 0;
	i->until_ms = now_ms() + patience_ms;
	i->busy = true;
	fd = tty_open(path, baud, rtscts, &why);
	if (fd < 0) {
		hl_strlcpy(i->found.why, sizeof(i->found.why), why.text);
		timer_set(i->timer, 0);
		return;
	}
	i->at = at_new(i->base, &ops, i);
	at_open(i->at, fd);
	settle(i);
}

void identify_stop(struct identify *i)
{
	evtimer_del(i->timer);
	if (i->at)
		at_free(i->at);
	i->at = NULL;
	i->busy = false;
}

bool identify_is_busy(const struct identify *i)
{
	return i->busy;
}

struct identify *identify_new(struct event_base *base, void (*done)(void *arg, const struct identity *identity), void *arg)
{
	struct identify *i = hl_calloc(1, sizeof(*i));

	*i = (struct identify){ .base = base, .done = done, .arg = arg };
	i->timer = timer_new(base, on_timer, i);
	return i;
}

void identify_free(struct identify *i)
{
	identify_stop(i);
	event_free(i->timer);
	free(i);
}
