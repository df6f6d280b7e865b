/* The request person.allow (core/control/control.h): a person who read as many texts as they may goes on, because somebody else says so. */
#include <string.h>

#include "core/case/reading.h"
#include "core/control/control.h"
#include "core/people/lineage.h"
#include "store/audit.h"
#include "store/person.h"
#include "store/text_view.h"

void control_person_allow(struct control_call *call)
{
	struct core *core = call->core;
	const char *name = control_need(call, "name", PERSON_NAME_SIZE - 1);
	struct person_row person;

	if (!name)
		return;
	if (person_row_find(core->store, name, &person)) {
		control_fail(call, HL_ENOENT, "there is no person of that name: hotlinectl person list");
	} else if (strcmp(person.name, session_name(call->session)) == 0) {
		audit_append(core->store, hl_wall_ms(core->clock), person.name, "reading.allow.failed", person.name, "");
		control_fail(call, HL_EAUTH, "nobody allows themselves more: it takes another person");
	} else if (!lineage_are_two_now(core, person.name, session_name(call->session))) {
		audit_append(core->store, hl_wall_ms(core->clock), session_name(call->session), "reading.allow.failed", person.name, "same hand");
		control_fail(call, HL_EAUTH, "one of you was added by the other, or both by the same person within the week: somebody else allows it");
	} else if (session_role(call->session) != PERSON_COORDINATOR && person.unit_id != session_unit(call->session)) {
		audit_append(core->store, hl_wall_ms(core->clock), session_name(call->session), "reading.allow.failed", person.name, "");
		control_fail(call, HL_EAUTH, "a coordinator, or a colleague of the same unit, allows it");
	} else {
		text_view_forget(core->store, person.name);
		audit_append(core->store, hl_wall_ms(core->clock), session_name(call->session), "reading.allow", person.name, "");
		control_ok(call, NULL);
	}
}
