/* What is wrong in a menu's file is told with its line, and the file is refused. */
#include "cm.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "conf/conf.h"
#include "core/ussd/menu.h"

static const struct menu_words words = { "102", "108", "00000000", "4821935", "A", "2" };

#define T(text) "{ mn = \"" text "\"; mn-latn = \"" text "\"; en = \"" text "\"; }"
#define L(text) "mn = \"" text "\"; mn-latn = \"" text "\"; en = \"" text "\";"

static const char good[] =
	"first = \"a\"; exit = \"z\"; give_up = \"z\"; resume = \"r\";\n"                                      /* 1 */
	"words = { more = " T("More") "; back = " T("Back") "; exit = " T("Exit") "; again = " T("Again") "; };\n"
	"transports = ( { name = \"default\"; ucs2 = 80; } );\n"                                               /* 3 */
	"nodes = (\n"
	"{ name = \"a\"; save = \"kind\"; text = " T("What?") ";\n"                                            /* 5 */
	"  options = ( { " L("One") " value = \"sex\"; do = \"report\"; to = \"n\"; },\n"
	"    { " L("Two") " value = \"labour\"; to = \"z\"; } ); },\n"                                         /* 7 */
	"{ name = \"n\"; min = 1; max = 98; to = \"z\"; text = " T("Number?") ";\n"
	"  options = ( { key = 99; " L("Unknown") " to = \"z\"; } ); },\n"                                     /* 9 */
	"{ name = \"r\"; text = " T("Go on?") "; options = ( { " L("Yes") " do = \"resume\"; to = \"a\"; },\n"
	"    { " L("No") " do = \"fresh\"; to = \"a\"; } ); },\n"                                              /* 11 */
	"{ name = \"z\"; last = true; text = " T("Bye {police}") "; } );\n";                                   /* 12 */

/* The good file with one piece of it replaced. */
static char *changed(const char *from, const char *to)
{
	const char *at = strstr(good, from);
	char *text = hl_calloc(sizeof(good) + strlen(to), 1);

	assert_non_null(at);
	memcpy(text, good, (size_t)(at - good));
	strcpy(text + (at - good), to);
	strcat(text, at + strlen(from));
	return text;
}

static void test_good(void **state)
{
	static struct conf_errors errors;
	struct menu *m = menu_load_text("ussd.conf", good, strlen(good), &words, &errors);

	(void)state;
	conf_errors_print(stderr, &errors);
	assert_non_null(m);
	assert_int_equal(m->node_count, 4);
	assert_int_equal(m->first, 0);
	assert_int_equal(m->nodes[1].kind, MENU_NUMBER);
	assert_int_equal(menu_transport(m, "other")->ucs2, 80);
	menu_free(m);
}

static void test_versions_differ(void **state)
{
	static struct conf_errors errors;
	char *text = changed("Number?", "Number!");
	struct menu *a = menu_load_text("x", good, strlen(good), &words, &errors), *b = menu_load_text("x", text, strlen(text), &words, &errors);

	(void)state;
	assert_string_not_equal(a->version, b->version);
	assert_string_equal(a->source, good);
	menu_free(a);
	menu_free(b);
	free(text);
}

static void test_refusals(void **state)
{
	static const char cyrillic[] = "ааааааааааааааааааааааааааааааааааааааааааааааааааааааааааааааааааааа";
	static const struct { const char *from, *to; int line; const char *says; } rows[] = {
		{ "to = \"n\"", "to = \"z\"", 8, "node n is reached from nowhere" },
		{ "to = \"n\"", "to = \"q\"", 6, "there is no node of that name" },
		{ "mn-latn = \"What?\";", "", 5, "node a has no text in mn-latn" },
		{ "mn = \"Two\";", "mn = \"\";", 7, "has no text in mn" },
		{ "mn = \"Two\"", cyrillic, 7, NULL },
		{ "value = \"labour\"", "value = \"labor\"", 7, "is not known" },
		{ "do = \"report\"", "do = \"reports\"", 6, "is nothing an option does" },
		{ "do = \"report\"", "do = \"fresh\"", 6, "only the options of the node `resume`" },
		{ "do = \"fresh\"", "do = \"urgent\"", 10, "needs an option with do" },
		{ "key = 99", "key = 98", 9, "no number that is an answer" },
		{ "max = 98", "max = 0", 9, NULL },
		{ "last = true;", "", 12, "has no options" },
		{ "{police}", "{polise}", 12, "no other brackets" },
		{ "{police}", "{police", 12, "no other brackets" },
		{ "name = \"n\"", "name = \"a\"", 8, "two nodes are named" },
		{ "ucs2 = 80", "ucs2 = 20", 3, "ucs2" },
		{ "ucs2 = 80", "charset = \"latin\"", 3, "charset" },
		{ "exit = \"z\"", "exit = \"a\"", 5, "must have last = true" },
		{ "first = \"a\"", "frist = \"a\"", 1, "did you mean" },
		{ "words = {", "words = ", 2, NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		static struct conf_errors errors;
		char *text, with[400], line[32];
		bool found = false;

		snprintf(with, sizeof(with), rows[i].to == cyrillic ? "mn = \"%s\"" : "%s", rows[i].to);
		text = changed(rows[i].from, with);
		errors.count = 0;
		assert_null(menu_load_text("ussd.conf", text, strlen(text), &words, &errors));
		snprintf(line, sizeof(line), "ussd.conf:%d: ", rows[i].line);
		for (size_t k = 0; k < errors.count; k++)
			found |= strncmp(errors.list[k].text, line, strlen(line)) == 0 && (!rows[i].says || strstr(errors.list[k].text, rows[i].says));
		if (!found) {
			conf_errors_print(stderr, &errors);
			fail_msg("row %zu: no error at line %d", i, rows[i].line);
		}
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_versions_differ),
		cmocka_unit_test(test_refusals),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
