/* Placeholders in both languages, and which letter makes a text expensive. */
#include <string.h>

#include "cm.h"
#include "core/campaign/template.h"

static void test_check(void **state)
{
	static const struct { const char *text, *says; } rows[] = {
		{ "Text {stop} to leave.", NULL },
		{ "Болих бол {болих} гэж бичнэ үү. {дүүрэг}", NULL },
		{ "Болих: {stop}", NULL }, /* either name in either language */
		{ "{{not a place}} {stop}", NULL },
		{ "", NULL },
		{ "Go to {distrikt}", "character 7: unknown placeholder {distrikt}: did you mean {district}?" },
		{ "Сайн уу {дүрэг}", "character 9: unknown placeholder {дүрэг}: did you mean {дүүрэг}?" },
		{ "Hi {name}", "character 4: unknown placeholder {name}; there are {district}" },
		{ "Hi {stop", "character 4: a bracket { without its placeholder" },
		{ "Hi } you", "character 4: a bracket } without its placeholder" },
		{ "Hi {}", "character 4: unknown placeholder {}" },
		{ "{ДҮҮРЭГ{", "character 1: a bracket {" },
		{ "\xff", "is not valid UTF-8" },
		{ "{aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}", "character 1: a bracket {" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hl_reason why = { "" };
		int err = template_check(rows[i].text, &why);
		assert_int_equal(err, rows[i].says ? HL_EINVAL : 0);
		if (rows[i].says && strncmp(why.text, rows[i].says, strlen(rows[i].says)))
			fail_msg("\"%s\": \"%s\"", rows[i].text, why.text);
	}
}

static void test_fill(void **state)
{
	static const struct template_values v = { { [TEMPLATE_DISTRICT] = "БЗД", [TEMPLATE_STOP] = "ЗОГС" } };
	static const struct { const char *text, *is; size_t size; } rows[] = {
		{ "{дүүрэг}: {stop}", "БЗД: ЗОГС", 64 },
		{ "{district}{district}", "БЗДБЗД", 64 },
		{ "{start}.", ".", 64 }, /* nothing is known of it */
		{ "{{{stop}}}", "{ЗОГС}", 64 },
		{ "abc", "abc", 4 },
		{ "abc", NULL, 3 },
		{ "{stop}", NULL, 8 },
		{ "", "", 1 },
		{ "", NULL, 0 },
	};
	char out[64];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int len = template_fill(rows[i].text, &v, out, rows[i].size);
		assert_int_equal(len, rows[i].is ? (int)strlen(rows[i].is) : HL_ERANGE);
		if (rows[i].is)
			assert_string_equal(out, rows[i].is);
	}
	assert_true(template_has("a {болих}", TEMPLATE_STOP));
	assert_true(template_has("a {stop}", TEMPLATE_STOP));
	assert_false(template_has("a {{stop}} {start}", TEMPLATE_STOP));
}

static void test_forced_by(void **state)
{
	static const struct { const char *text, *says; } rows[] = {
		{ "plain", "" },
		{ "price 5€ [ok]", "" },
		{ "it’s", "\"’\" (U+2019), character 3" },
		{ "Sain уу", "\"у\" (U+0443), character 6" },
		{ "x😀", "\"😀\" (U+1F600), character 2" },
	};
	struct sms_cut cut;
	char out[64];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(sms_measure(rows[i].text, strlen(rows[i].text), &cut), 0);
		template_forced_by(rows[i].text, &cut, out);
		assert_string_equal(out, rows[i].says);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = { cmocka_unit_test(test_check), cmocka_unit_test(test_fill), cmocka_unit_test(test_forced_by) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
