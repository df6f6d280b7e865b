#include "core/alert/policy.h"

static size_t chain_length(const struct alert_rules *r)
{
	return r->chain.officers + r->chain.coordinators;
}

static void stay(const struct alert_facts *f, struct alert_verdict *v)
{
	v->step = f->step;
	v->due_boot_ms = f->due_boot_ms;
	v->urgency = f->urgency;
	v->escalated = false;
	v->ring_count = 0;
}

static void ring(struct alert_verdict *v, size_t person, enum alert_text text)
{
	if (v->ring_count < ROSTER_MAX)
		v->rings[v->ring_count++] = (struct alert_ring){ person, text };
}

void alert_decide_new(const struct alert_rules *r, enum triage_urgency urgency, int64_t now_boot_ms,
	struct alert_verdict *v)
{
	const struct alert_facts f = { urgency, 0, now_boot_ms + r->wait_ms[urgency] };

	stay(&f, v);
	if (chain_length(r) == 0)
		return;
	ring(v, 0, ALERT_TEXT_NEW);
	for (size_t i = 0; i < r->chain.coordinators; i++)
		if (r->chain.officers + i != 0)
			ring(v, r->chain.officers + i, ALERT_TEXT_NEW);
}

static void next_step(const struct alert_rules *r, const struct alert_facts *f, int64_t now_boot_ms,
	struct alert_verdict *v)
{
	int64_t length = (int64_t)chain_length(r);

	v->step = f->step + 1;
	v->due_boot_ms = now_boot_ms + r->wait_ms[f->urgency];
	v->escalated = true;
	ring(v, (size_t)(v->step % length), v->step < length ? ALERT_TEXT_ESCALATION : ALERT_TEXT_REMINDER);
}

void alert_decide_due(const struct alert_rules *r, const struct alert_facts *f, int64_t now_boot_ms,
	struct alert_verdict *v)
{
	stay(f, v);
	if (f->due_boot_ms > now_boot_ms)
		return;
	if (chain_length(r) == 0)
		v->due_boot_ms = now_boot_ms + r->wait_ms[f->urgency];
	else
		next_step(r, f, now_boot_ms, v);
}

void alert_decide_failed(const struct alert_rules *r, const struct alert_facts *f, size_t person, int64_t now_boot_ms,
	struct alert_verdict *v)
{
	size_t length = chain_length(r);

	stay(f, v);
	if (length > 0 && person == (size_t)f->step % length && person + 1 < length)
		next_step(r, f, now_boot_ms, v);
}

void alert_decide_rise(const struct alert_rules *r, const struct alert_facts *f, enum triage_urgency urgency,
	int64_t now_boot_ms,
	struct alert_verdict *v)
{
	int64_t due = now_boot_ms + r->wait_ms[urgency];

	stay(f, v);
	if (urgency <= f->urgency)
		return;
	v->urgency = urgency;
	if (due < v->due_boot_ms)
		v->due_boot_ms = due;
}

const char *alert_text_key(enum alert_text text)
{
	static const char *const keys[ALERT_TEXTS] = { "alert.new", "alert.more", "alert.escalation", "alert.reminder" };

	return keys[text];
}
