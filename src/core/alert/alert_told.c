/* What the rooms below tell of what alerts depend on: cases, and their own texts. */
#include "core/alert/alert_inside.h"
#include "core/case/case_hooks.h"
#include "core/outbound/outbound_hooks.h"

void alert_listen(struct core *core)
{
	static const struct outbound_hooks texts = { .purposes = OUTBOUND_PURPOSE(OUTBOX_ALERT), .changed = alert_outbox_changed };
	static const struct case_hooks cases = { .acted = alert_case_acted, .referred = alert_case_referred, .closed = alert_case_closed,
		.taken = alert_acknowledge_case, .raised = alert_raise };

	case_add_hooks(core, &cases);
	outbound_add_hooks(core, &texts);
}
