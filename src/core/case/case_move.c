#include "core/case/case_move.h"

#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/case/sealing.h"
#include "core/people/units.h"
#include "store/store.h"

static struct vault_binding binding_of(const struct message_row *m, int64_t case_id)
{
	return (struct vault_binding){ "message", m->id, case_id, (int)m->direction, m->time_ms };
}

/* Seals what m has for the other case. 0, or an error that sticks. */
static int seal_again(const struct case_mover *mover, struct message_row *m)
{
	struct core *core = mover->core;
	const struct unit *unit = unit_by_id(core->units, mover->into->unit_id);
	struct vault_binding old = binding_of(m, mover->from->id), new = binding_of(m, mover->into->id);
	struct sealing sealing;
	char *text;
	int err = HL_ENOENT;

	text = unit ? sealing_open(core, &old, mover->secret, &m->text, &err) : NULL;
	m->case_id = mover->into->id;
	if (!text && (err == HL_ENOENT || err == HL_ECORRUPT) && unit) {
		message_amend(core->store, m); /* unreadable for ever */
		return 0;
	}
	if (!text) {
		hl_log(HL_LOG_ERR, "case", "unmoved message=%lld why=\"%s\"", (long long)m->id, hl_strerror(err));
		store_fail(core->store, err);
		return err;
	}
	/* in its own week, which may not be that of its time any more: what may end with its key ends */
	err = sealing_make_of(core, &new, unit, vault_week_end_ms(m->text.week) - 1, text, strlen(text), &sealing);
	if (!err) {
		struct message_row moved = *m;
		moved.text = sealing_text(&sealing);
		message_amend(core->store, &moved);
	}
	sealing_free(&sealing);
	sealing_wipe(text);
	return err;
}

int case_move_message(const struct case_mover *mover, int64_t id)
{
	struct message_row m;
	int err;

	if (!message_load(mover->core->store, mover->from->id, id, &m))
		return HL_ENOENT;
	err = seal_again(mover, &m);
	message_unload(&m);
	if (err)
		return err;
	if (m.direction == MESSAGE_IN) {
		mover->from->messages--;
		mover->into->messages++;
		mover->from->partial -= m.parts_missing > 0;
		mover->into->partial += m.parts_missing > 0;
		case_learn_message(mover->into, &m);
	}
	return 0;
}

static void learn(struct case_row *row, int kind, int exploitation, int urgency, bool child, const char *district, int khoroo)
{
	if (kind == TRIAGE_TIP || row->messages == 0)
		row->kind = kind;
	if (urgency > row->urgency)
		row->urgency = urgency;
	if (row->exploitation == TRIAGE_EXPL_NONE
		|| (row->exploitation == TRIAGE_EXPL_UNCLEAR && exploitation != TRIAGE_EXPL_NONE))
		row->exploitation = exploitation;
	row->child |= child;
	if (!row->district[0]) {
		hl_strlcpy(row->district, sizeof(row->district), district);
		row->khoroo = khoroo;
	} else if (!row->khoroo && strcmp(row->district, district) == 0) {
		row->khoroo = khoroo;
	}
}

void case_learn(struct case_row *row, const struct case_row *from)
{
	learn(row, from->kind, from->exploitation, from->urgency, from->child, from->district, from->khoroo);
}

void case_learn_message(struct case_row *row, const struct message_row *m)
{
	learn(row, m->kind, m->exploitation, m->urgency, m->child, m->district, 0);
}
