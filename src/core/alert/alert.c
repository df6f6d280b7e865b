/* Alerts, done: they begin, rise, and hear what became of their texts. What is decided stands in policy.c; who is rung, in alert_ring.c;
 * how they end, in alert_life.c; deadlines, in alert_timer.c. */
#include "core/alert/alert.h"

#include <inttypes.h>
#include <string.h>

#include "base/log.h"
#include "core/alert/alert_inside.h"
#include "core/counters.h"
#include "store/alert_pace.h"
#include "store/outbox.h"

#define FOLD_MS 60000 /* a texter who writes on: at most one alert.more a minute to whoever has the case */

/* ---- raising ----------------------------------------------------------------------------------------------------- */

static struct alert_facts facts_of(const struct alert_row *a)
{
	return (struct alert_facts){ (enum triage_urgency)a->urgency, a->step, a->due_boot_ms };
}

static void create(struct core *core, const struct case_row *row)
{
	struct alert_row a = { .case_id = row->id, .state = ALERT_CREATED, .urgency = row->urgency,
		.raised_boot_ms = hl_boot_ms(core->clock), .created_ms = hl_wall_ms(core->clock) };
	const struct roster_person *rang;
	struct alert_rules rules;
	struct alert_verdict v;

	alert_policy_choose(core, &a, row);
	rules = alert_rules_of(core, &a, alert_people_of(core, row));
	alert_decide_new(&rules, (enum triage_urgency)row->urgency, a.raised_boot_ms, &v);
	a.step = v.step;
	a.due_boot_ms = v.due_boot_ms;
	a.id = store_alert_insert(core->store, &a);
	core->alerts->now.counts[ALERT_CREATED]++;
	counter_add(core, COUNT_ALERTS, 1);
	rang = alert_ring_all(core, &a, row, &v);
	alert_tell(core, "created", &a, row, rang ? rang->name : "");
	if (v.exhausted)
		alert_exhaust(core, &a, row);
	alert_notice_new(core, &a, row);
}

/* Whoever is first now may have come on duty since, or was not to be woken for less. */
static void ring_first(struct core *core, struct alert_row *a, const struct case_row *row, char names[][64], size_t n)
{
	const struct roster_person *p = alert_people_of(core, row)->chain[0];

	for (size_t i = 0; p && i < n; i++)
		if (strcmp(names[i], p->name) == 0)
			return;
	if (p && !alert_is_quiet(core, a, p))
		alert_ring_person(core, a, row, p, ALERT_TEXT_NEW, 0);
}

/* Those who were rung are told that it became more urgent; nobody is told twice, because urgency only rises. Where another policy
 * is for it now, or nobody was to be woken for less, it begins. */
static void rise(struct core *core, struct alert_row *a, const struct case_row *row)
{
	const struct alert_facts f = facts_of(a);
	int64_t now = hl_boot_ms(core->clock);
	char names[ROSTER_MAX][64];
	struct alert_rules rules;
	struct alert_verdict v;
	bool other;
	size_t n;

	if (row->urgency <= a->urgency)
		return;
	other = alert_policy_choose(core, a, row);
	rules = alert_rules_of(core, a, alert_people_of(core, row));
	alert_decide_rise(&rules, &f, (enum triage_urgency)row->urgency, now, &v);
	n = store_outbox_alert_recipients(core->store, a->id, names, ROSTER_MAX);
	if (other || n == 0)
		alert_decide_new(&rules, (enum triage_urgency)row->urgency, now, &v);
	alert_carry_out(core, a, row, &v);
	for (size_t i = 0; i < n; i++) {
		const struct roster_person *p = roster_find_name(core->roster, names[i]);
		if (p && alert_is_for(core, row, p) && !alert_is_quiet(core, a, p))
			alert_ring_person(core, a, row, p, ALERT_TEXT_MORE, other ? 0 : ALERT_RING_FORCE);
	}
	if (n)
		ring_first(core, a, row, names, n);
	alert_tell(core, "raised", a, row, "");
}

/* Whoever has the case learns that the texter wrote again; somebody who is not in the roster is stood in for by the
 * first. */
static void tell_owner(struct core *core, const struct alert_row *last, const struct case_row *row, bool fold)
{
	const struct roster_person *p = roster_find_name(core->roster, row->owner);
	int64_t rang, now = hl_boot_ms(core->clock);

	if (!p || !alert_is_for(core, row, p))
		p = alert_people_of(core, row)->chain[0];
	if (!p)
		return;
	rang = store_outbox_alert_last(core->store, last->id, p->name);
	if (!fold || rang <= now - FOLD_MS || rang > now) /* later than now: of another boot, or still waiting, which is seen to below */
		alert_ring_person(core, last, row, p, ALERT_TEXT_MORE, 0);
}

void alert_raise(struct core *core, const struct case_row *row)
{
	struct alert_row a;

	if (store_alert_of_case(core->store, row->id, true, &a))
		rise(core, &a, row);
	else
		create(core, row);
}

