/* From the plan to phones, with clocks, links and crashes of our own: nobody twice, whatever breaks; what holds a campaign up; its pace; what is
 * too old. Real store, vault, outbox and dispatcher. */
#include "cm.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "core/campaign/campaign_inside.h"
#include "core/campaign/plan.h"
#include "core/contacts/leave.h"
#include "core/turn.h"
#include "store/contact.h"
#include "store/store.h"
#include "unit/core/outbound/outbound_world.h"
#include "vault/vault.h"

#define ROSTER "people = ( { name = \"Duty 1\"; role = \"officer\"; number = \"+97600001001\"; language = \"en\"; } );"
#define FILE_HEAD "name = \"c\"; kind = \"broadcast\"; text = { en = \"Child protection. {stop} to leave\"; };"
#define PEOPLE_MAX 120

static int64_t id; /* of the campaign */
static size_t people, people_from; /* the first has the number after this one */
static bool stopped[PEOPLE_MAX];   /* said STOP */
static size_t heard_then[PEOPLE_MAX]; /* how many texts they had by then, or a modem was in the middle of */

static void number_of(size_t n, char out[NUMBER_MAX])
{
	snprintf(out, NUMBER_MAX, "+9760000%04zu", people_from + n);
}

static size_t heard(size_t n)
{
	char number[NUMBER_MAX];

	number_of(n, number);
	return world_heard(number, "Child protection");
}

static void agree(size_t count)
{
	for (size_t n = 1; n <= count; n++) {
		struct subscriber_row row = { .language = SUBSCRIBER_EN, .source = "fair", .consent_ms = world->wall_ms, .joined_ms = 1 };
		char number[NUMBER_MAX];
		number_of(n, number);
		vault_alias(world->core.vault, number, row.alias);
		row.number_len = vault_number_seal(world->core.vault, row.alias, number, row.number);
		snprintf(row.district, sizeof(row.district), "%s", n % 2 ? "Bayangol" : "Nalaikh");
		store_begin(world->core.store);
		subscriber_insert(world->core.store, &row);
		assert_int_equal(store_commit(world->core.store), 0);
		assert_int_equal(row.id, n);
	}
	people = count;
}

static void on_planned(void *arg, int err)
{
	*(int *)arg = err;
}

/* A campaign of this file with everybody in it, approved. */
static struct campaign_row make(const char *more)
{
	struct campaign_row row = { .state = CAMPAIGN_DRAFT, .kind = CAMPAIGN_BROADCAST, .name = "c", .made_by = "Tuya" };
	char text[512];
	int done = 1;

	snprintf(text, sizeof(text), FILE_HEAD "hours = \"always\"; %s", more);
	if (strstr(more, "hours"))
		snprintf(text, sizeof(text), FILE_HEAD "%s", more);
	turn_begin(world->core.turn);
	assert_int_equal(campaign_insert(world->core.store, &row, text), 0);
	assert_int_equal(world_turn(), 0);
	assert_int_equal(planning_start(&world->core, row.id, on_planned, &done), 0);
	assert_int_equal(planning_start(&world->core, row.id, on_planned, &done), HL_EBUSY);
	for (int i = 0; done == 1 && i < 10000; i++)
		event_base_loop(world->core.base, EVLOOP_NONBLOCK);
	assert_int_equal(done, 0);
	assert_true(campaign_get(world->core.store, row.id, &row));
	assert_int_equal(row.planned, CAMPAIGN_PLANNED);
	turn_begin(world->core.turn);
	assert_true(campaign_enter(&world->core, &row, CAMPAIGN_EV_APPROVE, ""));
	assert_int_equal(world_turn(), 0);
	id = row.id;
	return row;
}

