/* Requests about cases (core/control/control.h): the queue, one case with its texts for those who may open them, claim and
 * close. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/alert/alert.h"
#include "core/case/case.h"
#include "core/case/sealing.h"
#include "core/control/control.h"
#include "core/people/session.h"
#include "core/people/units.h"
#include "core/turn.h"
#include "store/audit.h"
#include "store/message.h"
#include "store/store.h"

#define LIST_MAX 140          /* cases in one answer: a line holds 64 KiB */
#define SHOW_OCTETS_MAX 40000 /* texts in one answer; the rest is asked for with "after" */

static void set_text(json_t *o, const char *key, const char *text)
{
	json_object_set_new(o, key, json_string(text));
}

static void set_int(json_t *o, const char *key, int64_t value)
{
	json_object_set_new(o, key, json_integer(value));
}

static void set_verdict(json_t *o, int kind, int exploitation, int urgency, bool child, const char *district)
{
	set_text(o, "kind", triage_kind_name((enum triage_kind)kind));
	set_text(o, "exploitation", triage_exploitation_name((enum triage_exploitation)exploitation));
	set_text(o, "urgency", triage_urgency_name((enum triage_urgency)urgency));
	json_object_set_new(o, "child", json_boolean(child));
	set_text(o, "district", district);
}

void control_case_list(struct control_call *call)
{
	bool all = json_is_true(json_object_get(call->request, "all"));
	struct case_row *rows = hl_calloc(LIST_MAX, sizeof(*rows));
	json_t *list = json_array(), *body = json_object();
	size_t n = cases_list(call->core->store, false, rows, LIST_MAX);

	if (all)
		n += cases_list(call->core->store, true, rows + n, LIST_MAX - n);
	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, case_json(call->core, &rows[i]));
	json_object_set_new(body, "cases", list);
	set_int(body, "open", cases_count_open(call->core->store));
	if (n == LIST_MAX)
		json_object_set_new(body, "more", json_true());
	free(rows);
	control_ok(call, body);
}

/* The case that the request names; otherwise it is answered and false. */
static bool case_asked(struct control_call *call, struct case_row *row)
{
	const char *text = control_need(call, "code", 32);
	char code[CASE_CODE_SIZE];

	if (!text)
		return false;
	if (!case_code_read(text, strlen(text), code)) {
		control_fail(call, HL_EINVAL, "this is not the code of a case: it has %d digits, the last of which checks "
			"the others", CASE_CODE_DIGITS);
		return false;
	}
	if (case_find_code(call->core, code, row)) {
		control_fail(call, HL_ENOENT, "there is no case %s", code);
		return false;
	}
	return true;
}

/* ---- one case ---------------------------------------------------------------------------------------------- */

struct show {
	struct control_call *call;
	const struct unit *unit;
	const uint8_t *secret; /* NULL: locked */
	const char *locked;    /* why */
	json_t *messages;
	size_t octets;
	bool more;
};

/* Why this session cannot open texts of the case, NULL where it can. */
static const char *why_locked(const struct session *s, const struct case_row *row)
{
	switch (session_role(s)) {
	case PERSON_NONE:
		return "log in to read it";
	case PERSON_AUDITOR:
		return "auditors read no texts";
	case PERSON_OFFICER:
	case PERSON_COORDINATOR:
		break;
	}
	return session_unit(s) == row->unit_id && session_unit_secret(s) ? NULL : "it belongs to another unit";
}

/* Cuts before max octets, between two characters. */
static size_t cut_at(const char *text, size_t len, size_t max)
{
	size_t at = len < max ? len : max;

	while (at < len && at > 0 && ((unsigned char)text[at] & 0xC0) == 0x80)
		at--;
	return at;
}

/* Puts the opened text, its cues and time stamp into the message. */
static void show_body(json_t *o, const char *opened)
{
	json_t *body = json_loads(opened, 0, NULL);
	const json_t *text = json_object_get(body, "text");
	size_t len = json_string_length(text), cut;

	if (!json_is_string(text)) {
		set_text(o, "locked", "it is damaged");
		json_decref(body);
		return;
	}
	cut = cut_at(json_string_value(text), len, SHOW_OCTETS_MAX);
	json_object_set_new(o, "text", json_stringn(json_string_value(text), cut));
	if (cut < len)
		json_object_set_new(o, "cut", json_true());
	if (json_object_get(body, "cues"))
		json_object_set(o, "cues", json_object_get(body, "cues"));
	if (json_object_get(body, "sent_at"))
		json_object_set(o, "sent_at", json_object_get(body, "sent_at"));
	json_decref(body);
}

