/* How long a text that failed for now waits. */
#include "cm.h"

#include "core/outbound/backoff.h"

static void test_rows(void **state)
{
	static const struct { int64_t attempts, first_s, most_s, longest_ms; } rows[] = {
		{ 0, 30, 1800, 30000 }, { 1, 30, 1800, 30000 }, { 2, 30, 1800, 60000 }, { 3, 30, 1800, 120000 }, { 6, 30, 1800, 960000 },
		{ 7, 30, 1800, 1800000 }, { 8, 30, 1800, 1800000 }, { INT64_MAX, 30, 1800, 1800000 },
		{ 1, 1, 1, 1000 }, { 9, 1, 1, 1000 },
		{ 1, 60, 30, 60000 }, { 5, 60, 30, 60000 },  /* a configuration that makes no sense: never less than the first */
		{ 1, 0, 10, 1000 }, { 1, -5, 10, 1000 }, { 2, 0, 10, 2000 }, /* never at once, or a dead number would keep a modem busy */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int64_t longest = rows[i].longest_ms;
		assert_int_equal(backoff_ms(rows[i].attempts, rows[i].first_s, rows[i].most_s, 0), longest);
		assert_int_equal(backoff_ms(rows[i].attempts, rows[i].first_s, rows[i].most_s, 1), longest - 1);
		/* up to a quarter less, so that what failed together is not tried together */
		assert_int_equal(backoff_ms(rows[i].attempts, rows[i].first_s, rows[i].most_s, (uint32_t)(longest / 4)), longest - longest / 4);
		assert_int_equal(backoff_ms(rows[i].attempts, rows[i].first_s, rows[i].most_s, (uint32_t)(longest / 4 + 1)), longest);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_rows) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
