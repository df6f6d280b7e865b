/* Texts of officers: which are commands, and which must go through triage; and what wrong codes lead to. */
#include "cm.h"

#include <string.h>

#include "core/alert/ack_rule.h"
#include "core/alert/command.h"

#define H INT64_C(3600000)

static const struct { const char *text; enum alert_verb verb; const char *code; } rows[] = {
	{ "ACK 4711", ALERT_VERB_OK, "4711" },
	{ "ack 4711", ALERT_VERB_OK, "4711" },
	{ "Ok 4711", ALERT_VERB_OK, "4711" },
	{ "ok4711", ALERT_VERB_OK, "4711" },
	{ "okay 4711.", ALERT_VERB_OK, "4711" },
	{ "ОК 4711", ALERT_VERB_OK, "4711" },           /* both letters Cyrillic */
	{ "оK 4711", ALERT_VERB_OK, "4711" },           /* one of each */
	{ "АСК 4711", ALERT_VERB_OK, "4711" },          /* Cyrillic А, С, К */
	{ "АВЛАА 4711", ALERT_VERB_OK, "4711" },
	{ "Aвлаа 4711", ALERT_VERB_OK, "4711" },        /* a Latin A from auto-capitals */
	{ "AWLAA 4711", ALERT_VERB_OK, "4711" },
	{ "ACK 4821-07 11", ALERT_VERB_OK, "48210711" },
	{ "ACK: #47 11\r\n", ALERT_VERB_OK, "4711" },
	{ "  ack\n4711  ", ALERT_VERB_OK, "4711" },
	{ "ack <4711>", ALERT_VERB_OK, "4711" },
	{ "ok „4711”", ALERT_VERB_OK, "4711" },
	{ "ＯＫ　４７１１", ALERT_VERB_OK, "4711" },        /* full-width */
	{ "ok 47O1", ALERT_VERB_OK, "4701" },           /* the letter O */
	{ "ok 4О11", ALERT_VERB_OK, "4011" },           /* the Cyrillic one */
	{ "OK 4711 thanks!", ALERT_VERB_OK, "4711" },
	{ "за ok 4711", ALERT_VERB_NONE, "" },          /* the word of a command comes first */
	{ "ok, за 4711 баярлалаа", ALERT_VERB_OK, "4711" },
	{ "ok ok 4711", ALERT_VERB_OK, "4711" },
	{ "ok code 4711 please", ALERT_VERB_OK, "4711" },
	{ "ok 4821935", ALERT_VERB_OK, "4821935" },     /* the code of a case: answered with the mend */
	{ "ok 12", ALERT_VERB_OK, "12" },               /* a slip: answered, not taken for a tip */
	{ "ok 123456789012345", ALERT_VERB_OK, "123456789012345" },
	{ "ok 1234567890123456", ALERT_VERB_NONE, "" }, /* too long to be a slip */
	{ "1", ALERT_VERB_OK, "" },
	{ " 1.", ALERT_VERB_OK, "" },
	{ "ok 1", ALERT_VERB_OK, "" },
	{ "4711", ALERT_VERB_OK, "4711" },
	{ "47 11", ALERT_VERB_OK, "4711" },
	{ "471100", ALERT_VERB_OK, "471100" },
	{ "00001122", ALERT_VERB_NONE, "" },            /* a telephone number that somebody passes on */
	{ "4821935", ALERT_VERB_NONE, "" },
	{ "2", ALERT_VERB_NONE, "" },
	{ "11", ALERT_VERB_NONE, "" },
	{ "1a", ALERT_VERB_NONE, "" },
	{ "ok", ALERT_VERB_OK, "" },
	{ "АВЛАА!", ALERT_VERB_OK, "" },
	{ "busy 4711", ALERT_VERB_BUSY, "4711" },
	{ "Завгүй 4711", ALERT_VERB_BUSY, "4711" },
	{ "ЗАВГҮЙ", ALERT_VERB_BUSY, "" },
	{ "zavgui 4711", ALERT_VERB_BUSY, "4711" },
	{ "take 4711", ALERT_VERB_TAKE, "4711" },
	{ "авъя 4711", ALERT_VERB_TAKE, "4711" },
	{ "avya 4711", ALERT_VERB_TAKE, "4711" },
	{ "DONE 4711", ALERT_VERB_DONE, "4711" },
	{ "Дууслаа 4711", ALERT_VERB_DONE, "4711" },
	{ "duussan 4711", ALERT_VERB_DONE, "4711" },
	{ "WHO?", ALERT_VERB_WHO, "" },
	{ "хэн", ALERT_VERB_WHO, "" },
	{ "eelj", ALERT_VERB_WHO, "" },
	{ "who 4711", ALERT_VERB_NONE, "" },            /* takes no digits */
	{ "help", ALERT_VERB_HELP, "" },
	{ "НЕLР", ALERT_VERB_NONE, "" },                /* Н is no look-alike of a small h: it goes through triage */
	{ "тусламж", ALERT_VERB_HELP, "" },
	{ "tuslamj!!", ALERT_VERB_HELP, "" },
	{ "commands", ALERT_VERB_LIST, "" },
	{ "команд", ALERT_VERB_LIST, "" },
	{ "туслаач", ALERT_VERB_NONE, "" },             /* a call for help, and nothing else */
	{ "help me", ALERT_VERB_NONE, "" },
	{ "help 3rd khoroo", ALERT_VERB_NONE, "" },
	{ "", ALERT_VERB_NONE, "" },
	{ "   ", ALERT_VERB_NONE, "" },
	{ "?!", ALERT_VERB_NONE, "" },
	{ "thanks", ALERT_VERB_NONE, "" },
	{ "ok 4711 a child is held at the market", ALERT_VERB_NONE, "" },
	{ "done 4711 but there are two more children", ALERT_VERB_NONE, "" },
	{ "ok 4711 thanks 12", ALERT_VERB_NONE, "" },
	{ "take 12 children to the bus", ALERT_VERB_NONE, "" },
	{ "who takes the girls away", ALERT_VERB_NONE, "" },
	{ "хэн нэгэн хүүхэд зодож байна", ALERT_VERB_NONE, "" },
	{ "4711 ok", ALERT_VERB_OK, "4711" },
	{ "back 4711", ALERT_VERB_NONE, "" },
	{ "bus 4711", ALERT_VERB_NONE, "" },            /* nearly BUSY, and a bus */
	{ "AKC 4711", ALERT_VERB_TYPO, "" },            /* swapped */
	{ "ACKK 4711", ALERT_VERB_TYPO, "" },           /* one too many */
	{ "OL 4711", ALERT_VERB_TYPO, "" },             /* a neighbour on the keyboard */
	{ "авла", ALERT_VERB_TYPO, "" },                /* one too few, and long enough to be nothing else */
	{ "OL", ALERT_VERB_NONE, "" },
	{ "of 12", ALERT_VERB_NONE, "" },
	{ "aid 4711", ALERT_VERB_NONE, "" },
	{ "not ok 4711", ALERT_VERB_NONE, "" },
	{ "acknowledgement 4711", ALERT_VERB_NONE, "" },
	{ "okokokokokokokokokokok 4711", ALERT_VERB_NONE, "" },
	{ "ok \xff 4711", ALERT_VERB_NONE, "" },
	{ "ok \xe2\x9c\x93 4711", ALERT_VERB_NONE, "" },
	{ "a b c d e f g h i j k l m n", ALERT_VERB_NONE, "" },
	{ "Хүүхэд байна", ALERT_VERB_NONE, "" },
};

