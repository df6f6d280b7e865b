/* What officers do in the dialogue. */
#include "core/dialogue/dialogue.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "core/case/case.h"
#include "core/dialogue/dialogue_send.h"
#include "core/outbound/gate.h"
#include "store/audit.h"
#include "store/store.h"
#include "text/sms.h"
#include "vault/vault.h"

#define LIST_BATCH 32

/* ---- may it be asked ---------------------------------------------------------------------------------------- */

static int check_text(const struct dialogue_ask *ask, struct hl_reason *reason)
{
	struct sms_cut cut;

	if (sms_measure(ask->text, strlen(ask->text), &cut))
		return hl_fail(reason, HL_EINVAL, "the text must be UTF-8");
	if (cut.parts > QUESTION_FREE_PARTS_MAX || strlen(ask->text) > QUESTION_BODY_MAX - VAULT_AEAD_EXTRA - 1)
		return hl_fail(reason, HL_ERANGE, "the text takes %zu messages but may take %d: make it shorter", cut.parts,
			QUESTION_FREE_PARTS_MAX);
	if (question_has_number(ask->text))
		return hl_fail(reason, HL_EINVAL, "the text holds what looks like a telephone number or a code: whoever reads this phone "
			"would have it; write it without");
	return 0;
}

/* What forbids any text of the dialogue, a first one and one said again. */
static int check_pressure(const struct contact_row *c, struct hl_reason *reason)
{
	if (c->safety == CONTACT_SILENT)
		return hl_fail(reason, HL_ESTATE, "this texter is not to be texted: wait until they write, and see `hotlinectl case contact`");
	if (c->unanswered >= QUESTION_UNANSWERED_MAX)
		return hl_fail(reason, HL_ESTATE, "%d texts have had no answer: more would be pressure; wait until they write",
			QUESTION_UNANSWERED_MAX);
	return 0;
}

static int check_contact(struct core *core, const struct contact_row *c, bool discreet, struct hl_reason *reason)
{
	int err;

	if (!c->answerable)
		return hl_fail(reason, HL_EUNSUPPORTED, "this texter cannot be answered: the text came from a name or a short number");
	if ((err = check_pressure(c, reason)))
		return err;
	if (c->safety == CONTACT_DISCREET && !discreet)
		return hl_fail(reason, HL_ESTATE, "only discreet texts may go to this phone, and this one has no discreet form: choose another "
			"question, or write one that anybody may read (--discreet)");
	if (question_count_waiting(core->store, c->id) >= QUESTION_WAITING_MAX)
		return hl_fail(reason, HL_EFULL, "%d questions wait for this texter already: wait for an answer, or withdraw them",
			QUESTION_WAITING_MAX);
	return 0;
}

static void insert(struct core *core, const struct dialogue_ask *ask, struct question_row *q)
{
	uint8_t sealed[QUESTION_BODY_MAX];
	struct vault_binding b = dialogue_binding(q);
	size_t len = ask->key ? 0 : vault_transit_seal(core->vault, &b, ask->text, strlen(ask->text), sealed);

	question_insert(core->store, q, sealed, len);
}

int dialogue_ask(struct core *core, const struct case_row *row, const struct dialogue_ask *ask, struct question_row *out,
	struct hl_reason *reason)
{
	struct contact_row contact;
	int err = ask->key ? 0 : check_text(ask, reason);

	if (err)
		return err;
	if (!contact_get(core->store, row->contact_id, &contact))
		return hl_fail(reason, HL_ENOENT, "it is not known any more who texted");
	err = check_contact(core, &contact, ask->key ? ask->key->discreet != NULL : ask->discreet, reason);
	if (err)
		return err;
	*out = (struct question_row){ .case_id = row->id, .contact_id = contact.id, .state = QUESTION_WAITING,
		.discreet = ask->discreet, .asked_ms = hl_wall_ms(core->clock) };
	hl_strlcpy(out->name, sizeof(out->name), ask->key ? ask->key->name : "");
	hl_strlcpy(out->asked_by, sizeof(out->asked_by), ask->by);
	insert(core, ask, out);
	audit_append(core->store, out->asked_ms, ask->by, "case.ask", row->code, ask->key ? ask->key->name : "free text");
	dialogue_advance(core, &contact);
	contact_update(core->store, &contact);
	question_get(core->store, out->id, out);
	return store_error(core->store);
}

