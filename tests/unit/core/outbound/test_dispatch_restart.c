/* What a crash at any point, another boot and a full disk leave of texts that were on their way. */
#include "cm.h"

#include "core/turn.h"
#include "store/store.h"
#include "unit/core/outbound/dispatch_scene.h"

/* ---- the core comes and goes ----------------------------------------------------------------------------------------------- */

static void test_restart_takes_leases_back(void **state)
{
	int64_t id = dispatch_receipt("receipt");

	(void)state;
	world_link_add("m1", false);
	assert_int_equal(world_state(id), OUTBOX_LEASED);
	world_restart(true);
	world_talk();
	assert_int_equal(world_state(id), OUTBOX_SENT);
	assert_int_equal(world->air_count, 1);
}

static void test_restart_while_a_live_worker_submits(void **state)
{
	int64_t receipt = dispatch_receipt("receipt"), alert;
	struct world_link *l = dispatch_begin(receipt);

	(void)state;
	alert = dispatch_alert("alert");
	world_turn();
	world_submit(l);
	l->air = AIR_HANGS;
	world_restart(true);
	assert_int_equal(world_state(receipt), OUTBOX_SUBMITTING); /* the link says that it is at it */
	assert_int_equal(world_state(alert), OUTBOX_SUBMITTING);
	l->air = AIR_SENDS;
	world_talk();
	assert_int_equal(world_state(receipt), OUTBOX_SENT);
	assert_int_equal(world_state(alert), OUTBOX_SENT);
	assert_int_equal(world->air_count, 2); /* not even the alert twice */
}

static void test_restart_of_everything_while_submitting(void **state)
{
	int64_t receipt = dispatch_receipt("receipt"), alert;
	struct world_link *l = dispatch_begin(receipt);

	(void)state;
	alert = dispatch_alert("alert");
	world_turn();
	world_submit(l);
	world_link_crash(l);
	world_restart(true);
	assert_int_equal(world_state(receipt), OUTBOX_UNKNOWN);
	assert_int_equal(world_state(alert), OUTBOX_QUEUED);
	world_link_connect(l);
	world_talk();
	assert_int_equal(world_state(alert), OUTBOX_SENT);
	assert_int_equal(world_heard(DISPATCH_TEXTER, "receipt"), 0);
	assert_int_equal(world_heard(DISPATCH_OFFICER, "alert"), 1);
}

/* The core ended between the link's `sent` and its commit; the link tells it again after its hello. */
static void test_a_late_sent_is_the_truth(void **state)
{
	int64_t receipt = dispatch_receipt("receipt"), alert;
	struct world_link *l = dispatch_begin(receipt);
	struct core *core = &world->core;

	(void)state;
	alert = dispatch_alert("alert");
	world_turn();
	world_submit(l);
	l->held_count = 0; /* both are out, and told to a core that was not there any more */
	l->connected = l->ready = false;
	world_restart(true);
	assert_int_equal(world_state(receipt), OUTBOX_UNKNOWN);
	assert_int_equal(world_state(alert), OUTBOX_QUEUED);
	l->connected = true;
	turn_begin(core->turn);
	dispatch_link_hello(core, "m1", &(struct wire_hello){ .version = 1, .name = "m1" });
	dispatch_sent(core, "m1", &(struct wire_sent){ .id = receipt, .mrs = { 1 }, .mrs_count = 1 });
	dispatch_sent(core, "m1", &(struct wire_sent){ .id = alert, .mrs = { 2 }, .mrs_count = 1 });
	l->ready = true;
	dispatch_link_up(core, "m1");
	world_turn();
	assert_int_equal(world_state(receipt), OUTBOX_SENT);
	assert_int_equal(world_state(alert), OUTBOX_SENT);
	world_talk();
	assert_int_equal(world->air_count, 0); /* the repeat was not needed */
	/* And once more, which is harmless. */
	turn_begin(core->turn);
	dispatch_sent(core, "m1", &(struct wire_sent){ .id = alert, .mrs = { 2 }, .mrs_count = 1 });
	world_turn();
	assert_int_equal(world_state(alert), OUTBOX_SENT);
}

