/* USSD strings: what modems write, and what we write, by the standard's tables. */
#include "cm.h"

#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "modem/at_line.h"
#include "modem/ussd_code.h"
#include "text/gsm7.h"

#define PLAIN PROFILE_USSD_PLAIN
#define PACKED PROFILE_USSD_PACKED
#define UCS2 PROFILE_USSD_UCS2
#define AUTO PROFILE_USSD_AUTO

/* TS 23.038 5. */
static void test_schemes(void **state)
{
	static const struct { int dcs; enum ussd_alphabet alphabet; bool language; } rows[] = {
		{ 0, USSD_GSM7, false }, { 15, USSD_GSM7, false }, { 0x10, USSD_GSM7, true }, { 17, USSD_UNITS, true },
		{ 0x12, USSD_GSM7, false }, { 0x24, USSD_GSM7, false }, { 0x30, USSD_GSM7, false }, { 0x40, USSD_GSM7, false },
		{ 68, USSD_8BIT, false }, { 72, USSD_UNITS, false }, { 0x5A, USSD_UNITS, false }, { 0x6A, USSD_COMPRESSED, false },
		{ 0x94, USSD_8BIT, false }, { 0x98, USSD_UNITS, false }, { 0xF0, USSD_GSM7, false }, { 0xF4, USSD_8BIT, false },
	};
	bool language;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(ussd_alphabet_of(rows[i].dcs, &language), rows[i].alphabet);
		assert_int_equal(language, rows[i].language);
	}
}

static void test_read(void **state)
{
	static const struct { const char *line; enum profile_ussd encoding; int m, dcs; bool said; const char *text; } rows[] = {
		/* <m>, TS 27.007 7.15 */
		{ "+CUSD: 0,\"Balance: 5000 MNT\",15", PLAIN, 0, 15, true, "Balance: 5000 MNT" },
		{ "+CUSD: 1,\"1. Balance\n2. Help\",15", AUTO, 1, 15, true, "1. Balance\n2. Help" },
		{ "+CUSD: 2", AUTO, 2, 15, false, "" },
		{ "+CUSD: 3", AUTO, 3, 15, false, "" },
		{ "+CUSD:4", AUTO, 4, 15, false, "" },
		{ "+CUSD: 5", AUTO, 5, 15, false, "" },
		{ "+CUSD: 2,\"over\",15", AUTO, 2, 15, true, "over" },
		{ "+CUSD: 0,\"\",15", AUTO, 0, 15, true, "" },
		/* no scheme, quotes inside, broken off, line ends */
		{ "+CUSD: 0,\"text\"", AUTO, 0, 15, true, "text" },
		{ "+CUSD: 0,\"say \"hi\", 5\",15", AUTO, 0, 15, true, "say \"hi\", 5" },
		{ "+CUSD: 0,\"broken o", AUTO, 0, 15, true, "broken o" },
		{ "+CUSD: 0,\"a\r\nb\r\rc\",0", AUTO, 0, 0, true, "a\nb\nc" },
		/* digits of a plain text are digits */
		{ "+CUSD: 0,\"00001122\",15", AUTO, 0, 15, true, "00001122" },
		/* octets of the GSM alphabet: _ $ and the euro */
		{ "+CUSD: 0,\"a\x11" "b\x02" "c\x1B" "e\",15", PLAIN, 0, 15, true, "a_b$c\xE2\x82\xAC" },
		/* UCS-2 in digits: 72, 17 with its language and without */
		{ "+CUSD: 0,\"04120430043B0430043D0441\",72", AUTO, 0, 72, true, "Валанс" },
		{ "+CUSD: 0,\"6D3704120430\",17", AUTO, 0, 17, true, "Ва" },
		{ "+CUSD: 0,\"04120430\",17", AUTO, 0, 17, true, "Ва" },
		{ "+CUSD: 0,\"04ae04e9\",72", PACKED, 0, 72, true, "Үө" },
		{ "+CUSD: 0,\"D83DDE00\",72", AUTO, 0, 72, true, "\xF0\x9F\x98\x80" },
		{ "+CUSD: 0,\"D83D0041\",72", AUTO, 0, 72, true, "\xEF\xBF\xBD" "A" },
		{ "+CUSD: 0,\"Үлдэгдэл\",72", AUTO, 0, 72, true, "Үлдэгдэл" }, /* a modem that has made text of it */
		{ "+CUSD: 0,\"00420061006C\",15", UCS2, 0, 15, true, "Bal" },
		/* packed septets */
		{ "+CUSD: 0,\"E8329BFD06\",15", PACKED, 0, 15, true, "hello" },
		{ "+CUSD: 0,\"hello\",15", PACKED, 0, 15, true, "hello" }, /* no digits: text after all */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct ussd_heard h;
		assert_int_equal(ussd_read(rows[i].line, rows[i].encoding, &h), 0);
		assert_string_equal(h.text, rows[i].text);
		assert_int_equal(h.m, rows[i].m);
		assert_int_equal(h.dcs, rows[i].dcs);
		assert_int_equal(h.said, rows[i].said);
	}
}

