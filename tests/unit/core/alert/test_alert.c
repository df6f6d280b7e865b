/* The way of one alert, from the roster to the phone: who rings when, and what passes it on. */
#include "cm.h"

#include <stdio.h>
#include <string.h>

#include "core/alert/alert_inside.h"
#include "core/control/control.h"
#include "core/counters.h"
#include "core/turn.h"
#include "store/audit.h"
#include "unit/core/alert/alert_scene.h"
#include "unit/core/outbound/outbound_world.h"

static int setup_nobody(void **state)
{
	(void)state;
	world_setup("people = ( );");
	return 0;
}

static void test_the_first_officer_and_the_coordinator_ring_at_once(void **state)
{
	struct case_row row;
	char expect[128];

	(void)state;
	world_link_add("m1", false);
	row = world_case(TRIAGE_HIGH);
	world_talk();
	assert_int_equal(world->air_count, 2);
	snprintf(expect, sizeof(expect), "Case %s: HIGH, BZD, labour. Reply OK ", row.code);
	assert_int_equal(world_heard(DUTY1, expect), 1);
	assert_int_equal(world_heard(COORD, expect), 1);
	assert_int_equal(alert_of(&row).state, ALERT_HANDED);
	assert_int_equal(case_now(&row).state, CASE_ALERTED);
	assert_int_equal(counter_get(&world->core, COUNT_ALERTS), 1);
	world_report(&world->air[0], 0, "");
	assert_int_equal(alert_of(&row).state, ALERT_DELIVERED);
}

static void test_nobody_answers_for_two_rounds(void **state)
{
	static const struct { const char *to, *what; } expect[] = {
		{ DUTY2, "Escalated" }, { COORD, "Escalated" }, { DUTY1, "Reminder" }, { DUTY2, "Reminder" }, { COORD, "Reminder" },
		{ DUTY1, "Reminder" },
	};
	struct case_row row;

	(void)state;
	world_link_add("m1", false);
	row = world_case(TRIAGE_EMERGENCY);
	world_talk();
	for (size_t i = 0; i < sizeof(expect) / sizeof(expect[0]); i++) {
		size_t before = world->air_count;
		world_pass_s(119);
		assert_int_equal(world->air_count, before);
		world_pass_s(1);
		assert_int_equal(world->air_count, before + 1);
		assert_string_equal(world->air[before].to, expect[i].to);
		assert_non_null(strstr(world->air[before].text, expect[i].what));
		assert_non_null(strstr(world->air[before].text, row.code));
	}
	assert_int_equal(world_heard(DUTY2, "2 min"), 1); /* minutes since it was raised */
	assert_int_equal(world_heard(DUTY1, "12 min"), 1);
	assert_int_equal(counter_get(&world->core, COUNT_ESCALATIONS), 6);
	assert_int_equal(alert_of(&row).acknowledged_ms, 0);
}

static void test_acknowledged_is_the_end(void **state)
{
	struct audit_row audit[4];
	struct case_row row;
	size_t rang, n;

	(void)state;
	world_link_add("m1", false);
	row = world_case(TRIAGE_EMERGENCY);
	world_talk();
	assert_true(take(DUTY1, &row));
	assert_int_equal(world_heard(DUTY1, "is now assigned to you"), 1);
	assert_int_equal(alert_of(&row).state, ALERT_ACKNOWLEDGED);
	assert_string_equal(alert_of(&row).acknowledged_by, "Duty 1");
	assert_int_equal(case_now(&row).state, CASE_ACKNOWLEDGED);
	assert_string_equal(case_now(&row).owner, "Duty 1");
	rang = world->air_count;
	world_pass_s(100000);
	assert_int_equal(world->air_count, rang);
	n = audit_list_before(world->core.store, INT64_MAX, audit, 4);
	assert_true(n >= 2);
	assert_string_equal(audit[0].action, "command.ok");
	assert_string_equal(audit[0].detail, "taken, by m1");
	assert_string_equal(audit[1].action, "alert.acknowledge");
	assert_string_equal(audit[1].actor, "Duty 1");
	assert_string_equal(audit[1].object, row.code);
}

