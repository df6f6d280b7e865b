/* The texts of each hour are counted on disk, and a silence after weeks of texts is told once. */
#include "cm.h"

#include "core/counters.h"
#include "core/health/quiet.h"
#include "core/turn.h"
#include "store/inbound_hour.h"
#include "unit/core/outbound/outbound_world.h"

#define OPERATOR "+97600000007"
#define HOUR_S 3600

static int setup(void **state)
{
	(void)state;
	world_setup("people = ( { name = \"Operator\"; role = \"operator\"; number = \"" OPERATOR "\"; language = \"en\"; } );");
	world_link_add("m1", false);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	world_end();
	return 0;
}

/* Hours with so many texts in each. */
static void hours(struct quiet *q, int count, int64_t texts)
{
	for (int i = 0; i < count; i++) {
		turn_begin(world->core.turn);
		counter_add(&world->core, COUNT_STORED, texts);
		quiet_tick(q);
		world_turn();
		world_pass_s(HOUR_S);
		quiet_tick(q);
		world_talk();
	}
}

static void test_silence_is_told_once(void **state)
{
	struct quiet *q = quiet_new(&world->core);

	(void)state;
	hours(q, 16 * 24, 3);
	assert_int_equal(quiet_hours(q), 0);
	assert_int_equal(world_heard(OPERATOR, ""), 0);
	hours(q, 3, 0);
	assert_int_equal(quiet_hours(q), 0); /* may be chance */
	hours(q, 1, 0);
	assert_int_equal(quiet_hours(q), 4);
	assert_int_equal(world_heard(OPERATOR, "4 hours"), 1);
	quiet_free(q);
	q = quiet_new(&world->core); /* a restart forgets no count */
	hours(q, 1, 0);
	assert_int_equal(quiet_hours(q), 4);
	hours(q, 24, 3);
	assert_int_equal(quiet_hours(q), 0);
	quiet_free(q);
}

static void test_old_hours_go(void **state)
{
	struct quiet *q = quiet_new(&world->core);
	int64_t first;

	(void)state;
	hours(q, 1, 1);
	turn_begin(world->core.turn);
	first = store_inbound_hour_first(world->core.store);
	assert_int_equal(store_inbound_hour_get(world->core.store, first), 1);
	world_turn();
	world_pass_s(40 * 24 * HOUR_S);
	hours(q, 2, 2);
	turn_begin(world->core.turn);
	assert_int_equal(store_inbound_hour_get(world->core.store, first), 0);
	assert_true(store_inbound_hour_first(world->core.store) > first);
	world_turn();
	quiet_free(q);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = { T(test_silence_is_told_once), T(test_old_hours_go) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
