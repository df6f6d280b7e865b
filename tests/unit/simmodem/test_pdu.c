/* TPDUs built and taken apart; the fixed ones were written down octet by octet from TS 23.040. */
#include "cm.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/hex.h"
#include "simmodem/pdu.h"

static void set_text(struct pdu_ud *ud, enum sim_coding coding, const char *text)
{
	int n = units_from_text(text, strlen(text), coding, ud->units, 160);

	assert_true(n >= 0);
	ud->coding = coding;
	ud->count = (size_t)n;
}

static void assert_text(const struct pdu_ud *ud, const char *text)
{
	char got[1024];

	units_to_text(ud->units, ud->count, ud->coding, got, sizeof(got));
	assert_string_equal(got, text);
}

static void test_deliver_is_what_the_standard_says(void **state)
{
	struct pdu_deliver d = { .smsc = "+97600009999", .from = "+97600001234" };
	uint8_t out[PDU_MAX];
	char hex[2 * PDU_MAX + 1];
	size_t tpdu;
	int n;

	(void)state;
	pdu_time_write(1795337043, 32, d.time); /* 2026-11-22 08:44:03 UTC */
	set_text(&d.ud, SIM_GSM7, "hello");
	n = pdu_deliver_build(&d, out, &tpdu);
	assert_true(n > 0);
	hl_hex_encode(out, (size_t)n, hex);
	assert_string_equal(hex, "07917906009099F9" "04" "0B917906001032F4" "00" "00" "62112261443023" "05" "E8329BFD06");
	assert_int_equal(tpdu, n - 8);
}

