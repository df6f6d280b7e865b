/* Who of those that a verdict names is rung, and what is written of it. */
#include <inttypes.h>

#include "base/log.h"
#include "core/alert/alert_inside.h"
#include "core/counters.h"

#define NOBODY_AGAIN_MS 600000 /* the log says every ten minutes that nobody is on duty */

static void warn_nobody(struct alerts *as, const struct case_row *row)
{
	int64_t now = hl_boot_ms(as->core->clock);

	if (as->told_nobody_ms && now - as->told_nobody_ms < NOBODY_AGAIN_MS)
		return;
	as->told_nobody_ms = now + 1;
	hl_log(HL_LOG_WARNING, "alert", "nobody_on_duty case=%s mend=\"name an officer in the roster\"",
		row->code);
}

bool alert_wait_for_morning(struct core *core, struct alert_row *a, const struct alert_people *people)
{
	int64_t left = alert_quiet_left_ms(core, a, people);

	if (left == 0)
		return false;
	a->due_boot_ms = hl_boot_ms(core->clock) + left;
	store_alert_update(core->store, a);
	return true;
}

/* Somebody whom a policy names may have left the roster since, or may not be told of this case. */
static const struct roster_person *person_of(const struct core *core, const struct alert_people *people, const struct case_row *row,
	const struct alert_ring *ring)
{
	const struct roster_person *p;

	if (!ring->name)
		return people->chain[ring->person];
	p = roster_find_name(core->roster, ring->name);
	return p && alert_is_for(core, row, p) ? p : NULL;
}

/* Those whom the step names sleep: the first of the others who may be woken, or the first morning. */
static const struct roster_person *ring_instead(struct core *core, struct alert_row *a, const struct case_row *row,
	const struct alert_people *people, const struct alert_verdict *v)
{
	for (size_t i = 0; i < people->rules.chain.officers + people->rules.chain.coordinators; i++) {
		if (alert_is_quiet(core, a, people->chain[i]))
			continue;
		alert_ring_person(core, a, row, people->chain[i], v->rings[0].text, ALERT_RING_STEP);
		return people->chain[i];
	}
	alert_wait_for_morning(core, a, people);
	return NULL;
}

const struct roster_person *alert_ring_all(struct core *core, struct alert_row *a, const struct case_row *row,
	const struct alert_verdict *v)
{
	const struct alert_people people = *alert_people_at(core, row, a->id, a->step, false);
	const struct roster_person *first = NULL;

	if (people.rules.chain.officers == 0)
		warn_nobody(core->alerts, row);
	for (size_t i = 0; i < v->ring_count; i++) {
		const struct roster_person *p = person_of(core, &people, row, &v->rings[i]);
		if (!p || alert_is_quiet(core, a, p))
			continue;
		alert_ring_person(core, a, row, p, v->rings[i].text, ALERT_RING_STEP |
			(v->other_modem ? ALERT_RING_OTHER_MODEM : 0));
		first = first ? first : p;
	}
	return v->ring_count && !first ? ring_instead(core, a, row, &people, v) : first;
}

void alert_carry_out(struct core *core, struct alert_row *a, const struct case_row *row, const struct alert_verdict *v)
{
	const struct roster_person *rang;

	a->step = v->step;
	a->due_boot_ms = v->due_boot_ms;
	a->urgency = (int)v->urgency;
	store_alert_update(core->store, a);
	rang = alert_ring_all(core, a, row, v);
	if (v->exhausted)
		alert_exhaust(core, a, row);
	if (!v->escalated || !rang)
		return;
	counter_add(core, COUNT_ESCALATIONS, 1);
	hl_log(HL_LOG_NOTICE, "alert", "escalated case=%s step=%" PRId64 " person=\"%s\"", row->code, a->step, rang->name);
	alert_tell(core, "escalated", a, row, rang->name);
}
