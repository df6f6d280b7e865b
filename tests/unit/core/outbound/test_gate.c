/* Every text to a texter passes the gate when it is leased, whatever was known when it was queued. */
#include "cm.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/config/config.h"
#include "core/outbound/gate.h"
#include "core/turn.h"
#include "store/store.h"
#include "unit/core/outbound/outbound_world.h"

#define TEXTER "+97600009001"

static int setup(void **state)
{
	(void)state;
	setenv("TZ", "<+08>-8", 1);
	tzset();
	world_setup("people = ( );");
	world->config->discreet = true;
	world->config->safe_fresh_s = 3600;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	world_end();
	return 0;
}

static void know(enum contact_safety safety, bool fresh, int from_min, int to_min)
{
	struct contact_row c;

	turn_begin(world->core.turn);
	assert_true(contact_get(world->core.store, WORLD_CONTACT, &c));
	c.safety = (int)safety;
	c.safe_boot_ms = fresh ? world->boot_ms : 0;
	c.hours_from_min = from_min;
	c.hours_to_min = to_min;
	contact_update(world->core.store, &c);
	store_outbox_contact_due(world->core.store, WORLD_CONTACT);
	world_turn();
}

static int64_t queue(enum outbox_purpose purpose, const char *discreet)
{
	struct outbox_item item = { .lane = LANE_DIALOGUE, .purpose = purpose, .contact_id = WORLD_CONTACT, .recipient = "",
		.to = { TEXTER }, .text = "standard", .discreet = discreet, .modem = "" };
	int64_t id;

	turn_begin(world->core.turn);
	id = outbox_add(&world->core, &item);
	world_turn();
	return id;
}

static void test_words_are_chosen_when_it_leaves(void **state)
{
	int64_t id;

	(void)state;
	id = queue(OUTBOX_QUESTION, "discreet");
	world_link_add("m1", false);
	world_talk();
	assert_int_equal(world_state(id), OUTBOX_SENT);
	assert_int_equal(world_heard(TEXTER, "discreet"), 1);
	know(CONTACT_OK, true, 0, 0);
	queue(OUTBOX_QUESTION, "discreet");
	world_talk();
	assert_int_equal(world_heard(TEXTER, "standard"), 1);
}

/* The room of campaigns judges their texts; where it is not there, none of them leaves. */
static void test_what_nobody_judges_never_leaves(void **state)
{
	int64_t id;

	(void)state;
	know(CONTACT_OK, true, 0, 0);
	id = queue(OUTBOX_CAMPAIGN_REPLY, "discreet");
	world_link_add("m1", false);
	world_talk();
	assert_int_equal(world_state(id), OUTBOX_REFUSED);
	assert_string_equal(world_row(id).why, "nobody is there who could say whether it may leave");
	assert_int_equal(world->air_count, 0);
}

static void test_silence_reaches_what_waits(void **state)
{
	struct outbox_row row;
	int64_t ids[3];

	(void)state;
	know(CONTACT_OK, true, 0, 0);
	ids[0] = queue(OUTBOX_QUESTION, "discreet");
	ids[1] = queue(OUTBOX_RECEIPT, "discreet");
	ids[2] = queue(OUTBOX_ADVICE, NULL);
	know(CONTACT_SILENT, true, 0, 0);
	world_link_add("m1", false);
	world_talk();
	for (size_t i = 0; i < 3; i++) {
		row = world_row(ids[i]);
		assert_int_equal(row.state, OUTBOX_REFUSED);
		assert_false(row.has_body || row.has_discreet);
		assert_true(*row.why);
	}
	queue(OUTBOX_LAST_WORD, "bye");
	world_talk();
	assert_int_equal(world->air_count, 1);
	assert_int_equal(world_heard(TEXTER, "bye"), 1);
}

/* A link has the text already when the texter, or an officer, decides otherwise. */
static void test_silence_reaches_what_a_link_has(void **state)
{
	static const enum contact_safety after[] = { CONTACT_SILENT, CONTACT_DISCREET };
	struct world_link *l;
	int64_t id;

	(void)state;
	l = world_link_add("m1", false);
	for (size_t i = 0; i < sizeof(after) / sizeof(after[0]); i++) {
		know(CONTACT_OK, true, 0, 0);
		id = queue(OUTBOX_ADVICE, NULL);
		assert_int_equal(world_state(id), OUTBOX_LEASED);
		know(after[i], false, 0, 0);
		world_submit(l);
		assert_int_equal(l->forget, id);
		assert_int_equal(world_state(id), OUTBOX_LEASED);
		world_submit(l); /* said twice is harmless */
		world_give_back(l);
		world_pass_s(1);
		assert_int_equal(world_state(id), OUTBOX_REFUSED);
		assert_int_equal(l->held_count, 0);
		assert_int_equal(world->air_count, 0);
	}
}

