/* Texts made into the messages a SIM gets: alphabet, parts, cuts. */
#include "cm.h"

#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "simmodem/inject.h"

/* The text of so many copies of one piece. */
static char *repeat(const char *piece, int times)
{
	char *text = calloc(1, (size_t)times * strlen(piece) + 1);

	for (int i = 0; i < times; i++)
		strcat(text, piece);
	return text;
}

static void parse(const struct message *msg, struct pdu_deliver *d)
{
	uint8_t pdu[PDU_MAX];
	int n = hl_hex_decode(msg->line, strlen(msg->line), pdu, sizeof(pdu));

	assert_true(n > 0);
	assert_int_equal(pdu_deliver_parse(pdu, (size_t)n, d), 0);
}

static void test_parts(void **state)
{
	static const struct {
		const char *piece;
		int times, coding;
		unsigned width, part_units;
		int parts;
		enum sim_coding used;
	} rows[] = {
		{ "a", 0, 0, 8, 0, 1, SIM_GSM7 },
		{ "a", 160, 0, 8, 0, 1, SIM_GSM7 },
		{ "a", 161, 0, 8, 0, 2, SIM_GSM7 },
		{ "a", 306, 0, 8, 0, 2, SIM_GSM7 },
		{ "a", 307, 0, 8, 0, 3, SIM_GSM7 },
		{ "a", 305, 0, 16, 0, 3, SIM_GSM7 }, /* 152 a part */
		{ "€", 80, 0, 8, 0, 1, SIM_GSM7 },
		{ "€", 153, 0, 8, 0, 3, SIM_GSM7 },  /* 76 a part: an escape pair stays together */
		{ "ү", 70, 0, 8, 0, 1, SIM_UCS2 },
		{ "ү", 71, 0, 8, 0, 2, SIM_UCS2 },
		{ "ү", 133, 0, 16, 0, 3, SIM_UCS2 }, /* 66 a part */
		{ "\xF0\x9F\x98\x80", 67, 0, 8, 0, 3, SIM_UCS2 }, /* 33 pairs a part */
		{ "a", 71, SIM_UCS2, 8, 0, 2, SIM_UCS2 },
		{ "a", 10, 0, 8, 3, 4, SIM_GSM7 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *text = repeat(rows[i].piece, rows[i].times), whole[8192] = "";
		struct message msgs[INJECT_PARTS_MAX];
		struct inject in = INJECT_DEFAULT;
		struct hl_reason why;
		in.from = "+97600001234";
		in.text = text;
		in.text_len = strlen(text);
		in.coding = rows[i].coding;
		in.ref_width = rows[i].width;
		in.ref = 500;
		in.part_units = rows[i].part_units;
		assert_int_equal(inject_parts(&in, msgs, &why), rows[i].parts);
		for (int k = 0; k < rows[i].parts; k++) {
			struct pdu_deliver d;
			struct pdu_concat c;
			parse(&msgs[k], &d);
			c = pdu_concat_read(&d.ud);
			assert_int_equal(d.ud.coding, rows[i].used);
			assert_int_equal(c.total, rows[i].parts == 1 ? 0 : rows[i].parts);
			assert_int_equal(c.seq, rows[i].parts == 1 ? 0 : k + 1);
			assert_int_equal(c.ref, rows[i].parts == 1 ? 0 : rows[i].width == 16 ? 500 : 500 & 0xFF);
			units_to_text(d.ud.units, d.ud.count, d.ud.coding, whole + strlen(whole), 1024);
			free(msgs[k].line);
		}
		assert_string_equal(whole, text);
		free(text);
	}
}

static void test_refusals(void **state)
{
	static const struct { const char *from, *text; int coding; unsigned part_units; int err; } rows[] = {
		{ "+97600001234", "ү", SIM_GSM7, 0, HL_EINVAL },
		{ "+97600001234", "\xFF", 0, 0, HL_EINVAL },
		{ "+97600001234", "€€", 0, 1, HL_ERANGE },
		{ "A NAME TOO LONG", "x", 0, 0, HL_EINVAL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct message msgs[INJECT_PARTS_MAX];
		struct inject in = INJECT_DEFAULT;
		struct hl_reason why = { "" };
		in.from = rows[i].from;
		in.text = rows[i].text;
		in.text_len = strlen(in.text);
		in.coding = rows[i].coding;
		in.part_units = rows[i].part_units;
		assert_int_equal(inject_parts(&in, msgs, &why), rows[i].err);
		assert_true(why.text[0]);
	}
}

static void test_damage_is_shown(void **state)
{
	static const uint16_t units[] = { 'a', 0xD83D, 'b', 0xDE00, 0xD83D, 0xDE00, 0xD83D };
	char text[64];

	(void)state;
	units_to_text(units, 7, SIM_UCS2, text, sizeof(text));
	assert_string_equal(text, "a\xEF\xBF\xBD" "b\xEF\xBF\xBD\xF0\x9F\x98\x80\xEF\xBF\xBD");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_damage_is_shown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
