#include "modem/setup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/error.h"
#include "base/log.h"
#include "base/mem.h"
#include "modem/cms.h"
#include "modem/pin.h"
#include "modem/urc.h"
#include "modem/worker.h"

#define BUSY_TRIES_MAX 30   /* of one that finds the SIM busy or not there yet */

struct setup_step {
	const char *text;     /* or "" where make gives it */
	/* Writes the command of this item; false: no more items, go on with the next step. */
	bool (*make)(struct worker *w, size_t item, char *out, size_t size);
	enum at_shape shape;
	const char *prefix;
	bool required;        /* must be accepted */
	bool listing;         /* is given the time of commands that look through a memory */
	void (*info)(void *arg, const char *line, const char *pdu);
	/* After OK (accepted) or a refusal that is no matter. NULL: go on. */
	enum step_end (*end)(struct worker *w, bool accepted);
};

static void run_step(struct worker *w);

/* ---- what the answers tell ------------------------------------------------------------------------------------- */

static void take_imei(void *arg, const char *line, const char *pdu)
{
	struct worker *w = arg;

	(void)pdu;
	w->setup.got = true;
	hl_strlcpy(w->told.imei, sizeof(w->told.imei), line);
}

static void take_model(void *arg, const char *line, const char *pdu)
{
	struct worker *w = arg;

	if (modem_profile_lists(&w->profile.reset_urcs, line) || modem_profile_lists(&w->profile.full_urcs, line)) {
		urc_take(w, line, pdu); /* of words that could be a model's, too */
		return;
	}
	at_plain(w->told.model, sizeof(w->told.model), line);
}

static void take_imsi(void *arg, const char *line, const char *pdu)
{
	struct worker *w = arg;

	(void)pdu;
	w->setup.got = true;
	hl_strlcpy(w->told.imsi, sizeof(w->told.imsi), line);
}

static void take_service(void *arg, const char *line, const char *pdu)
{
	struct worker *w = arg;
	int service;

	(void)pdu;
	w->setup.needs_ack = at_field_int(line, 0, &service) && service == 1;
}

/* +CPMS: ("SM","ME"),("SM"),("SM"): the first list is what can be read. */
static void take_memories(void *arg, const char *line, const char *pdu)
{
	struct worker *w = arg;
	const char *p = strchr(line, '('), *end = p ? strchr(p, ')') : NULL;
	char name[3] = "";

	(void)pdu;
	for (; p && end && p + 3 < end; p++) {
		if (p[0] != '"' || p[3] != '"')
			continue;
		memcpy(name, p + 1, 2);
		reception_add_memory(w, name);
		p += 3;
	}
}

/* ---- settings -------------------------------------------------------------------------------------------------- */

static bool make_init(struct worker *w, size_t item, char *out, size_t size)
{
	if (item >= w->profile.init.count)
		return false;
	hl_strlcpy(out, size, w->profile.init.item[item]);
	return true;
}

static bool make_charset(struct worker *w, size_t item, char *out, size_t size)
{
	if (item || !w->profile.charset[0])
		return false;
	snprintf(out, size, "AT+CSCS=\"%s\"", w->profile.charset);
	return true;
}

static bool make_memories(struct worker *w, size_t item, char *out, size_t size)
{
	if (item)
		return false;
	reception_forget_memories(w);
	for (size_t i = 0; i < w->profile.memories.count; i++)
		reception_add_memory(w, w->profile.memories.item[i]);
	if (w->profile.memories.count)
		return false;
	hl_strlcpy(out, size, "AT+CPMS=?");
	return true;
}

/* Where the modem takes no third memory, its own choice has to do; the sweep looks everywhere. */
static bool make_store(struct worker *w, size_t item, char *out, size_t size)
{
	const char *m = w->profile.store;
	bool one = w->profile.cpms_arguments == 1;

	if (item == 1)
		return false;
	reception_add_memory(w, m);
	snprintf(out, size, one ? "AT+CPMS=\"%.2s\"" : "AT+CPMS=\"%.2s\",\"%.2s\",\"%.2s\"", m, m, m);
	return true;
}

static bool make_notify(struct worker *w, size_t item, char *out, size_t size)
{
	w->setup.notify = item;
	if (item >= w->profile.notify.count)
		return false;
	snprintf(out, size, "AT+CNMI=%s", w->profile.notify.item[item]);
	return true;
}

/* Before anything is changed in it: another modem may sit where ours was. */
static enum step_end after_imei(struct worker *w, bool accepted)
{
	struct hl_reason why;

