#include "modem/submission.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/error.h"
#include "base/log.h"
#include "base/mem.h"
#include "modem/cms.h"
#include "modem/outcome.h"
#include "modem/worker.h"

#define HOLD_MAX_MS 10000   /* a text waits so long for a modem that cannot send now, then the core has it back */
#define CMS_NO_CENTRE 330
#define WAITS_MAX 3         /* for a network that is busy */
#define WAIT_PAUSE_MS 1000

/* ---- the list --------------------------------------------------------------------------------------------------- */

static struct text *find(struct worker *w, int64_t id)
{
	for (size_t i = 0; i < w->submission.count; i++)
		if (w->submission.text[i]->send.id == id)
			return w->submission.text[i];
	return NULL;
}

static void drop(struct worker *w, struct text *t)
{
	struct submission *s = &w->submission;
	size_t i = 0;

	while (s->text[i] != t)
		i++;
	s->count--;
	memmove(&s->text[i], &s->text[i + 1], (s->count - i) * sizeof(s->text[0]));
	explicit_bzero(&t->send, sizeof(t->send));
	hl_wipe_free(t->parts);
	free(t);
}

static bool is_begun(const struct text *t)
{
	return t->state == TEXT_GO || t->state == TEXT_GIVEN;
}

bool submission_is_busy(const struct worker *w)
{
	for (size_t i = 0; i < w->submission.count; i++)
		if (w->submission.text[i]->state != TEXT_HELD)
			return true;
	return false;
}

bool submission_yields(const struct worker *w)
{
	for (size_t i = 0; i < w->submission.count; i++)
		if (!w->submission.text[i]->send.yields)
			return false;
	return true;
}

/* ---- ending a text ---------------------------------------------------------------------------------------------- */

static void end_text(struct worker *w, struct text *t)
{
	drop(w, t);
	worker_show_busy(w);
}

static void end_unknown(struct worker *w, struct text *t, int code, const char *why)
{
	outcome_unknown(w, t->send.id, t->part + 1, code, why);
	end_text(w, t);
}

/* Once a part was taken, "failed" would send again what the phone may show already: then nobody can say. */
static void end_not_sent(struct worker *w, struct text *t, bool final, int code, const char *why)
{
	if (t->part > 0) {
		end_unknown(w, t, code, why);
		return;
	}
	outcome_failed(w, t->send.id, t->part + 1, final, code, why);
	end_text(w, t);
}

static void release_unbegun(struct worker *w)
{
	for (size_t i = w->submission.count; i-- > 0; )
		if (!is_begun(w->submission.text[i])) {
			outcome_released(w, w->submission.text[i]->send.id);
			drop(w, w->submission.text[i]);
		}
}

/* ---- the modem -------------------------------------------------------------------------------------------------- */

/* +CMGS: <mr>. */
static void on_reference(void *arg, const char *line, const char *pdu)
{
	struct worker *w = arg;
	struct text *t = w->submission.text[0];
	int mr;

	(void)pdu;
	if (!t->got_mr && at_field_int(line, 0, &mr) && mr >= 0 && mr <= 255) {
		t->sent.mrs[t->sent.mrs_count++] = mr;
		t->got_mr = true;
	}
}

static void part_taken(struct worker *w, struct text *t)
{
	t->state = TEXT_GO;
	t->waits = 0;
	if (++t->part < t->part_count)
		return;
	outcome_sent(w, &t->sent);
	end_text(w, t);
}

static void part_refused(struct worker *w, struct text *t, const struct at_reply *reply)
{
	const char *why;
	enum cms_verdict verdict = cms_judge(reply->error, reply->code, &why);

	t->state = TEXT_GO;
	if (verdict == CMS_WAIT && ++t->waits <= WAITS_MAX) {
		w->submission.pausing = true;
		timer_set(w->submission.pause_timer, WAIT_PAUSE_MS);
	} else if (verdict == CMS_UNKNOWN && reply->data_given) {
		end_unknown(w, t, reply->code, why);
	} else {
		end_not_sent(w, t, verdict == CMS_FINAL, reply->code, why);
		if (reply->error == AT_KIND_CMS && reply->code == CMS_NO_CENTRE)
			checkup_no_centre(w);
		else
			checkup_start_network(w); /* it may have lost the network without a word */
	}
}

