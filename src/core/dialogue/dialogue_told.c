/* What the outbox tells of questions. */
#include "core/dialogue/dialogue.h"

void dialogue_outbox_changed(struct core *core, const struct outbox_row *row)
{
	struct question_row q;

	if (row->purpose != OUTBOX_QUESTION || (row->state != OUTBOX_FAILED && row->state != OUTBOX_REFUSED) ||
		!question_get_outbox(core->store, row->id, &q) || (q.state != QUESTION_OPEN && q.state != QUESTION_REPEATED))
		return;
	q.state = QUESTION_UNSENT;
	question_update(core->store, &q, true);
}
