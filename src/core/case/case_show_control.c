/* The request case.show (core/control/control.h): one case, with its texts for those who may open them. */
#include <string.h>

#include "core/case/case_asked.h"
#include "core/case/case_show_links.h"
#include "core/case/reading.h"
#include "core/case/sealing.h"
#include "core/turn.h"
#include "store/audit.h"
#include "store/hold.h"
#include "store/message.h"

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

struct show {
	struct control_call *call;
	const uint8_t *secret; /* NULL: locked */
	const char *locked;    /* why */
	struct reading reading; /* where it is not locked */
	json_t *messages;
	int64_t contact_id;
	size_t octets;
	bool more;
};

/* Why this session, which may know of the case, cannot open its texts; NULL where it can. */
static const char *why_locked(const struct session *s)
{
	switch (session_role(s)) {
	case PERSON_NONE:
		return "log in to read it";
	case PERSON_AUDITOR:
		return "auditors read no texts";
	case PERSON_OUTREACH: /* and asks for no case: core/ops/ops.c */
		return "outreach teams read no texts";
	case PERSON_OFFICER:
	case PERSON_COORDINATOR:
		break;
	}
	return session_unit_secret(s) ? NULL : "you cannot read texts of your unit: log in again";
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
	/* sealed with the text: its service centre's time stamp; another case of the texter; what it asks, or answers */
	static const char *const beside[] = { "sent_at", "related", "question", "answer" };
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
	for (size_t i = 0; i < sizeof(beside) / sizeof(beside[0]); i++)
		if (json_object_get(body, beside[i]))
			json_object_set(o, beside[i], json_object_get(body, beside[i]));
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
	if (!reading_may(&show->reading, m->id)) {
		set_text(o, "locked", READING_REFUSED);
		return;
	}
	opened = sealing_open(show->call->core, &b, show->secret, &m->text, &err);
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
	set_text(o, "direction", message_direction_name(m->direction));
	if (m->author[0])
		set_text(o, "author", m->author);
	if (m->direction == MESSAGE_IN && m->contact_id != show->contact_id)
		json_object_set_new(o, "other_phone", json_true());
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

	if (!case_asked(call, "code", &row)) {
		json_decref(body);
		json_decref(show.messages);
		return;
	}
	show.contact_id = row.contact_id;
	show.locked = why_locked(call->session);
	if (!show.locked) {
		turn_begin(core->turn); /* the answer leaves once the view is on record */
		audit_append(core->store, hl_wall_ms(core->clock), session_name(call->session), "case.view", row.code, "");
		show.secret = session_unit_secret(call->session);
		reading_begin(core, call->session, &row, &show.reading);
	}
	message_each(core->store, row.id, json_integer_value(json_object_get(call->request, "after")), show_message, &show);
	if (!show.locked)
		reading_end(&show.reading, row.code);
	json_object_set_new(body, "case", case_json(core, &row));
	json_object_set_new(body, "messages", show.messages);
	json_object_set_new(body, "held", json_boolean(hold_get(core->store, row.id)));
	if (!show.locked)
		case_show_links(core, call->session, row.id, body);
	if (show.more)
		json_object_set_new(body, "more", json_true());
	control_ok(call, body);
}
