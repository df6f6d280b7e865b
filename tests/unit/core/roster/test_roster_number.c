/* Telephone numbers of the roster in any notation: one form, or the reason. */
#include "cm.h"

#include <string.h>

#include "core/roster/roster_number.h"

static void test_notations(void **state)
{
	static const struct { const char *text, *number, *why; } rows[] = {
		{ "+97600001001", "+97600001001", NULL },
		{ "+976 0000 1001", "+97600001001", NULL },
		{ "00976-0000-1001", "+97600001001", NULL },
		{ "0000 1001", "+97600001001", NULL },
		{ "97600001001", "+97600001001", NULL },
		{ "(+976) 0000.1001", "+97600001001", NULL },
		{ "  +976\xc2\xa0" "0000\xe2\x80\x91" "1001 ", "+97600001001", NULL },
		{ "\xe2\x80\xaa+976 0000 1001\xe2\x80\xac", "+97600001001", NULL },
		{ "tel:+976-0000-1001", "+97600001001", NULL },
		{ "\xef\xbc\x8b\xef\xbc\x99\xef\xbc\x97\xef\xbc\x96" "00001001", "+97600001001", NULL },
		{ "+49 (0) 0000 1001", "", "(0)" },
		{ "+976 0000 1001 / 0000 1002", "", "more than one" },
		{ "+976 0000 1001, +976 0000 1002", "", "more than one" },
		{ "+976 0000 1001 ext 2", "", "letters" },
		{ "\xd0\xb0+976 0000 1001", "", "letters" },
		{ "976+00001001", "", "plus in the middle" },
		{ "102", "", "short" },
		{ "*100#", "", "code" },
		{ "+", "", "no digits" },
		{ " ", "", "no digits" },
		{ "+0976 0000 1001", "", "begins with 0" },
		{ "+976 0000 1001 0000 1001", "", "digits" },
		{ "+976 0000 10\xff" "01", "", "letters" },
		{ "+976=00001001", "", "sign" },
		{ "000010", "", "short" }, /* at its bounds */
		{ "+976000010010000", "+976000010010000", NULL },
		{ "+9760000100100001", "", "digits" },
		{ "00976000010010000", "+976000010010000", NULL },
		{ "009760000100100001", "", "digits" },
		{ "(0)000 1001", "+97600001001", NULL }, /* no country code before it */
		{ "0049 (0) 0000 1001", "", "(0)" },
		{ "+976 0000 1001A", "", "letters" }, { "+976 0000 1001Z", "", "letters" }, { "+976 0000 1001a", "", "letters" },
		{ "+976 0000 1001z", "", "letters" },
		{ "+976\xc2\xad" "0000\xe2\x80\x80" "1001", "+97600001001", NULL }, /* what comes along with a copied number */
		{ "+976\xe2\x80\x95" "0000\xe2\x80\xaf" "1001", "+97600001001", NULL },
		{ "+976\xe2\x81\xa0" "0000\xe2\x88\x92" "1001", "+97600001001", NULL },
		{ "+976\xe3\x80\x80" "0000\t1001\xef\xbb\xbf", "+97600001001", NULL },
		{ "\xe2\x81\xa6+976\xe2\x80\xae" "0000 1001\xe2\x81\xa9", "+97600001001", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct number n;
		const char *why = roster_number_read(rows[i].text, "976", &n);
		if (!rows[i].why && why)
			fail_msg("row %zu: %s", i, why);
		if (rows[i].why && (!why || !strstr(why, rows[i].why)))
			fail_msg("row %zu: wanted %s, got %s", i, rows[i].why, why ? why : "a number");
		assert_string_equal(n.e164, rows[i].number);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_notations) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