static void test_another_boot_makes_everything_due(void **state)
{
	int64_t id = dispatch_receipt("receipt");
	struct world_link *l;

	(void)state;
	l = world_link_add("m1", false);
	l->air = AIR_FAILS;
	world_talk();
	assert_true(world_row(id).not_before_boot_ms > world->boot_ms);
	l->air = AIR_SENDS;
	world_restart(false);
	world_talk();
	assert_int_equal(world_state(id), OUTBOX_SENT);
}

static void test_a_wait_no_configuration_allows_is_shortened(void **state)
{
	int64_t id = dispatch_receipt("receipt");
	struct outbox_row row;

	(void)state;
	row = world_row(id);
	row.not_before_boot_ms = INT64_C(900000000000);
	store_outbox_update(world->core.store, &row, false);
	world_turn();
	world_restart(true);
	world_link_add("m1", false);
	world_pass_s(601);
	assert_int_equal(world_state(id), OUTBOX_SENT);
}

/* ---- a disk that is full --------------------------------------------------------------------------------------------------- */

static void test_a_full_disk_gives_no_go_and_forgets_nothing(void **state)
{
	int64_t id = dispatch_receipt("receipt");
	struct world_link *l = world_link_add("m1", false);

	(void)state;
	world->full = true;
	world_submit(l);
	assert_false(l->go[0]); /* not on disk: not on the air */
	assert_int_equal(world_state(id), OUTBOX_LEASED);
	world->full = false;
	world_pass_s(1);
	assert_int_equal(world_state(id), OUTBOX_SENT);
	assert_int_equal(world->air_count, 1);
}

static void test_an_outcome_told_while_the_disk_is_full_is_kept(void **state)
{
	int64_t id = dispatch_receipt("receipt");
	struct world_link *l = dispatch_begin(id);

	(void)state;
	world->full = true;
	world_talk(); /* sends it and tells so */
	assert_int_equal(world->air_count, 1);
	assert_int_equal(l->held_count, 0);
	assert_int_equal(world_state(id), OUTBOX_SUBMITTING);
	world_talk();
	world->full = false;
	world_pass_s(1);
	assert_int_equal(world_state(id), OUTBOX_SENT);
	assert_int_equal(world->air_count, 1);
}

static void test_a_link_that_tells_without_end_makes_no_other_forgotten(void **state)
{
	int64_t id = dispatch_receipt("receipt");
	struct world_link *l = dispatch_begin(id);

	(void)state;
	world_link_add("m2", false);
	world->full = true;
	for (int64_t i = 0; i < 10000; i++) {
		turn_begin(world->core.turn);
		dispatch_submitting(&world->core, "m2", i + 100);
		if (i % 1000 == 0)
			world_turn();
	}
	world_talk(); /* m1 sends it and tells so */
	assert_int_equal(world->air_count, 1);
	assert_int_equal(l->held_count, 0);
	world->full = false;
	world_pass_s(1);
	assert_int_equal(world_state(id), OUTBOX_SENT);
}

static void test_a_full_disk_leases_nothing(void **state)
{
	int64_t id;
	struct world_link *l;

	(void)state;
	l = world_link_add("m1", false);
	world->full = true;
	dispatch_receipt("lost with its turn");
	assert_true(world_turn() < 0);
	assert_int_equal(l->held_count, 0);
	world->full = false;
	id = dispatch_receipt("receipt"); /* takes the same id */
	world_talk();
	assert_int_equal(world_state(id), OUTBOX_SENT);
	assert_int_equal(world_heard(DISPATCH_TEXTER, "lost"), 0);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, dispatch_setup, dispatch_teardown)
	const struct CMUnitTest tests[] = {
		T(test_restart_takes_leases_back),
		T(test_restart_while_a_live_worker_submits),
		T(test_restart_of_everything_while_submitting),
		T(test_a_late_sent_is_the_truth),
		T(test_another_boot_makes_everything_due),
		T(test_a_wait_no_configuration_allows_is_shortened),
		T(test_a_full_disk_gives_no_go_and_forgets_nothing),
		T(test_an_outcome_told_while_the_disk_is_full_is_kept),
		T(test_a_link_that_tells_without_end_makes_no_other_forgotten),
		T(test_a_full_disk_leases_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