/* The standard words are taken back, the discreet ones go; and a link that breaks, or never answers, keeps no place. */
static void test_other_words_for_what_a_link_has(void **state)
{
	struct world_link *l;
	int64_t id;

	(void)state;
	l = world_link_add("m1", false);
	know(CONTACT_OK, true, 0, 0);
	id = queue(OUTBOX_QUESTION, "discreet");
	know(CONTACT_DISCREET, false, 0, 0);
	world_submit(l);
	world_link_break(l);
	l->forget = 0;
	world_turn();
	assert_int_equal(world_state(id), OUTBOX_QUEUED);
	world_link_connect(l);
	world_talk();
	assert_int_equal(world_state(id), OUTBOX_SENT);
	assert_int_equal(world_heard(TEXTER, "discreet"), 1);
	know(CONTACT_OK, true, 0, 0);
	id = queue(OUTBOX_QUESTION, "discreet");
	know(CONTACT_DISCREET, false, 0, 0);
	world_talk();
	world_pass_s(1);
	assert_int_equal(world_state(id), OUTBOX_SENT);
	assert_int_equal(world->air_count, 2);
	assert_int_equal(world_heard(TEXTER, "discreet"), 2);
}

/* What had its go before goes: the wish came too late, and it is not said to have been refused. */
static void test_what_has_begun_ends(void **state)
{
	struct world_link *l;
	int64_t id;

	(void)state;
	l = world_link_add("m1", false);
	know(CONTACT_OK, true, 0, 0);
	id = queue(OUTBOX_QUESTION, "discreet");
	world_submit(l);
	know(CONTACT_SILENT, false, 0, 0);
	world_submit(l);
	assert_int_equal(l->forget, 0);
	world_talk();
	assert_int_equal(world_state(id), OUTBOX_SENT);
	assert_int_equal(world->air_count, 1);
}

static void test_a_text_whose_words_are_gone_does_not_begin(void **state)
{
	struct outbox_row row;
	int64_t id;

	(void)state;
	know(CONTACT_OK, true, 0, 0);
	id = queue(OUTBOX_QUESTION, "discreet");
	world_link_add("m1", false);
	assert_int_equal(world_state(id), OUTBOX_LEASED);
	row = world_row(id);
	turn_begin(world->core.turn);
	store_outbox_update(world->core.store, &row, true); /* withdrawn */
	world_turn();
	world_talk();
	assert_int_equal(world_state(id), OUTBOX_FAILED);
	assert_int_equal(world->air_count, 0);
}

static void test_hours_hold(void **state)
{
	struct contact_hours open;
	time_t now = (time_t)(world->wall_ms / 1000);
	struct tm tm;
	int64_t id;

	(void)state;
	localtime_r(&now, &tm);
	open.from_min = (tm.tm_hour * 60 + tm.tm_min + 90) % SAFETY_DAY_MIN;
	open.to_min = (open.from_min + 60) % SAFETY_DAY_MIN;
	know(CONTACT_DISCREET, true, open.from_min, open.to_min);
	world_link_add("m1", false);
	id = queue(OUTBOX_QUESTION, "discreet");
	world_talk();
	world_pass_s(80 * 60);
	world_talk();
	assert_int_equal(world_state(id), OUTBOX_QUEUED);
	assert_true(*world_row(id).why);
	world_restart(false);
	world_talk();
	assert_int_equal(world_state(id), OUTBOX_QUEUED);
	world_pass_s(11 * 60);
	world_talk();
	assert_int_equal(world_heard(TEXTER, "discreet"), 1);
}

static void test_nobody_known_is_nobody_texted(void **state)
{
	struct outbox_item item = { .lane = LANE_DIALOGUE, .purpose = OUTBOX_RECEIPT, .recipient = "", .to = { TEXTER }, .text = "x",
		.discreet = "x", .modem = "" };
	int64_t id;

	(void)state;
	turn_begin(world->core.turn);
	id = outbox_add(&world->core, &item);
	world_turn();
	world_link_add("m1", false);
	world_talk();
	assert_int_equal(world_state(id), OUTBOX_REFUSED);
}

