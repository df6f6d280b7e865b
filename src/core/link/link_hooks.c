#include "core/link/link_hooks.h"

void links_add_hooks(struct core *core, const struct link_hooks *hooks)
{
	hooks_add(&core->link_hooks, hooks);
}

static const struct link_hooks *hooks_at(const struct core *core, size_t i)
{
	return i < core->link_hooks.count ? core->link_hooks.list[i] : NULL;
}

void link_tell_said(struct core *core, const char *link, const struct wire_link_msg *msg)
{
	const struct link_hooks *h;

	for (size_t i = 0; (h = hooks_at(core, i)); i++)
		if (h->told[msg->type])
			h->told[msg->type](core, link, msg);
}

void link_tell_hello(struct core *core, const char *link, const struct wire_hello *hello)
{
	const struct link_hooks *h;

	for (size_t i = 0; (h = hooks_at(core, i)); i++)
		if (h->hello)
			h->hello(core, link, hello);
}

void link_tell_ready(struct core *core, const char *link, bool ready)
{
	const struct link_hooks *h;

	for (size_t i = 0; (h = hooks_at(core, i)); i++)
		if (h->ready)
			h->ready(core, link, ready);
}

void link_tell_modem(struct core *core, const char *link)
{
	const struct link_hooks *h;

	for (size_t i = 0; (h = hooks_at(core, i)); i++)
		if (h->modem)
			h->modem(core, link);
}

void link_tell_gone(struct core *core, const char *link)
{
	const struct link_hooks *h;

	for (size_t i = 0; (h = hooks_at(core, i)); i++)
		if (h->gone)
			h->gone(core, link);
}
