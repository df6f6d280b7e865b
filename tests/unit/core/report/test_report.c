/* What is told on a schedule: when it is due, that nothing is told twice or forgotten, what a digest counts, and drills. */
#include "cm.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "core/outbound/outbox_row.h"
#include "core/report/due.h"
#include "core/report/report.h"
#include "core/roster/local_time.h"
#include "core/turn.h"
#include "store/drill.h"
#include "store/swap.h"
#include "unit/core/outbound/outbound_world.h"

#define OFFICER "+97600001001"
#define COORDINATOR "+97600002001"
#define OPERATOR "+97600000007"
#define HOUR_S 3600
#define DAY_S 86400

static int setup(void **state)
{
	(void)state;
	setenv("TZ", "<+08>-8", 1);
	tzset();
	world_setup("people = ( { name = \"Duty 1\"; role = \"officer\"; number = \"" OFFICER "\"; language = \"en\"; },"
		"{ name = \"Task force\"; role = \"coordinator\"; number = \"" COORDINATOR "\"; language = \"en\"; "
		"mail = \"mdtf@example.mn\"; },"
		"{ name = \"Operator\"; role = \"operator\"; number = \"" OPERATOR "\"; language = \"en\"; webhook = \"https://ping.example.mn/\"; } );");
	world->config->drill_wait_s = 900;
	world_link_add("m1", false); /* 2026-11-22 16:30 local */
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	world_end();
	return 0;
}

/* Time passes, looked at every quarter of an hour. */
static void pass(int64_t seconds)
{
	for (int64_t s = 0; s < seconds; s += 900) {
		world_pass_s(900);
		report_tick(&world->core);
		world_talk();
	}
}

static int64_t at(const char *text)
{
	int64_t ms;

	assert_true(local_time_read(text, &ms));
	return ms;
}

