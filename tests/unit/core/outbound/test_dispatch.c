/* The outbox and its dispatcher: what goes out, by which link, how often, and what a crash at any point leaves of
 * it. */
#include "cm.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "core/config/config.h"
#include "core/control/control.h"
#include "core/service/balance.h"
#include "core/service/service.h"
#include "core/turn.h"
#include "store/audit.h"
#include "store/balance.h"
#include "store/store.h"
#include "unit/core/outbound/outbound_world.h"
#include "vault/vault.h"

#define TEXTER "+97600009001"
#define OFFICER "+97600001001"

static int setup(void **state)
{
	(void)state;
	world_setup("people = ( { name = \"Duty 1\"; role = \"officer\"; number = \"" OFFICER "\"; language = \"en\"; } );");
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	world_end();
	return 0;
}

static int64_t add_receipt(const char *text)
{
	return world_add(LANE_DIALOGUE, OUTBOX_RECEIPT, TEXTER, text, "");
}

static int64_t add_alert(const char *text)
{
	return world_add(LANE_ALERT, OUTBOX_ALERT, OFFICER, text, "");
}

/* One text is leased and submitting at the only link, which has go for it. */
static struct world_link *begin_submitting(int64_t id)
{
	struct world_link *l = world_link_add("m1", false);

	world_turn();
	assert_int_equal(world_state(id), OUTBOX_LEASED);
	world_submit(l);
	assert_int_equal(world_state(id), OUTBOX_SUBMITTING);
	assert_true(l->go[0]);
	return l;
}

/* ---- order -------------------------------------------------------------------------------------------------------------------- */

static void test_lanes_go_in_order_and_first_come_first(void **state)
{
	char text[16];

	(void)state;
	world_add(LANE_CAMPAIGN, OUTBOX_TEST, TEXTER, "campaign", "");
	for (int i = 0; i < 40; i++) {
		snprintf(text, sizeof(text), "receipt %d", i);
		add_receipt(text);
	}
	add_alert("alert");
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
		add_receipt("receipt");
	l = world_link_add("m1", false);
	assert_int_equal(l->held_count, WIRE_LINK_WINDOW);
	add_alert("alert");
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
	world_add(LANE_CAMPAIGN, OUTBOX_TEST, TEXTER, "campaign", "");
	world_talk();
	assert_int_equal(world->air_count, 0);
	add_alert("alert");
	add_receipt("receipt");
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
	world_add(LANE_DIALOGUE, OUTBOX_RECEIPT, TEXTER, "one", "m1");
	world_add(LANE_DIALOGUE, OUTBOX_RECEIPT, TEXTER, "two", "m1");
	id = world_add(LANE_DIALOGUE, OUTBOX_RECEIPT, TEXTER, "three", "m1");
	world_talk();
	assert_int_equal(busy->held_count, WIRE_LINK_WINDOW);
	assert_int_equal(world_state(id), OUTBOX_QUEUED);
	world_add(LANE_DIALOGUE, OUTBOX_RECEIPT, TEXTER, "behind", "");
	world_talk(); /* it blocks nobody */
	assert_int_equal(world_heard(TEXTER, "behind"), 1);
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
		world_add(LANE_DIALOGUE, OUTBOX_RECEIPT, TEXTER, "waits", "m1");
	world_add(LANE_DIALOGUE, OUTBOX_RECEIPT, TEXTER, "behind", "");
	world_talk();
	assert_int_equal(busy->held_count, WIRE_LINK_WINDOW);
	assert_int_equal(world->air_count, 1);
	assert_int_equal(world_heard(TEXTER, "behind"), 1);
	world_pass_s(6);
	assert_int_equal(world->air_count, 201 - WIRE_LINK_WINDOW);
}

/* ---- failures ------------------------------------------------------------------------------------------------------------------ */

static void test_one_bad_recipient_blocks_nobody(void **state)
{
	int64_t bad = add_receipt("bad"), good;
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
	good = add_receipt("good");
	world_talk();
	assert_int_equal(world_state(good), OUTBOX_SENT);
	assert_int_equal(world_state(bad), OUTBOX_QUEUED);
	world_pass_s(10);
	assert_int_equal(world_state(bad), OUTBOX_SENT);
}

