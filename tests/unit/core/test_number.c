/* Numbers: whatever way a modem or a person writes one, it becomes one form; what cannot be answered is said to be
 * so. */
#include "cm.h"

#include "base/error.h"
#include "core/number.h"

static const struct { const char *in; int err; const char *out; bool answerable; } rows[] = {
	{ "+97600001234", 0, "+97600001234", true },
	{ "+976 0000-1234", 0, "+97600001234", true },
	{ " +976 (0000) 1234", 0, "+97600001234", true },
	{ "97600001234", 0, "+97600001234", true },
	{ "0097600001234", 0, "+97600001234", true },
	{ "00001234", 0, "+97600001234", true }, /* national, though it begins with two zeros */
	{ "0000 1234", 0, "+97600001234", true },
	{ "0015550000000", 0, "+15550000000", true },
	{ "+15550000000", 0, "+15550000000", true },
	{ "102", 0, "102", false },
	{ "123456", 0, "123456", false },
	{ "14 15", 0, "1415", false },
	{ "Operator", 0, "Operator", false },
	{ "1x1", 0, "1x1", false },
	{ "\xD0\x9C\xD0\xBE\xD0\xB1\xD0\xB8", 0, "\xD0\x9C\xD0\xBE\xD0\xB1\xD0\xB8", false },
	{ "", HL_EINVAL, NULL, false },
	{ "+", HL_EINVAL, NULL, false },
	{ "   ", HL_EINVAL, NULL, false },
	{ "+1234", HL_EINVAL, NULL, false },
	{ "*123#", HL_EINVAL, NULL, false },
	{ "++97600001234", HL_EINVAL, NULL, false },
	{ "+1234567890123456", HL_EINVAL, NULL, false },
	{ "1234567890123456789012345678901234567890", HL_EINVAL, NULL, false },
	{ "abcdefghijklmnopqrstuvwxyz", HL_EINVAL, NULL, false },
};

static void test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct number n;
		bool answerable = true;
		assert_int_equal(number_normalise(rows[i].in, "976", &n, &answerable), rows[i].err);
		if (rows[i].err)
			continue;
		assert_string_equal(n.e164, rows[i].out);
		assert_int_equal(answerable, rows[i].answerable);
	}
}

/* Country code 999 is nobody's. */
static void test_national_that_begins_like_the_country(void **state)
{
	static const char *const in[] = { "99900012", "9990001" }, *const want[] = { "+99999900012", "+9999990001" };

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct number n;
		bool answerable;
		assert_int_equal(number_normalise(in[i], "999", &n, &answerable), 0);
		assert_string_equal(n.e164, want[i]);
		assert_true(answerable);
	}
}

static void test_idempotent(void **state)
{
	struct number once, twice;
	bool answerable;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (rows[i].err)
			continue;
		assert_int_equal(number_normalise(rows[i].in, "976", &once, &answerable), 0);
		assert_int_equal(number_normalise(once.e164, "976", &twice, &answerable), 0);
		assert_string_equal(once.e164, twice.e164);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_national_that_begins_like_the_country),
		cmocka_unit_test(test_idempotent),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
