/* roster.override.add, override.remove, reload, import (core/control/control.h): every change, and what was refused, is in the audit
 * trail. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "conf/conf.h"
#include "core/control/control.h"
#include "core/duty/live.h"
#include "core/people/case_visible.h"
#include "core/people/units.h"
#include "core/roster/local_time.h"
#include "store/audit.h"

#define ERRORS_SHOWN 50

static void record(const struct control_call *call, const char *action, const char *object, const char *detail)
{
	audit_append(call->core->store, hl_wall_ms(call->core->clock), control_actor(call), action, object, detail);
}

/* People of the unit may change its shifts, and coordinators those of every unit but the independent one's. */
static bool may_change(struct control_call *call, const char *unit)
{
	const struct unit *own = call->core->units ? unit_by_id(call->core->units, session_unit(call->session)) : NULL;

	if (own && strcmp(own->name, unit) == 0)
		return true;
	if (session_role(call->session) == PERSON_COORDINATOR && strcmp(unit, CASE_UNIT_APART) != 0)
		return true;
	record(call, "roster.override.failed", unit, "neither of the unit nor a coordinator");
	control_fail(call, HL_EAUTH, "only people of %s%s may change who is on duty there", unit,
		strcmp(unit, CASE_UNIT_APART) == 0 ? "" : " and coordinators");
	return false;
}

/* ---- overrides ---------------------------------------------------------------------------------------------------- */

/* The unit of what is to be overridden. False after answering. */
static bool read_place(struct control_call *call, struct roster_override_row *row)
{
	const struct schedule *s = roster_schedule(call->core->roster);
	const char *rotation = control_text(call, "rotation"), *unit = control_text(call, "unit");

	hl_strlcpy(row->unit, sizeof(row->unit), unit ? unit : "ATPU");
	for (size_t i = 0; rotation && i < s->rotation_count; i++) {
		if (strcmp(s->rotations[i].name, rotation) == 0) {
			hl_strlcpy(row->rotation, sizeof(row->rotation), rotation);
			hl_strlcpy(row->unit, sizeof(row->unit), s->rotations[i].unit);
		}
	}
	if (rotation && !*row->rotation)
		control_fail(call, HL_ENOENT, "the roster has no rotation of that name: hotlinectl roster show");
	else if (unit && strcmp(unit, row->unit) != 0)
		control_fail(call, HL_EINVAL, "that rotation is of %s", row->unit);
	else if (!schedule_has_unit(s, row->unit))
		control_fail(call, HL_EINVAL, "%.15s has no rotation that could be overridden: all its officers are on duty", row->unit);
	else
		return true;
	return false;
}

static bool read_time(struct control_call *call, const char *field, int64_t *ms)
{
	const char *text = control_text(call, field);

	if (text && local_time_read(text, ms))
		return true;
	control_fail(call, HL_EINVAL, "%s must be a date and time such as \"2026-12-24 08:00\"", field);
	return false;
}

static bool read_times(struct control_call *call, struct roster_override_row *row)
{
	row->from_ms = row->made_ms;
	if ((control_text(call, "from") && !read_time(call, "from", &row->from_ms)) || !read_time(call, "to", &row->to_ms))
		return false;
	if (row->to_ms <= row->from_ms)
		control_fail(call, HL_EINVAL, "an override must end after it begins");
	else if (row->to_ms <= row->made_ms)
		control_fail(call, HL_EINVAL, "that is over already");
	else
		return true;
	return false;
}

/* Names, each once; an empty list is nobody. */
static bool read_people(struct control_call *call, struct roster_override_row *row)
{
	const json_t *list = json_object_get(call->request, "people");
	size_t len = 0;

	if (!json_is_array(list) || json_array_size(list) > SCHEDULE_PEOPLE_MAX) {
		control_fail(call, HL_EINVAL, "people must be a list of at most %d names", SCHEDULE_PEOPLE_MAX);
		return false;
	}
	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *name = json_string_value(json_array_get(list, i));
		const struct roster_person *p = name ? roster_find_name(call->core->roster, name) : NULL;
		if (!p || strcmp(p->unit, row->unit) != 0) {
			control_fail(call, HL_ENOENT, p ? "\"%s\" is not of %s" : "nobody of the roster is named \"%s\": hotlinectl roster show",
				name ? name : "", row->unit);
			return false;
		}
		len += (size_t)snprintf(row->names + len, sizeof(row->names) - len, "%s%s", i ? "\n" : "", p->name);
	}
	return true;
}