	if (!accepted || locate_is_right(w, w->told.imei, &why))
		return STEP_NEXT;
	if (w->locate.port[0]) {
		hl_log(HL_LOG_NOTICE, "modem", "another_modem why=\"%s\" next=\"exit for a restart\"", why.text);
		exit(EX_TEMPFAIL);
	}
	worker_event(w, EVENT_GONE, why.text);
	return STEP_STOPPED;
}

/* The first that is accepted ends the step; if none is, the modem is good for nothing. */
static enum step_end after_notify(struct worker *w, bool accepted)
{
	if (!accepted && w->setup.item + 1 < w->profile.notify.count) {
		w->setup.item++;
		run_step(w);
		return STEP_STOPPED;
	}
	if (accepted)
		return STEP_NEXT;
	worker_event(w, EVENT_SILENT, "the modem will not tell of texts: check \"notify\" in its profile");
	return STEP_STOPPED;
}

/* +CUSD and +CLIP lines come only where they were asked for (TS 27.007 7.15, 7.6). */
static bool make_ussd(struct worker *w, size_t item, char *out, size_t size)
{
	hl_strlcpy(out, size, "AT+CUSD=1");
	return item == 0 && w->profile.ussd_request != PROFILE_USSD_NONE;
}

static bool make_callers(struct worker *w, size_t item, char *out, size_t size)
{
	hl_strlcpy(out, size, "AT+CLIP=1");
	return item == 0 && w->profile.missed_calls;
}

/* Its words are not about a restart, or it loses its settings at once, which checkup.c finds. */
static const char says_restart[] = "set up; it says each time that it restarts: is reset_urcs in its profile right?";

static enum step_end after_last(struct worker *w, bool accepted)
{
	(void)accepted;
	if (w->setup.suspect && ++w->setup.again < SETUP_AGAIN_MAX) {
		hl_log(HL_LOG_INFO, "modem", "setup_again reason=\"the modem restarted meanwhile\"");
		setup_start(w);
		return STEP_STOPPED;
	}
	w->setup.again = 0;
	if (strcmp(w->setup.imsi, w->told.imsi) != 0) {
		reception_other_sim(w);
		hl_strlcpy(w->setup.imsi, sizeof(w->setup.imsi), w->told.imsi);
	}
	worker_event(w, EVENT_UNLOCKED, w->setup.suspect ? says_restart : "the modem is set up");
	return STEP_STOPPED;
}

static const struct setup_step steps[] = {
	{ "AT", NULL, AT_SHAPE_NONE, NULL, true, false, NULL, NULL },
	{ "ATE0", NULL, AT_SHAPE_NONE, NULL, false, false, NULL, NULL },
	{ "AT+CMEE=1", NULL, AT_SHAPE_NONE, NULL, false, false, NULL, NULL },
	{ "", make_init, AT_SHAPE_NONE, NULL, false, false, NULL, NULL },
	{ "AT+CGSN", NULL, AT_SHAPE_DIGITS, NULL, false, false, take_imei, after_imei },
	{ "AT+CGMM", NULL, AT_SHAPE_TEXT, NULL, false, false, take_model, NULL },
	{ "AT+CPIN?", NULL, AT_SHAPE_PREFIX, "+CPIN:", true, false, pin_take_lock, pin_after_lock },
	{ "", pin_make_counter, AT_SHAPE_PREFIX, "", false, false, pin_take_attempts, NULL },
	{ "", pin_make, AT_SHAPE_NONE, NULL, false, false, NULL, pin_after },
	{ "", pin_make_lock_again, AT_SHAPE_PREFIX, "+CPIN:", true, false, pin_take_lock, pin_after_lock },
	{ "AT+CIMI", NULL, AT_SHAPE_DIGITS, NULL, true, false, take_imsi, NULL },
	{ "", make_charset, AT_SHAPE_NONE, NULL, false, false, NULL, NULL },
	{ "AT+CMGF=0", NULL, AT_SHAPE_NONE, NULL, true, false, NULL, NULL },
	{ "AT+CSMS?", NULL, AT_SHAPE_PREFIX, "+CSMS:", false, false, take_service, NULL },
	{ "", make_memories, AT_SHAPE_PREFIX, "+CPMS:", false, true, take_memories, NULL },
	{ "", make_store, AT_SHAPE_PREFIX, "+CPMS:", false, true, NULL, NULL },
	{ "", make_notify, AT_SHAPE_NONE, NULL, false, false, NULL, after_notify },
	{ "AT+CREG=1", NULL, AT_SHAPE_NONE, NULL, false, false, NULL, NULL },
	{ "", make_ussd, AT_SHAPE_NONE, NULL, false, false, NULL, NULL },
	{ "", make_callers, AT_SHAPE_NONE, NULL, false, false, NULL, NULL },
	{ "AT+COPS=3,0", NULL, AT_SHAPE_NONE, NULL, false, false, NULL, after_last },
};
#define STEPS (sizeof(steps) / sizeof(steps[0]))

