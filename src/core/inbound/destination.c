#include "core/inbound/destination.h"

#include "core/alert/alert.h"
#include "core/case/case_join.h"
#include "core/case/case_reason.h"
#include "core/config/config.h"

#define DAY_MS (24 * 60 * 60 * 1000LL)

struct finder {
	struct core *core;
	const struct unit *apart;
	const struct process_text *t;
	const struct triage_verdict *v;
	bool filed;
};

/* ---- conflicts of interest --------------------------------------------------------------------------------- */

/* A long text whose first parts named nobody has a case already, of which there is nothing yet but the alert: it goes
 * where the whole belongs. */
static bool early_case_moves(const struct finder *f, struct case_row *row)
{
	struct store *s = f->core->store;

	if (!f->t->case_id || !cases_get(s, f->t->case_id, row) || row->state == CASE_CLOSED || row->messages > 0)
		return false;
	if (row->unit_id != f->apart->id) {
		cases_move(s, row->id, f->apart->id);
		row->unit_id = f->apart->id;
		row->owner[0] = '\0';
		alert_moved(f->core, row);
		cases_get(s, row->id, row);
	}
	return true;
}

/* What names the police, an official or the hotline itself as involved is for the unit that is independent of them,
 * whatever it would have joined; and so is what the same texter says next, as long as that case is open, because nobody
 * can know which of two stories goes on. An answer to a question (case_id) goes where it was asked. */
static bool find_apart(const struct finder *f, struct case_row *row)
{
	struct store *s = f->core->store;

	if (f->v->conflict && early_case_moves(f, row))
		return true;
	if (!f->v->conflict && f->t->case_id && cases_get(s, f->t->case_id, row) && row->state != CASE_CLOSED)
		return true;
	return !f->t->contact_is_new && cases_get_open_of(s, f->t->contact->id, f->apart->id, row);
}

/* ---- the sender's own ---------------------------------------------------------------------------------------- */

/* The last case of the sender, or what it was merged into, as case_join.h has it. */
static enum case_join join_last(const struct finder *f, struct case_row *row)
{
	const struct core *core = f->core;

	case_follow(core, row);
	if (case_is_apart(core, row) && row->state == CASE_CLOSED)
		return CASE_JOIN_NEW; /* this text is no conflict: it shall not open that case again, nor be linked to it */
	return case_join_decide(&(struct case_join_facts){ .state = row->state,
		.closed_for_ms = hl_wall_ms(core->clock) - row->closed_ms,
		.reopen_within_ms = core->config->reopen_within_s * 1000, .kind = f->v->kind,
		.case_filed = row->reason == CASE_REASON_FILED, .text_filed = f->filed });
}

/* What was filed of the sender: it takes its like, and anything else follows it, so that who reads that sees whence it came. */
static bool join_filed(const struct finder *f, struct destination *d)
{
	if (!cases_get_filed(f->core->store, f->t->contact->id, &d->row))
		return false;
	if (!f->filed && !d->after)
		d->after = d->row.id;
	d->face = d->row;
	return join_last(f, &d->row) != CASE_JOIN_NEW;
}

/* Sets row, face, reopens and after; false: a new case. */
static bool find_own(const struct finder *f, struct destination *d)
{
	struct store *s = f->core->store;
	enum case_join join;

	if (f->t->case_id && cases_get(s, f->t->case_id, &d->row)) {
		d->face = d->row;
		case_follow(f->core, &d->row);
		if (d->row.state != CASE_CLOSED)
			return true;
	}
	if (f->t->contact_is_new)
		return false;
	if (!cases_get_open(s, f->t->contact->id, &d->row) && !cases_get_last(s, f->t->contact->id, &d->row))
		return join_filed(f, d);
	d->face = d->row;
	join = join_last(f, &d->row);
	d->reopens = join == CASE_JOIN_REOPEN;
	if (join == CASE_JOIN_NEW && !f->filed && !case_is_apart(f->core, &d->row))
		d->after = d->row.id;
	return join != CASE_JOIN_NEW || join_filed(f, d);
}

