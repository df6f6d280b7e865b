/* The link protocol: what is encoded decodes to the same, and what breaks a bound is refused by name. */
#include "cm.h"

#include <stdlib.h>
#include <string.h>

#include "wire/link.h"

static void test_inbound_round_trip(void **state)
{
	struct wire_link_msg in = { .type = WIRE_INBOUND }, out;
	struct hl_reason why;
	char *line;

	(void)state;
	in.u.inbound.ref = 7;
	strcpy(in.u.inbound.imsi, "428990000000001");
	memcpy(in.u.inbound.pdu, "\x07\x91\x00", 3);
	in.u.inbound.pdu_len = 3;
	strcpy(in.u.inbound.from, "+97600001234");
	strcpy(in.u.inbound.text, "хүүхэд \"15\"\n");
	in.u.inbound.damaged = true;
	in.u.inbound.coding = 16;
	in.u.inbound.concat_width = 16;
	in.u.inbound.concat_ref = 65535;
	in.u.inbound.concat_total = 4;
	in.u.inbound.concat_seq = 4;
	line = wire_link_encode(&in);
	assert_null(strchr(line, '\n'));
	assert_int_equal(wire_link_decode(line, strlen(line), &out, &why), 0);
	assert_memory_equal(&in.u.inbound, &out.u.inbound, sizeof(in.u.inbound));
	wire_link_clear(&out);
	free(line);
}

static void test_sent_round_trip(void **state)
{
	struct wire_link_msg in = { .type = WIRE_SENT }, out;
	struct hl_reason why;
	char *line;

	(void)state;
	in.u.sent = (struct wire_sent){ .id = 12, .mrs = { 255, 0, 1 }, .mrs_count = 3 };
	line = wire_link_encode(&in);
	assert_string_equal(line, "{\"type\":\"sent\",\"id\":12,\"mrs\":[255,0,1]}");
	assert_int_equal(wire_link_decode(line, strlen(line), &out, &why), 0);
	assert_memory_equal(&in.u.sent, &out.u.sent, sizeof(in.u.sent));
	free(line);
}

static void test_hello_names_what_it_holds(void **state)
{
	struct wire_link_msg in = { .type = WIRE_HELLO }, out;
	struct hl_reason why;
	char *line;

	(void)state;
	in.u.hello = (struct wire_hello){ .version = 1, .kind = "modem", .name = "m1", .holding = { 7, 9 }, .holding_count = 2 };
	line = wire_link_encode(&in);
	assert_string_equal(line, "{\"type\":\"hello\",\"version\":1,\"kind\":\"modem\",\"name\":\"m1\",\"holding\":[7,9]}");
	assert_int_equal(wire_link_decode(line, strlen(line), &out, &why), 0);
	assert_memory_equal(&in.u.hello, &out.u.hello, sizeof(in.u.hello));
	free(line);
}