static void test_deliver_round_trips(void **state)
{
	static const struct { const char *from, *text; enum sim_coding coding; struct pdu_concat concat; int class; } rows[] = {
		{ "+97600001234", "", SIM_GSM7, { 0 }, -1 },
		{ "1234", "[x] {y} ~ | \\ ^ €", SIM_GSM7, { 0 }, 0 },
		{ "HOTLINE-112", "named", SIM_GSM7, { 0 }, -1 },
		{ "+97600001234", "шинэ үг", SIM_UCS2, { 0 }, 1 },
		{ "+97600001234", "part", SIM_GSM7, { 8, 255, 3, 2 }, -1 },
		{ "+97600001234", "хэсэг", SIM_UCS2, { 16, 65535, 255, 255 }, -1 },
		{ "+97600001234", "\xC3\xBF\x01 data", SIM_8BIT, { 8, 1, 2, 1 }, -1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct pdu_deliver d = { .dcs = pdu_dcs(rows[i].coding, rows[i].class) }, back;
		uint8_t out[PDU_MAX];
		struct pdu_concat c;
		size_t tpdu;
		int n;
		strcpy(d.from, rows[i].from);
		set_text(&d.ud, rows[i].coding, rows[i].text);
		if (rows[i].concat.total)
			pdu_concat_write(&d.ud, &rows[i].concat);
		n = pdu_deliver_build(&d, out, &tpdu);
		assert_true(n > 0);
		assert_int_equal(pdu_deliver_parse(out, (size_t)n, &back), 0);
		assert_string_equal(back.from, rows[i].from);
		assert_int_equal(pdu_dcs_class(back.dcs), rows[i].class);
		assert_text(&back.ud, rows[i].text);
		c = pdu_concat_read(&back.ud);
		assert_memory_equal(&c, &rows[i].concat, sizeof(c));
		assert_int_equal(pdu_deliver_parse(out, (size_t)n - 1, &back), HL_EINVAL);
		out[n] = 0;
		assert_int_equal(pdu_deliver_parse(out, (size_t)n + 1, &back), HL_EINVAL);
	}
}

static void test_submit(void **state)
{
	static const struct { const char *hex; int err; const char *to, *text; bool report; } rows[] = {
		{ "0031000B917906005076F80000A705E8329BFD06", 0, "+97600005678", "hello", true },
		{ "0001000481214300000" "5E8329BFD06", 0, "1234", "hello", false },
		{ "0019000481214300000102030405060705E8329BFD06", 0, "1234", "hello", false }, /* absolute TP-VP */
		{ "07917906009099F91100048121430008A70404450443", 0, "1234", "ху", false },
		{ "0011000481214300F6A703414243", 0, "1234", "ABC", false },
		{ "", HL_EINVAL, "", "", false },
		{ "00", HL_EINVAL, "", "", false },
		{ "0031000B917906005076F80000A705E8329BFD", HL_EINVAL, "", "", false },     /* cut short */
		{ "0031000B917906005076F80000A705E8329BFD0600", HL_EINVAL, "", "", false }, /* one octet too many */
		{ "0030000B917906005076F80000A705E8329BFD06", HL_EINVAL, "", "", false },   /* an SMS-DELIVER */
		{ "0031FFB7917906005076F80000A705E8329BFD06", HL_EINVAL, "", "", false },   /* address length 183 */
		{ "0071000481214300" "00A70205FF", HL_EINVAL, "", "", false },              /* header longer than the data */
		{ "0011000481214300" "08A703044504", HL_EINVAL, "", "", false },            /* half a UCS-2 unit */
		{ "0011000481214300" "20A70141", HL_EINVAL, "", "", false },                /* compressed */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		uint8_t in[PDU_MAX];
		struct pdu_submit s;
		int n = hl_hex_decode(rows[i].hex, strlen(rows[i].hex), in, sizeof(in));
		assert_true(n >= 0);
		assert_int_equal(pdu_submit_parse(in, (size_t)n, &s), rows[i].err);
		if (rows[i].err)
			continue;
		assert_string_equal(s.to, rows[i].to);
		assert_int_equal(s.report, rows[i].report);
		assert_text(&s.ud, rows[i].text);
	}
}

static void test_report_round_trip(void **state)
{
	struct pdu_report r = { .smsc = "+97600009999", .to = "+97600005678", .mr = 200, .status = 0x46 }, back;
	uint8_t out[PDU_MAX];
	char shown[32];
	size_t tpdu;
	int n;

	(void)state;
	pdu_time_write(0, -20, r.time);
	pdu_time_write(1795337043, 32, r.discharge);
	n = pdu_report_build(&r, out, &tpdu);
	assert_true(n > 0);
	assert_int_equal(pdu_report_parse(out, (size_t)n, &back), 0);
	assert_string_equal(back.to, r.to);
	assert_int_equal(back.mr, 200);
	assert_int_equal(back.status, 0x46);
	pdu_time_show(back.time, shown);
	assert_string_equal(shown, "69/12/31,19:00:00-20");
	pdu_time_show(back.discharge, shown);
	assert_string_equal(shown, "26/11/22,16:44:03+32");
}

static void test_addresses(void **state)
{
	static const struct { const char *address; int octets; } rows[] = {
		{ "+97600001234", 8 }, { "1", 3 }, { "*100#", 5 }, { "12345678901234567890", 12 },
		{ "123456789012345678901", HL_EINVAL }, { "ABCDEFGHIJK", 12 }, { "ABCDEFGHIJKL", HL_EINVAL }, { "үг", HL_EINVAL }, { "A[", 5 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char back[PDU_ADDRESS_MAX];
		uint8_t out[12];
		assert_int_equal(pdu_address_write(rows[i].address, 0, out), rows[i].octets);
		if (rows[i].octets < 0)
			continue;
		assert_int_equal(pdu_address_read(out, 12, back), rows[i].octets);
		assert_string_equal(back, rows[i].address);
	}
}

/* Whatever octets come, the parsers stay inside them and say 0 or HL_EINVAL. */
static void test_random_octets(void **state)
{
	unsigned seed = (unsigned)time(NULL);

	(void)state;
	print_message("seed %u\n", seed);
	srand(seed);
	for (int i = 0; i < 50000; i++) {
		size_t len = (size_t)rand() % PDU_MAX;
		uint8_t *in = malloc(len ? len : 1);
		struct pdu_deliver d;
		struct pdu_submit s;
		struct pdu_report r;
		for (size_t k = 0; k < len; k++)
			in[k] = (uint8_t)(k == 0 ? 0 : rand());
		assert_in_range(-pdu_submit_parse(in, len, &s), 0, -HL_EINVAL);
		assert_in_range(-pdu_deliver_parse(in, len, &d), 0, -HL_EINVAL);
		assert_in_range(-pdu_report_parse(in, len, &r), 0, -HL_EINVAL);
		free(in);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_deliver_is_what_the_standard_says),
		cmocka_unit_test(test_deliver_round_trips),
		cmocka_unit_test(test_submit),
		cmocka_unit_test(test_report_round_trip),
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_random_octets),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
