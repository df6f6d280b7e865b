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

static void test_words_and_codes(void **state)
{
	struct modem_profile p;
	struct hl_reason why;

	(void)state;
	assert_int_equal(decode("{\"deletes\":\"whole\",\"reports\":\"none\",\"ussd_request\":\"packed\","
				"\"ussd_answer\":\"ucs2\",\"busy_cme\":[515,14,3],\"first_slot\":0}", &p, &why), 0);
	assert_int_equal(p.deletes, PROFILE_DELETES_WHOLE);
	assert_int_equal(p.reports, PROFILE_REPORTS_NONE);
	assert_int_equal(p.ussd_request, PROFILE_USSD_PACKED);
	assert_int_equal(p.ussd_answer, PROFILE_USSD_UCS2);
	assert_int_equal(p.busy_cme.count, 3);
	assert_int_equal(p.busy_cme.item[2], 3);
	assert_int_equal(p.first_slot, 0);
	assert_int_equal(modem_profile_decode(NULL, &p, &why), 0);
	assert_int_equal(p.ussd_answer, PROFILE_USSD_AUTO);
	assert_int_equal(p.first_slot, -1);
}

static void test_usb(void **state)
{
	struct profile_usb usb;

	(void)state;
	assert_true(modem_profile_usb("2c7c:0125/2", &usb));
	assert_int_equal(usb.vendor, 0x2c7c);
	assert_int_equal(usb.product, 0x0125);
	assert_int_equal(usb.interface, 2);
	assert_true(modem_profile_usb("12d1:1506", &usb));
	assert_int_equal(usb.interface, -1);
	assert_false(modem_profile_usb("12d1:1506 ", &usb));
	assert_false(modem_profile_usb("", &usb));
}

static void test_lists(void **state)
{
	static const struct profile_list list = { 2, { "^RSSI:", "" } };

	(void)state;
	assert_true(modem_profile_lists(&list, "^RSSI: 12"));
	assert_false(modem_profile_lists(&list, "RSSI"));
}

static void test_refusals(void **state)
{
	static const struct { const char *text, *names; } rows[] = {
		{ "{\"stor\":\"ME\"}", "stor" },
		{ "{\"store\":1}", "store" },
		{ "{\"store\":\"a\\nb\"}", "store" },
		{ "{\"charset\":\"01234567890123456789012345678901234567890123456789012345678901234567890123456789\"}", "charset" },
		{ "{\"store\":\"SIM\"}", "store" },
		{ "{\"store\":\"\"}", "store" },
		{ "{\"init\":\"AT\"}", "init" },
		{ "{\"init\":[1]}", "init" },
		{ "{\"init\":[\"ls\"]}", "init" },
		{ "{\"models\":[\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"]}", "models" },
		{ "{\"memories\":[\"\"]}", "memories" },
		{ "{\"usb\":[\"12D1:1506\"]}", "usb" },
		{ "{\"usb\":[\"12d1:1506/\"]}", "usb" },
		{ "{\"usb\":[\"12d1:1506/32\"]}", "usb" },
		{ "{\"usb\":[\"12d1\"]}", "usb" },
		{ "{\"at_interface\":32}", "at_interface" },
		{ "{\"cpms_arguments\":2}", "cpms_arguments" },
		{ "{\"first_slot\":2}", "first_slot" },
		{ "{\"deletes\":\"all\"}", "slot, whole" },
		{ "{\"reports\":0}", "direct, stored, none" },
		{ "{\"ussd_request\":\"auto\"}", "plain, packed, ucs2, none" },
		{ "{\"ussd_answer\":\"none\"}", "plain, packed, ucs2, auto" },
		{ "{\"ussd_before\":[\"AT+CNMP=13\"]}", "ussd_after" },
		{ "{\"busy_cme\":515}", "busy_cme" },
		{ "{\"busy_cme\":[\"515\"]}", "busy_cme" },
		{ "{\"busy_cms\":[-1]}", "busy_cms" },
		{ "{\"busy_cms\":[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17]}", "busy_cms" },
		{ "{\"notify\":[\"2,10,0\"]}", "notify" },
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
		cmocka_unit_test(test_words_and_codes),
		cmocka_unit_test(test_usb),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_refusals),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