/* Its file is replaced while it is planned: those whom the old one selects are not planned for the new one. */
static void test_replaced_while_it_is_planned(void **state)
{
	struct campaign_row row = { .state = CAMPAIGN_DRAFT, .kind = CAMPAIGN_BROADCAST, .name = "c", .made_by = "Tuya" };
	int done = 1;

	(void)state;
	agree(60);
	turn_begin(world->core.turn);
	assert_int_equal(campaign_insert(world->core.store, &row, FILE_HEAD), 0);
	assert_int_equal(world_turn(), 0);
	assert_int_equal(planning_start(&world->core, row.id, on_planned, &done), 0);
	event_base_loop(world->core.base, EVLOOP_ONCE | EVLOOP_NONBLOCK);
	assert_int_equal(done, 1);
	turn_begin(world->core.turn);
	campaign_update(world->core.store, &row); /* as campaign.new does */
	campaign_set_definition(world->core.store, row.id, FILE_HEAD "districts = [ \"Nalaikh\" ];");
	assert_int_equal(world_turn(), 0);
	for (int i = 0; done == 1 && i < 10000; i++)
		event_base_loop(world->core.base, EVLOOP_NONBLOCK);
	assert_int_equal(done, HL_ESTATE);
	assert_true(campaign_get(world->core.store, row.id, &row));
	assert_int_equal(row.planned, CAMPAIGN_NOT_PLANNED);
}

static void begin(const char *more)
{
	struct campaign_row row = make(more);

	turn_begin(world->core.turn);
	assert_true(campaign_begin(&world->core, &row, ""));
	campaign_changed(&world->core, row.id);
	assert_int_equal(world_turn(), 0);
}

static struct campaign_row now(void)
{
	struct campaign_row row;

	assert_true(campaign_get(world->core.store, id, &row));
	return row;
}

static void set(enum campaign_event event)
{
	struct campaign_row row = now();

	turn_begin(world->core.turn);
	assert_true(campaign_enter(&world->core, &row, event, ""));
	campaign_changed(&world->core, row.id);
	assert_int_equal(world_turn(), 0);
}

static int64_t in_state(enum recipient_state state)
{
	return campaign_count_of(world->core.store, id, (int)state);
}

/* The counts say what the rows say, nobody has two texts, and who may have none has none. */
static void check(void)
{
	int64_t states[RECIPIENT_STATES] = { 0 };

	for (size_t n = 1; n <= people; n++) {
		struct campaign_recipient_row r;
		size_t texts = heard(n);
		if (!campaign_recipient_get(world->core.store, id, (int64_t)n, &r))
			continue;
		states[r.state]++;
		assert_true(texts <= 1);
		if (stopped[n])
			assert_true(texts <= heard_then[n]);
		if ((r.state == RECIPIENT_WAITING || r.state == RECIPIENT_SKIPPED || r.state == RECIPIENT_FAILED) && texts)
			fail_msg("person %zu is %s (%s) by text %lld and had one", n, recipient_state_name((enum recipient_state)r.state), r.why, (long long)r.outbox_id);
		if (r.state == RECIPIENT_SENT)
			assert_int_equal(texts, 1);
	}
	for (int s = 0; s < RECIPIENT_STATES; s++)
		assert_int_equal(in_state((enum recipient_state)s), states[s]);
}

static int setup(void **state)
{
	(void)state;
	memset(stopped, 0, sizeof(stopped));
	people_from = 0;
	world_has_campaigns = true;
	world_setup(ROSTER);
	world->config->campaign_emergency_s = 1800;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	world_end();
	return 0;
}

/* ---- the straight way ------------------------------------------------------------------------------------------------------ */

static void test_everybody_once(void **state)
{
	(void)state;
	agree(60);
	world_link_add("m1", false);
	world_link_add("m2", false);
	begin("");
	assert_true(in_state(RECIPIENT_QUEUED) <= 8 && in_state(RECIPIENT_QUEUED) > 0); /* a small window */
	world_talk();
	assert_int_equal(world->air_count, 60);
	check();
	assert_int_equal(in_state(RECIPIENT_SENT), 60);
	assert_int_equal(now().state, CAMPAIGN_FINISHED);
}

