/* roster.show, who, spans (core/control/control.h): names only, never a number; of the unit that gets conflicts of interest nothing to
 * others, because who sits there is nobody else's to know. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "conf/conf.h"
#include "core/control/control.h"
#include "core/control/control_list.h"
#include "core/duty/live.h"
#include "core/people/case_visible.h"
#include "core/roster/local_time.h"
#include "store/swap.h"

#define DAY_MS (24 * 60 * 60 * INT64_C(1000))
#define SPANS_DAYS_MOST 366
#define SPANS_AT_A_TIME 128

static json_t *local_json(int64_t wall_ms)
{
	char text[17];

	local_time_write(wall_ms, text);
	return json_string(text);
}

static bool may_tell(const struct control_call *call, const char *unit)
{
	return strcmp(unit, CASE_UNIT_APART) != 0 || case_may_know_apart(call->core, call->session);
}

static json_t *names_json(const struct roster *r, const struct schedule_people *people)
{
	json_t *list = json_array();

	for (size_t i = 0; i < people->count; i++)
		json_array_append_new(list, json_string(roster_person(r, people->list[i])->name));
	return list;
}

static void add_time(json_t *o, const char *key, const char *key_ms, int64_t wall_ms)
{
	json_object_set_new(o, key, local_json(wall_ms));
	json_object_set_new(o, key_ms, json_integer(wall_ms));
}

/* ---- show --------------------------------------------------------------------------------------------------------- */

static json_t *person_json(const struct roster_person *p)
{
	json_t *o = json_pack("{s:s, s:s, s:s, s:s}", "name", p->name, "role", roster_role_name(p->role), "unit", p->unit, "language", p->language);

	if (p->quiet_from_min != p->quiet_to_min)
		json_object_set_new(o, "quiet", json_sprintf("%02d:%02d-%02d:%02d", (int)(p->quiet_from_min / 60), (int)(p->quiet_from_min % 60),
			(int)(p->quiet_to_min / 60), (int)(p->quiet_to_min % 60)));
	return o;
}

static json_t *people_json(const struct control_call *call)
{
	const struct roster *r = call->core->roster;
	json_t *list = json_array();

	for (size_t i = 0; i < roster_count(r); i++)
		if (may_tell(call, roster_person(r, i)->unit))
			json_array_append_new(list, person_json(roster_person(r, i)));
	return list;
}

static json_t *rotations_json(const struct control_call *call, int64_t now)
{
	static const char *const shifts[] = { "daily", "weekly", "hours" };
	const struct roster *r = call->core->roster;
	const struct schedule *s = roster_schedule(r);
	json_t *list = json_array();

	for (size_t i = 0; i < s->rotation_count; i++) {
		const struct schedule_rotation *o = &s->rotations[i];
		struct schedule_people people;
		if (!may_tell(call, o->unit))
			continue;
		schedule_on_duty(s, i, now, &people);
		json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:o, s:o}", "name", o->name, "unit", o->unit, "shift", shifts[o->shift],
			"people", names_json(r, &o->people), "now", names_json(r, &people)));
	}
	return list;
}

static json_t *overrides_json(const struct control_call *call, int64_t now)
{
	const struct roster *r = call->core->roster;
	const struct schedule *s = roster_schedule(r);
	json_t *list = json_array();

	for (size_t i = 0; i < s->override_count; i++) {
		const struct schedule_override *o = &s->overrides[i];
		json_t *item;
		if (o->to_ms <= now || !may_tell(call, o->unit))
			continue;
		item = json_pack("{s:I, s:s, s:s, s:o}", "id", (json_int_t)o->id, "unit", o->unit, "rotation",
			o->rotation == SCHEDULE_ALL ? "" : s->rotations[o->rotation].name, "people", names_json(r, &o->people));
		add_time(item, "from", "from_ms", o->from_ms);
		add_time(item, "to", "to_ms", o->to_ms);
		json_array_append_new(list, item);
	}
	return list;
}

#define SWAPS_SHOWN 50

/* Shifts that colleagues were asked to take and have not answered; never the code. */
static json_t *swaps_json(const struct control_call *call, int64_t now)
{
	struct swap_row *rows = hl_calloc(SWAPS_SHOWN, sizeof(*rows));
	size_t n = store_swap_open(call->core->store, rows, SWAPS_SHOWN);
	json_t *list = json_array();

	for (size_t i = 0; i < n; i++) {
		json_t *item;
		if (rows[i].expires_ms <= now || !may_tell(call, rows[i].unit))
			continue;
		item = json_pack("{s:s, s:s, s:s, s:s}", "asker", rows[i].asker, "taker", rows[i].taker, "unit", rows[i].unit, "rotation",
			rows[i].rotation);
		add_time(item, "from", "from_ms", rows[i].from_ms);
		add_time(item, "to", "to_ms", rows[i].to_ms);
		add_time(item, "until", "until_ms", rows[i].expires_ms);
		json_array_append_new(list, item);
	}
	explicit_bzero(rows, SWAPS_SHOWN * sizeof(*rows));
	free(rows);
	return list;
}

#define COVER_SHOWN 50

static json_t *cover_json(const struct control_call *call, bool doubled)
{
	size_t n;
	const struct cover_span *c = roster_live_cover(call->core, &n);
	json_t *list = json_array();

	for (size_t i = 0; i < n && json_array_size(list) < COVER_SHOWN; i++) {
		json_t *item;
		if (c[i].doubled != doubled || !may_tell(call, c[i].unit))
			continue;
		item = json_pack("{s:s}", "unit", c[i].unit);
		add_time(item, "from", "from_ms", c[i].from_ms);
		add_time(item, "to", "to_ms", c[i].to_ms);
		json_array_append_new(list, item);
	}
	return list;
}

