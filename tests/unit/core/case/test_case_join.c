/* What a later text does to the last case, and what is taken for a code. */
#include "cm.h"

#include <stdio.h>
#include <string.h>

#include "core/case/case.h"
#include "core/case/case_join.h"

static const struct {
	const char *what;
	struct case_join_facts facts;
	enum case_join wanted;
} rows[] = {
	{ "open", { CASE_IN_WORK, 0, 100, TRIAGE_THANKS, false, false }, CASE_JOIN_OPEN },
	{ "reopened is open", { CASE_REOPENED, 0, 100, TRIAGE_TIP, false, false }, CASE_JOIN_OPEN },
	{ "news within the time", { CASE_CLOSED, 99, 100, TRIAGE_TIP, false, false }, CASE_JOIN_REOPEN },
	{ "a question is news", { CASE_CLOSED, 99, 100, TRIAGE_QUESTION, false, false }, CASE_JOIN_REOPEN },
	{ "thanks are none", { CASE_CLOSED, 99, 100, TRIAGE_THANKS, false, false }, CASE_JOIN_CLOSED },
	{ "an answer to a campaign is none", { CASE_CLOSED, 99, 100, TRIAGE_CAMPAIGN_REPLY, false, false }, CASE_JOIN_CLOSED },
	{ "spam is none", { CASE_CLOSED, 99, 100, TRIAGE_SPAM, false, false }, CASE_JOIN_CLOSED },
	{ "after the time", { CASE_CLOSED, 100, 100, TRIAGE_TIP, false, false }, CASE_JOIN_NEW },
	{ "thanks after the time", { CASE_CLOSED, 100, 100, TRIAGE_THANKS, false, false }, CASE_JOIN_NEW },
	{ "a clock set back", { CASE_CLOSED, -5, 100, TRIAGE_TIP, false, false }, CASE_JOIN_REOPEN },
	{ "an answer to what was filed", { CASE_CLOSED, 99, 100, TRIAGE_CAMPAIGN_REPLY, true, true }, CASE_JOIN_CLOSED },
	{ "STOP to what was filed long ago", { CASE_CLOSED, 100, 100, TRIAGE_OPT_OUT, true, true }, CASE_JOIN_NEW },
	{ "a report never joins what was filed", { CASE_CLOSED, 0, 100, TRIAGE_TIP, true, false }, CASE_JOIN_NEW },
	{ "nor do thanks", { CASE_CLOSED, 0, 100, TRIAGE_THANKS, true, false }, CASE_JOIN_NEW },
	{ "nor an answer that nobody could read", { CASE_CLOSED, 0, 100, TRIAGE_CAMPAIGN_REPLY, true, false }, CASE_JOIN_NEW },
	{ "an answer to an open case is kept with it", { CASE_NEW, 0, 100, TRIAGE_CAMPAIGN_REPLY, false, true }, CASE_JOIN_OPEN },
	{ "and to a closed one", { CASE_CLOSED, 0, 100, TRIAGE_CAMPAIGN_REPLY, false, true }, CASE_JOIN_CLOSED },
	{ "reopened, it is as any other", { CASE_REOPENED, 0, 100, TRIAGE_TIP, false, false }, CASE_JOIN_OPEN },
	{ "never", { CASE_CLOSED, 0, 0, TRIAGE_TIP, false, false }, CASE_JOIN_NEW },
};

static void test_join(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		print_message("%s\n", rows[i].what);
		assert_int_equal(case_join_decide(&rows[i].facts), rows[i].wanted);
	}
}

/* %s stands for a right code, %w for one with a wrong digit. */
static const struct { const char *text; bool found; } texts[] = {
	{ "%s", true }, { " %s\n", true }, { "%s.", true }, { "#%s", true }, { "(%s)", true },
	{ "%s she is in the hotel", true }, { "she is in the hotel %s", true }, { "%s, she is in the hotel", true },
	{ "Мэдээ: %s", true },
	{ "%w", false }, { "%w she is in the hotel", false },
	{ "call %s now", false }, { "99%s", false }, { "%s99", false }, { "-%s", false },
	{ "", false }, { "   ", false }, { "she is in the hotel", false }, { "+976 0000 1234", false },
};

static void test_codes_in_texts(void **state)
{
	char code[CASE_CODE_SIZE], wrong[CASE_CODE_SIZE], found[CASE_CODE_SIZE], text[200];

	(void)state;
	case_code_new(code);
	memcpy(wrong, code, sizeof(wrong));
	wrong[3] = wrong[3] == '9' ? '0' : (char)(wrong[3] + 1);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		const char *at = strchr(texts[i].text, '%');
		if (at)
			snprintf(text, sizeof(text), "%.*s%s%s", (int)(at - texts[i].text), texts[i].text, at[1] == 's' ? code : wrong,
				at + 2);
		else
			snprintf(text, sizeof(text), "%s", texts[i].text);
		print_message("\"%s\" (code %s)\n", text, code);
		assert_int_equal(case_code_in(text, strlen(text), found), texts[i].found);
		if (texts[i].found)
			assert_string_equal(found, code);
	}
	snprintf(text, sizeof(text), "%.3s-%.2s %s", code, code + 3, code + 5);
	assert_true(case_code_in(text, strlen(text), found));
	assert_string_equal(found, code);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_join), cmocka_unit_test(test_codes_in_texts) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
