#include "core/inbound/process.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/alert/alert.h"
#include "core/case/case.h"
#include "core/case/sealing.h"
#include "core/config/config.h"
#include "core/control/control.h"
#include "core/counters.h"
#include "core/dialogue/texter.h"
#include "core/inbound/receipt.h"
#include "core/people/units.h"
#include "core/triage/triage.h"
#include "store/audit.h"
#include "store/optout.h"
#include "store/store.h"

struct process {
	struct core *core;
	const struct unit *owners[TRIAGE_EXPLOITATIONS]; /* who gets a new case */
	const struct unit *apart;                        /* who gets a conflict of interest; NULL: nobody in particular */
};

/* What a text means to those on duty. */
enum ring { RING_NOT, RING_MORE, RING_RAISE };

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
		p->owners[i] = unit_by_name(core->units, names[i]);
		if (!p->owners[i]) {
			hl_fail(reason, HL_ENOENT, "the database has no unit %s: owner_... in hotlined.conf must name one it has",
				names[i]);
			free(p);
			return NULL;
		}
	}
	p->apart = unit_by_name(core->units, c->conflict_unit);
	if (c->conflict_unit[0] && !p->apart) {
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

/* A long text whose first parts named nobody has a case already, of which there is nothing yet but the alert: it goes
 * where the whole belongs. */
static bool early_case_moves(struct process *p, const struct process_text *t, struct case_row *row)
{
	if (!t->case_id || !cases_get(p->core->store, t->case_id, row) || row->state == CASE_CLOSED || row->messages > 0)
		return false;
	if (row->unit_id != p->apart->id) {
		cases_move(p->core->store, row->id, p->apart->id);
		row->unit_id = p->apart->id;
		row->owner[0] = '\0';
		alert_moved(p->core, row);
		cases_get(p->core->store, row->id, row);
	}
	return true;
}

/* What names the police, an official or the hotline itself as involved is for the unit that is independent of them,
 * whatever it would have joined; and so is what the same texter says next, as long as that case is open, because nobody
 * can know which of two stories goes on. An answer to a question (t->case_id) goes where it was asked. */
static bool find_apart(struct process *p, const struct process_text *t, const struct triage_verdict *v,
	struct case_row *row)
{
	struct store *s = p->core->store;

	if (v->conflict && early_case_moves(p, t, row))
		return true;
	if (!v->conflict && t->case_id && cases_get(s, t->case_id, row) && row->state != CASE_CLOSED)
		return true;
	return !t->contact_is_new && cases_get_open_of(s, t->contact->id, p->apart->id, row);
}

/* Finds the text's case; false: there is none, and *row is a new one, not yet opened. */
static bool case_of_text(struct process *p, const struct process_text *t, const struct triage_verdict *v,
	struct case_row *row)
{
	bool apart = p->apart && v->conflict;
	struct store *s = p->core->store;

	if (p->apart && find_apart(p, t, v, row))
		return true;
	if (!apart && t->case_id && cases_get(s, t->case_id, row) && row->state != CASE_CLOSED)
		return true;
	if (!apart && !t->contact_is_new && cases_get_open(s, t->contact->id, row))
		return true;
	*row = (struct case_row){ .contact_id = t->contact->id, .kind = v->kind,
		.unit_id = apart ? p->apart->id : p->owners[v->exploitation]->id };
	return false;
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
	const struct case_row *row)
{
	json_t *body = json_object();
	struct case_row other;
	char *out;

	json_object_set_new(body, "text", json_stringn(t->text, t->len));
	json_object_set_new(body, "cues", cues_json(v));
	if (t->sent_at[0])
		json_object_set_new(body, "sent_at", json_string(t->sent_at));
	if (p->apart && row->unit_id == p->apart->id && cases_get_open_but(p->core->store, t->contact->id, p->apart->id, &other))
		json_object_set_new(body, "related", json_string(other.code)); /* the other case knows nothing of this one */
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
	const struct case_row *row)
{
	struct message_row m;
	struct sealing sealing;
	char *body = message_body(p, t, v, row);

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

static int receipt_send(struct core *core, const struct process_text *t, const struct case_row *row,
	const struct receipt_verdict *r)
{
	const struct texter_text text = { .contact = t->contact, .row = row, .to = t->from, .purpose = OUTBOX_RECEIPT,
		.key = r->key, .discreet = r->discreet, .modem = t->modem };

	return texter_send(core, &text) < 0 ? HL_ENOENT : 0;
}

/* Answers the texter, or not (false), and keeps count of it. */
static bool receipt_give(struct core *core, const struct process_text *t, const struct case_row *row,
	enum triage_kind kind, bool first)
{
	struct contact_row *c = t->contact;
	struct receipt_verdict r = receipt_decide(&(struct receipt_case){
		.enabled = core->config->receipts,
		.per_day = core->config->receipts_per_day,
		.answerable = c->answerable,
		.first = first,
		.kind = (int)kind,
		.now_boot_ms = hl_boot_ms(core->clock),
		.count = { c->receipts, c->receipts_from_boot_ms, c->receipt_boot_ms },
	});

	if (!r.key || receipt_send(core, t, row, &r)) {
		counter_add(core, COUNT_RECEIPTS_HELD, core->config->receipts);
		return false;
	}
	c->receipts = r.count.receipts;
	c->receipts_from_boot_ms = r.count.from_boot_ms;
	c->receipt_boot_ms = r.count.last_boot_ms;
	counter_add(core, COUNT_RECEIPTS, 1);
	return true;
}

/* What the contact is from now on: the language of the last text, and the answers it got. */
static void contact_keep(struct core *core, const struct process_text *t, const struct case_row *row,
	const struct triage_verdict *v, bool first)
{
	bool changed = t->contact->script != (int)v->script;

	t->contact->script = (int)v->script;
	if (!t->amends)
		changed |= receipt_give(core, t, row, v->kind, first);
	if (changed)
		contact_update(core->store, t->contact);
}

/* STOP ends campaigns and is remembered beyond the contact; it never ends the right to report. */
static void note_optout(struct core *core, const struct process_text *t, const struct triage_verdict *v, int64_t message_id)
{
	if (v->kind == TRIAGE_OPT_OUT)
		optout_add(core->store, t->contact->id, message_id, hl_wall_ms(core->clock));
	else if (v->kind == TRIAGE_OPT_IN)
		optout_remove(core->store, t->contact->id);
}

static void count_stored(struct core *core, const struct process_text *t)
{
	counter_add(core, COUNT_STORED, t->parts_missing == 0);
	counter_add(core, COUNT_PARTIAL, t->parts_missing > 0 && !t->amends);
	counter_add(core, COUNT_DAMAGED, t->damaged && !t->amends);
}

static const char *action_of(const struct process_text *t, bool is_new, enum ring ring)
{
	if (is_new)
		return "case.open";
	if (ring == RING_RAISE)
		return "case.raise";
	return t->amends ? "case.amend" : "case.text";
}

/* What was shown of a text before it named the police stays where it was shown; the whole goes where it belongs. */
static struct process_text text_for(const struct process_text *text, const struct case_row *row)
{
	struct process_text t = *text;

	if (t.amends && t.case_id != row->id)
		t.amends = 0;
	return t;
}

struct process_result process_store(struct process *p, const struct process_text *text)
{
	struct process_result none = { 0, 0 };
	struct process_text copy;
	const struct process_text *t = &copy;
	struct triage_verdict v;
	struct case_row row;
	bool is_new, first;
	enum ring ring;
	int64_t message_id;

	triage_classify(p->core->rules, text->text, text->len, &v);
	is_new = !case_of_text(p, text, &v, &row);
	copy = text_for(text, &row);
	ring = case_take(&row, &v, is_new);
	if (t->announced && row.id == t->case_id && ring == RING_MORE)
		ring = RING_NOT;
	first = row.messages == 0 && !t->amends;
	row.messages += !t->amends;
	if (case_keep(p, &row, is_new, ring))
		return none;
	message_id = message_keep(p, t, &v, &row);
	case_audit(p, &row, action_of(t, is_new, ring), &v);
	contact_keep(p->core, t, &row, &v, first);
	note_optout(p->core, t, &v, message_id);
	count_stored(p->core, t);
	case_tell(p->core, &row);
	case_ring(p->core, &row, ring); /* last: from here on the case's row may change under us */
	return (struct process_result){ row.id, message_id };
}

int64_t process_early(struct process *p, const struct process_text *t)
{
	struct triage_verdict v;
	struct case_row row;
	bool is_new;
	enum ring ring;

	triage_classify(p->core->rules, t->text, t->len, &v);
	if (v.urgency < TRIAGE_HIGH)
		return t->case_id;
	is_new = !case_of_text(p, t, &v, &row);
	ring = case_take(&row, &v, is_new);
	if (!is_new && t->announced && ring != RING_RAISE)
		return t->case_id;
	if (case_keep(p, &row, is_new, ring))
		return t->case_id;
	case_audit(p, &row, is_new ? "case.open" : "case.part", &v);
	case_tell(p->core, &row);
	case_ring(p->core, &row, ring);
	return row.id;
}
