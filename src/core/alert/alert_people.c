/* Whom alerts are for, at this moment. A conflict of interest concerns people of the police or of the hotline, so its cases are for
 * the people of a unit of its own, and the others hear nothing of them. Nobody is remembered: the roster may be another one at the next
 * ring. */
#include <inttypes.h>
#include <string.h>

#include "base/log.h"
#include "core/alert/alert_inside.h"
#include "core/alert/duty_order.h"
#include "core/config/config.h"
#include "core/people/units.h"
#include "store/outbox.h"

static const char *unit_name(const struct core *core, int64_t id)
{
	const struct unit *unit = core->units && id ? unit_by_id(core->units, id) : NULL;

	return unit ? unit->name : "";
}

static struct duty_question question_of(const struct core *core, const struct case_row *row)
{
	return (struct duty_question){ .roster = core->roster, .unit = unit_name(core, row->unit_id),
		.apart = unit_name(core, core->alerts->apart_unit), .wall_ms = hl_wall_ms(core->clock),
		.urgency = (enum triage_urgency)row->urgency };
}

static const struct alert_people *people_of(const struct core *core, const struct duty_question *q)
{
	struct alert_people *people = &core->alerts->people;
	struct duty_chain chain;

	duty_order(q, &chain);
	people->rules.chain = chain.count;
	memcpy(people->chain, chain.list, sizeof(people->chain));
	return people;
}

const struct alert_people *alert_people_of(const struct core *core, const struct case_row *row)
{
	const struct duty_question q = question_of(core, row);

	return people_of(core, &q);
}

const struct alert_people *alert_people_at(const struct core *core, const struct case_row *row, int64_t alert_id, int64_t step,
	bool rang)
{
	struct duty_question q = question_of(core, row);
	char names[ROSTER_MAX][64];

	q.step = step;
	q.rung = (const char (*)[64])names;
	q.rung_count = step > 0 || rang ? store_outbox_alert_recipients(core->store, alert_id, names, ROSTER_MAX) : 0;
	if (rang)
		q.step = step + 1; /* those who were rung stand where they were */
	return people_of(core, &q);
}

bool alert_is_for(const struct core *core, const struct case_row *row, const struct roster_person *person)
{
	const struct duty_question q = question_of(core, row);

	return duty_may_know(&q, person);
}

bool alert_is_quiet(const struct core *core, const struct alert_row *alert, const struct roster_person *person)
{
	return duty_is_quiet(person, (enum triage_urgency)alert->urgency, hl_wall_ms(core->clock));
}

int64_t alert_quiet_left_ms(const struct core *core, const struct alert_row *alert, const struct alert_people *people)
{
	int64_t least = INT64_MAX;

	if (alert->urgency > TRIAGE_NORMAL)
		return 0;
	for (size_t i = 0; i < people->rules.chain.officers + people->rules.chain.coordinators; i++) {
		int64_t left = roster_quiet_left_ms(people->chain[i], hl_wall_ms(core->clock));
		if (left < least)
			least = left;
	}
	return least == INT64_MAX ? 0 : least;
}

static void read_waits(const struct config *c, struct alert_people *people)
{
	const int64_t wait_s[TRIAGE_URGENCIES] = { [TRIAGE_URGENCY_NONE] = c->escalate_low_s,
		[TRIAGE_LOW] = c->escalate_low_s, [TRIAGE_NORMAL] = c->escalate_normal_s,
		[TRIAGE_HIGH] = c->escalate_high_s, [TRIAGE_EMERGENCY] = c->escalate_emergency_s };

	for (int u = 0; u < TRIAGE_URGENCIES; u++)
		people->rules.wait_ms[u] = wait_s[u] * 1000;
}

/* An alert that rings nobody would be worse than one that rings the task force, which learns from it a code and that
 * somebody must look; the police unit never does. */
static void check(const struct core *core, const char *unit, const char *apart)
{
	const struct duty_question q = { .roster = core->roster, .unit = unit, .apart = apart, .wall_ms = hl_wall_ms(core->clock) };
	const struct alert_people *people = people_of(core, &q);

	if (people->rules.chain.officers == 0 && !*unit)
		hl_log(HL_LOG_WARNING, "alert", "nobody_on_duty coordinators=%zu mend=\"name an officer in the roster\"",
			people->rules.chain.coordinators);
	if (*unit && core->config->conflict_unit[0] && !roster_has_unit(core->roster, unit))
		hl_log(HL_LOG_WARNING, "alert", "nobody_of_unit unit=%s coordinators_instead=%zu mend=\"name somebody with unit = %s "
			"in the roster\"", unit, people->rules.chain.coordinators, unit);
}

void alert_people_read(struct alerts *as)
{
	struct core *core = as->core;
	const struct unit *unit = unit_by_name(core->units, CASE_UNIT_APART);

	as->apart_unit = unit ? unit->id : 0;
	read_waits(core->config, &as->people);
	check(core, "", unit ? unit->name : "");
	if (unit)
		check(core, unit->name, unit->name);
}
