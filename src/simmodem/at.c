#include "simmodem/at.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "simmodem/at_out.h"
#include "simmodem/at_rows.h"
#include "simmodem/modem.h"
#include "simmodem/sim.h"
#include "simmodem/watch.h"

#define CTRL_Z 0x1A
#define ESCAPE 0x1B

static void line_run(struct modem *m);
static void process_typed(struct modem *m);

/* ---- the end of a command line ---------------------------------------------------------------------------------- */

static void on_urc_timer(evutil_socket_t fd, short what, void *arg)
{
	struct modem *m = arg;

	(void)fd;
	(void)what;
	if (m->at.state == AT_STATE_COMMAND)
		at_out_urcs(m);
	pty_flush(&m->pty);
}

static void release_urcs(struct modem *m)
{
	struct timeval pause = { m->quirks.urc_pause_ms / 1000, m->quirks.urc_pause_ms % 1000 * 1000 };

	if (m->quirks.urc_pause_ms)
		event_add(m->at.urc_timer, &pause);
	else
		at_out_urcs(m);
}

static void line_end(struct modem *m, int result)
{
	at_out_final(m, result);
	m->at.mute = false;
	m->at.info_lines = 0;
	m->at.len = 0;
	m->at.overflow = false;
	m->at.state = AT_STATE_COMMAND;
	release_urcs(m);
}

/* Runs commands until one waits, one fails, or the line ends. */
static void run_rest(struct modem *m)
{
	struct at_command cmd;
	int r, result = AT_OK;

	while ((r = at_line_next(&m->at.rest, &cmd)) == 1 && result == AT_OK) {
		m->count.commands++;
		result = at_rows_run(m, &cmd);
		if (result == AT_PENDING)
			return;
		if (result != AT_OK)
			break;
	}
	line_end(m, r < 0 ? AT_ERROR : result);
}

static void complete(struct modem *m, int result)
{
	if (result == AT_PENDING)
		return;
	if (result == AT_OK)
		run_rest(m);
	else
		line_end(m, result);
}

static void on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct modem *m = arg;

	(void)fd;
	(void)what;
	if (m->at.then)
		complete(m, m->at.then(m));
	else
		line_run(m);
	process_typed(m);
	pty_flush(&m->pty);
}

static void start_timer(struct modem *m, int64_t ms, int (*then)(struct modem *))
{
	struct timeval tv = { .tv_sec = (time_t)(ms / 1000), .tv_usec = (suseconds_t)(ms % 1000 * 1000) };

	m->at.then = then;
	m->at.state = AT_STATE_BUSY;
	event_add(m->at.timer, &tv);
}

int at_wait(struct modem *m, int64_t ms, int (*then)(struct modem *m))
{
	if (ms <= 0)
		return then(m);
	start_timer(m, ms, then);
	return AT_PENDING;
}

int at_prompt(struct modem *m, int (*done)(struct modem *m, char *body, size_t len))
{
	m->at.prompt_done = done;
	m->at.state = AT_STATE_PROMPT;
	m->at.len = 0;
	m->at.overflow = false;
	if (!modem_fault_take(m, FAULT_NO_PROMPT, m->at.running + 2))
		pty_write(&m->pty, "\r\n> ", 4);
	return AT_PENDING;
}

/* ---- the beginning of a command line ---------------------------------------------------------------------------- */

static void line_run(struct modem *m)
{
	const char *body = m->at.running + 2;
	int code = m->faults.row[FAULT_ERROR].code;

	m->at.state = AT_STATE_BUSY;
	m->at.info_lines = 0;
	m->at.mute = modem_fault_take(m, FAULT_LOST_REPLY, body);
	if (modem_fault_take(m, FAULT_GARBAGE, body)) {
		at_out_garbage(m);
		m->at.mute = true;
		line_end(m, AT_ERROR);
	} else if (modem_fault_take(m, FAULT_ERROR, body)) {
		line_end(m, code ? AT_CME(code) : AT_ERROR);
	} else {
		m->at.rest = body;
		run_rest(m);
	}
}

/* The line in at.running begins to run, now or later (fault "slow"). */
static void line_begin(struct modem *m)
{
	watch_command(m, m->at.running);
	if (modem_fault_take(m, FAULT_SLOW, m->at.running + 2))
		start_timer(m, m->faults.row[FAULT_SLOW].ms, NULL);
	else
		line_run(m);
}

