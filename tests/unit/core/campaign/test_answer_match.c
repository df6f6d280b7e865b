/* Which text is an answer, to which question, and which option: exact words, never a report. */
#include <stdlib.h>
#include <string.h>

#include "cm.h"
#include "core/campaign/answer_match.h"

static struct campaign_def *quiz(void)
{
	struct campaign_def *d = calloc(1, sizeof(*d));
	static const char *const keys[2][3] = { { "А", "Б", "В" }, { "1", "2", "" } };

	d->kind = CAMPAIGN_QUIZ;
	d->question_count = 3;
	for (size_t q = 0; q < 2; q++) {
		for (size_t o = 0; o < 3 && *keys[q][o]; o++) {
			strcpy(d->questions[q].options[o].key, keys[q][o]);
			d->questions[q].option_count++;
		}
	}
	strcpy(d->questions[0].options[0].words[0], "тийм");
	strcpy(d->questions[0].options[1].words[0], "not sure");
	d->questions[0].options[0].word_count = d->questions[0].options[1].word_count = 1;
	return d;
}

static void test_options(void **state)
{
	static const struct { const char *text; int question, want; } rows[] = {
		{ "А", 0, 1 }, { "а", 0, 1 }, { "A", 0, 1 }, { " a. ", 0, 1 }, { "\"a\"", 0, 1 }, { "(Б)", 0, 2 }, { "B", 0, 2 }, { "тийм", 0, 1 }, { "tiim", 0, 1 },
		{ "Not Sure", 0, 2 }, { "1", 1, 1 }, { "2)", 1, 2 }, { "02", 1, 2 },
		{ "a \xf0\x9f\x91\x8d", 0, 1 }, { "a \xe6\x95\x91\xe5\x91\xbd", 0, 0 }, { "", 0, 0 }, { "a b", 0, 0 }, { "Г", 0, 0 }, { "3", 1, 0 }, { "12", 1, 0 }, { "a girl is beaten", 0, 0 }, { "1", 0, 0 },
	};
	struct campaign_def *d = quiz();

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (answer_option(&d->questions[rows[i].question], rows[i].text, strlen(rows[i].text)) != rows[i].want)
			fail_msg("\"%s\" to question %d", rows[i].text, rows[i].question + 1);
	free(d);
}

static const struct {
	const char *what, *text;
	int64_t step;
	bool open, closed, start;
	enum triage_kind kind;
	enum triage_urgency urgency;
	enum campaign_reading want;
	int question, option;
} rows[] = {
	{ "an option", "а", 1, true, false, false, TRIAGE_CAMPAIGN_REPLY, 0, ANSWER_IS_OPTION, 1, 1 },
	{ "of the second question", "2", 2, true, false, false, TRIAGE_TEST, 0, ANSWER_IS_OPTION, 2, 2 },
	{ "unsure triage", "Б", 1, true, false, false, TRIAGE_TIP, TRIAGE_NORMAL, ANSWER_IS_OPTION, 1, 2 },
	{ "an urgent report", "Б", 1, true, false, false, TRIAGE_TIP, TRIAGE_HIGH, ANSWER_IS_NONE, 0, 0 },
	{ "STOP", "а", 1, true, false, false, TRIAGE_OPT_OUT, 0, ANSWER_IS_NONE, 0, 0 },
	{ "no option", "Г", 1, true, false, false, TRIAGE_CAMPAIGN_REPLY, 0, ANSWER_IS_UNREAD, 1, 0 },
	{ "a question of theirs", "who are you?", 1, true, false, false, TRIAGE_QUESTION, 0, ANSWER_IS_NONE, 0, 0 },
	{ "words", "at school", 3, true, false, false, TRIAGE_CAMPAIGN_REPLY, 0, ANSWER_IS_WORDS, 3, 0 },
	{ "thanks are words", "thanks", 3, true, false, false, TRIAGE_THANKS, 0, ANSWER_IS_WORDS, 3, 0 },
	{ "spam is none", "win a prize", 3, true, false, false, TRIAGE_SPAM, 0, ANSWER_IS_NONE, 0, 0 },
	{ "through", "thanks", 4, true, false, false, TRIAGE_THANKS, 0, ANSWER_IS_NONE, 0, 0 },
	{ "late", "а", 1, false, true, false, TRIAGE_CAMPAIGN_REPLY, 0, ANSWER_IS_OPTION, 1, 1 },
	{ "late, and no option", "Г", 1, false, true, false, TRIAGE_CAMPAIGN_REPLY, 0, ANSWER_IS_NONE, 0, 0 },
	{ "long over", "а", 1, false, false, false, TRIAGE_CAMPAIGN_REPLY, 0, ANSWER_IS_NONE, 0, 0 },
	{ "invited, START", "start", 0, true, false, true, TRIAGE_OPT_IN, 0, ANSWER_IS_YES, 1, 0 },
	{ "invited, yes", "ok", 0, true, false, false, TRIAGE_ACK, 0, ANSWER_IS_YES, 1, 0 },
	{ "invited, an option", "а", 0, true, false, false, TRIAGE_CAMPAIGN_REPLY, 0, ANSWER_IS_OPTION, 1, 1 },
	{ "asked already, START", "start", 1, true, false, true, TRIAGE_OPT_IN, 0, ANSWER_IS_NONE, 0, 0 },
};

static void test_match(void **state)
{
	struct campaign_def *d = quiz();

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct answer_place place = { d, rows[i].step, rows[i].open, rows[i].closed };
		const struct triage_verdict v = { .kind = rows[i].kind, .urgency = rows[i].urgency };
		struct answer_verdict a = answer_match(&place, rows[i].text, strlen(rows[i].text), &v, rows[i].start);
		if (a.reading != rows[i].want || (a.reading != ANSWER_IS_NONE && (a.question != rows[i].question || a.option != rows[i].option)))
			fail_msg("%s: %d, question %d, option %d", rows[i].what, a.reading, a.question, a.option);
		assert_true(a.late == rows[i].closed);
	}
	free(d);
}

