/* The request quarantine.list (core/control/control.h): what could not be read; raw only for those who may open texts of the
 * unit that owns it. Each look is on record. */
#include <string.h>

#include "core/case/reading.h"
#include "core/case/sealing.h"
#include "core/config/config.h"
#include "core/control/control.h"
#include "core/people/session.h"
#include "core/people/units.h"
#include "core/turn.h"
#include "store/audit.h"
#include "store/quarantine.h"

#define LIST_OCTETS_MAX 40000 /* the rest is asked for with "before" */
#define LIST_MAX 100

struct look {
	struct core *core;
	const uint8_t *secret; /* NULL: raw texts stay closed */
	struct reading reading; /* where there is a secret */
	json_t *list;
	size_t octets;
	int64_t seen[LIST_MAX];
	size_t seen_count;
	bool more;
};

static void look_raw(struct look *look, json_t *o, const struct quarantine_row *row)
{
	struct vault_binding b = { "quarantine", row->id, 0, 0, row->time_ms };
	int err;
	char *raw;

	if (!reading_may_quarantine(&look->reading, row->id)) {
		json_object_set_new(o, "locked", json_string(READING_REFUSED));
		return;
	}
	raw = sealing_open(look->core, &b, look->secret, &row->text, &err);

	if (raw)
		json_object_set_new(o, "raw", json_string(raw));
	else
		json_object_set_new(o, "locked", json_string(hl_strerror(err)));
	if (raw && !row->seen_ms)
		look->seen[look->seen_count++] = row->id;
	sealing_wipe(raw);
}

static bool look_row(const struct quarantine_row *row, void *arg)
{
	struct look *look = arg;
	json_t *o;

	look->octets += row->text.body_len + 300;
	if (json_array_size(look->list) == LIST_MAX
		|| (look->octets > LIST_OCTETS_MAX && json_array_size(look->list) > 0)) {
		look->more = true;
		return false;
	}
	o = json_object();
	json_object_set_new(o, "id", json_integer(row->id));
	json_object_set_new(o, "modem", json_string(row->modem));
	json_object_set_new(o, "time_ms", json_integer(row->time_ms));
	json_object_set_new(o, "reason", json_string(row->reason));
	json_object_set_new(o, "seen_ms", json_integer(row->seen_ms));
	if (look->secret)
		look_raw(look, o, row);
	json_array_append_new(look->list, o);
	return true;
}

void control_quarantine_list(struct control_call *call)
{
	struct core *core = call->core;
	const struct unit *owner = unit_by_name(core->units, core->config->owner_default);
	struct look look = { .core = core, .list = json_array() };
	enum person_role role = session_role(call->session);
	int64_t now_ms = hl_wall_ms(core->clock);
	json_t *body = json_object();

	if (owner && (role == PERSON_OFFICER || role == PERSON_COORDINATOR) && session_unit(call->session) == owner->id)
		look.secret = session_unit_secret(call->session);
	if (look.secret) {
		turn_begin(core->turn); /* the answer leaves once the view is on record */
		audit_append(core->store, now_ms, session_name(call->session), "quarantine.view", "", "");
		reading_begin(core, call->session, NULL, &look.reading);
	}
	quarantine_each(core->store, json_integer_value(json_object_get(call->request, "before")), look_row, &look);
	if (look.secret)
		reading_end(&look.reading, "");
	for (size_t i = 0; i < look.seen_count; i++)
		quarantine_set_seen(core->store, look.seen[i], now_ms);
	json_object_set_new(body, "quarantine", look.list);
	if (look.more)
		json_object_set_new(body, "more", json_true());
	control_ok(call, body);
}
