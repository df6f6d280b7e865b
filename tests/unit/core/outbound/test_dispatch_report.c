/* Delivery reports: of which text each is, and what it changes. */
#include "cm.h"

#include "base/mem.h"
#include "core/turn.h"
#include "unit/core/outbound/dispatch_scene.h"

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
	id = add_reported(DISPATCH_OFFICER, 3);
	report(DISPATCH_OFFICER, 254, 0);
	report(DISPATCH_OFFICER, 255, 48);           /* still trying */
	report(DISPATCH_TEXTER, 0, 0);               /* somebody else's */
	report(DISPATCH_OFFICER, 77, 0);             /* nobody's */
	assert_int_equal(world_state(id), OUTBOX_SENT);
	report(DISPATCH_OFFICER, 0, 1);
	assert_int_equal(world_state(id), OUTBOX_SENT);
	report(DISPATCH_OFFICER, 255, 0);
	assert_int_equal(world_state(id), OUTBOX_DELIVERED);
	report(DISPATCH_OFFICER, 255, 0);            /* twice */
	report(DISPATCH_OFFICER, 255, 70);           /* and against itself */
	assert_int_equal(world_state(id), OUTBOX_DELIVERED);

	other = add_reported(DISPATCH_TEXTER, 1);
	newer = add_reported(DISPATCH_OFFICER, 1);   /* the same reference again: references go round at 256 */
	report(DISPATCH_OFFICER, 254, 70);
	assert_int_equal(world_state(newer), OUTBOX_UNDELIVERED);
	assert_int_equal(world_row(newer).code, 70);
	assert_int_equal(world_state(id), OUTBOX_DELIVERED);
	assert_int_equal(world_state(other), OUTBOX_SENT);
	report(DISPATCH_OFFICER, 254, 0);            /* it came after all */
	assert_int_equal(world_state(newer), OUTBOX_DELIVERED);
	world_restart(true);
	report(DISPATCH_TEXTER, 254, 0);
	assert_int_equal(world_state(other), OUTBOX_DELIVERED);
}

/* 2026-11-22 16:30:05 in Ulaanbaatar is when this world begins; the reference of the first text comes back two days later. */
static void test_a_late_report_is_of_its_own_text(void **state)
{
	int64_t first, second;

	(void)state;
	world_link_add("m1", false);
	first = add_reported(DISPATCH_OFFICER, 1);
	world_pass_s(2 * 86400);
	second = add_reported(DISPATCH_OFFICER, 1);
	report_of(DISPATCH_OFFICER, 254, 0, "2026-11-22T16:30:09+08:00");
	assert_int_equal(world_state(first), OUTBOX_DELIVERED);
	assert_int_equal(world_state(second), OUTBOX_SENT);
	report_of(DISPATCH_OFFICER, 254, 0, "2026-11-22T16:30:09+08:00"); /* twice */
	assert_int_equal(world_state(second), OUTBOX_SENT);
	report_of(DISPATCH_OFFICER, 254, 70, "2026-11-24T08:30:09+00:00"); /* a centre of another zone */
	assert_int_equal(world_state(first), OUTBOX_DELIVERED);
	assert_int_equal(world_state(second), OUTBOX_UNDELIVERED);
}

static void test_a_report_of_a_text_long_ago_is_nobodys(void **state)
{
	int64_t id;

	(void)state;
	world_link_add("m1", false);
	id = add_reported(DISPATCH_OFFICER, 1);
	world_pass_s(8 * 86400);
	report(DISPATCH_OFFICER, 254, 0);
	assert_int_equal(world_state(id), OUTBOX_SENT);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, dispatch_setup, dispatch_teardown)
	const struct CMUnitTest tests[] = {
		T(test_reports),
		T(test_a_late_report_is_of_its_own_text),
		T(test_a_report_of_a_text_long_ago_is_nobodys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