static void line_typed(struct modem *m)
{
	char *line = m->at.line;
	bool overflow = m->at.overflow;

	line[m->at.len] = '\0';
	m->at.len = 0;
	m->at.overflow = false;
	while (*line == ' ')
		line++;
	if (strncasecmp(line, "AT", 2) != 0)
		return; /* V.250 5.2.1: what does not begin with AT is no command line */
	if (overflow) {
		at_out_final(m, AT_ERROR);
		return;
	}
	memcpy(m->at.running, line, strlen(line) + 1);
	memcpy(m->at.last, line, strlen(line) + 1);
	line_begin(m);
}

/* V.250 5.2.4: repeats the last line at once. */
static void line_repeat(struct modem *m)
{
	m->at.len = 0;
	if (m->at.last[0] == '\0')
		return;
	memcpy(m->at.running, m->at.last, sizeof(m->at.running));
	line_begin(m);
}

/* ---- octets ------------------------------------------------------------------------------------------------------ */

static void feed_command(struct modem *m, char c)
{
	struct at *at = &m->at;

	if (c == m->set.s[3]) {
		line_typed(m);
	} else if (c == m->set.s[5]) {
		at->len -= at->len > 0;
	} else if (c == CTRL_Z || c == ESCAPE || (unsigned char)c < ' ') {
		return; /* leftovers of an aborted prompt, line feeds */
	} else if (at->len >= AT_LINE_MAX) {
		at->overflow = true;
	} else {
		at->line[at->len++] = c;
		if (at->len == 2 && toupper((unsigned char)at->line[0]) == 'A' && c == '/')
			line_repeat(m);
	}
}

static void feed_prompt(struct modem *m, char c)
{
	struct at *at = &m->at;

	if (c == ESCAPE) {
		complete(m, AT_OK);
	} else if (c == CTRL_Z) {
		at->line[at->len] = '\0';
		at->state = AT_STATE_BUSY;
		complete(m, at->overflow ? AT_CMS(305) : at->prompt_done(m, at->line, at->len));
	} else if (c == m->set.s[5]) {
		at->len -= at->len > 0;
	} else if (at->len >= AT_LINE_MAX) {
		at->overflow = true;
	} else {
		at->line[at->len++] = c;
		if (c == '\r' && m->set.cmgf)
			pty_write(&m->pty, "\r\n> ", 4);
	}
}

static void echo(struct modem *m, char c)
{
	if (!m->set.echo)
		return;
	if (modem_fault_is_on(m, FAULT_ECHO, NULL) && ++m->at.echoed % 3 == 0)
		c ^= 0x05;
	pty_write(&m->pty, &c, 1);
}

static void process_typed(struct modem *m)
{
	struct at *at = &m->at;

	while (at->typed_at < at->typed_len && at->state != AT_STATE_BUSY) {
		char c = at->typed[at->typed_at++];
		echo(m, c);
		if (at->state == AT_STATE_COMMAND)
			feed_command(m, c);
		else
			feed_prompt(m, c);
	}
	if (at->typed_at == at->typed_len)
		at->typed_at = at->typed_len = 0;
}

void at_input(struct modem *m, const uint8_t *data, size_t len)
{
	struct at *at = &m->at;

	if (modem_fault_is_on(m, FAULT_HANG, NULL)) {
		m->count.unheard += len;
		return;
	}
	if (at->typed_at) {
		memmove(at->typed, at->typed + at->typed_at, at->typed_len - at->typed_at);
		at->typed_len -= at->typed_at;
		at->typed_at = 0;
	}
	if (len > sizeof(at->typed) - at->typed_len)
		len = sizeof(at->typed) - at->typed_len; /* as a UART without flow control: the rest is lost */
	memcpy(at->typed + at->typed_len, data, len);
	at->typed_len += len;
	process_typed(m);
	pty_flush(&m->pty);
}

/* ---- life --------------------------------------------------------------------------------------------------------- */

void at_init(struct modem *m)
{
	STAILQ_INIT(&m->at.urcs);
	m->at.timer = evtimer_new(m->sim->base, on_timer, m);
	m->at.urc_timer = evtimer_new(m->sim->base, on_urc_timer, m);
}

void at_reset(struct modem *m)
{
	struct urc *urc;

	event_del(m->at.timer);
	event_del(m->at.urc_timer);
	m->at.state = AT_STATE_COMMAND;
	m->at.len = m->at.typed_at = m->at.typed_len = 0;
	m->at.mute = m->at.overflow = false;
	m->at.rest = "";
	while ((urc = STAILQ_FIRST(&m->at.urcs))) {
		STAILQ_REMOVE_HEAD(&m->at.urcs, next);
		free(urc);
	}
	m->at.urc_count = 0;
}

void at_free(struct modem *m)
{
	at_reset(m);
	event_free(m->at.timer);
	event_free(m->at.urc_timer);
}
