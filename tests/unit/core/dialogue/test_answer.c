/* What is read from an answer, in both scripts and English; codes for another phone; what may stand in an officer's text. */
#include "cm.h"

#include <stdio.h>
#include <string.h>

#include "core/case/case.h"
#include "core/dialogue/answer.h"

static const struct row {
	const char *question, *text;
	enum answer_reading reading;
	int value;
} rows[] = {
	{ "safe", "1", ANSWER_CLEAR, 1 },
	{ "safe", " 1. ", ANSWER_CLEAR, 1 },
	{ "safe", "2", ANSWER_CLEAR, 2 },
	{ "safe", "тийм", ANSWER_CLEAR, 1 },
	{ "safe", "Тиймээ, болно", ANSWER_CLEAR, 1 },
	{ "safe", "tiim", ANSWER_CLEAR, 1 },
	{ "safe", "za bolno", ANSWER_CLEAR, 1 },
	{ "safe", "Yes, it is safe", ANSWER_CLEAR, 1 },
	{ "safe", "аюулгүй", ANSWER_CLEAR, 1 },
	{ "safe", "үгүй", ANSWER_CLEAR, 2 },
	{ "safe", "ugui", ANSWER_CLEAR, 2 },
	{ "safe", "NO", ANSWER_CLEAR, 2 },
	{ "safe", "it is not safe", ANSWER_CLEAR, 2 },
	{ "safe", "аюулгүй биш", ANSWER_CLEAR, 2 },
	{ "safe", "битгий бич, аюултай", ANSWER_CLEAR, 2 },
	{ "safe", "bolohgui dee", ANSWER_CLEAR, 2 },
	{ "safe", "stop", ANSWER_CLEAR, 2 },
	{ "safe", "yes no", ANSWER_CLEAR, 2 },
	{ "safe", "yes \u6551\u547d", ANSWER_UNCLEAR, 0 }, /* letters that are not read may say anything */
	{ "safe", "1 \u6551\u547d", ANSWER_UNCLEAR, 0 },
	{ "safe", "yes \U0001f44d", ANSWER_CLEAR, 1 },
	{ "hurt", "1 \u6551\u547d", ANSWER_UNCLEAR, 0 },
	{ "safe", "1 2", ANSWER_UNCLEAR, 0 },
	{ "safe", "3", ANSWER_UNCLEAR, 0 },
	{ "safe", "1 girl", ANSWER_UNCLEAR, 0 },
	{ "safe", "hmm", ANSWER_UNCLEAR, 0 },
	{ "safe", "he comes home at night with two men", ANSWER_IN_WORDS, 0 },
	{ "safe", "", ANSWER_UNCLEAR, 0 },
	{ "hurt", "3", ANSWER_CLEAR, 3 },
	{ "hurt", "мэдэхгүй", ANSWER_CLEAR, 3 },
	{ "hurt", "medehgui", ANSWER_CLEAR, 3 },
	{ "hurt", "1 тийм", ANSWER_CLEAR, 1 },
	{ "hurt", "1 үгүй", ANSWER_UNCLEAR, 0 },
	{ "hurt", "4", ANSWER_UNCLEAR, 0 },
	{ "hurt", "2 girls", ANSWER_UNCLEAR, 0 },
	{ "hurt", "yes her arm is broken", ANSWER_IN_WORDS, 0 },
	{ "call", "болно", ANSWER_CLEAR, 1 },
	{ "call", "болохгүй", ANSWER_CLEAR, 2 },
	{ "call", "мэдэхгүй", ANSWER_UNCLEAR, 0 },
	{ "when", "4", ANSWER_CLEAR, 4 },
	{ "when", "yes", ANSWER_UNCLEAR, 0 },
	{ "how_many", "3", ANSWER_CLEAR, 3 },
	{ "how_many", "гурав", ANSWER_CLEAR, 3 },
	{ "how_many", "two girls", ANSWER_CLEAR, 2 },
	{ "how_many", "3 4", ANSWER_IN_WORDS, 0 },
	{ "how_many", "many", ANSWER_UNCLEAR, 0 },
	{ "age", "14 настай", ANSWER_CLEAR, 14 },
	{ "age", "14-15", ANSWER_IN_WORDS, 0 },
	{ "district", "1", ANSWER_IN_WORDS, 0 },
	{ NULL, "anything", ANSWER_IN_WORDS, 0 },
};

