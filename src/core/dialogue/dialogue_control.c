/* case.ask, case.remind, case.unask, case.answers, case.contact (core/control/control.h). The case must be one of the
 * session's unit; nobody is shown a number, and a text of an officer's own goes out only because they asked for it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/alert/alert.h"
#include "core/case/case.h"
#include "core/case/case_asked.h"
#include "core/case/reading.h"
#include "core/case/sealing.h"
#include "core/control/control.h"
#include "core/dialogue/dialogue.h"
#include "core/outbound/gate.h"
#include "core/turn.h"
#include "store/audit.h"
#include "store/message.h"
#include "store/store.h"
#include "text/sms.h"
#include "wire/link.h"

#define ANSWERS_MAX 60 /* questions of one case in one answer */

/* ---- asking -------------------------------------------------------------------------------------------------- */

static json_t *question_json(struct core *core, const struct question_row *q, const struct case_row *row)
{
	json_t *o = json_object();
	struct outbox_row out;
	char code[24];

	snprintf(code, sizeof(code), "%s-%d", row->code, (int)q->number);
	json_object_set_new(o, "number", json_integer(q->number));
	json_object_set_new(o, "name", json_string(q->name[0] ? q->name : "free text"));
	json_object_set_new(o, "state", json_string(question_state_name((enum question_state)q->state)));
	json_object_set_new(o, "reply_code", json_string(code));
	json_object_set_new(o, "by", json_string(q->asked_by));
	json_object_set_new(o, "asked_ms", json_integer(q->asked_ms));
	json_object_set_new(o, "sent_ms", json_integer(q->sent_ms));
	json_object_set_new(o, "answered_ms", json_integer(q->answered_ms));
	if (q->outbox_id && store_outbox_get(core->store, q->outbox_id, &out)) {
		json_object_set_new(o, "text_state", json_string(outbox_state_name((enum outbox_state)out.state)));
		json_object_set_new(o, "why", json_string(out.why));
	}
	return o;
}

static const char *known_names(char out[400])
{
	size_t at = 0;

	for (size_t i = 0; i < question_key_count; i++)
		at += (size_t)snprintf(out + at, 400 - at, "%s%s", i ? " " : "", question_keys[i].name);
	return out;
}

/* What the request asks; otherwise it is answered and false. */
static bool read_ask(struct control_call *call, struct dialogue_ask *ask)
{
	const char *name = control_text(call, "question");
	char names[400];

	*ask = (struct dialogue_ask){ .by = session_name(call->session), .text = control_text(call, "text"),
		.discreet = json_is_true(json_object_get(call->request, "discreet")) };
	if (name) {
		ask->key = question_find(name);
		if (!ask->key)
			control_fail(call, HL_ENOENT, "there is no such question; there are: %s", known_names(names));
		return ask->key != NULL;
	}
	if (!ask->text || !ask->text[strspn(ask->text, " \t\r\n")]) {
		control_fail(call, HL_EINVAL, "the request lacks \"question\" or \"text\"");
		return false;
	}
	return true;
}

void control_case_ask(struct control_call *call)
{
	struct hl_reason why = { "" };
	struct dialogue_ask ask;
	struct question_row q;
	struct case_row row;
	struct sms_cut cut;
	json_t *body;
	int err;

	if (!case_asked_open(call, "code", &row) || !read_ask(call, &ask))
		return;
	err = dialogue_ask(call->core, &row, &ask, &q, &why);
	if (err) {
		control_fail(call, err, "%s", *why.text ? why.text : hl_strerror(err));
		return;
	}
	case_act(call->core, row.id, session_name(call->session));
	alert_acknowledge_case(call->core, row.id, session_name(call->session));
	body = json_pack("{s:o}", "question", question_json(call->core, &q, &row));
	if (!ask.key && sms_measure(ask.text, strlen(ask.text), &cut) == 0) {
		json_object_set_new(body, "units", json_integer((json_int_t)cut.units));
		json_object_set_new(body, "parts", json_integer((json_int_t)cut.parts));
	}
	control_ok(call, body);
}

void control_case_remind(struct control_call *call)
{
	struct hl_reason why = { "" };
	struct case_row row;
	int err;

	if (!case_asked_open(call, "code", &row))
		return;
	err = dialogue_remind(call->core, &row, session_name(call->session), &why);
	if (err)
		control_fail(call, err, "%s", *why.text ? why.text : hl_strerror(err));
	else
		control_ok(call, NULL);
}

void control_case_unask(struct control_call *call)
{
	struct case_row row;
	size_t n;

	if (!case_asked(call, "code", &row))
		return;
	n = dialogue_withdraw(call->core, &row, session_name(call->session));
	control_ok(call, json_pack("{s:I}", "withdrawn", (json_int_t)n));
}