static void test_final_failure_and_too_many_failures_end_it(void **state)
{
	int64_t once = add_receipt("once"), often;
	struct world_link *l;

	(void)state;
	l = world_link_add("m1", false);
	l->air = AIR_FAILS_FINALLY;
	world_talk();
	assert_int_equal(world_state(once), OUTBOX_FAILED);
	assert_false(world_row(once).has_body);
	l->air = AIR_FAILS;
	often = add_receipt("often");
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
	int64_t receipt = add_receipt("receipt"), alert = add_alert("alert");
	struct world_link *l;

	(void)state;
	l = world_link_add("m1", false);
	l->air = AIR_LOSES_REPLY;
	for (int i = 0; i < 5 && world_heard(OFFICER, "alert") < 3; i++)
		world_pass_s(20);
	l->air = AIR_SENDS;
	world_pass_s(600);
	assert_int_equal(world_state(receipt), OUTBOX_UNKNOWN);
	assert_false(world_row(receipt).has_body);
	assert_int_equal(world_heard(TEXTER, "receipt"), 1);
	assert_int_equal(world_state(alert), OUTBOX_SENT);
	assert_true(world_heard(OFFICER, "alert") >= 3);
	for (size_t i = 0; i < world->air_count; i++)
		if (strcmp(world->air[i].to, OFFICER) == 0)
			assert_int_equal(world->air[i].id, alert); /* the same id each time */
}

static void test_what_was_given_back_waits_half_a_second(void **state)
{
	int64_t id = add_receipt("receipt");
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
	int64_t stuck = world_add(LANE_DIALOGUE, OUTBOX_RECEIPT, TEXTER, "stuck", "m1"), behind, later;
	struct world_link *l = begin_submitting(stuck);

	(void)state;
	l->air = AIR_HANGS;
	behind = world_add(LANE_DIALOGUE, OUTBOX_RECEIPT, TEXTER, "behind", "m1");
	world_turn();
	assert_int_equal(world_state(behind), OUTBOX_LEASED);
	world_link_add("m2", false);
	turn_begin(world->core.turn);
	l->held_count = 1;
	dispatch_released(&world->core, "m1", behind);
	world_turn();
	world_pass_s(1);
	assert_int_equal(world_state(behind), OUTBOX_SENT);
	assert_int_equal(world_heard(TEXTER, "behind"), 1);
	assert_string_equal(world->air[0].link, "m2");
	assert_int_equal(world_state(stuck), OUTBOX_SUBMITTING);
	l->air = AIR_SENDS;
	world_talk();
	assert_int_equal(world_state(stuck), OUTBOX_SENT);
	later = world_add(LANE_DIALOGUE, OUTBOX_RECEIPT, TEXTER, "later", "m1");
	world_talk();
	assert_int_equal(world_state(later), OUTBOX_SENT);
	assert_string_equal(world->air[world->air_count - 1].link, "m1");
}