/* What becomes of each kind of text in each state, with a discreet form and without: S sent, d its discreet words, - never. The house is
 * discreet. Campaigns have a gate of their own (test_campaign_feed), which lets nothing out that nobody knows any more. */
static void test_each_purpose(void **state)
{
	static const struct { enum outbox_purpose purpose; const char *with, *without; } rows[] = {
		/*                     unknown ok discreet no-reply */
		{ OUTBOX_ALERT, "SSSS", "SSSS" }, { OUTBOX_OFFICER, "SSSS", "SSSS" }, { OUTBOX_TEST, "SSSS", "SSSS" },
		{ OUTBOX_WARNING, "SSSS", "SSSS" }, { OUTBOX_LOOP, "SSSS", "SSSS" },
		{ OUTBOX_RECEIPT, "dSd-", "-S--" }, { OUTBOX_MISSED, "dSd-", "-S--" }, { OUTBOX_QUESTION, "dSd-", "-S--" },
		{ OUTBOX_ADVICE, "-S--", "-S--" }, { OUTBOX_LAST_WORD, "dSdd", "-S--" }, { OUTBOX_MENU, "SS--", "SS--" },
		{ OUTBOX_CAMPAIGN, "----", "----" }, { OUTBOX_CAMPAIGN_REPLY, "----", "----" },
		{ OUTBOX_PURPOSES, "-S--", "-S--" }, /* of a newer program: as careful as can be */
	};
	static const char shown[] = { [SAFETY_SEND] = 'S', [SAFETY_SEND_DISCREET] = 'd', [SAFETY_HOLD] = 'h', [SAFETY_NEVER] = '-' };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		for (int safety = 0; safety < CONTACT_SAFETIES; safety++) {
			struct outbox_row row = { .purpose = (int)rows[i].purpose, .contact_id = WORLD_CONTACT, .has_discreet = true };
			know((enum contact_safety)safety, true, 0, 0);
			print_message("%s, %s\n", outbox_purpose_name(rows[i].purpose), contact_safety_name((enum contact_safety)safety));
			assert_int_equal(shown[gate_ask(&world->core, &row).action], rows[i].with[safety]);
			row.has_discreet = false;
			assert_int_equal(shown[gate_ask(&world->core, &row).action], rows[i].without[safety]);
			assert_int_equal(gate_is_asked(&row), strcmp(rows[i].without, "SSSS") != 0);
		}
	}
}

/* A yes is good for a while, and not in another life of the machine. */
static void test_a_yes_grows_old(void **state)
{
	static const struct { int64_t age_ms; bool fresh; } rows[] = { { 0, true }, { 3599999, true }, { 3600000, false }, { -1, false } };
	struct contact_row c = { .safety = CONTACT_OK };

	(void)state;
	assert_false(gate_is_fresh(&world->core, &c)); /* never said */
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		c.safe_boot_ms = world->boot_ms - rows[i].age_ms;
		assert_int_equal(gate_is_fresh(&world->core, &c), rows[i].fresh);
	}
	world->boot_ms = 1000; /* just started, and somebody said so never: 0 is no time */
	c.safe_boot_ms = 0;
	assert_false(gate_is_fresh(&world->core, &c));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_words_are_chosen_when_it_leaves, setup, teardown),
		cmocka_unit_test_setup_teardown(test_what_nobody_judges_never_leaves, setup, teardown),
		cmocka_unit_test_setup_teardown(test_silence_reaches_what_waits, setup, teardown),
		cmocka_unit_test_setup_teardown(test_silence_reaches_what_a_link_has, setup, teardown),
		cmocka_unit_test_setup_teardown(test_other_words_for_what_a_link_has, setup, teardown),
		cmocka_unit_test_setup_teardown(test_what_has_begun_ends, setup, teardown),
		cmocka_unit_test_setup_teardown(test_a_text_whose_words_are_gone_does_not_begin, setup, teardown),
		cmocka_unit_test_setup_teardown(test_hours_hold, setup, teardown),
		cmocka_unit_test_setup_teardown(test_each_purpose, setup, teardown),
		cmocka_unit_test_setup_teardown(test_a_yes_grows_old, setup, teardown),
		cmocka_unit_test_setup_teardown(test_nobody_known_is_nobody_texted, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
