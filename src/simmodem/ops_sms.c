/* Requests that send something to a SIM: texts in every shape, PDUs, nonsense. */
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "base/mem.h"
#include "simmodem/inject.h"
#include "simmodem/network.h"
#include "simmodem/ops.h"

#define TEXT_MAX 60000
#define ORDER_MAX 512

struct sms_request {
	int64_t modem, class, dcs, pid, width, ref, part_units, toa;
	char from[64], smsc[32], coding[8], text[TEXT_MAX];
	int64_t units[4096]; size_t units_count;
	int64_t order[ORDER_MAX]; size_t order_count;
	uint8_t scts[7]; size_t scts_len;
	bool concat, direct;
};

static const struct wire_field sms_fields[] = {
	WIRE_F_INT(struct sms_request, modem, false, 0, SIM_MODEMS_MAX),
	WIRE_F_INT(struct sms_request, class, false, -1, 3),
	WIRE_F_INT(struct sms_request, dcs, false, -1, 255),
	WIRE_F_INT(struct sms_request, pid, false, 0, 255),
	WIRE_F_INT(struct sms_request, width, false, 8, 16),
	WIRE_F_INT(struct sms_request, ref, false, 0, 65535),
	WIRE_F_INT(struct sms_request, part_units, false, 0, 160),
	WIRE_F_INT(struct sms_request, toa, false, 0, 255),
	WIRE_F_STR(struct sms_request, from, true),
	WIRE_F_STR(struct sms_request, smsc, false),
	WIRE_F_STR(struct sms_request, coding, false),
	WIRE_F_STR(struct sms_request, text, false),
	WIRE_F_INTS(struct sms_request, units, false, 0, 65535),
	WIRE_F_INTS(struct sms_request, order, false, 1, INJECT_PARTS_MAX),
	WIRE_F_HEX(struct sms_request, scts, false),
	WIRE_F_BOOL(struct sms_request, concat),
	WIRE_F_BOOL(struct sms_request, direct),
	WIRE_F_END
};

