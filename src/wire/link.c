#include "wire/link.h"

#include <string.h>

#include "base/mem.h"

#define ANY INT64_MIN, INT64_MAX
#define COUNT 0, INT64_MAX

static const struct wire_field hello_fields[] = {
	WIRE_F_INT(struct wire_hello, version, true, 1, 1000),
	WIRE_F_STR(struct wire_hello, kind, true),
	WIRE_F_STR(struct wire_hello, name, false),
	WIRE_F_STR(struct wire_hello, port, false),
	WIRE_F_STR(struct wire_hello, links, false),
	WIRE_F_STR(struct wire_hello, usb, false),
	WIRE_F_STR(struct wire_hello, imei, false),
	WIRE_F_STR(struct wire_hello, model, false),
	WIRE_F_INTS(struct wire_hello, holding, false, COUNT),
	WIRE_F_END
};

static const struct wire_field welcome_fields[] = {
	WIRE_F_INT(struct wire_welcome, version, true, 1, 1000),
	WIRE_F_STR(struct wire_welcome, name, false),
	WIRE_F_STR(struct wire_welcome, tty, false),
	WIRE_F_STR(struct wire_welcome, imei, false),
	WIRE_F_INT(struct wire_welcome, baud, false, 0, 4000000),
	WIRE_F_STR(struct wire_welcome, pin, false),
	WIRE_F_INT(struct wire_welcome, sweep_s, true, 1, 86400),
	WIRE_F_BOOL(struct wire_welcome, pin_refused),
	WIRE_F_BOOL(struct wire_welcome, no_sandbox),
	WIRE_F_JSON(struct wire_welcome, profile),
	WIRE_F_END
};

static const struct wire_field unwelcome_fields[] = {
	WIRE_F_STR(struct wire_unwelcome, why, true),
	WIRE_F_END
};

static const struct wire_field modem_fields[] = {
	WIRE_F_STR(struct wire_modem, state, true),
	WIRE_F_STR(struct wire_modem, detail, false),
	WIRE_F_STR(struct wire_modem, port, false),
	WIRE_F_STR(struct wire_modem, imei, false),
	WIRE_F_STR(struct wire_modem, imsi, false),
	WIRE_F_STR(struct wire_modem, model, false),
	WIRE_F_STR(struct wire_modem, operator_name, false),
	WIRE_F_INT(struct wire_modem, signal, true, 0, 199),
	WIRE_F_INT(struct wire_modem, sim_used, false, 0, 100000),
	WIRE_F_INT(struct wire_modem, sim_total, false, 0, 100000),
	WIRE_F_INT(struct wire_modem, received, false, COUNT),
	WIRE_F_INT(struct wire_modem, refused, false, COUNT),
	WIRE_F_INT(struct wire_modem, sent, false, COUNT),
	WIRE_F_INT(struct wire_modem, failed, false, COUNT),
	WIRE_F_INT(struct wire_modem, unknown, false, COUNT),
	WIRE_F_INT(struct wire_modem, resets, false, COUNT),
	WIRE_F_INT(struct wire_modem, timeouts, false, COUNT),
	WIRE_F_INT(struct wire_modem, urcs_lost, false, COUNT),
	WIRE_F_BOOL(struct wire_modem, pin_refused),
	WIRE_F_INT(struct wire_modem, setups, false, COUNT),
	WIRE_F_INTS(struct wire_modem, measures, false, COUNT),
	WIRE_F_END
};

static const struct wire_field inbound_fields[] = {
	WIRE_F_INT(struct wire_inbound, ref, true, ANY),
	WIRE_F_STR(struct wire_inbound, imsi, false),
	WIRE_F_HEX(struct wire_inbound, pdu, true),
	WIRE_F_STR(struct wire_inbound, from, true),
	WIRE_F_BOOL(struct wire_inbound, alphanumeric),
	WIRE_F_STR(struct wire_inbound, text, true),
	WIRE_F_BOOL(struct wire_inbound, damaged),
	WIRE_F_INT(struct wire_inbound, coding, false, 7, 16),
	WIRE_F_STR(struct wire_inbound, sent_at, false),
	WIRE_F_INT(struct wire_inbound, concat_width, false, 0, 16),
	WIRE_F_INT(struct wire_inbound, concat_ref, false, 0, 65535),
	WIRE_F_INT(struct wire_inbound, concat_total, false, 0, 255),
	WIRE_F_INT(struct wire_inbound, concat_seq, false, 0, 255),
	WIRE_F_END
};

static const struct wire_field refused_fields[] = {
	WIRE_F_INT(struct wire_refused, ref, true, ANY),
	WIRE_F_STR(struct wire_refused, imsi, false),
	WIRE_F_STR(struct wire_refused, raw, true),
	WIRE_F_STR(struct wire_refused, reason, true),
	WIRE_F_END
};

