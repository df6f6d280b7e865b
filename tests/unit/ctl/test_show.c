/* What people see: widths, tables, times in words, marked texts; and that nothing a stranger wrote steers the
 * terminal. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cm.h"
#include "ctl/marked.h"
#include "ctl/table.h"
#include "ctl/text.h"
#include "ctl/wrap.h"

static void test_width(void **state)
{
	static const struct { const char *text; size_t width; } rows[] = {
		{ "", 0 }, { "abc", 3 }, { "Болд", 4 }, { "Өлзий", 5 }, { "日本", 4 }, { "e\xCC\x81", 1 }, { "\xFF", 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_int_equal(text_width(rows[i].text), rows[i].width);
}

static void test_safe(void **state)
{
	static const struct { const char *text, *safe; } rows[] = {
		{ "plain Монгол", "plain Монгол" },
		{ "a\033[2Jb", "a\xEF\xBF\xBD[2Jb" },
		{ "a\nb\tc\rd", "a\xEF\xBF\xBD" "b\xEF\xBF\xBD" "c\xEF\xBF\xBD" "d" },
		{ "\xC2\x9B" "31m", "\xEF\xBF\xBD" "31m" },         /* C1: CSI in one character */
		{ "\xE2\x80\xAE" "abc", "\xEF\xBF\xBD" "abc" },     /* right-to-left override */
		{ "\xE2\x81\xA6", "\xEF\xBF\xBD" },
		{ "\xC3", "\xEF\xBF\xBD" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char *safe = text_safe(rows[i].text, strlen(rows[i].text));
		assert_string_equal(safe, rows[i].safe);
		free(safe);
	}
}

static void test_times_in_words(void **state)
{
	static const struct { int64_t now, then; const char *text; } rows[] = {
		{ 1000000, 0, "-" }, { 1000000, 1000000, "now" }, { 1001900, 1000000, "now" }, { 1042000, 1000000, "42 s" },
		{ 1090000, 1000000, "1 min" }, { 6399000, 1000000, "89 min" }, { 6400000, 1000000, "1 h" },
		{ 1000000 + 36 * 3600000LL, 1000000, "1 day" }, { 1000000 + 72 * 3600000LL, 1000000, "3 days" },
		{ 1000000, 1300000, "in 5 min" }, { 1000000, 1001000, "now" },
	};
	char out[TEXT_SHORT];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_string_equal(text_age(rows[i].now, rows[i].then, out), rows[i].text);
	setenv("TZ", "UTC-8", 1); /* POSIX: east of Greenwich is negative */
	assert_string_equal(text_time(1795336205000, out), "2026-11-22 16:30:05");
	assert_string_equal(text_time(0, out), "-");
	assert_string_equal(text_bytes(812, out), "812 B");
	assert_string_equal(text_bytes(4300000, out), "4.1 MiB");
}

static char *printed(struct table *t, bool colours)
{
	char *text = NULL;
	size_t len;
	FILE *f = open_memstream(&text, &len);

	table_end(t, f, colours, "nothing");
	fclose(f);
	return text;
}

static void test_table(void **state)
{
	static const char *const titles[] = { "NAME", ">COUNT", "STATE", NULL };
	struct table *t = table_new(titles);
	char *text;

	(void)state;
	table_text(t, "Болд");
	table_int(t, 7);
	table_text(t, "ok\033[0m");
	table_text(t, "日本");
	table_int(t, -12345);
	table_text(t, NULL);
	text = printed(t, false);
	assert_string_equal(text,
		"NAME   COUNT  STATE\n"
		"Болд       7  ok\xEF\xBF\xBD[0m\n"
		"日本  -12345\n");
	free(text);
	text = printed(table_new(titles), false);
	assert_string_equal(text, "nothing\n");
	free(text);
	t = table_new(titles);
	table_text(t, "a");
	table_colour(t, COLOUR_RED);
	table_int(t, 1);
	table_text(t, "b");
	text = printed(t, true);
	assert_string_equal(text,
		"\033[2mNAME\033[0m  \033[2mCOUNT\033[0m  \033[2mSTATE\033[0m\n\033[1;31ma\033[0m         1  b\n");
	free(text);
}

/* What a terminal of this width would show. */
static char *wrapped(size_t width, void (*print)(FILE *out, const void *arg), const void *arg)
{
	static char *text; /* the stream over it stays for the life of the program, as in hotlinectl */
	static size_t len;
	static FILE *to, *narrow;
	static size_t before;

	if (!to) {
		to = open_memstream(&text, &len);
		narrow = wrap_new(to, width);
	}
	assert_int_equal(wrap_width(narrow), width);
	fflush(to);
	before = len;
	print(narrow, arg);
	fflush(narrow);
	return text + before;
}