static void test_read_refuses(void **state)
{
	static const char *const lines[] = { "", "+CUSD:", "+CUSD: x", "+CUSD: 6,\"a\",15", "+CUSD: -1", "+CUSD: \"a\"" };
	struct ussd_heard h;

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		assert_int_equal(ussd_read(lines[i], AUTO, &h), HL_EINVAL);
}

static void packed_line(const char *septets, size_t count, char *line)
{
	uint8_t octets[USSD_OCTETS_MAX + 1];

	strcpy(line, "+CUSD: 0,\"");
	hl_hex_encode(octets, gsm7_pack((const uint8_t *)septets, count, 0, octets), line + strlen(line));
	strcat(line, "\",15");
}

/* TS 23.038 6.1.2.3.1: seven septets and a CR of padding; eight of which the last is a CR that is meant would have another. A
 * last letter is never lost. */
static void test_carriage_return(void **state)
{
	static const struct { const char *septets, *text; } rows[] = {
		{ "1234567\r", "1234567" },            /* padding, on the boundary */
		{ "12345678", "12345678" },
		{ "123456\r", "123456\n@" },           /* a CR within, and seven bits of zero that are an @ */
		{ "12345\r", "12345\n" },              /* a CR that ends inside an octet belongs to the text */
		{ "1234567\r\r", "1234567\n" },        /* meant, and doubled */
		{ "123456789012345\r", "123456789012345" },
		{ "abcdefghijklmno", "abcdefghijklmno@" },
	};
	char line[512];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct ussd_heard h;
		packed_line(rows[i].septets, strlen(rows[i].septets), line);
		assert_int_equal(ussd_read(line, PACKED, &h), 0);
		assert_string_equal(h.text, rows[i].text);
	}
}