static void test_nobody_is_there(void **state)
{
	(void)state;
	agree(20);
	begin("");
	world_pass_s(3600);
	assert_int_equal(now().state, CAMPAIGN_RUNNING);
	assert_true(in_state(RECIPIENT_QUEUED) <= 8); /* and not more and more */
	world_link_add("m1", true); /* reserved */
	world_talk();
	assert_int_equal(world->air_count, 0);
	world_link_add("m2", false);
	world_talk();
	assert_int_equal(world->air_count, 20);
	check();
}

/* ---- time --------------------------------------------------------------------------------------------------------------------- */

static void test_hours(void **state)
{
	time_t wall;
	struct tm tm;
	char hours[64];

	(void)state;
	agree(10);
	world_link_add("m1", false);
	wall = (time_t)(world->wall_ms / 1000);
	gmtime_r(&wall, &tm);
	snprintf(hours, sizeof(hours), "hours = \"%02d:00-%02d:00\";", (tm.tm_hour + 2) % 24, (tm.tm_hour + 3) % 24);
	begin(hours);
	assert_int_equal(now().state, CAMPAIGN_PAUSED_QUIET);
	world_pass_s(3600 - tm.tm_min * 60 - tm.tm_sec);
	assert_int_equal(now().state, CAMPAIGN_PAUSED_QUIET);
	assert_int_equal(world->air_count, 0);
	for (int i = 0; i < 70; i++)
		world_pass_s(60);
	assert_int_equal(world->air_count, 10);
	check();
}

static void test_the_house_is_closed(void **state)
{
	time_t wall;
	struct tm tm;

	(void)state;
	agree(10);
	world_link_add("m1", false);
	wall = (time_t)(world->wall_ms / 1000);
	gmtime_r(&wall, &tm);
	world->config->campaign_open.from_min = (tm.tm_hour + 2) % 24 * 60;
	world->config->campaign_open.to_min = (tm.tm_hour + 4) % 24 * 60;
	begin("");
	world_pass_s(60);
	assert_int_equal(world->air_count, 0);
	assert_int_equal(now().state, CAMPAIGN_PAUSED_QUIET);
	for (int i = 0; i < 130; i++)
		world_pass_s(60);
	assert_int_equal(world->air_count, 10);
}

static void test_too_old(void **state)
{
	(void)state;
	agree(20);
	begin("expires_h = 2; answer_h = 2;");
	assert_true(in_state(RECIPIENT_QUEUED) > 0);
	world_pass_s(7100);
	assert_int_equal(now().state, CAMPAIGN_RUNNING);
	world->boot_ms += 200000;
	world->wall_ms += 200000;
	world_link_add("m1", false); /* it comes too late */
	world_talk();
	assert_int_equal(world->air_count, 0);
	assert_int_equal(now().state, CAMPAIGN_FINISHED);
	assert_int_equal(in_state(RECIPIENT_QUEUED), 0);
	assert_string_equal(now().why, "too old to send: not everybody was texted");
	check();
}

static void test_scheduled(void **state)
{
	struct campaign_row row;

	(void)state;
	agree(5);
	world_link_add("m1", false);
	row = make("");
	row.start_ms = world->wall_ms + 7200000;
	turn_begin(world->core.turn);
	assert_true(campaign_enter(&world->core, &row, CAMPAIGN_EV_SCHEDULE, ""));
	campaign_changed(&world->core, row.id);
	world_turn();
	world_pass_s(7100);
	assert_int_equal(now().state, CAMPAIGN_SCHEDULED);
	world_restart(false);
	world_pass_s(101);
	assert_int_equal(world->air_count, 5);
	assert_int_equal(now().state, CAMPAIGN_FINISHED);
}

static void test_its_pace(void **state)
{
	(void)state;
	agree(30);
	world_link_add("m1", false);
	world_link_add("m2", false);
	begin("per_minute = 10;");
	for (int i = 0; i < 60; i++)
		world_pass_s(1);
	assert_in_range(world->air_count, 10, 11);
	for (int i = 0; i < 60; i++)
		world_pass_s(1);
	assert_in_range(world->air_count, 20, 21);
}

