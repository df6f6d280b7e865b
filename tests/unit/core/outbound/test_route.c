/* By which SIM a text goes: the operator of its recipient, what a SIM may send, and what happens when one falls silent. */
#include "cm.h"

#include <string.h>

#include "base/mem.h"
#include "core/config/config.h"
#include "core/turn.h"
#include "unit/core/outbound/outbound_world.h"

#define OF_A "+97600009001"
#define OF_B "+97600019001"
#define OFFICER "+97600001001"

static int setup(void **state)
{
	(void)state;
	world_setup("people = ( { name = \"Duty 1\"; role = \"officer\"; number = \"" OFFICER "\"; language = \"en\"; } );");
	world->config->operator_count = 2;
	world->config->operators[0] = (struct config_operator){ .name = "A", .networks = "42899", .prefixes = "0000" };
	world->config->operators[1] = (struct config_operator){ .name = "B", .networks = "42888", .prefixes = "0001" };
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	world_end();
	return 0;
}

static struct world_link *add_link(const char *name, const char *imsi)
{
	struct world_link *l = world_link_add(name, false);

	hl_strlcpy(l->modem.imsi, sizeof(l->modem.imsi), imsi);
	return l;
}

static int64_t add_receipt(const char *to)
{
	return world_add(LANE_DIALOGUE, OUTBOX_RECEIPT, to, "answer", "");
}

static const char *link_of(int64_t id)
{
	static struct outbox_row row;

	row = world_row(id);
	return row.modem;
}

static void test_own_operator(void **state)
{
	int64_t to_a, to_b, other;

	(void)state;
	add_link("ma", "428990000000001");
	add_link("mb", "428880000000001");
	to_b = add_receipt(OF_B);
	to_a = add_receipt(OF_A);
	world_talk();
	assert_string_equal(link_of(to_b), "mb");
	assert_string_equal(link_of(to_a), "ma");
	world_link_break(&world->links[1]);
	world->links[1].connected = false;
	other = add_receipt(OF_B); /* theirs is away: any other */
	world_talk();
	assert_string_equal(link_of(other), "ma");
	assert_int_equal(world_state(other), OUTBOX_SENT);
}

static void test_equal_links_take_turns(void **state)
{
	int64_t ids[4];

	(void)state;
	add_link("m1", "428990000000001");
	add_link("m2", "428990000000002");
	for (size_t i = 0; i < 4; i++) {
		ids[i] = add_receipt(OF_A);
		world_talk();
	}
	for (size_t i = 0; i < 4; i++)
		assert_string_equal(link_of(ids[i]), i % 2 ? "m2" : "m1");
}

/* Three parts an hour; the SIM moves to another modem, the core restarts, the hour ends. */
static void test_cap_of_an_hour(void **state)
{
	struct world_link *l = add_link("m1", "428990000000001");
	int64_t first, second, third, fourth, alert;

	(void)state;
	l->config.per_hour = 3;
	first = add_receipt(OF_A);
	second = add_receipt(OF_A);
	world_talk();
	third = add_receipt(OF_A);
	world_talk();
	fourth = add_receipt(OF_A);
	world_talk();
	assert_int_equal(world_state(first), OUTBOX_SENT);
	assert_int_equal(world_state(second), OUTBOX_SENT);
	assert_int_equal(world_state(third), OUTBOX_SENT);
	assert_int_equal(world_state(fourth), OUTBOX_QUEUED);

	alert = world_add(LANE_ALERT, OUTBOX_ALERT, OFFICER, "alert", "");
	world_talk();
	assert_int_equal(world_state(alert), OUTBOX_SENT); /* nothing holds those back */
	world_restart(true);
	world_talk();
	assert_int_equal(world_state(fourth), OUTBOX_QUEUED);
	world_pass_s(3600);
	world_talk();
	assert_int_equal(world_state(fourth), OUTBOX_SENT);
}

static void test_cap_of_a_day(void **state)
{
	struct world_link *l = add_link("m1", "428990000000001");
	int64_t id;

	(void)state;
	l->config.per_day = 5;
	for (int i = 0; i < 5; i++) {
		id = add_receipt(OF_A);
		world_talk();
		assert_int_equal(world_state(id), OUTBOX_SENT);
		world_pass_s(3600);
	}
	id = add_receipt(OF_A);
	world_talk();
	assert_int_equal(world_state(id), OUTBOX_QUEUED);
	world_pass_s(18 * 3600);
	world_talk();
	assert_int_equal(world_state(id), OUTBOX_QUEUED);
	world_pass_s(3600); /* the first is a day old */
	world_talk();
	assert_int_equal(world_state(id), OUTBOX_SENT);
}

