#include "core/inbound/process.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/alert/alert.h"
#include "core/campaign/answer.h"
#include "core/case/case.h"
#include "core/case/case_link.h"
#include "core/case/case_reason.h"
#include "core/case/corroborate.h"
#include "core/case/sealing.h"
#include "core/config/config.h"
#include "core/contacts/hear.h"
#include "core/control/control.h"
#include "core/counters.h"
#include "core/dialogue/dialogue.h"
#include "core/inbound/destination.h"
#include "core/inbound/reply.h"
#include "core/people/units.h"
#include "core/report/channel.h"
#include "core/triage/triage.h"
#include "store/audit.h"
#include "store/store.h"

struct process {
	struct core *core;
	struct destination_rules rules;
};

/* What a text means to those on duty. */
enum ring { RING_NOT, RING_MORE, RING_ANSWER, RING_RAISE };

struct process *process_new(struct core *core, struct hl_reason *reason)
{
	const struct config *c = core->config;
	const char *names[TRIAGE_EXPLOITATIONS] = {
		[TRIAGE_EXPL_NONE] = c->owner_default,
		[TRIAGE_EXPL_SEX] = c->owner_sex,
		[TRIAGE_EXPL_LABOUR] = c->owner_labour,
		[TRIAGE_EXPL_ONLINE] = c->owner_online,
		[TRIAGE_EXPL_UNCLEAR] = c->owner_default,
	};
	struct process *p = hl_calloc(1, sizeof(*p));

	p->core = core;
	for (int i = 0; i < TRIAGE_EXPLOITATIONS; i++) {
		p->rules.owners[i] = unit_by_name(core->units, names[i]);
		if (!p->rules.owners[i]) {
			hl_fail(reason, HL_ENOENT, "the database has no unit %s: owner_... in hotlined.conf must name one it has",
				names[i]);
			free(p);
			return NULL;
		}
	}
	p->rules.apart = unit_by_name(core->units, c->conflict_unit);
	if (c->conflict_unit[0] && !p->rules.apart) {
		hl_fail(reason, HL_ENOENT, "the database has no unit %s: conflict_unit in hotlined.conf must name one it has",
			c->conflict_unit);
		free(p);
		return NULL;
	}
	return p;
}

void process_free(struct process *p)
{
	free(p);
}

/* What the case learns from the text. Unsure goes up, never down: urgency only rises, and a tip wins over any other
 * kind. */
static enum ring case_take(struct case_row *row, const struct triage_verdict *v, bool is_new)
{
	bool was_tip = !is_new && row->kind == TRIAGE_TIP;
	bool rises = (int)v->urgency > row->urgency;

	if (v->kind == TRIAGE_TIP)
		row->kind = TRIAGE_TIP;
	if (rises)
		row->urgency = (int)v->urgency;
	if (row->exploitation == TRIAGE_EXPL_NONE
		|| (row->exploitation == TRIAGE_EXPL_UNCLEAR && v->exploitation != TRIAGE_EXPL_NONE))
		row->exploitation = (int)v->exploitation;
	row->child |= v->child;
	if (!row->district[0])
		hl_strlcpy(row->district, sizeof(row->district), v->district);
	if (!row->khoroo)
		row->khoroo = v->khoroo;
	if (v->kind != TRIAGE_TIP)
		return RING_NOT;
	return was_tip && !rises ? RING_MORE : RING_RAISE;
}

static void case_audit(struct process *p, const struct case_row *row, const char *action,
	const struct triage_verdict *v)
{
	char detail[128];

	snprintf(detail, sizeof(detail), "%s %s %s", triage_kind_name(v->kind), triage_urgency_name(v->urgency),
		triage_exploitation_name(v->exploitation));
	audit_append(p->core->store, hl_wall_ms(p->core->clock), "core", action, row->code, detail);
}

static void case_ring(struct core *core, const struct case_row *row, enum ring ring)
{
	if (ring == RING_RAISE)
		alert_raise(core, row);
	else if (ring == RING_ANSWER)
		alert_answered(core, row);
	else if (ring == RING_MORE)
		alert_more(core, row);
}

