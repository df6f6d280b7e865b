#include "core/dialogue/dialogue_send.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/case/case.h"
#include "core/case/sealing.h"
#include "core/outbound/gate.h"
#include "core/outbound/texter.h"
#include "store/audit.h"
#include "store/message.h"
#include "store/store.h"
#include "vault/vault.h"
#include "wire/link.h"

struct vault_binding dialogue_binding(const struct question_row *q)
{
	return (struct vault_binding){ "question", q->contact_id, q->case_id, MESSAGE_OUT, q->asked_ms };
}

bool dialogue_case(struct core *core, int64_t case_id, struct case_row *row)
{
	if (!cases_get(core->store, case_id, row))
		return false;
	case_follow(core, row);
	return row->state != CASE_CLOSED;
}

/* The words as they will most likely leave, for those who read the case. */
static void words_of(struct core *core, const struct contact_row *contact, const struct texter_text *t, bool discreet, char *out,
	size_t size)
{
	const struct wording_arg args[] = { { "code", t->row->code }, { NULL, NULL } };
	const char *key = discreet && t->discreet ? t->discreet : t->key;

	if (t->free_text)
		hl_strlcpy(out, size, t->free_text);
	else if (wording_render(core->wording, key, texter_language(contact), args, out, size) <= 0)
		*out = '\0';
}

/* Keeps the question as a message of the case, sealed like any other; 0 where that failed. */
static int64_t keep_message(struct core *core, const struct question_row *q, const struct case_row *row, const char *words)
{
	struct message_row m = { .id = message_last_id(core->store) + 1, .case_id = row->id, .contact_id = q->contact_id,
		.direction = MESSAGE_OUT, .time_ms = hl_wall_ms(core->clock), .parts = 1 };
	json_t *body = json_pack("{s:s, s:I}", "text", words, "question", (json_int_t)q->number);
	char *text = json_dumps(body, JSON_COMPACT);
	struct sealing sealing;

	json_decref(body);
	hl_strlcpy(m.author, sizeof(m.author), q->asked_by);
	if (!sealing_make(core, &(struct vault_binding){ "message", m.id, row->id, MESSAGE_OUT, m.time_ms },
			unit_by_id(core->units, row->unit_id), text, strlen(text), &sealing)) {
		m.text = sealing_text(&sealing);
		message_insert(core->store, &m);
	}
	sealing_free(&sealing);
	sealing_wipe(text);
	return store_error(core->store) ? 0 : m.id;
}

static bool give_up(struct core *core, struct question_row *q, enum question_state state)
{
	q->state = (int)state;
	question_update(core->store, q, true);
	return false;
}

/* The free text that waits. */
static bool open_body(struct core *core, const struct question_row *q, char text[QUESTION_BODY_MAX])
{
	struct vault_binding b = dialogue_binding(q);
	uint8_t sealed[QUESTION_BODY_MAX];
	size_t len = question_get_body(core->store, q->id, sealed);

	return len > VAULT_AEAD_EXTRA && vault_transit_open(core->vault, &b, sealed, len, text, QUESTION_BODY_MAX) >= 0;
}

bool dialogue_send(struct core *core, struct contact_row *contact, struct question_row *q, const struct case_row *row, bool again)
{
	const struct question_key *key = question_find(q->name);
	char free_text[QUESTION_BODY_MAX] = "", words[WIRE_TEXT_MAX + 1], modem[33];
	struct texter_text t = { .contact = contact, .row = row, .purpose = OUTBOX_QUESTION, .key = key ? key->key : "",
		.discreet = key ? key->discreet : NULL, .free_is_discreet = q->discreet, .modem = modem };
	struct safety_verdict v = gate_foresee(core, contact, SAFETY_QUESTION, key ? key->discreet != NULL : q->discreet);
	int64_t id;

	if (v.action == SAFETY_NEVER || (!key && !open_body(core, q, free_text)))
		return give_up(core, q, QUESTION_UNSENT);
	t.free_text = key ? NULL : free_text;
	message_last_modem(core->store, row->id, modem);
	id = texter_send(core, &t);
	if (id < 0)
		return give_up(core, q, QUESTION_UNSENT);
	words_of(core, contact, &t, v.action == SAFETY_SEND_DISCREET, words, sizeof(words));
	if (!again)
		q->out_id = keep_message(core, q, row, words);
	explicit_bzero(words, sizeof(words));
	explicit_bzero(free_text, sizeof(free_text));
	q->outbox_id = id;
	q->state = QUESTION_OPEN;
	q->sent_ms = hl_wall_ms(core->clock);
	question_update(core->store, q, false); /* a free text is kept until it is answered: it may be sent again */
	contact->unanswered++;
	contact->answered = true;
	return true;
}

void dialogue_say(struct core *core, struct contact_row *contact, const struct case_row *row, enum outbox_purpose purpose,
	const char *key, const char *discreet)
{
	char modem[33];
	struct texter_text t = { .contact = contact, .row = row, .purpose = purpose, .key = key, .discreet = discreet, .modem = modem };

	message_last_modem(core->store, row->id, modem);
	texter_send(core, &t);
	contact->answered = true;
}

/* The question whether it is safe, before another one. */
static bool ask_safe(struct core *core, struct contact_row *contact, const struct question_row *before, const struct case_row *row)
{
	struct question_row q = { .case_id = row->id, .contact_id = contact->id, .state = QUESTION_WAITING,
		.asked_ms = hl_wall_ms(core->clock) };

	hl_strlcpy(q.name, sizeof(q.name), question_safe()->name);
	hl_strlcpy(q.asked_by, sizeof(q.asked_by), before->asked_by);
	question_insert(core->store, &q, NULL, 0);
	audit_append(core->store, q.asked_ms, q.asked_by, "case.ask", row->code, q.name);
	return dialogue_send(core, contact, &q, row, false);
}

void dialogue_settle_safe(struct core *core, const struct contact_row *contact)
{
	struct question_row q;

	if (gate_is_fresh(core, contact) && question_get_open(core->store, contact->id, &q) &&
		strcmp(q.name, question_safe()->name) == 0)
		give_up(core, &q, QUESTION_WITHDRAWN);
}

void dialogue_advance(struct core *core, struct contact_row *contact)
{
	struct question_row q;
	struct case_row row;

	while (question_get_open(core->store, contact->id, &q)) {
		if (dialogue_case(core, q.case_id, &row) || store_error(core->store))
			return;
		give_up(core, &q, QUESTION_WITHDRAWN); /* its case, or what that was merged into, is over: nothing waits behind it */
	}
	while (!store_error(core->store) && question_get_waiting(core->store, contact->id, &q)) {
		if (!dialogue_case(core, q.case_id, &row)) {
			give_up(core, &q, QUESTION_WITHDRAWN);
			continue;
		}
		if (strcmp(q.name, question_safe()->name) != 0 && !gate_is_fresh(core, contact)) {
			if (!ask_safe(core, contact, &q, &row))
				give_up(core, &q, QUESTION_UNSENT);
			else
				return;
		} else if (dialogue_send(core, contact, &q, &row, false)) {
			return;
		}
	}
}