/* ---- a code from another phone --------------------------------------------------------------------------------- */

/* Whether the sender may name one more code today. */
static bool code_is_left(const struct core *core, struct contact_row *contact)
{
	int64_t day = hl_wall_ms(core->clock) / DAY_MS;

	if (contact->codes_day != day) {
		contact->codes_day = day;
		contact->codes = 0;
	}
	if (contact->codes >= core->config->codes_per_day)
		return false;
	contact->codes++; /* also for a code that is none: guessing is bounded */
	return true;
}

/* The case of the code that the text names, if it takes the text. What is expired is as if it were not there. */
static bool find_by_code(const struct finder *f, struct case_row *row, bool *reopens)
{
	const struct process_text *t = f->t;
	char code[CASE_CODE_SIZE];
	enum case_join join;

	if (t->case_id || t->amends || t->parts > 1 || !(t->code[0] || case_code_in(t->text, t->len, code)) ||
		!code_is_left(f->core, t->contact))
		return false;
	if (case_find_code(f->core, t->code[0] ? t->code : code, row))
		return false;
	case_follow(f->core, row);
	join = case_join_decide(&(struct case_join_facts){ .state = row->state,
		.closed_for_ms = hl_wall_ms(f->core->clock) - row->closed_ms,
		.reopen_within_ms = f->core->config->reopen_within_s * 1000, .kind = f->v->kind,
		.case_filed = row->reason == CASE_REASON_FILED, .text_filed = f->filed });
	*reopens = join == CASE_JOIN_REOPEN;
	return join == CASE_JOIN_OPEN || join == CASE_JOIN_REOPEN;
}

static void lead_elsewhere(const struct finder *f, struct destination *d)
{
	struct case_row row;
	bool reopens;

	if (!find_by_code(f, &row, &reopens) || row.id == d->row.id)
		return;
	if (d->is_new) {
		d->face = d->row;
		d->face.unit_id = row.unit_id; /* of those who see what it is merged into */
	}
	d->row = row;
	d->is_new = false;
	d->reopens = reopens;
	d->after = 0;
}

/* ---- all of it ----------------------------------------------------------------------------------------------- */

void destination_find(struct core *core, const struct destination_rules *rules, const struct process_text *t,
	const struct triage_verdict *v, bool filed, struct destination *d)
{
	const struct finder f = { core, rules->apart, t, v, filed };
	bool apart = rules->apart && v->conflict;

	*d = (struct destination){ .is_new = false };
	if (rules->apart && find_apart(&f, &d->row))
		d->face = d->row;
	else
		d->is_new = apart || !find_own(&f, d);
	d->first = !t->amends && (d->is_new || (d->face.messages == 0 && d->face.state != CASE_CLOSED));
	if (d->is_new) {
		d->row = (struct case_row){ .contact_id = t->contact->id, .kind = v->kind,
			.unit_id = apart ? rules->apart->id : rules->owners[v->exploitation]->id, .reason = filed && !apart ? CASE_REASON_FILED : 0 };
		d->face = d->row;
	}
	if (!apart)
		lead_elsewhere(&f, d);
	d->other_face = d->face.id != d->row.id;
}

static int open_face(struct core *core, struct destination *d)
{
	int err = case_open(core, &d->face);

	if (err)
		return err;
	d->face.state = CASE_CLOSED;
	d->face.closed_ms = d->face.opened_ms > 0 ? d->face.opened_ms : 1;
	d->face.reason = CASE_REASON_MERGED;
	d->face.merged_into = d->row.id;
	return 0;
}

int destination_keep_face(struct core *core, struct destination *d, const struct triage_verdict *v)
{
	int err;

	if (!d->other_face)
		return 0;
	err = d->face.id ? 0 : open_face(core, d);
	if (err || d->face.state != CASE_CLOSED)
		return err;
	if (v->kind == TRIAGE_TIP)
		d->face.kind = TRIAGE_TIP;
	if ((int)v->urgency > d->face.urgency)
		d->face.urgency = (int)v->urgency;
	case_update(core, &d->face, false);
	return 0;
}
