/* One unit of a roster in place of that of another: an imported roster says nothing of the unit that gets conflicts of interest, because
 * coordinators import and that unit is independent of them, too. Pure. */
#include <string.h>

#include "core/roster/roster_inside.h"

/* ---- taking a unit out ---------------------------------------------------------------------------------------------- */

/* People of `from` become those of the same name in `to`; who is not there is left out. */
static void follow_names(const struct roster_person *from, const struct roster *to, struct schedule_people *people)
{
	size_t kept = 0;

	for (size_t i = 0; i < people->count; i++) {
		const struct roster_person *p = roster_find_name(to, from[people->list[i]].name);
		if (p)
			people->list[kept++] = roster_place(to, p);
	}
	people->count = kept;
}

static void drop_rotations(struct schedule *s, const char *unit, int place[SCHEDULE_ROTATIONS_MAX])
{
	size_t kept = 0;

	for (size_t i = 0; i < s->rotation_count; i++) {
		bool stays = strcmp(s->rotations[i].unit, unit) != 0;
		place[i] = stays ? (int)kept : SCHEDULE_ALL;
		if (stays)
			s->rotations[kept++] = s->rotations[i];
	}
	s->rotation_count = kept;
}

static void drop_overrides(struct roster *r, const char *unit, const int place[SCHEDULE_ROTATIONS_MAX])
{
	struct schedule *s = &r->schedule;
	size_t kept = 0;

	for (size_t i = 0; i < r->own_overrides; i++) {
		struct schedule_override o = s->overrides[i];
		if (strcmp(o.unit, unit) == 0)
			continue;
		if (o.rotation != SCHEDULE_ALL)
			o.rotation = place[o.rotation];
		s->overrides[kept++] = o;
	}
	s->override_count = r->own_overrides = kept;
}

static void drop_unit(struct roster *r, const char *unit)
{
	static struct roster_person before[ROSTER_MAX];
	int place[SCHEDULE_ROTATIONS_MAX];
	struct schedule *s = &r->schedule;
	size_t kept = 0;

	memcpy(before, r->list, sizeof(before));
	for (size_t i = 0; i < r->count; i++)
		if (strcmp(before[i].unit, unit) != 0)
			r->list[kept++] = before[i];
	r->count = kept;
	drop_rotations(s, unit, place);
	drop_overrides(r, unit, place);
	for (size_t i = 0; i < s->rotation_count; i++)
		follow_names(before, r, &s->rotations[i].people);
	for (size_t i = 0; i < s->override_count; i++)
		follow_names(before, r, &s->overrides[i].people);
	explicit_bzero(before, sizeof(before));
}

/* ---- putting another in ---------------------------------------------------------------------------------------------- */

static bool put_people(struct roster *r, const struct roster *from, const char *unit)
{
	for (size_t i = 0; i < from->count; i++) {
		const struct roster_person *p = &from->list[i];
		if (strcmp(p->unit, unit) != 0)
			continue;
		if (r->count == ROSTER_MAX || roster_find_name(r, p->name) || roster_find_number(r, &p->number))
			return false;
		r->list[r->count++] = *p;
	}
	return true;
}

static bool put_rotations(struct roster *r, const struct roster *from, const char *unit, int place[SCHEDULE_ROTATIONS_MAX])
{
	struct schedule *s = &r->schedule;

	for (size_t i = 0; i < from->schedule.rotation_count; i++) {
		struct schedule_rotation o = from->schedule.rotations[i];
		place[i] = SCHEDULE_ALL;
		if (strcmp(o.unit, unit) != 0)
			continue;
		if (s->rotation_count == SCHEDULE_ROTATIONS_MAX)
			return false;
		follow_names(from->list, r, &o.people);
		place[i] = (int)s->rotation_count;
		s->rotations[s->rotation_count++] = o;
	}
	return true;
}

static bool put_own_overrides(struct roster *r, const struct roster *from, const char *unit, const int place[SCHEDULE_ROTATIONS_MAX])
{
	struct schedule *s = &r->schedule;

	for (size_t i = 0; i < from->own_overrides; i++) {
		struct schedule_override o = from->schedule.overrides[i];
		if (strcmp(o.unit, unit) != 0)
			continue;
		if (r->own_overrides == SCHEDULE_OVERRIDES_MAX)
			return false;
		if (o.rotation != SCHEDULE_ALL)
			o.rotation = place[o.rotation];
		follow_names(from->list, r, &o.people);
		s->overrides[r->own_overrides++] = o;
		s->override_count = r->own_overrides;
	}
	return true;
}

bool roster_take_unit(struct roster *r, const struct roster *from, const char *unit)
{
	int place[SCHEDULE_ROTATIONS_MAX];

	drop_unit(r, unit);
	return put_people(r, from, unit) && put_rotations(r, from, unit, place) && put_own_overrides(r, from, unit, place);
}