/* What names the police is for people who are independent of them: outreach reads answers, and shall not read that. */
static void test_a_conflict_of_interest_is_no_answer(void **state)
{
	static const struct { const char *text; int64_t step; } texts[] = { { "а", 1 }, { "at school", 3 }, { "Г", 1 }, { "ok", 0 } };
	struct campaign_def *d = quiz();

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		const struct answer_place place = { d, texts[i].step, true, false };
		struct triage_verdict v = { .kind = TRIAGE_ACK, .urgency = TRIAGE_NORMAL };
		assert_int_not_equal(answer_match(&place, texts[i].text, strlen(texts[i].text), &v, false).reading, ANSWER_IS_NONE);
		v.conflict = true;
		assert_int_equal(answer_match(&place, texts[i].text, strlen(texts[i].text), &v, false).reading, ANSWER_IS_NONE);
	}
	free(d);
}

/* What nobody needs to read: triage and the exact word must agree. */
static void test_sure(void **state)
{
	static const struct { const char *text; int64_t step; enum triage_kind kind; bool sure; } cases[] = {
		{ "а", 1, TRIAGE_CAMPAIGN_REPLY, true }, { "not sure", 1, TRIAGE_TEST, true }, { "2", 2, TRIAGE_ACK, true }, { "а", 4, TRIAGE_CAMPAIGN_REPLY, false },
		{ "2", 4, TRIAGE_CAMPAIGN_REPLY, false }, { "тийм", 1, TRIAGE_TIP, false }, { "not sure", 1, TRIAGE_TIP, false },
		{ "Г", 1, TRIAGE_CAMPAIGN_REPLY, false }, { "а I think", 1, TRIAGE_CAMPAIGN_REPLY, false }, { "at school", 3, TRIAGE_CAMPAIGN_REPLY, false },
		{ "ok", 0, TRIAGE_ACK, true }, { "ok.", 0, TRIAGE_ACK, true }, { "ok but come to my house", 0, TRIAGE_ACK, false }, { "ok", 0, TRIAGE_TIP, false },
		{ "", 1, TRIAGE_CAMPAIGN_REPLY, false }, { "?", 0, TRIAGE_ACK, false },
		/* a number to call, an age, a sign of distress, letters that are not read here ("save my life") */
		{ "ok 00000000", 0, TRIAGE_ACK, false }, { "yes 15", 0, TRIAGE_ACK, false }, { "ok?", 0, TRIAGE_ACK, false },
		{ "ok \xf0\x9f\x86\x98", 0, TRIAGE_ACK, false }, { "\xe6\x95\x91\xe5\x91\xbd ok", 0, TRIAGE_ACK, false },
		{ "a \xf0\x9f\x86\x98", 1, TRIAGE_CAMPAIGN_REPLY, false }, { "a ???", 1, TRIAGE_CAMPAIGN_REPLY, false },
		{ "2 \xe6\x95\x91\xe5\x91\xbd", 2, TRIAGE_CAMPAIGN_REPLY, false }, { "\"a\" -", 1, TRIAGE_CAMPAIGN_REPLY, true },
		{ "\xc2\xab" "2\xc2\xbb\xe2\x80\xa6", 2, TRIAGE_CAMPAIGN_REPLY, true },
	};
	struct campaign_def *d = quiz();

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const struct answer_place place = { d, cases[i].step, true, false };
		const struct triage_verdict v = { .kind = cases[i].kind, .urgency = cases[i].kind == TRIAGE_TIP ? TRIAGE_NORMAL : TRIAGE_URGENCY_NONE };
		if (answer_match(&place, cases[i].text, strlen(cases[i].text), &v, false).sure != cases[i].sure)
			fail_msg("\"%s\" at %d", cases[i].text, (int)cases[i].step);
	}
	d->questions[0].options[1].queue = true; /* by the campaign's file: who chooses it may need somebody */
	for (size_t i = 0; i < 2; i++) {
		const struct answer_place place = { d, 1, true, false };
		const struct triage_verdict v = { .kind = TRIAGE_CAMPAIGN_REPLY };
		assert_int_equal(answer_match(&place, i ? "Б" : "А", 2, &v, false).sure, i == 0);
	}
	free(d);
}

static void test_keyword(void **state)
{
	static const struct { const char *text; bool want; } words[] = {
		{ "vote A", true }, { "VOTE", true }, { " Vote: A", true }, { "votes A", false }, { "A vote", false }, { "", false }, { "1 vote", false },
	};
	struct campaign_def *d = quiz();
	const struct answer_place place = { d, 1, true, false };
	const struct triage_verdict v = { .kind = TRIAGE_CAMPAIGN_REPLY };
	char folded[CAMPAIGN_WORD_SIZE];
	size_t rest;

	(void)state;
	campaign_word_fold("vote", 4, folded);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (answer_keyword(folded, words[i].text, strlen(words[i].text), &rest) != words[i].want)
			fail_msg("\"%s\"", words[i].text);
	strcpy(d->keyword, "vote");
	assert_int_equal(answer_match(&place, "vote Б", 7, &v, false).option, 2);
	assert_int_equal(answer_match(&place, "Б", 2, &v, false).reading, ANSWER_IS_NONE);
	free(d);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_options), cmocka_unit_test(test_match), cmocka_unit_test(test_a_conflict_of_interest_is_no_answer), cmocka_unit_test(test_sure),
		cmocka_unit_test(test_keyword) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
