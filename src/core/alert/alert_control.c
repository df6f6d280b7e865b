/* Alerts for people: which are open, where their escalation stands, who took which; and what becomes of them, for who watches. */
#include <stdlib.h>

#include "base/mem.h"
#include "core/alert/alert_inside.h"
#include "core/control/control.h"
#include "core/control/control_list.h"

static json_t *row_json(struct core *core, const struct alert_row *a)
{
	int64_t left_ms = a->due_boot_ms - hl_boot_ms(core->clock);
	json_t *o = json_object();
	struct case_row of;
	bool found = case_find(core, a->case_id, &of) == 0;

	json_object_set_new(o, "id", json_integer(a->id));
	json_object_set_new(o, "code", json_string(found ? of.code : ""));
	json_object_set_new(o, "state", json_string(alert_state_name((enum alert_state)a->state)));
	json_object_set_new(o, "urgency", json_string(triage_urgency_name((enum triage_urgency)a->urgency)));
	json_object_set_new(o, "district", json_string(found ? of.district : ""));
	json_object_set_new(o, "step", json_integer(a->step));
	json_object_set_new(o, "due_s", json_integer(a->acknowledged_ms || left_ms < 0 ? 0 : left_ms / 1000));
	json_object_set_new(o, "created_ms", json_integer(a->created_ms));
	json_object_set_new(o, "acknowledged_ms", json_integer(a->acknowledged_ms));
	json_object_set_new(o, "acknowledged_by", json_string(a->acknowledged_by));
	return o;
}

void control_alert_list(struct control_call *call)
{
	struct alert_row *rows = hl_calloc(CONTROL_LIST_MAX + 1, sizeof(*rows));
	bool open = !json_is_true(json_object_get(call->request, "all"));
	size_t n = store_alert_list(call->core->store, open, control_list_after(call->request), rows, CONTROL_LIST_MAX + 1), i;
	struct control_list list;

	control_list_begin(&list, "alerts");
	for (i = 0; i < n; i++)
		if (case_id_visible(call->core, call->session, rows[i].case_id) && !control_list_add(&list, row_json(call->core, &rows[i])))
			break;
	free(rows);
	control_ok(call, control_list_end(&list, i == n));
}

void control_alert_counts(struct core *core, json_t *status)
{
	json_t *states = json_object();

	for (int state = 0; state < ALERT_STATES; state++)
		json_object_set_new(states, alert_state_name((enum alert_state)state),
			json_integer(core->alerts->now.counts[state]));
	json_object_set_new(status, "alerts", states);
}

void alert_tell(struct core *core, const char *change, const struct alert_row *a, const struct case_row *row,
	const char *person)
{
	json_t *body;

	if (!control_watched(core))
		return;
	body = json_object();
	json_object_set_new(body, "change", json_string(change));
	json_object_set_new(body, "code", json_string(row->code));
	json_object_set_new(body, "priority", json_string(triage_urgency_name((enum triage_urgency)a->urgency)));
	json_object_set_new(body, "district", json_string(row->district));
	json_object_set_new(body, "type",
		json_string(triage_exploitation_name((enum triage_exploitation)row->exploitation)));
	json_object_set_new(body, "state", json_string(alert_state_name((enum alert_state)a->state)));
	json_object_set_new(body, "person", json_string(person));
	control_event_for(core, row->unit_id, "alert", body);
}
