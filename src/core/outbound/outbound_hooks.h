/* What the rooms above are told and asked of texts on their way out. Each adds a struct when it starts, before the first turn that
 * may move a text; every function is called inside the turn's transaction, may be NULL, and may write there, but neither ends the
 * turn nor moves the row that it is told of. */
#ifndef HL_CORE_OUTBOUND_OUTBOUND_HOOKS_H
#define HL_CORE_OUTBOUND_OUTBOUND_HOOKS_H

#include "core/dialogue/contact_safety.h"
#include "core/outbound/outbox_row.h"

#define OUTBOUND_PURPOSE(p) (1u << (p))

struct outbound_hooks {
	unsigned purposes; /* of the texts that changed() and judge() are about: OUTBOUND_PURPOSE() of each */

	/* A text has entered a state, and the row is written. What is repeated may be lost all the same: then state is unknown (or failed,
	 * where its place stands in an order of channels), and row->state is queued. */
	void (*changed)(struct core *core, const struct outbox_row *row, enum outbox_state state);
	/* Whether a text may leave now, and why not: asked when it is leased and again when its link begins. For purposes that the gate
	 * (gate.h) leaves to their room; where none judges, the text never leaves. */
	struct safety_verdict (*judge)(struct core *core, const struct outbox_row *row);
	/* Whether the texts of this lane may go to links at all now; asked once a turn, where the lane has some. */
	bool (*lane_open)(struct core *core, enum outbox_lane lane);
	/* Whether the SIM behind this link may carry texts of this lane; asked for each lease of a turn, so it reads memory only. */
	bool (*link_allows)(const struct core *core, const char *link, enum outbox_lane lane);
	/* So many parts went out by this link. */
	void (*parts_sent)(struct core *core, const char *link, size_t parts);
};

/* The struct must live as long as the core. */
void outbound_add_hooks(struct core *core, const struct outbound_hooks *hooks);

/* ---- for this room: each calls who has the function */

void outbound_tell_changed(struct core *core, const struct outbox_row *row, enum outbox_state state);
struct safety_verdict outbound_judge(struct core *core, const struct outbox_row *row);
bool outbound_lane_open(struct core *core, enum outbox_lane lane);
bool outbound_link_allows(const struct core *core, const char *link, enum outbox_lane lane);
void outbound_tell_sent(struct core *core, const char *link, size_t parts);

#endif
