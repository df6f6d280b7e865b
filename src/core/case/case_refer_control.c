/* Requests about agencies: which there are, and that one is told of a case (core/control/control.h). The system tells nobody by
 * itself: it names to the officer whom to reach, how, and what may be said. */
#include "base/mem.h"
#include "core/case/agencies.h"
#include "core/case/case_asked.h"
#include "core/case/case_hooks.h"
#include "store/audit.h"
#include "store/outcome.h"
#include "store/tally.h"

void control_agency_list(struct control_call *call)
{
	json_t *list = json_array(), *body = json_object();
	const struct agency *agency;

	for (size_t i = 0; (agency = agency_at(call->core->agencies, i)); i++)
		json_array_append_new(list, agency_json(agency));
	json_object_set_new(body, "agencies", list);
	control_ok(call, body);
}

static void refer(struct control_call *call, struct case_row *row, const struct agency *agency)
{
	struct core *core = call->core;
	const char *person = session_name(call->session);
	struct referral_row r = { .case_id = row->id, .time_ms = hl_wall_ms(core->clock) };
	json_t *body = json_object();

	hl_strlcpy(r.agency, sizeof(r.agency), agency->name);
	hl_strlcpy(r.person, sizeof(r.person), person);
	if (referral_insert(core->store, &r)) {
		audit_append(core->store, r.time_ms, person, "case.refer", row->code, agency->name);
		tally_add(core->store, r.time_ms, "referral", agency->name, 1);
		case_happen(core, row, CASE_EVENT_REFER, row->owner[0] ? NULL : person);
		case_tell_taken(core, row->id, person);
	} else {
		json_object_set_new(body, "already", json_true());
	}
	json_object_set_new(body, "agency", agency_json(agency));
	json_object_set_new(body, "tell", agency_may_hear(agency, row));
	case_answer(call, row->id, body);
}

void control_case_refer(struct control_call *call)
{
	const struct agency *agency;
	const char *name;
	struct case_row row;

	if (!case_asked_open(call, "code", &row))
		return;
	name = control_need(call, "agency", 31);
	if (!name)
		return;
	agency = agency_find(call->core->agencies, name);
	if (agency)
		refer(call, &row, agency);
	else if (!agency_at(call->core->agencies, 0))
		control_fail(call, HL_ENOENT, "no agency is configured: set agencies = \"agencies.conf\" in hotlined.conf and restart");
	else
		control_fail(call, HL_ENOENT, "there is no agency %s: see `hotlinectl agencies`", name);
}