/* Writes the case, new or not. */
static int case_keep(struct process *p, struct case_row *row, bool is_new, enum ring ring)
{
	if (is_new)
		return case_open(p->core, row);
	case_update(p->core, row, ring == RING_RAISE);
	return store_error(p->core->store);
}

/* Spans are octets of the text: they are sealed with it. */
static json_t *cues_json(const struct triage_verdict *v)
{
	json_t *cues = json_array();

	for (size_t i = 0; i < v->cue_count; i++) {
		const struct triage_cue *c = &v->cues[i];
		json_array_append_new(cues, json_pack("{s:s, s:s, s:i, s:I, s:I}", "stem", c->stem, "category",
			triage_category_name(c->category), "weight", c->weight,
			"start", (json_int_t)c->start, "end", (json_int_t)c->end));
	}
	return cues;
}

/* The sealed form of a text: {"text":..., "cues":[...], "sent_at":...}. To be freed with sealing_wipe(). */
static char *message_body(struct process *p, const struct process_text *t, const struct triage_verdict *v,
	const struct case_row *row, const struct dialogue_match *answers)
{
	char value[DIALOGUE_VALUE];
	json_t *body = json_object();
	struct case_row other;
	char *out;

	json_object_set_new(body, "text", json_stringn(t->text, t->len));
	json_object_set_new(body, "cues", cues_json(v));
	if (t->sent_at[0])
		json_object_set_new(body, "sent_at", json_string(t->sent_at));
	if (p->rules.apart && row->unit_id == p->rules.apart->id && cases_get_open_but(p->core->store, t->contact->id, p->rules.apart->id, &other))
		json_object_set_new(body, "related", json_string(other.code)); /* the other case knows nothing of this one */
	if (answers) {
		dialogue_value(answers, value);
		json_object_set_new(body, "answer", json_pack("{s:I, s:s}", "question", (json_int_t)answers->question.number, "value",
			value));
	}
	out = json_dumps(body, JSON_COMPACT);
	json_decref(body);
	assert(out);
	return out;
}

/* The row as triage and the case have it; an amended one keeps its id and time, to which its text is bound. */
static void message_prepare(struct process *p, const struct process_text *t, const struct triage_verdict *v,
	int64_t case_id, struct message_row *m)
{
	if (!t->amends || !message_get(p->core->store, t->amends, m))
		*m = (struct message_row){ .id = message_last_id(p->core->store) + 1, .time_ms = hl_wall_ms(p->core->clock) };
	m->case_id = case_id;
	m->contact_id = t->contact->id;
	m->direction = MESSAGE_IN;
	hl_strlcpy(m->modem, sizeof(m->modem), t->modem);
	m->kind = (int)v->kind;
	m->exploitation = (int)v->exploitation;
	m->urgency = (int)v->urgency;
	m->child = v->child;
	hl_strlcpy(m->district, sizeof(m->district), v->district);
	m->score = v->score;
	m->damaged = t->damaged;
	m->parts = t->parts;
	m->parts_missing = t->parts_missing;
}

static int64_t message_keep(struct process *p, const struct process_text *t, const struct triage_verdict *v,
	const struct case_row *row, const struct dialogue_match *answers)
{
	struct message_row m;
	struct sealing sealing;
	char *body = message_body(p, t, v, row, answers);

	message_prepare(p, t, v, row->id, &m);
	if (!sealing_make(p->core, &(struct vault_binding){ "message", m.id, row->id, MESSAGE_IN, m.time_ms },
			unit_by_id(p->core->units, row->unit_id), body, strlen(body), &sealing)) {
		m.text = sealing_text(&sealing);
		if (m.id == t->amends)
			message_amend(p->core->store, &m);
		else
			message_insert(p->core->store, &m);
	}
	sealing_free(&sealing);
	sealing_wipe(body);
	return m.id;
}

static void count_stored(struct core *core, const struct process_text *t)
{
	counter_add(core, COUNT_STORED, t->parts_missing == 0);
	counter_add(core, COUNT_PARTIAL, t->parts_missing > 0 && !t->amends);
	counter_add(core, COUNT_DAMAGED, t->damaged && !t->amends);
}