static void show_text(struct show *show, json_t *o, const struct message_row *m)
{
	struct vault_binding b = { "message", m->id, m->case_id, (int)m->direction, m->time_ms };
	char *opened;
	int err;

	if (show->locked) {
		set_text(o, "locked", show->locked);
		return;
	}
	opened = sealing_open(show->call->core, &b, show->unit, show->secret, &m->text, &err);
	if (opened)
		show_body(o, opened);
	else
		set_text(o, "locked", err == HL_ENOENT ? "its week's key is destroyed" : hl_strerror(err));
	sealing_wipe(opened);
}

static bool show_message(const struct message_row *m, void *arg)
{
	struct show *show = arg;
	json_t *o;

	if (show->octets && show->octets + m->text.body_len > SHOW_OCTETS_MAX) {
		show->more = true;
		return false;
	}
	o = json_object();
	set_int(o, "id", m->id);
	set_text(o, "direction", m->direction == MESSAGE_IN ? "in" : "out");
	set_int(o, "time_ms", m->time_ms);
	set_text(o, "modem", m->modem);
	set_verdict(o, m->kind, m->exploitation, m->urgency, m->child, m->district);
	set_int(o, "score", m->score);
	json_object_set_new(o, "damaged", json_boolean(m->damaged));
	set_int(o, "parts", m->parts);
	set_int(o, "parts_missing", m->parts_missing);
	show_text(show, o, m);
	show->octets += (show->locked ? 0 : m->text.body_len) + 400; /* and the rest of the object */
	json_array_append_new(show->messages, o);
	return true;
}

void control_case_show(struct control_call *call)
{
	struct core *core = call->core;
	json_t *body = json_object();
	struct case_row row;
	struct show show = { .call = call, .messages = json_array() };

	if (!case_asked(call, &row)) {
		json_decref(body);
		json_decref(show.messages);
		return;
	}
	show.unit = unit_by_id(core->units, row.unit_id);
	show.locked = show.unit ? why_locked(call->session, &row) : "its unit is unknown";
	if (!show.locked) {
		turn_begin(core->turn); /* the answer leaves once the view is on record */
		audit_append(core->store, hl_wall_ms(core->clock), session_name(call->session), "case.view", row.code, "");
		show.secret = session_unit_secret(call->session);
	}
	message_each(core->store, row.id, json_integer_value(json_object_get(call->request, "after")), show_message, &show);
	json_object_set_new(body, "case", case_json(core, &row));
	json_object_set_new(body, "messages", show.messages);
	if (show.more)
		json_object_set_new(body, "more", json_true());
	control_ok(call, body);
}

/* ---- taking and closing ------------------------------------------------------------------------------------ */

/* Answers with the case as it is now, and tells the watchers. */
static void answer_case(struct control_call *call, int64_t id)
{
	json_t *body = json_object();
	struct case_row row;

	if (case_find(call->core, id, &row) == 0) {
		json_object_set_new(body, "case", case_json(call->core, &row));
		control_event(call->core, "case", case_json(call->core, &row));
	}
	control_ok(call, body);
}

/* Taking and closing need somebody who can read the case: a person of its unit. Otherwise it is answered and false. */
static bool case_is_of_unit(struct control_call *call, const struct case_row *row)
{
	const struct unit *unit = unit_by_id(call->core->units, row->unit_id);

	if (session_unit(call->session) == row->unit_id)
		return true;
	control_fail(call, HL_EAUTH, "case %s belongs to %s: a person of that unit claims and closes it", row->code,
		unit ? unit->name : "another unit");
	return false;
}

void control_case_claim(struct control_call *call)
{
	const char *person = session_name(call->session);
	struct case_row row;

	if (!case_asked(call, &row) || !case_is_of_unit(call, &row))
		return;
	if (row.state == CASE_IN_WORK && strcmp(row.owner, person) == 0) {
		answer_case(call, row.id); /* asked twice */
		return;
	}
	turn_begin(call->core->turn);
	if (case_claim(call->core, row.id, person)) {
		if (row.state == CASE_CLOSED)
			control_fail(call, HL_ESTATE, "case %s is closed", row.code);
		else
			control_fail(call, HL_ESTATE, "case %s is in the work of %s", row.code, row.owner);
		return;
	}
	alert_acknowledge_case(call->core, row.id, person);
	answer_case(call, row.id);
}

void control_case_close(struct control_call *call)
{
	const char *person = session_name(call->session);
	struct case_row row;

	if (!case_asked(call, &row) || !case_is_of_unit(call, &row))
		return;
	turn_begin(call->core->turn);
	if (case_close(call->core, row.id, person)) {
		control_fail(call, HL_ESTATE, "case %s is closed already", row.code);
		return;
	}
	alert_acknowledge_case(call->core, row.id, person);
	answer_case(call, row.id);
}
