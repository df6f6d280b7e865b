/* Alerts through restarts between any two steps, other boots and wrong clocks: whoever has to hear of it does. */
#include "cm.h"

#include "core/alert/alert_inside.h"
#include "core/counters.h"
#include "core/turn.h"
#include "store/alert.h"
#include "unit/core/alert/alert_scene.h"
#include "unit/core/outbound/outbound_world.h"

#define YEAR_MS INT64_C(31536000000)

/* What befalls the core between every two steps. */
enum blow { NO_BLOW, RESTART, REBOOT, CLOCK_AHEAD, CLOCK_BACK, RESTART_AND_CLOCK, BLOWS };

static void strike(enum blow blow)
{
	if (blow == CLOCK_AHEAD || blow == RESTART_AND_CLOCK)
		world->wall_ms += YEAR_MS;
	if (blow == CLOCK_BACK)
		world->wall_ms -= YEAR_MS;
	if (blow == RESTART || blow == RESTART_AND_CLOCK)
		world_restart(true);
	if (blow == REBOOT)
		world_restart(false);
}

/* The life of an alert from the tip to the officer who takes it, one committed step at a time; after step `at` (or
 * after each, with at < 0) the blow falls. Whatever it is: nobody who has to hear of it does not, and an answer ends
 * it. */
static void live(enum blow blow, int at)
{
	struct case_row row;
	int step = 0;
#define STRIKE() do { if (at < 0 || at == step) strike(blow); step++; } while (0)

	alert_setup(NULL);
	world_link_add("m1", false);
	row = world_case(TRIAGE_EMERGENCY);             /* 0: stored, leased */
	STRIKE();
	world_submit(&world->links[0]);                 /* 1: submitting, go */
	STRIKE();
	world_talk();                                   /* 2: handed */
	STRIKE();
	world_talk();
	assert_true(world_heard(DUTY1, row.code) >= 1);
	assert_true(world_heard(COORD, row.code) >= 1);
	assert_true(case_now(&row).state >= CASE_ALERTED);
	world_report(&world->air[0], 0, "");                /* 3: delivered */
	STRIKE();
	world_pass_s(121);                              /* 4: the next */
	STRIKE();
	assert_true(world_heard(DUTY2, row.code) >= 1);
	world_pass_s(121);                              /* 5: the coordinator */
	STRIKE();
	world_pass_s(121);                              /* 6: again from the first */
	STRIKE();
	world_pass_s(121);
	assert_true(world_heard(DUTY1, "Reminder") + world_heard(DUTY2, "Reminder") + world_heard(COORD, "Reminder") >= 1);
	assert_int_equal(alert_of(&row).acknowledged_ms, 0);
	assert_true(world_command(DUTY2, "1"));         /* 7: taken */
	STRIKE();
	world_talk();
	assert_int_equal(world_heard(DUTY2, "is now assigned to you"), 1);
	assert_string_equal(alert_of(&row).acknowledged_by, "Duty 2");
	assert_int_equal(case_now(&row).state, CASE_ACKNOWLEDGED);
	step = (int)world->air_count;
	world_pass_s(4000);
	assert_int_equal(world->air_count, step);
	world_end();
#undef STRIKE
}

static void test_restart_between_any_two_steps(void **state)
{
	(void)state;
	for (int blow = 0; blow < BLOWS; blow++)
		for (int at = -1; at < 8; at++)
			live((enum blow)blow, at);
}

/* With nothing but the wall clock changed, the very same texts go out at the very same times. */
static void test_the_wall_clock_changes_nothing(void **state)
{
	size_t counts[3];

	(void)state;
	for (int way = -1; way <= 1; way++) {
		alert_setup(NULL);
		world_link_add("m1", false);
		world_case(TRIAGE_HIGH);
		world_talk();
		world->wall_ms += way * YEAR_MS;
		for (int i = 0; i < 10; i++) {
			world_pass_s(290);
			world->wall_ms += (i % 2 ? way : -way) * YEAR_MS;
		}
		counts[way + 1] = world->air_count;
		assert_int_equal(world_heard(DUTY2, "999 min"), 0);
		world_end();
	}
	assert_int_equal(counts[0], counts[1]);
	assert_int_equal(counts[2], counts[1]);
	assert_int_equal(counts[1], 2 + 5); /* of 2900 s, at 580 s each: a deadline of 300 s is met by the second pass of 290 s */
}

static void test_minutes_survive_another_boot(void **state)
{
	struct case_row row;

	(void)state;
	world_link_add("m1", false);
	row = world_case(TRIAGE_LOW);
	world_talk();
	world_pass_s(1800);
	world_restart(false);
	world_pass_s(0);
	assert_int_equal(world_heard(DUTY2, "30 min"), 1);
	assert_int_equal(alert_of(&row).step, 1);
}

/* Many alerts due at once are done in several turns, none of them long. */
static void test_many_due_at_once(void **state)
{
	struct alert_row rows[ALERT_TURN_MAX];
	int turns = 0;

	(void)state;
	for (int i = 0; i < 3 * ALERT_TURN_MAX; i++)
		world_case(TRIAGE_EMERGENCY);
	world->boot_ms += 120000;
	while (store_alert_due(world->core.store, world->boot_ms, rows, ALERT_TURN_MAX)) {
		turn_begin(world->core.turn);
		alert_run_due(&world->core);
		world_turn();
		turns++;
	}
	assert_int_equal(turns, 3);
	assert_int_equal(counter_get(&world->core, COUNT_ESCALATIONS), 3 * ALERT_TURN_MAX);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, alert_setup, alert_teardown)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_restart_between_any_two_steps),
		cmocka_unit_test(test_the_wall_clock_changes_nothing),
		T(test_minutes_survive_another_boot),
		T(test_many_due_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
