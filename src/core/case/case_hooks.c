#include "core/case/case_hooks.h"

void case_add_hooks(struct core *core, const struct case_hooks *hooks)
{
	hooks_add(&core->case_hooks, hooks);
}

static const struct case_hooks *hooks_at(const struct core *core, size_t i)
{
	return i < core->case_hooks.count ? core->case_hooks.list[i] : NULL;
}

void case_tell_acted(struct core *core, int64_t case_id)
{
	const struct case_hooks *h;

	for (size_t i = 0; (h = hooks_at(core, i)); i++)
		if (h->acted)
			h->acted(core, case_id);
}

void case_tell_referred(struct core *core, const struct case_row *row)
{
	const struct case_hooks *h;

	for (size_t i = 0; (h = hooks_at(core, i)); i++)
		if (h->referred)
			h->referred(core, row);
}

void case_tell_closed(struct core *core, int64_t case_id)
{
	const struct case_hooks *h;

	for (size_t i = 0; (h = hooks_at(core, i)); i++)
		if (h->closed)
			h->closed(core, case_id);
}

void case_tell_taken(struct core *core, int64_t case_id, const char *person)
{
	const struct case_hooks *h;

	for (size_t i = 0; (h = hooks_at(core, i)); i++)
		if (h->taken)
			h->taken(core, case_id, person);
}

void case_tell_raised(struct core *core, const struct case_row *row)
{
	const struct case_hooks *h;

	for (size_t i = 0; (h = hooks_at(core, i)); i++)
		if (h->raised)
			h->raised(core, row);
}