static void test_the_pace_of_a_sim(void **state)
{
	(void)state;
	agree(30);
	world_link_add("m1", false)->config.campaign_per_minute = 6;
	world_link_add("m2", false)->config.campaign_per_minute = 6;
	begin("");
	for (int i = 0; i < 60; i++)
		world_pass_s(1);
	assert_in_range(world->air_count, 12, 14);
	for (int i = 0; i < 120; i++)
		world_pass_s(1);
	assert_int_equal(world->air_count, 30);
	check();
}

/* An operator's pace is of all SIMs and campaigns together, and holds up nobody of another. */
static void test_the_pace_of_an_operator(void **state)
{
	size_t slow = 0;

	(void)state;
	*world->config->operators = (struct config_operator){ .name = "Slow", .prefixes = "00005", .campaign_per_minute = 6 };
	world->config->operators[1] = (struct config_operator){ .name = "Fast", .prefixes = "00006" };
	world->config->operator_count = 2;
	people_from = 5979; /* 20 of the first, 30 of the second */
	agree(50);
	world_link_add("m1", false);
	world_link_add("m2", false);
	begin("");
	for (int i = 0; i < 60; i++)
		world_pass_s(1);
	for (size_t n = 1; n <= 20; n++)
		slow += heard(n);
	assert_in_range(slow, 6, 7);
	assert_int_equal(world->air_count, slow + 30);
	for (int i = 0; i < 60; i++)
		world_pass_s(1);
	assert_in_range(world->air_count, 30 + 12, 30 + 13);
	for (int i = 0; i < 120; i++)
		world_pass_s(1);
	assert_int_equal(world->air_count, 50);
	check();
}

/* ---- what holds it up ------------------------------------------------------------------------------------------------------------ */

static void test_an_emergency(void **state)
{
	(void)state;
	agree(40);
	begin("");
	world_case(TRIAGE_EMERGENCY);
	assert_int_equal(now().state, CAMPAIGN_PAUSED_EMERGENCY);
	world_link_add("m1", false);
	world_talk();
	assert_int_equal(world_heard("+97600001001", ""), 1); /* the alert, and nothing before it */
	assert_int_equal(world->air_count, 1);
	for (int i = 0; i < 29; i++)
		world_pass_s(60);
	assert_int_equal(now().state, CAMPAIGN_PAUSED_EMERGENCY);
	world_pass_s(120); /* nobody answers: campaigns do not wait for ever */
	assert_int_equal(in_state(RECIPIENT_SENT), 40);
	check();
}

/* Not only the plan: whatever stands in the campaigns' lane waits while nobody has the emergency. */
static void test_an_emergency_closes_the_lane(void **state)
{
	struct case_row row;
	char code[WORLD_CODE], text[64];
	int64_t queued;

	(void)state;
	row = world_case(TRIAGE_EMERGENCY);
	queued = world_add(LANE_CAMPAIGN, OUTBOX_TEST, "+97600009009", "thank you", "");
	world_link_add("m1", false);
	world_talk();
	assert_int_equal(world_heard("+97600001001", ""), 1);
	assert_int_equal(world_state(queued), OUTBOX_QUEUED);
	world_code("+97600001001", row.code, code);
	snprintf(text, sizeof(text), "OK %s", code);
	assert_true(world_command("+97600001001", text));
	world_talk();
	assert_int_equal(world_state(queued), OUTBOX_SENT);
}

static void test_an_emergency_that_somebody_has(void **state)
{
	struct case_row row;
	char code[WORLD_CODE], text[64];

	(void)state;
	agree(40);
	world_link_add("m1", false);
	begin("");
	row = world_case(TRIAGE_EMERGENCY);
	world_talk();
	assert_int_equal(in_state(RECIPIENT_SENT), 0);
	world_code("+97600001001", row.code, code);
	snprintf(text, sizeof(text), "OK %s", code);
	assert_true(world_command("+97600001001", text));
	world_talk();
	assert_int_equal(in_state(RECIPIENT_SENT), 40);
}

