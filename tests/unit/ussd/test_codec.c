/* The conventions of operators' gateways, request by request and answer by answer. */
#include "cm.h"

#include <stdlib.h>
#include <string.h>

#include "ussd/codec.h"
#include "ussd/cumulative.h"
#include "ussd/form.h"
#include "ussd/target.h"

#define FORM "application/x-www-form-urlencoded"
#define JSON "application/json"
#define ME "\"Mobile\":\"97600001111\",\"SessionId\":\"s1\""

static int read_it(const struct codec *c, const char *method, const char *path, const char *type, const char *body, struct codec_asked *out)
{
	const struct codec_request r = { method, path, type, body, strlen(body), "976" };
	struct hl_reason why = { "" };
	int status = c->read(&r, out, &why);

	assert_true(status == 0 || why.text[0]);
	return status;
}

/* What a request means: kind, session, number, text, step, begin, why. */
static void test_requests(void **state)
{
	static const struct {
		const struct codec *codec;
		const char *method, *path, *type, *body;
		int kind;
		const char *number, *text, *code, *operator;
		int step;
		bool begin;
		const char *why;
	} rows[] = {
		{ &codec_africastalking, "POST", "", FORM, "sessionId=s1&phoneNumber=%2B97600001111&networkCode=42801&serviceCode=*123%23&text=",
		  CODEC_STEP, "+97600001111", "", "*123#", "42801", 0, true, "" },
		{ &codec_africastalking, "POST", "", FORM "; charset=UTF-8", "text=1*2&phoneNumber=97600001111&sessionId=s1&other=%D0%B0",
		  CODEC_STEP, "+97600001111", "1*2", "", "", 0, false, "" },
		{ &codec_africastalking, "POST", "", "", "sessionId=s1&phoneNumber=00001111&text=%D1%85%D2%AF%D2%AF+2",
		  CODEC_STEP, "+97600001111", "хүү 2", "", "", 0, false, "" },
		{ &codec_hubtel, "POST", "", JSON, "{\"Type\":\"Initiation\"," ME ",\"ServiceCode\":\"*123#\",\"Message\":\"*123#\",\"Operator\":\"net\",\"Sequence\":1}",
		  CODEC_STEP, "+97600001111", "", "*123#", "net", 1, true, "" },
		{ &codec_hubtel, "POST", "", "text/json", "{\"Type\":\"response\"," ME ",\"Message\":\"a*b\",\"Sequence\":\"12\",\"ClientState\":null}",
		  CODEC_STEP, "+97600001111", "a*b", "", "", 12, false, "" },
		{ &codec_hubtel, "POST", "", JSON, "{\"Type\":\"RELEASE\"," ME "}", CODEC_END, "+97600001111", "", "", "", 0, false, "user" },
		{ &codec_hubtel, "POST", "", JSON, "{\"Type\":\"Timeout\"," ME "}", CODEC_END, "+97600001111", "", "", "", 0, false, "timeout" },
		{ &codec_infobip, "POST", "/session/s1/start", JSON, "{\"msisdn\":\"97600001111\",\"text\":\"5\",\"shortCode\":\"*123#\",\"ussdGwId\":\"g\"}",
		  CODEC_STEP, "+97600001111", "", "*123#", "g", 0, true, "" },
		{ &codec_infobip, "PUT", "/session/s1/response", JSON, "{\"msisdn\":\"+97600001111\",\"text\":\"5\",\"imsi\":null}",
		  CODEC_STEP, "+97600001111", "5", "", "", 0, false, "" },
		{ &codec_infobip, "PUT", "/session/s1/end", JSON, "{\"exitCode\":200,\"reason\":\"\"}", CODEC_END, "", "", "", "", 0, false, "user" },
		{ &codec_infobip, "POST", "/session/%731/end", JSON, "{\"exitCode\":604}", CODEC_END, "", "", "", "", 0, false, "error" },
		{ &codec_infobip, "GET", "/session/s1/status", "", "", CODEC_STATUS, "", "", "", "", 0, false, "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct codec_asked a;
		print_message("row %zu\n", i);
		assert_int_equal(read_it(rows[i].codec, rows[i].method, rows[i].path, rows[i].type, rows[i].body, &a), 0);
		assert_int_equal(a.kind, rows[i].kind);
		assert_string_equal(a.session, "s1");
		assert_string_equal(a.number, rows[i].number);
		assert_string_equal(a.text, rows[i].text);
		assert_string_equal(a.code, rows[i].code);
		assert_string_equal(a.operator, rows[i].operator);
		assert_int_equal(a.step, rows[i].step);
		assert_int_equal(a.begin, rows[i].begin);
		assert_string_equal(a.why, rows[i].why);
	}
}

static void test_refused(void **state)
{
	static const struct { const struct codec *codec; const char *method, *path, *type, *body; int status; } rows[] = {
		{ &codec_africastalking, "POST", "/x", FORM, "", 404 },
		{ &codec_africastalking, "PUT", "", FORM, "", 405 },
		{ &codec_africastalking, "POST", "", JSON, "", 415 },
		{ &codec_africastalking, "POST", "", FORM "; charset=windows-1251", "", 415 },
		{ &codec_africastalking, "POST", "", FORM, "sessionId=s1&phoneNumber=%2B9760000111122223333&text=", 400 },
		{ &codec_africastalking, "POST", "", FORM, "sessionId=s1&phoneNumber=%2B976000011a1&text=", 400 },
		{ &codec_africastalking, "POST", "", FORM, "sessionId=s1&phoneNumber=&text=", 400 },
		{ &codec_africastalking, "POST", "", FORM, "sessionId=s%0A1&phoneNumber=97600001111&text=", 400 },
		{ &codec_africastalking, "POST", "", FORM, "sessionId=s1&sessionId=s2&phoneNumber=97600001111&text=", 400 },
		{ &codec_africastalking, "POST", "", FORM, "sessionId=s1&phoneNumber=97600001111", 400 },
		{ &codec_africastalking, "POST", "", FORM, "sessionId=s1&phoneNumber=97600001111&text=%E0%80%80", 400 },
		{ &codec_hubtel, "GET", "", JSON, "{}", 405 },
		{ &codec_hubtel, "POST", "", JSON, "{\"Type\":\"Initiation\",\"Mobile\":97600001111,\"SessionId\":\"s1\"}", 400 },
		{ &codec_hubtel, "POST", "", JSON, "{\"Type\":\"Initiation\"," ME ",\"Sequence\":0}", 400 },
		{ &codec_hubtel, "POST", "", JSON, "{\"Type\":\"Initiation\"," ME ",\"Sequence\":1001}", 400 },
		{ &codec_hubtel, "POST", "", JSON, "{\"Type\":\"Initiation\"," ME ",\"Sequence\":\"\"}", 400 },
		{ &codec_hubtel, "POST", "", JSON, "{\"Type\":true," ME "}", 400 },
		{ &codec_hubtel, "POST", "", JSON, "null", 400 },
		{ &codec_infobip, "POST", "", JSON, "{}", 404 },
		{ &codec_infobip, "POST", "/session/s1", JSON, "{}", 404 },
		{ &codec_infobip, "POST", "/session/s1/start/x", JSON, "{}", 404 },
		{ &codec_infobip, "POST", "/session/s%/start", JSON, "{}", 400 },
		{ &codec_infobip, "DELETE", "/session/s1/end", JSON, "{}", 405 },
		{ &codec_infobip, "PO", "/session/s1/start", JSON, "{}", 405 },
		{ &codec_infobip, "POST", "/session/s1/status", JSON, "{}", 405 },
		{ &codec_infobip, "POST", "/session/s1/end", JSON, "{\"exitCode\":\"200\"}", 400 },
		{ &codec_infobip, "POST", "/session/s1/response", JSON, "{\"msisdn\":\"+97600001111\",\"text\":5}", 400 },
	};
	struct codec_asked a;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		print_message("row %zu\n", i);
		assert_int_equal(read_it(rows[i].codec, rows[i].method, rows[i].path, rows[i].type, rows[i].body, &a), rows[i].status);
	}
}

