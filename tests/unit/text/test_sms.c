/* Cutting a text into short messages: the lengths where one part becomes two, and pairs that straddle a cut. */
#include "cm.h"

#include <stdlib.h>
#include <string.h>

#include "text/sms.h"

#define MAX_PARTS 8

static const struct {
	const char *unit;        /* repeated */
	size_t times;
	const char *tail;        /* then this */
	enum sms_coding coding;
	size_t units, parts;
	size_t first;            /* units in the first part */
	uint32_t forced_by;
} rows[] = {
	{ "", 0, "", SMS_GSM7, 0, 1, 0, 0 },
	{ "a", 160, "", SMS_GSM7, 160, 1, 160, 0 },
	{ "a", 161, "", SMS_GSM7, 161, 2, 153, 0 },
	{ "a", 306, "", SMS_GSM7, 306, 2, 153, 0 },
	{ "a", 307, "", SMS_GSM7, 307, 3, 153, 0 },
	{ "a", 158, "\xE2\x82\xAC", SMS_GSM7, 160, 1, 160, 0 },
	{ "a", 159, "\xE2\x82\xAC", SMS_GSM7, 161, 2, 153, 0 },
	{ "a", 152, "\xE2\x82\xAC" "aaaaaaaaaa", SMS_GSM7, 164, 2, 152, 0 },   /* the escape pair would straddle the cut */
	{ "a", 151, "\xE2\x82\xAC" "aaaaaaaaaa", SMS_GSM7, 163, 2, 153, 0 },
	{ "\xE2\x82\xAC", 153, "", SMS_GSM7, 306, 3, 152, 0 },                 /* 76 pairs a part, one left over */
	{ "\xD0\xB0", 70, "", SMS_UCS2, 70, 1, 70, 0x430 },
	{ "\xD0\xB0", 71, "", SMS_UCS2, 71, 2, 67, 0x430 },
	{ "\xD0\xB0", 134, "", SMS_UCS2, 134, 2, 67, 0x430 },
	{ "\xD0\xB0", 135, "", SMS_UCS2, 135, 3, 67, 0x430 },
	{ "a", 69, "\xD2\xAF", SMS_UCS2, 70, 1, 70, 0x4AF },
	{ "a", 68, "\xF0\x9F\x99\x8F", SMS_UCS2, 70, 1, 70, 0x1F64F },
	{ "a", 66, "\xF0\x9F\x99\x8F" "aaaaaa", SMS_UCS2, 74, 2, 66, 0x1F64F }, /* the surrogate pair would straddle the cut */
	{ "a", 65, "\xF0\x9F\x99\x8F" "aaaaaa", SMS_UCS2, 73, 2, 67, 0x1F64F },
};

static size_t build(size_t row, char *text)
{
	size_t len = 0, n = strlen(rows[row].unit);

	for (size_t i = 0; i < rows[row].times; i++, len += n)
		memcpy(text + len, rows[row].unit, n);
	strcpy(text + len, rows[row].tail);
	return len + strlen(rows[row].tail);
}

static size_t part_units(const char *text, size_t len, enum sms_coding coding)
{
	uint8_t out[160];
	int n = sms_encode_part(text, len, coding, out, coding == SMS_GSM7 ? 160 : 140);

	assert_true(n >= 0);
	return coding == SMS_GSM7 ? (size_t)n : (size_t)n / 2;
}

static void test_cuts(void **state)
{
	char text[1024];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t len = build(i, text), ends[MAX_PARTS], from = 0, units = 0;
		struct sms_cut cut, measured;

		assert_int_equal(sms_split(text, len, &cut, ends, MAX_PARTS), 0);
		assert_int_equal(cut.coding, rows[i].coding);
		assert_int_equal(cut.units, rows[i].units);
		assert_int_equal(cut.parts, rows[i].parts);
		assert_int_equal(cut.forced_by, rows[i].forced_by);
		assert_int_equal(part_units(text, ends[0], cut.coding), rows[i].first);
		for (size_t p = 0; p < cut.parts; from = ends[p++])
			units += part_units(text + from, ends[p] - from, cut.coding);
		assert_int_equal(units, rows[i].units);
		assert_int_equal(ends[cut.parts - 1], len);
		assert_int_equal(sms_measure(text, len, &measured), 0);
		assert_memory_equal(&measured, &cut, sizeof(cut));
	}
}

static void test_too_many_parts(void **state)
{
	char text[512];
	struct sms_cut cut;
	size_t ends[3];

	(void)state;
	memset(text, 'a', sizeof(text));
	assert_int_equal(sms_split(text, 306, &cut, ends, 2), 0);
	assert_int_equal(sms_split(text, 307, &cut, ends, 2), HL_ERANGE);
	assert_int_equal(sms_split(text, 306, &cut, ends, 1), HL_ERANGE);
	assert_int_equal(sms_split(text, 1, &cut, ends, 0), HL_ERANGE);
}

static void test_not_utf8(void **state)
{
	struct sms_cut cut;
	size_t ends[1];

	(void)state;
	assert_int_equal(sms_measure("a\x80", 2, &cut), HL_EINVAL);
	assert_int_equal(sms_split("\xED\xA0\x80", 3, &cut, ends, 1), HL_EINVAL);
}

static void test_encoding(void **state)
{
	static const uint8_t septets[] = { 'a', 0x1B, 0x65, 0x00 };
	static const uint8_t utf16[] = { 0x04, 0xAF, 0xD8, 0x3D, 0xDE, 0x4F, 0x00, 'a' };
	uint8_t out[16];

	(void)state;
	assert_int_equal(sms_encode_part("a\xE2\x82\xAC@", 5, SMS_GSM7, out, sizeof(out)), 4);
	assert_memory_equal(out, septets, 4);
	assert_int_equal(sms_encode_part("\xD2\xAF\xF0\x9F\x99\x8F" "a", 7, SMS_UCS2, out, sizeof(out)), 8);
	assert_memory_equal(out, utf16, 8);
	assert_int_equal(sms_encode_part("ab", 2, SMS_GSM7, out, 1), HL_ERANGE);
	assert_int_equal(sms_encode_part("ab", 2, SMS_UCS2, out, 3), HL_ERANGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cuts),
		cmocka_unit_test(test_too_many_parts),
		cmocka_unit_test(test_not_utf8),
		cmocka_unit_test(test_encoding),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