static void test_texts(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct alert_command c;
		alert_command_read(rows[i].text, strlen(rows[i].text), &c);
		if (c.verb != rows[i].verb || strcmp(c.code, rows[i].code) != 0)
			fail_msg("\"%s\": %s, code \"%s\"", rows[i].text, alert_verb_name(c.verb), c.code);
	}
}

/* Never beyond the text: run under the sanitizers, each beginning of each row stands alone in memory. */
static void test_cut_anywhere(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		for (size_t len = 0; len <= strlen(rows[i].text); len++) {
			char *copy = test_malloc(len ? len : 1);
			struct alert_command c;
			memcpy(copy, rows[i].text, len);
			alert_command_read(copy, len, &c);
			assert_true(c.verb < ALERT_VERBS);
			test_free(copy);
		}
	}
}

static void test_names(void **state)
{
	struct alert_command c;

	(void)state;
	alert_command_read("Swap  Duty  2", 13, &c);
	assert_int_equal(c.verb, ALERT_VERB_SWAP);
	assert_string_equal(c.name, "Duty 2");
	assert_true(alert_command_same_name("Бат", "БАТ"));
	assert_true(alert_command_same_name("Duty 2", " duty 2."));
	assert_false(alert_command_same_name("Duty 2", "Duty 1"));
	assert_false(alert_command_same_name("", ""));
}

/* Whatever is open, one guess of a short code hits with at most 1 in 2,500. */
static void test_lengths(void **state)
{
	static const struct { size_t valid, digits; } lengths[] = { { 0, 4 }, { 3, 4 }, { 4, 6 }, { 399, 6 }, { 400, 8 }, { 5000, 8 } };
	const struct ack_tries none = { 0, 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++)
		assert_int_equal(ack_digits(&none, lengths[i].valid, 5 * H), lengths[i].digits);
	assert_false(ack_is_code_long(7)); /* a case's */
	assert_true(ack_is_code_long(4));
}

static void test_wrong_ones(void **state)
{
	struct ack_tries t = { 0, 0 };

	(void)state;
	for (int i = 0; i < ACK_TRIES - 1; i++)
		assert_false(ack_wrong(&t, 20 * H));
	assert_int_equal(ack_digits(&t, 0, 20 * H), 4);
	assert_true(ack_wrong(&t, 21 * H)); /* once */
	assert_false(ack_wrong(&t, 22 * H));
	assert_int_equal(ack_digits(&t, 0, 22 * H + ACK_CALM_MS - 1), ACK_DIGITS_MAX);
	assert_int_equal(ack_digits(&t, 0, 22 * H + ACK_CALM_MS), 4);
	assert_int_equal(ack_digits(&t, 0, 5), ACK_DIGITS_MAX); /* another boot forgives nothing */
	assert_false(ack_wrong(&t, 22 * H + ACK_CALM_MS)); /* counted from the first again */
	assert_int_equal(t.wrong, 1);
	for (int i = 0; i < ACK_TRIES - 2; i++)
		assert_false(ack_wrong(&t, 1));
	assert_true(ack_wrong(&t, 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts), cmocka_unit_test(test_cut_anywhere), cmocka_unit_test(test_names),
		cmocka_unit_test(test_lengths), cmocka_unit_test(test_wrong_ones),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
