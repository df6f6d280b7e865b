/* Whom alerts are for. A conflict of interest concerns people of the police or of the hotline, so its cases are for the
 * people of a unit of its own, and the others hear nothing of them. */
#include <string.h>

#include "base/log.h"
#include "core/alert/alert_inside.h"
#include "core/config/config.h"
#include "core/people/units.h"

const struct alert_people *alert_people_of(const struct core *core, const struct case_row *row)
{
	const struct alerts *as = core->alerts;

	return as->apart_unit && row->unit_id == as->apart_unit ? &as->apart : &as->ordinary;
}

bool alert_is_for(const struct core *core, const struct case_row *row, const struct roster_person *person)
{
	const struct alert_people *people = alert_people_of(core, row);

	for (size_t i = 0; i < people->rules.chain.officers + people->rules.chain.coordinators; i++)
		if (people->chain[i] == person)
			return true;
	return false;
}

static void read_waits(const struct config *c, struct alert_people *people)
{
	const int64_t wait_s[TRIAGE_URGENCIES] = { [TRIAGE_URGENCY_NONE] = c->escalate_low_s,
		[TRIAGE_LOW] = c->escalate_low_s, [TRIAGE_NORMAL] = c->escalate_normal_s,
		[TRIAGE_HIGH] = c->escalate_high_s, [TRIAGE_EMERGENCY] = c->escalate_emergency_s };

	for (int u = 0; u < TRIAGE_URGENCIES; u++)
		people->rules.wait_ms[u] = wait_s[u] * 1000;
}

/* Adds those of the role who are of the unit, or, with `of` false, of any other; returns how many. */
static size_t add(const struct roster *r, struct alert_people *people, enum roster_role role, const char *unit, bool of)
{
	size_t n = people->rules.chain.officers + people->rules.chain.coordinators, before = n;

	for (size_t i = 0; i < roster_count(r); i++) {
		const struct roster_person *p = roster_person(r, i);
		if (p->role == role && (strcmp(p->unit, unit) == 0) == of)
			people->chain[n++] = p;
	}
	return n - before;
}

static void read_ordinary(struct alerts *as, const char *apart)
{
	struct alert_people *people = &as->ordinary;

	read_waits(as->core->config, people);
	people->rules.chain.officers = add(as->core->roster, people, ROSTER_OFFICER, apart, false);
	people->rules.chain.coordinators = add(as->core->roster, people, ROSTER_COORDINATOR, apart, false);
	if (people->rules.chain.officers == 0)
		hl_log(HL_LOG_WARNING, "alert", "nobody_on_duty coordinators=%zu mend=\"name an officer in the roster and "
			"restart\"", people->rules.chain.coordinators);
}

/* An alert that rings nobody would be worse than one that rings the task force, which learns from it a code and that
 * somebody must look; the police unit never does. */
static void read_apart(struct alerts *as, const char *apart)
{
	struct alert_people *people = &as->apart;

	read_waits(as->core->config, people);
	people->rules.chain.officers = add(as->core->roster, people, ROSTER_OFFICER, apart, true);
	people->rules.chain.coordinators = add(as->core->roster, people, ROSTER_COORDINATOR, apart, true);
	if (people->rules.chain.officers + people->rules.chain.coordinators > 0)
		return;
	people->rules.chain.coordinators = add(as->core->roster, people, ROSTER_COORDINATOR, "MDTF", true);
	if (as->core->config->conflict_unit[0])
		hl_log(HL_LOG_WARNING, "alert", "nobody_of_unit unit=%s coordinators_instead=%zu mend=\"name somebody with unit = %s "
			"in the roster and restart\"", apart, people->rules.chain.coordinators, apart);
}

void alert_people_read(struct alerts *as)
{
	const struct core *core = as->core;
	const struct unit *unit = unit_by_name(core->units, CASE_UNIT_APART);

	as->apart_unit = unit ? unit->id : 0;
	read_ordinary(as, unit ? unit->name : "");
	if (unit)
		read_apart(as, unit->name);
}