/* ---- running them ---------------------------------------------------------------------------------------------- */

bool setup_code_is_busy(const struct modem_profile *profile, const struct at_reply *r)
{
	const struct profile_codes *codes = r->error == AT_KIND_CMS ? &profile->busy_cms : &profile->busy_cme;

	if (r->error != AT_KIND_CME && r->error != AT_KIND_CMS)
		return false;
	for (size_t i = 0; i < codes->count; i++)
		if (codes->item[i] == r->code)
			return true;
	return false;
}

static void next_step(struct worker *w)
{
	w->setup.step++;
	w->setup.item = 0;
	w->setup.tries = 0;
	run_step(w);
}

/* A refused command that must be accepted is tried again: modems that start refuse for a while. */
static void try_again(struct worker *w, const struct at_reply *reply)
{
	const struct setup_step *step = &steps[w->setup.step];

	if (++w->setup.tries < (setup_code_is_busy(&w->profile, reply) ? BUSY_TRIES_MAX : SETUP_TRIES_MAX)) {
		timer_set(w->setup.timer, SETUP_TRY_PAUSE_MS);
		return;
	}
	hl_log(HL_LOG_WARNING, "modem", "setup_refused step=%zu code=%d", w->setup.step, reply->code);
	if (cms_judge_sim(reply->error, reply->code) == CMS_SIM_GONE && step->end == pin_after_lock)
		pin_after_lock(w, false);
	else
		worker_event(w, EVENT_SILENT, "the modem refuses a command of its setup");
}

static void on_done(void *arg, const struct at_reply *reply)
{
	struct worker *w = arg;
	const struct setup_step *step = &steps[w->setup.step];
	bool accepted = reply->result == AT_OK && (!step->required || !step->info || w->setup.got);

	if (worker_gave_up(w, reply, "its setup"))
		return;
	w->answered = true;
	if (!accepted && step->required) {
		try_again(w, reply);
		return;
	}
	if (step->end && step->end(w, accepted) == STEP_STOPPED)
		return;
	if (step->make && step->end != after_notify) {
		w->setup.item++;
		w->setup.tries = 0;
		run_step(w);
		return;
	}
	next_step(w);
}

static void on_info(void *arg, const char *line, const char *pdu)
{
	struct worker *w = arg;

	w->setup.got = true;
	if (steps[w->setup.step].info)
		steps[w->setup.step].info(arg, line, pdu);
}

static int64_t limit_ms(const struct worker *w, const struct setup_step *step)
{
	if (step == steps)
		return worker_sign_limit_ms(w);
	return worker_limit_ms(w, step->listing ? w->profile.list_ms : w->profile.command_ms);
}

static void run_step(struct worker *w)
{
	const struct setup_step *step = &steps[w->setup.step];
	char made[AT_COMMAND_MAX] = "";
	struct at_command c = {
		.expect = { .shape = step->shape, .prefix = step->prefix },
		.timeout_ms = limit_ms(w, step),
		.info = on_info,
		.done = on_done,
	};

	w->setup.got = false;
	if (step->make && !step->make(w, w->setup.item, made, sizeof(made))) {
		next_step(w);
		return;
	}
	if (step->make == pin_make_counter)
		c.expect.prefix = w->profile.pin_counter_prefix;
	if (step->info == pin_take_lock && w->profile.pin_no_ok)
		c.info_ms = w->profile.settle_ms;
	if (w->state == STATE_PROBING || w->state == STATE_PIN)
		worker_command(w, c, "%s", step->make ? made : step->text);
}

static void start(void *arg)
{
	run_step(arg);
}

static void on_timer(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	run_step(arg);
}

void setup_start(struct worker *w)
{
	struct setup *s = &w->setup;

	setup_stop(w);
	s->step = s->item = 0;
	s->tries = 0;
	s->suspect = s->pin_given = s->needs_ack = false;
	s->lock = SIM_UNKNOWN;
	s->pin_left = -1;
	w->told.setups++;
	at_abort(w->at);
	at_settle(w->at, AT_ESCAPE, w->profile.settle_ms, start, w);
}

void setup_stop(struct worker *w)
{
	evtimer_del(w->setup.timer);
}

void setup_init(struct worker *w)
{
	w->setup.timer = timer_new(w->base, on_timer, w);
}

void setup_free(struct worker *w)
{
	event_free(w->setup.timer);
}