void control_roster_show(struct control_call *call)
{
	const struct core *core = call->core;
	int64_t now = hl_wall_ms(core->clock);
	const char *by = roster_live_imported_by(core);

	control_ok(call, json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:s, s:s, s:o}", "people", people_json(call), "rotations",
		rotations_json(call, now), "overrides", overrides_json(call, now), "swaps", swaps_json(call, now), "gaps", cover_json(call, false), "double",
		cover_json(call, true), "source", by ? "import" : "file", "imported_by", by ? by : "", "warnings", roster_live_complaints(core)));
}

/* ---- who ---------------------------------------------------------------------------------------------------------- */

static json_t *unit_json(const struct roster *r, const char *unit, int64_t at)
{
	const struct schedule *s = roster_schedule(r);
	struct schedule_span spans[2];
	size_t n = schedule_spans(s, SCHEDULE_ALL, unit, at, at + ROSTER_LIVE_DAYS * DAY_MS, spans, 1);
	json_t *o = json_pack("{s:s, s:o, s:I}", "unit", unit, "people", names_json(r, &spans[0].people), "rotations",
		(json_int_t)(n ? spans[0].rotations : 0));

	if (n && spans[0].to_ms < at + ROSTER_LIVE_DAYS * DAY_MS)
		add_time(o, "until", "until_ms", spans[0].to_ms);
	return o;
}

/* Fields with a local time; *ms stays where there is none. False after answering. */
static bool time_asked(struct control_call *call, const char *field, int64_t *ms)
{
	const char *text = control_text(call, field);

	if (!text || local_time_read(text, ms))
		return true;
	control_fail(call, HL_EINVAL, "%s must be a date and time such as \"2026-12-24 08:00\"", field);
	return false;
}

void control_roster_who(struct control_call *call)
{
	const struct roster *r = call->core->roster;
	const char *units[SCHEDULE_ROTATIONS_MAX];
	size_t n = cover_units(roster_schedule(r), units);
	int64_t at = hl_wall_ms(call->core->clock);
	json_t *list, *body;

	if (!time_asked(call, "at", &at))
		return;
	list = json_array();
	for (size_t i = 0; i < n; i++)
		if (may_tell(call, units[i]))
			json_array_append_new(list, unit_json(r, units[i], at));
	body = json_pack("{s:o}", "units", list);
	add_time(body, "at", "at_ms", at);
	control_ok(call, body);
}

/* ---- spans -------------------------------------------------------------------------------------------------------- */

/* The first day of the month before: shifts that are under way begin at the same time in each export of a month. */
static int64_t window_start(int64_t now)
{
	char text[17];
	int year, month;
	int64_t ms = now;

	local_time_write(now, text);
	year = (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + text[3] - '0';
	month = (text[5] - '0') * 10 + text[6] - '0' - 1;
	if (month == 0) {
		month = 12;
		year--;
	}
	snprintf(text, sizeof(text), "%04d-%02d-01", year % 10000, month % 100);
	local_time_read(text, &ms);
	return ms;
}

static json_t *span_json(const struct roster *r, const char *rotation, const char *unit, const struct schedule_span *span)
{
	json_t *item = json_pack("{s:s, s:s, s:o}", "rotation", rotation, "unit", unit, "people", names_json(r, &span->people));

	add_time(item, "from", "from_ms", span->from_ms);
	add_time(item, "to", "to_ms", span->to_ms);
	return item;
}

/* From this time on; those that are over by then are left out. *next is where to go on. False where the answer is full. */
static bool add_spans(struct control_list *list, const struct roster *r, size_t rotation, int64_t from, int64_t not_before, int64_t to,
	int64_t *next)
{
	static struct schedule_span spans[SPANS_AT_A_TIME];
	const struct schedule_rotation *o = &roster_schedule(r)->rotations[rotation];

	while (from < to) {
		size_t n = schedule_spans(roster_schedule(r), (int)rotation, o->unit, from, to, spans, SPANS_AT_A_TIME);
		for (size_t i = 0; i < n; i++) {
			*next = spans[i].from_ms;
			if (spans[i].to_ms > not_before && spans[i].people.count &&
				!control_list_add(list, span_json(r, o->name, o->unit, &spans[i])))
				return false;
		}
		if (n == 0)
			break;
		from = spans[n - 1].to_ms;
	}
	return true;
}

void control_roster_spans(struct control_call *call)
{
	const struct roster *r = call->core->roster;
	const struct schedule *s = roster_schedule(r);
	int64_t days = json_integer_value(json_object_get(call->request, "days")), now = hl_wall_ms(call->core->clock);
	int64_t from = json_integer_value(json_object_get(call->request, "after_ms")), next = 0, to;
	json_int_t rotation = json_integer_value(json_object_get(call->request, "after_rotation"));
	struct control_list list;
	bool room = true;
	json_t *body;

	days = days < 1 ? ROSTER_LIVE_DAYS : days > SPANS_DAYS_MOST ? SPANS_DAYS_MOST : days;
	to = now - now % DAY_MS + (days + 1) * DAY_MS;
	if (from < window_start(now))
		from = window_start(now);
	control_list_begin(&list, "spans");
	for (; room && rotation >= 0 && rotation < (json_int_t)s->rotation_count; rotation += room) {
		if (!may_tell(call, s->rotations[rotation].unit)) {
			from = window_start(now);
			continue;
		}
		room = add_spans(&list, r, (size_t)rotation, from, now, to, &next);
		from = room ? window_start(now) : from;
	}
	body = control_list_end(&list, room);
	if (!room) {
		json_object_set_new(body, "after_rotation", json_integer(rotation));
		json_object_set_new(body, "after_ms", json_integer(next));
	}
	control_ok(call, body);
}