/* Whoever is rung at night gets no quiz on the same phone, list or not; nobody who plans learns why. */
static void test_people_of_the_roster_get_none(void **state)
{
	struct campaign_recipient_row r;

	(void)state;
	people_from = 1000; /* the first is Duty 1 */
	agree(3);
	world_link_add("m1", false);
	begin("");
	world_talk();
	assert_int_equal(heard(1), 0);
	assert_int_equal(heard(2) + heard(3), 2);
	if (campaign_recipient_get(world->core.store, id, 1, &r))
		assert_int_equal(r.state, RECIPIENT_WITHHELD);
	assert_int_equal(now().state, CAMPAIGN_FINISHED);
}

/* The hours in which a texter may be texted hold for campaigns, too; the others do not wait for them. */
static void test_own_hours(void **state)
{
	struct contact_row c = { .answerable = true };
	uint8_t alias[VAULT_HASH];
	char number[NUMBER_MAX];
	int weekday, minute;

	(void)state;
	agree(3);
	number_of(2, number);
	vault_alias(world->core.vault, number, alias);
	campaign_local_time(&world->core, &weekday, &minute);
	turn_begin(world->core.turn);
	contact_insert(world->core.store, &c, alias, (const uint8_t *)"x", 1, 1);
	c.hours_from_min = (minute + 120) % (24 * 60);
	c.hours_to_min = (minute + 180) % (24 * 60);
	contact_update(world->core.store, &c);
	assert_int_equal(world_turn(), 0);
	world_link_add("m1", false);
	begin("");
	world_talk();
	assert_int_equal(heard(1) + heard(3), 2);
	for (int i = 0; i < 11; i++)
		world_pass_s(600);
	assert_int_equal(heard(2), 0);
	for (int i = 0; i < 7; i++)
		world_pass_s(600);
	assert_int_equal(heard(2), 1);
	check();
}

static void test_errors(void **state)
{
	struct world_link *l;

	(void)state;
	agree(60);
	l = world_link_add("m1", false);
	l->air = AIR_FAILS_FINALLY;
	begin("");
	world_talk();
	assert_int_equal(now().state, CAMPAIGN_PAUSED_ERRORS);
	assert_int_equal(in_state(RECIPIENT_FAILED), 20);
	l->air = AIR_SENDS;
	world_pass_s(3600);
	assert_int_equal(world->air_count, 0); /* a person must look first */
	set(CAMPAIGN_EV_RESUME);
	world_talk();
	assert_int_equal(in_state(RECIPIENT_SENT), 40);
	check();
}

/* ---- leaving, and crashes ---------------------------------------------------------------------------------------------------------- */

/* A modem is in the middle of a text to them: nothing can stop that any more. */
static bool is_being_sent(const char *number)
{
	for (size_t i = 0; i < world->link_count; i++)
		for (size_t k = 0; k < world->links[i].held_count; k++)
			if (world->links[i].go[k] && strcmp(world->links[i].held[k].to, number) == 0)
				return true;
	return false;
}

static void stop(size_t n)
{
	uint8_t alias[VAULT_HASH];
	char number[NUMBER_MAX];

	number_of(n, number);
	vault_alias(world->core.vault, number, alias);
	turn_begin(world->core.turn);
	contacts_leave(&world->core, alias, 1);
	if (world_turn() == 0 && !stopped[n]) {
		stopped[n] = true;
		heard_then[n] = heard(n) + is_being_sent(number);
	}
}

static void test_stop(void **state)
{
	struct world_link *l;

	(void)state;
	agree(12);
	l = world_link_add("m1", false);
	begin("");
	assert_true(l->held_count > 0); /* one is with the link */
	for (size_t n = 1; n <= 6; n++)
		stop(n);
	world_talk();
	for (int i = 0; i < 5; i++)
		world_pass_s(1);
	assert_int_equal(world->air_count, 6);
	assert_int_equal(in_state(RECIPIENT_SKIPPED), 6);
	check();
}

