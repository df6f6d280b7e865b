/* What holds a campaign up, how fast it may go, how long it will take. Pure: facts in, a verdict out; no SQL, no clock. */
#ifndef HL_CORE_CAMPAIGN_CAMPAIGN_POLICY_H
#define HL_CORE_CAMPAIGN_CAMPAIGN_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/campaign/campaign_state.h"

#define CAMPAIGN_RECENT_MAX 64  /* texts whose ends are looked at together */
#define CAMPAIGN_RECENT_LEAST 20 /* fewer say nothing */

struct campaign_facts {
	bool emergency;       /* one waits for an officer, and not for too long */
	bool links, credit;   /* a link is ready that carries campaigns; one of these has credit */
	bool in_hours;
	int64_t spent, budget, next_cost; /* budget 0: no cap */
	uint64_t recent;      /* how texts ended, 1: badly; bit 0 the youngest */
	int64_t recent_count; /* of these bits, as many are filled */
	int64_t errors_percent; /* 0: never */
};

/* The event that its state shall have: the gravest of what holds it up, or CAMPAIGN_EV_CLEAR. */
enum campaign_event campaign_judge(const struct campaign_facts *f);

/* One more text ended. */
void campaign_recent_add(uint64_t *recent, int64_t *count, bool bad);

/* Hours and days in which it may be sent. weekday: 0 Monday. */
struct campaign_hours { int from_min, to_min; unsigned days; };
/* Whether it may be sent now; if not, *wait_min minutes until it is worth while to ask again, 1 to SAFETY_HOLD_MOST_MIN. */
bool campaign_hours_open(const struct campaign_hours *h, int weekday, int now_min, int *wait_min);

/* A pace of so many a minute, spread evenly; zeroed to begin with. */
struct campaign_pace { int64_t next_ms; };
/* Whether one more may go at this boot time; per_minute 0: always. */
bool campaign_pace_allows(const struct campaign_pace *p, int64_t per_minute, int64_t now_ms);
void campaign_pace_take(struct campaign_pace *p, int64_t per_minute, int64_t now_ms);

/* What the time of a campaign depends on. */
struct campaign_speed {
	int64_t texts, parts; /* still to be sent */
	int64_t sims;         /* that may carry it */
	int64_t part_ms;      /* that a part takes at a modem */
	int64_t per_minute;   /* of the campaign, 0: none */
	int64_t sim_per_minute, sim_per_hour, sim_per_day; /* of all SIMs together, texts the first, parts the others; 0: none */
	struct campaign_hours hours; /* its own */
	struct campaign_hours house; /* of all campaigns, every day; its days are not looked at */
};
/* Seconds from the moment at which it may be sent, closed hours included; -1: never (no SIM, or no hour that both have). */
int64_t campaign_forecast_s(const struct campaign_speed *s);

#endif