static void more(struct core *core, const struct case_row *row, bool fold)
{
	struct alert_row a;

	if (store_alert_of_case(core->store, row->id, true, &a)) {
		rise(core, &a, row);
		return;
	}
	if (!store_alert_of_case(core->store, row->id, false, &a) || !row->owner[0]) {
		create(core, row); /* nobody has it and nothing runs: a human must hear of it */
		return;
	}
	a.urgency = row->urgency;
	tell_owner(core, &a, row, fold);
}

void alert_more(struct core *core, const struct case_row *row)
{
	more(core, row, true);
}

/* There are no more of them than questions. */
void alert_answered(struct core *core, const struct case_row *row)
{
	more(core, row, false);
}

void alert_moved(struct core *core, const struct case_row *row)
{
	struct alert_rules rules;
	struct alert_verdict v;
	struct alert_row a;

	if (!store_alert_of_case(core->store, row->id, true, &a)) {
		create(core, row);
		return;
	}
	outbox_cancel_alert(core, a.id);
	store_held_drop_alert(core->store, a.id);
	alert_policy_choose(core, &a, row);
	rules = alert_rules_of(core, &a, alert_people_of(core, row));
	alert_decide_new(&rules, (enum triage_urgency)row->urgency, hl_boot_ms(core->clock), &v);
	alert_carry_out(core, &a, row, &v);
	alert_notice_new(core, &a, row);
}

/* ---- what happens to its texts ----------------------------------------------------------------------------------- */

static void text_arrived(struct core *core, struct alert_row *a, const char *recipient, enum alert_event event)
{
	bool first = a->state == ALERT_CREATED;
	struct case_row row;

	if (alert_state_next((enum alert_state)a->state, event) == ALERT_IGNORE || case_find(core, a->case_id, &row) != 0)
		return;
	if (first)
		case_mark_alerted(core, a->case_id);
	alert_enter(core, a, event);
	store_alert_update(core->store, a);
	alert_tell(core, alert_state_name((enum alert_state)a->state), a, &row, recipient);
}

static void text_lost(struct core *core, struct alert_row *a, const char *recipient)
{
	const struct alert_facts f = facts_of(a);
	struct alert_people people;
	struct alert_rules rules;
	struct alert_verdict v;
	struct case_row row;
	size_t i = 0, n;

	if (case_find(core, a->case_id, &row) != 0)
		return;
	people = *alert_people_at(core, &row, a->id, a->step, true);
	rules = alert_rules_of(core, a, &people);
	n = people.rules.chain.officers + people.rules.chain.coordinators;
	while (i < n && strcmp(people.chain[i]->name, recipient) != 0)
		i++;
	alert_decide_failed_name(&rules, &f, recipient, hl_boot_ms(core->clock), &v);
	if (!v.escalated && i < n)
		alert_decide_failed(&rules, &f, i, hl_boot_ms(core->clock), &v);
	if (v.escalated)
		alert_carry_out(core, a, &row, &v);
}

/* By the next channel of the same person, or the next person. What stands beside a text, in no order, matters to nobody's turn; what
 * only failed for now, and has none after it, is tried again. */
static void channel_lost(struct core *core, struct alert_row *a, const struct outbox_row *text, bool for_now)
{
	struct case_row row;

	if (text->place && case_find(core, a->case_id, &row) == 0 && alert_next_channel(core, a, &row, text))
		return;
	if (!for_now && (text->place || text->channel == CHANNEL_SMS))
		text_lost(core, a, text->recipient);
}

void alert_outbox_changed(struct core *core, const struct outbox_row *text, enum outbox_state state)
{
	static const struct { enum outbox_state state; enum alert_event event; } arrived[] = { { OUTBOX_SENT, ALERT_EV_HANDED },
		{ OUTBOX_DELIVERED, ALERT_EV_DELIVERED }, { OUTBOX_READ, ALERT_EV_READ } };
	struct alert_row a;

	if (!core->alerts || !store_alert_get(core->store, text->alert_id, &a) || a.acknowledged_ms)
		return;
	for (size_t i = 0; i < sizeof(arrived) / sizeof(arrived[0]); i++)
		if (arrived[i].state == state)
			text_arrived(core, &a, text->recipient, arrived[i].event);
	if (state == OUTBOX_FAILED || state == OUTBOX_UNDELIVERED || state == OUTBOX_UNKNOWN)
		channel_lost(core, &a, text, state == OUTBOX_FAILED && text->state == OUTBOX_QUEUED);
}

bool alert_pass(struct core *core, struct alert_row *a, const struct roster_person *person)
{
	const struct alert_people *people;
	struct case_row row;

	if (a->acknowledged_ms || case_find(core, a->case_id, &row) != 0)
		return false;
	text_lost(core, a, person->name);
	people = alert_people_of(core, &row);
	return people->rules.policy || people->rules.chain.officers + people->rules.chain.coordinators > 1;
}
