/* Modem profiles: defaults, every kind of value, and refusals that name the key. */
#include "cm.h"

#include <string.h>

#include "wire/profile.h"

static int decode(const char *text, struct modem_profile *p, struct hl_reason *why)
{
	json_t *object = json_loads(text, 0, NULL);
	int err;

	assert_non_null(object);
	err = modem_profile_decode(object, p, why);
	json_decref(object);
	return err;
}

static void test_generic(void **state)
{
	struct modem_profile p;
	struct hl_reason why;

	(void)state;
	assert_int_equal(modem_profile_decode(NULL, &p, &why), 0);
	assert_string_equal(p.store, "SM");
	assert_int_equal(p.notify.count, 4);
	assert_string_equal(p.notify.item[0], "2,1,0,1,0");
	assert_int_equal(p.submit_ms, 120000);
}

static void test_values(void **state)
{
	struct modem_profile p;
	struct hl_reason why;

	(void)state;
	assert_int_equal(decode("{\"store\":\"ME\",\"memories\":[\"SM\",\"ME\"],\"rtscts\":true,\"command_ms\":700,"
				"\"init\":[\"AT^CURC=0\"],\"reset\":\"\",\"pin_counter\":\"\"}", &p, &why), 0);
	assert_string_equal(p.store, "ME");
	assert_int_equal(p.memories.count, 2);
	assert_string_equal(p.memories.item[1], "ME");
	assert_true(p.rtscts);
	assert_int_equal(p.command_ms, 700);
	assert_string_equal(p.init.item[0], "AT^CURC=0");
	assert_string_equal(p.reset, "");
	assert_int_equal(p.prompt_ms, 5000);
}

static void test_refusals(void **state)
{
	static const struct { const char *text, *names; } rows[] = {
		{ "{\"stor\":\"ME\"}", "stor" },
		{ "{\"store\":1}", "store" },
		{ "{\"store\":\"a\\nb\"}", "store" },
		{ "{\"store\":\"0123456789012345678901234567890123456789012345678901234567890123\"}", "store" },
		{ "{\"init\":\"AT\"}", "init" },
		{ "{\"init\":[1]}", "init" },
		{ "{\"init\":[\"ls\"]}", "init" },
		{ "{\"memories\":[\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"]}", "memories" },
		{ "{\"rtscts\":1}", "rtscts" },
		{ "{\"command_ms\":1}", "command_ms" },
		{ "{\"command_ms\":\"5\"}", "command_ms" },
		{ "{\"notify\":[]}", "notify" },
		{ "{\"notify\":[\"2,2,0,0\"]}", "notify" },
		{ "{\"notify\":[\"\"]}", "notify" },
		{ "{\"reset\":\"reboot\"}", "reset" },
		{ "{\"pin_counter\":\"AT^CPIN?\",\"pin_counter_prefix\":\"\"}", "pin_counter" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct modem_profile p;
		struct hl_reason why = { "" };
		assert_true(decode(rows[i].text, &p, &why) < 0);
		assert_non_null(strstr(why.text, rows[i].names));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_generic),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_refusals),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
