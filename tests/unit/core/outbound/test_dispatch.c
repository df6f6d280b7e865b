/* Which text goes next, by which link, and how often: lanes, reserved modems, credit; failures; links that come and go. */
#include "cm.h"

#include <stdio.h>
#include <string.h>

#include "core/config/config.h"
#include "core/service/balance.h"
#include "core/service/service.h"
#include "core/turn.h"
#include "store/balance.h"
#include "store/store.h"
#include "unit/core/outbound/dispatch_scene.h"

/* ---- order ----------------------------------------------------------------------------------------------------------------- */

static void test_lanes_go_in_order_and_first_come_first(void **state)
{
	char text[16];

	(void)state;
	world_add(LANE_CAMPAIGN, OUTBOX_TEST, DISPATCH_TEXTER, "campaign", "");
	for (int i = 0; i < 40; i++) {
		snprintf(text, sizeof(text), "receipt %d", i);
		dispatch_receipt(text);
	}
	dispatch_alert("alert");
	world_turn();
	world_link_add("m1", false);
	world_talk();
	assert_int_equal(world->air_count, 42);
	assert_string_equal(world->air[0].text, "alert");
	for (int i = 0; i < 40; i++) {
		snprintf(text, sizeof(text), "receipt %d", i);
		assert_string_equal(world->air[i + 1].text, text);
	}
	assert_string_equal(world->air[41].text, "campaign");
}

static void test_an_alert_passes_a_long_queue(void **state)
{
	struct world_link *l;

	(void)state;
	for (int i = 0; i < 10; i++)
		dispatch_receipt("receipt");
	l = world_link_add("m1", false);
	assert_int_equal(l->held_count, WIRE_LINK_WINDOW);
	dispatch_alert("alert");
	world_talk();
	for (size_t i = 0; i < WIRE_LINK_WINDOW + 1; i++)
		if (strcmp(world->air[i].text, "alert") == 0)
			return;
	fail_msg("the alert waited for more than the window");
}

static void test_reserved_modem(void **state)
{
	struct world_link *l;

	(void)state;
	l = world_link_add("m1", true);
	world_add(LANE_CAMPAIGN, OUTBOX_TEST, DISPATCH_TEXTER, "campaign", "");
	world_talk();
	assert_int_equal(world->air_count, 0);
	dispatch_alert("alert");
	dispatch_receipt("receipt");
	world_talk();
	assert_int_equal(world->air_count, 2);
	assert_int_equal(l->held_count, 0);
}

static void test_dialogue_waits_a_little_for_its_modem(void **state)
{
	struct world_link *busy, *idle;
	int64_t id;

	(void)state;
	busy = world_link_add("m1", false);
	busy->air = AIR_HANGS;
	idle = world_link_add("m2", false);
	world_add(LANE_DIALOGUE, OUTBOX_RECEIPT, DISPATCH_TEXTER, "one", "m1");
	world_add(LANE_DIALOGUE, OUTBOX_RECEIPT, DISPATCH_TEXTER, "two", "m1");
	id = world_add(LANE_DIALOGUE, OUTBOX_RECEIPT, DISPATCH_TEXTER, "three", "m1");
	world_talk();
	assert_int_equal(busy->held_count, WIRE_LINK_WINDOW);
	assert_int_equal(world_state(id), OUTBOX_QUEUED);
	world_add(LANE_DIALOGUE, OUTBOX_RECEIPT, DISPATCH_TEXTER, "behind", "");
	world_talk(); /* it blocks nobody */
	assert_int_equal(world_heard(DISPATCH_TEXTER, "behind"), 1);
	world_pass_s(6);
	assert_int_equal(world_state(id), OUTBOX_SENT);
	assert_string_equal(world->air[1].link, idle->name);
}