static int coding_named(struct op_call *call, const char *name, int *coding)
{
	static const struct { const char *name; int coding; } rows[] = {
		{ "", 0 }, { "auto", 0 }, { "gsm7", SIM_GSM7 }, { "8bit", SIM_8BIT }, { "ucs2", SIM_UCS2 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strcmp(rows[i].name, name) == 0) {
			*coding = rows[i].coding;
			return 0;
		}
	return hl_fail(&call->why, HL_EINVAL, "field coding: auto, gsm7, 8bit or ucs2");
}

/* Sends the parts in the asked order (all once if none is asked), each as often as it is named. */
static int deliver(struct op_call *call, struct modem *m, const struct sms_request *r, const struct message *msgs,
	int parts)
{
	size_t count = r->order_count ? r->order_count : (size_t)parts;
	json_t *pdus = json_array();
	int err = 0;

	for (size_t i = 0; i < count && !err; i++) {
		int64_t part = r->order_count ? r->order[i] : (int64_t)i + 1;
		struct message msg;
		if (part > parts) {
			err = hl_fail(&call->why, HL_ERANGE, "field order: there are %d parts", parts);
			break;
		}
		msg = msgs[part - 1];
		msg.line = hl_strdup(msg.line);
		if (count <= 20)
			json_array_append_new(pdus, json_string(msg.line));
		if ((err = network_deliver(m, &msg)))
			free(msg.line);
	}
	json_object_set_new(call->reply, "parts", json_integer(parts));
	json_object_set_new(call->reply, "pdus", pdus);
	return err;
}

static int send_request(struct op_call *call, struct modem *m, const struct sms_request *r)
{
	struct inject in = INJECT_DEFAULT;
	struct message *msgs;
	uint16_t *units = NULL;
	int parts, err = coding_named(call, r->coding, &in.coding);

	if (err)
		return err;
	in.from = r->from;
	in.smsc = r->smsc[0] ? r->smsc : m->smsc;
	in.text = r->text;
	in.text_len = strlen(r->text);
	in.class = (int)r->class;
	in.dcs = (int)r->dcs;
	in.pid = (int)r->pid;
	in.ref_width = r->width == 16 ? 16 : 8;
	in.ref = (unsigned)r->ref;
	in.part_units = (unsigned)r->part_units;
	in.toa = (uint8_t)r->toa;
	in.concat = r->concat;
	in.direct = r->direct;
	in.time = r->scts_len == 7 ? r->scts : NULL;
	if (r->units_count) {
		in.units = units = hl_calloc(r->units_count, sizeof(*units));
		in.units_count = r->units_count;
		for (size_t i = 0; i < r->units_count; i++)
			units[i] = (uint16_t)r->units[i];
	}
	msgs = hl_calloc(INJECT_PARTS_MAX, sizeof(*msgs));
	parts = inject_parts(&in, msgs, &call->why);
	err = parts < 0 ? parts : deliver(call, m, r, msgs, parts);
	for (int i = 0; i < parts; i++)
		free(msgs[i].line);
	free(msgs);
	free(units);
	return err;
}

/* References count up where the request names none, as phones do. */
static int64_t next_ref(void)
{
	static unsigned ref;

	return ++ref & 0xFF;
}

static int run_sms(struct op_call *call)
{
	struct sms_request *r = hl_calloc(1, sizeof(*r));
	struct modem *m;
	int err;

	r->class = r->dcs = -1;
	r->width = 8;
	r->ref = next_ref();
	err = op_fields(call, sms_fields, r);
	if (!err)
		err = op_modem(call, r->modem, &m);
	if (!err)
		err = send_request(call, m, r);
	free(r);
	return err;
}

struct pdu_request {
	int64_t modem, length, class;
	char line[1024];
	bool report, direct;
};

static const struct wire_field pdu_fields[] = {
	WIRE_F_INT(struct pdu_request, modem, false, 0, SIM_MODEMS_MAX),
	WIRE_F_INT(struct pdu_request, length, false, -1, 999),
	WIRE_F_INT(struct pdu_request, class, false, -1, 3),
	WIRE_F_STR(struct pdu_request, line, true),
	WIRE_F_BOOL(struct pdu_request, report),
	WIRE_F_BOOL(struct pdu_request, direct),
	WIRE_F_END
};

/* The length that CMGR tells of a PDU: its octets without the service centre address; 0 of what is none. */
static size_t tpdu_length(const char *line)
{
	uint8_t octets[512];
	int n = hl_hex_decode(line, strlen(line), octets, sizeof(octets));

	return n > 0 && octets[0] < n ? (size_t)(n - 1 - octets[0]) : 0;
}

static int run_pdu(struct op_call *call)
{
	struct pdu_request r = { .length = -1, .class = -1 };
	struct message msg = { 0 };
	struct modem *m;
	int err = op_fields(call, pdu_fields, &r);

	if (err || (err = op_modem(call, r.modem, &m)))
		return err;
	if (r.line[strcspn(r.line, "\r\n")])
		return hl_fail(&call->why, HL_EINVAL, "field line: one line is needed");
	msg.tpdu_len = r.length >= 0 ? (size_t)r.length : tpdu_length(r.line);
	msg.class = (int)r.class;
	msg.report = r.report;
	msg.direct = r.direct;
	msg.line = hl_strdup(r.line);
	if ((err = network_deliver(m, &msg)))
		free(msg.line);
	return err;
}

struct line_request {
	int64_t modem;
	char text[1024];
	uint8_t octets[1024]; size_t octets_len;
};

static const struct wire_field line_fields[] = {
	WIRE_F_INT(struct line_request, modem, false, 0, SIM_MODEMS_MAX),
	WIRE_F_STR(struct line_request, text, false),
	WIRE_F_HEX(struct line_request, octets, false),
	WIRE_F_END
};

static int run_line(struct op_call *call)
{
	struct line_request r = { 0 };
	struct modem *m;
	int err = op_fields(call, line_fields, &r);

	if (err || (err = op_modem(call, r.modem, &m)))
		return err;
	if (r.octets_len)
		pty_write(&m->pty, (const char *)r.octets, r.octets_len);
	if (r.text[0])
		at_urc(m, r.text);
	return 0;
}

const struct op_row ops_sms[] = {
	{ "sms", run_sms, "modem from text [coding class dcs pid width ref order part_units concat scts smsc toa units direct]: "
	  "a text" },
	{ "text", run_sms, "the same: the phone FROM texts modem's SIM" },
	{ "pdu", run_pdu, "modem line [length class report direct]: a message as the SIM shows it, sound or not" },
	{ "line", run_line, "modem text | octets: the modem says an unsolicited line, or any octets at once" },
	{ NULL, NULL, NULL },
};
