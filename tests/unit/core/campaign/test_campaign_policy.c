/* What holds a campaign up, its hours, its pace, how long it takes. */
#include "cm.h"
#include "core/campaign/campaign_policy.h"

static void test_judge(void **state)
{
	static const struct {
		const char *what;
		struct campaign_facts f;
		enum campaign_event is;
	} rows[] = {
		{ "nothing", { .links = true, .credit = true, .in_hours = true }, CAMPAIGN_EV_CLEAR },
		{ "no link is ready: it waits, and that is no pause", { .in_hours = true }, CAMPAIGN_EV_CLEAR },
		{ "the hour", { .links = true, .credit = true }, CAMPAIGN_EV_QUIET },
		{ "no credit", { .links = true, .in_hours = true }, CAMPAIGN_EV_BALANCE },
		{ "an emergency outranks both", { .emergency = true, .links = true }, CAMPAIGN_EV_EMERGENCY },
		{ "the budget is just enough", { .links = true, .credit = true, .in_hours = true, .spent = 90, .budget = 100, .next_cost = 10 },
			CAMPAIGN_EV_CLEAR },
		{ "and is not", { .links = true, .credit = true, .in_hours = true, .spent = 91, .budget = 100, .next_cost = 10 }, CAMPAIGN_EV_BUDGET },
		{ "no cap", { .links = true, .credit = true, .in_hours = true, .spent = 91, .next_cost = 10 }, CAMPAIGN_EV_CLEAR },
		{ "too few to say", { .links = true, .credit = true, .in_hours = true, .recent = 0x7FFFF, .recent_count = 19, .errors_percent = 30 },
			CAMPAIGN_EV_CLEAR },
		{ "errors", { .emergency = true, .recent = 0x3F, .recent_count = 20, .errors_percent = 30 }, CAMPAIGN_EV_ERRORS },
		{ "one less", { .links = true, .credit = true, .in_hours = true, .recent = 0x1F, .recent_count = 20, .errors_percent = 30 },
			CAMPAIGN_EV_CLEAR },
		{ "old ones are not of it", { .links = true, .credit = true, .in_hours = true, .recent = UINT64_MAX << 20, .recent_count = 20,
			.errors_percent = 30 }, CAMPAIGN_EV_CLEAR },
		{ "all of 64", { .recent = UINT64_MAX, .recent_count = 64, .errors_percent = 100 }, CAMPAIGN_EV_ERRORS },
		{ "never", { .links = true, .credit = true, .in_hours = true, .recent = UINT64_MAX, .recent_count = 64 }, CAMPAIGN_EV_CLEAR },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (campaign_judge(&rows[i].f) != rows[i].is)
			fail_msg("%s: %s", rows[i].what, campaign_event_name(campaign_judge(&rows[i].f)));
}

static void test_recent(void **state)
{
	uint64_t recent = 0;
	int64_t count = 0;

	(void)state;
	for (int i = 0; i < 100; i++)
		campaign_recent_add(&recent, &count, i % 2 == 0);
	assert_int_equal(count, CAMPAIGN_RECENT_MAX);
	assert_int_equal(__builtin_popcountll(recent), 32);
	assert_int_equal(recent & 3, 2);
}

static void test_hours(void **state)
{
	static const struct { struct campaign_hours h; int weekday, now, wait; } rows[] = {
		{ { 540, 1200, 0x7F }, 0, 600, 0 },
		{ { 540, 1200, 0x7F }, 0, 530, 10 },
		{ { 540, 1200, 0x7F }, 0, 1200, 60 },
		{ { 0, 0, 0x7F }, 3, 1, 0 },
		{ { 540, 1200, 0x1F }, 5, 600, 60 }, /* Saturday */
		{ { 540, 1200, 0x1F }, 6, 1430, 10 }, /* it becomes Monday */
		{ { 0, 0, 0x01 }, 0, 1439, 0 },
	};
	int wait;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(campaign_hours_open(&rows[i].h, rows[i].weekday, rows[i].now, &wait), rows[i].wait == 0);
		assert_int_equal(wait, rows[i].wait);
	}
}

static void test_pace(void **state)
{
	struct campaign_pace p = { 0 };
	int sent = 0;

	(void)state;
	for (int64_t now = 1000; now < 61000; now += 10)
		while (campaign_pace_allows(&p, 30, now)) {
			campaign_pace_take(&p, 30, now);
			sent++;
		}
	assert_int_equal(sent, 30);
	campaign_pace_take(&p, 0, 1000000);
	assert_true(campaign_pace_allows(&p, 0, 0));
	assert_true(campaign_pace_allows(&p, 30, 1000000)); /* what was not used is not made up for */
	campaign_pace_take(&p, 30, 1000000);
	assert_false(campaign_pace_allows(&p, 30, 1001999));
	assert_true(campaign_pace_allows(&p, 30, 1002000));
}

static void test_forecast(void **state)
{
	static const struct campaign_hours always = { 0, 0, 0x7F }, office = { 540, 1140, 0x1F }, never = { 0, 0, 0 },
		evening = { 1080, 1320, 0x7F }, night = { 1320, 360, 0x7F };
	const struct { const char *what; struct campaign_speed s; int64_t is; } rows[] = {
		{ "no SIM", { .texts = 1, .parts = 1, .part_ms = 3000, .hours = always }, -1 },
		{ "nothing to do", { .sims = 1, .part_ms = 3000, .hours = always }, 0 },
		{ "8 modems", { .texts = 50000, .parts = 50000, .sims = 8, .part_ms = 3000, .hours = always }, 18750 },
		{ "its pace", { .texts = 600, .parts = 600, .sims = 8, .part_ms = 3000, .per_minute = 10, .hours = always }, 3600 },
		{ "what SIMs may send an hour", { .texts = 600, .parts = 1200, .sims = 1, .part_ms = 100, .sim_per_hour = 300, .hours = always }, 14400 },
		{ "ten hours a day, five days of seven", { .texts = 36000, .parts = 36000, .sims = 1, .part_ms = 1500, .hours = office },
			86400 * 7 / 5 + 18000 },
		{ "exactly a day's hours", { .texts = 36000, .parts = 36000, .sims = 1, .part_ms = 1000, .hours = office }, 36000 },
		{ "the house lets it go for one of its ten hours", { .texts = 3600, .parts = 3600, .sims = 1, .part_ms = 3000, .hours = office,
			.house = evening }, 2 * 86400 * 7 / 5 + 3600 },
		{ "the house's hours alone", { .texts = 5, .parts = 5, .sims = 1, .part_ms = 14400 * 1000, .hours = always, .house = evening },
			4 * 86400 + 14400 },
		{ "over midnight", { .texts = 2, .parts = 2, .sims = 1, .part_ms = 28800 * 1000, .hours = always, .house = night }, 86400 + 28800 },
		{ "no hour that both have", { .texts = 1, .parts = 1, .sims = 1, .part_ms = 1000, .hours = office, .house = night }, -1 },
		{ "no day", { .texts = 1, .parts = 1, .sims = 1, .part_ms = 1000, .hours = never }, -1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (campaign_forecast_s(&rows[i].s) != rows[i].is)
			fail_msg("%s: %lld", rows[i].what, (long long)campaign_forecast_s(&rows[i].s));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_judge), cmocka_unit_test(test_recent), cmocka_unit_test(test_hours), cmocka_unit_test(test_pace),
		cmocka_unit_test(test_forecast),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
