#include "core/case/case_asked.h"

#include <string.h>

#include "core/case/case_reason.h"

bool case_asked(struct control_call *call, const char *field, struct case_row *row)
{
	const char *text = control_need(call, field, 32);
	char code[CASE_CODE_SIZE];

	if (!text)
		return false;
	if (!case_code_read(text, strlen(text), code)) {
		control_fail(call, HL_EINVAL, "this is not the code of a case: it has %d digits, the last of which checks "
			"the others", CASE_CODE_DIGITS);
		return false;
	}
	if (case_find_code(call->core, code, row) || !case_visible(call->core, call->session, row)) {
		control_fail(call, HL_ENOENT, "there is no case %s among those of your unit: look at `hotlinectl queue`", code);
		return false;
	}
	return true;
}

void case_refuse(struct control_call *call, const struct case_row *row)
{
	struct case_row into = *row;

	case_follow(call->core, &into);
	if (into.id != row->id)
		control_fail(call, HL_ESTATE, "case %s was merged into %s: use that one", row->code, into.code);
	else if (row->state == CASE_CLOSED)
		control_fail(call, HL_ESTATE, "case %s is closed (%s): reopen it first", row->code,
			case_reason_name((enum case_reason)row->reason));
	else
		control_fail(call, HL_ESTATE, "case %s is %s: this is not possible now", row->code, case_state_name(row->state));
}

bool case_asked_open(struct control_call *call, const char *field, struct case_row *row)
{
	if (!case_asked(call, field, row))
		return false;
	if (row->state != CASE_CLOSED)
		return true;
	case_refuse(call, row);
	return false;
}

void case_answer(struct control_call *call, int64_t id, json_t *body)
{
	struct case_row row;

	if (!body)
		body = json_object();
	if (case_find(call->core, id, &row) == 0) {
		json_object_set_new(body, "case", case_json(call->core, &row));
		case_tell(call->core, &row);
	}
	control_ok(call, body);
}
