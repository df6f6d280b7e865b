/* STOP and START: alone in their text, in any letters and case; in a sentence they are words like any other. */
#include <string.h>

#include "cm.h"
#include "core/contacts/words.h"

static const struct contacts_words words = { "зогс болио хас zogs has stop end", "эхлэх бүртгүүлэх burtguuleh start join" };

static const struct { const char *text; enum contacts_word want; const char *district; } rows[] = {
	{ "STOP", CONTACTS_STOP, "" }, { "stop", CONTACTS_STOP, "" }, { " Stop. ", CONTACTS_STOP, "" }, { "STOP!\n", CONTACTS_STOP, "" },
	{ "\"STOP\"", CONTACTS_STOP, "" }, { "ЗОГС", CONTACTS_STOP, "" }, { "зогс", CONTACTS_STOP, "" }, { "zogs", CONTACTS_STOP, "" },
	{ "3OГC", CONTACTS_NO_WORD, "" }, { "ЗOГC", CONTACTS_STOP, "" }, /* Latin O and C among Cyrillic letters */
	{ "Хас", CONTACTS_STOP, "" }, { "has", CONTACTS_STOP, "" },
	{ "please stop", CONTACTS_NO_WORD, "" }, { "STOP 12345", CONTACTS_NO_WORD, "" }, { "stop it", CONTACTS_NO_WORD, "" },
	{ "STOP STOP", CONTACTS_NO_WORD, "" }, { "stop?", CONTACTS_NO_WORD, "" }, { "stops", CONTACTS_NO_WORD, "" }, { "зогсоо", CONTACTS_NO_WORD, "" },
	{ "he does not stop", CONTACTS_NO_WORD, "" }, { "stop Bayangol", CONTACTS_NO_WORD, "" }, { "", CONTACTS_NO_WORD, "" }, { "...", CONTACTS_NO_WORD, "" },
	{ "START", CONTACTS_START, "" }, { "Бүртгүүлэх", CONTACTS_START, "" }, { "БYРТГYYЛЭХ", CONTACTS_START, "" }, { "burtguuleh", CONTACTS_START, "" },
	{ "JOIN", CONTACTS_START, "" }, { "join Bayangol", CONTACTS_START, "Bayangol" }, { "БҮРТГҮҮЛЭХ Баянгол дүүрэг", CONTACTS_START, "Bayangol" },
	{ "burtguuleh bzd", CONTACTS_START, "Bayanzurkh" }, { "JOIN СХД 5-р хороо", CONTACTS_START, "Songinokhairkhan" },
	{ "join, Sukhbaatar", CONTACTS_START, "Sukhbaatar" },
	{ "join the army", CONTACTS_NO_WORD, "" }, { "join Bayangol and get money", CONTACTS_NO_WORD, "" }, { "join?", CONTACTS_NO_WORD, "" },
	{ "burtguuleh ohin Bayangol", CONTACTS_NO_WORD, "" }, { "start 5", CONTACTS_NO_WORD, "" }, { "Bayangol", CONTACTS_NO_WORD, "" },
	{ "STOP \xf0\x9f\x98\xa1", CONTACTS_STOP, "" }, { "\xc2\xab" "STOP\xc2\xbb", CONTACTS_STOP, "" },
	{ "STOP \xe6\x95\x91\xe5\x91\xbd", CONTACTS_NO_WORD, "" }, /* "save my life" in letters that are not read here */
	{ "\xd9\x85\xd8\xb3\xd8\xa7\xd8\xb9\xd8\xaf\xd8\xa9 START", CONTACTS_NO_WORD, "" },
	{ "help", CONTACTS_NO_WORD, "" }, { "тусламж", CONTACTS_NO_WORD, "" }, { "join Bayangol?", CONTACTS_NO_WORD, "" },
};

static void test_reads(void **state)
{
	struct triage_rules *rules = NULL;
	struct hl_reason why;

	(void)state;
	assert_int_equal(triage_load(HL_SRCDIR "/etc/triage", &rules, &why), 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char district[SUBSCRIBER_DISTRICT_SIZE];
		enum contacts_word got = contacts_word_read(&words, rules, rows[i].text, strlen(rows[i].text), district);
		if (got != rows[i].want || strcmp(district, rows[i].district) != 0)
			fail_msg("\"%s\": %d %s", rows[i].text, got, district);
	}
	triage_free(rules);
}

#define CYR TRIAGE_SCRIPT_CYRILLIC
#define LAT TRIAGE_SCRIPT_LATIN
#define ENG TRIAGE_SCRIPT_ENGLISH

static void test_script(void **state)
{
	static const struct subscriber_row english = { .language = SUBSCRIBER_EN, .script = SUBSCRIBER_LATN },
		cyrillic = { .language = SUBSCRIBER_MN, .script = SUBSCRIBER_CYRL, .import_id = 1 },
		latin = { .language = SUBSCRIBER_MN, .script = SUBSCRIBER_LATN, .import_id = 1 }, by_text = { .language = SUBSCRIBER_MN };
	static const struct { const char *text; enum triage_script guess; const struct subscriber_row *listed; enum triage_script want; } cases[] = {
		{ "STOP", LAT, NULL, LAT }, { "JOIN", ENG, NULL, ENG }, { "ЗОГС", CYR, NULL, CYR },
		{ "STOP", LAT, &english, ENG }, { "JOIN", ENG, &english, ENG }, { "zogs", LAT, &english, ENG }, { "ЗОГС", CYR, &english, CYR },
		{ "STOP", LAT, &cyrillic, LAT }, { "zogs", LAT, &cyrillic, LAT }, { "JOIN", ENG, &cyrillic, CYR }, { "ЗОГС", CYR, &cyrillic, CYR },
		{ "JOIN", ENG, &by_text, ENG }, { "STOP", LAT, &by_text, LAT },
		{ "JOIN", ENG, &latin, LAT }, { "STOP", LAT, &latin, LAT }, { "ЗОГС", CYR, &latin, CYR },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (contacts_word_script(cases[i].text, strlen(cases[i].text), cases[i].guess, cases[i].listed) != cases[i].want)
			fail_msg("%zu: \"%s\"", i, cases[i].text);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_reads), cmocka_unit_test(test_script) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
