#include "modem/probe.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/error.h"
#include "base/log.h"
#include "base/mem.h"
#include "modem/port.h"
#include "modem/probe_inside.h"
#include "modem/sandbox.h"
#include "modem/tty.h"

#define QUIET_MS 100
#define ANSWER_MS 3000      /* none of the questions is put to the network */
#define FIRST_ANSWER_MS 1200
#define PAUSE_MS 1000       /* before a modem that is busy or silent is asked again */

static void run_step(struct probe *p);

/* ---- results ---------------------------------------------------------------------------------------------------- */

static struct probe_result *add(struct probe *p, const char *check, enum probe_verdict verdict)
{
	struct probe_result *r = &p->results[p->result_count];

	if (p->result_count + 1 < PROBE_RESULTS_MAX)
		p->result_count++;
	memset(r, 0, sizeof(*r));
	r->name = check;
	r->verdict = verdict;
	return r;
}

void probe_green(struct probe *p, const char *check, const char *text, ...)
{
	struct probe_result *r = add(p, check, PROBE_GREEN);
	va_list ap;

	va_start(ap, text);
	vsnprintf(r->text, sizeof(r->text), text, ap);
	va_end(ap);
}

void probe_red(struct probe *p, const char *check, const char *mend, const char *text, ...)
{
	struct probe_result *r = add(p, check, PROBE_RED);
	va_list ap;

	va_start(ap, text);
	vsnprintf(r->text, sizeof(r->text), text, ap);
	va_end(ap);
	hl_strlcpy(r->mend, sizeof(r->mend), mend);
}

void probe_skip(struct probe *p, const char *check, const char *why)
{
	hl_strlcpy(add(p, check, PROBE_SKIPPED)->text, PROBE_TEXT_MAX, why);
}

/* ---- one command after the other -------------------------------------------------------------------------------- */

static void next_step(struct probe *p)
{
	p->step++;
	p->item = 0;
	p->tries = 0;
	run_step(p);
}

static void again(struct probe *p)
{
	static const struct timeval pause = { PAUSE_MS / 1000, PAUSE_MS % 1000 * 1000 };

	evtimer_add(p->timer, &pause);
}

/* From the first command, or once more after a silence, which could end in a late answer. */
static void on_settled(void *arg)
{
	run_step(arg);
}

static void on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct probe *p = arg;

	(void)fd;
	(void)what;
	if (!at_is_open(p->at))
		return;
	at_abort(p->at);
	at_settle(p->at, AT_ESCAPE, QUIET_MS, on_settled, p);
}

static bool is_worth_another(const struct probe *p, const struct at_reply *reply)
{
	const struct probe_step *step = &probe_steps[p->step];
	bool busy = reply->result == AT_ERROR && setup_code_is_busy(&p->profile, reply);

	return (busy || reply->result == AT_TIMEOUT) && p->tries + 1 < step->tries;
}

/* A modem that falls silent in the middle has nothing more to tell. */
static void fell_silent(struct probe *p, const struct probe_step *step)
{
	probe_red(p, step->check ? step->check : "answers AT", "pull it out, wait ten seconds, put it back; if it stays so: "
		  "another socket, more power, another modem", "it did not answer %s", step->check ? "this question" : "a question");
	p->over = "it fell silent";
}

static void on_done(void *arg, const struct at_reply *reply)
{
	struct probe *p = arg;
	const struct probe_step *step = &probe_steps[p->step];

	if (reply->result == AT_LOST)
		return; /* on_lost() tells */
	if (is_worth_another(p, reply)) {
		p->tries++;
		again(p);
		return;
	}
	if (reply->result == AT_TIMEOUT && p->step > 0) {
		fell_silent(p, step);
		next_step(p);
		return;
	}
	if (step->make && !(step->first_ok_ends && reply->result == AT_OK)) {
		p->item++;
		p->tries = 0;
		run_step(p);
		return;
	}
	if (step->judge)
		step->judge(p, reply);
	next_step(p);
}

static void give(struct probe *p, const struct probe_step *step, const char *text)
{
	struct at_command c = {
		.expect = { .shape = step->shape, .prefix = step->prefix, .min_fields = step->prefix ? 1 : 0 },
		.timeout_ms = p->step ? ANSWER_MS : FIRST_ANSWER_MS, .info = step->info, .done = on_done, .arg = p,
	};

	if (step->prefix && !*step->prefix)
		c.expect.prefix = p->profile.pin_counter_prefix;
	if (p->profile.pin_no_ok && strncmp(text, "AT+CPIN", strlen("AT+CPIN")) == 0)
		c.info_ms = p->profile.settle_ms;
	hl_strlcpy(c.text, sizeof(c.text), text);
	if (at_send(p->at, &c))
		hl_log(HL_LOG_ERR, "probe", "not_queued reason=\"closed or full\"");
}

static void run_step(struct probe *p)
{
	for (; p->step < probe_step_count; p->step++, p->item = 0, p->tries = 0) {
		const struct probe_step *step = &probe_steps[p->step];
		const char *over = p->over ? p->over : step->sim && p->lock != SIM_OPEN ? "the SIM comes first" : NULL;
		char made[AT_COMMAND_MAX] = "";
		if (over && step->check)
			probe_skip(p, step->check, over);
		if (over)
			continue;
		if (!step->make) {
			if (*step->text) {
				give(p, step, step->text);
				return;
			}
		} else if (step->make(p, p->item, made, sizeof(made))) {
			give(p, step, made);
			return;
		}
		if (step->judge)
			step->judge(p, NULL);
	}
	event_base_loopbreak(p->base);
}

