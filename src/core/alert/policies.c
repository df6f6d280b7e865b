#include "core/alert/policies.h"

#include <stdlib.h>
#include <string.h>

static bool is_district(const struct policy_match *m, const char *district)
{
	for (size_t i = 0; i < m->district_count; i++)
		if (strcmp(m->districts[i], district) == 0)
			return true;
	return m->district_count == 0;
}

static bool is_hour(const struct policy_match *m, int now_min)
{
	if (m->from_min == m->to_min)
		return true;
	if (m->from_min < m->to_min)
		return now_min >= m->from_min && now_min < m->to_min;
	return now_min >= m->from_min || now_min < m->to_min;
}

bool policy_fits(const struct policy_match *m, const struct policy_facts *f)
{
	if (m->unit[0] ? strcmp(m->unit, f->unit) != 0 : f->apart)
		return false;
	if (m->urgencies && !(m->urgencies & 1u << f->urgency))
		return false;
	if (m->exploitations && !(m->exploitations & 1u << f->exploitation))
		return false;
	return is_district(m, f->district) && is_hour(m, f->now_min);
}

const struct alert_policy *policy_choose(const struct alert_policies *all, const struct policy_facts *f)
{
	for (size_t i = 0; all && i < all->count; i++)
		if (policy_fits(&all->list[i].match, f))
			return &all->list[i];
	return NULL;
}

const struct alert_policy *policy_named(const struct alert_policies *all, const char *name)
{
	for (size_t i = 0; all && i < all->count; i++)
		if (strcmp(all->list[i].name, name) == 0)
			return &all->list[i];
	return NULL;
}

int64_t policies_longest_ms(const struct alert_policies *all)
{
	int64_t longest = 0;

	for (size_t i = 0; all && i < all->count; i++)
		for (size_t k = 0; k < all->list[i].step_count; k++)
			if (all->list[i].steps[k].wait_s * 1000 > longest)
				longest = all->list[i].steps[k].wait_s * 1000;
	for (int u = 0; all && u < TRIAGE_URGENCIES; u++)
		if (all->act_min[u] * 60000 > longest)
			longest = all->act_min[u] * 60000;
	return longest;
}

void policies_free(struct alert_policies *p)
{
	free(p);
}
