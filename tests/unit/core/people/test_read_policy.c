/* How many texts somebody may open. */
#include "cm.h"

#include "core/people/read_policy.h"
#include "core/triage/triage.h"

static const struct read_limits limits = { .hour = 10, .day = 30, .own_hour = 50, .own_day = 100 };

struct row { const char *what; struct read_facts f; bool may; };

static const struct row rows[] = {
	{ "nothing yet", { false, 0, 0, 0, 0 }, true },
	{ "the last of the hour", { false, 9, 9, 0, 0 }, true },
	{ "over the hour", { false, 10, 10, 0, 0 }, false },
	{ "over the day", { false, 0, 30, 0, 0 }, false },
	{ "own cases use up nothing of others", { false, 45, 45, 40, 40 }, true },
	{ "others use up nothing of own cases", { true, 10, 30, 0, 0 }, true },
	{ "own, the last of the hour", { true, 49, 49, 49, 49 }, true },
	{ "own, over the higher limit of the hour", { true, 50, 50, 50, 50 }, false },
	{ "own, over the higher limit of the day", { true, 0, 100, 0, 100 }, false },
};

static void test_limits(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (read_may(&limits, &rows[i].f) != rows[i].may)
			fail_msg("%s", rows[i].what);
}

static void test_no_limit(void **state)
{
	static const struct read_limits none = { 0, 0, 0, 0 };
	struct read_facts f = { false, 1000000, 1000000, 0, 0 };

	(void)state;
	assert_true(read_may(&none, &f));
	f.own = true;
	assert_true(read_may(&none, &f));
}

struct own_row { struct read_case c; bool own; };

static const struct own_row own_rows[] = {
	{ { "Bat", false, false, TRIAGE_LOW }, true },
	{ { "Dorj", false, false, TRIAGE_EMERGENCY }, false },
	{ { "", true, false, TRIAGE_LOW }, true },
	{ { "", false, true, TRIAGE_EMERGENCY }, true },
	{ { "", false, true, TRIAGE_HIGH }, true },
	{ { "", false, true, TRIAGE_NORMAL }, false },
	{ { "", false, false, TRIAGE_HIGH }, false },
};

static void test_whose(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(own_rows) / sizeof(own_rows[0]); i++)
		if (read_is_own(&own_rows[i].c, "Bat") != own_rows[i].own)
			fail_msg("row %zu", i);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_no_limit),
		cmocka_unit_test(test_whose),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
