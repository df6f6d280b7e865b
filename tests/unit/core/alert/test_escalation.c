/* Escalation by the policies of a file, end to end: through kills at every step, other boots, and months in an instant. */
#include "cm.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "core/alert/alert_inside.h"
#include "core/config/config.h"
#include "core/triage/triage.h"
#include "core/turn.h"
#include "store/alert.h"
#include "store/outbox.h"
#include "store/store.h"
#include "unit/core/alert/alert_scene.h"
#include "unit/core/outbound/outbound_world.h"


static const char people[] = "people = (\n"
	PERSON("Duty 1", "officer", DUTY1, "") ",\n"
	PERSON("Duty 2", "officer", DUTY2, "") ",\n"
	PERSON("Coordinator", "coordinator", COORD, "") ",\n"
	PERSON("Chief", "coordinator", CHIEF, "unit = \"ATPU\";") " );\n";

static struct alert_policies policies;

/* Duty 1, then both officers; the chief when that was in vain. */
static int setup(void **state)
{
	(void)state;
	world_setup(people);
	policies = (struct alert_policies){ .count = 1, .text_every_s = 60, .fallback = { { "Chief" }, 1 },
		.act_min = { 0, 0, 0, 60, 15 } };
	policies.list[0] = (struct alert_policy){ .name = "p", .rounds = 1, .step_count = 2, .steps = {
		{ .whom = POLICY_DUTY, .wait_s = 60 }, { .whom = POLICY_OFFICERS, .wait_s = 120, .other_modem = true } } };
	scratch_path(&world->scratch, "siren", policies.siren_file);
	world->core.policies = &policies;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	world_end();
	return 0;
}

static void happen(const struct case_row *row, enum case_event event)
{
	struct case_row now = case_now(row);

	turn_begin(world->core.turn);
	assert_int_equal(case_happen(&world->core, &now, event, NULL), 0);
	assert_int_equal(world_turn(), 0);
	world_talk();
}

static bool siren_sounds(void)
{
	return access(policies.siren_file, F_OK) == 0;
}

/* ---- steps and their end ------------------------------------------------------------------------------------------------------- */

static void test_steps_then_the_fallback_and_the_siren_until_somebody_answers(void **state)
{
	struct case_row row;

	(void)state;
	world_link_add("m1", false);
	row = world_case(TRIAGE_EMERGENCY);
	world_talk();
	assert_int_equal(world->air_count, 1);
	assert_int_equal(world_heard(DUTY1, row.code), 1);
	world_pass_s(60);
	assert_int_equal(world_heard(DUTY1, "Escalated"), 1);
	assert_int_equal(world_heard(DUTY2, "Escalated"), 1);
	assert_false(siren_sounds());
	world_pass_s(119);
	assert_int_equal(alert_exhausted_count(&world->core), 0);
	world_pass_s(1);
	assert_int_equal(world_heard(CHIEF, row.code), 1);
	assert_int_equal(world_heard(DUTY1, "Reminder"), 1); /* and from the first step again */
	assert_int_equal(alert_exhausted_count(&world->core), 1);
	assert_true(siren_sounds());
	world_restart(true);
	assert_int_equal(alert_exhausted_count(&world->core), 1);
	assert_true(siren_sounds());
	assert_true(take(DUTY2, &row));
	assert_int_equal(alert_exhausted_count(&world->core), 0);
	assert_false(siren_sounds());
}

/* Law: only a human ends it. Killed after each thing that happens, in the same boot and in others. */
static void test_months_of_kills_keep_every_escalation(void **state)
{
	struct case_row row;
	int64_t step = 0;

	(void)state;
	world_link_add("m1", false);
	row = world_case(TRIAGE_HIGH);
	for (int i = 0; i < 100; i++) {
		world_restart(i % 5 != 4);
		world_talk();
		world_pass_s(120);
		assert_int_equal(alert_of(&row).acknowledged_ms, 0);
		assert_true(alert_of(&row).step > step);
		step = alert_of(&row).step;
		assert_true(alert_of(&row).due_boot_ms <= world->boot_ms + 120000);
	}
	world_pass_s(90 * 86400);
	assert_true(alert_of(&row).step > step);
	assert_true(take(DUTY1, &row));
	assert_int_equal(alert_of(&row).state, ALERT_ACKNOWLEDGED);
}

static void test_the_reply_was_lost_so_the_next_rings_at_once(void **state)
{
	struct world_link *l = world_link_add("m1", false);
	struct case_row row;

	(void)state;
	row = world_case(TRIAGE_HIGH);
	world_submit(l);
	l->air = AIR_LOSES_REPLY;
	world_transmit(l);
	l->air = AIR_SENDS;
	world_talk();
	assert_int_equal(alert_of(&row).step, 1);
	assert_int_equal(world_heard(DUTY2, row.code), 1);
	assert_true(world_heard(DUTY1, row.code) >= 2); /* at least once: repeated to the first, too */
}

