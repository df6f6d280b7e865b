/* Requests by which people correct what triage found and record what came of a case (core/control/control.h).
 * Corrections and outcomes are counted by month; the counts hold no text and outlive the case. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "core/case/case_asked.h"
#include "core/case/case_hooks.h"
#include "core/case/case_reason.h"
#include "core/case/outcome.h"
#include "core/people/lineage.h"
#include "store/audit.h"
#include "store/outcome.h"
#include "store/tally.h"

#define KHOROO_MAX 99

/* A correction under way. */
struct relabel {
	struct control_call *call;
	struct case_row *row;
	bool answered;     /* something was wrong, and was told */
	char detail[128];
	char keys[5][96];  /* what is counted once nothing was wrong */
	size_t changes;
};

static void note_change(struct relabel *r, const char *label, const char *old, const char *new)
{
	size_t len = strlen(r->detail);
	char *key = r->keys[r->changes++];

	snprintf(key, sizeof(r->keys[0]), "%s %s>%s", label, old, new);
	snprintf(r->detail + len, sizeof(r->detail) - len, "%s%s", len ? ", " : "", key);
}

static void refuse_label(struct relabel *r, const char *label, const char *mend)
{
	control_fail(r->call, HL_EINVAL, "\"%s\" is no %s: %s", control_text(r->call, label), label, mend);
	r->answered = true;
}

static void relabel_kind(struct relabel *r, const char *word)
{
	enum triage_kind to;

	if (!triage_kind_from_name(word, &to)) {
		refuse_label(r, "kind", "tip, question, thanks, spam, abuse, test, wrong_number ...");
		return;
	}
	if ((int)to == r->row->kind)
		return;
	note_change(r, "kind", triage_kind_name((enum triage_kind)r->row->kind), word);
	r->row->kind = (int)to;
}

static void relabel_exploitation(struct relabel *r, const char *word)
{
	enum triage_exploitation to;

	if (!triage_exploitation_from_name(word, &to)) {
		refuse_label(r, "exploitation", "none, sex, labour, online or unclear");
		return;
	}
	if ((int)to == r->row->exploitation)
		return;
	note_change(r, "exploitation", triage_exploitation_name((enum triage_exploitation)r->row->exploitation), word);
	r->row->exploitation = (int)to;
}

static void relabel_urgency(struct relabel *r, const char *word)
{
	enum triage_urgency to;

	if (!triage_urgency_from_name(word, &to)) {
		refuse_label(r, "urgency", "none, low, normal, high or emergency");
		return;
	}
	if ((int)to == r->row->urgency)
		return;
	note_change(r, "urgency", triage_urgency_name((enum triage_urgency)r->row->urgency), word);
	r->row->urgency = (int)to;
}

static void relabel_child(struct relabel *r, const char *word)
{
	bool to = strcmp(word, "yes") == 0;

	if (!to && strcmp(word, "no") != 0) {
		refuse_label(r, "child", "yes or no");
		return;
	}
	if (to == r->row->child)
		return;
	note_change(r, "child", r->row->child ? "yes" : "no", word);
	r->row->child = to;
}

static void relabel_district(struct relabel *r, const char *word)
{
	const char *name = NULL;
	bool none = strcmp(word, "none") == 0;

	for (size_t i = 0; !none && (name = triage_district_name(r->call->core->rules, i, NULL)); i++)
		if (strcmp(name, word) == 0)
			break;
	if (!name && !none) {
		refuse_label(r, "district", "a district of etc/triage/districts.conf, or none");
		return;
	}
	if (strcmp(none ? "" : name, r->row->district) == 0)
		return;
	note_change(r, "district", r->row->district[0] ? r->row->district : "none", word);
	hl_strlcpy(r->row->district, sizeof(r->row->district), none ? "" : name);
	r->row->khoroo = 0; /* it was one of the other district */
}

static const struct { const char *field; void (*change)(struct relabel *r, const char *word); } labels[] = {
	{ "kind", relabel_kind }, { "exploitation", relabel_exploitation }, { "urgency", relabel_urgency },
	{ "child", relabel_child }, { "district", relabel_district },
};

/* A person may learn from the correction that nobody has it yet: a tip that was taken for something else rings. */
static void ring_if_raised(struct core *core, const struct case_row *before, const struct case_row *row)
{
	bool now_tip = row->kind == TRIAGE_TIP && before->kind != TRIAGE_TIP;

	if (row->kind == TRIAGE_TIP && !row->owner[0] && (now_tip || row->urgency > before->urgency))
		case_tell_raised(core, row);
}

