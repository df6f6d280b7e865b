#include "core/case/case.h"

#include "base/log.h"
#include "base/mem.h"
#include "core/counters.h"
#include "core/people/units.h"
#include "store/audit.h"
#include "store/store.h"

/* A million codes; with nine tenths of them used, this many tries fail once in 10^23. */
#define CODE_TRIES_MAX 500

static const char *const state_names[CASE_STATES] = {
	[CASE_NEW] = "new",
	[CASE_ALERTED] = "alerted",
	[CASE_ACKNOWLEDGED] = "acknowledged",
	[CASE_IN_WORK] = "in work",
	[CASE_CLOSED] = "closed",
};

const char *case_state_name(enum case_state state)
{
	return state < CASE_STATES ? state_names[state] : "?";
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
	const struct { const char *key; int64_t value; } numbers[] = {
		{ "messages", row->messages }, { "opened_ms", row->opened_ms }, { "updated_ms", row->updated_ms },
		{ "acknowledged_ms", row->acknowledged_ms }, { "closed_ms", row->closed_ms },
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
	row->state = CASE_NEW;
	row->opened_ms = row->updated_ms = hl_wall_ms(core->clock);
	for (int tries = 0; tries < CODE_TRIES_MAX; tries++) {
		case_code_new(row->code);
		if (cases_insert(core->store, row)) {
			counter_add(core, COUNT_CASES, 1);
			return 0;
		}
		if (store_error(core->store))
			return store_error(core->store);
	}
	hl_log(HL_LOG_ERR, "case", "no_code mend=\"nearly all codes are in use: remove closed cases\"");
	store_fail(core->store, HL_EFULL);
	return HL_EFULL;
}

/* The one place where a case changes its state. */
static void case_enter(struct core *core, struct case_row *row, enum case_state state, const char *person)
{
	int64_t now_ms = hl_wall_ms(core->clock);

	hl_log(HL_LOG_INFO, "case", "state case=%s old=\"%s\" new=\"%s\"", row->code, case_state_name(row->state),
		case_state_name(state));
	row->state = state;
	row->updated_ms = now_ms;
	if (state >= CASE_ACKNOWLEDGED && !row->acknowledged_ms) {
		row->acknowledged_ms = now_ms;
		counter_add(core, COUNT_ACKNOWLEDGED, 1);
	}
	if (state == CASE_CLOSED)
		row->closed_ms = now_ms;
	if (person)
		hl_strlcpy(row->owner, sizeof(row->owner), person);
	cases_update(core->store, row);
}

int case_acknowledge(struct core *core, int64_t id, const char *person)
{
	struct case_row row;

	if (!cases_get(core->store, id, &row))
		return HL_ENOENT;
	if (row.state >= CASE_ACKNOWLEDGED)
		return HL_ESTATE;
	audit_append(core->store, hl_wall_ms(core->clock), person, "case.acknowledge", row.code, "");
	case_enter(core, &row, CASE_ACKNOWLEDGED, row.owner[0] ? NULL : person);
	return 0;
}

int case_claim(struct core *core, int64_t id, const char *person)
{
	struct case_row row;

	if (!cases_get(core->store, id, &row))
		return HL_ENOENT;
	if (row.state == CASE_CLOSED || row.state == CASE_IN_WORK)
		return HL_ESTATE;
	audit_append(core->store, hl_wall_ms(core->clock), person, "case.claim", row.code, row.owner);
	case_enter(core, &row, CASE_IN_WORK, person);
	return 0;
}

int case_close(struct core *core, int64_t id, const char *person)
{
	struct case_row row;

	if (!cases_get(core->store, id, &row))
		return HL_ENOENT;
	if (row.state == CASE_CLOSED)
		return HL_ESTATE;
	audit_append(core->store, hl_wall_ms(core->clock), person, "case.close", row.code, row.owner);
	case_enter(core, &row, CASE_CLOSED, row.owner[0] ? NULL : person);
	return 0;
}

void case_mark_alerted(struct core *core, int64_t id)
{
	struct case_row row;

	if (cases_get(core->store, id, &row) && row.state == CASE_NEW)
		case_enter(core, &row, CASE_ALERTED, NULL);
}
