/* Requests by which people take a case, work on it and end it (core/control/control.h). */
#include <string.h>

#include "core/case/case_asked.h"
#include "core/case/case_hooks.h"
#include "core/case/case_reason.h"
#include "core/case/outcome.h"
#include "core/turn.h"
#include "store/audit.h"
#include "store/outcome.h"

static void record(struct control_call *call, const char *action, const struct case_row *row, const char *detail)
{
	audit_append(call->core->store, hl_wall_ms(call->core->clock), session_name(call->session), action, row->code, detail);
}

/* Whether the asker has the case. */
static bool is_mine(const struct control_call *call, const struct case_row *row)
{
	return strcmp(row->owner, session_name(call->session)) == 0;
}

/* Whether the case may become the asker's: what another works on only with takeover, which is on record. */
static bool may_take(struct control_call *call, const struct case_row *row)
{
	bool busy = row->state == CASE_IN_WORK || row->state == CASE_REFERRED;

	if (!busy || !row->owner[0] || is_mine(call, row) || json_is_true(json_object_get(call->request, "takeover")))
		return true;
	control_fail(call, HL_ESTATE, "case %s is in the work of %s: speak with them, then claim it with --takeover", row->code,
		row->owner);
	return false;
}

static void take(struct control_call *call, enum case_event event, const char *action)
{
	const char *person = session_name(call->session);
	struct core *core = call->core;
	enum case_state to;
	struct case_row row;

	if (!case_asked_open(call, "code", &row) || !may_take(call, &row))
		return;
	if (is_mine(call, &row) && case_state_next(row.state, event, &to) && to == row.state) {
		case_answer(call, row.id, NULL); /* asked twice */
		return;
	}
	record(call, action, &row, row.owner);
	if (case_happen(core, &row, event, person)) {
		case_refuse(call, &row);
		return;
	}
	case_tell_taken(core, row.id, person);
	case_answer(call, row.id, NULL);
}

void control_case_claim(struct control_call *call)
{
	take(call, CASE_EVENT_CLAIM, "case.claim");
}

void control_case_start(struct control_call *call)
{
	take(call, CASE_EVENT_START, "case.start");
}

void control_case_close(struct control_call *call)
{
	const char *person = session_name(call->session), *name;
	struct core *core = call->core;
	enum case_reason reason;
	struct outcome_row o;
	struct case_row row;

	if (!case_asked(call, "code", &row))
		return;
	name = control_need(call, "reason", 32);
	if (!name)
		return;
	if (!case_reason_from_name(name, &reason)) {
		control_fail(call, HL_EINVAL, "a case is closed with one of these reasons: %s", case_reason_names());
		return;
	}
	if (reason == CASE_REASON_MALICIOUS && !(outcome_get(core->store, row.id, OUTCOME_MALICIOUS, &o) && o.confirmed_ms)) {
		control_fail(call, HL_ESTATE, "nobody calls a report malicious alone: two people record the outcome malicious first");
		return;
	}
	if (row.state == CASE_CLOSED && row.reason == (int)reason) {
		case_answer(call, row.id, NULL); /* asked twice */
		return;
	}
	if (row.state == CASE_CLOSED) {
		case_refuse(call, &row);
		return;
	}
	if (!may_take(call, &row))
		return;
	row.reason = (int)reason;
	record(call, "case.close", &row, name);
	case_happen(core, &row, CASE_EVENT_CLOSE, row.owner[0] ? NULL : person);
	case_tell_taken(core, row.id, person);
	case_answer(call, row.id, NULL);
}

/* Who reopens a case has it: no alert rings. */
void control_case_reopen(struct control_call *call)
{
	struct case_row row;

	if (!case_asked(call, "code", &row))
		return;
	if (row.state == CASE_REOPENED && is_mine(call, &row)) {
		case_answer(call, row.id, NULL); /* asked twice */
		return;
	}
	if (row.state != CASE_CLOSED) {
		control_fail(call, HL_ESTATE, "case %s is open (%s): there is nothing to reopen", row.code, case_state_name(row.state));
		return;
	}
	if (row.merged_into) {
		case_refuse(call, &row);
		return;
	}
	record(call, "case.reopen", &row, case_reason_name((enum case_reason)row.reason));
	case_happen(call->core, &row, CASE_EVENT_REOPEN, session_name(call->session));
	case_answer(call, row.id, NULL);
}