static void test_write(void **state)
{
	static const struct { const char *text; enum profile_ussd encoding; const char *command; } rows[] = {
		{ "*100#", PLAIN, "AT+CUSD=1,\"*100#\",15" },
		{ "1", PLAIN, "AT+CUSD=1,\"1\",15" },
		{ "*100#", PACKED, "AT+CUSD=1,\"AA180C3602\",15" },
		{ "1234567", PACKED, "AT+CUSD=1,\"31D98C56B3DD1A\",15" }, /* with its CR */
		{ "*100#", UCS2, "AT+CUSD=1,\"002A0031003000300023\",15" },
		{ "тийм", PLAIN, "AT+CUSD=1,\"044204380439043C\",72" },
		{ "тийм", PACKED, "AT+CUSD=1,\"044204380439043C\",72" },
		{ "тийм", UCS2, "AT+CUSD=1,\"044204380439043C\",72" },
		/* lines of a menu: as they are where octets go as digits, else with a blank */
		{ "1 a\n2 b", PLAIN, "AT+CUSD=1,\"1 a 2 b\",15" },
		{ "1 a\n2 b", UCS2, "AT+CUSD=1,\"003100200061000A003200200062\",15" },
		{ "а\nб", PLAIN, "AT+CUSD=1,\"0430000A0431\",72" },
		{ "1\n2", PACKED, "AT+CUSD=1,\"31850C\",15" },
		/* plain: what is not the same octet in every character set goes as UCS-2 */
		{ "a@b", PLAIN, "AT+CUSD=1,\"006100400062\",72" },
		{ "\"", PLAIN, "AT+CUSD=1,\"0022\",72" },
		{ "\xF0\x9F\x98\x80", PLAIN, "AT+CUSD=1,\"D83DDE00\",72" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char command[USSD_COMMAND_MAX];
		struct hl_reason why;
		assert_int_equal(ussd_write(rows[i].text, rows[i].encoding, 15, command, &why), 0);
		assert_string_equal(command, rows[i].command);
	}
}

static void repeat(const char *what, size_t count, char *out)
{
	*out = '\0';
	for (size_t i = 0; i < count; i++)
		strcat(out, what);
}

static void test_bounds(void **state)
{
	static const struct { const char *what; size_t fits; const char *names; } rows[] = {
		{ "x", 182, "182" }, { "ө", 80, "80" },
		{ "[", 91, "182" }, /* of the extension table: two septets each */
	};
	static const enum profile_ussd encodings[] = { PACKED, UCS2 };
	char text[1024], command[USSD_COMMAND_MAX];
	struct hl_reason why;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		for (size_t e = 0; e < 2; e++) {
			repeat(rows[i].what, rows[i].fits, text);
			assert_int_equal(ussd_write(text, encodings[e], 15, command, &why), 0);
			assert_true(strlen(command) + 1 < USSD_COMMAND_MAX);
			repeat(rows[i].what, rows[i].fits + 1, text);
			assert_int_equal(ussd_write(text, encodings[e], 15, command, &why), HL_ERANGE);
			assert_non_null(strstr(why.text, rows[i].names));
			assert_null(strstr(why.text, rows[i].what[0] == 'x' ? "xx" : rows[i].what));
			assert_true(strlen(why.text) < sizeof(((struct wire_ussd *)0)->why));
		}
	assert_int_equal(ussd_write("", PLAIN, 15, command, &why), HL_EINVAL);
	assert_int_equal(ussd_write("1\r", PLAIN, 15, command, &why), HL_EINVAL);
	assert_int_equal(ussd_write("1\x1A", PLAIN, 15, command, &why), HL_EINVAL);
	assert_int_equal(ussd_write("\xFF", PLAIN, 15, command, &why), HL_EINVAL);
}

/* ---- lines of a +CUSD string ------------------------------------------------------------------------------------ */

struct heard_lines { char text[4096]; };

static bool on_line(void *arg, const char *line)
{
	struct heard_lines *h = arg;

	strcat(strcat(h->text, line), "|");
	return true;
}

static bool on_prompt(void *arg)
{
	(void)arg;
	return true;
}

static void test_joined_lines(void **state)
{
	static const struct at_reader_ops ops = { on_line, on_prompt };
	static const struct { const char *octets, *lines; } rows[] = {
		{ "\r\n+CUSD: 1,\"1. A\r\n2. B\",15\r\nOK\r\n", "+CUSD: 1,\"1. A\n2. B\",15|OK|" },
		{ "+CUSD: 1,\"\nA\n\nB\n\",15\n+CMTI: \"SM\",1\n", "+CUSD: 1,\"\nA\nB\n\",15|+CMTI: \"SM\",1|" },
		{ "+CUSD: 0,\"A\"\nB\n", "+CUSD: 0,\"A\"|B|" },
		{ "+CUSD: 2\nOK\n", "+CUSD: 2|OK|" },
		{ "+CUSD: 0,\"one 5,15\ntwo\",72\nOK\n", "+CUSD: 0,\"one 5,15\ntwo\",72|OK|" },
		/* broken off: the command behind it is not held up */
		{ "+CUSD: 0,\"broken\nOK\nnext\n", "+CUSD: 0,\"broken|OK|next|" },
		{ "+CUSD: 0,\"broken\nmore\n+CMS ERROR: 500\n", "+CUSD: 0,\"broken\nmore|+CMS ERROR: 500|" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct at_reader r = { .len = 0 };
		struct heard_lines h = { "" };
		for (const char *p = rows[i].octets; *p; p++)
			at_reader_feed(&r, p, 1, &ops, &h);
		assert_string_equal(h.text, rows[i].lines);
	}
}

/* A quote that never closes is given up. */
static void test_joining_ends(void **state)
{
	static const struct at_reader_ops ops = { on_line, on_prompt };
	struct at_reader r = { .len = 0 };
	struct heard_lines h = { "" };

	(void)state;
	at_reader_feed(&r, "+CUSD: 0,\"x\n", 12, &ops, &h);
	for (int i = 0; i < AT_JOINED_MAX; i++)
		at_reader_feed(&r, "yyyy\n", 5, &ops, &h);
	assert_non_null(strstr(h.text, "|yyyy|yyyy|"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_schemes),
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_read_refuses),
		cmocka_unit_test(test_carriage_return),
		cmocka_unit_test(test_write),
		cmocka_unit_test(test_bounds),
		cmocka_unit_test(test_joined_lines),
		cmocka_unit_test(test_joining_ends),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
