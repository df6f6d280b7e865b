/* What links read, handed to intake (core/link/link_hooks.h). */
#include "core/inbound/intake.h"
#include "core/link/link_hooks.h"

static void on_inbound(struct core *core, const char *link, const struct wire_link_msg *msg)
{
	intake_inbound(core, link, &msg->u.inbound);
}

static void on_refused(struct core *core, const char *link, const struct wire_link_msg *msg)
{
	intake_refused(core, link, &msg->u.refused);
}

static void on_report(struct core *core, const char *link, const struct wire_link_msg *msg)
{
	intake_report(core, link, &msg->u.report);
}

static void on_call(struct core *core, const char *link, const struct wire_link_msg *msg)
{
	intake_call(core, link, &msg->u.call);
}

void intake_listen(struct core *core)
{
	static const struct link_hooks hooks = { .told = {
		[WIRE_INBOUND] = on_inbound,
		[WIRE_REFUSED] = on_refused,
		[WIRE_REPORT] = on_report,
		[WIRE_CALL] = on_call,
	} };

	links_add_hooks(core, &hooks);
}