/* ---- answers -------------------------------------------------------------------------------------------------- */

struct opening {
	struct control_call *call;
	struct reading *reading;
	json_t *into;
	const char *key;
};

static bool open_one(const struct message_row *m, void *arg)
{
	struct opening *o = arg;
	struct vault_binding b = { "message", m->id, m->case_id, (int)m->direction, m->time_ms };
	const json_t *text;
	char *opened;
	json_t *body;
	int err;

	if (!reading_may(o->reading, m->id)) {
		json_object_set_new(o->into, "locked", json_string(READING_REFUSED));
		return false;
	}
	opened = sealing_open(o->call->core, &b, session_unit_secret(o->call->session), &m->text, &err);
	body = opened ? json_loads(opened, 0, NULL) : NULL;
	sealing_wipe(opened);
	text = json_object_get(body, "text");
	if (json_is_string(text))
		json_object_set_new(o->into, o->key, json_string(json_string_value(text)));
	if (json_object_get(body, "answer") && m->direction == MESSAGE_IN)
		json_object_set(o->into, "value", json_object_get(json_object_get(body, "answer"), "value"));
	json_decref(body);
	return false;
}

/* The words of one message; it may be in another case by now, to which this session then has the key, or not. */
static void open_message(struct control_call *call, struct reading *reading, int64_t id, json_t *into, const char *key)
{
	struct opening o = { call, reading, into, key };
	struct message_row m;
	struct case_row row;

	if (!id || !message_get(call->core->store, id, &m) || case_find(call->core, m.case_id, &row))
		return;
	if (row.unit_id == session_unit(call->session) && session_unit_secret(call->session))
		message_each(call->core->store, m.case_id, id - 1, open_one, &o);
}

void control_case_answers(struct control_call *call)
{
	struct question_row *rows;
	struct reading reading;
	struct case_row row;
	json_t *list;
	size_t n;

	if (!case_asked(call, "code", &row))
		return;
	turn_begin(call->core->turn); /* the answer leaves once the view is on record */
	audit_append(call->core->store, hl_wall_ms(call->core->clock), session_name(call->session), "case.answers", row.code, "");
	reading_begin(call->core, call->session, &row, &reading);
	rows = hl_calloc(ANSWERS_MAX, sizeof(*rows));
	list = json_array();
	n = question_list(call->core->store, row.id, json_integer_value(json_object_get(call->request, "after")), rows, ANSWERS_MAX);
	for (size_t i = 0; i < n; i++) {
		json_t *o = question_json(call->core, &rows[i], &row);
		open_message(call, &reading, rows[i].out_id, o, "text");
		open_message(call, &reading, rows[i].in_id, o, "answer");
		json_array_append_new(list, o);
	}
	free(rows);
	reading_end(&reading, row.code);
	control_ok(call, json_pack("{s:o, s:b}", "questions", list, "more", n == ANSWERS_MAX));
}

/* ---- the texter's safety ---------------------------------------------------------------------------------------- */

static json_t *contact_json(const struct core *core, const struct contact_row *c)
{
	char hours[CONTACT_HOURS_TEXT];

	contact_hours_print(&(struct contact_hours){ c->hours_from_min, c->hours_to_min }, hours);
	return json_pack("{s:s, s:b, s:s, s:b, s:I, s:b}", "safety", contact_safety_name((enum contact_safety)c->safety),
		"fresh", gate_is_fresh(core, c), "hours", hours, "asked_for_silence", c->refused, "unanswered", (json_int_t)c->unanswered,
		"answerable", c->answerable);
}

void control_case_contact(struct control_call *call)
{
	const char *safety = control_text(call, "safety"), *hours = control_text(call, "hours");
	enum contact_safety state = CONTACT_UNKNOWN;
	struct contact_hours window;
	struct hl_reason why = { "" };
	struct contact_row contact;
	struct case_row row;
	int err = 0, number;

	if (!case_asked(call, "code", &row))
		return;
	if (safety && !contact_safety_from_name(safety, &state)) {
		control_fail(call, HL_EINVAL, "a texter's safety is unknown, reply-ok, discreet or no-reply");
		return;
	}
	if (hours && !contact_hours_read(hours, &window)) {
		control_fail(call, HL_EINVAL, "hours are like 18:00-22:30, or always");
		return;
	}
	number = (int)state;
	if (safety || hours)
		err = dialogue_set_contact(call->core, &row, safety ? &number : NULL, hours ? &window : NULL, session_name(call->session), &why);
	if (!err && !contact_get(call->core->store, row.contact_id, &contact))
		err = HL_ENOENT;
	if (err)
		control_fail(call, err, "%s", *why.text ? why.text : hl_strerror(err));
	else
		control_ok(call, json_pack("{s:o}", "contact", contact_json(call->core, &contact)));
}