static void test_another_sim_has_its_own_cap(void **state)
{
	struct world_link *l = add_link("m1", "428990000000001");
	int64_t id;

	(void)state;
	l->config.per_hour = 1;
	add_receipt(OF_A);
	world_talk();
	id = add_receipt(OF_A);
	world_talk();
	assert_int_equal(world_state(id), OUTBOX_QUEUED);
	hl_strlcpy(l->modem.imsi, sizeof(l->modem.imsi), "428990000000002");
	world_talk();
	assert_int_equal(world_state(id), OUTBOX_SENT);
}

static void test_a_campaign_leaves_a_fifth(void **state)
{
	struct world_link *l = add_link("m1", "428990000000001");
	int64_t id = 0;

	(void)state;
	l->config.per_hour = 5;
	for (int i = 0; i < 5; i++) {
		id = world_add(LANE_CAMPAIGN, OUTBOX_TEST, OF_A, "campaign", "");
		world_talk();
	}
	assert_int_equal(world_state(id), OUTBOX_QUEUED);
	assert_int_equal(world_heard(OF_A, "campaign"), 4);
	id = add_receipt(OF_A);
	world_talk();
	assert_int_equal(world_state(id), OUTBOX_SENT);
}

/* ---- a modem that falls silent in the middle --------------------------------------------------------------------------- */

static void test_an_alert_does_not_wait_for_a_silent_modem(void **state)
{
	struct world_link *silent, *other;
	int64_t id;

	(void)state;
	silent = world_link_add("m1", false);
	silent->air = AIR_HANGS;
	id = world_add(LANE_ALERT, OUTBOX_ALERT, OFFICER, "alert", "");
	world_talk();
	assert_int_equal(world_state(id), OUTBOX_SUBMITTING);
	other = world_link_add("m2", false);
	world_pass_s(29);
	world_talk();
	assert_int_equal(world_state(id), OUTBOX_SUBMITTING);
	world_pass_s(2);
	world_talk();
	assert_int_equal(world_state(id), OUTBOX_SENT);
	assert_string_equal(link_of(id), other->name);
	silent->air = AIR_SENDS; /* it was only slow: at least once, and the row stays with the one that told first */
	world_talk();
	assert_int_equal(world_state(id), OUTBOX_SENT);
	assert_string_equal(link_of(id), other->name);
	assert_int_equal(world_heard(OFFICER, "alert"), 2);
}

static void test_the_only_modem_is_not_given_it_twice(void **state)
{
	struct world_link *silent;
	int64_t id;

	(void)state;
	silent = world_link_add("m1", false);
	silent->air = AIR_HANGS;
	id = world_add(LANE_ALERT, OUTBOX_ALERT, OFFICER, "alert", "");
	world_talk();
	world_pass_s(60);
	world_talk();
	assert_int_equal(world_state(id), OUTBOX_QUEUED);
	assert_int_equal(silent->held_count, 1);
	silent->air = AIR_SENDS;
	world_talk();
	assert_int_equal(world_state(id), OUTBOX_SENT);
	assert_int_equal(world_heard(OFFICER, "alert"), 1);
}

static void test_a_text_to_the_public_waits(void **state)
{
	struct world_link *silent;
	int64_t id;

	(void)state;
	silent = world_link_add("m1", false);
	silent->air = AIR_HANGS;
	id = add_receipt(OF_A);
	world_talk();
	world_link_add("m2", false);
	world_pass_s(600);
	world_talk();
	assert_int_equal(world_state(id), OUTBOX_SUBMITTING);
	silent->air = AIR_SENDS;
	world_talk();
	assert_int_equal(world_heard(OF_A, "answer"), 1);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_own_operator),
		T(test_equal_links_take_turns),
		T(test_cap_of_an_hour),
		T(test_cap_of_a_day),
		T(test_another_sim_has_its_own_cap),
		T(test_a_campaign_leaves_a_fifth),
		T(test_an_alert_does_not_wait_for_a_silent_modem),
		T(test_the_only_modem_is_not_given_it_twice),
		T(test_a_text_to_the_public_waits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
