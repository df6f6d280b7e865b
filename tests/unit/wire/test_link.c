/* The link protocol: what is encoded decodes to the same, and what breaks a bound is refused by name. */
#include "cm.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
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

/* Every message: what it must have, and nothing else, is enough; and between what its numbers may be. */
static const struct { const char *type, *least, *numbers; } messages[] = {
	{ "hello", "{\"version\":1,\"kind\":\"modem\"}", "version 1 1000" },
	{ "modem", "{\"state\":\"\",\"signal\":0}", "signal 0 199 sim_used 0 100000 sim_total 0 100000 received 0 max refused 0 max "
		"sent 0 max failed 0 max unknown 0 max resets 0 max timeouts 0 max urcs_lost 0 max setups 0 max" },
	{ "inbound", "{\"ref\":0,\"pdu\":\"00\",\"from\":\"\",\"text\":\"\"}", "ref min max coding 7 16 concat_width 0 16 "
		"concat_ref 0 65535 concat_total 0 255 concat_seq 0 255" },
	{ "refused", "{\"ref\":0,\"raw\":\"\",\"reason\":\"\"}", "ref min max" },
	{ "report", "{\"ref\":0,\"pdu\":\"00\",\"to\":\"\",\"mr\":0,\"status\":0}", "ref min max mr 0 255 status 0 255" },
	{ "submitting", "{\"id\":0}", "id 0 max" },
	{ "sent", "{\"id\":0}", "id 0 max" },
	{ "failed", "{\"id\":0,\"why\":\"\"}", "id 0 max code 0 65535" },
	{ "unknown", "{\"id\":0,\"why\":\"\"}", "id 0 max code 0 65535" },
	{ "released", "{\"id\":0}", "id 0 max" },
	{ "call", "{\"ref\":-1,\"key\":\"00\"}", "ref min -1 rings 0 100000" },
	{ "ussd", "{\"id\":0,\"state\":\"\"}", "id 0 max dcs 0 255" },
	{ "ussd_step", "{\"ref\":0,\"transport\":\"\",\"session\":\"\",\"number\":\"\"}", "ref min max step 0 1000" },
	{ "ussd_end", "{\"ref\":0,\"transport\":\"\",\"session\":\"\"}", "ref min max" },
	{ "welcome", "{\"version\":1,\"sweep_s\":1}", "version 1 1000 baud 0 4000000 sweep_s 1 86400" },
	{ "unwelcome", "{\"why\":\"\"}", "" },
	{ "stored", "{\"ref\":0}", "ref min max" },
	{ "later", "{\"ref\":0}", "ref min max" },
	{ "send", "{\"id\":0,\"to\":\"\",\"text\":\"\"}", "id 0 max" },
	{ "go", "{\"id\":0}", "id 0 max" },
	{ "forget", "{\"id\":0}", "id 0 max" },
	{ "ussd_dial", "{\"id\":0,\"text\":\"\"}", "id 0 max" },
	{ "ussd_answer", "{\"id\":0,\"text\":\"\"}", "id 0 max" },
	{ "ussd_cancel", "{\"id\":0}", "id 0 max" },
	{ "note", "{\"id\":0,\"channel\":\"\",\"address\":\"\",\"key\":\"\",\"text\":\"\"}", "id 0 max" },
	{ "ussd_screen", "{\"ref\":0,\"text\":\"\"}", "ref min max" },
	{ "ussd_refused", "{\"ref\":0,\"why\":\"\"}", "ref min max" },
};

static int decode(const json_t *object, struct hl_reason *why)
{
	char *line = json_dumps(object, 0);
	struct wire_link_msg msg;
	int err = wire_link_decode(line, strlen(line), &msg, why);

	if (err == 0)
		wire_link_clear(&msg);
	free(line);
	return err;
}

static json_t *least(size_t i)
{
	json_t *object = json_loads(messages[i].least, 0, NULL);

	json_object_set_new(object, "type", json_string(messages[i].type));
	return object;
}

static void test_each_needs_what_it_needs(void **state)
{
	(void)state;
	assert_int_equal(sizeof(messages) / sizeof(messages[0]), WIRE_LINK_TYPES);
	for (size_t i = 0; i < WIRE_LINK_TYPES; i++) {
		json_t *object = least(i), *all = json_loads(messages[i].least, 0, NULL), *value;
		struct hl_reason why = { "" };
		const char *key;
		print_message("%s\n", messages[i].type);
		assert_int_equal(decode(object, &why), 0);
		json_object_foreach(all, key, value) {
			json_object_del(object, key);
			assert_int_equal(decode(object, &why), HL_EINVAL);
			assert_non_null(strstr(why.text, key));
			json_object_set(object, key, value);
		}
		json_decref(object);
		json_decref(all);
	}
}

static void assert_number(size_t i, const char *field, int64_t value, int err)
{
	json_t *object = least(i);
	struct hl_reason why = { "" };

	print_message("%s %s %" PRId64 "\n", messages[i].type, field, value);
	json_object_set_new(object, field, json_integer(value));
	assert_int_equal(decode(object, &why), err);
	json_decref(object);
}

static void test_bounds_of_numbers(void **state)
{
	char field[24], low[24], high[24];
	int taken;

	(void)state;
	for (size_t i = 0; i < WIRE_LINK_TYPES; i++) {
		for (const char *at = messages[i].numbers; sscanf(at, "%23s %23s %23s%n", field, low, high, &taken) == 3; at += taken) {
			if (strcmp(low, "min") != 0) {
				assert_number(i, field, strtoll(low, NULL, 10), 0);
				assert_number(i, field, strtoll(low, NULL, 10) - 1, HL_ERANGE);
			}
			if (strcmp(high, "max") != 0) {
				assert_number(i, field, strtoll(high, NULL, 10), 0);
				assert_number(i, field, strtoll(high, NULL, 10) + 1, HL_ERANGE);
			}
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_needs_what_it_needs),
		cmocka_unit_test(test_bounds_of_numbers),
		cmocka_unit_test(test_inbound_round_trip),
		cmocka_unit_test(test_sent_round_trip),
		cmocka_unit_test(test_hello_names_what_it_holds),
		cmocka_unit_test(test_ussd_and_calls_round_trip),
		cmocka_unit_test(test_refusals),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