/* ---- the line ---------------------------------------------------------------------------------------------------- */

/* The answer to +CREG?, which comes after its OK from some (gammu issue 91). */
static void on_urc(void *arg, const char *line, const char *pdu)
{
	struct probe *p = arg;

	(void)pdu;
	if (strncmp(line, "+CREG:", strlen("+CREG:")) == 0)
		at_field_int(line, at_field_count(line) == 2, &p->stat);
}

static void on_lost(void *arg, const char *why)
{
	struct probe *p = arg;

	evtimer_del(p->timer);
	probe_red(p, "port", "put it back in and probe again; if it goes by itself: another cable or socket, or a powered hub",
		  "unplugged, or restarted, while it was asked (%.60s)", why);
	p->over = "the line is gone";
	p->step++;
	run_step(p);
}

static void on_idle(void *arg)
{
	(void)arg;
}

static bool on_noise(void *arg, const char *line)
{
	const struct probe *p = arg;

	return modem_profile_lists(&p->profile.noise_urcs, line);
}

static void tell_closed(struct probe *p, int err, const char *why)
{
	static const struct { int err; const char *mend; } mends[] = {
		{ HL_ENOENT, "is it plugged in? `hotlinectl modem probe` without a TTY lists what is there" },
		{ HL_EEXIST, "`hotlinectl modems` shows the worker that has it; if none does: systemctl stop ModemManager" },
		{ HL_EINVAL, "name a serial line, such as /dev/ttyUSB2" },
	};
	const char *mend = "run it as root, or as a member of the group dialout; and is it a serial line?";

	for (size_t i = 0; i < sizeof(mends) / sizeof(mends[0]); i++)
		if (mends[i].err == err)
			mend = mends[i].mend;
	probe_red(p, "port", mend, "%s", why);
	p->over = "the port comes first";
	run_step(p);
}

/* ---- all of them ------------------------------------------------------------------------------------------------- */

struct opened {
	int fd; /* or the error */
	struct hl_reason why;
};

static void probe_one(struct probe *p, struct event_base *base, const struct probe_plan *plan, const char *tty, struct opened *port)
{
	static const struct at_ops ops = { on_urc, on_lost, on_idle, on_noise };

	memset(p, 0, sizeof(*p));
	p->base = base;
	p->plan = plan;
	p->tty = tty;
	p->pin_left = p->stat = p->stat_lte = p->used = p->total = p->notify = -1;
	p->signal = 99;
	port_read_usb(tty, p->usb);
	probe_plan_usb(p);
	probe_plan_choose(p);
	p->timer = timer_new(base, on_timer, p);
	p->at = at_new(base, &ops, p);
	if (port->fd < 0) {
		tell_closed(p, port->fd, port->why.text);
	} else {
		at_open(p->at, port->fd);
		at_settle(p->at, AT_ESCAPE, QUIET_MS, on_settled, p);
		event_base_dispatch(base);
	}
	at_free(p->at);
	event_free(p->timer);
}

/* What a modem says is parsed behind the worker's walls; all ttys are opened before. */
static void confine(void)
{
	struct hl_reason why;

	if (sandbox_enter("", false, &why))
		hl_log(HL_LOG_WARNING, "sandbox", "probing_without_sandbox reason=\"%s\"", why.text);
}

static void print_json(json_t *ports, const struct probe_plan *plan)
{
	json_t *also = json_object_get(plan->root, "also"), *root;
	char *text;

	if (json_is_array(also))
		json_array_extend(ports, also);
	root = json_pack("{s:o}", "ports", ports);
	text = json_dumps(root, JSON_COMPACT);
	puts(text ? text : "{}");
	free(text);
	json_decref(root);
}

int probe_run(const struct probe_options *o)
{
	struct probe *p = hl_calloc(1, sizeof(*p));
	struct event_base *base = event_base_new();
	struct opened port[PROBE_TTYS_MAX];
	json_t *ports = json_array();
	struct probe_plan plan;
	struct hl_reason why;
	bool green = !o->red;

	if (!base)
		hl_fatal(EX_OSERR, "cannot make an event loop");
	if (probe_plan_read(o->plan, &plan, &why))
		hl_fatal(EX_NOINPUT, "%s", why.text);
	for (size_t i = 0; i < o->tty_count; i++)
		port[i].fd = tty_open(o->tty[i], 0, false, &port[i].why);
	confine();
	for (size_t i = 0; i < o->tty_count; i++) {
		probe_one(p, base, &plan, o->tty[i], &port[i]);
		green = green && probe_is_green(p);
		if (o->json)
			json_array_append_new(ports, probe_json(p));
		else
			probe_show(p, o->colour);
		fflush(stdout);
	}
	if (o->json)
		print_json(ports, &plan);
	else
		json_decref(ports);
	probe_plan_free(&plan);
	event_base_free(base);
	free(p);
	return green ? 0 : 1;
}
