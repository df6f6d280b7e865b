/* retention.preview, retention.run, case.hold (core/control/control.h). */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/case/case.h"
#include "core/config/config.h"
#include "core/control/control.h"
#include "core/control/control_list.h"
#include "core/people/units.h"
#include "core/retention/retention.h"
#include "store/audit.h"
#include "store/hold.h"

/* A run or preview that somebody waits for. */
struct asked {
	struct control_call *call;
	struct control_list list;   /* of a preview: cases, as many as fit */
	bool full, dry;
};

static void on_case(void *arg, const struct case_row *row, enum retention_class c, enum retention_verdict v)
{
	struct asked *a = arg;
	const struct unit *unit = unit_by_id(a->call->core->units, row->unit_id);

	if (!a->full && case_visible(a->call->core, control_session(a->call), row))
		a->full = !control_list_add(&a->list, json_pack("{s:s, s:s, s:s, s:b, s:I}", "code", row->code, "unit", unit ? unit->name : "",
			"class", retention_class_name(c), "now", v == RETENTION_ERASE, "since_ms",
			(json_int_t)(row->closed_ms ? row->closed_ms : row->updated_ms)));
}

static json_t *numbers(const int64_t *n)
{
	json_t *o = json_object();

	for (int i = 0; i < RETENTION_CLASSES; i++)
		json_object_set_new(o, retention_class_name((enum retention_class)i), json_integer(n[i]));
	return o;
}

static void on_done(void *arg, int err, const struct retention_report *report)
{
	struct asked *a = arg;
	json_t *body = control_list_end(&a->list, !a->full);

	if (err) {
		json_decref(body);
		control_fail(a->call, err, "erasing stopped: %s; what was erased until then is gone, and the next run goes on. See the log",
			hl_strerror(err));
	} else {
		json_object_set_new(body, "erase", numbers(report->erased));
		json_object_set_new(body, "soon", numbers(report->soon));
		json_object_set_new(body, "held", json_integer(report->held));
		if (!a->dry) { /* a preview cannot know which weeks the run itself will empty */
			json_object_set_new(body, "keys", json_integer(report->keys));
			json_object_set_new(body, "moved", json_integer(report->moved));
		}
		json_object_set_new(body, "warn_days", json_integer(a->call->core->config->retention.warn_days));
		if (report->more)
			json_object_set_new(body, "unfinished", json_true());
		control_ok(a->call, body);
	}
	free(a);
}

static void start(struct control_call *call, bool dry)
{
	struct asked *a = hl_calloc(1, sizeof(*a));
	struct retention_order order = { .dry = dry, .on_case = dry ? on_case : NULL, .done = on_done, .arg = a,
		.actor = control_actor(call) };
	int err = retention_start(call->core, &order, json_is_true(json_object_get(call->request, "believe_clock")));

	if (err == 0) {
		control_list_begin(&a->list, "cases");
		a->call = control_keep(call);
		a->dry = dry;
		return;
	}
	free(a);
	if (err == HL_ETIME)
		control_fail(call, err, "the clock is more than %d days from the run before, so that a wrong clock would erase what must stay: "
			"look at the date; if it is right, run with --believe-clock", RETENTION_GAP_DAYS);
	else
		control_fail(call, err, "a run is under way; wait for its end");
}

void control_retention_preview(struct control_call *call)
{
	start(call, true);
}

void control_retention_run(struct control_call *call)
{
	start(call, false);
}

/* A coordinator may hold whatever anybody may know of, because a hold opens nothing, and what their own unit has. */
static bool may_hold(const struct control_call *call, const struct case_row *row)
{
	return case_visible(call->core, call->session, row) || case_visible(call->core, NULL, row);
}

void control_case_hold(struct control_call *call)
{
	struct core *core = call->core;
	const char *text = control_need(call, "code", 32);
	const json_t *on = json_object_get(call->request, "on");
	char code[CASE_CODE_SIZE];
	struct case_row row;

	if (!text)
		return;
	if (!json_is_boolean(on)) {
		control_fail(call, HL_EINVAL, "the request lacks \"on\": true or false");
	} else if (!case_code_read(text, strlen(text), code) || case_find_code(core, code, &row) || !may_hold(call, &row)) {
		control_fail(call, HL_ENOENT, "there is no such case");
	} else {
		if (json_is_true(on))
			hold_set(core->store, row.id, session_name(call->session), hl_wall_ms(core->clock));
		else
			hold_clear(core->store, row.id);
		audit_append(core->store, hl_wall_ms(core->clock), session_name(call->session), json_is_true(on) ? "case.hold" : "case.hold.end",
			row.code, "");
		control_ok(call, json_pack("{s:s, s:b}", "code", row.code, "held", json_is_true(on)));
	}
}
