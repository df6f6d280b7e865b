#include "core/health/quiet.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "core/counters.h"
#include "core/health/silence.h"
#include "core/outbound/warn.h"
#include "core/turn.h"
#include "store/inbound_hour.h"

#define HOUR_MS (60 * 60 * INT64_C(1000))
#define KEEP_HOURS ((SILENCE_WEEKS + 1) * SILENCE_WEEK_HOURS)

struct quiet {
	struct core *core;
	int64_t counted; /* of what the counters have */
	int64_t hour;    /* the present one */
	size_t hours;    /* too quiet for so long, at the last judgement */
	bool told;
};

static int64_t hour_now(const struct quiet *q)
{
	return hl_wall_ms(q->core->clock) / HOUR_MS;
}

static int64_t received(const struct quiet *q)
{
	return counter_get(q->core, COUNT_STORED) + counter_get(q->core, COUNT_PARTS);
}

struct quiet *quiet_new(struct core *core)
{
	struct quiet *q = hl_calloc(1, sizeof(*q));

	q->core = core;
	q->counted = received(q);
	q->hour = hour_now(q);
	return q;
}

void quiet_free(struct quiet *q)
{
	free(q);
}

/* How many whole weeks of the past there is something to compare with. */
static size_t weeks_known(int64_t hour, int64_t first)
{
	int64_t weeks = first ? (hour - first) / SILENCE_WEEK_HOURS : 0;

	return weeks < 0 ? 0 : weeks > SILENCE_WEEKS ? SILENCE_WEEKS : (size_t)weeks;
}

static void judge(struct quiet *q)
{
	struct silence_hour hours[SILENCE_HOURS];
	struct store *s = q->core->store;
	size_t weeks = weeks_known(q->hour - SILENCE_HOURS, store_inbound_hour_first(s));
	char n[24];

	for (size_t i = 0; i < SILENCE_HOURS; i++) {
		int64_t hour = q->hour - 1 - (int64_t)i;
		hours[i] = (struct silence_hour){ .texts = store_inbound_hour_get(s, hour) };
		for (size_t w = 1; w <= weeks; w++)
			hours[i].before += store_inbound_hour_get(s, hour - (int64_t)w * SILENCE_WEEK_HOURS);
	}
	q->hours = silence_hours(hours, SILENCE_HOURS, weeks);
	if (q->hours && !q->told) {
		snprintf(n, sizeof(n), "%zu", q->hours);
		warn_operator(q->core, "sys.silence", "silence", (struct wording_arg[]){ { "n", n }, { NULL, NULL } });
	}
	q->told = q->hours > 0;
}

void quiet_tick(struct quiet *q)
{
	int64_t now = received(q), hour = hour_now(q);

	if (now == q->counted && hour == q->hour)
		return;
	turn_begin(q->core->turn);
	if (now != q->counted)
		store_inbound_hour_add(q->core->store, q->hour, now - q->counted);
	q->counted = now;
	if (hour == q->hour)
		return;
	q->hour = hour;
	judge(q);
	store_inbound_hour_forget(q->core->store, hour - KEEP_HOURS);
}

size_t quiet_hours(const struct quiet *q)
{
	return q->hours;
}