static void test_the_second_try_goes_by_another_modem(void **state)
{
	struct case_row row;
	size_t n;

	(void)state;
	world_link_add("m1", false);
	world_link_add("m2", false);
	row = world_case(TRIAGE_EMERGENCY);
	world_talk();
	world_pass_s(60);
	n = world->air_count;
	assert_true(n >= 3);
	for (size_t i = 1; i < n; i++)
		if (strcmp(world->air[i].to, DUTY1) == 0)
			assert_string_not_equal(world->air[i].link, world->air[0].link);
	(void)row;
}

static size_t texts_of(const struct case_row *row)
{
	struct outbox_row rows[50];
	size_t n = store_outbox_list(world->core.store, false, 0, rows, 50), found = 0;

	for (size_t i = 0; i < n; i++)
		found += rows[i].alert_id == alert_of(row).id;
	return found;
}

/* Channels of a step: the same person by another modem at once, then the next person. */
static void test_the_next_channel_then_the_next_person(void **state)
{
	struct world_link *m1 = world_link_add("m1", false), *m2 = world_link_add("m2", false);
	struct case_row row;

	(void)state;
	policies.list[0].steps[0].channels[0] = POLICY_SMS;
	policies.list[0].steps[0].channels[1] = POLICY_SMS_OTHER;
	policies.list[0].steps[0].channel_count = 2;
	m1->air = m2->air = AIR_HANGS;
	row = world_case(TRIAGE_EMERGENCY);
	world_submit(m1);
	world_link_crash(m1);
	world_link_connect(m1); /* whether it was sent, nobody knows */
	assert_int_equal(texts_of(&row), 2);
	assert_int_equal(alert_of(&row).step, 0);
	m1->air = m2->air = AIR_FAILS_FINALLY;
	world_talk();
	assert_int_equal(alert_of(&row).step, 1); /* the second channel failed too: the next person, not at the deadline */
	m1->air = m2->air = AIR_SENDS;
	world_pass_s(120); /* it begins again ... */
	world_pass_s(60);  /* ... and rings both */
	assert_true(world_heard(DUTY2, row.code) >= 1);
}

/* ---- acting ---------------------------------------------------------------------------------------------------------------------- */

static void test_acknowledged_but_not_acted_on(void **state)
{
	struct case_row row;

	(void)state;
	world_link_add("m1", false);
	row = world_case(TRIAGE_EMERGENCY);
	world_talk();
	assert_true(take(DUTY1, &row));
	world_pass_s(15 * 60 - 1);
	assert_int_equal(world_heard(DUTY1, "nothing was done"), 0);
	world_pass_s(1);
	assert_int_equal(world_heard(DUTY1, "nothing was done"), 1);
	assert_int_equal(alert_of(&row).state, ALERT_ACKNOWLEDGED);
	world_restart(true);
	world_pass_s(15 * 60);
	assert_int_equal(alert_of(&row).state, ALERT_HANDED); /* open again, and rung */
	assert_int_equal(world_heard(DUTY2, row.code), 1);
	assert_true(take(DUTY2, &row));
	assert_string_equal(case_now(&row).owner, "Duty 2");
	assert_string_equal(alert_of(&row).acknowledged_by, "Duty 2");
	happen(&row, CASE_EVENT_START);
	assert_int_equal(alert_of(&row).state, ALERT_ACTED);
	world->air_count = 0;
	world_pass_s(90 * 86400);
	assert_int_equal(world->air_count, 0);
}

static void test_nobody_is_rung_for_what_is_closed(void **state)
{
	struct case_row row, open;

	(void)state;
	world_link_add("m1", false);
	row = world_case(TRIAGE_EMERGENCY);
	open = world_case(TRIAGE_EMERGENCY);
	world_talk();
	assert_true(take(DUTY1, &row));
	happen(&row, CASE_EVENT_CLOSE);
	assert_int_equal(alert_of(&row).state, ALERT_CLOSED);
	happen(&open, CASE_EVENT_CLOSE); /* by a way that told no alert */
	world_pass_s(60);
	assert_int_equal(alert_of(&open).state, ALERT_CLOSED);
	world->air_count = 0;
	world_restart(false);
	for (int i = 0; i < 12; i++)
		world_pass_s(30 * 86400);
	assert_int_equal(world->air_count, 0);
}

/* ---- floods ---------------------------------------------------------------------------------------------------------------------- */