static void test_answers(void **state)
{
	static const struct { const struct codec *codec; int kind; const char *text; bool end; const char *body; } rows[] = {
		{ &codec_africastalking, CODEC_STEP, "1 Тийм\n2 Үгүй", false, "CON 1 Тийм\n2 Үгүй" },
		{ &codec_africastalking, CODEC_STEP, "", true, "END " },
		{ &codec_hubtel, CODEC_STEP, "a\n\"b\"", false, "{\"SessionId\":\"s1\",\"Type\":\"Response\",\"Message\":\"a\\n\\\"b\\\"\",\"ClientState\":\"st\"}" },
		{ &codec_hubtel, CODEC_END, "", true, "{\"SessionId\":\"s1\",\"Type\":\"Release\",\"Message\":\"\",\"ClientState\":\"st\"}" },
		{ &codec_infobip, CODEC_STEP, "ж", false, "{\"responseExitCode\":200,\"responseMessage\":\"\",\"ussdMenu\":\"ж\",\"shouldClose\":false}" },
		{ &codec_infobip, CODEC_END, "x", true, "{\"responseExitCode\":200,\"responseMessage\":\"\"}" },
		{ &codec_infobip, CODEC_STATUS, "", false, "{\"responseExitCode\":200,\"responseMessage\":\"\",\"sessionActive\":true}" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct codec_asked asked = { .kind = rows[i].kind, .session = "s1", .state = "st" };
		const struct codec_answer answer = { rows[i].text, rows[i].end };
		char *body = rows[i].codec->write(&asked, &answer);
		assert_string_equal(body, rows[i].body);
		free(body);
	}
}

static void test_cumulative(void **state)
{
	static const struct { const char *had; size_t input_at; int64_t step; const char *text; bool goes; int64_t next; const char *input; bool repeat; } rows[] = {
		{ "", 0, 0, "", true, 1, "", false },            /* nothing is known: each star counts */
		{ "", 0, 0, "1", true, 2, "1", false },
		{ "", 0, 0, "1*2*", true, 4, "", false },
		{ "", 0, 1, "", true, 1, "", true },
		{ "", 0, 1, "1", true, 2, "1", false },
		{ "", 0, 1, "a*b", true, 2, "a*b", false },      /* one answer, with a star in it */
		{ "", 0, 1, "*", true, 2, "*", false },
		{ "1", 0, 2, "1", true, 2, "1", true },
		{ "1", 0, 2, "1*", true, 3, "", false },
		{ "1", 0, 2, "1*2*3", true, 3, "2*3", false },
		{ "1*2*3", 2, 3, "1*2*3", true, 3, "2*3", true },
		{ "1*2*3", 2, 3, "1*2*3*4", true, 4, "4", false },
		{ "1*2*3", 2, 3, "1*2*3**", true, 4, "*", false },
		{ "1*2", 2, 3, "1*23", false, 0, "", false },
		{ "1*2", 2, 3, "1", false, 0, "", false },       /* one from before */
		{ "1*2", 2, 3, "", false, 0, "", false },
		{ "1*2", 2, 3, "2*2*1", false, 0, "", false },
		{ "", 0, 2, "*1", true, 3, "1", false },         /* the first answer was empty */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct cumulative_had had = { rows[i].had, rows[i].input_at, rows[i].step };
		struct cumulative_step out;
		print_message("row %zu\n", i);
		assert_int_equal(cumulative_next(&had, rows[i].text, &out), rows[i].goes);
		if (!rows[i].goes)
			continue;
		assert_int_equal(out.step, rows[i].next);
		assert_string_equal(rows[i].text + out.input_at, rows[i].input);
		assert_int_equal(out.repeat, rows[i].repeat);
	}
}

static void test_numbers(void **state)
{
	static const struct { const char *from, *to; } rows[] = {
		{ "+97600001111", "+97600001111" }, { "97600001111", "+97600001111" }, { "0097600001111", "+97600001111" },
		{ "00001111", "+97600001111" }, { "00002222", "+97600002222" }, { "", NULL }, { "+", NULL }, { "+976 0000", NULL }, { "0123456789", NULL },
		{ "+1234567890123456", NULL }, { "++97600001111", NULL }, { "+123", NULL },
	};
	char out[WIRE_NUMBER_MAX + 1];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		bool is = codec_number(rows[i].from, "976", out);
		print_message("row %zu\n", i);
		assert_int_equal(is, rows[i].to != NULL);
		if (is)
			assert_string_equal(out, rows[i].to);
	}
}

