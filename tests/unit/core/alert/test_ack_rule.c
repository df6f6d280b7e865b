/* How long codes are, and what guessing leads to. */
#include "cm.h"

#include "core/alert/ack_rule.h"

#define NOW INT64_C(50000000)

static void test_digits(void **state)
{
	static const struct { const char *what; struct ack_tries tries; size_t valid, digits; } rows[] = {
		{ "the first", { 0, 0 }, 0, 4 },
		{ "four of 10,000: 1 in 2,500", { 0, 0 }, 3, 4 },
		{ "a fifth would be more", { 0, 0 }, 4, 6 },
		{ "400 of a million", { 0, 0 }, 399, 6 },
		{ "and one more", { 0, 0 }, 400, 8 },
		{ "however many", { 0, 0 }, 1000000, 8 },
		{ "a slip changes nothing", { 1, NOW }, 0, 4 },
		{ "nor four", { ACK_TRIES - 1, NOW }, 0, 4 },
		{ "five do", { ACK_TRIES, NOW }, 0, 8 },
		{ "and so they stay", { ACK_TRIES + 9, NOW - ACK_CALM_MS + 1 }, 0, 8 },
		{ "until it was calm for long", { ACK_TRIES, NOW - ACK_CALM_MS }, 0, 4 },
		{ "another boot is no calm", { ACK_TRIES, NOW + 1 }, 0, 8 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		print_message("%s\n", rows[i].what);
		assert_int_equal(ack_digits(&rows[i].tries, rows[i].valid, NOW), rows[i].digits);
	}
	for (size_t digits = 0; digits < 12; digits++)
		assert_int_equal(ack_is_code_long(digits), digits == 4 || digits == 6 || digits == 8);
}

/* The fifth of a row is the one too many, once; each later one keeps the long codes. */
static void test_wrong_ones(void **state)
{
	struct ack_tries t = { 0, 0 };

	(void)state;
	for (int i = 1; i <= 8; i++) {
		assert_int_equal(ack_wrong(&t, NOW + i * 1000), i == ACK_TRIES);
		assert_int_equal(t.wrong, i);
		assert_int_equal(t.from_boot_ms, i < ACK_TRIES ? NOW + 1000 : NOW + i * 1000); /* of few the first, of many the last */
	}
}

static void test_slips_far_apart_are_no_guessing(void **state)
{
	struct ack_tries t = { 0, 0 };

	(void)state;
	for (int i = 0; i < 20; i++) {
		assert_false(ack_wrong(&t, NOW + i * ACK_CALM_MS));
		assert_int_equal(t.wrong, 1);
	}
}

static void test_another_boot_forgives_nothing(void **state)
{
	struct ack_tries t = { ACK_TRIES - 2, NOW };

	(void)state;
	assert_false(ack_wrong(&t, 10));
	assert_int_equal(t.wrong, ACK_TRIES - 1);
	assert_int_equal(t.from_boot_ms, 10); /* on this boot's clock from now on */
	assert_true(ack_wrong(&t, 20));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_digits), cmocka_unit_test(test_wrong_ones),
		cmocka_unit_test(test_slips_far_apart_are_no_guessing), cmocka_unit_test(test_another_boot_forgives_nothing) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