static void test_words_of_a_link_that_does_not_have_it_change_nothing(void **state)
{
	int64_t id = add_receipt("receipt");
	struct core *core = &world->core;
	struct world_link *l;

	(void)state;
	l = begin_submitting(id);
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

/* ---- links come and go ---------------------------------------------------------------------------------------------------- */

static void test_leased_goes_to_another_link(void **state)
{
	int64_t id = add_receipt("receipt");
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
	int64_t id = add_receipt("receipt");
	struct world_link *l = begin_submitting(id);

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
	int64_t receipt = add_receipt("receipt"), alert;
	struct world_link *l = begin_submitting(receipt);

	(void)state;
	alert = add_alert("alert");
	world_turn();
	world_submit(l);
	assert_int_equal(world_state(alert), OUTBOX_SUBMITTING);
	world_link_crash(l);
	world_link_connect(l);
	assert_int_equal(world_state(receipt), OUTBOX_UNKNOWN);
	world_talk();
	assert_int_equal(world_state(alert), OUTBOX_SENT); /* at once, not after the wait for the link */
	assert_int_equal(world_heard(TEXTER, "receipt"), 0);
}

static void test_a_link_that_never_comes_back(void **state)
{
	int64_t receipt = add_receipt("receipt"), alert;
	struct world_link *l = begin_submitting(receipt);

	(void)state;
	alert = add_alert("alert");
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

/* ---- the core comes and goes -------------------------------------------------------------------------------------------------- */

static void test_restart_takes_leases_back(void **state)
{
	int64_t id = add_receipt("receipt");

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
	int64_t receipt = add_receipt("receipt"), alert;
	struct world_link *l = begin_submitting(receipt);

	(void)state;
	alert = add_alert("alert");
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
	int64_t receipt = add_receipt("receipt"), alert;
	struct world_link *l = begin_submitting(receipt);

	(void)state;
	alert = add_alert("alert");
	world_turn();
	world_submit(l);
	world_link_crash(l);
	world_restart(true);
	assert_int_equal(world_state(receipt), OUTBOX_UNKNOWN);
	assert_int_equal(world_state(alert), OUTBOX_QUEUED);
	world_link_connect(l);
	world_talk();
	assert_int_equal(world_state(alert), OUTBOX_SENT);
	assert_int_equal(world_heard(TEXTER, "receipt"), 0);
	assert_int_equal(world_heard(OFFICER, "alert"), 1);
}

/* The core ended between the link's `sent` and its commit; the link tells it again after its hello. */
static void test_a_late_sent_is_the_truth(void **state)
{
	int64_t receipt = add_receipt("receipt"), alert;
	struct world_link *l = begin_submitting(receipt);
	struct core *core = &world->core;

	(void)state;
	alert = add_alert("alert");
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
	int64_t id = add_receipt("receipt");
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
	int64_t id = add_receipt("receipt");
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

/* ---- a disk that is full ------------------------------------------------------------------------------------------------------- */

static void test_a_full_disk_gives_no_go_and_forgets_nothing(void **state)
{
	int64_t id = add_receipt("receipt");
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
	int64_t id = add_receipt("receipt");
	struct world_link *l = begin_submitting(id);

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
	int64_t id = add_receipt("receipt");
	struct world_link *l = begin_submitting(id);

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
	add_receipt("lost with its turn");
	assert_true(world_turn() < 0);
	assert_int_equal(l->held_count, 0);
	world->full = false;
	id = add_receipt("receipt"); /* takes the same id */
	world_talk();
	assert_int_equal(world_state(id), OUTBOX_SENT);
	assert_int_equal(world_heard(TEXTER, "lost"), 0);
}

/* ---- reports ---------------------------------------------------------------------------------------------------------------------- */

static int64_t add_reported(const char *to, size_t parts)
{
	struct core *core = &world->core;
	struct outbox_item item = { .lane = LANE_ALERT, .purpose = OUTBOX_TEST, .recipient = "Duty 1", .text = "t", .report = true,
		.modem = "" };
	struct wire_sent sent = { .mrs_count = parts };
	int64_t id;

	hl_strlcpy(item.to.e164, sizeof(item.to.e164), to);
	turn_begin(core->turn);
	id = outbox_add(core, &item);
	world_turn();
	world_submit(&world->links[0]);
	world->links[0].held_count = 0;
	sent.id = id;
	for (size_t i = 0; i < parts; i++)
		sent.mrs[i] = (int64_t)(254 + i) % 256;
	turn_begin(core->turn);
	dispatch_sent(core, "m1", &sent);
	world_turn();
	assert_int_equal(world_state(id), OUTBOX_SENT);
	return id;
}

static void report_of(const char *to, int64_t mr, int64_t status, const char *sent_at)
{
	struct world_text t = { .link = "m1", .mr = mr };

	hl_strlcpy(t.to, sizeof(t.to), to);
	world_report(&t, status, sent_at);
}

static void report(const char *to, int64_t mr, int64_t status)
{
	report_of(to, mr, status, "");
}

static void test_reports(void **state)
{
	int64_t id, other, newer;

	(void)state;
	world_link_add("m1", false);
	id = add_reported(OFFICER, 3);
	report(OFFICER, 254, 0);
	report(OFFICER, 255, 48);           /* still trying */
	report(TEXTER, 0, 0);               /* somebody else's */
	report(OFFICER, 77, 0);             /* nobody's */
	assert_int_equal(world_state(id), OUTBOX_SENT);
	report(OFFICER, 0, 1);
	assert_int_equal(world_state(id), OUTBOX_SENT);
	report(OFFICER, 255, 0);
	assert_int_equal(world_state(id), OUTBOX_DELIVERED);
	report(OFFICER, 255, 0);            /* twice */
	report(OFFICER, 255, 70);           /* and against itself */
	assert_int_equal(world_state(id), OUTBOX_DELIVERED);

	other = add_reported(TEXTER, 1);
	newer = add_reported(OFFICER, 1);   /* the same reference again: references go round at 256 */
	report(OFFICER, 254, 70);
	assert_int_equal(world_state(newer), OUTBOX_UNDELIVERED);
	assert_int_equal(world_row(newer).code, 70);
	assert_int_equal(world_state(id), OUTBOX_DELIVERED);
	assert_int_equal(world_state(other), OUTBOX_SENT);
	report(OFFICER, 254, 0);            /* it came after all */
	assert_int_equal(world_state(newer), OUTBOX_DELIVERED);
	world_restart(true);
	report(TEXTER, 254, 0);
	assert_int_equal(world_state(other), OUTBOX_DELIVERED);
}

/* 2026-11-22 16:30:05 in Ulaanbaatar is when this world begins; the reference of the first text comes back two days later. */
static void test_a_late_report_is_of_its_own_text(void **state)
{
	int64_t first, second;

	(void)state;
	world_link_add("m1", false);
	first = add_reported(OFFICER, 1);
	world_pass_s(2 * 86400);
	second = add_reported(OFFICER, 1);
	report_of(OFFICER, 254, 0, "2026-11-22T16:30:09+08:00");
	assert_int_equal(world_state(first), OUTBOX_DELIVERED);
	assert_int_equal(world_state(second), OUTBOX_SENT);
	report_of(OFFICER, 254, 0, "2026-11-22T16:30:09+08:00"); /* twice */
	assert_int_equal(world_state(second), OUTBOX_SENT);
	report_of(OFFICER, 254, 70, "2026-11-24T08:30:09+00:00"); /* a centre of another zone */
	assert_int_equal(world_state(first), OUTBOX_DELIVERED);
	assert_int_equal(world_state(second), OUTBOX_UNDELIVERED);
}

static void test_a_report_of_a_text_long_ago_is_nobodys(void **state)
{
	int64_t id;

	(void)state;
	world_link_add("m1", false);
	id = add_reported(OFFICER, 1);
	world_pass_s(8 * 86400);
	report(OFFICER, 254, 0);
	assert_int_equal(world_state(id), OUTBOX_SENT);
}

/* ---- what is on disk, and counts ------------------------------------------------------------------------------------------ */

static void assert_not_on_disk(const char *what)
{
	static const char *const files[] = { "db", "db-wal" };
	char path[256];

	for (size_t i = 0; i < 2; i++)
		assert_false(scratch_holds(scratch_path(&world->scratch, files[i], path), what, strlen(what)));
}

static void test_numbers_and_texts_are_sealed_and_bodies_go(void **state)
{
	int64_t id = add_receipt("plain words of a receipt");

	(void)state;
	world_turn();
	assert_not_on_disk("plain words of a receipt");
	assert_not_on_disk(TEXTER);
	assert_not_on_disk(&TEXTER[4]);
	assert_true(world_row(id).has_body);
	world_link_add("m1", false);
	world_talk();
	assert_int_equal(world_heard(TEXTER, "plain words of a receipt"), 1);
	assert_false(world_row(id).has_body);
	assert_not_on_disk("plain words of a receipt");
}

/* A row whose seal was broken, or moved from another row, ends without a word on the air. */
static void test_a_swapped_body_is_not_sent(void **state)
{
	static struct store_sql swap = { .sql = "UPDATE outbox SET body = (SELECT body FROM outbox WHERE id = ?1) WHERE id = ?2" };
	int64_t a = add_receipt("for one"), b = world_add(LANE_DIALOGUE, OUTBOX_RECEIPT, "+97600009002", "for another", "");
	sqlite3_stmt *st = store_stmt(world->core.store, &swap);

	(void)state;
	store_bind(world->core.store, st, "ii", a, b);
	assert_int_equal(store_run(world->core.store, st), 1);
	world_turn();
	world_link_add("m1", false);
	world_talk();
	assert_int_equal(world_state(a), OUTBOX_SENT);
	assert_int_equal(world_state(b), OUTBOX_FAILED);
	assert_int_equal(world->air_count, 1);
}

struct tally { int64_t counts[LANE_COUNT][OUTBOX_STATES]; };

static void tally_row(void *arg, int lane, int state, int64_t count)
{
	((struct tally *)arg)->counts[lane][state] = count;
}

static void assert_counts_agree(void)
{
	struct tally t = { { { 0 } } };

	store_outbox_count(world->core.store, tally_row, &t);
	for (int lane = 0; lane < LANE_COUNT; lane++)
		for (int s = 0; s < OUTBOX_STATES; s++)
			assert_int_equal(outbox_count(dispatch_outbox(world->core.dispatch), (enum outbox_lane)lane, (enum outbox_state)s),
				t.counts[lane][s]);
}

static void test_counts_agree_with_the_rows(void **state)
{
	struct world_link *l;
	json_t *status = json_object(), *lanes;

	(void)state;
	for (int i = 0; i < 5; i++)
		add_receipt("receipt");
	add_alert("alert");
	l = world_link_add("m1", false);
	assert_counts_agree();
	l->air = AIR_FAILS;
	world_talk();
	assert_counts_agree();
	world->full = true;
	add_receipt("aborted");
	world_turn();
	assert_counts_agree();
	world->full = false;
	l->air = AIR_SENDS;
	world_pass_s(20);
	assert_counts_agree();
	world_restart(true);
	assert_counts_agree();
	control_outbox_counts(&world->core, status);
	lanes = json_object_get(status, "outbox");
	assert_int_equal(json_integer_value(json_object_get(json_object_get(lanes, "dialogue"), "sent")), 5);
	assert_int_equal(json_integer_value(json_object_get(json_object_get(lanes, "alert"), "sent")), 1);
	json_decref(status);
}

static void test_list_shows_no_number_and_no_text(void **state)
{
	struct control_call call = { .core = &world->core };
	const json_t *row;
	char *text;

	(void)state;
	add_receipt("secret words");
	world_turn();
	call.request = json_object();
	control_outbox_list(&call);
	assert_int_equal(json_array_size(json_object_get(world->answer, "outbox")), 1);
	row = json_array_get(json_object_get(world->answer, "outbox"), 0);
	assert_string_equal(json_string_value(json_object_get(row, "recipient")), "texter");
	assert_string_equal(json_string_value(json_object_get(row, "state")), "queued");
	text = json_dumps(world->answer, 0);
	assert_null(strstr(text, "secret"));
	assert_null(strstr(text, "0000900"));
	free(text);
	world_link_add("m1", false);
	world_talk();
	control_outbox_list(&call);
	assert_int_equal(json_array_size(json_object_get(world->answer, "outbox")), 0); /* done */
	json_object_set_new((json_t *)call.request, "all", json_true());
	control_outbox_list(&call);
	assert_int_equal(json_array_size(json_object_get(world->answer, "outbox")), 1);
	json_decref((json_t *)call.request);
}

static void test_send_test(void **state)
{
	struct control_call call = { .core = &world->core };
	struct audit_row audit[4];

	(void)state;
	world_link_add("m1", false);
	call.request = json_pack("{s:s}", "name", "Nobody");
	control_send_test(&call);
	assert_null(world->answer);
	json_decref((json_t *)call.request);
	call.request = json_pack("{s:s}", "name", "Duty 1");
	turn_begin(world->core.turn);
	control_send_test(&call);
	assert_true(json_integer_value(json_object_get(world->answer, "id")) > 0);
	control_send_test(&call); /* the first is still waiting */
	assert_null(world->answer);
	world_talk();
	assert_int_equal(world_heard(OFFICER, "Test"), 1);
	turn_begin(world->core.turn);
	control_send_test(&call);
	assert_non_null(world->answer);
	world_talk();
	assert_int_equal(world_heard(OFFICER, "Test"), 2);
	assert_int_equal(audit_list(world->core.store, audit, 4), 2);
	assert_string_equal(audit[0].actor, "operator");
	assert_string_equal(audit[0].action, "send.test");
	assert_string_equal(audit[0].object, "Duty 1");
	json_decref((json_t *)call.request);
}

/* ---- anything, in any order ------------------------------------------------------------------------------------------------- */

#define LIFE_TEXTS 60

struct life {
	uint32_t random;
	int64_t ids[LIFE_TEXTS];
	bool alert[LIFE_TEXTS];
	char words[LIFE_TEXTS][16];
	size_t count;
};

static uint32_t any(struct life *f, uint32_t below)
{
	f->random = f->random * 1664525u + 1013904223u;
	return (f->random >> 8) % below;
}

static void life_add(struct life *f)
{
	size_t i = f->count;

	if (i == LIFE_TEXTS || world->full)
		return;
	f->alert[i] = any(f, 2);
	snprintf(f->words[i], sizeof(f->words[i]), "text %zu.", i);
	f->ids[i] = f->alert[i] ? add_alert(f->words[i]) : add_receipt(f->words[i]);
	if (world_turn() == 0)
		f->count++;
}

static void life_step(struct life *f)
{
	struct world_link *l = &world->links[any(f, (uint32_t)world->link_count)];

	switch (any(f, 12)) {
	case 0: case 1: case 2:
		life_add(f);
		break;
	case 3: case 4:
		if (l->connected)
			world_submit(l);
		break;
	case 5: case 6:
		l->air = (enum world_air)any(f, AIR_HANGS + 1);
		world_transmit(l);
		break;
	case 7:
		world_link_break(l);
		world_turn();
		break;
	case 8:
		world_link_crash(l);
		world_turn();
		break;
	case 9:
		if (!l->connected)
			world_link_connect(l);
		break;
	case 10:
		if (any(f, 4) == 0) {
			world->full = false;
			world_restart(any(f, 2));
		} else {
			world->full = any(f, 3) == 0;
		}
		break;
	default:
		world->boot_ms += any(f, 40000);
		turn_begin(world->core.turn);
		world_turn();
	}
}

static void life_settle(void)
{
	world->full = false;
	for (int i = 0; i < 8; i++) {
		for (size_t k = 0; k < world->link_count; k++) {
			world->links[k].air = AIR_SENDS;
			if (!world->links[k].connected)
				world_link_connect(&world->links[k]);
			while (world->links[k].held_count && world->links[k].go[0])
				world_transmit(&world->links[k]);
		}
		world_talk();
		world_pass_s(700);
	}
}

static void life_judge(const struct life *f)
{
	struct outbox_row rows[4];

	for (size_t i = 0; i < f->count; i++) {
		size_t heard = world_heard(f->alert[i] ? OFFICER : TEXTER, f->words[i]);
		enum outbox_state s = world_state(f->ids[i]);
		assert_true(s == OUTBOX_SENT || s == OUTBOX_FAILED || (s == OUTBOX_UNKNOWN && !f->alert[i]));
		if (s == OUTBOX_SENT)
			assert_true(heard >= 1);
		if (!f->alert[i])
			assert_true(heard <= 1);
	}
	assert_int_equal(store_outbox_in_flight(world->core.store, rows, 4), 0);
	assert_counts_agree();
}

static void test_any_life_keeps_the_law(void **state)
{
	uint32_t first = (uint32_t)time(NULL);
	const char *fixed = getenv("HL_TEST_SEED");

	(void)state;
	if (fixed)
		first = (uint32_t)strtoul(fixed, NULL, 10);
	for (uint32_t seed = first; seed < first + 20; seed++) {
		struct life f = { .random = seed };
		print_message("HL_TEST_SEED=%u\n", seed);
		setup(NULL);
		world_link_add("m1", false);
		world_link_add("m2", true);
		world_link_add("m3", false);
		for (int i = 0; i < 300; i++)
			life_step(&f);
		life_settle();
		life_judge(&f);
		teardown(NULL);
	}
}

/* ---- credit ------------------------------------------------------------------------------------------------------------------- */

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
	campaign = world_add(LANE_CAMPAIGN, OUTBOX_TEST, TEXTER, "campaign", "");
	add_receipt("receipt");
	add_alert("alert");
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

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_lanes_go_in_order_and_first_come_first),
		T(test_an_alert_passes_a_long_queue),
		T(test_reserved_modem),
		T(test_dialogue_waits_a_little_for_its_modem), T(test_dialogue_that_waits_hides_nothing),
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
		T(test_reports),
		T(test_a_late_report_is_of_its_own_text),
		T(test_a_report_of_a_text_long_ago_is_nobodys),
		T(test_numbers_and_texts_are_sealed_and_bodies_go),
		T(test_a_swapped_body_is_not_sent),
		T(test_counts_agree_with_the_rows),
		T(test_list_shows_no_number_and_no_text),
		T(test_send_test),
		T(test_the_floor_keeps_credit_for_alerts_and_answers),
		cmocka_unit_test(test_any_life_keeps_the_law),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
