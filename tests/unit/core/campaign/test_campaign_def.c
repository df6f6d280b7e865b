/* Definitions of campaigns: what is taken, and what every mistake is answered with. */
#include <string.h>

#include "cm.h"
#include "core/campaign/campaign_def.h"
#include "conf/conf.h"

#define T "text = { en = \"Hi {stop}\"; };"
#define Q "{ text = { en = \"May they? {stop}\"; }; options = ( { key = \"A\"; right = true; }, { key = \"B\"; } ); }"

static struct campaign_def *read_def(const char *text, struct conf_errors *e)
{
	memset(e, 0, sizeof(*e));
	return campaign_def_read("c.conf", text, strlen(text), e);
}

static void test_good(void **state)
{
	static const char text[] =
		"name = \"soril-1\"; kind = \"quiz\"; groups = [ \"teachers\", \"Багш нар\" ]; districts = [ \"Bayanzurkh\" ];\n"
		"hours = \"10:00-18:30\"; days = \"mon wed sun\"; answers = \"last\"; budget = 5000; per_minute = 30;\n"
		"text = { mn = \"Сорил {дүүрэг}. Болих: {болих}\"; en = \"Quiz. {stop} to leave\"; };\n"
		"questions = ( { text = { mn = \"Болох уу?\"; en = \"May they?\"; };\n"
		"  options = ( { key = \"А\"; words = [ \"тийм\", \"yes\" ]; }, { key = \"Б\"; words = \"үгүй\"; right = true; label = \"No\"; } ); } );\n"
		"thanks = { en = \"Thank you\"; };";
	struct conf_errors e;
	struct campaign_def *d = read_def(text, &e);

	(void)state;
	if (!d)
		fail_msg("%s", e.list[0].text);
	assert_string_equal(d->name, "soril-1");
	assert_int_equal(d->kind, CAMPAIGN_QUIZ);
	assert_int_equal(d->to.group_count, 2);
	assert_string_equal(d->to.groups[1], "Багш нар");
	assert_string_equal(d->to.districts[0], "Bayanzurkh");
	assert_int_equal(d->from_min, 600);
	assert_int_equal(d->to_min, 18 * 60 + 30);
	assert_int_equal(d->days, 1u | 4u | 64u);
	assert_int_equal(d->policy, CAMPAIGN_LAST);
	assert_true(d->results_told);
	assert_int_equal(d->budget, 5000);
	assert_int_equal(d->questions[0].option_count, 2);
	assert_string_equal(d->questions[0].options[0].words[1], "yes");
	assert_string_equal(d->questions[0].options[1].words[0], "үгүй");
	assert_true(d->questions[0].options[1].right);
	assert_string_equal(campaign_text_pick(&d->text, WORDING_MN_LATN), d->text.in[WORDING_MN]);
	assert_string_equal(campaign_text_pick(&d->thanks, WORDING_MN), "Thank you");
	assert_ptr_equal(campaign_def_opening(d), &d->text);
	campaign_def_free(d);
}

static void test_opening(void **state)
{
	struct conf_errors e;
	struct campaign_def *d = read_def("name = \"a\"; kind = \"quiz\"; questions = ( " Q " );", &e);

	(void)state;
	assert_non_null(d);
	assert_ptr_equal(campaign_def_opening(d), &d->questions[0].text);
	campaign_def_free(d);
}

