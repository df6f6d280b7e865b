/* Which policy of etc/alerts.conf an alert rings by. It is chosen when the alert is raised and when its urgency rises, and kept with it, so that
 * the hour of the day does not change the steps under a running alert; one that was taken out of the file since is chosen anew. */
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "core/alert/alert_inside.h"
#include "core/people/units.h"

static int local_minutes(const struct core *core)
{
	time_t now = (time_t)(hl_wall_ms(core->clock) / 1000);
	struct tm tm;

	return localtime_r(&now, &tm) ? tm.tm_hour * 60 + tm.tm_min : 0;
}

struct policy_facts alert_policy_facts(const struct core *core, const struct case_row *row, enum triage_urgency urgency)
{
	const struct unit *unit = core->units ? unit_by_id(core->units, row->unit_id) : NULL;

	return (struct policy_facts){ .urgency = urgency, .exploitation = (enum triage_exploitation)row->exploitation,
		.district = row->district, .unit = unit ? unit->name : "",
		.apart = core->alerts->apart_unit && row->unit_id == core->alerts->apart_unit, .now_min = local_minutes(core) };
}

bool alert_policy_choose(struct core *core, struct alert_row *a, const struct case_row *row)
{
	const struct policy_facts f = alert_policy_facts(core, row, (enum triage_urgency)row->urgency);
	const struct alert_policy *p = policy_choose(core->policies, &f);
	bool other = strcmp(a->policy, p ? p->name : "") != 0;

	hl_strlcpy(a->policy, sizeof(a->policy), p ? p->name : "");
	return other;
}

struct alert_rules alert_rules_of(const struct core *core, const struct alert_row *a, const struct alert_people *people)
{
	struct alert_rules rules = people->rules;

	rules.policy = a->policy[0] ? policy_named(core->policies, a->policy) : NULL;
	return rules;
}
