#include "core/ops/notify_status.h"

#include "core/link/links.h"
#include "core/outbound/carried.h"
#include "core/outbound/dispatch.h"
#include "core/roster/roster.h"

static json_t *channel_json(const struct carried *c)
{
	return json_pack("{s:I, s:I, s:b, s:s}", "sent_ms", (json_int_t)c->sent_ms, "failed_ms", (json_int_t)c->failed_ms, "fails",
		carried_fails(c), "why", c->why);
}

void notify_status_add(struct core *core, json_t *status)
{
	struct link_view view;
	json_t *o;

	if (!links_program(core->links, LINK_NOTIFY, &view))
		return;
	o = json_pack("{s:b, s:b, s:s}", "connected", view.connected, "ready", view.ready, "detail", view.modem->detail);
	for (int i = CHANNEL_SMS + 1; i < CHANNEL_COUNT; i++)
		json_object_set_new(o, outbox_channel_name((enum outbox_channel)i),
			channel_json(dispatch_carried(core->dispatch, (enum outbox_channel)i)));
	json_object_set_new(status, "notify", o);
}

/* Whether somebody has an address that nothing carries to. */
static bool is_missed(const struct core *core)
{
	for (size_t i = 0; i < roster_count(core->roster); i++) {
		const struct roster_person *p = roster_person(core->roster, i);
		if (p->mail[0] || p->webhook[0])
			return true;
	}
	return false;
}

void notify_status_warn(struct core *core, json_t *warnings)
{
	struct link_view view;

	if (!links_program(core->links, LINK_NOTIFY, &view)) {
		if (is_missed(core))
			json_array_append_new(warnings, json_string("the roster has mail or webhook addresses, and nothing carries to them: set "
				"notify_socket in hotlined.conf"));
		return;
	}
	if (!view.connected)
		json_array_append_new(warnings, json_string("mail and webhooks wait: start hotline-notify"));
	else if (!view.ready)
		json_array_append_new(warnings, json_sprintf("mail and webhooks wait: %s", view.modem->detail));
	for (int i = CHANNEL_SMS + 1; i < CHANNEL_COUNT; i++) {
		const struct carried *c = dispatch_carried(core->dispatch, (enum outbox_channel)i);
		if (carried_fails(c))
			json_array_append_new(warnings, json_sprintf("the last %s failed: %s",
				outbox_channel_name((enum outbox_channel)i), c->why));
	}
}