/* As many whole names as there is room for. */
static void write_names(const char *names, char *out, size_t size)
{
	size_t at = 0;

	hl_strlcpy(out, size, *names ? "" : "nobody");
	for (; *names; names += strcspn(names, "\n"), names += *names == '\n') {
		size_t len = strcspn(names, "\n");
		if (at + len + sizeof(", ...") > size) {
			hl_strlcpy(out + at, size - at, "...");
			return;
		}
		at += (size_t)snprintf(out + at, size - at, "%s%.*s", at ? ", " : "", (int)len, names);
	}
}

static void tell_override(const struct control_call *call, const char *action, const struct roster_override_row *row)
{
	char object[64], detail[128], names[80], from[17], to[17];

	local_time_write(row->from_ms, from);
	local_time_write(row->to_ms, to);
	snprintf(object, sizeof(object), "%s %" PRId64, row->unit, row->id);
	write_names(row->names, names, sizeof(names));
	snprintf(detail, sizeof(detail), "%s to %s: %s", from, to, names);
	record(call, action, object, detail);
	roster_live_overrides_changed(call->core);
	control_event(call->core, "roster", json_pack("{s:s}", "change", "override"));
}

void control_roster_override_add(struct control_call *call)
{
	struct core *core = call->core;
	struct roster_override_row *row = hl_calloc(1, sizeof(*row));

	row->made_ms = hl_wall_ms(core->clock);
	hl_strlcpy(row->author, sizeof(row->author), control_actor(call));
	if (read_place(call, row) && may_change(call, row->unit) && read_times(call, row) && read_people(call, row)) {
		roster_override_forget(core->store, row->made_ms - ROSTER_LIVE_KEPT_MS);
		if (roster_override_count(core->store, row->made_ms - ROSTER_LIVE_KEPT_MS) >= ROSTER_LIVE_OVERRIDES_MAX) {
			control_fail(call, HL_ERANGE, "there are %d overrides: remove some, or change the rotations", ROSTER_LIVE_OVERRIDES_MAX);
		} else {
			roster_override_insert(core->store, row);
			tell_override(call, "roster.override.add", row);
			control_ok(call, json_pack("{s:I, s:s}", "override", (json_int_t)row->id, "unit", row->unit));
		}
	}
	free(row);
}

void control_roster_override_remove(struct control_call *call)
{
	int64_t id = json_integer_value(json_object_get(call->request, "override"));
	struct roster_override_row *row = hl_calloc(1, sizeof(*row));

	if (id <= 0 || !roster_override_get(call->core->store, id, row)) {
		control_fail(call, HL_ENOENT, "there is no such override; one of the file is taken out of the file");
	} else if (may_change(call, row->unit)) {
		roster_override_delete(call->core->store, id);
		tell_override(call, "roster.override.remove", row);
		control_ok(call, NULL);
	}
	free(row);
}

/* ---- whole rosters ------------------------------------------------------------------------------------------------ */

static void answer(struct control_call *call, bool taken, const struct conf_errors *e)
{
	json_t *list = json_array();

	for (size_t i = 0; i < e->count && i < CONF_ERRORS_MAX && i < ERRORS_SHOWN; i++)
		json_array_append_new(list, json_string(e->list[i].text));
	control_ok(call, json_pack("{s:b, s:I, s:o}", "taken", taken, "count", (json_int_t)e->count, "errors", list));
}

void control_roster_reload(struct control_call *call)
{
	struct conf_errors *e = hl_calloc(1, sizeof(*e));

	answer(call, roster_live_reload(call->core, control_actor(call), e), e);
	free(e);
}

void control_roster_import(struct control_call *call)
{
	const json_t *text = json_object_get(call->request, "text");
	struct conf_errors *e;

	if (!json_is_true(json_object_get(call->request, "file")) &&
		(json_string_length(text) == 0 || json_string_length(text) > ROSTER_LIVE_TEXT_MAX)) {
		control_fail(call, HL_EINVAL, "a roster of 1 to %d octets belongs into text", ROSTER_LIVE_TEXT_MAX);
		return;
	}
	e = hl_calloc(1, sizeof(*e));
	if (json_is_true(json_object_get(call->request, "file")))
		answer(call, roster_live_use_file(call->core, control_actor(call), e), e);
	else
		answer(call, roster_live_import(call->core, control_actor(call), json_string_value(text), json_string_length(text), e), e);
	free(e);
}
