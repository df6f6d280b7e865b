#include "core/campaign/campaign_policy.h"

#include "core/dialogue/contact_safety.h"

#define MINUTE_MS 60000
#define DAY_S 86400
#define WEEK_DAYS 7
#define ALL_DAYS 0x7Fu

static bool errs(const struct campaign_facts *f)
{
	uint64_t mask = f->recent_count >= CAMPAIGN_RECENT_MAX ? UINT64_MAX : (UINT64_C(1) << f->recent_count) - 1;
	int64_t bad = __builtin_popcountll(f->recent & mask);

	return f->errors_percent > 0 && f->recent_count >= CAMPAIGN_RECENT_LEAST && bad * 100 >= f->errors_percent * f->recent_count;
}

enum campaign_event campaign_judge(const struct campaign_facts *f)
{
	if (errs(f))
		return CAMPAIGN_EV_ERRORS;
	if (f->budget > 0 && f->spent + f->next_cost > f->budget)
		return CAMPAIGN_EV_BUDGET;
	if (f->emergency)
		return CAMPAIGN_EV_EMERGENCY;
	if (f->links && !f->credit)
		return CAMPAIGN_EV_BALANCE;
	return f->in_hours ? CAMPAIGN_EV_CLEAR : CAMPAIGN_EV_QUIET;
}

void campaign_recent_add(uint64_t *recent, int64_t *count, bool bad)
{
	*recent = *recent << 1 | bad;
	if (*count < CAMPAIGN_RECENT_MAX)
		++*count;
}

bool campaign_hours_open(const struct campaign_hours *h, int weekday, int now_min, int *wait_min)
{
	const struct contact_hours hours = { h->from_min, h->to_min };
	bool open = contact_hours_open(&hours, now_min, wait_min);

	if (!(h->days & 1u << weekday)) {
		open = false;
		*wait_min = SAFETY_DAY_MIN - now_min;
	}
	if (!open && *wait_min > SAFETY_HOLD_MOST_MIN)
		*wait_min = SAFETY_HOLD_MOST_MIN;
	return open;
}

bool campaign_pace_allows(const struct campaign_pace *p, int64_t per_minute, int64_t now_ms)
{
	return per_minute <= 0 || now_ms >= p->next_ms;
}

void campaign_pace_take(struct campaign_pace *p, int64_t per_minute, int64_t now_ms)
{
	if (per_minute > 0)
		p->next_ms = (p->next_ms > now_ms ? p->next_ms : now_ms) + MINUTE_MS / per_minute;
}

static void longer(int64_t *s, int64_t amount, int64_t rate, int64_t unit_s)
{
	int64_t takes = rate > 0 ? (amount * unit_s + rate - 1) / rate : 0;

	if (takes > *s)
		*s = takes;
}

/* Of a day, when both the campaign and the house let texts go. */
static int64_t open_s_of(const struct campaign_hours *own, const struct campaign_hours *house)
{
	const struct contact_hours both[] = { { own->from_min, own->to_min }, { house->from_min, house->to_min } };
	int64_t minutes = 0;
	int wait;

	for (int now = 0; now < SAFETY_DAY_MIN; now++)
		minutes += contact_hours_open(&both[0], now, &wait) && contact_hours_open(&both[1], now, &wait);
	return 60 * minutes;
}

/* Seconds of open hours become seconds of the calendar. */
static int64_t with_closed_hours(int64_t active_s, const struct campaign_hours *h, const struct campaign_hours *house)
{
	int64_t open_s = open_s_of(h, house);
	int64_t days = __builtin_popcount(h->days & ALL_DAYS), full;

	if (days == 0 || open_s == 0)
		return -1;
	if (open_s == DAY_S && days == WEEK_DAYS)
		return active_s;
	full = active_s > 0 ? (active_s - 1) / open_s : 0; /* days that are used up before the last */
	return full * DAY_S * WEEK_DAYS / days + active_s - full * open_s;
}

int64_t campaign_forecast_s(const struct campaign_speed *s)
{
	int64_t active_s = 0;

	if (s->sims <= 0)
		return -1;
	longer(&active_s, s->parts * s->part_ms, s->sims * 1000, 1);
	longer(&active_s, s->texts, s->per_minute, 60);
	longer(&active_s, s->texts, s->sim_per_minute, 60);
	longer(&active_s, s->parts, s->sim_per_hour, 3600);
	longer(&active_s, s->parts, s->sim_per_day, DAY_S);
	return with_closed_hours(active_s, &s->hours, &s->house);
}
