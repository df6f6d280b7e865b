/* contacts.import.* (core/control/control.h): hotlinectl reads the file and gives its lines; numbers come in here and are sealed at once. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/config/config.h"
#include "core/contacts/import.h"
#include "core/control/control.h"
#include "core/control/control_list.h"
#include "core/turn.h"
#include "store/audit.h"
#include "store/store.h"

#define LINES_MOST 1000 /* of one request */

/* The text of a field that may be absent. */
static const char *text_of(const struct control_call *call, const char *field)
{
	const char *text = control_text(call, field);

	return text ? text : "";
}

static const char *groups_of(const json_t *list, char groups[IMPORT_GROUPS_SIZE])
{
	char name[SUBSCRIBER_GROUP_SIZE];
	const json_t *item;
	const char *why = NULL;
	size_t i;

	groups[0] = '\0';
	json_array_foreach(list, i, item) {
		const char *text = json_is_string(item) ? json_string_value(item) : "";
		why = why ? why : fields_group(text, strlen(text), name);
		if (!why && !fields_group_add(groups, name))
			why = "too many groups at once";
	}
	return why;
}

static const char *order_read(struct control_call *call, struct import_order *o, char source[SUBSCRIBER_SOURCE_SIZE],
	char groups[IMPORT_GROUPS_SIZE])
{
	struct core *core = call->core;
	const char *date = text_of(call, "date"), *language = text_of(call, "language"), *script = text_of(call, "script"), *why = NULL;

	source[0] = '\0';
	*o = (struct import_order){ .person = session_name(call->session), .source = source, .language = -1, .script = -1, .groups = groups,
		.skip_bad = json_is_true(json_object_get(call->request, "skip_bad")) };
	if (*text_of(call, "source"))
		why = fields_source(text_of(call, "source"), source);
	if (!why && *date)
		why = fields_date(date, hl_wall_ms(core->clock), core->config->retention.days[RETENTION_CONSENT], &o->consent_ms);
	if (!why && *language)
		why = fields_language(language, &o->language);
	if (!why && *script)
		why = fields_script(script, &o->script);
	return why ? why : groups_of(json_object_get(call->request, "groups"), groups);
}

void control_contacts_import_begin(struct control_call *call)
{
	char source[SUBSCRIBER_SOURCE_SIZE], groups[IMPORT_GROUPS_SIZE];
	struct import_order order;
	struct hl_reason why;
	const char *wrong = order_read(call, &order, source, groups);
	int64_t id;

	if (wrong) {
		control_fail(call, HL_EINVAL, "%s", wrong);
		return;
	}
	id = import_begin(contacts_import(call->core), &order, &why);
	if (id < 0)
		control_fail(call, (int)id, "%s", why.text);
	else
		control_ok(call, json_pack("{s:I}", "import", (json_int_t)id));
}

static int64_t import_of(const struct control_call *call)
{
	return json_integer_value(json_object_get(call->request, "import"));
}

static const char *cell(const json_t *line, size_t i)
{
	const char *text = json_string_value(json_array_get(line, i));

	return text ? text : "";
}

/* One line of the request: what is wrong with it, or NULL. */
static const char *take_line(struct import *m, int64_t id, const json_t *line, int *err)
{
	const struct fields_written w = { .number = cell(line, 1), .district = cell(line, 2), .language = cell(line, 3), .script = cell(line, 4),
		.groups = cell(line, 5), .source = cell(line, 6), .date = cell(line, 7) };

	return import_line(m, id, &w, err);
}

void control_contacts_import_lines(struct control_call *call)
{
	struct import *m = contacts_import(call->core);
	const json_t *lines = json_object_get(call->request, "lines"), *line;
	struct control_list errors;
	int64_t id = import_of(call);
	bool all = true;
	size_t i;
	int err = json_array_size(lines) > LINES_MOST ? HL_ERANGE : 0;

	control_list_begin(&errors, "errors");
	json_array_foreach(lines, i, line) {
		const char *why = err ? NULL : take_line(m, id, line, &err);
		if (why && all)
			all = control_list_add(&errors, json_pack("{s:I, s:s}", "line", json_integer_value(json_array_get(line, 0)), "error", why));
	}
	if (err) {
		json_decref(control_list_end(&errors, all));
		control_fail(call, err, "%s", err == HL_ENOENT ? "this import is not under way any more: begin again" : err == HL_EFULL ?
			"the file has too many lines: import it in pieces" : err == HL_ERANGE ? "too many lines in one request" : hl_strerror(err));
		return;
	}
	json_object_set_new(errors.body, "bad", json_integer(import_bad(m, id)));
	control_ok(call, control_list_end(&errors, all));
}

static void settle(struct control_call *call, int err, const struct hl_reason *why)
{
	if (err)
		control_fail(call, err, "%s", why->text);
	else
		control_ok(call, NULL);
}

void control_contacts_import_commit(struct control_call *call)
{
	struct core *core = call->core;
	struct import_row row;
	struct hl_reason why;
	char detail[128], object[32];
	int err = import_commit(contacts_import(core), import_of(call), &why);

	if (!err && subscriber_import_get(core->store, import_of(call), &row)) {
		snprintf(object, sizeof(object), "import %lld", (long long)row.id);
		snprintf(detail, sizeof(detail), "%lld lines, consent: %.80s", (long long)row.staged, row.source);
		audit_append(core->store, hl_wall_ms(core->clock), session_name(call->session), "contacts.import", object, detail);
	}
	settle(call, err, &why);
}

void control_contacts_import_drop(struct control_call *call)
{
	struct hl_reason why;

	settle(call, import_drop(contacts_import(call->core), import_of(call), &why), &why);
}

/* ---- progress ---------------------------------------------------------------------------------------------------------- */

static void on_told(void *arg, const struct import_row *row)
{
	static const char *const states[] = { "staging", "applying", "done", "dropped" };

	control_ok(arg, json_pack("{s:s, s:I, s:I, s:I, s:I, s:I, s:I}", "state", states[row->state & 3], "staged", (json_int_t)row->staged,
		"applied", (json_int_t)row->applied, "added", (json_int_t)row->added, "changed", (json_int_t)row->changed, "doubled",
		(json_int_t)row->doubled, "stopped", (json_int_t)row->stopped));
}

void control_contacts_import_wait(struct control_call *call)
{
	struct import *m = contacts_import(call->core);
	struct control_call *kept;

	if (import_is_waited(m)) {
		control_fail(call, HL_EBUSY, "somebody is waiting for it already");
		return;
	}
	kept = control_keep(call);
	import_tell(m, import_of(call), on_told, kept);
}
