/* Cyrillic in Latin letters: every letter of the alphabet, capitals, and what does not fit. */
#include "cm.h"

#include <string.h>

#include "text/gsm7.h"
#include "text/translit.h"

static void test_table(void **state)
{
	static const struct { const char *from, *to; } rows[] = {
		{ "", "" },
		{ "абвгдеёжзийклмноөпрстуүфхцчшщъыьэюя", "abvgdyeyojziiklmnouprstuufkhtschshshyieyuya" },
		{ "Хүүхэд", "Khuukhed" }, { "ХҮҮХЭД", "KHUUKHED" }, { "Өөр зүйл", "Uur zuil" }, { "ЯХ", "YAKH" }, { "Я", "Ya" },
		{ "Юу болов?\n1 Тийм\n0 Гарах", "Yuu bolov?\n1 Tiim\n0 Garakh" },
		{ "Хэл / Language", "Khel / Language" },
		{ "«Тийм» — №1…", "\"Tiim\" - No1..." },
		{ "日本 ok", "?? ok" }, { "a\xff" "b", "a?b" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char out[128];
		assert_int_equal(translit_latin(rows[i].from, out, sizeof(out)), strlen(rows[i].to));
		assert_string_equal(out, rows[i].to);
		for (const char *c = out; *c; c++)
			assert_true(gsm7_from_char((unsigned char)*c) >= 0);
	}
}

static void test_what_does_not_fit(void **state)
{
	char out[6];

	(void)state;
	assert_int_equal(translit_latin("болщар", out, sizeof(out)), 7);
	assert_string_equal(out, "bolsh");
	assert_int_equal(translit_latin("балхар", out, 5), 7);
	assert_string_equal(out, "bal"); /* kh is whole or not there, and nothing follows it */
	assert_int_equal(translit_latin("б", NULL, 0), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_what_does_not_fit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
