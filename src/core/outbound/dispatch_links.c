/* What links tell of texts, handed to the dispatcher (core/link/link_hooks.h). */
#include "core/link/link_hooks.h"
#include "core/outbound/dispatch_inside.h"

static void on_ready(struct core *core, const char *link, bool ready)
{
	if (ready)
		dispatch_link_up(core, link);
	else
		dispatch_link_down(core, link);
}

static void on_submitting(struct core *core, const char *link, const struct wire_link_msg *msg)
{
	dispatch_submitting(core, link, msg->u.id.id);
}

static void on_sent(struct core *core, const char *link, const struct wire_link_msg *msg)
{
	dispatch_sent(core, link, &msg->u.sent);
}

static void on_failed(struct core *core, const char *link, const struct wire_link_msg *msg)
{
	dispatch_failed(core, link, &msg->u.failed);
}

static void on_unknown(struct core *core, const char *link, const struct wire_link_msg *msg)
{
	dispatch_unknown(core, link, &msg->u.failed);
}

static void on_released(struct core *core, const char *link, const struct wire_link_msg *msg)
{
	dispatch_released(core, link, msg->u.id.id);
}

void dispatch_listen(struct core *core)
{
	static const struct link_hooks hooks = { .hello = dispatch_link_hello, .ready = on_ready, .told = {
		[WIRE_SUBMITTING] = on_submitting,
		[WIRE_SENT] = on_sent,
		[WIRE_FAILED] = on_failed,
		[WIRE_UNKNOWN] = on_unknown,
		[WIRE_RELEASED] = on_released,
	} };

	links_add_hooks(core, &hooks);
}
