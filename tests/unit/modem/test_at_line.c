/* Lines, prompts, fields and the telling apart of lines. */
#include "cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "modem/at_line.h"

struct heard {
	char text[4096];
	int stop_after;
};

static bool hear_line(void *arg, const char *line)
{
	struct heard *h = arg;

	strcat(strcat(strcat(h->text, "["), line), "]");
	return --h->stop_after != 0;
}

static bool hear_prompt(void *arg)
{
	strcat(((struct heard *)arg)->text, "<prompt>");
	return true;
}

static const struct at_reader_ops hearing = { hear_line, hear_prompt };

static void test_reader(void **state)
{
	static const struct { const char *in, *out; } rows[] = {
		{ "\r\nOK\r\n", "[OK]" },
		{ "AT\r\r\nOK\r\n", "[AT][OK]" },
		{ "OK", "" },
		{ "\r\n> ", "<prompt>" },
		{ "\xFE\x01> ", "<prompt>" },
		{ "x> y\r", "[x> y]" },
		{ "\r\n> \r\n+CMGS: 1\r\n", "<prompt>[+CMGS: 1]" },
		{ "\r\n> 0011AB\x1A\r\n", "<prompt>[0011AB]" },
		{ "\xFF\x80OK\x7F\r\n", "[OK]" },
		{ "a\xFF" "b\r\n", "[a\xFF" "b]" },
		{ "  padded  \n", "[padded]" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		for (int whole = 0; whole < 2; whole++) {
			struct at_reader r = { .len = 0 };
			struct heard h = { "", 0 };
			size_t len = strlen(rows[i].in);
			if (whole)
				assert_true(at_reader_feed(&r, rows[i].in, len, &hearing, &h));
			for (size_t k = 0; !whole && k < len; k++)
				assert_true(at_reader_feed(&r, rows[i].in + k, 1, &hearing, &h));
			assert_string_equal(h.text, rows[i].out);
		}
	}
}

/* What a network, or whoever plays one, can put into the string of a +CUSD line. NUL is written as ~ here. */
static void test_reader_ussd(void **state)
{
	static const struct { const char *in, *out; } rows[] = {
		{ "+CUSD: 0,\"me~you.mn\",15\r\n", "[+CUSD: 0,\"me@you.mn\",15]" },
		{ "\r\n~+CUSD: 0,\"~\",15\r\n", "[+CUSD: 0,\"@\",15]" },
		{ "~+CUSD: 1,\"a\r\n~b\",15~\r\n~OK\r\n", "[+CUSD: 1,\"a\n@b\",15][OK]" },
		{ "+CUSD: 2~\r\n", "[+CUSD: 2]" },
		{ "+CMTI: \"S~M\",1\r\n", "[+CMTI: \"SM\",1]" },
		{ "+CUSD: 0,\"never ends\r\n+CMTI: \"SM\",1\r\n> \r\nERROR\r\n", "[+CUSD: 0,\"never ends\n+CMTI: \"SM\",1]<prompt>[ERROR]" },
		{ "+CUSD: 0,\"\r\n\r\n\r\nOK\r\n", "[+CUSD: 0,\"][OK]" },
		{ "+CUSD: 0,\"+CUSD: 0,\"\r\nOK\r\n", "[+CUSD: 0,\"+CUSD: 0,\"][OK]" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct at_reader r = { .len = 0 };
		struct heard h = { "", 0 };
		for (const char *p = rows[i].in; *p; p++)
			assert_true(at_reader_feed(&r, *p == '~' ? "" : p, 1, &hearing, &h));
		assert_string_equal(h.text, rows[i].out);
	}
}

static void test_reader_bounds(void **state)
{
	struct at_reader r = { .len = 0 };
	struct heard h = { "", 0 };
	char noise[5000];

	(void)state;
	memset(noise, 'x', sizeof(noise));
	at_reader_feed(&r, "\0\0OK\r\n", 6, &hearing, &h);
	at_reader_feed(&r, noise, sizeof(noise), &hearing, &h);
	at_reader_feed(&r, "\r\nOK\r\n", 6, &hearing, &h);
	assert_string_equal(h.text, "[OK][OK]");
	h.text[0] = '\0';
	h.stop_after = 1;
	assert_false(at_reader_feed(&r, "1\r2\r", 4, &hearing, &h));
	assert_string_equal(h.text, "[1]");
}

static void test_classify(void **state)
{
	static const struct at_expect none = { .active = true }, cmgl = { true, AT_SHAPE_PDU, "+CMGL:", 3 },
		creg = { true, AT_SHAPE_PREFIX, "+CREG:", 2 }, imsi = { true, AT_SHAPE_DIGITS, NULL, 0 },
		model = { true, AT_SHAPE_TEXT, NULL, 0 }, idle = { .active = false };
	static const struct { const struct at_expect *e; const char *line; enum at_kind kind; int code; } rows[] = {
		{ &none, "OK", AT_KIND_OK, 0 },
		{ &idle, "OK", AT_KIND_OK, 0 },
		{ &none, "ERROR", AT_KIND_ERROR, 0 },
		{ &none, "COMMAND NOT SUPPORT", AT_KIND_ERROR, 0 },
		{ &none, "+CME ERROR: 10", AT_KIND_CME, 10 },
		{ &none, "+CMS ERROR: 322", AT_KIND_CMS, 322 },
		{ &none, "+CMS ERROR:322", AT_KIND_CMS, 322 },
		{ &none, "+CME ERROR: SIM not inserted", AT_KIND_CME, 500 },
		{ &none, "OKAY", AT_KIND_URC, 0 },
		{ &none, "+CMTI: \"SM\",3", AT_KIND_URC, 0 },
		{ &none, "RING", AT_KIND_URC, 0 },
		{ &none, "AT+CMGF=0", AT_KIND_NOISE, 0 },
		{ &none, "at+cmgf=0", AT_KIND_NOISE, 0 },
		{ &none, "00A1", AT_KIND_HEX, 0 },
		{ &cmgl, "+CMGL: 3,1,,24", AT_KIND_INFO, 0 },
		{ &cmgl, "+CMGL: 3", AT_KIND_URC, 0 },
		{ &cmgl, "+CDS: 24", AT_KIND_URC_PDU, 0 },
		{ &idle, "+CMT: ,24", AT_KIND_URC_PDU, 0 },
		{ &creg, "+CREG: 1,5", AT_KIND_INFO, 0 },
		{ &creg, "+CREG: 5", AT_KIND_URC, 0 },
		{ &imsi, "428990000000001", AT_KIND_INFO, 0 },
		{ &imsi, "12", AT_KIND_HEX, 0 },
		{ &imsi, "+CSQ: 1", AT_KIND_URC, 0 },
		{ &model, "SIM7600E", AT_KIND_INFO, 0 },
		{ &model, "AT+CGMM", AT_KIND_NOISE, 0 },
		{ &model, "^RSSI: 3", AT_KIND_URC, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int code = -1;
		enum at_kind kind = at_classify(rows[i].e, rows[i].line, &code);
		if (kind != rows[i].kind || code != rows[i].code)
			fail_msg("%s: kind %d code %d", rows[i].line, kind, code);
	}
}

static void test_fields(void **state)
{
	char text[8];
	int n;

	(void)state;
	assert_true(at_field_int("+CPMS: \"SM\",3,50,\"SM\",3,50", 2, &n) && n == 50);
	assert_true(at_field_text("+CPMS: \"SM\",3,50", 0, text, sizeof(text)));
	assert_string_equal(text, "SM");
	assert_true(at_field_text("+COPS: 0,0,\"a,b\",7", 2, text, sizeof(text)));
	assert_string_equal(text, "a,b");
	assert_true(at_field_int("+COPS: 0,0,\"a,b\",7", 3, &n) && n == 7);
	assert_true(at_field_int("+CMGL: 1,1,,24", 3, &n) && n == 24);
	assert_false(at_field_int("+CMGL: 1,1,,24", 2, &n));
	assert_false(at_field_int("+CMGL: 1,1,,24", 4, &n));
	assert_false(at_field_int("+CMTI: \"SM\",x", 1, &n));
	assert_true(at_field_int("+CMTI: \"SM\",\"7\"", 1, &n) && n == 7);
	assert_true(at_field_int("+CSQ:31,99", 0, &n) && n == 31);
	assert_true(at_field_text("+X: \"0123456789\"", 0, text, sizeof(text)));
	assert_string_equal(text, "0123456");
	assert_false(at_field_text("+X: 1", 1, text, sizeof(text)));
	assert_false(at_field_int("+X: \"", 0, &n));
	assert_int_equal(at_field_count("+X:"), 0);
	assert_int_equal(at_field_count("+X: 1"), 1);
	assert_int_equal(at_field_count("+X: 1,,\"2,3\""), 3);
}

static void test_find_pdu(void **state)
{
	static const struct { const char *header, *line, *pdu; } rows[] = {
		{ "+CMGL: 1,1,,2", "00AABB", "00AABB" },
		{ "+CMGL: 1,1,,2", "0211220102", "0211220102" },
		{ "+CMGR: 1,,2", "\xFE#]00AABB", NULL }, /* too short to be told from noise */
		{ "+CMGR: 1,,13", "\xFE#]0000112233445566778899AABBCC", "0000112233445566778899AABBCC" },
		{ "+CMGR: 1,,13", "120000112233445566778899AABBCC", "0000112233445566778899AABBCC" }, /* noise that is digits */
		{ "+CMGR: 1,,0", "0791790600000", NULL },
		{ "+CMGR: 1,,2", "00AAB", NULL },
		{ "+CMGR: 1,,2", "00AABBCC", NULL },
		{ "+CMGR: 1,,2", "00AABB#", NULL },
		{ "+CMGR: 1,,0", "0791790600000", NULL }, /* any digits would do */
		{ "+CMGR: 1,,0", "FF", NULL },
		{ "+CMGR: 1,,", "00AABB", NULL },
		{ "+CMGR:", "00AABB", NULL },
		{ "+CMGR: 1,,2", "", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *pdu = at_find_pdu(rows[i].header, rows[i].line);
		if (rows[i].pdu)
			assert_string_equal(pdu, rows[i].pdu);
		else
			assert_null(pdu);
	}
}

static void test_plain(void **state)
{
	char out[8], same[] = "a\tb";

	(void)state;
	at_plain(out, sizeof(out), "E173\x01\xC3\xA9" "cut");
	assert_string_equal(out, "E173???");
	at_plain(same, sizeof(same), same);
	assert_string_equal(same, "a?b");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reader), cmocka_unit_test(test_reader_ussd),
		cmocka_unit_test(test_reader_bounds),
		cmocka_unit_test(test_classify),
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_find_pdu),
		cmocka_unit_test(test_plain),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