static void print_line(FILE *out, const void *arg)
{
	fputs(arg, out);
}

static void print_narrow_table(FILE *out, const void *arg)
{
	static const char *const titles[] = { "CASE", "STATE", "OWNER", "CHILD", ">TEXTS", ">OTHERS", "WAITS FOR", NULL };
	static const char *const rows[][7] = {
		{ "1234567", "acknowledged", "Болд", "child", "1", "0", "first action in 3 h" },
		{ "7654328", "new", "-", "-", "12", "-", "-" },
		{ "7654329", "new", "-", "-", "0", "-", "-" },
	};
	struct table *t = table_new(titles);

	for (size_t i = 0; i < 3 * 7; i++)
		table_text(t, rows[i / 7][i % 7]);
	table_end(t, out, false, arg);
}

static void test_narrow_terminal(void **state)
{
	static const struct { const char *line, *shown; } rows[] = {
		{ "short\n\nlines\n", "short\n\nlines\n" },
		{ "! a warning that goes on for longer than it is wide\n", "! a warning that goes on for\n  longer than it is wide\n" },
		{ "   хоёр хүү өглөөнөөс шөнө хүртэл\n", "   хоёр хүү өглөөнөөс шөнө\n   хүртэл\n" },
		{ "  queue     cases that wait or are\n", "  queue     cases that wait or\n            are\n" },
		{ "\033[1;31ma red line of 30 columns wide\033[0m\n", "\033[1;31ma red line of 30 columns wide\033[0m\n" },
		{ "key: AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n", "key:\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n" },
		{ "   a longer text \033[1;4mof which these words\033[0m are marked\n",
			"   a longer text \033[1;4mof which\033[0m\n   \033[1;4mthese words\033[0m are marked\n" },
		{ "one sentence that is broken in two\n", "one sentence that is broken in\ntwo\n" },
		{ "a  \n", "a  \n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_string_equal(wrapped(30, print_line, rows[i].line), rows[i].shown);
	assert_string_equal(wrapped(30, print_narrow_table, "nothing"),
		"CASE     STATE         OWNER\n"
		"1234567  acknowledged  Болд\n"
		"         child, texts 1, waits\n"
		"         for first action in 3\n"
		"         h\n"
		"7654328  new           -\n"
		"         texts 12\n"
		"7654329  new           -\n");
}

static void test_width_of_the_terminal(void **state)
{
	static const struct { const char *columns; size_t width; } rows[] = {
		{ "80", 80 }, { "", 0 }, { "nonsense", 0 }, { "3", 0 }, { "-80", 0 }, { "99999", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		setenv("COLUMNS", rows[i].columns, 1);
		assert_int_equal(wrap_terminal(-1), rows[i].width);
	}
	unsetenv("COLUMNS");
	assert_int_equal(wrap_terminal(-1), 0);
	assert_int_equal(wrap_width(stdout), 0);
}

static void test_marked(void **state)
{
	static const struct { const char *text; struct span spans[4]; size_t count; const char *shown; } rows[] = {
		{ "one two three", { { 4, 7 } }, 1, "   one [two] three\n" },
		{ "one two three", { { 8, 13 }, { 0, 3 } }, 2, "   [one] two [three]\n" },
		{ "one two three", { { 0, 5 }, { 4, 7 }, { 1, 2 } }, 3, "   [one two] three\n" },
		{ "one\ntwo", { { 4, 7 } }, 1, "   one\n   [two]\n" },
		{ "one", { { 2, 900 }, { 500, 600 } }, 2, "   on[e]\n" },
		{ "a\033[31m", { { 0, 1 } }, 1, "   [a]\xEF\xBF\xBD[31m\n" },
		{ "", { { 0, 1 } }, 1, "   \n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct span spans[4];
		char *text = NULL;
		size_t len;
		FILE *f = open_memstream(&text, &len);
		memcpy(spans, rows[i].spans, sizeof(spans));
		marked_print(f, rows[i].text, strlen(rows[i].text), spans, rows[i].count, false);
		fclose(f);
		assert_string_equal(text, rows[i].shown);
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_width),
		cmocka_unit_test(test_safe),
		cmocka_unit_test(test_times_in_words),
		cmocka_unit_test(test_table), cmocka_unit_test(test_narrow_terminal),
		cmocka_unit_test(test_width_of_the_terminal),
		cmocka_unit_test(test_marked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
