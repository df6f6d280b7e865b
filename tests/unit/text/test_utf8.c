/* UTF-8: every scalar value there and back, and each way of being wrong (RFC 3629) read as one bad octet. */
#include "cm.h"

#include <string.h>

#include "text/utf8.h"

static void test_every_scalar_value(void **state)
{
	(void)state;
	for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
		char s[4];
		uint32_t back;
		bool valid = false;
		size_t len;

		if (cp == 0xD800)
			cp = 0xE000;
		len = utf8_write(cp, s);
		assert_int_equal(utf8_read(s, len, &back, &valid), len);
		assert_true(valid);
		assert_int_equal(back, cp);
		if (len > 1)
			assert_false(utf8_valid(s, len - 1));
	}
}

static void test_bad_octets(void **state)
{
	static const struct { const char *s; size_t len; } rows[] = {
		{ "\x80", 1 }, { "\xBF", 1 },                     /* continuation alone */
		{ "\xC0\x80", 2 }, { "\xC1\xBF", 2 },             /* overlong, two octets */
		{ "\xE0\x9F\xBF", 3 }, { "\xF0\x8F\xBF\xBF", 4 }, /* overlong, three and four */
		{ "\xED\xA0\x80", 3 }, { "\xED\xBF\xBF", 3 },     /* surrogates */
		{ "\xF4\x90\x80\x80", 4 }, { "\xF5\x80\x80\x80", 4 }, { "\xFF", 1 }, /* over U+10FFFF */
		{ "\xC3", 1 }, { "\xE1\x80", 2 }, { "\xF1\x80\x80", 3 },             /* cut short */
		{ "\xC3" "a", 2 }, { "\xE1\x80" "a", 3 }, { "\xF1\x80\x80" "a", 4 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		uint32_t cp = 0;
		bool valid = true;
		assert_int_equal(utf8_read(rows[i].s, rows[i].len, &cp, &valid), 1);
		assert_false(valid);
		assert_int_equal(cp, UTF8_REPLACEMENT);
		assert_false(utf8_valid(rows[i].s, rows[i].len));
	}
	assert_true(utf8_valid("", 0));
	assert_true(utf8_valid("\0", 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_scalar_value),
		cmocka_unit_test(test_bad_octets),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
