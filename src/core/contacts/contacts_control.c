/* contacts.list, show, groups, tag, optout, export (core/control/control.h). A number is shown with its last two digits at most; and of nobody
 * is it shown that they reported something, or that it is not safe to text them. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "core/case/case.h"
#include "core/contacts/contacts.h"
#include "core/contacts/eligible.h"
#include "core/contacts/fields.h"
#include "core/contacts/leave.h"
#include "core/control/control.h"
#include "core/control/control_list.h"
#include "store/audit.h"
#include "store/contact.h"
#include "store/optout.h"
#include "store/subscriber_select.h"
#include "vault/vault.h"

#define PAGE 50        /* read at once */
#define STRETCHES 2    /* of ids, for a page of the list: some milliseconds */
#define COUNTED 100000 /* members of groups that are counted for a page: some milliseconds */
#define TAG_MOST 200   /* of one request */
#define SHOWN_DIGITS 2
#define DATE_SIZE 11

/* "+976******01"; "" where the number is not kept any more. */
static void mask(struct core *core, const struct subscriber_row *row, char out[NUMBER_MAX + 1])
{
	size_t len, plain;

	out[0] = '\0';
	if (!row->number_len || vault_number_open(core->vault, row->alias, row->number, row->number_len, out, NUMBER_MAX + 1))
		return;
	len = strlen(out);
	plain = len > 4 + SHOWN_DIGITS ? 4 : 0; /* the country */
	for (size_t i = plain; i + SHOWN_DIGITS < len; i++)
		out[i] = '*';
}

static json_t *json_of(struct core *core, const struct subscriber_row *row, const struct subscriber_facts *facts)
{
	enum contacts_reason reason = contacts_reason_shown(contacts_judge(core, row, facts, NULL));
	char number[NUMBER_MAX + 1], groups[IMPORT_GROUPS_SIZE];
	json_t *o;

	mask(core, row, number);
	subscriber_groups_of(core->store, row->id, groups, sizeof(groups));
	o = json_pack("{s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:I, s:I}", "id", (json_int_t)row->id, "number", number, "state",
		contacts_reason_name(reason), "language", fields_language_name(row->language), "script", fields_script_name(row->script),
		"district", row->district, "groups", groups, "source", row->source, "consent_ms", (json_int_t)row->consent_ms, "joined_ms",
		(json_int_t)row->joined_ms);
	explicit_bzero(number, sizeof(number));
	return o;
}

/* What is asked for; answers and returns false where there is no such thing. */
static bool selection_of(struct control_call *call, struct subscriber_selection *sel)
{
	const char *district = control_text(call, "district"), *group = control_text(call, "group"), *language = control_text(call, "language");
	char key[SUBSCRIBER_DISTRICT_SIZE], id[24];
	const char *why = NULL;
	int64_t group_id;

	*sel = (struct subscriber_selection){ .language = -1 };
	if (district && *district && strcmp(district, "?") != 0)
		why = fields_district(call->core->rules, district, key);
	if (!why && district && *district)
		subscriber_select_add(sel->districts, strcmp(district, "?") == 0 ? "?" : key);
	if (!why && language && *language)
		why = fields_language(language, &sel->language);
	if (!why && group && *group) {
		group_id = subscriber_group_id(call->core->store, group, false, 0);
		snprintf(id, sizeof(id), "%lld", (long long)group_id);
		subscriber_select_add(sel->groups, id);
		why = group_id ? NULL : "there is no such group: see hotlinectl contacts groups";
	}
	if (why)
		control_fail(call, HL_ENOENT, "%s", why);
	return !why;
}

/* A page: as many as fit, and no more ids looked at than a turn has time for, however few of them are of the selection. Returns where to go on, 0 at
 * the end. */
static int64_t list_some(struct core *core, const struct subscriber_selection *sel, int64_t after, struct control_list *list)
{
	struct subscriber_found found[PAGE];
	bool fits = true, end = false;

	for (int stretches = 0; stretches < STRETCHES && fits && !end;) {
		int64_t next = after;
		size_t n = subscriber_select_stretch(core->store, sel, &next, found, PAGE, &end);
		for (size_t i = 0; i < n && fits; i++) {
			fits = control_list_add(list, json_of(core, &found[i].row, &found[i].facts));
			after = fits ? found[i].row.id : after;
		}
		after = fits ? next : after;
		stretches += n < PAGE;
	}
	return fits && end ? 0 : after;
}

void control_contacts_list(struct control_call *call)
{
	struct subscriber_selection sel;
	struct control_list list;
	int64_t after;

	if (!selection_of(call, &sel))
		return;
	control_list_begin(&list, "contacts");
	after = list_some(call->core, &sel, control_list_after(call->request), &list);
	if (after)
		json_object_set_new(list.body, "after", json_integer(after));
	control_ok(call, control_list_end(&list, after == 0));
}

static bool contact_of(struct control_call *call, struct subscriber_row *row)
{
	int64_t id = json_integer_value(json_object_get(call->request, "contact"));

	if (id > 0 && subscriber_get(call->core->store, id, row))
		return true;
	control_fail(call, HL_ENOENT, "there is no such contact: see hotlinectl contacts list");
	return false;
}

