#include "core/outbound/outbound_hooks.h"

void outbound_add_hooks(struct core *core, const struct outbound_hooks *hooks)
{
	hooks_add(&core->outbound_hooks, hooks);
}

static const struct outbound_hooks *hooks_at(const struct core *core, size_t i)
{
	return i < core->outbound_hooks.count ? core->outbound_hooks.list[i] : NULL;
}

static bool is_about(const struct outbound_hooks *h, const struct outbox_row *row)
{
	return (unsigned)row->purpose < OUTBOX_PURPOSES && (h->purposes & OUTBOUND_PURPOSE(row->purpose));
}

void outbound_tell_changed(struct core *core, const struct outbox_row *row, enum outbox_state state)
{
	const struct outbound_hooks *h;

	for (size_t i = 0; (h = hooks_at(core, i)); i++)
		if (h->changed && is_about(h, row))
			h->changed(core, row, state);
}

struct safety_verdict outbound_judge(struct core *core, const struct outbox_row *row)
{
	const struct outbound_hooks *h;

	for (size_t i = 0; (h = hooks_at(core, i)); i++)
		if (h->judge && is_about(h, row))
			return h->judge(core, row);
	return (struct safety_verdict){ SAFETY_NEVER, 0, "nobody is there who could say whether it may leave" };
}

bool outbound_lane_open(struct core *core, enum outbox_lane lane)
{
	const struct outbound_hooks *h;

	for (size_t i = 0; (h = hooks_at(core, i)); i++)
		if (h->lane_open && !h->lane_open(core, lane))
			return false;
	return true;
}

bool outbound_link_allows(const struct core *core, const char *link, enum outbox_lane lane)
{
	const struct outbound_hooks *h;

	for (size_t i = 0; (h = hooks_at(core, i)); i++)
		if (h->link_allows && !h->link_allows(core, link, lane))
			return false;
	return true;
}

void outbound_tell_sent(struct core *core, const char *link, size_t parts)
{
	const struct outbound_hooks *h;

	for (size_t i = 0; (h = hooks_at(core, i)); i++)
		if (h->parts_sent)
			h->parts_sent(core, link, parts);
}