static void test_bad(void **state)
{
	static const struct { const char *text, *says; } rows[] = {
		{ "kind = \"broadcast\"; " T, "c.conf: name is missing" },
		{ "name = \"A b\"; kind = \"broadcast\"; " T, "name \"A b\" may have a-z" },
		{ "name = \"a\"; kind = \"blast\"; " T, "kind \"blast\" is none of broadcast, quiz, poll, keyword" },
		{ "name = \"a\"; kind = \"broadcast\";", "text is missing" },
		{ "name = \"a\"; kind = \"broadcast\"; text = { en = \"Hello\"; };", "the first text (en) does not say how to leave: write {stop} into it" },
		{ "name = \"a\"; kind = \"broadcast\"; text = { mn = \"Сайн уу\"; };", "the first text (mn) does not say how to leave: write {болих}" },
		{ "name = \"a\"; kind = \"broadcast\";\ntext = { en = \"{stop} {naem}\"; };", "c.conf:2: text.en, character 8: unknown placeholder {naem}" },
		{ "name = \"a\"; kind = \"broadcast\"; text = \"{stop}\";", "text must be a group of languages" },
		{ "name = \"a\"; kind = \"broadcast\"; text = { fr = \"{stop}\"; };", "unknown key \"fr\"" },
		{ "name = \"a\"; kind = \"broadcast\"; tekst = 1; " T, "unknown key \"tekst\": did you mean \"text\"?" },
		{ "name = \"a\"; kind = \"broadcast\"; " T "questions = ( " Q " );", "a broadcast has a text and no questions" },
		{ "name = \"a\"; kind = \"quiz\"; " T, "a quiz has questions with options" },
		{ "name = \"a\"; kind = \"quiz\"; " T "\nquestions = ( { text = { en = \"?\"; };\n options = ( { key = \"A\"; }, { key = \"B\"; } ); } );",
			"c.conf:2: question 1 has no right answer: write right = true; into an option" },
		{ "name = \"a\"; kind = \"quiz\"; " T "questions = ( { text = { en = \"?\"; }; options = ( { key = \"A\"; right = true; },"
			" { key = \"B\"; right = true; } ); } );", "question 1: every option is right" },
		{ "name = \"a\"; kind = \"quiz\"; " T "questions = ( { text = { en = \"?\"; }; } );", "question 1 has no options" },
		{ "name = \"a\"; kind = \"quiz\"; " T "questions = ( { options = ( { key = \"A\"; right = true; }, { key = \"B\"; } ); } );", "text is missing" },
		{ "name = \"a\"; kind = \"poll\"; " T "questions = ( " Q " );", "only a quiz has right answers" },
		{ "name = \"a\"; kind = \"poll\"; " T "questions = ( { text = { en = \"?\"; }; options = ( { key = \"A\"; } ); } );", "a question has one option" },
		{ "name = \"a\"; kind = \"poll\"; " T "questions = ( { text = { en = \"?\"; }; options = ( { key = \"1\"; words = \"yes\"; },"
			" { key = \"2\"; words = \"Yes\"; } ); } );", "\"Yes\" stands for options \"1\" and \"2\"" },
		/* Latin A and Cyrillic А look alike, and are typed for each other */
		{ "name = \"a\"; kind = \"poll\"; " T "questions = ( { text = { en = \"?\"; }; options = ( { key = \"A\"; }, { key = \"А\"; } ); } );",
			"stands for options" },
		{ "name = \"a\"; kind = \"keyword\"; " T "questions = ( { text = { en = \"?\"; }; } );", "keyword is missing" },
		{ "name = \"a\"; kind = \"keyword\"; keyword = \"two words\"; questions = ( { text = { en = \"?\"; }; } );", "keyword must be one word" },
		{ "name = \"a\"; kind = \"keyword\"; keyword = \"soril\";", "a keyword campaign has one question" },
		{ "name = \"a\"; kind = \"broadcast\"; hours = \"9-20\"; " T, "hours must be like" },
		{ "name = \"a\"; kind = \"broadcast\"; days = \"mon funday\"; " T, "days must be of mon tue" },
		{ "name = \"a\"; kind = \"broadcast\"; answers = \"best\"; " T, "answers is \"first\" or \"last\"" },
		{ "name = \"a\"; kind = \"broadcast\"; expires_h = 0; " T, "expires_h is 0 but must be between" },
		{ "name = \"a\"; kind = \"broadcast\"; expires_h = 100; answer_h = 50; " T, "answers would be late" },
		{ "name = \"a\"; kind = \"broadcast\"; groups = [ 1 ]; " T, "groups must be a list of words" },
		{ "name = \"a\"; kind = \"broadcast\"; " T "text2 = {", "is a ; or a bracket missing" },
		{ "", "name is missing" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct conf_errors e;
		struct campaign_def *d = read_def(rows[i].text, &e);
		bool found = false;
		if (d)
			fail_msg("row %zu was taken", i);
		for (size_t k = 0; k < e.count && k < CONF_ERRORS_MAX; k++)
			found |= strstr(e.list[k].text, rows[i].says) != NULL;
		if (!found)
			fail_msg("row %zu: \"%s\", not \"%s\"", i, e.list[0].text, rows[i].says);
	}
}

/* Each mistake once, and a bad name with the first of the others. */
static void test_told_once(void **state)
{
	static const struct { const char *text; size_t count; } rows[] = {
		{ "name = \"a\"; kind = \"broadcast\"; tekst = 1; " T, 1 }, { T, 2 }, { "name = \"a\"; kind = 5; " T, 1 }, { "name = \"a\"; " T, 1 },
		{ "name = 1; kind = \"broadcast\"; " T, 1 }, { "name = \"A b\"; kind = \"broadcast\"; tekst = 1; " T, 2 },
		{ "name = \"A b\"; keyword = \"two words\"; kind = \"blast\"; days = \"fun\"; expires_h = 0; " T, 5 },
		{ "name = \"a\"; kind = \"quiz\"; questions = 5; " T, 1 }, { "name = \"a\"; kind = \"quiz\"; questions = ( 5 ); " T, 1 },
	};
	struct conf_errors e;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_null(read_def(rows[i].text, &e));
		for (size_t k = 0; k < e.count && e.count != rows[i].count; k++)
			print_error("%s\n", e.list[k].text);
		if (e.count != rows[i].count)
			fail_msg("row %zu: %zu errors", i, e.count);
	}
}

/* A text of more parts than anybody would pay for. */
static void test_long(void **state)
{
	char text[2048] = "name = \"a\"; kind = \"broadcast\"; text = { mn = \"{stop} ";
	struct conf_errors e;

	(void)state;
	for (int i = 0; i < 420; i++)
		strcat(text, "ө");
	strcat(text, "\"; };");
	assert_null(read_def(text, &e));
	assert_non_null(strstr(e.list[0].text, "more than 6 short messages"));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good), cmocka_unit_test(test_opening), cmocka_unit_test(test_bad), cmocka_unit_test(test_told_once),
		cmocka_unit_test(test_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
