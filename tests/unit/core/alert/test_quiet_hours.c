/* Quiet hours under a running alert: what can wait goes to others, or waits for the first morning, and nobody is called exhausted by a
 * night in which nobody was rung; what cannot wait rings through. Local time is Ulaanbaatar's, and that of other zones in one table. */
#include "cm.h"

#include <stdlib.h>
#include <time.h>

#include "core/alert/alert_inside.h"
#include "core/roster/local_time.h"
#include "core/turn.h"
#include "unit/core/alert/alert_scene.h"
#include "unit/core/outbound/outbound_world.h"

#define MINUTE_S 60
#define HOUR_S 3600

/* Duty 1 and Duty 2 sleep until seven, the coordinator until half past six. */
static const char all_sleep[] = "people = (\n"
	PERSON("Duty 1", "officer", DUTY1, "quiet = \"22:00-07:00\";") ",\n" PERSON("Duty 2", "officer", DUTY2, "quiet = \"21:00-07:00\";") ",\n"
	PERSON("Coordinator", "coordinator", COORD, "quiet = \"22:00-06:30\";") " );\n";
static const char one_wakes[] = "people = (\n"
	PERSON("Duty 1", "officer", DUTY1, "quiet = \"22:00-07:00\";") ",\n" PERSON("Duty 2", "officer", DUTY2, "") ",\n"
	PERSON("Chief", "coordinator", CHIEF, "quiet = \"22:00-07:00\"; unit = \"ATPU\";") " );\n";

static struct alert_policies policies;

static void begin(const char *roster, const char *when)
{
	world_setup(roster);
	assert_true(local_time_read(when, &world->wall_ms));
	world_link_add("m1", false);
	policies = (struct alert_policies){ .count = 0 };
	world->core.policies = &policies;
}

static size_t rings(const char *number)
{
	return world_heard(number, "Reply OK");
}

static void pass_to(const char *when)
{
	int64_t to;

	assert_true(local_time_read(when, &to));
	while (world->wall_ms < to) /* minute by minute, as the timer would */
		world_pass_s(MINUTE_S);
}

static void test_all_sleep_so_it_waits_for_the_first_morning(void **state)
{
	struct case_row row;

	(void)state;
	begin(all_sleep, "2026-11-22 23:00");
	row = world_case(TRIAGE_NORMAL);
	world_talk();
	pass_to("2026-11-23 06:29");
	assert_int_equal(world->air_count, 0);
	assert_int_equal(alert_exhausted_count(&world->core), 0);
	assert_int_equal(alert_of(&row).step, 0);
	pass_to("2026-11-23 06:30");
	assert_int_equal(rings(COORD), 1);
	assert_int_equal(rings(DUTY1), 0);
	pass_to("2026-11-23 07:15");
	assert_true(rings(DUTY1) + rings(DUTY2) >= 1);
	assert_true(take(COORD, &row));
	world_end();
}

static void test_a_restart_in_the_night_wakes_nobody(void **state)
{
	(void)state;
	begin(all_sleep, "2026-11-22 23:00");
	world_case(TRIAGE_LOW);
	world_talk();
	pass_to("2026-11-23 02:00");
	world_restart(true);
	pass_to("2026-11-23 03:00");
	world_restart(false); /* another boot: every deadline is due at once */
	pass_to("2026-11-23 06:29");
	assert_int_equal(world->air_count, 0);
	pass_to("2026-11-23 06:30");
	assert_int_equal(rings(COORD), 1);
	world_end();
}

/* Rung in the evening, unanswered; the night falls in the middle. */
static void test_the_night_falls_in_the_middle(void **state)
{
	struct case_row row;

	(void)state;
	begin(all_sleep, "2026-11-22 21:50");
	row = world_case(TRIAGE_NORMAL);
	world_talk();
	assert_int_equal(rings(DUTY1), 1); /* Duty 2 sleeps already */
	assert_int_equal(rings(COORD), 1);
	pass_to("2026-11-23 06:29");
	assert_int_equal(rings(DUTY1) + rings(DUTY2) + rings(COORD), 2);
	assert_int_equal(alert_exhausted_count(&world->core), 0);
	pass_to("2026-11-23 08:30");
	assert_true(rings(DUTY1) + rings(DUTY2) + rings(COORD) > 4); /* it goes on */
	assert_int_equal(alert_of(&row).acknowledged_ms, 0);
	world_end();
}

static void test_what_cannot_wait_rings(void **state)
{
	(void)state;
	begin(all_sleep, "2026-11-22 23:00");
	world_case(TRIAGE_HIGH);
	world_talk();
	assert_int_equal(rings(DUTY1), 1);
	assert_int_equal(rings(COORD), 1);
	world_end();
}