static void test_a_dead_number_passes_the_alert_on_at_once(void **state)
{
	struct world_link *l = world_link_add("m1", false);
	struct case_row row;

	(void)state;
	row = world_case(TRIAGE_LOW);
	l->air = AIR_FAILS_FINALLY;
	world_talk(); /* Duty 1, then Duty 2, then the coordinator: all dead; the end of the round waits */
	assert_int_equal(alert_of(&row).step, 2);
	assert_int_equal(world->air_count, 0);
	l->air = AIR_SENDS;
	world_pass_s(3599);
	assert_int_equal(world->air_count, 0);
	world_pass_s(1);
	assert_int_equal(world_heard(DUTY1, "Reminder"), 1);
}

static void test_an_undelivered_text_passes_the_alert_on_at_once(void **state)
{
	struct case_row row;

	(void)state;
	world_link_add("m1", false);
	row = world_case(TRIAGE_NORMAL);
	world_talk();
	assert_string_equal(world->air[0].to, DUTY1);
	world_report(&world->air[0], 70, "");
	world_talk();
	assert_int_equal(world_heard(DUTY2, "Escalated"), 1);
	world_report(&world->air[1], 70, ""); /* the coordinator's: nothing waits for it now */
	world_talk();
	assert_int_equal(world->air_count, 3);
	assert_int_equal(alert_of(&row).step, 1);
}

/* Hours without a modem must not become hundreds of texts when it returns. */
/* Given up by the start of the core: the next person rings then, not with the deadline. */
static void test_a_text_that_a_restart_gives_up_passes_the_alert_on(void **state)
{
	struct world_link *l;
	struct outbox_row text;
	struct case_row row;

	(void)state;
	l = world_link_add("m1", false);
	row = world_case(TRIAGE_HIGH);
	world_submit(l);
	text = world_row(1);
	assert_int_equal(text.state, OUTBOX_SUBMITTING);
	assert_string_equal(text.recipient, "Duty 1");
	text.attempts = OUTBOX_ATTEMPTS_MAX - 1;
	turn_begin(world->core.turn);
	store_outbox_update(world->core.store, &text, false);
	assert_int_equal(world_turn(), 0);
	world_link_crash(l);
	world_restart(true);
	assert_int_equal(world_state(1), OUTBOX_FAILED);
	world_link_connect(l);
	world_talk();
	assert_int_equal(world_heard(DUTY2, row.code), 1);
}

static void test_no_modem_for_a_day(void **state)
{
	struct case_row row = world_case(TRIAGE_EMERGENCY);

	(void)state;
	for (int i = 0; i < 720; i++)
		world_pass_s(120);
	assert_int_equal(alert_of(&row).step, 720);
	world_link_add("m1", false);
	world_talk();
	assert_int_equal(world->air_count, 3); /* each person once */
	assert_int_equal(alert_of(&row).state, ALERT_HANDED);
}

static void test_nobody_on_duty(void **state)
{
	json_t *status = json_object();
	struct case_row row;

	(void)state;
	world_link_add("m1", false);
	row = world_case(TRIAGE_EMERGENCY);
	world_pass_s(100000);
	assert_int_equal(world->air_count, 0);
	assert_int_equal(alert_of(&row).state, ALERT_CREATED);
	assert_int_equal(alert_of(&row).acknowledged_ms, 0);
	assert_true(alert_of(&row).due_boot_ms > world->boot_ms);
	control_alert_counts(&world->core, status);
	assert_int_equal(json_integer_value(json_object_get(json_object_get(status, "alerts"), "created")), 1);
	json_decref(status);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, alert_setup, alert_teardown)
	const struct CMUnitTest tests[] = {
		T(test_the_first_officer_and_the_coordinator_ring_at_once),
		T(test_nobody_answers_for_two_rounds),
		T(test_acknowledged_is_the_end),
		T(test_a_dead_number_passes_the_alert_on_at_once),
		T(test_an_undelivered_text_passes_the_alert_on_at_once),
		T(test_a_text_that_a_restart_gives_up_passes_the_alert_on),
		T(test_no_modem_for_a_day),
		cmocka_unit_test_setup_teardown(test_nobody_on_duty, setup_nobody, alert_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
