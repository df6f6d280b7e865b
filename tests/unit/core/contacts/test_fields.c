/* A line of a list of contacts: what is taken, and what is refused with the mend and without a word of the line. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cm.h"
#include "core/contacts/fields.h"

#define DAY_MS (86400 * INT64_C(1000))
#define NOW_MS (INT64_C(1763800000) * 1000) /* 2025-11-22 */

static struct triage_rules *rules;

static int setup(void **state)
{
	struct hl_reason why;

	(void)state;
	setenv("TZ", "Asia/Ulaanbaatar", 1);
	tzset();
	return triage_load(HL_SRCDIR "/etc/triage", &rules, &why);
}

static int teardown(void **state)
{
	(void)state;
	triage_free(rules);
	return 0;
}

static struct fields_context context(void)
{
	return (struct fields_context){ .rules = rules, .country = "976", .now_ms = NOW_MS, .consent_days = 730, .source = "school",
		.consent_ms = NOW_MS - DAY_MS, .language = -1, .script = -1, .groups = "" };
}

#define NUMBER .number = "0000 1001"

/* want: a piece of the reason; NULL: taken. */
static const struct { const char *what; struct fields_written w; const char *want; } rows[] = {
	{ "a number alone", { NUMBER }, NULL },
	{ "every notation", { .number = "tel:+976-0000-1001" }, NULL },
	{ "none", { .number = "" }, "missing" },
	{ "mangled", { .number = "9.76E+10" }, "spreadsheet" },
	{ "mangled with a comma", { .number = "9,76E+10" }, "spreadsheet" },
	{ "mangled, small", { .number = "9.76e10" }, "spreadsheet" },
	{ "mangled, no fraction", { .number = "9E+10" }, "spreadsheet" },
	{ "mangled to a decimal", { .number = "97600001001.0" }, "spreadsheet" },
	{ "a formula", { .number = "=1+1" }, "plus" },
	{ "a name", { .number = "Bold" }, "letters" },
	{ "a short one", { .number = "102" }, "short" },
	{ "two", { .number = "0000 1001, 0000 1002" }, "more than one" },
	{ "a district by its key", { NUMBER, .district = "bayangol" }, NULL },
	{ "a district as written", { NUMBER, .district = "Сонгинохайрхан" }, NULL },
	{ "a district, short", { NUMBER, .district = "БЗД" }, NULL },
	{ "no district", { NUMBER, .district = "Paris" }, "no such district" },
	{ "a language", { NUMBER, .language = "EN" }, NULL },
	{ "no language", { NUMBER, .language = "ru" }, "mn or en" },
	{ "a script", { NUMBER, .script = "Latin" }, NULL },
	{ "no script", { NUMBER, .script = "?" }, "cyrl or latn" },
	{ "a date", { NUMBER, .date = "2025-11-20" }, NULL },
	{ "a date with points", { NUMBER, .date = "2025.11.20" }, NULL },
	{ "a date as elsewhere", { NUMBER, .date = "20.11.2025" }, NULL },
	{ "today", { NUMBER, .date = "2025-11-22" }, NULL },
	{ "no date", { NUMBER, .date = "yesterday" }, "written as" },
	{ "a date mixed", { NUMBER, .date = "2025-11.20" }, "written as" },
	{ "no day", { NUMBER, .date = "2025-02-30" }, "no day" },
	{ "to come", { NUMBER, .date = "2025-12-24" }, "to come" },
	{ "too old", { NUMBER, .date = "2023-11-20" }, "too old" },
	{ "a source", { NUMBER, .source = "form at the clinic" }, NULL },
	{ "a number as a source", { NUMBER, .source = "+976 0000 1001" }, "looks like a number" },
	{ "a source of two lines", { NUMBER, .source = "a\nb" }, "one line" },
	{ "groups", { NUMBER, .groups = "school; market ;;" }, NULL },
	{ "too many groups", { NUMBER, .groups = "1;2;3;4;5;6;7;8;9" }, "too many" },
	{ "a number as a group", { NUMBER, .groups = "school;+976 0000 1002" }, "looks like a number" },
	{ "a year in a group", { NUMBER, .groups = "school 12, 2025" }, NULL },
	{ "a group too long", { NUMBER, .groups = "12345678901234567890123456789012345678901234567890" }, "octets" },
};

static struct fields_written filled(struct fields_written w)
{
	w.number = w.number ? w.number : "";
	w.district = w.district ? w.district : "";
	w.language = w.language ? w.language : "";
	w.script = w.script ? w.script : "";
	w.groups = w.groups ? w.groups : "";
	w.source = w.source ? w.source : "";
	w.date = w.date ? w.date : "";
	return w;
}

static void test_lines(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fields_context c = context();
		struct fields_written w = filled(rows[i].w);
		struct fields f;
		const char *why = fields_read(&c, &w, &f);
		if (!rows[i].want != !why || (why && !strstr(why, rows[i].want)))
			fail_msg("%s: %s", rows[i].what, why ? why : "taken");
		if (!why)
			assert_string_equal(f.number.e164, "+97600001001");
		if (why && *w.number && strlen(w.number) > 8)
			assert_null(strstr(why, w.number));
	}
}

static void test_what_is_read(void **state)
{
	struct fields_context c = context();
	struct fields_written w = filled((struct fields_written){ NUMBER, .district = "БЗД", .language = "en", .script = "latn", .groups = "b;a;b",
		.source = "clinic", .date = "2025-11-20" });
	struct fields f;

	(void)state;
	c.groups = "all";
	for (int i = 0; i < 2; i++) { /* the second time the district is remembered */
		assert_null(fields_read(&c, &w, &f));
		assert_string_equal(f.district, "Bayanzurkh");
		assert_int_equal(f.language, SUBSCRIBER_EN);
		assert_int_equal(f.script, SUBSCRIBER_LATN);
		assert_string_equal(f.groups, "all\nb\na");
		assert_string_equal(f.source, "clinic");
		assert_true(f.consent_ms < NOW_MS - DAY_MS && f.consent_ms > NOW_MS - 3 * DAY_MS);
	}
}

static void test_consent_is_required(void **state)
{
	struct fields_context c = context();
	struct fields_written w = filled((struct fields_written){ NUMBER });
	struct fields f;

	(void)state;
	c.source = "";
	assert_non_null(strstr(fields_read(&c, &w, &f), "no consent"));
	w.source = "clinic";
	assert_null(fields_read(&c, &w, &f));
	c.consent_ms = 0;
	assert_non_null(strstr(fields_read(&c, &w, &f), "no consent"));
	w.date = "2025-11-20";
	assert_null(fields_read(&c, &w, &f));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines), cmocka_unit_test(test_what_is_read), cmocka_unit_test(test_consent_is_required),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
