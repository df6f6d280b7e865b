/* What the core itself takes of an emergency's time, on a real store with 50,000 campaign texts queued and eight modems that are busy
 * with them, one of them reserved; and what 1,000 open alerts cost. The radio is not in it: a reserved modem has none before it. */
#include "cm.h"

#include <stdlib.h>
#include <time.h>

#include "core/alert/alert.h"
#include "core/turn.h"
#include "store/alert.h"
#include "unit/core/outbound/outbound_world.h"

#define QUEUED 50000
#define BATCH 500
#define ROUNDS 400
#define OPEN 1000

static const char people[] = "people = ( { name = \"Duty 1\"; role = \"officer\"; number = \"+97600001001\"; language = \"en\"; },\n"
	"{ name = \"Duty 2\"; role = \"officer\"; number = \"+97600001002\"; language = \"en\"; } );";

static double now_s(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void print_row(const char *name, double value, const char *unit, const char *goal)
{
	printf("%-60s %10.3f %-5s goal %s\n", name, value, unit, goal);
}

/* The time until a link has the alert. */
static double one_emergency(struct world_link *reserved)
{
	double from = now_s(CLOCK_MONOTONIC), took;

	world_case(TRIAGE_EMERGENCY);
	took = now_s(CLOCK_MONOTONIC) - from;
	assert_int_equal(reserved->held_count, 1);
	world_submit(reserved);
	world_transmit(reserved);
	world->air_count = 0;
	return took * 1000;
}

static void emergencies(struct world_link *reserved, const char *name, const char *goal)
{
	static double ms[ROUNDS];

	for (int i = 0; i < ROUNDS; i++)
		ms[i] = one_emergency(reserved);
	qsort(ms, ROUNDS, sizeof(ms[0]), by_value);
	print_row(name, ms[ROUNDS * 99 / 100], "ms", goal);
}

static void bench_emergency(void **state)
{
	struct world_link *reserved;

	(void)state;
	world_setup(people);
	world->config->escalate_emergency_s = 86400;
	reserved = world_link_add("m0", true);
	emergencies(reserved, "emergency to a modem, idle, p99", "<= 100");
	for (int i = 1; i < 8; i++) {
		char name[4] = { 'm', (char)('0' + i), '\0' };
		world_link_add(name, false)->air = AIR_HANGS;
	}
	for (int i = 0; i < QUEUED; i++) {
		world_add(LANE_CAMPAIGN, OUTBOX_TEST, "+97600005001", "an invitation", "");
		if (i % BATCH == BATCH - 1)
			assert_int_equal(world_turn(), 0);
	}
	emergencies(reserved, "emergency to a modem, 50,000 texts queued, 7 of 8 busy, p99", "<= 2000");
	world_end();
}

/* Each rings once in its 120 s: their share of a core. */
static void bench_open(void **state)
{
	double cpu;

	(void)state;
	world_setup(people);
	world->config->escalate_emergency_s = 120;
	for (int i = 0; i < OPEN; i++)
		world_case(TRIAGE_EMERGENCY);
	cpu = now_s(CLOCK_PROCESS_CPUTIME_ID);
	world->boot_ms += 120 * 1000;
	while (store_alert_next_due(world->core.store) <= world->boot_ms) {
		turn_begin(world->core.turn);
		alert_run_due(&world->core);
		assert_int_equal(world_turn(), 0);
	}
	print_row("1,000 open alerts, each ringing every 120 s", 100 * (now_s(CLOCK_PROCESS_CPUTIME_ID) - cpu) / 120, "%", "< 1");
	world_end();
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(bench_emergency), cmocka_unit_test(bench_open) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