static void test_due(void **state)
{
	static const struct { const char *now, *day, *month; } rows[] = {
		{ "2026-11-22 16:30", "2026-11-22 08:00", "2026-11-01 08:00" }, { "2026-11-22 07:59", "2026-11-21 08:00", "2026-11-01 08:00" },
		{ "2026-11-22 08:00", "2026-11-22 08:00", "2026-11-01 08:00" }, { "2026-11-01 07:59", "2026-10-31 08:00", "2026-10-01 08:00" },
		{ "2026-01-01 07:00", "2025-12-31 08:00", "2025-12-01 08:00" }, { "2028-03-01 07:00", "2028-02-29 08:00", "2028-02-01 08:00" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(due_daily(at(rows[i].now), 480), at(rows[i].day));
		assert_int_equal(due_monthly(at(rows[i].now), 1, 480), at(rows[i].month));
	}
	assert_false(due_is_now(1000, 0));
	assert_false(due_is_now(1000, 1000));
	assert_true(due_is_now(1000, 999));
}

static void test_digest(void **state)
{
	struct case_row first, second;

	(void)state;
	world->config->digests = true;
	world->config->digest_min = 8 * 60;
	pass(900); /* the first look only notes the day */
	first = world_case(TRIAGE_EMERGENCY);
	second = world_case(TRIAGE_NORMAL);
	pass(24 * HOUR_S);
	assert_int_equal(world_heard(COORDINATOR, "11-22: new 2, emergency 1, waiting 2, closed 0, swaps 0. "), 1);
	assert_int_equal(world_heard(OFFICER, "new 2"), 0);
	turn_begin(world->core.turn);
	alert_acknowledge_case(&world->core, first.id, "Duty 1");
	alert_acknowledge_case(&world->core, second.id, "Duty 1");
	world_talk();
	world_restart(false);
	pass(HOUR_S);
	assert_int_equal(world_heard(COORDINATOR, "waiting"), 1); /* not again */
	world->boot_ms += 2 * DAY_S * INT64_C(1000);
	world->wall_ms += 2 * DAY_S * INT64_C(1000);
	world_restart(true); /* it was down for two days */
	pass(HOUR_S);
	assert_int_equal(world_heard(COORDINATOR, "waiting"), 2); /* late, once */
	pass(10 * DAY_S);
	assert_int_equal(world_heard(COORDINATOR, "2026-11: new 2, emergency 1"), 1);
}

static bool answer(const char *code)
{
	const struct roster_person *p = roster_find_name(world->core.roster, "Duty 1");
	bool taken;

	turn_begin(world->core.turn);
	taken = drill_answer(&world->core, p, code);
	world_talk();
	return taken;
}

static struct drill_row last_drill(void)
{
	struct drill_row row;

	assert_int_equal(drill_list(world->core.store, &row, 1), 1);
	return row;
}

static void test_drill(void **state)
{
	struct drill_row row;
	char wrong[8];

	(void)state;
	turn_begin(world->core.turn);
	assert_int_equal(drill_start(&world->core, "operator"), 1);
	world_talk();
	row = last_drill();
	assert_int_equal(world_heard(OFFICER, row.code), 1);
	assert_int_equal(world_heard(COORDINATOR, row.code), 0);
	strcpy(wrong, row.code);
	wrong[0] = wrong[0] == '9' ? '8' : wrong[0] + 1;
	assert_false(answer(wrong));
	assert_true(answer(row.code));
	assert_int_equal(world_heard(OFFICER, "Drill done"), 1);
	assert_false(answer(row.code)); /* once */
	pass(HOUR_S);
	assert_int_equal(world_heard(COORDINATOR, ""), 0);
	assert_int_equal(world_heard(OPERATOR, ""), 0);
}

static void test_drill_that_nobody_answers(void **state)
{
	(void)state;
	world->config->drill_day = 1;
	world->config->digest_min = 8 * 60;
	pass(10 * DAY_S); /* over the first of December */
	assert_int_equal(world_heard(OFFICER, "Drill, not a case"), 1);
	assert_int_equal(world_heard(COORDINATOR, "Drill: 1 did not answer within 15 min"), 1);
	assert_int_equal(world_heard(OPERATOR, "did not answer"), 1);
	assert_false(answer(last_drill().code)); /* too late */
}

static void test_sign_of_life(void **state)
{
	(void)state;
	world->config->alive_s = DAY_S;
	pass(900);
	pass(3 * DAY_S);
	assert_int_equal(world_heard(OPERATOR, "The system works"), 3);
	assert_int_equal(world_heard(OFFICER, ""), 0);
}

/* What waits for a channel: how many, and the text of the newest. */
static size_t waiting(enum outbox_channel channel, char text[OUTBOX_BODY_SIZE])
{
	struct outbox_row rows[200];
	size_t n = store_outbox_list(world->core.store, true, 0, rows, 200), found = 0;
	char to[OUTBOX_ADDRESS_SIZE];

	text[0] = '\0';
	for (size_t i = 0; i < n; i++) {
		if (rows[i].channel != (int)channel)
			continue;
		if (found++ == 0)
			assert_int_equal(outbox_open(&world->core, &rows[i], false, to, text, OUTBOX_BODY_SIZE), 0);
	}
	return found;
}

static void test_digest_by_mail(void **state)
{
	char text[OUTBOX_BODY_SIZE];
	struct swap_row swap = { .asker = "Duty 1", .taker = "Duty 2", .unit = "ATPU", .rotation = "r" };
	struct case_row row;

	(void)state;
	hl_strlcpy(world->config->notify_socket, sizeof(world->config->notify_socket), "/run/x");
	world->config->digests = true;
	world->config->digest_min = 8 * 60;
	pass(900);
	row = world_case(TRIAGE_EMERGENCY);
	swap.from_ms = at("2026-11-23 08:00");
	swap.to_ms = at("2026-11-24 08:00");
	turn_begin(world->core.turn);
	alert_acknowledge_case(&world->core, row.id, "Duty 1");
	store_swap_insert(world->core.store, &swap);
	store_swap_end(world->core.store, swap.id, SWAP_TAKEN, world->wall_ms);
	world_talk();
	pass(DAY_S);
	assert_int_equal(world_heard(COORDINATOR, "closed 0, swaps 1. "), 1);
	assert_int_equal(waiting(CHANNEL_MAIL, text), 1);
	assert_non_null(strstr(text, "Hotline report 11-22\n")); /* the subject */
	assert_non_null(strstr(text, "New cases: 1; emergencies among them: 1. Closed: 0."));
	assert_non_null(strstr(text, "Open now: 1 for less than a day"));
	assert_non_null(strstr(text, "Alerts acknowledged: 1; half of them within 0 min"));
	assert_non_null(strstr(text, "Duty 2 took a shift of Duty 1: 11-23 08:00 to 11-24 08:00."));
	assert_non_null(strstr(text, "Audit trail: "));
	assert_null(strstr(text, row.code));
	hl_strlcpy(world->config->mail_tell, sizeof(world->config->mail_tell), "code");
	pass(DAY_S);
	assert_int_equal(waiting(CHANNEL_MAIL, text), 1); /* mails may tell nothing */
}

/* One call at a time: what nobody takes does not pile up. */
static void test_heartbeat(void **state)
{
	char text[OUTBOX_BODY_SIZE];

	(void)state;
	world->config->heartbeat_s = 900;
	pass(HOUR_S);
	assert_int_equal(waiting(CHANNEL_WEBHOOK, text), 0); /* the house has no such channel */
	hl_strlcpy(world->config->notify_socket, sizeof(world->config->notify_socket), "/run/x");
	pass(DAY_S);
	assert_int_equal(waiting(CHANNEL_WEBHOOK, text), 1);
	assert_int_equal(strncmp(text, "alive\n", 6), 0);
	assert_int_equal(world_heard(OPERATOR, ""), 0); /* no text */
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_due), T(test_digest), T(test_drill), T(test_drill_that_nobody_answers), T(test_sign_of_life),
		T(test_digest_by_mail), T(test_heartbeat),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