/* The line or the modem failed in the middle. Before Ctrl-Z nothing was sent; after it nobody can say. */
static void part_broken_off(struct worker *w, struct text *t, const struct at_reply *reply)
{
	if (t->got_mr)
		part_taken(w, t);
	else if (reply->data_given)
		end_unknown(w, t, 0, "the modem did not answer after the text was given to it");
	else if (reply->result == AT_NO_PROMPT)
		end_not_sent(w, t, false, 0, "the modem did not ask for the text");
	else
		end_not_sent(w, t, false, 0, "the modem went away before the text was given to it");
}

static void not_slow(struct worker *w)
{
	evtimer_del(w->submission.slow_timer);
	if (w->submission.slow)
		worker_remark(w, "the modem was slow with a text, and is done with it");
	w->submission.slow = false;
}

static void on_done(void *arg, const struct at_reply *reply)
{
	struct worker *w = arg;
	struct text *t = w->submission.text[0];

	not_slow(w);
	worker_part_done(w);
	switch (reply->result) {
	case AT_OK: /* never before the text was given: at.c sees to that */
		if (t->got_mr)
			part_taken(w, t);
		else
			end_unknown(w, t, 0, "the modem took the text without telling its reference");
		break;
	case AT_ERROR:
		if (t->got_mr) /* only the network gives references: it has the text */
			part_taken(w, t);
		else
			part_refused(w, t, reply);
		break;
	case AT_TIMEOUT:
	case AT_NO_PROMPT:
	case AT_LOST:
		part_broken_off(w, t, reply);
		break;
	}
	worker_gave_up(w, reply, "a text");
}

static void give_part(struct worker *w, struct text *t)
{
	struct at_command c = {
		.expect = { .shape = AT_SHAPE_PREFIX, .prefix = "+CMGS:", .min_fields = 1 },
		.data = t->parts[t->part].hex,
		.timeout_ms = w->profile.submit_ms,
		.prompt_ms = worker_limit_ms(w, w->profile.prompt_ms),
		.probe_ms = w->profile.probe_ms,
		.info = on_reference,
		.done = on_done,
	};

	t->state = TEXT_GIVEN;
	t->got_mr = false;
	timer_set(w->submission.slow_timer, w->profile.submit_slow_ms);
	worker_command(w, c, "AT+CMGS=%zu", t->parts[t->part].tpdu_octets);
}

/* The oldest text goes first, and until it has its outcome no other is begun. */
static struct text *head(const struct worker *w)
{
	return w->submission.text[0];
}

bool submission_is_due(const struct worker *w)
{
	if (w->submission.count == 0 || w->submission.pausing || !state_can_send(w->state))
		return false;
	return head(w)->state == TEXT_GO || (head(w)->state == TEXT_HELD && uplink_is_up(w->uplink));
}

bool submission_ask(struct worker *w)
{
	struct text *t = head(w);
	struct wire_link_msg msg = { .type = WIRE_SUBMITTING, .u.id.id = t->send.id };

	if (t->state != TEXT_HELD)
		return false;
	t->state = TEXT_ASKED;
	uplink_send(w->uplink, &msg);
	worker_show_busy(w);
	return true;
}

void submission_give(struct worker *w)
{
	give_part(w, head(w));
}

/* ---- the core --------------------------------------------------------------------------------------------------- */

void submission_take(struct worker *w, const struct wire_send *send)
{
	struct submission *s = &w->submission;
	struct text *t = find(w, send->id);

	if (t) {
		hl_log(HL_LOG_ERR, "submission", "twice id=%lld", (long long)send->id);
		return;
	}
	outcome_forget(w, send->id);
	if (s->count == TEXTS_MAX || s->slow) {
		outcome_released(w, send->id);
		return;
	}
	t = hl_calloc(1, sizeof(*t));
	t->send = *send;
	t->sent.id = send->id;
	t->send.report = send->report && w->profile.reports != PROFILE_REPORTS_NONE;
	s->text[s->count++] = t;
	if (!state_can_send(w->state) && !evtimer_pending(s->hold_timer, NULL))
		timer_set(s->hold_timer, HOLD_MAX_MS);
	worker_pump(w);
}

