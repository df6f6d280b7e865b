/* The PDU check and codec: what a telephone sends is read right, what breaks a bound is refused with a reason, what
 * survives damage is read and marked, and what we send decodes to what was asked. */
#include "cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "modem/pdu.h"
#include "modem/pdu_text.h"
#include "pdu_build.h"

static void decode_ok(const struct build *b, struct wire_inbound *in)
{
	struct pdu_message msg;
	struct hl_reason why = { "" };
	int err = pdu_decode(b->pdu, b->len, &msg, &why);

	if (err)
		fail_msg("refused: %s", why.text);
	assert_int_equal(msg.kind, PDU_DELIVER);
	*in = msg.u.inbound;
}

static void test_texts(void **state)
{
	static const struct { const char *text; enum sms_coding coding; } rows[] = {
		{ "", SMS_GSM7 },
		{ "a", SMS_GSM7 },
		{ "1234567", SMS_GSM7 },
		{ "12345678", SMS_GSM7 },
		{ "@ at both ends @", SMS_GSM7 },
		{ "{[~^|\\]} and \xE2\x82\xAC", SMS_GSM7 },
		{ "~~ two", SMS_UCS2 },
		{ "Сайн байна уу", SMS_UCS2 },
		{ "дэлгүүр 😀 үйлчлүүлэгч", SMS_UCS2 },
		{ "line\nfeed", SMS_GSM7 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct build b;
		struct wire_inbound in;
		build_text(&b, "", rows[i].text, rows[i].coding);
		decode_ok(&b, &in);
		assert_string_equal(in.text, rows[i].text);
		assert_string_equal(in.from, "+97600001234");
		assert_string_equal(in.sent_at, "2026-11-22T16:30:05+08:00");
		assert_int_equal(in.coding, rows[i].coding);
		assert_false(in.damaged);
		assert_false(in.alphanumeric);
		assert_int_equal(in.concat_total, 0);
		assert_int_equal(in.pdu_len, b.len);
		assert_memory_equal(in.pdu, b.pdu, b.len);
	}
}

/* Every character of both tables goes out through libgammu and comes back the same. */
static void test_whole_alphabet(void **state)
{
	(void)state;
	for (unsigned septet = 0; septet < 128; septet++) {
		for (int extended = 0; extended < 2; extended++) {
			struct build b;
			struct wire_inbound in;
			uint8_t septets[2] = { GSM7_ESCAPE, (uint8_t)septet };
			build_head(&b, "04", ADDRESS_1234, "00");
			b.pdu[b.len++] = (uint8_t)(1 + extended);
			b.len += gsm7_pack(extended ? septets : septets + 1, 1u + (unsigned)extended, 0, b.pdu + b.len);
			decode_ok(&b, &in);
			assert_true(in.text[0] != '\0');
			assert_int_equal(in.damaged, !extended && septet == GSM7_ESCAPE);
		}
	}
}

static void test_full_length(void **state)
{
	struct build b;
	struct wire_inbound in;
	char text[161];

	(void)state;
	memset(text, 'x', 160);
	text[160] = '\0';
	build_text(&b, "", text, SMS_GSM7);
	decode_ok(&b, &in);
	assert_string_equal(in.text, text);
	text[153] = '\0';
	build_text(&b, "050003070402", text, SMS_GSM7);
	decode_ok(&b, &in);
	assert_string_equal(in.text, text);
}

static void test_concatenation(void **state)
{
	static const struct { const char *udh; int width, ref, total, seq; } rows[] = {
		{ "050003070402", 8, 7, 4, 2 },
		{ "0500030A0301", 8, 10, 3, 1 },
		{ "060804BEEF0403", 16, 0xBEEF, 4, 3 },
		{ "0A7003001122" "0003070402", 8, 7, 4, 2 },
		{ "0A0003010402" "0003020402", 8, 2, 4, 2 }, /* the last counts */
		{ "050003070101", 0, 0, 0, 0 }, /* one of one is whole */
		{ "03700100", 0, 0, 0, 0 },
		{ "00", 0, 0, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct build b;
		struct wire_inbound in;
		for (int c = 0; c < 2; c++) {
			const char *text = c ? "Сайн" : "Sain baina uu";
			build_text(&b, rows[i].udh, text, c ? SMS_UCS2 : SMS_GSM7);
			decode_ok(&b, &in);
			assert_string_equal(in.text, text);
			assert_int_equal(in.concat_width, rows[i].width);
			assert_int_equal(in.concat_ref, rows[i].ref);
			assert_int_equal(in.concat_total, rows[i].total);
			assert_int_equal(in.concat_seq, rows[i].seq);
		}
	}
}

static void test_senders(void **state)
{
	static const struct { const char *address, *from; bool alphanumeric; } rows[] = {
		{ "0B917906001032F4", "+97600001234", false },
		{ "08A100002143", "00001234", false },
		{ "0381" "21F3", "123", false },
		{ "0381" "2113", "123", false },  /* a filler that is not F */
		{ "0481" "1A2B", "*1#2", false },
		{ "0091", "(unknown)", true },
		{ "00D0", "(unknown)", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct build b;
		struct wire_inbound in;
		build_head(&b, "04", rows[i].address, "00");
		build_add(&b, "00");
		decode_ok(&b, &in);
		assert_string_equal(in.from, rows[i].from);
		assert_int_equal(in.alphanumeric, rows[i].alphanumeric);
	}
}

static void test_alphanumeric_senders(void **state)
{
	static const char *const names[] = { "A", "MobiCom", "Unitel_1", "HOTLINE 108", "Info@x" };

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct build b;
		struct wire_inbound in;
		uint8_t septets[16], packed[16];
		char address[40], digits[33];
		int n = sms_encode_part(names[i], strlen(names[i]), SMS_GSM7, septets, sizeof(septets));
		hl_hex_encode(packed, gsm7_pack(septets, (size_t)n, 0, packed), digits);
		snprintf(address, sizeof(address), "%02XD0%s", (unsigned)((n * 7 + 3) / 4), digits);
		build_head(&b, "04", address, "00");
		build_add(&b, "00");
		decode_ok(&b, &in);
		assert_string_equal(in.from, names[i]);
		assert_true(in.alphanumeric);
	}
}

static void test_damage_is_read_and_marked(void **state)
{
	static const struct { const char *what, *dcs, *data, *text; } rows[] = {
		{ "high surrogate alone", "08", "06" "0041D83D0042", "A\xEF\xBF\xBD" "B" },
		{ "low surrogate alone", "08", "04" "DE000042", "\xEF\xBF\xBD" "B" },
		{ "high surrogate last", "08", "04" "0041D83D", "A\xEF\xBF\xBD" },
		{ "odd octet", "08", "03" "004142", "A\xEF\xBF\xBD" },
		{ "a NUL", "08", "06" "004100000042", "A\xEF\xBF\xBD" "B" },
		{ "escape last", "00", "02" "C10D", "A\xEF\xBF\xBD" },
		{ "reserved alphabet, septets", "0C", "02" "C121", "AC" },
		{ "reserved group, octets", "80", "08" "4142434445464748", "ABCDEFGH" },
		{ "reserved group, not ASCII", "80", "08" "4142E94445464748", "AB\xEF\xBF\xBD" "DEFGH" },
		{ "8-bit data that is text", "04", "04" "41424344", "ABCD" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct build b;
		struct wire_inbound in;
		build_head(&b, "04", ADDRESS_1234, rows[i].dcs);
		build_add(&b, rows[i].data);
		decode_ok(&b, &in);
		if (strcmp(in.text, rows[i].text) != 0)
			fail_msg("%s: got %s", rows[i].what, in.text);
		assert_true(in.damaged);
	}
}

static void test_class_0_and_waiting(void **state)
{
	static const struct { const char *dcs; int coding; } rows[] = {
		{ "10", 7 }, { "18", 16 }, { "F0", 7 }, { "C0", 7 }, { "D8", 7 }, { "E8", 16 }, { "40", 7 }, { "48", 16 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct build b;
		struct wire_inbound in;
		build_head(&b, "04", ADDRESS_1234, rows[i].dcs);
		build_add(&b, rows[i].coding == 7 ? "02C121" : "0400410043");
		decode_ok(&b, &in);
		assert_string_equal(in.text, "AC");
		assert_int_equal(in.coding, rows[i].coding);
		assert_false(in.damaged);
	}
}

/* What a telephone or a SIM would act on: here it is a text to read where it is text, else it is refused and set aside whole. */
static void test_messages_for_machines(void **state)
{
	static const struct { const char *what, *first, *pid, *dcs, *data; const char *text; } rows[] = {
		{ "SIM data download, class 2", "04", "7F", "F6", "0502700000FF", NULL },
		{ "SIM data download in words", "04", "7F", "F2", "02C121", "AC" },
		{ "short message type 0", "04", "40", "00", "02C121", "AC" },
		{ "replace type 1", "04", "41", "00", "02C121", "AC" },
		{ "return call", "04", "5F", "00", "02C121", "AC" },
		{ "WAP push", "44", "00", "F5", "0A0605040B8423F0010601", NULL },
		{ "WAP push of readable octets", "44", "00", "04", "090605040B8423F04142", NULL },
		{ "text to a port", "44", "00", "08", "0B0605040B8423F000410043", "AC" },
		{ "voice mail waits, discard", "04", "00", "C8", "02C121", "AC" },
		{ "voice mail waits, in the header", "44", "00", "08", "0904010200050041" "0043", "AC" },
		{ "text with a picture of EMS", "44", "00", "08", "0A050C03000102" "00410043", "AC" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct pdu_message msg;
		struct hl_reason why;
		struct build b;
		int err;
		build_head(&b, rows[i].first, ADDRESS_1234, rows[i].dcs);
		assert_int_equal(hl_hex_decode(rows[i].pid, 2, &b.pdu[17], 1), 1);
		build_add(&b, rows[i].data);
		err = pdu_decode(b.pdu, b.len, &msg, &why);
		if (!rows[i].text && err != HL_EINVAL)
			fail_msg("%s: taken", rows[i].what);
		if (rows[i].text && (err || msg.kind != PDU_DELIVER || strcmp(msg.u.inbound.text, rows[i].text) != 0))
			fail_msg("%s: %s", rows[i].what, err ? why.text : msg.u.inbound.text);
	}
}

static void test_refusals(void **state)
{
	static const struct { const char *pdu, *says; } rows[] = {
		{ "", "empty PDU" },
		{ "00", "empty TPDU" },
		{ "07917906000000F0", "empty TPDU" },
		{ "0791790600", "SMSC" },
		{ "FF917906000000F0", "SMSC" },
		{ "0711790600000000F0", "SMSC address of a reserved" },
		{ "0003", "message type" },
		{ "0001", "message type" },
		{ "0004", "address" },
		{ "0004B7917906001032F4", "address length 183" },
		{ "0004159179060010327906001032F4F4", "address length 21" },
		{ "00040B117906001032F4", "reserved type" },
		{ "00040B917906", "address" },
		{ "00040B917906001032F400", "coding scheme" },
		{ "00040B917906001032F40000", "time stamp" },
		{ "00040B917906001032F40000621122", "time stamp" },
		{ "00040B917906001032F4000062112261035023", "user data length" },
		{ "00040B917906001032F400006211226103502305C822", "cut off: 2 octets of 5" },
		{ "00040B917906001032F400006211226103502302C82211", "1 octets after" },
		{ "00040B917906001032F4000062112261035023A1", "too great" },
		{ "00040B917906001032F400086211226103502390", "too great" },
		{ "00040B917906001032F4002062112261035023020000", "compressed" },
		{ "00040B917906001032F400046211226103502302FF01", "not text" },
		{ "00440B917906001032F400006211226103502300", "header is longer" },
		{ "00440B917906001032F40008621122610350230205AA", "header is longer" },
		{ "00440B917906001032F400006211226103502303050003", "header is longer" },
		{ "00440B917906001032F4000862112261035023060500030704", "cut off" },
		{ "00440B917906001032F400086211226103502306050004070402", "element leaves" },
		{ "00440B917906001032F40008621122610350230504000207" "04", "concatenation element" },
		{ "00440B917906001032F400086211226103502306050003070400", "part 0 of 4" },
		{ "00440B917906001032F400086211226103502306050003070001", "part 1 of 0" },
		{ "00440B917906001032F400086211226103502306050003070405", "part 5 of 4" },
		{ "00440B917906001032F40008621122610350230605000307FF01", "part 1 of 255" },
		{ "00440B917906001032F40008621122610350230401000300", "user data header" },
		{ "00440B917906001032F4000062112261035023" "09" "07" "7005" "0000000000", "header is longer" }, /* 8 octets, but 10 septets */
		{ "0002", "message reference" },
		{ "000205", "address" },
		{ "0002050B917906001032F462112261035023621122610350", "status report" },
		{ "00020508D0C1E2F304", "alphanumeric" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		uint8_t pdu[256];
		struct pdu_message msg;
		struct hl_reason why = { "" };
		int n = hl_hex_decode(rows[i].pdu, strlen(rows[i].pdu), pdu, sizeof(pdu));
		uint8_t *exact = malloc((size_t)n + 1); /* of this very length, so that an over-read is seen */
		assert_true(n >= 0);
		memcpy(exact, pdu, (size_t)n);
		if (pdu_decode(exact, (size_t)n, &msg, &why) != HL_EINVAL || !strstr(why.text, rows[i].says))
			fail_msg("%s: \"%s\"", rows[i].pdu, why.text);
		free(exact);
	}
}

static void test_too_long(void **state)
{
	uint8_t pdu[400] = { 0 };
	struct pdu_message msg;
	struct hl_reason why;

	(void)state;
	assert_int_equal(pdu_decode(pdu, sizeof(pdu), &msg, &why), HL_EINVAL);
	assert_non_null(strstr(why.text, "400 octets"));
}

static void test_report(void **state)
{
	static const char *const rows[] = {
		"07917906000000F0" "06" "2A" "0B917906001032F4" "62112261035023" "62112261135023" "00",
		"00" "06" "2A" "0B917906001032F4" "62112261035023" "62112261135023" "30" "07000003C82200",
	};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct build b = { .len = 0 };
		struct pdu_message msg;
		struct hl_reason why;
		build_add(&b, rows[i]);
		assert_int_equal(pdu_decode(b.pdu, b.len, &msg, &why), 0);
		assert_int_equal(msg.kind, PDU_STATUS_REPORT);
		assert_string_equal(msg.u.report.to, "+97600001234");
		assert_int_equal(msg.u.report.mr, 0x2A);
		assert_string_equal(msg.u.report.sent_at, "2026-11-22T16:30:05+08:00"); /* of the text, not of its delivery */
		assert_int_equal(msg.u.report.status, i ? 0x30 : 0);
		assert_int_equal(msg.u.report.pdu_len, b.len);
	}
}

/* Takes a SUBMIT apart again and turns it into the DELIVER that the recipient gets. */
static void submit_to_inbound(const struct pdu_submit *s, struct wire_inbound *in, uint8_t *first)
{
	uint8_t raw[256];
	struct build b;
	int n = hl_hex_decode(s->hex, strlen(s->hex), raw, sizeof(raw));
	size_t at = 3, address;

	assert_true(n > 0);
	assert_int_equal(raw[0], 0);
	assert_int_equal((size_t)n, s->tpdu_octets + 1);
	*first = raw[1];
	assert_int_equal(raw[1] & 0x1B, 0x11); /* SUBMIT, relative validity */
	address = 2 + (raw[at] + 1u) / 2;
	b.len = 0;
	build_add(&b, "07917906000000F0");
	b.pdu[b.len++] = raw[1] & 0x40 ? 0x44 : 0x04;
	memcpy(b.pdu + b.len, raw + at, address + 2);
	b.len += address + 2;
	build_add(&b, "62112261035023");
	at += address + 3; /* past validity */
	memcpy(b.pdu + b.len, raw + at, (size_t)n - at);
	b.len += (size_t)n - at;
	decode_ok(&b, in);
}

static void send_and_read(const char *to, const char *text, bool report, size_t parts_wanted)
{
	static struct pdu_submit parts[WIRE_PARTS_MAX];
	static struct wire_send send;
	struct hl_reason why = { "" };
	char whole[WIRE_TEXT_MAX + 1] = "";
	size_t count = 0;

	memset(&send, 0, sizeof(send));
	strcpy(send.to, to);
	strcpy(send.text, text);
	send.report = report;
	if (pdu_encode(&send, 0xA5, parts, WIRE_PARTS_MAX, &count, &why))
		fail_msg("refused: %s", why.text);
	assert_int_equal(count, parts_wanted);
	for (size_t i = 0; i < count; i++) {
		struct wire_inbound in;
		uint8_t first;
		submit_to_inbound(&parts[i], &in, &first);
		assert_int_equal(!!(first & 0x20), report);
		assert_string_equal(in.from, to);
		assert_false(in.damaged);
		strcat(whole, in.text);
		assert_int_equal(in.concat_total, count > 1 ? count : 0);
		if (count > 1) {
			assert_int_equal(in.concat_ref, 0xA5);
			assert_int_equal(in.concat_seq, i + 1);
			assert_int_equal(in.concat_width, 8);
		}
	}
	assert_string_equal(whole, text);
}

static void repeat(char *out, const char *s, size_t times)
{
	*out = '\0';
	while (times--)
		strcat(out, s);
}

static void test_encode(void **state)
{
	char text[WIRE_TEXT_MAX + 1];

	(void)state;
	send_and_read("+97600001234", "Tanii medeelliig huleen avlaa", true, 1);
	send_and_read("00001234", "short code", false, 1);
	send_and_read("123", "", false, 1);
	send_and_read("+97600001234", "~ {[\\]} ^ | \xE2\x82\xAC @ \xCE\x94", false, 1);
	send_and_read("+97600001234", "~~ хоёр ~", false, 1);
	repeat(text, "0123456789", 16);
	send_and_read("+97600001234", text, false, 1);
	repeat(text, "0123456789", 17);
	send_and_read("+97600001234", text, true, 2);
	repeat(text, "[", 80);
	send_and_read("+97600001234", text, false, 1);
	repeat(text, "[", 81);
	send_and_read("+97600001234", text, false, 2);
	repeat(text, "Хүүхэд ", 10);
	send_and_read("+97600001234", text, false, 1);
	repeat(text, "Хүүхэд ", 30);
	send_and_read("+97600001234", text, false, 4);
	repeat(text, "😀", 67); /* 33 pairs fit a part: a pair is never cut */
	send_and_read("+97600001234", text, false, 3);
}

static void test_encode_every_character(void **state)
{
	char text[8];

	(void)state;
	for (unsigned septet = 0; septet < 128; septet++) {
		uint32_t cp = gsm7_to_char((uint8_t)septet, 0);
		size_t n;
		if (septet == GSM7_ESCAPE)
			continue;
		n = cp < 0x80 ? 1 : 2;
		if (n == 1)
			text[0] = (char)cp;
		else {
			text[0] = (char)(0xC0 | cp >> 6);
			text[1] = (char)(0x80 | (cp & 0x3F));
		}
		text[n] = '\0';
		send_and_read("+97600001234", text, false, 1);
	}
}

static void test_encode_refusals(void **state)
{
	static const struct { const char *to, *text; int err; } rows[] = {
		{ "", "x", HL_EINVAL },
		{ "+", "x", HL_EINVAL },
		{ "MobiCom", "x", HL_EINVAL },
		{ "+9760000123x", "x", HL_EINVAL },
		{ "+976000012345678901234", "x", HL_EINVAL },
		{ "+97600001234", "\xFF", HL_EINVAL },
	};
	static struct pdu_submit parts[WIRE_PARTS_MAX];
	static struct wire_send send;
	struct hl_reason why;
	size_t count;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		memset(&send, 0, sizeof(send));
		strcpy(send.to, rows[i].to);
		strcpy(send.text, rows[i].text);
		assert_int_equal(pdu_encode(&send, 1, parts, WIRE_PARTS_MAX, &count, &why), rows[i].err);
		assert_null(strstr(why.text, "0000"));
	}
	strcpy(send.to, "+97600001234");
	repeat(send.text, "0123456789", 310);
	assert_int_equal(pdu_encode(&send, 1, parts, WIRE_PARTS_MAX, &count, &why), HL_ERANGE);
}

/* Octets at random, and good PDUs with one octet changed: never a crash, and what passes stays in its bounds. */
static void test_random(void **state)
{
	unsigned seed = 20261122;
	struct build good;

	(void)state;
	print_message("seed %u\n", seed);
	build_text(&good, "0B0003070402" "0804BEEF0403", "Сайн байна уу", SMS_UCS2);
	for (int round = 0; round < 20000; round++) {
		struct pdu_message msg;
		struct hl_reason why;
		size_t len = round % 2 ? good.len : (size_t)(rand_r(&seed) % 200);
		uint8_t *pdu = malloc(len + 1);
		memcpy(pdu, good.pdu, len < good.len ? len : good.len);
		for (size_t i = round % 2 ? len : 0; i < len; i++)
			pdu[i] = (uint8_t)rand_r(&seed);
		if (round % 2)
			pdu[(size_t)rand_r(&seed) % len] = (uint8_t)rand_r(&seed);
		if (pdu_decode(pdu, len, &msg, &why) == 0 && msg.kind == PDU_DELIVER)
			assert_true(strlen(msg.u.inbound.text) <= WIRE_PART_MAX);
		free(pdu);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_whole_alphabet),
		cmocka_unit_test(test_full_length),
		cmocka_unit_test(test_concatenation),
		cmocka_unit_test(test_senders),
		cmocka_unit_test(test_alphanumeric_senders),
		cmocka_unit_test(test_damage_is_read_and_marked),
		cmocka_unit_test(test_class_0_and_waiting),
		cmocka_unit_test(test_messages_for_machines),
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_too_long),
		cmocka_unit_test(test_report),
		cmocka_unit_test(test_encode),
		cmocka_unit_test(test_encode_every_character),
		cmocka_unit_test(test_encode_refusals),
		cmocka_unit_test(test_random),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
