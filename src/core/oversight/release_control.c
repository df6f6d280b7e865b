/* release.ask, list, approve, refuse, show (core/control/control.h): the only way a number is ever shown. Every step is in the audit trail
 * before its answer leaves, the showing too. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/case/case_asked.h"
#include "core/config/config.h"
#include "core/config/wording.h"
#include "core/control/control.h"
#include "core/control/control_list.h"
#include "core/outbound/outbox.h"
#include "core/oversight/release_policy.h"
#include "core/people/lineage.h"
#include "core/people/units.h"
#include "core/roster/roster.h"
#include "store/audit.h"
#include "store/contact.h"
#include "vault/vault.h"
#include "wire/link.h"

#define HOUR_MS (3600 * (int64_t)1000)
#define TOLD_MAX 3   /* people of the roster who are texted about one step */

static struct release_person person_of(const struct control_call *call, const struct case_row *row)
{
	const struct session *s = call->session;

	return (struct release_person){
		.role = session_role(s),
		.name = session_name(s),
		.of_unit = session_unit(s) == row->unit_id,
		.may_know = case_visible(call->core, s, row) || case_visible(call->core, NULL, row),
	};
}

static void record(const struct control_call *call, const char *action, const struct case_row *row, const char *detail)
{
	audit_append(call->core->store, hl_wall_ms(call->core->clock), session_name(call->session), action, row->code, detail);
}

/* ---- texts to the others ---------------------------------------------------------------------------------------------------- */

static void text_to(struct core *core, const struct roster_person *p, const char *key, const struct case_row *row)
{
	const struct wording_arg args[] = { { "code", row->code }, { NULL, NULL } };
	enum wording_language lang = WORDING_MN;
	char text[WIRE_TEXT_MAX + 1];
	const struct outbox_item item = { .lane = LANE_DIALOGUE, .purpose = OUTBOX_OFFICER, .urgency = 1, .case_id = row->id,
		.recipient = p->name, .to = p->number, .text = text, .modem = "" };

	wording_language_from_name(p->language, &lang);
	if (wording_render(core->wording, key, lang, args, text, sizeof(text)) > 0)
		outbox_add(core, &item);
}

/* Coordinators who may know of the case; where the roster has none, officers of its unit. Never who did it themselves. */
static bool is_to_be_told(const struct core *core, const struct roster_person *p, const struct case_row *row, const char *unit,
	enum roster_role role, const char *except)
{
	bool theirs = strcmp(p->unit, unit) == 0;

	return p->role == role && strcmp(p->name, except) != 0
		&& (theirs || (role == ROSTER_COORDINATOR && case_visible(core, NULL, row)));
}

static size_t tell_role(struct core *core, const char *key, const struct case_row *row, enum roster_role role, const char *except)
{
	const struct unit *unit = unit_by_id(core->units, row->unit_id);
	size_t told = 0;

	for (size_t i = 0; i < roster_count(core->roster) && told < TOLD_MAX; i++) {
		const struct roster_person *p = roster_person(core->roster, i);
		if (!is_to_be_told(core, p, row, unit ? unit->name : "", role, except))
			continue;
		text_to(core, p, key, row);
		told++;
	}
	return told;
}

static void tell(struct core *core, const char *key, const struct case_row *row, const char *except)
{
	if (tell_role(core, key, row, ROSTER_COORDINATOR, except) == 0)
		tell_role(core, key, row, ROSTER_OFFICER, except);
}

/* Whoever watches, but for a case that others may not know of. */
static void tell_watchers(struct core *core, const struct case_row *row, int64_t id, const char *state)
{
	int64_t unit = case_visible(core, NULL, row) ? 0 : row->unit_id;

	control_event_for(core, unit, "release", json_pack("{s:I, s:s}", "id", (json_int_t)id, "state", state));
}

/* ---- asking ----------------------------------------------------------------------------------------------------------------- */

static json_t *release_json(const struct core *core, const struct release_row *r, const char *code)
{
	return json_pack("{s:I, s:s, s:s, s:s, s:s, s:s, s:I, s:I}", "id", (json_int_t)r->id, "code", code, "state",
		release_state_name(r, hl_wall_ms(core->clock)), "requester", r->requester, "decider", r->decider, "reason", r->reason, "asked_ms",
		(json_int_t)r->asked_ms, "expires_ms", (json_int_t)r->expires_ms);
}

