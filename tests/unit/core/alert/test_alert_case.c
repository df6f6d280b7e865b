/* An alert while its case goes on: more urgent, more texts, claimed, what waits or is at a link then; the list. */
#include "cm.h"

#include <string.h>

#include "core/alert/alert_inside.h"
#include "core/control/control.h"
#include "core/control/control_list.h"
#include "core/counters.h"
#include "core/turn.h"
#include "store/alert.h"
#include "store/store.h"
#include "unit/core/alert/alert_scene.h"
#include "unit/core/outbound/outbound_world.h"
#include "wire/conn.h"

#define YEAR_MS INT64_C(31536000000)

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
	return outbox_count(world->core.outbox, LANE_ALERT, state);
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

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, alert_setup, alert_teardown)
	const struct CMUnitTest tests[] = {
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
		T(test_list),
		T(test_a_long_list_comes_in_pieces),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