static const char *action_of(const struct process_text *t, const struct case_row *row, bool is_new, enum ring ring)
{
	if (is_new)
		return row->reason == CASE_REASON_FILED ? "case.file" : "case.open";
	if (ring == RING_RAISE)
		return "case.raise";
	return t->amends ? "case.amend" : "case.text";
}

/* An answer is news for whoever has the case; but "yes, it is safe" only lets the next question go, and "no" is told
 * in its own words. */
static enum ring ring_of(const struct process_text *t, const struct case_row *row, const struct dialogue_match *answers,
	enum ring ring)
{
	bool of_safety = answers && answers->answer.reading == ANSWER_CLEAR &&
		question_find(answers->question.name) == question_safe();

	if (t->announced && row->id == t->case_id && ring == RING_MORE)
		return RING_NOT;
	return answers && !of_safety && ring < RING_ANSWER ? RING_ANSWER : ring;
}

/* The case takes the text, opened or reopened first where it must be. */
static enum ring destination_take(struct process *p, struct destination *d, const struct triage_verdict *v)
{
	enum ring ring;

	if (d->reopens) {
		d->row.owner[0] = '\0'; /* whoever had it may be off duty: it is everybody's again */
		audit_append(p->core->store, hl_wall_ms(p->core->clock), "core", "case.reopen", d->row.code, "");
		case_happen(p->core, &d->row, CASE_EVENT_REOPEN, NULL);
	}
	ring = case_take(&d->row, v, d->is_new);
	return d->reopens && v->kind == TRIAGE_TIP ? RING_RAISE : ring;
}

/* Whose people, and whether others tell of the same. */
static void link_others(struct process *p, const struct process_text *t, const struct triage_verdict *v, struct destination *d)
{
	if (d->is_new && d->after)
		case_link(p->core, d->after, d->row.id, CASE_LINK_LATER);
	corroborate(p->core, &d->row, t->contact, t->text, t->len, v);
}

/* How many of the case's texts lack parts. */
static void count_partial(struct case_row *row, const struct process_text *t)
{
	row->partial += (t->parts_missing > 0) - (t->amends != 0); /* only what was partial is amended */
	if (row->partial < 0)
		row->partial = 0;
}

static enum ring ring_of_menu(const struct process_text *t, const struct triage_verdict *v, enum ring ring)
{
	static const enum ring rings[] = { [PROCESS_RINGS_NEW] = RING_RAISE, [PROCESS_RINGS_MORE] = RING_MORE };

	if (t->rings == PROCESS_CALLS)
		return ring == RING_RAISE ? RING_RAISE : RING_MORE;
	if (t->rings == PROCESS_HOLDS)
		return ring == RING_RAISE && v->urgency >= TRIAGE_HIGH ? RING_RAISE : RING_NOT;
	return rings[t->rings];
}

/* What a text may be besides a report: STOP or START, and an answer to a campaign. */
struct heard { struct contacts_heard word; struct answer_found campaign; };

/* Whether nobody needs to read it: then it is kept as any other, and makes no work. Unsure is for a person, and so is what may have said
 * more before it was damaged. */
static bool is_filed(const struct process_text *t, const struct heard *heard)
{
	return (heard->word.sure || heard->campaign.verdict.sure) && t->contact->answerable && !t->amends && !t->case_id && !t->damaged;
}

/* What the text says: as triage finds it, or as a menu's answers do. Where an officer has asked, it is for them, and for no campaign. */
static void process_read(struct process *p, const struct process_text *t, bool asked, struct triage_verdict *v, struct heard *heard)
{
	memset(heard, 0, sizeof(*heard));
	if (t->verdict) {
		*v = *t->verdict;
		return;
	}
	triage_classify(p->core->rules, t->text, t->len, v);
	contacts_read(p->core, t, v, &heard->word);
	if (!asked && !t->unanswered)
		answer_find(p->core, t, &heard->word, v, &heard->campaign);
}