static void test_targets(void **state)
{
	static const struct { const char *target, *path, *rest; } rows[] = {
		{ "/ussd", "/ussd", "" }, { "/ussd?a=b", "/ussd", "?a=b" }, { "/ussd/session/1/start", "/ussd", "/session/1/start" },
		{ "/ussdx", "/ussd", NULL }, { "/uss", "/ussd", NULL }, { "/", "/", "" }, { "/?a", "/", "?a" }, { "/session/1/end", "/", "/session/1/end" },
		{ "*", "/", NULL }, { "", "/ussd", NULL },
	};
	char value[8];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *rest = target_path(rows[i].target, rows[i].path);
		print_message("row %zu\n", i);
		assert_int_equal(rest != NULL, rows[i].rest != NULL);
		if (rest)
			assert_string_equal(rest, rows[i].rest);
	}
	assert_true(target_query("/x?a=1&key=s%65c", "key", value, sizeof(value)));
	assert_string_equal(value, "sec");
	assert_false(target_query("/x?key=1&key=2", "key", value, sizeof(value)));
	assert_false(target_query("/x?key=12345678", "key", value, sizeof(value)));
	assert_false(target_query("/x", "key", value, sizeof(value)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_requests), cmocka_unit_test(test_refused), cmocka_unit_test(test_answers), cmocka_unit_test(test_cumulative),
		cmocka_unit_test(test_numbers), cmocka_unit_test(test_targets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
