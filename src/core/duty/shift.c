/* Shifts that begin, and shifts that nobody has: told to people. What was told is on disk, so that a restart tells nothing twice and
 * passes over no hand-over. */
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/config/config.h"
#include "core/control/control.h"
#include "core/duty/live_inside.h"
#include "core/outbound/warn.h"
#include "core/people/case_visible.h"
#include "core/people/units.h"
#include "core/roster/local_time.h"
#include "core/turn.h"
#include "store/case.h"
#include "store/meta.h"

#define DAY_MS (24 * 60 * 60 * INT64_C(1000))
#define WAITING_MOST 999

static void key_of(const char *what, const char *unit, char out[64])
{
	snprintf(out, 64, "shift_%s.%s", what, unit);
}

/* ---- who begins --------------------------------------------------------------------------------------------------- */

static int64_t unit_id(const struct core *core, const char *name)
{
	const struct unit *unit = core->units ? unit_by_name(core->units, name) : NULL;

	return unit ? unit->id : 0;
}

static bool has_name(const char *names, const char *name)
{
	size_t len = strlen(name);

	for (; *names; names += strcspn(names, "\n"), names += *names == '\n')
		if (strcspn(names, "\n") == len && memcmp(names, name, len) == 0)
			return true;
	return false;
}

static void tell_start(struct core *core, const struct roster_person *p, const char *unit)
{
	int64_t waiting = cases_count_waiting(core->store, unit_id(core, unit));
	char n[8];

	snprintf(n, sizeof(n), "%d", (int)(waiting > WAITING_MOST ? WAITING_MOST : waiting));
	hl_log(HL_LOG_INFO, "roster", "shift_start person=\"%s\" unit=%s", p->name, unit);
	if (core->config->shift_start)
		warn_person(core, p, "shift.start", (struct wording_arg[]){ { "n", n }, { NULL, NULL } });
}

static void look_at_unit(struct roster_live *l, const char *unit)
{
	struct core *core = l->core;
	struct schedule_people people;
	char key[64], before[ROSTER_NAMES_MAX] = "", now[ROSTER_NAMES_MAX] = "";
	size_t len = 0;
	bool known;

	schedule_unit_on_duty(roster_schedule(core->roster), unit, hl_wall_ms(core->clock), &people);
	for (size_t i = 0; i < people.count; i++)
		len += (size_t)snprintf(now + len, sizeof(now) - len, "%s%s", i ? "\n" : "", roster_person(core->roster, people.list[i])->name);
	key_of("on_duty", unit, key);
	known = meta_get_text(core->store, key, before, sizeof(before));
	if (known && strcmp(before, now) == 0)
		return;
	turn_begin(core->turn);
	meta_set_text(core->store, key, now);
	for (size_t i = 0; known && i < people.count; i++) {
		const struct roster_person *p = roster_person(core->roster, people.list[i]);
		if (!has_name(before, p->name))
			tell_start(core, p, unit);
	}
	control_event_for(core, strcmp(unit, CASE_UNIT_APART) == 0 ? unit_id(core, unit) : 0, "shift",
		json_pack("{s:s, s:s}", "unit", unit, "people", now));
}

/* ---- nobody ------------------------------------------------------------------------------------------------------- */

/* A gap is known by its end, because its beginning moves while it lasts. */
static int64_t gap_key(const struct cover_span *c)
{
	return c->open_end ? INT64_MAX : c->to_ms;
}

static bool is_gap(const struct cover_span *c, const char *unit)
{
	return !c->doubled && strcmp(c->unit, unit) == 0;
}

static void tell_nobody(struct core *core, const struct cover_span *gap)
{
	bool apart = strcmp(gap->unit, CASE_UNIT_APART) == 0;
	char when[17];

	local_time_write(gap->from_ms, when);
	warn_operator(core, "shift.nobody", gap->unit, (struct wording_arg[]){ { "when", when + 5 }, { NULL, NULL } });
	for (size_t i = 0; i < roster_count(core->roster); i++) {
		const struct roster_person *p = roster_person(core->roster, i);
		if (p->role == ROSTER_COORDINATOR && (strcmp(p->unit, CASE_UNIT_APART) == 0) == apart)
			warn_person(core, p, "shift.nobody", (struct wording_arg[]){ { "when", when + 5 }, { NULL, NULL } });
	}
}

/* The last gap that was told, if it is still one or over; otherwise it was mended, and the next is told of anew. */
static int64_t told_of(const struct roster_live *l, const char *unit, const char *key, int64_t now)
{
	int64_t told = 0;

	if (!meta_get_int(l->core->store, key, &told) || told <= now)
		return told;
	for (size_t i = 0; i < l->cover_count; i++)
		if (is_gap(&l->cover[i], unit) && gap_key(&l->cover[i]) == told)
			return told;
	return 0;
}

static void look_for_gap(struct roster_live *l, const char *unit)
{
	int64_t now = hl_wall_ms(l->core->clock), told;
	char key[64];

	key_of("nobody", unit, key);
	told = told_of(l, unit, key, now);
	for (size_t i = 0; i < l->cover_count; i++) {
		const struct cover_span *c = &l->cover[i];
		if (!is_gap(c, unit) || c->from_ms > now + DAY_MS || gap_key(c) <= told || c->to_ms <= now)
			continue;
		turn_begin(l->core->turn);
		meta_set_int(l->core->store, key, gap_key(c));
		tell_nobody(l->core, c);
		return;
	}
}

void live_shifts(struct roster_live *l)
{
	const char *units[SCHEDULE_ROTATIONS_MAX];
	size_t n = cover_units(roster_schedule(l->core->roster), units);

	for (size_t i = 0; i < n; i++) {
		look_at_unit(l, units[i]);
		if (l->core->config->shift_nobody)
			look_for_gap(l, units[i]);
	}
}
