#include "core/alert/duty_order.h"

#include <string.h>

#include "core/roster/cover.h"

#define TASK_FORCE "MDTF" /* hears of conflicts of interest while nobody is of the unit that gets them */

struct list { const struct roster_person *p[ROSTER_MAX]; size_t n; };

static bool has(const struct list *l, const struct roster_person *p)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->p[i] == p)
			return true;
	return false;
}

static void add(struct list *l, const struct roster_person *p)
{
	if (l->n < ROSTER_MAX && !has(l, p))
		l->p[l->n++] = p;
}

static bool is_apart(const struct duty_question *q)
{
	return *q->apart && strcmp(q->unit, q->apart) == 0;
}

static bool is_of(const struct roster_person *p, const char *unit)
{
	return strcmp(p->unit, unit) == 0;
}

bool duty_is_quiet(const struct roster_person *p, enum triage_urgency urgency, int64_t wall_ms)
{
	return urgency <= TRIAGE_NORMAL && roster_quiet_left_ms(p, wall_ms) > 0;
}

bool duty_may_know(const struct duty_question *q, const struct roster_person *p)
{
	if (p->role == ROSTER_OPERATOR)
		return false;
	if (!is_apart(q))
		return !*q->apart || !is_of(p, q->apart);
	if (roster_has_unit(q->roster, q->apart))
		return is_of(p, q->apart);
	return p->role == ROSTER_COORDINATOR && is_of(p, TASK_FORCE);
}

static void add_on_duty(const struct duty_question *q, const char *unit, struct list *l)
{
	struct schedule_people people;

	schedule_unit_on_duty(roster_schedule(q->roster), unit, q->wall_ms, &people);
	for (size_t i = 0; i < people.count; i++) {
		const struct roster_person *p = roster_person(q->roster, people.list[i]);
		if (p && duty_may_know(q, p))
			add(l, p);
	}
}

/* Those of the role, of one unit or (NULL) of any. */
static void add_role(const struct duty_question *q, enum roster_role role, const char *unit, struct list *l)
{
	for (size_t i = 0; i < roster_count(q->roster); i++) {
		const struct roster_person *p = roster_person(q->roster, i);
		if (p->role == role && (!unit || is_of(p, unit)) && duty_may_know(q, p))
			add(l, p);
	}
}

static void quiet_last(const struct duty_question *q, const struct roster_person **p, size_t n)
{
	const struct roster_person *copy[ROSTER_MAX];
	size_t at = 0;

	memcpy(copy, p, n * sizeof(*p));
	for (int quiet = 0; quiet < 2; quiet++)
		for (size_t i = 0; i < n; i++)
			if (duty_is_quiet(copy[i], q->urgency, q->wall_ms) == (quiet == 1))
				p[at++] = copy[i];
}

static bool is_rung(const struct duty_question *q, const char *name, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(q->rung[i], name) == 0)
			return true;
	return false;
}

/* Puts the first who was not rung at the place of this step, and before that those who were, as they were; where the roster no longer
 * has so many of them, the last of the others. */
static void past_first(const struct duty_question *q, const struct roster_person **officers, size_t n)
{
	const struct roster_person *left[ROSTER_MAX], *out[ROSTER_MAX];
	size_t step = (size_t)q->step, lefts = 0, at = 0, used = 0;

	for (size_t i = 0; i < n; i++)
		if (!is_rung(q, officers[i]->name, q->rung_count))
			left[lefts++] = officers[i];
	for (size_t r = 0; r < q->rung_count && at < step; r++)
		for (size_t i = 0; i < n && !is_rung(q, q->rung[r], r); i++)
			if (strcmp(officers[i]->name, q->rung[r]) == 0)
				out[at++] = officers[i];
	while (at < step && lefts > 1)
		out[at++] = left[--lefts];
	while (used < lefts)
		out[at++] = left[used++];
	for (size_t i = 0; i < n; i++) {
		bool there = false;
		for (size_t j = 0; j < at; j++)
			there |= out[j] == officers[i];
		if (!there)
			out[at++] = officers[i];
	}
	memcpy(officers, out, n * sizeof(*officers));
}

/* A unit without officers, or one not known: everybody's, those on duty first, rather than nobody. */
static void add_any(const struct duty_question *q, struct list *l)
{
	const char *units[SCHEDULE_ROTATIONS_MAX];
	size_t n = cover_units(roster_schedule(q->roster), units);

	for (size_t i = 0; i < n; i++)
		add_on_duty(q, units[i], l);
	add_role(q, ROSTER_OFFICER, NULL, l);
}

void duty_order(const struct duty_question *q, struct duty_chain *chain)
{
	struct list l = { .n = 0 };

	add_on_duty(q, q->unit, &l);
	add_role(q, ROSTER_OFFICER, q->unit, &l);
	if (l.n == 0)
		add_any(q, &l);
	chain->count.officers = l.n;
	add_role(q, ROSTER_COORDINATOR, NULL, &l);
	chain->count.coordinators = l.n - chain->count.officers;
	memcpy(chain->list, l.p, sizeof(chain->list));
	quiet_last(q, chain->list, chain->count.officers);
	quiet_last(q, chain->list + chain->count.officers, chain->count.coordinators);
	if (q->step > 0 && q->step <= (int64_t)chain->count.officers)
		past_first(q, chain->list, chain->count.officers);
}
