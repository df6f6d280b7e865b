/* The outbox for people: what waits, what went, what nobody knows of. Never a number, never a text. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/config/wording.h"
#include "core/control/control.h"
#include "core/control/control_list.h"
#include "core/outbound/dispatch.h"
#include "core/outbound/notice.h"
#include "core/outbound/outbox_row.h"
#include "core/people/case_visible.h"
#include "core/roster/roster.h"
#include "store/audit.h"
#include "wire/link.h"

/* Without the case's code for those who may know of no case: what did not leave, and why, is theirs to mend all the same. */
static json_t *row_json(struct core *core, const struct outbox_row *row, bool with_code)
{
	json_t *o = json_object();
	struct case_row of;

	json_object_set_new(o, "id", json_integer(row->id));
	json_object_set_new(o, "lane", json_string(outbox_lane_name((enum outbox_lane)row->lane)));
	json_object_set_new(o, "channel", json_string(outbox_channel_name((enum outbox_channel)row->channel)));
	json_object_set_new(o, "purpose", json_string(outbox_purpose_name((enum outbox_purpose)row->purpose)));
	json_object_set_new(o, "state", json_string(outbox_state_name((enum outbox_state)row->state)));
	json_object_set_new(o, "code", json_string(with_code && row->case_id && cases_get(core->store, row->case_id, &of) ? of.code : ""));
	json_object_set_new(o, "recipient", json_string(row->recipient[0] ? row->recipient : "texter"));
	json_object_set_new(o, "modem", json_string(row->modem));
	json_object_set_new(o, "attempts", json_integer(row->attempts));
	json_object_set_new(o, "created_ms", json_integer(row->created_ms));
	json_object_set_new(o, "updated_ms", json_integer(row->updated_ms));
	json_object_set_new(o, "error", json_integer(row->code));
	json_object_set_new(o, "why", json_string(row->why));
	return o;
}

void control_outbox_list(struct control_call *call)
{
	struct outbox_row *rows = hl_calloc(CONTROL_LIST_MAX + 1, sizeof(*rows));
	bool open = !json_is_true(json_object_get(call->request, "all"));
	size_t n = store_outbox_list(call->core->store, open, control_list_after(call->request), rows, CONTROL_LIST_MAX + 1), i;
	bool stranger = session_is_stranger(call->session);
	struct control_list list;

	control_list_begin(&list, "outbox");
	for (i = 0; i < n; i++)
		if (case_id_visible(call->core, stranger ? NULL : call->session, rows[i].case_id) &&
			!control_list_add(&list, row_json(call->core, &rows[i], !stranger)))
			break;
	free(rows);
	control_ok(call, control_list_end(&list, i == n));
}

void control_outbox_counts(struct core *core, json_t *status)
{
	const struct outbox *o = core->outbox;
	json_t *lanes = json_object();

	for (int lane = 0; lane < LANE_COUNT; lane++) {
		json_t *states = json_object();
		for (int state = 0; state < OUTBOX_STATES; state++)
			json_object_set_new(states, outbox_state_name((enum outbox_state)state),
				json_integer(outbox_count(o, (enum outbox_lane)lane, (enum outbox_state)state)));
		json_object_set_new(lanes, outbox_lane_name((enum outbox_lane)lane), states);
	}
	json_object_set_new(status, "outbox", lanes);
}

static bool channel_named(struct control_call *call, enum outbox_channel *channel)
{
	const char *name = json_string_value(json_object_get(call->request, "channel"));

	for (int i = 0; i < CHANNEL_COUNT; i++) {
		if (strcmp(name ? name : "sms", outbox_channel_name((enum outbox_channel)i)) == 0) {
			*channel = (enum outbox_channel)i;
			return true;
		}
	}
	control_fail(call, HL_EINVAL, "channel must be \"sms\", \"mail\" or \"webhook\"");
	return false;
}

/* A harmless text on the very way of an alert, behind every alert. One at a time for each person: nobody can bury a phone, or the
 * lane, in tests. */
void control_send_test(struct control_call *call)
{
	const char *name = json_string_value(json_object_get(call->request, "name"));
	const struct roster_person *p = name ? roster_find_name(call->core->roster, name) : NULL;
	enum wording_language lang = WORDING_MN;
	char text[WIRE_TEXT_MAX + 1];
	struct outbox_item item = { .lane = LANE_ALERT, .purpose = OUTBOX_TEST, .subject = text, .text = text, .report = true,
		.modem = "" };
	int64_t id;

	if (!p) {
		control_fail(call, HL_ENOENT, "the roster has nobody of that name; names stand in roster.conf as they are "
			"written there");
		return;
	}
	if (!channel_named(call, &item.channel))
		return;
	if (!notice_can(call->core, p, item.channel)) {
		control_fail(call, HL_ENOENT, "%s cannot be told by %s: give them one in roster.conf, and notify_socket in hotlined.conf",
			p->name, outbox_channel_name(item.channel));
		return;
	}
	if (store_outbox_purpose_waiting(call->core->store, LANE_ALERT, (int)item.channel, OUTBOX_TEST, p->name)) {
		control_fail(call, HL_EBUSY, "a test for %s is still on its way: see hotlinectl outbox", p->name);
		return;
	}
	wording_language_from_name(p->language, &lang);
	if (wording_render(call->core->wording, "test.alert", lang, NULL, text, sizeof(text)) <= 0) {
		control_fail(call, HL_ENOENT, "the wording has no text test.alert");
		return;
	}
	id = notice_add(call->core, p, &item, "");
	audit_append(call->core->store, hl_wall_ms(call->core->clock), control_actor(call), "send.test", p->name, "");
	if (id < 0)
		control_fail(call, (int)id, "queueing the text failed: %s", hl_strerror((int)id));
	else
		control_ok(call, json_pack("{s:I}", "id", (json_int_t)id));
}