int dialogue_remind(struct core *core, const struct case_row *row, const char *by, struct hl_reason *reason)
{
	struct contact_row contact;
	struct question_row q;
	int err;

	if (!contact_get(core->store, row->contact_id, &contact) || !question_get_open(core->store, contact.id, &q) ||
		q.case_id != row->id)
		return hl_fail(reason, HL_ENOENT, "no question of case %s is open", row->code);
	if ((err = check_pressure(&contact, reason)))
		return err;
	audit_append(core->store, hl_wall_ms(core->clock), by, "case.remind", row->code, q.name);
	if (!dialogue_send(core, &contact, &q, row, true))
		return hl_fail(reason, HL_ESTATE, "the question has no discreet form, and only such may go now: ask another");
	contact_update(core->store, &contact);
	return store_error(core->store);
}

/* What has not left does not leave any more. */
static void cancel_text(struct core *core, const struct question_row *q)
{
	static const struct outbox_detail why = { .why = "the question was withdrawn" };
	struct outbox_row row;

	if (q->outbox_id && store_outbox_get(core->store, q->outbox_id, &row) &&
		outbox_move(core, &row, OUTBOX_EV_CANCEL, &why) == OUTBOX_IGNORE)
		store_outbox_update(core->store, &row, true); /* a link has it: without its words it does not begin */
}

/* Ends what is open or waits, of the case, or, with row NULL, of the contact in every case. */
static size_t end_all(struct core *core, int64_t contact_id, const struct case_row *row, enum question_state state)
{
	struct question_row rows[LIST_BATCH], q;
	size_t n, ended = 0;
	int64_t after = 0;

	while (!row && (question_get_open(core->store, contact_id, &q) || question_get_waiting(core->store, contact_id, &q))) {
		cancel_text(core, &q);
		q.state = (int)state;
		question_update(core->store, &q, true);
		if (store_error(core->store))
			return ended;
		ended++;
	}
	while (row && (n = question_list(core->store, row->id, after, rows, LIST_BATCH)) > 0) {
		for (size_t i = 0; i < n; i++) {
			after = rows[i].number;
			if (rows[i].state > QUESTION_REPEATED)
				continue;
			cancel_text(core, &rows[i]);
			rows[i].state = (int)state;
			question_update(core->store, &rows[i], true);
			ended++;
		}
	}
	return ended;
}

size_t dialogue_end(struct core *core, const struct case_row *row)
{
	struct contact_row contact;
	size_t n = end_all(core, row->contact_id, row, QUESTION_WITHDRAWN);

	if (contact_get(core->store, row->contact_id, &contact)) { /* another case's may wait behind it */
		dialogue_advance(core, &contact);
		contact_update(core->store, &contact);
	}
	return n;
}

size_t dialogue_withdraw(struct core *core, const struct case_row *row, const char *by)
{
	audit_append(core->store, hl_wall_ms(core->clock), by, "case.unask", row->code, "");
	return dialogue_end(core, row);
}

/* ---- the texter's safety ------------------------------------------------------------------------------------- */

int dialogue_set_contact(struct core *core, const struct case_row *row, const int *safety, const struct contact_hours *hours,
	const char *by, struct hl_reason *reason)
{
	struct contact_row c;
	char detail[64], text[CONTACT_HOURS_TEXT];

	if (!contact_get(core->store, row->contact_id, &c))
		return hl_fail(reason, HL_ENOENT, "it is not known any more who texted");
	if (safety && c.refused && *safety != CONTACT_SILENT)
		return hl_fail(reason, HL_ESTATE, "this texter asked for silence: that ends only after they have written again");
	if (safety) {
		c.safety = *safety;
		c.safe_boot_ms = *safety == CONTACT_OK ? hl_boot_ms(core->clock) : 0;
	}
	if (hours) {
		c.hours_from_min = hours->from_min;
		c.hours_to_min = hours->to_min;
	}
	contact_hours_print(&(struct contact_hours){ c.hours_from_min, c.hours_to_min }, text);
	snprintf(detail, sizeof(detail), "%s %s", contact_safety_name((enum contact_safety)c.safety), text);
	audit_append(core->store, hl_wall_ms(core->clock), by, "case.contact", row->code, detail);
	contact_update(core->store, &c);
	store_outbox_contact_due(core->store, c.id); /* the gate is asked again */
	if (c.safety == CONTACT_SILENT)
		end_all(core, c.id, NULL, QUESTION_UNSAFE);
	dialogue_settle_safe(core, &c);
	dialogue_advance(core, &c);
	contact_update(core->store, &c);
	return store_error(core->store);
}
