/* What the rooms below tell of what alerts depend on: their texts. */
#include "core/alert/alert_inside.h"
#include "core/outbound/outbound_hooks.h"

void alert_listen(struct core *core)
{
	static const struct outbound_hooks texts = { .purposes = OUTBOUND_PURPOSE(OUTBOX_ALERT), .changed = alert_outbox_changed };

	outbound_add_hooks(core, &texts);
}