static void test_dialogue_that_waits_hides_nothing(void **state)
{
	struct world_link *busy;

	(void)state;
	busy = world_link_add("m1", false);
	busy->air = AIR_HANGS;
	world_link_add("m2", false);
	for (int i = 0; i < 200; i++)
		world_add(LANE_DIALOGUE, OUTBOX_RECEIPT, DISPATCH_TEXTER, "waits", "m1");
	world_add(LANE_DIALOGUE, OUTBOX_RECEIPT, DISPATCH_TEXTER, "behind", "");
	world_talk();
	assert_int_equal(busy->held_count, WIRE_LINK_WINDOW);
	assert_int_equal(world->air_count, 1);
	assert_int_equal(world_heard(DISPATCH_TEXTER, "behind"), 1);
	world_pass_s(6);
	assert_int_equal(world->air_count, 201 - WIRE_LINK_WINDOW);
}

/* ---- credit ---------------------------------------------------------------------------------------------------------------- */

static void set_credit(struct world_link *l, int64_t amount)
{
	const struct balance_row row = { amount, hl_wall_ms(world->core.clock), true };

	service_free(world->core.service);
	world->core.service = NULL;
	turn_begin(world->core.turn);
	store_balance_put(world->core.store, l->modem.imsi, &row);
	assert_int_equal(world_turn(), 0);
	service_new(&world->core);
	balance_link_told(&world->core, l->name);
}

static void test_the_floor_keeps_credit_for_alerts_and_answers(void **state)
{
	struct config_operator *o = &world->config->operators[world->config->operator_count++];
	struct world_link *l = world_link_add("m1", false);
	int64_t campaign;

	(void)state;
	*o = (struct config_operator){ .name = "A", .networks = "42899", .balance_code = "*100#", .balance_pattern = "([0-9]+)",
		.balance_low = 1000, .balance_floor = 500, .balance_every_s = 86400 };
	strcpy(l->modem.imsi, "428990000000001");
	set_credit(l, 499);
	campaign = world_add(LANE_CAMPAIGN, OUTBOX_TEST, DISPATCH_TEXTER, "campaign", "");
	dispatch_receipt("receipt");
	dispatch_alert("alert");
	world_talk();
	assert_int_equal(world->air_count, 2);
	assert_int_equal(world_state(campaign), OUTBOX_QUEUED);
	set_credit(l, 500);
	world_talk();
	assert_int_equal(world->air_count, 3);
	assert_int_equal(world_state(campaign), OUTBOX_SENT);
	service_free(world->core.service);
	world->core.service = NULL;
}

/* ---- failures -------------------------------------------------------------------------------------------------------------- */

static void test_one_bad_recipient_blocks_nobody(void **state)
{
	int64_t bad = dispatch_receipt("bad"), good;
	struct world_link *l;
	struct outbox_row row;

	(void)state;
	l = world_link_add("m1", false);
	l->air = AIR_FAILS;
	world_talk();
	row = world_row(bad);
	assert_int_equal(row.state, OUTBOX_QUEUED);
	assert_int_equal(row.attempts, 1);
	assert_int_equal(row.code, 41);
	assert_in_range(row.not_before_boot_ms, world->boot_ms + 7500, world->boot_ms + 10000);
	l->air = AIR_SENDS;
	good = dispatch_receipt("good");
	world_talk();
	assert_int_equal(world_state(good), OUTBOX_SENT);
	assert_int_equal(world_state(bad), OUTBOX_QUEUED);
	world_pass_s(10);
	assert_int_equal(world_state(bad), OUTBOX_SENT);
}

static void test_final_failure_and_too_many_failures_end_it(void **state)
{
	int64_t once = dispatch_receipt("once"), often;
	struct world_link *l;

	(void)state;
	l = world_link_add("m1", false);
	l->air = AIR_FAILS_FINALLY;
	world_talk();
	assert_int_equal(world_state(once), OUTBOX_FAILED);
	assert_false(world_row(once).has_body);
	l->air = AIR_FAILS;
	often = dispatch_receipt("often");
	for (int i = 0; i < OUTBOX_ATTEMPTS_MAX; i++) {
		world_talk();
		assert_int_equal(world_row(often).attempts, i + 1);
		world->boot_ms += 600000;
	}
	assert_int_equal(world_state(often), OUTBOX_FAILED);
	l->air = AIR_SENDS;
	world_talk();
	assert_int_equal(world->air_count, 0);
}

