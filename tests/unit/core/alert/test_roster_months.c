/* Months of roster in seconds: alerts at any minute of a rotation that changes hands each morning, through restarts and reboots. Whoever
 * is on duty is rung first, the next deadline rings somebody else, and no alert is forgotten. The seed is printed. */
#include "cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/config/config.h"
#include "core/roster/local_time.h"
#include "unit/core/alert/alert_scene.h"
#include "unit/core/outbound/outbound_world.h"

#define DAYS 120
#define DAY_S 86400
#define OFFICERS 3

static const char *const numbers[OFFICERS] = { "+97600001001", "+97600001002", "+97600001003" };
static const char people[] = "people = (\n" PERSON("A", "officer", "+97600001001", "") ",\n" PERSON("B", "officer", "+97600001002", "") ",\n"
	PERSON("C", "officer", "+97600001003", "") " );\n"
	"rotations = ( { name = \"day\"; people = [\"A\", \"B\", \"C\"]; shift = \"daily\"; start = \"2026-11-01\"; hand_over = \"08:00\"; } );\n"
	"overrides = ( { rotation = \"day\"; from = \"2026-12-24 08:00\"; to = \"2026-12-26 08:00\"; people = [\"C\"]; } );\n";

static unsigned seed;

static unsigned draw(unsigned below)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % below;
}

/* The number of who is on duty: counted by hand, not by the schedule's own code. */
static const char *on_duty(int64_t wall_ms)
{
	int64_t first, from, to;

	assert_true(local_time_read("2026-11-01 08:00", &first));
	assert_true(local_time_read("2026-12-24 08:00", &from));
	assert_true(local_time_read("2026-12-26 08:00", &to));
	if (wall_ms >= from && wall_ms < to)
		return numbers[2];
	return numbers[(wall_ms - first) / (DAY_S * INT64_C(1000)) % OFFICERS];
}

static void strike(void)
{
	unsigned what = draw(6);

	if (what < 2)
		world_restart(what == 0);
	world_talk();
}

static int heard_others(const char *but, const char *what)
{
	int n = 0;

	for (int i = 0; i < OFFICERS; i++)
		if (strcmp(numbers[i], but) != 0)
			n += world_heard(numbers[i], what) > 0;
	return n;
}

static void one_alert(void)
{
	const char *first = on_duty(world->wall_ms), *taker;
	struct case_row row;

	world->air_count = 0;
	row = world_case(TRIAGE_HIGH);
	strike();
	if (world_heard(first, row.code) < 1)
		fail_msg("whoever is on duty at %lld was not rung", (long long)world->wall_ms);
	if (draw(2)) { /* nobody answers: somebody else is rung with each deadline */
		world_pass_s(300);
		strike();
		assert_int_equal(heard_others(first, row.code) >= 1, true);
		world_pass_s(300);
		strike();
		assert_int_equal(heard_others(first, row.code), OFFICERS - 1);
	}
	taker = world_heard(numbers[0], row.code) ? numbers[0] : first;
	assert_true(take(taker, &row));
	assert_int_not_equal(alert_of(&row).acknowledged_ms, 0);
}

static void test_months(void **state)
{
	const char *given = getenv("HL_SEED");
	int alerts = 0;

	(void)state;
	seed = given ? (unsigned)strtoul(given, NULL, 10) : (unsigned)time(NULL);
	print_message("HL_SEED=%u\n", seed);
	world_setup(people);
	assert_true(local_time_read("2026-11-01 08:00", &world->wall_ms));
	world_link_add("m1", false);
	for (int day = 0; day < DAYS; day++) {
		int64_t minutes = 1 + draw(1430);
		world_pass_s(minutes * 60);
		one_alert();
		alerts++;
		world_pass_s(DAY_S - minutes * 60);
	}
	assert_int_equal(alerts, DAYS);
	world->air_count = 0;
	world_pass_s(30 * DAY_S);
	assert_int_equal(world->air_count, 0); /* and nobody is rung for what was answered */
	world_end();
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_months) };

	setenv("TZ", "Asia/Ulaanbaatar", 1);
	tzset();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
