/* Alerts end to end: roster to phone and back, through restarts at any point, other boots and wrong clocks. */
#include "cm.h"

#include <string.h>

#include "base/mem.h"
#include "core/alert/alert_inside.h"
#include "core/config/config.h"
#include "core/control/control.h"
#include "core/control/control_list.h"
#include "core/counters.h"
#include "core/turn.h"
#include "store/alert.h"
#include "store/audit.h"
#include "store/store.h"
#include "unit/core/alert/alert_scene.h"
#include "unit/core/outbound/outbound_world.h"
#include "wire/conn.h"

#define YEAR_MS INT64_C(31536000000)

static const char people[] = "people = (\n"
	PERSON("Duty 1", "officer", DUTY1, "") ",\n"
	PERSON("Duty 2", "officer", DUTY2, "") ",\n"
	PERSON("Coordinator", "coordinator", COORD, "") ",\n"
	PERSON("Desk", "operator", DESK, "") " );\n";

static int setup(void **state)
{
	(void)state;
	world_setup(people);
	return 0;
}

static int setup_nobody(void **state)
{
	(void)state;
	world_setup("people = ( );");
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	world_end();
	return 0;
}

/* ---- the way of one alert ----------------------------------------------------------------------------------------------------- */

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
	n = audit_list(world->core.store, audit, 4);
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

/* ---- what officers answer -------------------------------------------------------------------------------------------------------- */

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

/* ---- the case goes on --------------------------------------------------------------------------------------------------------------- */

static void raise_to(struct case_row *row, enum triage_urgency urgency)
{
	*row = case_now(row);
	row->urgency = (int)urgency;
	turn_begin(world->core.turn);
	cases_update(world->core.store, row);
	alert_raise(&world->core, row);
	world_turn();
	world_talk();
}

static void write_on(const struct case_row *row)
{
	const struct case_row now = case_now(row);

	turn_begin(world->core.turn);
	alert_more(&world->core, &now);
	world_turn();
	world_talk();
}

static void test_an_open_alert_becomes_more_urgent(void **state)
{
	struct case_row row;

	(void)state;
	world_link_add("m1", false);
	row = world_case(TRIAGE_NORMAL);
	world_talk();
	raise_to(&row, TRIAGE_EMERGENCY);
	assert_int_equal(world_heard(DUTY1, "a new message, EMERGENCY"), 1);
	assert_int_equal(world_heard(COORD, "a new message, EMERGENCY"), 1);
	assert_int_equal(world->air_count, 4);
	assert_int_equal(alert_of(&row).due_boot_ms, world->boot_ms + 120000);
	raise_to(&row, TRIAGE_EMERGENCY); /* no news */
	write_on(&row);
	assert_int_equal(world->air_count, 4);
	world_pass_s(120);
	assert_int_equal(world_heard(DUTY2, "EMERGENCY"), 1);
	assert_int_equal(counter_get(&world->core, COUNT_ALERTS), 1);
}

static void test_whoever_has_it_hears_of_more(void **state)
{
	struct case_row row;

	(void)state;
	world_link_add("m1", false);
	row = world_case(TRIAGE_NORMAL);
	world_talk();
	assert_true(take(DUTY1, &row));
	world_pass_s(60);
	write_on(&row);
	assert_int_equal(world_heard(DUTY1, "a new message"), 1);
	write_on(&row); /* a texter who writes on and on is folded */
	world_pass_s(30);
	write_on(&row);
	assert_int_equal(world_heard(DUTY1, "a new message"), 1);
	world_pass_s(31);
	write_on(&row);
	assert_int_equal(world_heard(DUTY1, "a new message"), 2);
	assert_int_equal(world_heard(DUTY2, row.code), 0);
	assert_int_equal(alert_of(&row).state, ALERT_ACKNOWLEDGED);
}

/* When the last text went is known by the clock of a boot; after another one it says nothing. */
static void test_more_is_heard_after_another_boot(void **state)
{
	struct case_row row;

	(void)state;
	world_link_add("m1", false);
	world->boot_ms += YEAR_MS / 12;
	row = world_case(TRIAGE_NORMAL);
	world_talk();
	assert_true(take(DUTY1, &row));
	world_restart(false);
	world_talk();
	write_on(&row);
	assert_int_equal(world_heard(DUTY1, "a new message"), 1);
	write_on(&row);
	assert_int_equal(world_heard(DUTY1, "a new message"), 1);
}