static void test_a_lost_reply_repeats_an_alert_and_nothing_else(void **state)
{
	int64_t receipt = dispatch_receipt("receipt"), alert = dispatch_alert("alert");
	struct world_link *l;

	(void)state;
	l = world_link_add("m1", false);
	l->air = AIR_LOSES_REPLY;
	for (int i = 0; i < 5 && world_heard(DISPATCH_OFFICER, "alert") < 3; i++)
		world_pass_s(20);
	l->air = AIR_SENDS;
	world_pass_s(600);
	assert_int_equal(world_state(receipt), OUTBOX_UNKNOWN);
	assert_false(world_row(receipt).has_body);
	assert_int_equal(world_heard(DISPATCH_TEXTER, "receipt"), 1);
	assert_int_equal(world_state(alert), OUTBOX_SENT);
	assert_true(world_heard(DISPATCH_OFFICER, "alert") >= 3);
	for (size_t i = 0; i < world->air_count; i++)
		if (strcmp(world->air[i].to, DISPATCH_OFFICER) == 0)
			assert_int_equal(world->air[i].id, alert); /* the same id each time */
}

static void test_what_was_given_back_waits_half_a_second(void **state)
{
	int64_t id = dispatch_receipt("receipt");
	struct world_link *l = world_link_add("m1", false);

	(void)state;
	turn_begin(world->core.turn);
	l->held_count = 0;
	dispatch_released(&world->core, "m1", id);
	world_turn();
	assert_int_equal(world_state(id), OUTBOX_QUEUED);
	assert_int_equal(world_row(id).attempts, 0);
	world_pass_s(1);
	assert_int_equal(world_state(id), OUTBOX_SENT);
}

/* The second text of a modem that hangs goes by the other one, although its texter's is the first; and the first gets no more
 * until it is done. */
static void test_a_link_that_gives_back_is_spared(void **state)
{
	int64_t stuck = world_add(LANE_DIALOGUE, OUTBOX_RECEIPT, DISPATCH_TEXTER, "stuck", "m1"), behind, later;
	struct world_link *l = dispatch_begin(stuck);

	(void)state;
	l->air = AIR_HANGS;
	behind = world_add(LANE_DIALOGUE, OUTBOX_RECEIPT, DISPATCH_TEXTER, "behind", "m1");
	world_turn();
	assert_int_equal(world_state(behind), OUTBOX_LEASED);
	world_link_add("m2", false);
	turn_begin(world->core.turn);
	l->held_count = 1;
	dispatch_released(&world->core, "m1", behind);
	world_turn();
	world_pass_s(1);
	assert_int_equal(world_state(behind), OUTBOX_SENT);
	assert_int_equal(world_heard(DISPATCH_TEXTER, "behind"), 1);
	assert_string_equal(world->air[0].link, "m2");
	assert_int_equal(world_state(stuck), OUTBOX_SUBMITTING);
	l->air = AIR_SENDS;
	world_talk();
	assert_int_equal(world_state(stuck), OUTBOX_SENT);
	later = world_add(LANE_DIALOGUE, OUTBOX_RECEIPT, DISPATCH_TEXTER, "later", "m1");
	world_talk();
	assert_int_equal(world_state(later), OUTBOX_SENT);
	assert_string_equal(world->air[world->air_count - 1].link, "m1");
}

static void test_words_of_a_link_that_does_not_have_it_change_nothing(void **state)
{
	int64_t id = dispatch_receipt("receipt");
	struct core *core = &world->core;
	struct world_link *l;

	(void)state;
	l = dispatch_begin(id);
	turn_begin(core->turn);
	dispatch_sent(core, "m9", &(struct wire_sent){ .id = id });
	dispatch_failed(core, "m9", &(struct wire_failed){ .id = id, .final = true });
	dispatch_released(core, "m9", id);
	dispatch_submitting(core, "m9", id);
	dispatch_sent(core, "m1", &(struct wire_sent){ .id = 4711 });
	world_turn();
	assert_int_equal(world_state(id), OUTBOX_SUBMITTING);
	assert_int_equal(l->held_count, 1);
}