static const struct wire_field report_fields[] = {
	WIRE_F_INT(struct wire_report, ref, true, ANY),
	WIRE_F_STR(struct wire_report, imsi, false),
	WIRE_F_HEX(struct wire_report, pdu, true),
	WIRE_F_STR(struct wire_report, to, true),
	WIRE_F_STR(struct wire_report, sent_at, false),
	WIRE_F_INT(struct wire_report, mr, true, 0, 255),
	WIRE_F_INT(struct wire_report, status, true, 0, 255),
	WIRE_F_END
};

static const struct wire_field ref_fields[] = {
	WIRE_F_INT(struct wire_ref, ref, true, ANY),
	WIRE_F_END
};

static const struct wire_field id_fields[] = {
	WIRE_F_INT(struct wire_id, id, true, COUNT),
	WIRE_F_END
};

static const struct wire_field send_fields[] = {
	WIRE_F_INT(struct wire_send, id, true, COUNT),
	WIRE_F_STR(struct wire_send, to, true),
	WIRE_F_STR(struct wire_send, text, true),
	WIRE_F_BOOL(struct wire_send, report),
	WIRE_F_BOOL(struct wire_send, yields),
	WIRE_F_END
};

static const struct wire_field note_fields[] = {
	WIRE_F_INT(struct wire_note, id, true, COUNT),
	WIRE_F_STR(struct wire_note, channel, true),
	WIRE_F_STR(struct wire_note, address, true),
	WIRE_F_STR(struct wire_note, key, true),
	WIRE_F_STR(struct wire_note, purpose, false),
	WIRE_F_STR(struct wire_note, priority, false),
	WIRE_F_STR(struct wire_note, code, false),
	WIRE_F_STR(struct wire_note, subject, false),
	WIRE_F_STR(struct wire_note, text, true),
	WIRE_F_END
};

static const struct wire_field sent_fields[] = {
	WIRE_F_INT(struct wire_sent, id, true, COUNT),
	WIRE_F_INTS(struct wire_sent, mrs, false, 0, 255),
	WIRE_F_BOOL(struct wire_sent, read),
	WIRE_F_END
};

static const struct wire_field failed_fields[] = {
	WIRE_F_INT(struct wire_failed, id, true, COUNT),
	WIRE_F_BOOL(struct wire_failed, final),
	WIRE_F_INT(struct wire_failed, code, false, 0, 65535),
	WIRE_F_STR(struct wire_failed, why, true),
	WIRE_F_END
};

static const struct wire_field call_fields[] = {
	WIRE_F_INT(struct wire_call, ref, true, INT64_MIN, -1),
	WIRE_F_STR(struct wire_call, imsi, false),
	WIRE_F_HEX(struct wire_call, key, true),
	WIRE_F_STR(struct wire_call, from, false),
	WIRE_F_INT(struct wire_call, rings, false, 0, 100000),
	WIRE_F_END
};

static const struct wire_field ussd_fields[] = {
	WIRE_F_INT(struct wire_ussd, id, true, COUNT),
	WIRE_F_STR(struct wire_ussd, state, true),
	WIRE_F_STR(struct wire_ussd, text, false),
	WIRE_F_INT(struct wire_ussd, dcs, false, 0, 255),
	WIRE_F_STR(struct wire_ussd, why, false),
	WIRE_F_END
};

static const struct wire_field ussd_say_fields[] = {
	WIRE_F_INT(struct wire_ussd_say, id, true, COUNT),
	WIRE_F_STR(struct wire_ussd_say, text, true),
	WIRE_F_END
};

static const struct wire_field ussd_step_fields[] = {
	WIRE_F_INT(struct wire_ussd_step, ref, true, ANY),
	WIRE_F_STR(struct wire_ussd_step, transport, true),
	WIRE_F_STR(struct wire_ussd_step, session, true),
	WIRE_F_STR(struct wire_ussd_step, number, true),
	WIRE_F_STR(struct wire_ussd_step, operator, false),
	WIRE_F_STR(struct wire_ussd_step, code, false),
	WIRE_F_INT(struct wire_ussd_step, step, false, 0, WIRE_STEP_MAX),
	WIRE_F_STR(struct wire_ussd_step, input, false),
	WIRE_F_BOOL(struct wire_ussd_step, begin),
	WIRE_F_STR(struct wire_ussd_step, dialled, false),
	WIRE_F_END
};

static const struct wire_field ussd_end_fields[] = {
	WIRE_F_INT(struct wire_ussd_end, ref, true, ANY),
	WIRE_F_STR(struct wire_ussd_end, transport, true),
	WIRE_F_STR(struct wire_ussd_end, session, true),
	WIRE_F_STR(struct wire_ussd_end, why, false),
	WIRE_F_END
};

