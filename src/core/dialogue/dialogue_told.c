/* What the rooms below tell of what questions depend on: their texts, and cases. */
#include "core/dialogue/dialogue.h"

#include <string.h>

#include "core/case/case_hooks.h"
#include "core/dialogue/dialogue_send.h"
#include "core/outbound/outbound_hooks.h"

/* Nothing may be asked before the question whether it is safe: what waits behind one that did not leave does not either. */
static void drop_waiting(struct core *core, int64_t contact_id)
{
	struct question_row q;

	while (!store_error(core->store) && question_get_waiting(core->store, contact_id, &q)) {
		q.state = QUESTION_UNSENT;
		question_update(core->store, &q, true);
	}
}

/* A question's text will not leave. */
static void text_changed(struct core *core, const struct outbox_row *row, enum outbox_state state)
{
	struct contact_row contact;
	struct question_row q;

	if ((state != OUTBOX_FAILED && state != OUTBOX_REFUSED) ||
		!question_get_outbox(core->store, row->id, &q) || (q.state != QUESTION_OPEN && q.state != QUESTION_REPEATED))
		return;
	q.state = QUESTION_UNSENT;
	question_update(core->store, &q, true);
	if (!contact_get(core->store, q.contact_id, &contact))
		return;
	if (contact.unanswered > 0)
		contact.unanswered--; /* what never came is no pressure */
	if (strcmp(q.name, question_safe()->name) == 0)
		drop_waiting(core, contact.id);
	else
		dialogue_advance(core, &contact);
	contact_update(core->store, &contact);
}

/* What it was merged into asks on. */
static void case_closed(struct core *core, int64_t case_id)
{
	struct case_row row;

	if (!dialogue_case(core, case_id, &row) && cases_get(core->store, case_id, &row))
		dialogue_end(core, &row);
}

void dialogue_start(struct core *core)
{
	static const struct outbound_hooks texts = { .purposes = OUTBOUND_PURPOSE(OUTBOX_QUESTION), .changed = text_changed };
	static const struct case_hooks cases = { .closed = case_closed };

	outbound_add_hooks(core, &texts);
	case_add_hooks(core, &cases);
}