static void test_answers(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct answer a = answer_read(rows[i].question ? question_find(rows[i].question) : NULL, rows[i].text, strlen(rows[i].text));
		if (a.reading != rows[i].reading || (a.reading == ANSWER_CLEAR && a.value != rows[i].value))
			fail_msg("%s \"%s\": %d %d", rows[i].question ? rows[i].question : "free", rows[i].text, (int)a.reading, a.value);
	}
}

/* Whatever octets come: a yes is never read from anything but a yes. */
static void test_noise(void **state)
{
	char text[24];
	unsigned seed = 7;

	(void)state;
	print_message("seed %u\n", seed);
	for (int i = 0; i < 20000; i++) {
		size_t len = seed % sizeof(text);
		for (size_t k = 0; k < len; k++) {
			seed = seed * 1103515245u + 12345u;
			text[k] = (char)(seed >> 16);
		}
		seed = seed * 1103515245u + 12345u;
		for (size_t q = 0; q < question_key_count; q++)
			answer_read(&question_keys[q], text, len);
	}
}

/* The form with the code in the place of its @. */
static void fill(char out[64], const char *form, const char *code)
{
	const char *at = strchr(form, '@');

	snprintf(out, 64, "%.*s%s%s", (int)(at - form), form, code, at + 1);
}

static void test_codes(void **state)
{
	static const struct { const char *form; int number; const char *rest; } good[] = {
		{ "@-2 1", 2, "1" }, { " @-12: yes", 12, "yes" }, { "@/3", 3, "" }, { "@.1,2", 1, "2" }, { "@-2\n1 girl", 2, "1 girl" },
	};
	static const char *const bad[] = { "@", "@ 1", "@-", "@-123 1", "@-2x", "1@-2 1", "x @-2 1", "@--2 1" };
	struct reply_code r;
	char code[CASE_CODE_SIZE], text[64];

	(void)state;
	case_code_new(code);
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		fill(text, good[i].form, code);
		if (!reply_code_read(text, strlen(text), &r))
			fail_msg("%s", good[i].form);
		assert_string_equal(r.code, code);
		assert_int_equal(r.number, good[i].number);
		assert_string_equal(text + r.rest, good[i].rest);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		fill(text, bad[i], code);
		if (reply_code_read(text, strlen(text), &r))
			fail_msg("%s", bad[i]);
	}
	code[6] = code[6] == '9' ? '0' : (char)(code[6] + 1); /* the check digit */
	fill(text, "@-2 1", code);
	assert_false(reply_code_read(text, strlen(text), &r));
}

static void test_names_and_numbers(void **state)
{
	static const char *const with[] = { "+976 0000 1234", "0000-1234", "call (00)00 1234 5", "123456" };
	static const char *const without[] = { "", "call 102 or 108", "at 18:30 on 22.11", "12345", "1 or 2 or 3 or 4 or 5 or 6" };

	(void)state;
	assert_ptr_equal(question_find("q-with-you"), question_find("with_you"));
	assert_ptr_equal(question_find("safe"), question_safe());
	assert_null(question_find("with"));
	assert_null(question_find(""));
	for (size_t i = 0; i < sizeof(with) / sizeof(with[0]); i++)
		if (!question_has_number(with[i]))
			fail_msg("%s", with[i]);
	for (size_t i = 0; i < sizeof(without) / sizeof(without[0]); i++)
		if (question_has_number(without[i]))
			fail_msg("%s", without[i]);
}

/* Numbers as words, in each script; nine in Mongolian is spelt like an English yes, and is none. */
static void test_number_words(void **state)
{
	static const struct { const char *words; int value; } numbers[] = {
		{ "нэг neg one", 1 }, { "хоёр hoyor two", 2 }, { "гурав gurav three", 3 }, { "дөрөв four", 4 }, { "тав tav five", 5 },
		{ "зургаа zurgaa six", 6 }, { "долоо doloo seven", 7 }, { "найм naim eight", 8 }, { "nine", 9 }, { "арав arav ten", 10 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		char words[64], *rest = NULL;
		snprintf(words, sizeof(words), "%s", numbers[i].words);
		for (const char *word = strtok_r(words, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
			struct answer a = answer_read(question_find("how_many"), word, strlen(word));
			if (a.reading != ANSWER_CLEAR || a.value != numbers[i].value)
				fail_msg("%s: %d", word, a.value);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_number_words), cmocka_unit_test(test_answers), cmocka_unit_test(test_noise), cmocka_unit_test(test_codes),
		cmocka_unit_test(test_names_and_numbers) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
