/* What texters answer, and what follows from it. */
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/alert/alert.h"
#include "core/dialogue/dialogue_send.h"
#include "core/outbound/gate.h"
#include "store/audit.h"
#include "store/store.h"

static bool is_pending(const struct question_row *q)
{
	return q->state == QUESTION_OPEN || q->state == QUESTION_REPEATED;
}

static bool is_safe_question(const struct question_row *q)
{
	return strcmp(q->name, question_safe()->name) == 0;
}

/* By its code, from whatever phone. Another phone may say that it is not safe, but not that it is. */
static bool match_code(struct core *core, const struct contact_row *contact, const char *text, size_t len,
	const struct reply_code *code, struct dialogue_match *m)
{
	struct case_row row;

	if (!cases_get_code(core->store, code->code, &row) ||
		!question_get_number(core->store, row.id, code->number, &m->question) || !is_pending(&m->question) ||
		!dialogue_case(core, row.id, &row))
		return false;
	m->case_id = row.id;
	m->other_phone = m->question.contact_id != contact->id;
	m->answer = answer_read(question_find(m->question.name), text + code->rest, len - code->rest);
	if (m->other_phone && is_safe_question(&m->question) && !(m->answer.reading == ANSWER_CLEAR && m->answer.value == 2))
		m->answer = (struct answer){ ANSWER_IN_WORDS, 0 };
	return true;
}

bool dialogue_match(struct core *core, const struct contact_row *contact, const char *text, size_t len,
	struct dialogue_match *m)
{
	struct reply_code code;
	struct case_row row;

	memset(m, 0, sizeof(*m));
	if (reply_code_read(text, len, &code))
		return match_code(core, contact, text, len, &code, m);
	if (!question_get_open(core->store, contact->id, &m->question) || !dialogue_case(core, m->question.case_id, &row))
		return false;
	m->case_id = row.id;
	m->answer = answer_read(question_find(m->question.name), text, len);
	return true;
}

void dialogue_value(const struct dialogue_match *m, char out[DIALOGUE_VALUE])
{
	static const char *const words[] = { "", "yes", "no", "not sure" };
	const struct question_key *key = question_find(m->question.name);

	*out = '\0';
	if (m->answer.reading != ANSWER_CLEAR || !key)
		return;
	if (key->yes_no && m->answer.value >= 1 && m->answer.value <= 3)
		snprintf(out, DIALOGUE_VALUE, "%s", words[m->answer.value]);
	else
		snprintf(out, DIALOGUE_VALUE, "%d", m->answer.value);
}

bool dialogue_heard(struct contact_row *contact)
{
	bool changed = contact->unanswered || contact->refused;

	contact->unanswered = 0;
	contact->refused = false;
	return changed;
}

/* ---- what follows ---------------------------------------------------------------------------------------------- */

static void end(struct core *core, struct question_row *q, enum question_state state, int64_t message_id)
{
	q->state = (int)state;
	q->in_id = message_id;
	q->answered_ms = hl_wall_ms(core->clock);
	question_update(core->store, q, true);
}

/* What waits, in whatever case of theirs, is not asked. */
static void drop_waiting(struct core *core, const struct contact_row *contact)
{
	struct question_row q;

	while (!store_error(core->store) && question_get_waiting(core->store, contact->id, &q)) {
		q.state = QUESTION_UNSAFE;
		question_update(core->store, &q, true);
	}
}

/* One last word, and then nothing; the officer is told not to try otherwise. asked is who was asked, and is silent from
 * now on, whatever phone said so; the last word goes to it only if it did. */
static void fall_silent(struct core *core, struct contact_row *asked, const struct dialogue_match *m, const struct case_row *row)
{
	asked->safety = CONTACT_SILENT;
	asked->safe_boot_ms = 0;
	asked->refused = true;
	drop_waiting(core, asked);
	store_outbox_contact_due(core->store, asked->id);
	if (!m->other_phone)
		dialogue_say(core, asked, row, OUTBOX_LAST_WORD, "safety.pause", "safety.pause.discreet");
	audit_append(core->store, hl_wall_ms(core->clock), "core", "case.unsafe", row->code, "");
	hl_log(HL_LOG_NOTICE, "dialogue", "not_safe case=%s", row->code);
	alert_unsafe(core, row, m->question.asked_by);
}

static void answered_safe(struct core *core, struct contact_row *asked, const struct dialogue_match *m, const struct case_row *row)
{
	if (m->answer.value == 2) {
		fall_silent(core, asked, m, row);
		return;
	}
	asked->safe_boot_ms = hl_boot_ms(core->clock);
	if (asked->safety == CONTACT_UNKNOWN)
		asked->safety = CONTACT_OK;
	dialogue_advance(core, asked);
}

/* An answer that is none: once, that a number is wanted. Then, or where they told more than was asked, an officer
 * reads it; whether it is safe stays open, because nothing else may be asked before. */
static void answered_otherwise(struct core *core, struct contact_row *asked, struct question_row *q, const struct dialogue_match *m,
	const struct case_row *row, int64_t message_id, bool quiet)
{
	if (m->answer.reading == ANSWER_UNCLEAR && q->state == QUESTION_OPEN && !m->other_phone) {
		q->state = QUESTION_REPEATED;
		question_update(core->store, q, false);
		if (!quiet)
			dialogue_say(core, asked, row, OUTBOX_QUESTION, "q.repeat", "q.repeat");
		return;
	}
	if (is_safe_question(q))
		return;
	end(core, q, QUESTION_WORDS, message_id);
	dialogue_advance(core, asked);
}

void dialogue_take(struct core *core, struct contact_row *contact, const struct dialogue_match *m, int64_t message_id,
	bool quiet)
{
	struct contact_row other, *asked = contact;
	struct question_row q = m->question;
	struct case_row row;

	if (m->other_phone) {
		asked = &other;
		if (!contact_get(core->store, q.contact_id, &other))
			return;
	}
	if (!cases_get(core->store, m->case_id, &row))
		return;
	if (m->answer.reading != ANSWER_CLEAR) {
		answered_otherwise(core, asked, &q, m, &row, message_id, quiet);
	} else {
		end(core, &q, QUESTION_ANSWERED, message_id);
		if (is_safe_question(&q))
			answered_safe(core, asked, m, &row);
		else
			dialogue_advance(core, asked);
	}
	if (m->other_phone)
		contact_update(core->store, &other);
}