static void test_a_flood_is_counted_and_an_emergency_breaks_through(void **state)
{
	struct case_row rows[5], emergency;

	(void)state;
	world_link_add("m1", false);
	policies.list[0].steps[0].wait_s = 3600;
	for (int i = 0; i < 5; i++) {
		rows[i] = world_case(i == 2 ? TRIAGE_HIGH : TRIAGE_NORMAL);
		world_talk();
	}
	assert_int_equal(world->air_count, 1); /* the first; the others wait */
	emergency = world_case(TRIAGE_EMERGENCY);
	world_talk();
	assert_int_equal(world_heard(DUTY1, emergency.code), 1);
	turn_begin(world->core.turn);
	alert_acknowledge_case(&world->core, rows[3].id, "Duty 2"); /* taken at the desk meanwhile: nobody needs to hear of it */
	world_turn();
	world_talk();
	world_restart(true);
	world->air_count = 0;
	world_pass_s(59);
	assert_int_equal(world->air_count, 0);
	world_pass_s(1);
	assert_int_equal(world->air_count, 1);
	assert_int_equal(world_heard(DUTY1, "3 new cases, highest HIGH"), 1);
	assert_int_equal(world_heard(DUTY1, rows[2].code), 1); /* the newest of the highest: it can be taken by this text */
	world_pass_s(120);
	assert_int_equal(world->air_count, 1);
}

/* Somebody sends emergencies from as many numbers as they like, so that the true one waits behind them: a few wait, the others are counted
 * in one text, and so the newest is never further away than that. */
static void test_a_flood_of_emergencies_holds_back_none(void **state)
{
	struct case_row last;
	struct world_link *l;
	size_t texts;

	(void)state;
	policies.list[0].steps[0].wait_s = 3600;
	for (int i = 0; i < 200; i++)
		world_case(TRIAGE_EMERGENCY);
	for (int i = 0; i < 10; i++)
		world_pass_s(60); /* no modem: nothing piles up meanwhile either */
	last = world_case(TRIAGE_EMERGENCY);
	l = world_link_add("m1", false);
	world_talk();
	texts = world->air_count;
	assert_true(texts <= 6 * 2); /* of each of both officers */
	world_pass_s(60);
	assert_int_equal(world_heard(DUTY1, last.code), 1); /* the newest of the digest */
	assert_true(world_heard(DUTY1, "new cases, highest EMERGENCY") >= 1);
	assert_true(take(DUTY1, &last));
	(void)l;
}

/* The same of what coordinators are told by rule. */
static void test_a_flood_of_notices_is_counted(void **state)
{
	(void)state;
	policies.notice_count = 1;
	policies.notices[0] = (struct alert_notice){ .name = "all" };
	policies.list[0].steps[0].wait_s = 3600;
	for (int i = 0; i < 100; i++)
		world_case(TRIAGE_NORMAL);
	world_link_add("m1", false);
	world_talk();
	assert_true(world_heard(COORD, "concerns the task force") <= 5);
	world_pass_s(60);
	assert_int_equal(world_heard(COORD, "new cases, highest NORMAL"), 1);
}

static void test_one_that_was_held_is_told_as_it_is(void **state)
{
	struct case_row second;

	(void)state;
	world_link_add("m1", false);
	policies.list[0].steps[0].wait_s = 3600;
	world_case(TRIAGE_NORMAL);
	world_talk();
	second = world_case(TRIAGE_NORMAL);
	world_restart(false); /* another boot: the first rings on, the second is still held */
	world->air_count = 0;
	world_pass_s(0);
	world_pass_s(60);
	assert_true(world_heard(DUTY1, second.code) >= 1);
}

/* Whoever was told of an alert among others has been rung for it: the next step is for somebody else. */
static void test_held_is_rung(void **state)
{
	char names[ROSTER_MAX][64];
	struct case_row last;

	(void)state;
	world_link_add("m1", false);
	policies.count = 0; /* one by one */
	world->config->escalate_normal_s = 900;
	for (int i = 0; i < 4; i++)
		last = world_case(TRIAGE_NORMAL);
	world_talk();
	assert_int_equal(store_outbox_alert_recipients(world->core.store, alert_of(&last).id - 1, names, ROSTER_MAX), 3);
	assert_string_equal(names[0], "Chief"); /* who is held has no order among themselves */
	world_pass_s(60);
	world->air_count = 0;
	world_pass_s(840);
	world_pass_s(60);
	assert_true(world_heard(DUTY2, last.code) == 1);
}

/* A flood of alerts costs what is due, not what is open. */
static void test_a_thousand_open_alerts(void **state)
{
	(void)state;
	policies.text_every_s = 0;
	policies.list[0].steps[0].wait_s = 86400;
	for (int i = 0; i < 1000; i++)
		world_case(TRIAGE_LOW);
	turn_begin(world->core.turn);
	alert_run_due(&world->core);
	assert_int_equal(world_turn(), 0);
	world->boot_ms += 86400 * 1000;
	for (int i = 0; i < 1000 / ALERT_TURN_MAX + 1; i++) {
		turn_begin(world->core.turn);
		alert_run_due(&world->core);
		assert_int_equal(world_turn(), 0);
	}
	assert_true(store_alert_next_due(world->core.store) > world->boot_ms);
}