static void test_ussd_and_calls_round_trip(void **state)
{
	static const struct { struct wire_link_msg msg; const char *line; } rows[] = {
		{ { .type = WIRE_USSD_DIAL, .u.ussd_say = { 3, "*100#" } }, "{\"type\":\"ussd_dial\",\"id\":3,\"text\":\"*100#\"}" },
		{ { .type = WIRE_USSD_ANSWER, .u.ussd_say = { 0, "1" } }, "{\"type\":\"ussd_answer\",\"id\":0,\"text\":\"1\"}" },
		{ { .type = WIRE_USSD_CANCEL, .u.id = { 3 } }, "{\"type\":\"ussd_cancel\",\"id\":3}" },
		{ { .type = WIRE_USSD, .u.ussd = { 3, "done", "5000", 15, "" } },
		  "{\"type\":\"ussd\",\"id\":3,\"state\":\"done\",\"text\":\"5000\",\"dcs\":15}" },
		{ { .type = WIRE_CALL, .u.call = { -1, "42899", { 1, 2 }, 2, "+97600001234", 2 } },
		  "{\"type\":\"call\",\"ref\":-1,\"imsi\":\"42899\",\"key\":\"0102\",\"from\":\"+97600001234\",\"rings\":2}" },
		{ { .type = WIRE_USSD_STEP, .u.ussd_step = { 5, "hubtel", "s-1", "+97600001234", "62001", "*123#", 2, "1", false } },
		  "{\"type\":\"ussd_step\",\"ref\":5,\"transport\":\"hubtel\",\"session\":\"s-1\",\"number\":\"+97600001234\","
		  "\"operator\":\"62001\",\"code\":\"*123#\",\"step\":2,\"input\":\"1\"}" },
		{ { .type = WIRE_USSD_STEP, .u.ussd_step = { .ref = 6, .transport = "at", .session = "x", .number = "+97600001234", .begin = true,
			.dialled = "1*2" } },
		  "{\"type\":\"ussd_step\",\"ref\":6,\"transport\":\"at\",\"session\":\"x\",\"number\":\"+97600001234\",\"begin\":true,"
		  "\"dialled\":\"1*2\"}" },
		{ { .type = WIRE_USSD_END, .u.ussd_end = { 7, "at", "x", "timeout" } },
		  "{\"type\":\"ussd_end\",\"ref\":7,\"transport\":\"at\",\"session\":\"x\",\"why\":\"timeout\"}" },
		{ { .type = WIRE_USSD_SCREEN, .u.ussd_screen = { 5, "Хэл\n1 Монгол", true } },
		  "{\"type\":\"ussd_screen\",\"ref\":5,\"text\":\"Хэл\\n1 Монгол\",\"end\":true}" },
		{ { .type = WIRE_USSD_REFUSED, .u.ussd_refused = { 5, "other_number" } },
		  "{\"type\":\"ussd_refused\",\"ref\":5,\"why\":\"other_number\"}" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct wire_link_msg out;
		struct hl_reason why;
		char *line = wire_link_encode(&rows[i].msg);
		assert_string_equal(line, rows[i].line);
		assert_int_equal(wire_link_decode(line, strlen(line), &out, &why), 0);
		free(line);
		line = wire_link_encode(&out);
		assert_string_equal(line, rows[i].line);
		free(line);
	}
}

static void test_refusals(void **state)
{
	static const struct { const char *line; int err; const char *names; } rows[] = {
		{ "", HL_EINVAL, "type" },
		{ "[]", HL_EINVAL, "type" },
		{ "{\"type\":\"nonsense\"}", HL_EINVAL, "unknown" },
		{ "{\"type\":\"stored\"}", HL_EINVAL, "ref" },
		{ "{\"type\":\"stored\",\"ref\":\"1\"}", HL_EINVAL, "ref" },
		{ "{\"type\":\"stored\",\"ref\":1,\"ref\":2}", HL_EINVAL, "type" },
		{ "{\"type\":\"go\",\"id\":-1}", HL_ERANGE, "id" },
		{ "{\"type\":\"sent\",\"id\":1,\"mrs\":[256]}", HL_ERANGE, "mrs" },
		{ "{\"type\":\"call\",\"ref\":1,\"key\":\"00\"}", HL_ERANGE, "ref" },
		{ "{\"type\":\"call\",\"ref\":-1,\"key\":\"000102030405060708\"}", HL_ERANGE, "key" },
		{ "{\"type\":\"ussd\",\"id\":-1,\"state\":\"done\"}", HL_ERANGE, "id" },
		{ "{\"type\":\"ussd_step\",\"ref\":1,\"transport\":\"at\",\"session\":\"x\"}", HL_EINVAL, "number" },
		{ "{\"type\":\"ussd_step\",\"ref\":1,\"transport\":\"at\",\"session\":\"x\",\"number\":\"+1\",\"step\":1001}", HL_ERANGE, "step" },
		{ "{\"type\":\"ussd_step\",\"ref\":1,\"transport\":\"at\",\"session\":1,\"number\":\"+1\"}", HL_EINVAL, "session" },
		{ "{\"type\":\"hello\",\"version\":1,\"kind\":\"modem\",\"name\":\"a\\u0000b\"}", HL_EINVAL, "type" },
		{ "{\"type\":\"hello\",\"version\":1,\"kind\":\"modem\",\"name\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}", HL_ERANGE, "name" },
		{ "{\"type\":\"report\",\"ref\":1,\"pdu\":\"0\",\"to\":\"\",\"mr\":0,\"status\":0}", HL_EINVAL, "pdu" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct wire_link_msg msg;
		struct hl_reason why = { "" };
		assert_int_equal(wire_link_decode(rows[i].line, strlen(rows[i].line), &msg, &why), rows[i].err);
		assert_non_null(strstr(why.text, rows[i].names));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_inbound_round_trip),
		cmocka_unit_test(test_sent_round_trip),
		cmocka_unit_test(test_hello_names_what_it_holds),
		cmocka_unit_test(test_ussd_and_calls_round_trip),
		cmocka_unit_test(test_refusals),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