/* What was filed is closed, and may be corrected all the same: whoever does so says that it is work. */
static bool asked_to_correct(struct control_call *call, struct case_row *row)
{
	if (!case_asked(call, "code", row))
		return false;
	if (row->state != CASE_CLOSED || row->reason == CASE_REASON_FILED)
		return true;
	case_refuse(call, row);
	return false;
}

void control_case_relabel(struct control_call *call)
{
	struct core *core = call->core;
	struct case_row row, before;
	struct relabel r = { .call = call, .row = &row };
	size_t asked = 0;

	if (!asked_to_correct(call, &row))
		return;
	before = row;
	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]) && !r.answered; i++) {
		const char *word = control_text(call, labels[i].field);
		if (!word)
			continue;
		asked++;
		labels[i].change(&r, word);
	}
	if (r.answered)
		return;
	if (asked == 0) {
		control_fail(call, HL_EINVAL, "nothing to correct: name kind, exploitation, urgency, child or district");
		return;
	}
	for (size_t i = 0; i < r.changes; i++)
		tally_add(core->store, hl_wall_ms(core->clock), "relabel", r.keys[i], 1);
	if (r.changes) {
		audit_append(core->store, hl_wall_ms(core->clock), session_name(call->session), "case.relabel", row.code, r.detail);
		if (row.state == CASE_CLOSED)
			case_happen(core, &row, CASE_EVENT_REOPEN, NULL);
		case_update(core, &row, row.urgency > before.urgency);
		ring_if_raised(core, &before, &row);
	}
	case_answer(call, row.id, NULL);
}

/* ---- outcomes ---------------------------------------------------------------------------------------------- */

static void outcome_record(struct control_call *call, const struct case_row *row, enum outcome outcome)
{
	struct core *core = call->core;
	const char *person = session_name(call->session), *detail = outcome_name(outcome);
	struct outcome_row o;
	bool there = outcome_get(core->store, row->id, (int)outcome, &o);
	enum outcome_step step = outcome_decide(outcome, there ? o.person : NULL, there && o.confirmed_ms, person);
	int64_t now_ms = hl_wall_ms(core->clock);
	json_t *body;

	if (step == OUTCOME_STEP_CONFIRMS && !lineage_are_two_now(core, o.person, person))
		step = OUTCOME_STEP_REFUSED; /* their own second name */
	if (step == OUTCOME_STEP_REFUSED) {
		control_fail(call, HL_ESTATE, "you, or whom you added, recorded %s already: it counts once another person of your unit says the same",
			detail);
		return;
	}
	if (step != OUTCOME_STEP_NOTHING) {
		if (!there)
			o = (struct outcome_row){ .case_id = row->id, .kind = (int)outcome, .time_ms = now_ms };
		hl_strlcpy(there ? o.second : o.person, sizeof(o.person), person);
		o.confirmed_ms = step == OUTCOME_STEP_WAITS ? 0 : now_ms;
		outcome_put(core->store, &o);
		case_tell_acted(core, row->id);
		audit_append(core->store, now_ms, person,
			step == OUTCOME_STEP_WAITS ? "case.outcome.first" : "case.outcome", row->code, detail);
		tally_add(core->store, now_ms, "outcome", detail, step != OUTCOME_STEP_WAITS);
	}
	body = json_object();
	if (step == OUTCOME_STEP_WAITS)
		json_object_set_new(body, "waits", json_true());
	case_answer(call, row->id, body);
}

static void outcome_withdraw(struct control_call *call, const struct case_row *row, enum outcome outcome)
{
	struct core *core = call->core;
	struct outcome_row o;
	int64_t now_ms = hl_wall_ms(core->clock);

	if (outcome_get(core->store, row->id, (int)outcome, &o)) {
		outcome_delete(core->store, row->id, (int)outcome);
		audit_append(core->store, now_ms, session_name(call->session), "case.outcome.withdraw", row->code,
			outcome_name(outcome));
		tally_add(core->store, o.confirmed_ms ? o.confirmed_ms : now_ms, "outcome", outcome_name(outcome),
			o.confirmed_ms ? -1 : 0);
	}
	case_answer(call, row->id, NULL);
}

void control_case_outcome(struct control_call *call)
{
	const char *name;
	enum outcome outcome;
	struct case_row row;

	if (!case_asked(call, "code", &row))
		return;
	name = control_need(call, "outcome", 32);
	if (!name)
		return;
	if (!outcome_from_name(name, &outcome))
		control_fail(call, HL_EINVAL, "the outcome of a case is one or more of these: %s", outcome_names());
	else if (row.merged_into)
		case_refuse(call, &row);
	else if (json_is_true(json_object_get(call->request, "withdraw")))
		outcome_withdraw(call, &row, outcome);
	else
		outcome_record(call, &row, outcome);
}
