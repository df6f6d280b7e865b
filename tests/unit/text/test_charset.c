/* The letters of a file: what a spreadsheet in Ulaanbaatar may write is read, what is none of it is refused with the mend. */
#include <stdlib.h>
#include <string.h>

#include "cm.h"
#include "text/charset.h"

#define S(text) text, sizeof(text) - 1

struct row { const char *what, *in; size_t len; enum charset want; const char *out; };

static const struct row rows[] = {
	{ "plain", S("a,b\n"), CHARSET_UTF8, "a,b\n" },
	{ "UTF-8", S("\xd2\xaf"), CHARSET_UTF8, "\xd2\xaf" },
	{ "UTF-8 with a mark", S("\xef\xbb\xbf\xd2\xaf,1"), CHARSET_UTF8, "\xd2\xaf,1" },
	{ "empty", S(""), CHARSET_UTF8, "" },
	{ "UTF-16 little end, marked", S("\xff\xfe\xaf\x04,\0"), CHARSET_UTF16, "\xd2\xaf," },
	{ "UTF-16 big end, marked", S("\xfe\xff\x04\xaf\0,"), CHARSET_UTF16, "\xd2\xaf," },
	{ "UTF-16 little end, not marked", S("\x11\x04\x17\x04\x14\x04,\0001\0\n\0"), CHARSET_UTF16, "\xd0\x91\xd0\x97\xd0\x94,1\n" },
	{ "UTF-16 big end, not marked", S("\0n\0,\0001\0\n"), CHARSET_UTF16, "n,1\n" },
	{ "UTF-16 beyond the first plane", S("\xff\xfe\x3d\xd8\x00\xde"), CHARSET_UTF16, "\xf0\x9f\x98\x80" },
	{ "UTF-16 with half a pair", S("\xff\xfe\x3d\xd8,\0"), CHARSET_REFUSED, NULL },
	{ "UTF-16 cut", S("\xff\xfe\x3d"), CHARSET_REFUSED, NULL },
	{ "Windows-1251", S("\xc1\xe0\xff\xed\xe3\xee\xeb,1"), CHARSET_CP1251, "Баянгол,1" },
	{ "Windows-1251 with Mongolian letters", S("\xd1\xbf\xf5\xe1\xe0\xe0\xf2\xe0\xf0 \xba"), CHARSET_CP1251, "Сүхбаатар ө" },
	{ "neither", S("\xc1\x81\x98"), CHARSET_REFUSED, NULL },
	{ "marked, but no UTF-8", S("\xef\xbb\xbf\xc1\xe0"), CHARSET_REFUSED, NULL },
	{ "a spreadsheet", S("PK\x03\x04\x14\0\x06\0"), CHARSET_REFUSED, NULL },
	{ "an octet 0", S("abc\0defg,,,,;"), CHARSET_REFUSED, NULL },
};

static void test_reads(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *out;
		size_t len = 0;
		const char *why;
		enum charset got = charset_read(rows[i].in, rows[i].len, &out, &len, &why);
		if (got != rows[i].want)
			fail_msg("%s: %s", rows[i].what, charset_name(got));
		if (!rows[i].out) {
			assert_null(out);
			assert_non_null(strstr(why, "CSV UTF-8"));
			continue;
		}
		assert_int_equal(len, strlen(rows[i].out));
		assert_string_equal(out, rows[i].out);
		free(out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_reads) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