void control_contacts_show(struct control_call *call)
{
	struct core *core = call->core;
	struct subscriber_row row;
	struct subscriber_facts facts;
	json_t *body;

	if (!contact_of(call, &row))
		return;
	subscriber_look(core->store, row.alias, &facts);
	body = json_pack("{s:o}", "contact", json_of(core, &row, &facts));
	json_object_set_new(body, "stopped_ms", json_integer(optout_time(core->store, row.alias)));
	json_object_set_new(body, "updated_ms", json_integer(row.updated_ms));
	control_ok(call, body);
}

void control_contacts_groups(struct control_call *call)
{
	struct subscriber_group group;
	struct control_list list;
	int64_t after = control_list_after(call->request), counted = 0;
	bool fits = true, found = true;

	control_list_begin(&list, "groups");
	while (fits && counted < COUNTED && (found = subscriber_groups(call->core->store, after, &group, 1) == 1)) {
		fits = control_list_add(&list, json_pack("{s:I, s:s, s:I}", "id", (json_int_t)group.id, "name", group.name, "members",
			(json_int_t)group.members));
		after = group.id;
		counted += group.members;
	}
	control_ok(call, control_list_end(&list, !found));
}

/* ---- what changes something -------------------------------------------------------------------------------------------- */

static size_t tag_all(struct core *core, const json_t *ids, int64_t group, bool remove)
{
	struct subscriber_row row;
	const json_t *id;
	size_t i, n = 0;

	json_array_foreach(ids, i, id) {
		if (!subscriber_get(core->store, json_integer_value(id), &row))
			continue;
		n++;
		if (remove)
			subscriber_leave(core->store, row.id, group);
		else
			subscriber_join(core->store, row.id, group);
	}
	return n;
}

void control_contacts_tag(struct control_call *call)
{
	struct core *core = call->core;
	const json_t *ids = json_object_get(call->request, "contacts");
	const char *text = control_need(call, "group", SUBSCRIBER_GROUP_SIZE - 1), *why;
	bool remove = json_is_true(json_object_get(call->request, "remove"));
	int64_t now_ms = hl_wall_ms(core->clock), group;
	char name[SUBSCRIBER_GROUP_SIZE], detail[48];
	size_t n;

	if (!text)
		return;
	why = fields_group(text, strlen(text), name);
	if (why || json_array_size(ids) == 0 || json_array_size(ids) > TAG_MOST) {
		control_fail(call, HL_EINVAL, "%s", why ? why : "name 1 to 200 contacts by their ids");
		return;
	}
	group = subscriber_group_id(core->store, name, false, now_ms);
	if (!group && (remove || subscriber_groups_count(core->store) >= CONTACTS_GROUPS_MOST)) {
		control_fail(call, remove ? HL_ENOENT : HL_EFULL, remove ? "there is no such group" : "there are too many groups: use one that is there");
		return;
	}
	group = group ? group : subscriber_group_id(core->store, name, true, now_ms);
	n = tag_all(core, ids, group, remove);
	snprintf(detail, sizeof(detail), "%zu contacts", n);
	audit_append(core->store, now_ms, session_name(call->session), remove ? "contacts.untag" : "contacts.tag", name, detail);
	control_ok(call, json_pack("{s:I}", "changed", (json_int_t)n));
}

/* The texter of a case, for officers and coordinators who may know of it: people say it in many words, and only exact ones count. */
static bool texter_of(struct control_call *call, const char *text, uint8_t alias[SUBSCRIBER_ALIAS])
{
	struct core *core = call->core;
	uint8_t number[CONTACT_NUMBER_MAX];
	char code[CASE_CODE_SIZE];
	struct case_row row;

	if (session_role(call->session) != PERSON_OUTREACH && case_code_read(text, strlen(text), code) && !case_find_code(core, code, &row) &&
		case_visible(core, call->session, &row) && contact_get_number(core->store, row.contact_id, alias, number))
		return true;
	control_fail(call, HL_ENOENT, "there is no such case");
	return false;
}

void control_contacts_optout(struct control_call *call)
{
	struct core *core = call->core;
	const char *code = control_text(call, "code");
	uint8_t alias[SUBSCRIBER_ALIAS];
	struct subscriber_row row;
	char object[32];
	bool was;

	if (code ? !texter_of(call, code, alias) : !contact_of(call, &row))
		return;
	if (!code)
		memcpy(alias, row.alias, sizeof(alias));
	was = contacts_leave(core, alias, 0);
	if (code)
		snprintf(object, sizeof(object), "case %.12s", code);
	else
		snprintf(object, sizeof(object), "contact %lld", (long long)row.id);
	audit_append(core->store, hl_wall_ms(core->clock), session_name(call->session), "contacts.optout", object, was ? "" : "already");
	control_ok(call, json_pack("{s:b}", "already", !was));
}

void control_contacts_export(struct control_call *call)
{
	audit_append(call->core->store, hl_wall_ms(call->core->clock), session_name(call->session), "contacts.export", "", "without numbers");
	control_ok(call, NULL);
}