static void test_it_becomes_urgent_in_the_night(void **state)
{
	struct case_row row;

	(void)state;
	begin(all_sleep, "2026-11-22 23:00");
	row = world_case(TRIAGE_LOW);
	world_talk();
	row.urgency = TRIAGE_NORMAL; /* that still waits */
	turn_begin(world->core.turn);
	alert_raise(&world->core, &row);
	world_turn();
	world_talk();
	assert_int_equal(world->air_count, 0);
	pass_to("2026-11-23 01:00");
	row.urgency = TRIAGE_EMERGENCY;
	turn_begin(world->core.turn);
	alert_raise(&world->core, &row);
	world_turn();
	world_talk();
	assert_int_equal(rings(DUTY1), 1);
	pass_to("2026-11-23 01:02");
	assert_int_equal(rings(DUTY2), 1); /* and goes on by the deadlines of the new urgency */
	world_end();
}

/* Who is awake is rung in the place of who sleeps. */
static void test_others_are_rung(void **state)
{
	(void)state;
	begin(one_wakes, "2026-11-22 23:00");
	world_case(TRIAGE_NORMAL);
	world_talk();
	assert_int_equal(rings(DUTY2), 1);
	assert_int_equal(rings(DUTY1) + rings(CHIEF), 0);
	pass_to("2026-11-23 02:00");
	assert_int_equal(rings(DUTY1) + rings(CHIEF), 0);
	assert_true(rings(DUTY2) > 1);
	world_end();
}

/* A policy that names nobody but sleepers: it must neither spin nor be silent. */
static void test_a_policy_of_sleepers(void **state)
{
	int64_t step;
	struct case_row row;

	(void)state;
	begin(one_wakes, "2026-11-22 23:00");
	policies.count = 1;
	policies.fallback = (struct policy_names){ { "Chief" }, 1 };
	policies.list[0] = (struct alert_policy){ .name = "p", .rounds = 1, .step_count = 2, .steps = {
		{ .names = { { "Chief" }, 1 }, .wait_s = 600 }, { .names = { { "Chief", "Duty 1" }, 2 }, .wait_s = 600 } } };
	row = world_case(TRIAGE_NORMAL);
	world_talk();
	assert_int_equal(rings(DUTY2), 1);
	step = alert_of(&row).step;
	world_pass_s(1);
	world_pass_s(1);
	assert_int_equal(alert_of(&row).step, step);
	pass_to("2026-11-23 01:00");
	assert_int_equal(rings(CHIEF), 0); /* the fallback sleeps, too */
	pass_to("2026-11-23 07:11");
	assert_true(rings(CHIEF) >= 1);
	world_end();
}

/* ---- zones ------------------------------------------------------------------------------------------------------------- */

/* At an instant, how long "22:00-07:00" lasts there. */
static void test_zones(void **state)
{
	static const struct { const char *zone; int64_t utc_s; int64_t left_min; } rows[] = {
		{ "Asia/Ulaanbaatar", 1795355999, 0 },
		{ "Asia/Ulaanbaatar", 1795356000, 540 },           /* 14:00 UTC: 22:00 there, in winter ... */
		{ "Asia/Ulaanbaatar", 1782655200, 540 },           /* 2026-06-28 14:00 UTC: ... and in summer, which has no time of its own */
		{ "Asia/Hovd", 1795356000, 0 },                    /* the west is an hour behind */
		{ "Asia/Hovd", 1795359600, 540 },
		{ "UTC", 1795356000, 0 },
		{ "UTC", 1795384800, 540 },
		{ "Asia/Tokyo", 1795352400, 540 },
	};
	static struct conf_errors e;
	const char text[] = "people = ( " PERSON("A", "officer", DUTY1, "quiet = \"22:00-07:00\";") " );";
	struct roster *r = roster_load_text("t", text, sizeof(text) - 1, "976", &e);

	(void)state;
	assert_non_null(r);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		setenv("TZ", rows[i].zone, 1);
		tzset();
		if (roster_quiet_left_ms(roster_person(r, 0), rows[i].utc_s * 1000) != rows[i].left_min * 60000)
			fail_msg("row %zu: %lld", i, (long long)roster_quiet_left_ms(roster_person(r, 0), rows[i].utc_s * 1000));
	}
	setenv("TZ", "Asia/Ulaanbaatar", 1);
	tzset();
	roster_free(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_sleep_so_it_waits_for_the_first_morning), cmocka_unit_test(test_a_restart_in_the_night_wakes_nobody),
		cmocka_unit_test(test_the_night_falls_in_the_middle), cmocka_unit_test(test_what_cannot_wait_rings),
		cmocka_unit_test(test_it_becomes_urgent_in_the_night), cmocka_unit_test(test_others_are_rung),
		cmocka_unit_test(test_a_policy_of_sleepers), cmocka_unit_test(test_zones),
	};

	setenv("TZ", "Asia/Ulaanbaatar", 1);
	tzset();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
