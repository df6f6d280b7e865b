/* What is amiss with the roster, in words. */
#include <string.h>

#include "core/duty/live_inside.h"
#include "core/roster/local_time.h"

static void add_words(json_t *list, const char *before, const struct live_words *w)
{
	size_t shown = w->count < LIVE_TOLD_MAX ? w->count : LIVE_TOLD_MAX;

	for (size_t i = 0; i < shown; i++)
		json_array_append_new(list, json_sprintf("%s%s", before, w->list[i]));
	if (w->count > shown)
		json_array_append_new(list, json_sprintf("and %zu more of that kind", w->count - shown));
}

static void add_gaps(json_t *list, const struct roster_live *l, const char *unit)
{
	const struct cover_span *first = NULL;
	char from[17], to[17];
	size_t more = 0;

	for (size_t i = 0; i < l->cover_count; i++) {
		if (l->cover[i].doubled || strcmp(l->cover[i].unit, unit) != 0)
			continue;
		more += first != NULL;
		first = first ? first : &l->cover[i];
	}
	if (!first)
		return;
	local_time_write(first->from_ms, from);
	local_time_write(first->to_ms, to);
	json_array_append_new(list, json_sprintf("nobody of %s is on duty from %s to %s, and %zu more times within %d days (all its officers "
		"are rung then): hotlinectl roster show", unit, from, to, more, ROSTER_LIVE_DAYS));
}

json_t *roster_live_complaints(const struct core *core)
{
	const struct roster_live *l = core->roster_live;
	const char *units[SCHEDULE_ROTATIONS_MAX];
	json_t *list = json_array();
	size_t n;

	if (!l)
		return list;
	add_words(list, "the roster was refused and the old one stays: ", &l->refused);
	add_words(list, "", &l->dropped);
	n = cover_units(roster_schedule(core->roster), units);
	for (size_t i = 0; i < n; i++)
		add_gaps(list, l, units[i]);
	return list;
}