static void test_an_owned_case_that_rises_rings_again(void **state)
{
	struct case_row row;

	(void)state;
	world_link_add("m1", false);
	row = world_case(TRIAGE_NORMAL);
	world_talk();
	assert_true(take(COORD, &row));
	raise_to(&row, TRIAGE_EMERGENCY);
	assert_int_equal(world_heard(DUTY1, "EMERGENCY"), 1);
	assert_int_equal(alert_of(&row).acknowledged_ms, 0);
	assert_true(take(DUTY1, &row));
	assert_string_equal(alert_of(&row).acknowledged_by, "Duty 1");
	assert_string_equal(case_now(&row).owner, "Coordinator");
}

static int claim_case(int64_t id)
{
	struct case_row row;

	assert_int_equal(case_find(&world->core, id, &row), 0);
	return case_happen(&world->core, &row, CASE_EVENT_CLAIM, "Somebody");
}

static void test_a_claim_stops_the_alert(void **state)
{
	struct case_row row;
	size_t rang;

	(void)state;
	world_link_add("m1", false);
	row = world_case(TRIAGE_EMERGENCY);
	world_talk();
	rang = world->air_count;
	turn_begin(world->core.turn);
	assert_int_equal(claim_case(row.id), 0);
	alert_acknowledge_case(&world->core, row.id, "Somebody");
	alert_acknowledge_case(&world->core, row.id, "Somebody");
	world_turn();
	world_pass_s(10000);
	assert_int_equal(world->air_count, rang);
	assert_string_equal(alert_of(&row).acknowledged_by, "Somebody");
	world_pass_s(60);
	write_on(&row); /* an owner who is not in the roster: the first officer is told */
	assert_int_equal(world_heard(DUTY1, "a new message"), 1);
}

static void claim(const struct case_row *row)
{
	turn_begin(world->core.turn);
	assert_int_equal(claim_case(row->id), 0);
	alert_acknowledge_case(&world->core, row->id, "Somebody");
	world_turn();
}

static int64_t count_of(enum outbox_state state)
{
	return outbox_count(dispatch_outbox(world->core.dispatch), LANE_ALERT, state);
}

static void test_what_waits_is_cancelled_by_an_acknowledgement(void **state)
{
	struct case_row taken, open;

	(void)state;
	taken = world_case(TRIAGE_EMERGENCY);
	open = world_case(TRIAGE_LOW);
	world_pass_s(240); /* an escalation of the first waits too */
	assert_int_equal(count_of(OUTBOX_QUEUED), 5);
	claim(&taken);
	assert_int_equal(count_of(OUTBOX_QUEUED), 2);
	assert_int_equal(count_of(OUTBOX_CANCELLED), 3);
	world_link_add("m1", false);
	world_talk();
	assert_int_equal(world->air_count, 2);
	assert_int_equal(world_heard(DUTY1, open.code), 1);
	assert_int_equal(world_heard(COORD, open.code), 1);
	write_on(&taken); /* of what comes later, somebody hears at once: a cancelled text is nothing that rang */
	assert_int_equal(world_heard(DUTY1, "a new message"), 1);
}

/* What a link has may end as it will; where that is a failure, or a lost reply, it is the end. */
static void test_what_a_link_has_is_not_sent_again_after_an_acknowledgement(void **state)
{
	static const enum world_air ends[] = { AIR_SENDS, AIR_FAILS, AIR_LOSES_REPLY };
	struct world_link *l;
	struct case_row row;

	(void)state;
	l = world_link_add("m1", false);
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		size_t before = world->air_count;
		row = world_case(TRIAGE_EMERGENCY);
		world_submit(l);
		claim(&row);
		assert_int_equal(count_of(OUTBOX_QUEUED), 0);
		l->air = ends[i];
		world_talk();
		l->air = AIR_SENDS;
		world_pass_s(1000);
		assert_int_equal(count_of(OUTBOX_QUEUED) + count_of(OUTBOX_LEASED) + count_of(OUTBOX_SUBMITTING), 0);
		assert_int_equal(world->air_count - before, ends[i] == AIR_FAILS ? 0 : 2);
	}
	assert_int_equal(count_of(OUTBOX_CANCELLED), 4);
	assert_int_equal(count_of(OUTBOX_SENT), 2);
	row = world_case(TRIAGE_EMERGENCY);
	world_submit(l);
	claim(&row);
	world_restart(true);
	world_pass_s(1000);
	assert_int_equal(count_of(OUTBOX_QUEUED) + count_of(OUTBOX_LEASED) + count_of(OUTBOX_SUBMITTING), 0);
}