/* ---- links come and go ----------------------------------------------------------------------------------------------------- */

static void test_leased_goes_to_another_link(void **state)
{
	int64_t id = dispatch_receipt("receipt");
	struct world_link *l = world_link_add("m1", false);

	(void)state;
	assert_int_equal(world_state(id), OUTBOX_LEASED);
	world_link_break(l);
	world_turn();
	assert_int_equal(world_state(id), OUTBOX_QUEUED);
	world_link_add("m2", false);
	world_talk();
	assert_int_equal(world_state(id), OUTBOX_SENT);
	assert_int_equal(world->air_count, 1);
}

static void test_a_link_that_comes_back_may_finish(void **state)
{
	int64_t id = dispatch_receipt("receipt");
	struct world_link *l = dispatch_begin(id);

	(void)state;
	l->air = AIR_HANGS;
	world_link_break(l);
	world_turn();
	world_pass_s(100);
	assert_int_equal(world_state(id), OUTBOX_SUBMITTING);
	l->air = AIR_SENDS;
	world_link_connect(l);
	world_talk();
	assert_int_equal(world_state(id), OUTBOX_SENT);
	assert_int_equal(world->air_count, 1);
}

static void test_a_worker_that_crashed_knows_nothing(void **state)
{
	int64_t receipt = dispatch_receipt("receipt"), alert;
	struct world_link *l = dispatch_begin(receipt);

	(void)state;
	alert = dispatch_alert("alert");
	world_turn();
	world_submit(l);
	assert_int_equal(world_state(alert), OUTBOX_SUBMITTING);
	world_link_crash(l);
	world_link_connect(l);
	assert_int_equal(world_state(receipt), OUTBOX_UNKNOWN);
	world_talk();
	assert_int_equal(world_state(alert), OUTBOX_SENT); /* at once, not after the wait for the link */
	assert_int_equal(world_heard(DISPATCH_TEXTER, "receipt"), 0);
}

static void test_a_link_that_never_comes_back(void **state)
{
	int64_t receipt = dispatch_receipt("receipt"), alert;
	struct world_link *l = dispatch_begin(receipt);

	(void)state;
	alert = dispatch_alert("alert");
	world_turn();
	world_submit(l);
	world_link_break(l);
	world_turn();
	world_pass_s(149);
	assert_int_equal(world_state(receipt), OUTBOX_SUBMITTING);
	assert_int_equal(world_state(alert), OUTBOX_SUBMITTING);
	world_pass_s(2);
	assert_int_equal(world_state(receipt), OUTBOX_UNKNOWN);
	assert_int_equal(world_state(alert), OUTBOX_QUEUED);
	world_link_add("m2", false);
	world_talk();
	assert_int_equal(world_state(alert), OUTBOX_SENT);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, dispatch_setup, dispatch_teardown)
	const struct CMUnitTest tests[] = {
		T(test_lanes_go_in_order_and_first_come_first),
		T(test_an_alert_passes_a_long_queue),
		T(test_reserved_modem),
		T(test_dialogue_waits_a_little_for_its_modem),
		T(test_dialogue_that_waits_hides_nothing),
		T(test_one_bad_recipient_blocks_nobody),
		T(test_final_failure_and_too_many_failures_end_it),
		T(test_a_lost_reply_repeats_an_alert_and_nothing_else),
		T(test_what_was_given_back_waits_half_a_second),
		T(test_a_link_that_gives_back_is_spared),
		T(test_words_of_a_link_that_does_not_have_it_change_nothing),
		T(test_leased_goes_to_another_link),
		T(test_a_link_that_comes_back_may_finish),
		T(test_a_worker_that_crashed_knows_nothing),
		T(test_a_link_that_never_comes_back),
		T(test_the_floor_keeps_credit_for_alerts_and_answers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