void control_release_ask(struct control_call *call)
{
	struct core *core = call->core;
	int64_t now_ms = hl_wall_ms(core->clock);
	const char *reason = control_need(call, "reason", 1000), *why = "";
	struct release_row r = { .asked_ms = now_ms, .expires_ms = now_ms + core->config->release_hours * HOUR_MS };
	struct release_person person;
	struct case_row row;
	int err;

	if (!reason || !case_asked(call, "code", &row))
		return;
	person = person_of(call, &row);
	err = release_check_reason(reason, &why);
	if (!err)
		err = release_may_ask(&person, release_count_open(core->store, row.id, NULL, now_ms) > 0,
			release_count_open(core->store, 0, person.name, now_ms), &why);
	if (err) {
		record(call, "release.ask.failed", &row, hl_strerror(err));
		control_fail(call, err, "%s", why);
		return;
	}
	r.case_id = row.id;
	hl_strlcpy(r.requester, sizeof(r.requester), person.name);
	hl_strlcpy(r.reason, sizeof(r.reason), reason);
	release_insert(core->store, &r);
	record(call, "release.ask", &row, reason);
	tell(core, "release.request", &row, person.name);
	tell_watchers(core, &row, r.id, "asked");
	control_ok(call, json_pack("{s:o}", "release", release_json(core, &r, row.code)));
}

/* The request that is named, and its case, where the session may know of it; otherwise it is answered and false. */
static bool release_asked(struct control_call *call, struct release_row *r, struct case_row *row)
{
	int64_t id = json_integer_value(json_object_get(call->request, "release"));
	struct release_person person;

	if (release_get(call->core->store, id, r) && case_find(call->core, r->case_id, row) == 0) {
		person = person_of(call, row);
		if (person.may_know)
			return true;
	}
	control_fail(call, HL_ENOENT, "there is no such request: hotlinectl release list");
	return false;
}

void control_release_list(struct control_call *call)
{
	struct core *core = call->core;
	struct release_row *rows = hl_calloc(CONTROL_LIST_MAX, sizeof(*rows));
	size_t n = release_list(core->store, rows, CONTROL_LIST_MAX);
	struct control_list list;
	bool full = false;

	control_list_begin(&list, "releases");
	for (size_t i = 0; i < n && !full; i++) {
		struct case_row row;
		if (case_find(core, rows[i].case_id, &row) == 0 && person_of(call, &row).may_know)
			full = !control_list_add(&list, release_json(core, &rows[i], row.code));
	}
	free(rows);
	control_ok(call, control_list_end(&list, !full && n < CONTROL_LIST_MAX));
}

/* ---- deciding --------------------------------------------------------------------------------------------------------------- */

static void decide(struct control_call *call, enum release_state state, const char *action)
{
	struct release_person person;
	struct release_row r;
	struct case_row row;
	const char *why = "";
	char detail[96];
	int err;

	if (!release_asked(call, &r, &row))
		return;
	person = person_of(call, &row);
	person.same_hand = !lineage_are_two_now(call->core, person.name, r.requester);
	err = release_may_decide(&person, &r, hl_wall_ms(call->core->clock), &why);
	if (err) {
		snprintf(detail, sizeof(detail), "%s failed: %s", action, hl_strerror(err));
		record(call, "release.decide.failed", &row, detail);
		control_fail(call, err, "%s", why);
		return;
	}
	r.state = state;
	hl_strlcpy(r.decider, sizeof(r.decider), person.name);
	release_update(call->core->store, &r);
	snprintf(detail, sizeof(detail), "asked by %s", r.requester);
	record(call, action, &row, detail);
	tell_watchers(call->core, &row, r.id, state == RELEASE_APPROVED ? "approved" : "refused");
	control_ok(call, json_pack("{s:o}", "release", release_json(call->core, &r, row.code)));
}

void control_release_approve(struct control_call *call)
{
	decide(call, RELEASE_APPROVED, "release.approve");
}

void control_release_refuse(struct control_call *call)
{
	decide(call, RELEASE_REFUSED, "release.refuse");
}

/* ---- showing ---------------------------------------------------------------------------------------------------------------- */

static int open_number(struct core *core, int64_t contact_id, char *number, size_t size)
{
	uint8_t alias[CONTACT_ALIAS], sealed[CONTACT_NUMBER_MAX];
	size_t len = contact_get_number(core->store, contact_id, alias, sealed);

	return len ? vault_number_open(core->vault, alias, sealed, len, number, size) : HL_ENOENT;
}

void control_release_show(struct control_call *call)
{
	struct core *core = call->core;
	char number[CONTACT_NUMBER_MAX] = "", detail[96];
	struct release_person person;
	struct release_row r;
	struct case_row row;
	const char *why = "the number cannot be opened: are the key files those of this database?";
	int err;

	if (!release_asked(call, &r, &row))
		return;
	person = person_of(call, &row);
	err = release_may_see(&person, &r, hl_wall_ms(core->clock), &why);
	if (!err)
		err = open_number(core, row.contact_id, number, sizeof(number));
	if (err) {
		record(call, "release.show.failed", &row, hl_strerror(err));
		control_fail(call, err, "%s", why);
		return;
	}
	r.state = RELEASE_SHOWN;
	release_update(core->store, &r);
	snprintf(detail, sizeof(detail), "approved by %s", r.decider);
	record(call, "release.show", &row, detail);
	tell(core, "release.done", &row, person.name);
	control_ok(call, json_pack("{s:s, s:s}", "code", row.code, "number", number)); /* leaves after the commit, or not at all */
	explicit_bzero(number, sizeof(number));
}