static void test_an_aborted_turn_raises_nothing(void **state)
{
	struct case_row row = { .contact_id = 1, .unit_id = 1, .urgency = TRIAGE_HIGH };
	struct alert_row rows[4];
	json_t *status = json_object();

	(void)state;
	world_link_add("m1", false);
	world->full = true;
	turn_begin(world->core.turn);
	assert_int_equal(case_open(&world->core, &row), 0);
	alert_raise(&world->core, &row);
	assert_true(world_turn() < 0);
	world->full = false;
	world_talk();
	assert_int_equal(world->air_count, 0);
	assert_int_equal(store_alert_list(world->core.store, false, 0, rows, 4), 0);
	control_alert_counts(&world->core, status);
	assert_int_equal(json_integer_value(json_object_get(json_object_get(status, "alerts"), "created")), 0);
	json_decref(status);
}

/* Due, and nothing can be stored: it is tried again after a while, not at once and for ever. */
static void test_a_full_disk_does_not_spin(void **state)
{
	(void)state;
	world_case(TRIAGE_HIGH);
	world->boot_ms += 300000;
	event_del(world->core.alerts->timer); /* it has run out */
	world->full = true;
	turn_begin(world->core.turn);
	alert_run_due(&world->core);
	assert_true(world_turn() < 0);
	world->full = false;
	event_base_loop(world->core.base, EVLOOP_NONBLOCK);
	assert_false(store_in_transaction(world->core.store));
	assert_int_equal(counter_get(&world->core, COUNT_ESCALATIONS), 0);
	assert_true(event_pending(world->core.alerts->timer, EV_TIMEOUT, NULL));
}

/* A deadline that no rule in force can have set, of a configuration before or of damage, does not keep an alert waiting for ever. */
static void test_a_deadline_too_far_ahead(void **state)
{
	struct case_row row = world_case(TRIAGE_HIGH);
	struct alert_row a = alert_of(&row);

	(void)state;
	turn_begin(world->core.turn);
	a.due_boot_ms = world->boot_ms + YEAR_MS;
	store_alert_update(world->core.store, &a);
	world_turn();
	world_restart(true);
	assert_true(alert_of(&row).due_boot_ms <= world->boot_ms + 3600 * 1000); /* the longest wait there is */
	world_pass_s(3600);
	assert_int_equal(counter_get(&world->core, COUNT_ESCALATIONS), 1);
}

/* News in a case that nobody has, and for which nothing rings: somebody must hear of it. */
static void test_news_where_nothing_rings(void **state)
{
	struct case_row row = { .contact_id = 1, .unit_id = 1, .kind = TRIAGE_QUESTION, .urgency = TRIAGE_NORMAL };
	struct alert_row a;

	(void)state;
	turn_begin(world->core.turn);
	assert_int_equal(case_open(&world->core, &row), 0);
	alert_answered(&world->core, &row); /* an officer asked, and did not take the case */
	world_turn();
	assert_true(store_alert_of_case(world->core.store, row.id, true, &a));
	claim(&row);
	row = case_now(&row);
	row.owner[0] = '\0'; /* who had it is gone */
	turn_begin(world->core.turn);
	alert_more(&world->core, &row);
	world_turn();
	assert_true(store_alert_of_case(world->core.store, row.id, true, &a));
}

static void test_an_emergency_overtakes_what_waits(void **state)
{
	struct case_row row;

	(void)state;
	for (int i = 0; i < 100; i++)
		world_case(TRIAGE_LOW);
	row = world_case(TRIAGE_EMERGENCY);
	world_link_add("m1", false);
	world_talk();
	assert_int_equal(world->air_count, 202);
	for (int i = 0; i < 2; i++)
		assert_non_null(strstr(world->air[i].text, row.code));
}

static void test_list(void **state)
{
	struct control_call call = { .core = &world->core };
	struct case_row row = world_case(TRIAGE_HIGH);
	const json_t *list, *a;

	(void)state;
	call.request = json_object();
	control_alert_list(&call);
	list = json_object_get(world->answer, "alerts");
	assert_int_equal(json_array_size(list), 1);
	a = json_array_get(list, 0);
	assert_string_equal(json_string_value(json_object_get(a, "code")), row.code);
	assert_string_equal(json_string_value(json_object_get(a, "urgency")), "high");
	assert_int_equal(json_integer_value(json_object_get(a, "due_s")), 300);
	json_decref((json_t *)call.request);
}