static const struct wire_field ussd_screen_fields[] = {
	WIRE_F_INT(struct wire_ussd_screen, ref, true, ANY),
	WIRE_F_STR(struct wire_ussd_screen, text, true),
	WIRE_F_BOOL(struct wire_ussd_screen, end),
	WIRE_F_END
};

static const struct wire_field ussd_refused_fields[] = {
	WIRE_F_INT(struct wire_ussd_refused, ref, true, ANY),
	WIRE_F_STR(struct wire_ussd_refused, why, true),
	WIRE_F_END
};

static const struct {
	const char *name;
	const struct wire_field *fields;
} link_types[WIRE_LINK_TYPES] = {
	[WIRE_HELLO] = { "hello", hello_fields },
	[WIRE_MODEM] = { "modem", modem_fields },
	[WIRE_INBOUND] = { "inbound", inbound_fields },
	[WIRE_REFUSED] = { "refused", refused_fields },
	[WIRE_REPORT] = { "report", report_fields },
	[WIRE_SUBMITTING] = { "submitting", id_fields },
	[WIRE_SENT] = { "sent", sent_fields },
	[WIRE_FAILED] = { "failed", failed_fields },
	[WIRE_UNKNOWN] = { "unknown", failed_fields },
	[WIRE_RELEASED] = { "released", id_fields },
	[WIRE_CALL] = { "call", call_fields },
	[WIRE_USSD] = { "ussd", ussd_fields },
	[WIRE_USSD_STEP] = { "ussd_step", ussd_step_fields },
	[WIRE_USSD_END] = { "ussd_end", ussd_end_fields },
	[WIRE_WELCOME] = { "welcome", welcome_fields },
	[WIRE_UNWELCOME] = { "unwelcome", unwelcome_fields },
	[WIRE_STORED] = { "stored", ref_fields },
	[WIRE_LATER] = { "later", ref_fields },
	[WIRE_SEND] = { "send", send_fields },
	[WIRE_GO] = { "go", id_fields },
	[WIRE_FORGET] = { "forget", id_fields },
	[WIRE_USSD_DIAL] = { "ussd_dial", ussd_say_fields },
	[WIRE_USSD_ANSWER] = { "ussd_answer", ussd_say_fields },
	[WIRE_USSD_CANCEL] = { "ussd_cancel", id_fields },
	[WIRE_NOTE] = { "note", note_fields },
	[WIRE_USSD_SCREEN] = { "ussd_screen", ussd_screen_fields },
	[WIRE_USSD_REFUSED] = { "ussd_refused", ussd_refused_fields },
};

const char *wire_measure_name(enum wire_measure measure)
{
	static const char *const names[WIRE_MEASURES] = {
		[WIRE_MEASURE_ESCAPE] = "escape", [WIRE_MEASURE_ASK] = "ask", [WIRE_MEASURE_DEFAULTS] = "defaults",
		[WIRE_MEASURE_RESET] = "reset", [WIRE_MEASURE_REOPEN] = "reopen", [WIRE_MEASURE_POWER] = "power",
	};

	return names[measure];
}

const char *wire_link_type_name(enum wire_link_type type)
{
	return type < WIRE_LINK_TYPES ? link_types[type].name : "?";
}

char *wire_link_encode(const struct wire_link_msg *msg)
{
	json_t *object = json_object();
	char *line;

	json_object_set_new(object, "type", json_string(link_types[msg->type].name));
	wire_fields_encode(link_types[msg->type].fields, &msg->u, object);
	line = json_dumps(object, JSON_COMPACT);
	json_decref(object);
	if (!line) /* only a string that is not UTF-8 can do this: a bug of the sender's */
		hl_fatal(70, "cannot encode a %s message", link_types[msg->type].name);
	return line;
}

int wire_link_decode(const char *line, size_t len, struct wire_link_msg *msg, struct hl_reason *reason)
{
	json_error_t jerr;
	json_t *object = json_loadb(line, len, JSON_REJECT_DUPLICATES, &jerr);
	const char *type = json_string_value(json_object_get(object, "type"));
	int err = HL_EINVAL;

	memset(msg, 0, sizeof(*msg));
	if (!object || !type) {
		hl_fail(reason, err, "not a JSON object with a type");
		goto out;
	}
	for (int i = 0; i < WIRE_LINK_TYPES; i++) {
		if (strcmp(type, link_types[i].name) != 0)
			continue;
		msg->type = (enum wire_link_type)i;
		err = wire_fields_decode(link_types[i].fields, object, &msg->u, reason);
		if (err)
			wire_link_clear(msg);
		goto out;
	}
	hl_fail(reason, err, "unknown message type");
out:
	json_decref(object);
	return err;
}

void wire_link_clear(struct wire_link_msg *msg)
{
	wire_fields_clear(link_types[msg->type].fields, &msg->u);
}
