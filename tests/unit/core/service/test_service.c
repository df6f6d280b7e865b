/* The decisions of the service rooms: which codes may be dialled, what an operator's text says of the credit, which missed calls
 * are answered. */
#include <stdlib.h>
#include <string.h>

#include "cm.h"
#include "core/service/balance_read.h"
#include "core/service/missed.h"
#include "core/service/mmi.h"

static void test_codes(void **state)
{
	static const struct { const char *code; int err; const char *audit; } rows[] = {
		{ "*100#", 0, "*100#" }, { "#100#", 0, "#100#" }, { "*123*4*5#", 0, "*123*...#" }, { "*#06#", 0, "*#06#" },
		{ "*#21#", 0, "*#21#" }, { "*#62*11#", 0, "*#62*...#" }, { "*210#", 0, "*210#" }, { "*0042#", 0, "*0042#" },
		{ "*123456789012#", 0, "**...#" },
		{ "**21*+97600001234#", HL_EINVAL, NULL }, /* no +: no code */
		{ "**21*00001234#", HL_ESTATE, "**21*...#" }, { "*21*00001234#", HL_ESTATE, "*21*...#" },
		{ "##002#", HL_ESTATE, "##002#" }, { "#62#", HL_ESTATE, "#62#" }, { "*33*0000#", HL_ESTATE, "*33*...#" },
		{ "**04*1234*5678*5678#", HL_ESTATE, "**04*...#" }, { "**05*12345678*1234*1234#", HL_ESTATE, "**05*...#" },
		{ "**03**1*2*2#", HL_ESTATE, "**03*...#" }, { "*43#", HL_ESTATE, "*43#" }, { "#31#", HL_ESTATE, "#31#" },
		{ "", HL_EINVAL, NULL }, { "100", HL_EINVAL, NULL }, { "*100", HL_EINVAL, NULL }, { "*#", HL_EINVAL, NULL },
		{ "*1a#", HL_EINVAL, NULL }, { "*100#\r", HL_EINVAL, NULL }, { "*100#;AT#", HL_EINVAL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char shown[MMI_CODE_MAX];
		struct hl_reason why = { "" };
		assert_int_equal(mmi_check(rows[i].code, &why), rows[i].err);
		assert_int_equal(mmi_check_form(rows[i].code, NULL), rows[i].err == HL_ESTATE ? 0 : rows[i].err);
		if (rows[i].err == HL_ESTATE)
			assert_non_null(strstr(why.text, "--force"));
		if (!rows[i].audit)
			continue;
		mmi_for_audit(rows[i].code, shown);
		assert_string_equal(shown, rows[i].audit);
	}
}

static void test_amounts(void **state)
{
	static const struct { const char *pattern, *text; int err; int64_t amount; } rows[] = {
		{ "([0-9]+) MNT", "Balance: 5000 MNT", 0, 5000 },
		{ "balance: ([0-9 ]+)", "Balance: 5 000 MNT", 0, 5000 },
		{ "([0-9][0-9 .,]*)", "You have 5,000.50 left", 0, 5000 },
		{ "([0-9][0-9 .,]*)", "You have 5.000,5 left", 0, 5000 },
		{ "([0-9][0-9 .,]*)", "You have 1.234.567 left", 0, 1234567 },
		{ "([0-9][0-9 .,']*)", "1'234", 0, 1234 },
		{ "([0-9][0-9 .,]*)", "0.99", 0, 0 },
		{ "([0-9][0-9 .,]*)", "5000. Thank you", 0, 5000 },
		{ "(-?[0-9]+)", "Debt -200", 0, -200 },
		{ "Үлдэгдэл: ([0-9]+)₮", "Үлдэгдэл: 5000₮", 0, 5000 },
		{ "(a|b)?([0-9]+) MNT", "5000 MNT", HL_ENOENT, 0 },  /* the first group took no part */
		{ "Balance: (.*)", "Balance: none", HL_ENOENT, 0 },
		{ "([0-9]+) MNT", "Service is not available", HL_ENOENT, 0 },
		{ "([0-9]+)", "12345678901234567890", HL_ENOENT, 0 },
		{ "(", "5000", HL_ENOENT, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int64_t amount = 0;
		assert_int_equal(balance_read(rows[i].pattern, rows[i].text, &amount), rows[i].err);
		if (!rows[i].err)
			assert_int_equal(amount, rows[i].amount);
	}
}

static void test_patterns(void **state)
{
	struct hl_reason why;

	(void)state;
	assert_int_equal(balance_check_pattern("([0-9]+) MNT", &why), 0);
	assert_int_equal(balance_check_pattern("[0-9]+", &why), HL_EINVAL);
	assert_non_null(strstr(why.text, "brackets"));
	assert_int_equal(balance_check_pattern("(", &why), HL_EINVAL);
}

/* One warning for each fall. */
static void test_low(void **state)
{
	static const struct { int64_t amount; bool warn; } days[] = {
		{ 5000, false }, { 1000, false }, { 999, true }, { 900, false }, { 0, false }, { 1000, false }, { 10, true },
	};
	bool low = false;

	(void)state;
	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		struct balance_verdict v = balance_judge(days[i].amount, 1000, low);
		assert_int_equal(v.warn, days[i].warn);
		low = v.low;
	}
}

static void test_missed_calls(void **state)
{
	static const struct { struct missed_facts f; bool answered; } rows[] = {
		{ { true, 60, true, false, false, 29, 30, 100000, 0 }, true },
		{ { true, 60, true, false, false, 29, 30, 100000, 40001 }, false },
		{ { true, 60, true, false, false, 29, 30, 100000, 40000 }, true },
		{ { false, 60, true, false, false, 29, 30, 100000, 0 }, false },  /* nobody is answered */
		{ { true, 0, true, false, false, 29, 30, 100000, 0 }, false },    /* switched off */
		{ { true, 60, false, false, false, 29, 30, 100000, 0 }, false },  /* a short number */
		{ { true, 60, true, true, false, 29, 30, 100000, 0 }, false },    /* one of ours */
		{ { true, 60, true, false, true, 29, 30, 100000, 0 }, false },    /* asked not to be texted */
		{ { true, 60, true, false, false, 30, 30, 100000, 0 }, false }, /* so many callers that most must be forged */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(missed_is_answered(&rows[i].f), rows[i].answered);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_codes), cmocka_unit_test(test_amounts), cmocka_unit_test(test_patterns),
		cmocka_unit_test(test_low), cmocka_unit_test(test_missed_calls),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
