/* The requests drill.start and drill.list (core/control/control.h). */
#include "core/config/config.h"
#include "core/control/control.h"
#include "core/report/report.h"
#include "store/drill.h"

#define LIST_MAX 100 /* fits one answer */

/* One at a time: nobody can keep the phones of those on duty busy with drills. */
static bool is_under_way(const struct core *core)
{
	struct drill_row last;

	return drill_list(core->store, &last, 1) == 1 && !last.answered_ms &&
		hl_wall_ms(core->clock) - last.sent_ms < core->config->drill_wait_s * 1000;
}

void control_drill_start(struct control_call *call)
{
	size_t n;

	if (is_under_way(call->core)) {
		control_fail(call, HL_EBUSY, "a drill is under way: hotlinectl alert drills");
		return;
	}
	n = drill_start(call->core, control_actor(call));
	if (n == 0)
		control_fail(call, HL_ENOENT, "nobody is on duty: name officers in the roster");
	else
		control_ok(call, json_pack("{s:I}", "people", (json_int_t)n));
}

void control_drill_list(struct control_call *call)
{
	struct drill_row rows[LIST_MAX];
	size_t n = drill_list(call->core->store, rows, LIST_MAX);
	json_t *list = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(list, json_pack("{s:s, s:I, s:I, s:b}", "person", rows[i].person, "sent_ms",
			(json_int_t)rows[i].sent_ms, "answered_ms", (json_int_t)rows[i].answered_ms, "missed", rows[i].missed));
	control_ok(call, json_pack("{s:o}", "drills", list));
}