static void test_a_lost_answer(void **state)
{
	struct campaign_recipient_row rows[8];
	struct world_link *l;

	(void)state;
	agree(6);
	l = world_link_add("m1", false);
	begin("");
	l->air = AIR_LOSES_REPLY;
	world_submit(l);
	world_transmit(l);
	l->air = AIR_SENDS;
	world_restart(true);
	world_talk();
	assert_int_equal(world->air_count, 6);
	assert_int_equal(campaign_recipient_unknown(world->core.store, id, 0, rows, 8), 1);
	assert_int_equal(heard((size_t)rows[0].subscriber_id), 1);
	check();
}

static uint64_t random_state;

static unsigned chance(unsigned of)
{
	random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (unsigned)(random_state >> 33) % of;
}

/* One thing that happens to the system. */
static void something(void)
{
	struct world_link *l = &world->links[chance((unsigned)world->link_count)];
	static const enum world_air airs[] = { AIR_SENDS, AIR_SENDS, AIR_SENDS, AIR_LOSES_REPLY, AIR_FAILS, AIR_FAILS_FINALLY };

	l->air = airs[chance(6)];
	switch (chance(12)) {
	case 0:
		world_restart(chance(2));
		break;
	case 1:
		world_link_break(l);
		world_turn();
		break;
	case 2:
		world_link_crash(l);
		world_turn();
		break;
	case 3:
		world->full = true;
		turn_begin(world->core.turn);
		world_turn();
		world->full = false;
		break;
	case 4:
		stop(1 + chance((unsigned)people));
		break;
	case 5:
		world->boot_ms += 700;
		world->wall_ms += 700;
		turn_begin(world->core.turn);
		world_turn();
		break;
	default:
		if (!l->connected)
			world_link_connect(l);
		world_submit(l);
		if (l->forget)
			world_give_back(l);
		if (chance(3))
			world_transmit(l);
	}
}

static void test_chaos(void **state)
{
	(void)state;
	print_message("seed %llu\n", (unsigned long long)random_state);
	agree(50);
	for (int i = 0; i < 3; i++)
		world_link_add(i == 0 ? "m1" : i == 1 ? "m2" : "m3", false);
	begin("errors_percent = 0;");
	for (int i = 0; i < 600; i++) {
		something();
		if (i % 50 == 0)
			check();
	}
	for (size_t i = 0; i < world->link_count; i++) {
		world->links[i].air = AIR_SENDS;
		if (!world->links[i].connected)
			world_link_connect(&world->links[i]);
	}
	for (int i = 0; i < 60; i++)
		world_pass_s(60);
	check();
	for (size_t n = 1; n <= people; n++) { /* nobody is forgotten either */
		struct campaign_recipient_row r;
		assert_true(campaign_recipient_get(world->core.store, id, (int64_t)n, &r));
		assert_true(r.state != RECIPIENT_SKIPPED || stopped[n]);
	}
	assert_int_equal(in_state(RECIPIENT_WAITING) + in_state(RECIPIENT_QUEUED), 0);
	assert_int_equal(now().state, CAMPAIGN_FINISHED);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		T(test_replaced_while_it_is_planned),
		T(test_everybody_once), T(test_nobody_is_there), T(test_hours), T(test_the_house_is_closed), T(test_too_old), T(test_scheduled),
		T(test_its_pace), T(test_the_pace_of_a_sim), T(test_the_pace_of_an_operator),
		T(test_an_emergency), T(test_an_emergency_closes_the_lane), T(test_people_of_the_roster_get_none), T(test_own_hours), T(test_an_emergency_that_somebody_has), T(test_errors),
		T(test_stop), T(test_a_lost_answer), T(test_chaos),
	};

	setenv("TZ", "UTC", 1);
	tzset();
	random_state = argc > 1 ? strtoull(argv[1], NULL, 10) : (uint64_t)time(NULL);
	if (argc > 1)
		cmocka_set_test_filter("test_chaos");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