/* What follows from a whole text besides its case. */
static void process_follow(struct process *p, const struct process_text *t, const struct triage_verdict *v, struct destination *d,
	const struct dialogue_match *answers, const struct heard *heard, int64_t message_id)
{
	struct contacts_word_reply word;

	if (t->verdict)
		return; /* a menu's words are alike for everybody */
	contacts_act(p->core, t, &heard->word, message_id, &word);
	answer_take(p->core, t, v, &heard->campaign, message_id, &word);
	if (t->unanswered)
		contact_update(p->core->store, t->contact); /* a code may have been named */
	else
		reply_give(p->core, &(struct reply){ t, d->other_face ? &d->face : &d->row, v, answers, message_id, d->first && !t->amends,
			&word });
	count_stored(p->core, t);
	link_others(p, t, v, d);
}

struct process_result process_store(struct process *p, const struct process_text *text)
{
	struct process_result none = { 0, 0, false, false };
	struct process_text copy = *text;
	const struct process_text *t = &copy;
	struct dialogue_match match;
	struct reply_code code;
	bool answers = !text->unanswered && !text->amends && dialogue_match(p->core, text->contact, text->text, text->len, &match);
	struct triage_verdict v;
	struct destination d;
	struct heard heard;
	enum ring ring;
	int64_t message_id;
	bool was_tip;

	if (!text->verdict && reply_code_read(text->text, text->len, &code))
		hl_strlcpy(copy.code, sizeof(copy.code), code.code);
	if (answers && !match.other_phone)
		copy.case_id = match.case_id; /* another phone's text finds its way by the code in it */
	process_read(p, t, answers, &v, &heard);
	destination_find(p->core, &p->rules, t, &v, is_filed(t, &heard), &d);
	if (copy.amends && copy.case_id != d.row.id)
		copy.amends = 0; /* what was shown before it named the police stays; the whole goes where it belongs */
	answers = answers && d.row.id == match.case_id; /* else it names the police, and who asked does not hear of it */
	was_tip = !d.is_new && d.row.kind == TRIAGE_TIP;
	ring = ring_of(t, &d.row, answers ? &match : NULL, destination_take(p, &d, &v));
	ring = t->verdict ? ring_of_menu(t, &v, ring) : ring;
	d.row.messages += !t->amends;
	count_partial(&d.row, t);
	if (case_keep(p, &d.row, d.is_new, ring) || destination_keep_face(p->core, &d, &v))
		return none;
	message_id = message_keep(p, t, &v, &d.row, answers ? &match : NULL);
	if (!t->verdict || d.is_new || ring != RING_NOT)
		case_audit(p, &d.row, action_of(t, &d.row, d.is_new, ring), &v);
	process_follow(p, t, &v, &d, answers ? &match : NULL, &heard, message_id);
	if (v.kind == TRIAGE_TIP && !was_tip)
		answer_note_tip(p->core, t->contact->id);
	if (d.is_new && v.kind == TRIAGE_TIP)
		channel_count(p->core, t->modem, "reports");
	if (d.row.reason != CASE_REASON_FILED) /* nobody watches for those */
		case_tell(p->core, &d.row);
	case_ring(p->core, &d.row, ring); /* last: from here on the case's row may change under us */
	return (struct process_result){ d.row.id, message_id, d.is_new, ring != RING_NOT };
}

int64_t process_early(struct process *p, const struct process_text *t)
{
	struct triage_verdict v;
	struct destination d;
	enum ring ring;

	triage_classify(p->core->rules, t->text, t->len, &v);
	if (v.urgency < TRIAGE_HIGH)
		return t->case_id;
	destination_find(p->core, &p->rules, t, &v, false, &d);
	ring = destination_take(p, &d, &v);
	if (!d.is_new && t->announced && ring != RING_RAISE)
		return t->case_id;
	if (case_keep(p, &d.row, d.is_new, ring))
		return t->case_id;
	case_audit(p, &d.row, d.is_new ? "case.open" : "case.part", &v);
	case_tell(p->core, &d.row);
	case_ring(p->core, &d.row, ring);
	return d.row.id;
}
