#include "core/alert/policy.h"

#include <string.h>

#define REMINDERS_MAX 1 /* to whoever acknowledged, before the next person hears of it */

static size_t chain_length(const struct alert_rules *r)
{
	return r->chain.officers + r->chain.coordinators;
}

static int64_t step_count(const struct alert_rules *r)
{
	return r->policy ? (int64_t)r->policy->step_count : (int64_t)chain_length(r);
}

static const struct policy_step *step_of(const struct alert_rules *r, int64_t step)
{
	return r->policy ? &r->policy->steps[step % (int64_t)r->policy->step_count] : NULL;
}

static int64_t wait_ms(const struct alert_rules *r, int64_t step, enum triage_urgency urgency)
{
	const struct policy_step *s = step_of(r, step);

	return s && s->wait_s ? s->wait_s * 1000 : r->wait_ms[urgency];
}

static void stay(const struct alert_facts *f, struct alert_verdict *v)
{
	v->step = f->step;
	v->due_boot_ms = f->due_boot_ms;
	v->urgency = f->urgency;
	v->escalated = v->exhausted = v->other_modem = false;
	v->ring_count = 0;
}

static void ring(struct alert_verdict *v, size_t person, enum alert_text text)
{
	for (size_t i = 0; i < v->ring_count; i++)
		if (!v->rings[i].name && v->rings[i].person == person)
			return;
	if (v->ring_count < ROSTER_MAX)
		v->rings[v->ring_count++] = (struct alert_ring){ person, NULL, text };
}

static void ring_many(struct alert_verdict *v, size_t from, size_t to, enum alert_text text)
{
	for (size_t i = from; i < to; i++)
		ring(v, i, text);
}

/* ---- one step ------------------------------------------------------------------------------------------------ */

static void ring_step(const struct alert_rules *r, int64_t step, enum alert_text text, struct alert_verdict *v)
{
	const struct policy_step *s = step_of(r, step);
	size_t length = chain_length(r);

	if (!s) {
		if (length)
			ring(v, (size_t)step % length, text);
		if (step == 0) /* coordinators hear of it beside */
			ring_many(v, r->chain.officers, length, text);
		return;
	}
	v->other_modem = s->other_modem;
	if (s->whom & POLICY_DUTY && length)
		ring(v, 0, text);
	if (s->whom & POLICY_NEXT && length)
		ring(v, (size_t)step % length, text);
	for (size_t i = 0; i < s->names.count; i++)
		v->rings[v->ring_count++] = (struct alert_ring){ 0, s->names.list[i], text };
	if (s->whom & POLICY_OFFICERS)
		ring_many(v, 0, r->chain.officers, text);
	if (s->whom & POLICY_COORDINATORS)
		ring_many(v, r->chain.officers, length, text);
}

/* The first step from this one on that rings somebody; false where none does. */
static bool find_step(const struct alert_rules *r, int64_t from, enum triage_urgency urgency, int64_t now_boot_ms,
	struct alert_verdict *v)
{
	int64_t count = step_count(r);

	for (int64_t step = from; step < from + count; step++) {
		ring_step(r, step, step == 0 ? ALERT_TEXT_NEW : step < count ? ALERT_TEXT_ESCALATION : ALERT_TEXT_REMINDER, v);
		if (v->ring_count == 0)
			continue;
		v->step = step;
		v->due_boot_ms = now_boot_ms + wait_ms(r, step, urgency);
		return true;
	}
	return false;
}

void alert_decide_new(const struct alert_rules *r, enum triage_urgency urgency, int64_t now_boot_ms,
	struct alert_verdict *v)
{
	const struct alert_facts f = { urgency, 0, now_boot_ms + r->wait_ms[urgency] };

	stay(&f, v);
	v->exhausted = !find_step(r, 0, urgency, now_boot_ms, v);
}

/* With each round that goes to its end it is told again that nobody answers. */
static bool is_exhausted(const struct alert_rules *r, int64_t before, int64_t now)
{
	int64_t all = step_count(r) * (r->policy ? r->policy->rounds : 1);

	return now / all > before / all;
}

