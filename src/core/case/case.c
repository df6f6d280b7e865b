#include "core/case/case.h"

#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/case/case_hooks.h"
#include "core/case/case_reason.h"
#include "core/config/config.h"
#include "core/control/control.h"
#include "core/counters.h"
#include "core/people/units.h"
#include "store/audit.h"
#include "store/store.h"

/* A million codes; with nine tenths of them used, this many tries fail once in 10^23. */
#define CODE_TRIES_MAX 500

bool case_is_apart(const struct core *core, const struct case_row *row)
{
	const struct unit *apart = unit_by_name(core->units, CASE_UNIT_APART);

	return apart && apart->id == row->unit_id;
}

void case_tell(struct core *core, const struct case_row *row)
{
	if (control_watched(core))
		control_event_for(core, row->unit_id, "case", case_json(core, row));
}

json_t *case_json(const struct core *core, const struct case_row *row)
{
	const struct unit *unit = unit_by_id(core->units, row->unit_id);
	json_t *o = json_pack("{s:s, s:s, s:s, s:s, s:s, s:b, s:s, s:i, s:s, s:s}", "code", row->code,
		"state", case_state_name(row->state),
		"kind", triage_kind_name((enum triage_kind)row->kind),
		"exploitation", triage_exploitation_name((enum triage_exploitation)row->exploitation),
		"urgency", triage_urgency_name((enum triage_urgency)row->urgency),
		"child", row->child, "district", row->district, "khoroo", row->khoroo, "owner", row->owner,
		"unit", unit ? unit->name : "");
	struct case_row into = *row;

	case_follow(core, &into);
	json_object_set_new(o, "reason", json_string(case_reason_name((enum case_reason)row->reason)));
	json_object_set_new(o, "merged_into", json_string(row->merged_into ? into.code : ""));
	json_object_set_new(o, "waits_for", json_string(case_wait_name(case_state_wait(row->state))));
	json_object_set_new(o, "overdue", json_boolean(row->due_ms && row->due_ms < hl_wall_ms(core->clock)));
	const struct { const char *key; int64_t value; } numbers[] = {
		{ "id", row->id }, { "messages", row->messages }, { "partial", row->partial }, { "corroboration", row->corroboration },
		{ "opened_ms", row->opened_ms }, { "updated_ms", row->updated_ms }, { "alerted_ms", row->alerted_ms },
		{ "acknowledged_ms", row->acknowledged_ms }, { "action_ms", row->action_ms }, { "closed_ms", row->closed_ms },
		{ "reopened_ms", row->reopened_ms }, { "due_ms", row->due_ms },
	};

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		json_object_set_new(o, numbers[i].key, json_integer(numbers[i].value));
	return o;
}

int case_find(struct core *core, int64_t id, struct case_row *row)
{
	return cases_get(core->store, id, row) ? 0 : HL_ENOENT;
}

int case_find_code(struct core *core, const char *code, struct case_row *row)
{
	return cases_get_code(core->store, code, row) ? 0 : HL_ENOENT;
}

int case_open(struct core *core, struct case_row *row)
{
	bool filed = row->reason == CASE_REASON_FILED;

	row->state = filed ? CASE_CLOSED : CASE_NEW;
	row->opened_ms = row->updated_ms = row->state_ms = hl_wall_ms(core->clock);
	row->closed_ms = filed ? (row->opened_ms > 0 ? row->opened_ms : 1) : 0; /* 0 is open, whatever the clock says */
	case_state_due(row, &core->config->deadlines);
	for (int tries = 0; tries < CODE_TRIES_MAX; tries++) {
		case_code_new(row->code);
		if (cases_insert(core->store, row)) {
			counter_add(core, filed ? COUNT_FILED : COUNT_CASES, 1);
			return 0;
		}
		if (store_error(core->store))
			return store_error(core->store);
	}
	hl_log(HL_LOG_ERR, "case", "no_code mend=\"nearly all codes are in use: remove closed cases\"");
	store_fail(core->store, HL_EFULL);
	return HL_EFULL;
}

void case_follow(const struct core *core, struct case_row *row)
{
	struct case_row into;

	if (row->merged_into && cases_get(core->store, row->merged_into, &into))
		*row = into;
}

void case_update(struct core *core, struct case_row *row, bool raised)
{
	row->updated_ms = hl_wall_ms(core->clock);
	if (raised)
		case_state_due_raised(row, &core->config->deadlines, row->updated_ms);
	else
		case_state_due(row, &core->config->deadlines);
	cases_update(core->store, row);
}

/* Nobody is reminded of what is worked on, or over. */
static void tell_above(struct core *core, const struct case_row *row, enum case_event event)
{
	if (event == CASE_EVENT_START || event == CASE_EVENT_REFER)
		case_tell_acted(core, row->id);
	if (event == CASE_EVENT_REFER)
		case_tell_referred(core, row);
	if (event == CASE_EVENT_CLOSE)
		case_tell_closed(core, row->id);
}

/* The one place where a case changes its state. */
int case_happen(struct core *core, struct case_row *row, enum case_event event, const char *person)
{
	int64_t now_ms = hl_wall_ms(core->clock), acknowledged_ms = row->acknowledged_ms;
	enum case_state old = row->state;

	if (!case_state_apply(row, event, now_ms > 0 ? now_ms : 1)) /* 0 is "not yet", whatever the clock says */
		return HL_ESTATE;
	if (old != row->state)
		hl_log(HL_LOG_INFO, "case", "state case=%s old=\"%s\" new=\"%s\"", row->code, case_state_name(old),
			case_state_name(row->state));
	counter_add(core, COUNT_ACKNOWLEDGED, !acknowledged_ms && row->acknowledged_ms);
	if (person)
		hl_strlcpy(row->owner, sizeof(row->owner), person);
	case_state_due(row, &core->config->deadlines);
	cases_update(core->store, row);
	tell_above(core, row, event);
	return 0;
}

int case_acknowledge(struct core *core, int64_t id, const char *person)
{
	struct case_row row;
	enum case_state to;

	if (!cases_get(core->store, id, &row))
		return HL_ENOENT;
	if (!case_state_next(row.state, CASE_EVENT_ACKNOWLEDGE, &to))
		return HL_ESTATE;
	audit_append(core->store, hl_wall_ms(core->clock), person, "case.acknowledge", row.code, "");
	return case_happen(core, &row, CASE_EVENT_ACKNOWLEDGE, row.owner[0] ? NULL : person);
}

void case_act(struct core *core, int64_t id, const char *person)
{
	struct case_row row;

	if (!cases_get(core->store, id, &row) || row.state == CASE_CLOSED || row.state == CASE_IN_WORK || row.state == CASE_REFERRED)
		return;
	audit_append(core->store, hl_wall_ms(core->clock), person, "case.start", row.code, row.owner);
	case_happen(core, &row, CASE_EVENT_START, row.owner[0] ? NULL : person);
	case_tell(core, &row);
}

void case_mark_alerted(struct core *core, int64_t id)
{
	struct case_row row;

	if (cases_get(core->store, id, &row) && row.state != CASE_CLOSED)
		case_happen(core, &row, CASE_EVENT_ALERTED, NULL);
}