void submission_go(struct worker *w, int64_t id)
{
	struct text *t = find(w, id);
	struct hl_reason why;
	int err;

	if (!t || t->state != TEXT_ASKED)
		return; /* given back meanwhile */
	t->state = TEXT_GO;
	t->parts = hl_calloc(WIRE_PARTS_MAX, sizeof(*t->parts));
	err = pdu_encode(&t->send, w->submission.next_ref, t->parts, WIRE_PARTS_MAX, &t->part_count, &why);
	if (t->part_count > 1)
		w->submission.next_ref++;
	if (err)
		end_not_sent(w, t, true, 0, why.text);
	worker_pump(w);
}

/* What had its `go` is not given back: it may be with the modem. */
void submission_forget(struct worker *w, int64_t id)
{
	struct text *t = find(w, id);

	if (!t || is_begun(t))
		return;
	outcome_released(w, id);
	drop(w, t);
	worker_show_busy(w);
	worker_pump(w);
}

void submission_hello(struct worker *w, struct wire_hello *hello)
{
	struct submission *s = &w->submission;

	for (size_t i = s->count; i-- > 0; )
		if (!is_begun(s->text[i]))
			drop(w, s->text[i]);
	for (size_t i = 0; i < s->count && hello->holding_count < WIRE_LINK_WINDOW; i++)
		hello->holding[hello->holding_count++] = s->text[i]->send.id;
}

/* ---- the states ------------------------------------------------------------------------------------------------- */

/* What had its `go` and is not with the modem fails for now; what is with it gets its outcome from there. */
void submission_stop(struct worker *w)
{
	struct submission *s = &w->submission;

	evtimer_del(s->hold_timer);
	evtimer_del(s->pause_timer);
	s->pausing = false;
	release_unbegun(w);
	for (size_t i = s->count; i-- > 0; )
		if (s->text[i]->state == TEXT_GO)
			end_not_sent(w, s->text[i], false, 0, "the modem cannot send now");
}

void submission_resume(struct worker *w)
{
	evtimer_del(w->submission.hold_timer);
}

static void on_hold_timer(evutil_socket_t fd, short what, void *arg)
{
	struct worker *w = arg;

	(void)fd;
	(void)what;
	if (!state_can_send(w->state))
		release_unbegun(w);
}

/* It may be a slow network or a dead modem: which, is known when the profile's time is over. Others need not wait for that. */
static void on_slow_timer(evutil_socket_t fd, short what, void *arg)
{
	struct worker *w = arg;

	(void)fd;
	(void)what;
	w->submission.slow = true;
	worker_remark(w, "it takes long over a text; others go by other modems. Is the network slow? Else it is reset soon");
	hl_log(HL_LOG_NOTICE, "submission", "slow id=%lld next=\"what waits behind it goes back\"",
	       (long long)w->submission.text[0]->send.id);
	release_unbegun(w);
}

static void on_pause_timer(evutil_socket_t fd, short what, void *arg)
{
	struct worker *w = arg;

	(void)fd;
	(void)what;
	w->submission.pausing = false;
	worker_pump(w);
}

void submission_init(struct worker *w)
{
	struct submission *s = &w->submission;

	s->hold_timer = timer_new(w->base, on_hold_timer, w);
	s->pause_timer = timer_new(w->base, on_pause_timer, w);
	s->slow_timer = timer_new(w->base, on_slow_timer, w);
	/* Not from 0 at every start: a telephone joins parts of the same sender with the same reference. */
	if (getrandom(&s->next_ref, sizeof(s->next_ref), GRND_NONBLOCK) < 0)
		s->next_ref = 1;
}

void submission_free(struct worker *w)
{
	while (w->submission.count)
		drop(w, w->submission.text[0]);
	event_free(w->submission.hold_timer);
	event_free(w->submission.pause_timer);
	event_free(w->submission.slow_timer);
}