/* ---- coordinators ----------------------------------------------------------------------------------------------------------------- */

static void test_coordinators_are_told_by_rule(void **state)
{
	static const struct alert_notice rules[] = {
		{ .name = "labour", .match = { .exploitations = 1u << TRIAGE_EXPL_LABOUR, .urgencies = 1u << TRIAGE_LOW } },
		{ .name = "waits", .referral_h = 2 },
		{ .name = "conflict", .conflict = true },
	};
	struct case_row row;

	(void)state;
	world_link_add("m1", false);
	for (size_t i = 0; i < 3; i++)
		policies.notices[policies.notice_count++] = rules[i];
	world_case(TRIAGE_LOW);
	world_talk();
	assert_int_equal(world_heard(COORD, "concerns the task force"), 1);
	assert_int_equal(world_heard(CHIEF, "concerns the task force"), 0); /* of another unit */
	row = world_case(TRIAGE_HIGH);
	world_talk();
	happen(&row, CASE_EVENT_REFER);
	world_pass_s(2 * 3600 - 1);
	assert_int_equal(world_heard(COORD, row.code), 0);
	world_restart(false);
	world_pass_s(0);
	assert_int_equal(world_heard(COORD, row.code), 0); /* another boot is no reason to be early */
	world_pass_s(1);
	assert_int_equal(world_heard(COORD, row.code), 1);
	world_restart(true);
	world_pass_s(86400);
	assert_int_equal(world_heard(COORD, row.code), 1);
}

/* Where triage marks a district as a target, as etc/triage/districts.conf has it. */
static void test_coordinators_are_told_of_target_districts(void **state)
{
	struct triage_rules *rules = NULL;
	struct hl_reason why = { "" };
	const char *name;
	bool target, seen[2] = { false, false };
	size_t told = 0;

	(void)state;
	assert_int_equal(triage_load(HL_SRCDIR "/etc/triage", &rules, &why), 0);
	world->core.rules = rules;
	policies.notices[policies.notice_count++] = (struct alert_notice){ .name = "target", .target_district = true };
	world_link_add("m1", false);
	for (size_t i = 0; (name = triage_district_name(rules, i, &target)) && !(seen[0] && seen[1]); i++) {
		struct case_row row = { .contact_id = 1, .unit_id = 1, .kind = TRIAGE_TIP, .urgency = TRIAGE_LOW };
		hl_strlcpy(row.district, sizeof(row.district), name);
		turn_begin(world->core.turn);
		assert_int_equal(case_open(&world->core, &row), 0);
		alert_raise(&world->core, &row);
		world_turn();
		world_talk();
		told += target;
		assert_int_equal(world_heard(COORD, "concerns the task force"), told);
		seen[target] = true;
	}
	assert_true(seen[0] && seen[1]);
	world->core.rules = NULL;
	triage_free(rules);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_steps_then_the_fallback_and_the_siren_until_somebody_answers, setup, teardown),
		cmocka_unit_test_setup_teardown(test_months_of_kills_keep_every_escalation, setup, teardown),
		cmocka_unit_test_setup_teardown(test_the_reply_was_lost_so_the_next_rings_at_once, setup, teardown),
		cmocka_unit_test_setup_teardown(test_the_second_try_goes_by_another_modem, setup, teardown),
		cmocka_unit_test_setup_teardown(test_acknowledged_but_not_acted_on, setup, teardown),
		cmocka_unit_test_setup_teardown(test_nobody_is_rung_for_what_is_closed, setup, teardown),
		cmocka_unit_test_setup_teardown(test_a_flood_is_counted_and_an_emergency_breaks_through, setup, teardown),
		cmocka_unit_test_setup_teardown(test_a_flood_of_emergencies_holds_back_none, setup, teardown),
		cmocka_unit_test_setup_teardown(test_the_next_channel_then_the_next_person, setup, teardown),
		cmocka_unit_test_setup_teardown(test_a_flood_of_notices_is_counted, setup, teardown),
		cmocka_unit_test_setup_teardown(test_one_that_was_held_is_told_as_it_is, setup, teardown),
		cmocka_unit_test_setup_teardown(test_coordinators_are_told_by_rule, setup, teardown),
		cmocka_unit_test_setup_teardown(test_coordinators_are_told_of_target_districts, setup, teardown),
		cmocka_unit_test_setup_teardown(test_held_is_rung, setup, teardown),
		cmocka_unit_test_setup_teardown(test_a_thousand_open_alerts, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