static void next_step(const struct alert_rules *r, const struct alert_facts *f, int64_t now_boot_ms,
	struct alert_verdict *v)
{
	v->escalated = find_step(r, f->step + 1, f->urgency, now_boot_ms, v);
	v->exhausted = !v->escalated || is_exhausted(r, f->step, v->step);
	if (!v->escalated)
		v->due_boot_ms = now_boot_ms + r->wait_ms[f->urgency];
}

void alert_decide_due(const struct alert_rules *r, const struct alert_facts *f, int64_t now_boot_ms,
	struct alert_verdict *v)
{
	stay(f, v);
	if (f->due_boot_ms <= now_boot_ms)
		next_step(r, f, now_boot_ms, v);
}

/* ---- texts that cannot arrive -------------------------------------------------------------------------------- */

/* Whose turn it is: the first of the step. The others of a step were rung beside. */
static void failed(const struct alert_rules *r, const struct alert_facts *f, size_t person, const char *name, int64_t now_boot_ms,
	struct alert_verdict *v)
{
	int64_t count = step_count(r);
	const struct alert_ring *first;

	stay(f, v);
	ring_step(r, f->step, ALERT_TEXT_NEW, v);
	first = &v->rings[0];
	if (v->ring_count == 0 || f->step % count + 1 >= count ||
		(name ? !first->name || strcmp(first->name, name) != 0 : first->name || first->person != person)) {
		stay(f, v);
		return;
	}
	stay(f, v);
	next_step(r, f, now_boot_ms, v);
}

void alert_decide_failed(const struct alert_rules *r, const struct alert_facts *f, size_t person, int64_t now_boot_ms,
	struct alert_verdict *v)
{
	failed(r, f, person, NULL, now_boot_ms, v);
}

void alert_decide_failed_name(const struct alert_rules *r, const struct alert_facts *f, const char *name, int64_t now_boot_ms,
	struct alert_verdict *v)
{
	failed(r, f, 0, name, now_boot_ms, v);
}

/* ---- channels in order --------------------------------------------------------------------------------------- */

#define PLACES 8 /* of a step */
_Static_assert(POLICY_CHANNELS < PLACES, "a place for each channel, and none is 0");

int64_t policy_place(const struct alert_policy *p, int64_t step, size_t channel)
{
	return step % (int64_t)p->step_count * PLACES + (int64_t)channel + 1;
}

const struct policy_step *policy_step_at(const struct alert_policy *p, int64_t place, size_t *channel)
{
	size_t step = (size_t)(place / PLACES);

	*channel = (size_t)(place % PLACES) - 1;
	return p && place > 0 && step < p->step_count && *channel < p->steps[step].channel_count ? &p->steps[step] : NULL;
}

enum alert_text policy_text_at(int64_t place)
{
	return place < PLACES ? ALERT_TEXT_NEW : ALERT_TEXT_ESCALATION;
}

/* ---- the rest ------------------------------------------------------------------------------------------------ */

enum alert_idle_action alert_decide_idle(int64_t reminders)
{
	return reminders < REMINDERS_MAX ? ALERT_IDLE_REMIND : ALERT_IDLE_REOPEN;
}

void alert_decide_rise(const struct alert_rules *r, const struct alert_facts *f, enum triage_urgency urgency,
	int64_t now_boot_ms,
	struct alert_verdict *v)
{
	int64_t due = now_boot_ms + wait_ms(r, f->step, urgency);

	stay(f, v);
	if (urgency <= f->urgency)
		return;
	v->urgency = urgency;
	if (due < v->due_boot_ms)
		v->due_boot_ms = due;
}

const char *alert_text_key(enum alert_text text)
{
	static const char *const keys[ALERT_TEXTS] = { "alert.new", "alert.more", "alert.escalation", "alert.reminder", "alert.idle" };

	return keys[text];
}
