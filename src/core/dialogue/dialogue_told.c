/* What the outbox tells of questions. */
#include "core/dialogue/dialogue.h"

#include <string.h>

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

void dialogue_start(struct core *core)
{
	static const struct outbound_hooks hooks = { .purposes = OUTBOUND_PURPOSE(OUTBOX_QUESTION), .changed = text_changed };

	outbound_add_hooks(core, &hooks);
}
