/* Codes of cases: every slip of one digit and every swap of neighbours is found. */
#include "cm.h"

#include <stdio.h>
#include <string.h>

#include "core/case/case.h"

static void test_new_codes_read(void **state)
{
	char code[CASE_CODE_SIZE], read[CASE_CODE_SIZE];

	(void)state;
	for (int i = 0; i < 1000; i++) {
		case_code_new(code);
		assert_int_equal(strlen(code), CASE_CODE_DIGITS);
		assert_true(case_code_read(code, strlen(code), read));
		assert_string_equal(code, read);
	}
}

static void test_single_errors(void **state)
{
	char code[CASE_CODE_SIZE], wrong[CASE_CODE_SIZE], read[CASE_CODE_SIZE];

	(void)state;
	for (int i = 0; i < 200; i++) {
		case_code_new(code);
		for (int at = 0; at < CASE_CODE_DIGITS; at++) {
			for (char digit = '0'; digit <= '9'; digit++) {
				memcpy(wrong, code, sizeof(wrong));
				wrong[at] = digit;
				assert_int_equal(case_code_read(wrong, CASE_CODE_DIGITS, read), digit == code[at]);
			}
		}
	}
}

static void test_swaps(void **state)
{
	char code[CASE_CODE_SIZE], wrong[CASE_CODE_SIZE], read[CASE_CODE_SIZE];

	(void)state;
	for (int i = 0; i < 2000; i++) {
		case_code_new(code);
		for (int at = 0; at + 1 < CASE_CODE_DIGITS; at++) {
			memcpy(wrong, code, sizeof(wrong));
			wrong[at] = code[at + 1];
			wrong[at + 1] = code[at];
			assert_int_equal(case_code_read(wrong, CASE_CODE_DIGITS, read), code[at] == code[at + 1]);
		}
	}
}

static void test_forms(void **state)
{
	static const struct { const char *text; const char *code; } rows[] = {
		{ "0000000", "0000000" },
		{ "5724", NULL },
		{ "1234560", NULL },
		{ "123456a", NULL },
		{ "", NULL },
		{ "00000000", NULL },
		{ "000 0000", "0000000" },
		{ "000-00-00", "0000000" },
		{ " 0000000 ", "0000000" },
		{ "0000001", NULL },
	};
	char code[CASE_CODE_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(case_code_read(rows[i].text, strlen(rows[i].text), code), rows[i].code != NULL);
		if (rows[i].code)
			assert_string_equal(code, rows[i].code);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_new_codes_read),
		cmocka_unit_test(test_single_errors),
		cmocka_unit_test(test_swaps),
		cmocka_unit_test(test_forms),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
