#include "core/roster/schedule.h"

#include <string.h>

#include "core/roster/local_time.h"

#define DAY_MINUTES 1440
#define STEP_MS (15 * 60 * INT64_C(1000))

static bool is_holiday(const struct schedule *s, int64_t day)
{
	for (size_t i = 0; i < s->holiday_count; i++)
		if (s->holidays[i] == day)
			return true;
	return false;
}

static int64_t floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* The day a moment counts as: before the hand-over, or after midnight in hours that began the day before, it is still that
 * day's. False outside the hours. */
static bool duty_day(const struct schedule_rotation *r, const struct local_moment *m, int64_t *day, int *weekday)
{
	bool whole = r->from_min == r->to_min;
	bool across = r->from_min > r->to_min;
	bool early = whole ? m->minute < r->hand_over_min : across && m->minute < r->to_min;
	bool within = whole || (across ? early || m->minute >= r->from_min : m->minute >= r->from_min && m->minute < r->to_min);

	*day = m->day - early;
	*weekday = (m->weekday + 7 - early) % 7;
	return within;
}

/* How many shifts have ended since the first one's began; negative before it. */
static int64_t shift_number(const struct schedule_rotation *r, const struct local_moment *m, int64_t duty)
{
	switch (r->shift) {
	case SHIFT_DAILY:
		return duty - r->start_day;
	case SHIFT_WEEKLY:
		return floor_div(duty - r->start_day, 7);
	case SHIFT_HOURS:
		break;
	}
	return floor_div((m->day - r->start_day) * DAY_MINUTES + m->minute - r->hand_over_min, r->hours * 60);
}

/* What the rotation itself says: the place of a person, or none. */
static bool turn_of(const struct schedule *s, const struct schedule_rotation *r, int64_t wall_ms, size_t *person)
{
	struct local_moment m = local_moment_of(wall_ms);
	int64_t day, number;
	bool holiday;
	int weekday;

	if (r->people.count == 0 || !duty_day(r, &m, &day, &weekday) || !(r->weekdays & (1u << weekday)))
		return false;
	holiday = is_holiday(s, day);
	if ((holiday && r->holidays == HOLIDAYS_NOT) || (!holiday && r->holidays == HOLIDAYS_ONLY))
		return false;
	number = shift_number(r, &m, day);
	if (number < 0)
		return false;
	*person = r->people.list[(size_t)number % r->people.count];
	return true;
}

static const struct schedule_override *override_of(const struct schedule *s, size_t rotation, int64_t wall_ms)
{
	const struct schedule_override *found = NULL;

	for (size_t i = 0; i < s->override_count; i++) {
		const struct schedule_override *o = &s->overrides[i];
		bool mine = o->rotation == (int)rotation ||
			(o->rotation == SCHEDULE_ALL && strcmp(o->unit, s->rotations[rotation].unit) == 0);
		if (mine && o->from_ms <= wall_ms && wall_ms < o->to_ms)
			found = o;
	}
	return found;
}

void schedule_on_duty(const struct schedule *s, size_t rotation, int64_t wall_ms, struct schedule_people *people)
{
	const struct schedule_override *o = override_of(s, rotation, wall_ms);

	if (o) {
		*people = o->people;
		return;
	}
	people->count = turn_of(s, &s->rotations[rotation], wall_ms, &people->list[0]);
}

static bool has_person(const struct schedule_people *people, size_t person)
{
	for (size_t i = 0; i < people->count; i++)
		if (people->list[i] == person)
			return true;
	return false;
}

size_t schedule_unit_on_duty(const struct schedule *s, const char *unit, int64_t wall_ms, struct schedule_people *people)
{
	size_t rotations = 0;

	people->count = 0;
	for (size_t r = 0; r < s->rotation_count; r++) {
		struct schedule_people some;
		if (strcmp(s->rotations[r].unit, unit) != 0)
			continue;
		schedule_on_duty(s, r, wall_ms, &some);
		rotations += some.count > 0;
		for (size_t i = 0; i < some.count; i++)
			if (!has_person(people, some.list[i]) && people->count < SCHEDULE_PEOPLE_MAX)
				people->list[people->count++] = some.list[i];
	}
	return rotations;
}

bool schedule_has_unit(const struct schedule *s, const char *unit)
{
	for (size_t r = 0; r < s->rotation_count; r++)
		if (strcmp(s->rotations[r].unit, unit) == 0)
			return true;
	return false;
}

/* ---- stretches ---------------------------------------------------------------------------------------------------- */

static void look(const struct schedule *s, int rotation, const char *unit, int64_t wall_ms, struct schedule_span *span)
{
	*span = (struct schedule_span){ .from_ms = wall_ms };
	if (rotation == SCHEDULE_ALL) {
		span->rotations = schedule_unit_on_duty(s, unit, wall_ms, &span->people);
	} else {
		schedule_on_duty(s, (size_t)rotation, wall_ms, &span->people);
		span->rotations = span->people.count > 0;
	}
}

static bool same_people(const struct schedule_span *a, const struct schedule_span *b)
{
	return a->rotations == b->rotations && a->people.count == b->people.count &&
		memcmp(a->people.list, b->people.list, a->people.count * sizeof(a->people.list[0])) == 0;
}

size_t schedule_spans(const struct schedule *s, int rotation, const char *unit, int64_t from_ms, int64_t to_ms,
	struct schedule_span *spans, size_t max)
{
	struct schedule_span now;
	size_t n = 0;

	for (int64_t t = from_ms; t < to_ms; t += STEP_MS - t % STEP_MS) {
		look(s, rotation, unit, t, &now);
		if (n > 0 && same_people(&spans[n - 1], &now))
			continue;
		if (n > 0)
			spans[n - 1].to_ms = t;
		if (n == max)
			return n;
		spans[n++] = now;
	}
	if (n > 0)
		spans[n - 1].to_ms = to_ms;
	return n;
}
