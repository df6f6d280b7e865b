#include "core/alert/swap_rule.h"

#include <string.h>

#include "core/roster/local_time.h"

#define DAY_MS (24 * 60 * 60 * INT64_C(1000))
#define NEXT_DAYS 62       /* the next shift is looked for within these */
#define AHEAD_DAYS 366     /* a date beyond is a slip */
#define EVENING_MIN 1080   /* tonight begins at 18:00 */
#define NOON_MIN 720       /* and is over by noon at the latest */
#define SPANS 64

struct window { int64_t from_ms, to_ms; };

static bool has(const struct schedule_people *people, size_t person)
{
	for (size_t i = 0; i < people->count; i++)
		if (people->list[i] == person)
			return true;
	return false;
}

/* A day of a rotation begins when its shift does. */
static struct window window_of(const struct schedule_rotation *r, const struct swap_wish *wish, int64_t now)
{
	bool whole = r->from_min == r->to_min;
	int64_t begin = whole ? r->hand_over_min : r->from_min;
	int64_t morning = whole && r->hand_over_min < NOON_MIN ? r->hand_over_min : NOON_MIN;

	switch (wish->when) {
	case SWAP_WHEN_TONIGHT:
		return (struct window){ local_time_of(wish->day, EVENING_MIN), local_time_of(wish->day + 1, morning) };
	case SWAP_WHEN_DAY:
		return (struct window){ local_time_of(wish->day, begin), local_time_of(wish->day + 1, begin) };
	case SWAP_WHEN_NEXT:
	case SWAP_WHEN_UNKNOWN:
		break;
	}
	return (struct window){ now, now + NEXT_DAYS * DAY_MS };
}

/* The asker's first stretch in the rotation; of the next shift, one that has not begun. */
static bool find_in(const struct roster *r, size_t rotation, size_t asker, const struct window *w, bool next, struct swap_shift *shift)
{
	static struct schedule_span spans[SPANS];
	int64_t from = w->from_ms;

	while (from < w->to_ms) {
		size_t n = schedule_spans(roster_schedule(r), (int)rotation, NULL, from, w->to_ms, spans, SPANS);
		for (size_t i = 0; i < n; i++) {
			if (!has(&spans[i].people, asker) || (next && spans[i].from_ms <= w->from_ms))
				continue;
			*shift = (struct swap_shift){ rotation, spans[i].from_ms, spans[i].to_ms, spans[i].people };
			return true;
		}
		from = n ? spans[n - 1].to_ms : w->to_ms;
	}
	return false;
}

static bool is_on_duty(const struct roster *r, const char *unit, size_t person, int64_t from_ms, int64_t to_ms)
{
	static struct schedule_span spans[SPANS];

	while (from_ms < to_ms) {
		size_t n = schedule_spans(roster_schedule(r), SCHEDULE_ALL, unit, from_ms, to_ms, spans, SPANS);
		for (size_t i = 0; i < n; i++)
			if (has(&spans[i].people, person))
				return true;
		from_ms = n ? spans[n - 1].to_ms : to_ms;
	}
	return false;
}

static enum swap_verdict put_in_place(const struct roster *r, size_t asker, const struct roster_person *taker, struct swap_shift *shift)
{
	size_t place = roster_place(r, taker);

	if (is_on_duty(r, taker->unit, place, shift->from_ms, shift->to_ms))
		return SWAP_GAP;
	for (size_t i = 0; i < shift->people.count; i++)
		if (shift->people.list[i] == asker)
			shift->people.list[i] = place;
	return SWAP_FITS;
}

enum swap_verdict swap_decide(const struct roster *r, const struct roster_person *asker, const struct swap_wish *wish,
	int64_t now_wall_ms, struct swap_shift *shift)
{
	const struct schedule *s = roster_schedule(r);
	size_t me = roster_place(r, asker);
	bool past = false, found = false;
	struct swap_shift one;

	for (size_t i = 0; i < s->rotation_count; i++) {
		struct window w = window_of(&s->rotations[i], wish, now_wall_ms);
		if (strcmp(s->rotations[i].unit, asker->unit) != 0 || w.from_ms > now_wall_ms + AHEAD_DAYS * DAY_MS)
			continue;
		past |= w.to_ms <= now_wall_ms;
		w.from_ms = w.from_ms > now_wall_ms ? w.from_ms : now_wall_ms;
		if (!find_in(r, i, me, &w, wish->when == SWAP_WHEN_NEXT, &one) || (found && one.from_ms >= shift->from_ms))
			continue;
		*shift = one;
		found = true;
	}
	if (!found)
		return past ? SWAP_PAST : SWAP_NO_SHIFT;
	return put_in_place(r, me, wish->taker, shift);
}

enum swap_verdict swap_decide_again(const struct roster *r, const struct roster_person *asker, const struct roster_person *taker,
	int64_t now_wall_ms, struct swap_shift *shift)
{
	const struct window w = { shift->from_ms > now_wall_ms ? shift->from_ms : now_wall_ms, shift->to_ms };
	size_t me = roster_place(r, asker);
	struct swap_shift now;

	if (w.from_ms >= w.to_ms)
		return SWAP_PAST;
	if (strcmp(taker->unit, asker->unit) != 0 || !find_in(r, shift->rotation, me, &w, false, &now) || now.from_ms != w.from_ms ||
		now.to_ms != w.to_ms)
		return SWAP_NO_SHIFT;
	*shift = now;
	return put_in_place(r, me, taker, shift);
}
