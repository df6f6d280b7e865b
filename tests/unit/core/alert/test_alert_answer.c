/* What officers answer to an alert: each answer, limits, which alert is meant. */
#include "cm.h"

#include "core/alert/alert_inside.h"
#include "unit/core/alert/alert_scene.h"
#include "unit/core/outbound/outbound_world.h"

static void test_answers(void **state)
{
	struct case_row row;

	(void)state;
	world_link_add("m1", false);
	assert_false(world_command(DUTY1, "1")); /* nothing is open: perhaps a quiz answer */
	assert_false(world_command(DUTY1, "ok"));
	row = world_case(TRIAGE_HIGH);
	world_talk();
	assert_false(world_command("+97600009001", "1"));        /* a texter's */
	assert_false(take("+97600009001", &row));
	assert_false(world_command(DESK, "1"));                  /* the operator's */
	assert_false(world_command(DUTY2, "1"));                 /* not rung yet */
	assert_false(world_command(DUTY1, "ok but who is it"));  /* any other word: a text like any */
	assert_true(world_command(DUTY1, "ok 1234568"));
	assert_true(world_command(DUTY1, "ok 97600009001"));
	world_talk();
	assert_int_equal(world_heard(DUTY1, "1234568: no code"), 1);
	assert_int_equal(world_heard(DUTY1, "97600009001"), 0);
	assert_int_equal(alert_of(&row).acknowledged_ms, 0);
	assert_true(take(COORD, &row));
	assert_int_equal(world_heard(COORD, "is now assigned to you"), 1);
	assert_true(take(DUTY1, &row));
	assert_int_equal(world_heard(DUTY1, "is taken already: the coordinator"), 1);
	assert_true(take(COORD, &row));                          /* again, to be sure */
	assert_int_equal(world_heard(COORD, "is now assigned to you"), 2);
}

/* A phone that answers every text with a command, or somebody who forges its number, is not answered for ever. */
static void test_answers_that_change_nothing_are_limited(void **state)
{
	struct case_row row;

	(void)state;
	world_link_add("m1", false);
	for (int i = 0; i < 3 * ALERT_IDLE_ANSWERS_MOST; i++) {
		assert_true(world_command(DUTY1, "ok 1234568"));
		world_talk();
	}
	assert_int_equal(world_heard(DUTY1, "no code of"), ALERT_IDLE_ANSWERS_MOST);
	row = world_case(TRIAGE_HIGH);
	world_talk();
	assert_true(take(DUTY1, &row)); /* what was taken is always told */
	assert_int_equal(world_heard(DUTY1, "is now assigned to you"), 1);
	assert_true(take(DUTY1, &row));
	assert_int_equal(world_heard(DUTY1, "is now assigned to you"), 1);
	assert_true(world_command(DUTY2, "ok 1234568")); /* each has their own */
	world_talk();
	assert_int_equal(world_heard(DUTY2, "no code of"), 1);
	world_pass_s(3600);
	assert_true(world_command(DUTY1, "ok 1234568"));
	world_talk();
	assert_int_equal(world_heard(DUTY1, "no code of"), ALERT_IDLE_ANSWERS_MOST + 1);
}

static void test_one(void **state)
{
	struct case_row a, b;

	(void)state;
	world_link_add("m1", false);
	a = world_case(TRIAGE_HIGH);
	world_talk();
	b = world_case(TRIAGE_HIGH);
	world_talk();
	assert_true(world_command(DUTY1, "1"));
	world_talk();
	assert_int_equal(world_heard(DUTY1, "Reply OK and the code"), 1);
	assert_int_equal(alert_of(&a).acknowledged_ms, 0);
	assert_true(take(COORD, &a));
	assert_true(world_command(DUTY1, "1"));
	world_talk();
	assert_string_equal(alert_of(&a).acknowledged_by, "Coordinator");
	assert_string_equal(alert_of(&b).acknowledged_by, "Duty 1");
	assert_false(world_command(DUTY1, "1"));
}

/* "1" means the alert that a phone can know of, not one that still waits in the queue. */
static void test_one_means_the_one_that_was_sent(void **state)
{
	struct world_link *l;
	struct case_row sent, waiting;

	(void)state;
	l = world_link_add("m1", false);
	sent = world_case(TRIAGE_HIGH);
	world_talk();
	world_link_break(l);
	world_turn();
	waiting = world_case(TRIAGE_HIGH);
	assert_true(world_command(DUTY1, "1"));
	assert_string_equal(alert_of(&sent).acknowledged_by, "Duty 1");
	assert_int_equal(alert_of(&waiting).acknowledged_ms, 0);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, alert_setup, alert_teardown)
	const struct CMUnitTest tests[] = {
		T(test_answers),
		T(test_answers_that_change_nothing_are_limited),
		T(test_one),
		T(test_one_means_the_one_that_was_sent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
