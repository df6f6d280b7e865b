/* CSV as people have it, and none that a spreadsheet would run. */
#include <stdlib.h>
#include <string.h>

#include "cm.h"
#include "text/csv.h"

/* Rows are set apart by "/", fields by "|", in what is wanted; "!" stands for an error. */
static const struct { const char *in, *want; } rows[] = {
	{ "", "" },
	{ "a", "1a" },
	{ "a,b\nc,d\n", "1a|b/2c|d" },
	{ "a;b\r\nc;d,e\r\n", "1a|b/2c|d,e" },
	{ "a\tb\rc\td", "1a|b/2c|d" },
	{ "sep=;\na,b;c\n", "2a,b|c" },
	{ "\n\na,b\n,\n \n c , d \n", "3a|b/6c|d" },
	{ "a,b\n\"x,\"\"y\"\"\",2\n", "1a|b/2x,\"y\"|2" },
	{ "a,b\n\"x\ny\",2\nz,3", "1a|b/2x\ny|2/4z|3" },
	{ "a,b\n\"x\r\ny\" ,2\r\nz,3", "1a|b/2x\r\ny|2/4z|3" },
	{ "a,b\n,\"\"\n1,", "1a|b/31|" },
	{ "\"a;x\",b;\n", "1a;x|b;" },
	{ "a,b\n\"x,2\nz,3\n", "1a|b/2!" },
	{ "a,b\n\"x\"y,2\n", "1a|b/2!" },
	{ "a\"b,c\n", "1a\"b|c" },
};

static void test_reads(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char text[128], got[256] = "", *fields[CSV_FIELDS_MAX];
		struct csv c;
		int n;
		strcpy(text, rows[i].in);
		csv_begin(&c, text, strlen(text));
		while ((n = csv_read(&c, fields)) != 0) {
			sprintf(got + strlen(got), "%s%d", *got ? "/" : "", c.line);
			for (int f = 0; f < n; f++)
				sprintf(got + strlen(got), "%s%s", f ? "|" : "", fields[f]);
			if (n < 0) {
				assert_non_null(c.why);
				strcat(got, "!");
				break;
			}
		}
		if (strcmp(got, rows[i].want))
			fail_msg("row %zu: %s, not %s", i, got, rows[i].want);
	}
}

static void test_too_many_columns(void **state)
{
	char text[CSV_FIELDS_MAX + 1], *fields[CSV_FIELDS_MAX];
	struct csv c;

	(void)state;
	memset(text, ',', CSV_FIELDS_MAX);
	text[CSV_FIELDS_MAX] = '\0';
	csv_begin(&c, text, CSV_FIELDS_MAX);
	assert_int_equal(csv_read(&c, fields), -1);
	assert_non_null(c.why);
}

static void test_writes_no_formula(void **state)
{
	static const struct { const char *in, *want; } cells[] = {
		{ "Bayangol", "Bayangol" }, { "", "" }, { "12", "12" }, { "a,b", "\"a,b\"" }, { "a\"b", "\"a\"\"b\"" }, { "a\nb", "\"a\nb\"" },
		{ "=1+1", "\"'=1+1\"" }, { "+976", "\"'+976\"" }, { "-2", "\"'-2\"" }, { "@x", "\"'@x\"" }, { "  =HYPERLINK(\"x\")", "\"'  =HYPERLINK(\"\"x\"\")\"" },
		{ "\tx", "\"'\tx\"" }, { "|cmd", "\"'|cmd\"" }, { "a=b", "a=b" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cells) / sizeof(cells[0]); i++) {
		char *out = NULL;
		size_t len = 0;
		FILE *f = open_memstream(&out, &len);
		csv_write(f, cells[i].in, true);
		fclose(f);
		assert_string_equal(out, cells[i].want);
		free(out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reads), cmocka_unit_test(test_too_many_columns), cmocka_unit_test(test_writes_no_formula),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
