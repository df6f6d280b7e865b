/* What the rooms below tell of what alerts depend on: cases, the roster, and their own texts. */
#include "core/alert/alert_inside.h"
#include "core/case/case_hooks.h"
#include "core/duty/live.h"
#include "core/outbound/outbound_hooks.h"

/* Open alerts go on with the people of the new one. */
static void on_roster(struct core *core)
{
	if (core->alerts)
		alert_people_read(core->alerts);
}

void alert_listen(struct core *core)
{
	static const struct outbound_hooks texts = { .purposes = OUTBOUND_PURPOSE(OUTBOX_ALERT), .changed = alert_outbox_changed };
	static const struct case_hooks cases = { .acted = alert_case_acted, .referred = alert_case_referred, .closed = alert_case_closed,
		.taken = alert_acknowledge_case, .raised = alert_raise };
	static const struct roster_live_hooks roster = { .changed = on_roster };

	roster_live_add_hooks(core, &roster);
	case_add_hooks(core, &cases);
	outbound_add_hooks(core, &texts);
}