/* The worst first, the oldest first among equals, and as many as one line holds; after says where to go on. */
static void test_a_long_list_comes_in_pieces(void **state)
{
	struct control_call call = { .core = &world->core };
	int64_t after = 0, last_urgency = TRIAGE_EMERGENCY, last_id = 0;
	size_t seen = 0, i;
	bool more = true;
	const json_t *a;

	(void)state;
	for (i = 0; i < 2 * CONTROL_LIST_MAX; i++)
		world_case(i % 2 ? TRIAGE_HIGH : TRIAGE_LOW);
	while (more) {
		const json_t *list;
		json_t *request = json_pack("{s:I}", "after", (json_int_t)after);
		call.request = request;
		control_alert_list(&call);
		list = json_object_get(world->answer, "alerts");
		more = json_is_true(json_object_get(world->answer, "more"));
		assert_in_range(json_array_size(list), 1, CONTROL_LIST_MAX);
		assert_true(json_dumpb(world->answer, NULL, 0, JSON_COMPACT) < WIRE_LINE_MAX);
		json_array_foreach((json_t *)list, i, a) {
			enum triage_urgency urgency;
			after = json_integer_value(json_object_get(a, "id"));
			assert_true(triage_urgency_from_name(json_string_value(json_object_get(a, "urgency")), &urgency));
			assert_true((int64_t)urgency < last_urgency || after > last_id);
			assert_true((int64_t)urgency <= last_urgency);
			last_urgency = (int64_t)urgency;
			last_id = after;
			seen++;
		}
		json_decref(request);
	}
	assert_int_equal(seen, 2 * CONTROL_LIST_MAX);
	for (after = 0, seen = 0, more = true; more; seen += i) {
		json_t *request = json_pack("{s:I}", "after", (json_int_t)after), *list;
		call.request = request;
		control_outbox_list(&call);
		list = json_object_get(world->answer, "outbox");
		more = json_is_true(json_object_get(world->answer, "more"));
		i = json_array_size(list);
		assert_true(i > 0 && json_dumpb(world->answer, NULL, 0, JSON_COMPACT) < WIRE_LINE_MAX);
		after = json_integer_value(json_object_get(json_array_get(list, i - 1), "id"));
		json_decref(request);
	}
	assert_int_equal(seen, 4 * CONTROL_LIST_MAX);
}

/* ---- restarts and clocks --------------------------------------------------------------------------------------------------------- */

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

	world_setup(people);
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
		world_setup(people);
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
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_the_first_officer_and_the_coordinator_ring_at_once),
		T(test_nobody_answers_for_two_rounds),
		T(test_acknowledged_is_the_end),
		T(test_a_dead_number_passes_the_alert_on_at_once),
		T(test_an_undelivered_text_passes_the_alert_on_at_once),
		T(test_a_text_that_a_restart_gives_up_passes_the_alert_on),
		T(test_no_modem_for_a_day),
		cmocka_unit_test_setup_teardown(test_nobody_on_duty, setup_nobody, teardown),
		T(test_answers),
		T(test_answers_that_change_nothing_are_limited),
		T(test_one),
		T(test_one_means_the_one_that_was_sent),
		T(test_an_open_alert_becomes_more_urgent),
		T(test_whoever_has_it_hears_of_more),
		T(test_more_is_heard_after_another_boot),
		T(test_an_owned_case_that_rises_rings_again),
		T(test_a_claim_stops_the_alert),
		T(test_what_waits_is_cancelled_by_an_acknowledgement),
		T(test_what_a_link_has_is_not_sent_again_after_an_acknowledgement),
		T(test_an_aborted_turn_raises_nothing),
		T(test_a_deadline_too_far_ahead),
		T(test_news_where_nothing_rings),
		T(test_a_full_disk_does_not_spin),
		T(test_an_emergency_overtakes_what_waits),
		T(test_list), T(test_a_long_list_comes_in_pieces),
		cmocka_unit_test(test_restart_between_any_two_steps),
		cmocka_unit_test(test_the_wall_clock_changes_nothing),
		T(test_minutes_survive_another_boot),
		T(test_many_due_at_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
