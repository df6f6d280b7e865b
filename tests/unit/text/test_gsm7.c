/* The GSM alphabet: both tables both ways, and packing at every fill against a plain bit-by-bit reference. */
#include "cm.h"

#include <string.h>

#include "text/gsm7.h"
#include "text/utf8.h"

/* TS 23.038 6.2.1 row by row; the escape's place is held by U+00A0. */
static const char basic[] =
	"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u00a0ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
	"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

static const struct { uint8_t septet; uint32_t cp; } extension[] = {
	{ 0x0A, 0x0C }, { 0x14, '^' }, { 0x28, '{' }, { 0x29, '}' }, { 0x2F, '\\' },
	{ 0x3C, '[' }, { 0x3D, '~' }, { 0x3E, ']' }, { 0x40, '|' }, { 0x65, 0x20AC },
};

static void test_default_alphabet(void **state)
{
	size_t len = sizeof(basic) - 1, at = 0;
	int septet = 0;

	(void)state;
	for (; at < len; septet++) {
		uint32_t cp;
		at += utf8_read(basic + at, len - at, &cp, NULL);
		assert_int_equal(gsm7_to_char((uint8_t)septet, 0), cp);
		assert_int_equal(gsm7_from_char(cp), septet == GSM7_ESCAPE ? -1 : septet);
	}
	assert_int_equal(septet, 128);
}

static void test_extension_table(void **state)
{
	size_t found = 0;

	(void)state;
	for (int septet = 0; septet < 128; septet++) {
		uint32_t want = gsm7_to_char((uint8_t)septet, 0);
		for (size_t i = 0; i < sizeof(extension) / sizeof(extension[0]); i++)
			if (extension[i].septet == septet) {
				want = extension[i].cp;
				assert_int_equal(gsm7_from_char(want), GSM7_ESCAPE << 8 | septet);
				found++;
			}
		assert_int_equal(gsm7_to_char((uint8_t)septet, 1), want);
	}
	assert_int_equal(found, sizeof(extension) / sizeof(extension[0]));
}

static void test_no_other_character(void **state)
{
	int found = 0;

	(void)state;
	for (uint32_t cp = 0; cp <= 0x10FFFF; cp++)
		found += gsm7_from_char(cp) >= 0;
	assert_int_equal(found, 127 + 10);
	assert_int_equal(gsm7_from_char(0), -1);
	assert_int_equal(gsm7_from_char(0x445), -1);
}

static void pack_by_bits(const uint8_t *septets, size_t count, unsigned fill, uint8_t *out)
{
	for (size_t bit = 0; bit < count * 7; bit++)
		if (septets[bit / 7] >> bit % 7 & 1)
			out[(bit + fill) / 8] |= (uint8_t)(1u << (bit + fill) % 8);
}

static void test_packing(void **state)
{
	uint8_t septets[160], back[160], out[142], want[142];

	(void)state;
	for (size_t i = 0; i < sizeof(septets); i++)
		septets[i] = (uint8_t)((i * 37 + 11) & 0x7F);
	for (unsigned fill = 0; fill <= 6; fill++) {
		for (size_t count = 0; count <= 160; count++) {
			size_t octets = (count * 7 + fill + 7) / 8;
			memset(out, 0xEE, sizeof(out));
			memset(want, 0, sizeof(want));
			pack_by_bits(septets, count, fill, want);
			assert_int_equal(gsm7_pack(septets, count, fill, out), octets);
			assert_memory_equal(out, want, octets);
			assert_int_equal(out[octets], 0xEE);
			gsm7_unpack(out, count, fill, back);
			assert_memory_equal(back, septets, count);
		}
	}
}

static void test_known_packing(void **state)
{
	static const uint8_t want[] = { 0xE8, 0x32, 0x9B, 0xFD, 0x46, 0x97, 0xD9, 0xEC, 0x37 };
	uint8_t out[9];

	(void)state;
	assert_int_equal(gsm7_pack((const uint8_t *)"hellohello", 10, 0, out), 9);
	assert_memory_equal(out, want, sizeof(want));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_default_alphabet),
		cmocka_unit_test(test_extension_table),
		cmocka_unit_test(test_no_other_character),
		cmocka_unit_test(test_packing),
		cmocka_unit_test(test_known_packing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
