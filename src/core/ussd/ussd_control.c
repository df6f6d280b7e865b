/* What people see of the menu's sessions, and the menu read again (core/control/control.h). No number, no answer: whoever runs the
 * system sees that somebody is there and how far. */
#include <stdlib.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/case/case.h"
#include "conf/conf.h"
#include "core/control/control.h"
#include "core/control/control_list.h"
#include "core/ussd/session.h"
#include "store/audit.h"

#define ERRORS_SHOWN 50

struct page { struct control_call *call; struct control_list list; bool full; };

static bool add(const struct ussd_row *row, void *arg)
{
	struct page *page = arg;
	struct core *core = page->call->core;
	struct case_row of;
	bool visible = row->case_id && case_find(core, row->case_id, &of) == 0 && case_visible(core, page->call->session, &of);

	page->full = !control_list_add(&page->list, json_pack("{s:I, s:s, s:s, s:I, s:I, s:s, s:I, s:I}", "id", (json_int_t)row->id,
		"transport", row->transport, "menu", row->menu, "step", (json_int_t)row->step, "answers", (json_int_t)row->answers,
		"code", visible ? of.code : "", "started_ms", (json_int_t)row->started_ms, "updated_ms", (json_int_t)row->updated_ms));
	return !page->full;
}

void control_ussd_sessions(struct control_call *call)
{
	struct page page = { .call = call };
	const struct menu *m = call->core->menu;
	json_t *body;

	control_list_begin(&page.list, "sessions");
	store_ussd_each_open(call->core->store, control_list_after(call->request), add, &page);
	body = control_list_end(&page.list, !page.full);
	json_object_set_new(body, "menu", json_string(m ? m->version : ""));
	json_object_set_new(body, "open", json_integer(store_ussd_count_open(call->core->store)));
	control_ok(call, body);
}

static json_t *errors_json(const struct conf_errors *errors)
{
	json_t *list = json_array();

	for (size_t i = 0; i < errors->count && i < CONF_ERRORS_MAX && i < ERRORS_SHOWN; i++)
		json_array_append_new(list, json_string(errors->list[i].text));
	return list;
}

void control_ussd_reload(struct control_call *call)
{
	struct core *core = call->core;
	struct conf_errors *errors = hl_calloc(1, sizeof(*errors));
	bool taken = ussd_reload(core, errors) == 0;

	hl_log(taken ? HL_LOG_NOTICE : HL_LOG_WARNING, "ussd", "reload taken=%d errors=%zu version=%s", taken, errors->count,
		core->menu ? core->menu->version : "-");
	audit_append(core->store, hl_wall_ms(core->clock), control_actor(call), taken ? "ussd.reload" : "ussd.reload.failed", "",
		taken ? core->menu->version : "the old menu stays");
	control_ok(call, json_pack("{s:b, s:I, s:s, s:o}", "taken", taken, "count", (json_int_t)errors->count, "version",
		core->menu ? core->menu->version : "", "errors", errors_json(errors)));
	free(errors);
}
