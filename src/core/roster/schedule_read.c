#include "core/roster/schedule_read.h"

#include <string.h>

#include "base/mem.h"
#include "core/roster/local_time.h"

#define EVERY_DAY 0x7fu

/* A group as the file has it. */
struct rotation_entry {
	char name[32], unit[SCHEDULE_UNIT_SIZE], shift[12], start[17], hand_over[8], from[8], to[8], days[64], holidays[8];
	int64_t hours;
};

struct override_entry { char rotation[32], unit[SCHEDULE_UNIT_SIZE], from[17], to[17]; };

#define R(f) offsetof(struct rotation_entry, f), sizeof(((struct rotation_entry *)0)->f)
#define O(f) offsetof(struct override_entry, f), sizeof(((struct override_entry *)0)->f)

static const struct conf_key rotation_keys[] = {
	{ "name", CONF_STRING, true, R(name), 0, 0, NULL },
	{ "unit", CONF_STRING, false, R(unit), 0, 0, "ATPU" },
	{ "people", CONF_ANY, true, 0, 0, 0, 0, NULL },
	{ "shift", CONF_STRING, false, R(shift), 0, 0, "weekly" },
	{ "hours", CONF_INT, false, R(hours), 1, 24 * 31, "12" },
	{ "start", CONF_STRING, true, R(start), 0, 0, NULL },
	{ "hand_over", CONF_STRING, false, R(hand_over), 0, 0, "08:00" },
	{ "from", CONF_STRING, false, R(from), 0, 0, "00:00" },
	{ "to", CONF_STRING, false, R(to), 0, 0, "00:00" },
	{ "days", CONF_STRING, false, R(days), 0, 0, "" },
	{ "holidays", CONF_STRING, false, R(holidays), 0, 0, "also" },
	{ NULL, CONF_ANY, false, 0, 0, 0, 0, NULL },
};

static const struct conf_key override_keys[] = {
	{ "rotation", CONF_STRING, false, O(rotation), 0, 0, "" },
	{ "unit", CONF_STRING, false, O(unit), 0, 0, "ATPU" },
	{ "from", CONF_STRING, true, O(from), 0, 0, NULL },
	{ "to", CONF_STRING, true, O(to), 0, 0, NULL },
	{ "people", CONF_ANY, true, 0, 0, 0, 0, NULL },
	{ NULL, CONF_ANY, false, 0, 0, 0, 0, NULL },
};

struct reader {
	struct schedule *s;
	const char *path;
	const config_setting_t *group;
	const struct roster *roster;
	struct conf_errors *e;
};

#define TELL(r, key, ...) conf_error((r)->e, (r)->path, conf_line((r)->group, key), __VA_ARGS__)

/* ---- words -------------------------------------------------------------------------------------------------------- */

static int index_of(const char *word, size_t len, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(names[i]) == len && memcmp(names[i], word, len) == 0)
			return (int)i;
	return -1;
}

/* The place of the word among the names, 0 with an error where it is none of them. */
static int choose(const struct reader *r, const char *key, const char *word, const char *const *names, size_t count)
{
	int i = index_of(word, strlen(word), names, count);

	if (i >= 0)
		return i;
	TELL(r, key, "%s \"%s\" must be \"%s\", \"%s\" or \"%s\"", key, word, names[0], names[1], names[2]);
	return 0;
}

static unsigned read_days(const struct reader *r, const char *text)
{
	static const char *const names[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
	unsigned days = 0;

	for (text += strspn(text, " "); *text; text += strspn(text, " ")) {
		size_t len = strcspn(text, " ");
		int day = index_of(text, len, names, 7);
		if (day < 0)
			TELL(r, "days", "days: \"%.*s\" is none of mon tue wed thu fri sat sun", (int)len, text);
		else
			days |= 1u << day;
		text += len;
	}
	return days ? days : EVERY_DAY;
}

static int64_t read_minute(const struct reader *r, const char *key, const char *text)
{
	int64_t minute = 0;

	if (!local_minute_read(text, &minute))
		TELL(r, key, "%s \"%s\" must be a time of day such as \"08:00\"", key, text);
	return minute % (24 * 60);
}

static int64_t read_time(const struct reader *r, const char *key, const char *text)
{
	int64_t wall_ms = 0;

	if (*text && !local_time_read(text, &wall_ms))
		TELL(r, key, "%s \"%s\" must be a date and time such as \"2026-12-24 08:00\"", key, text);
	return wall_ms;
}

static int64_t read_day(const struct reader *r, const char *key, const char *text)
{
	int64_t day = 0;

	if (*text && !local_day_read(text, &day))
		TELL(r, key, "%s \"%s\" must be a date such as \"2026-12-24\"", key, text);
	return day;
}

/* Names of people, as places in the roster; those who are not of the unit would not be told of its cases. */
static void read_people(const struct reader *r, const char *unit, struct schedule_people *people)
{
	const config_setting_t *list = config_setting_get_member(r->group, "people");

	for (int i = 0; list && i < config_setting_length(list); i++) {
		const char *name = config_setting_get_string_elem(list, i);
		const struct roster_person *p = name ? roster_find_name(r->roster, name) : NULL;
		if (!p)
			TELL(r, "people", "people: nobody of this roster is named \"%s\"", name ? name : "(not a text)");
		else if (strcmp(p->unit, unit) != 0)
			TELL(r, "people", "people: \"%s\" is not of %s", name, unit);
		else if (people->count == SCHEDULE_PEOPLE_MAX)
			TELL(r, "people", "people: more than %d", SCHEDULE_PEOPLE_MAX);
		else
			people->list[people->count++] = roster_place(r->roster, p);
	}
}

/* ---- groups ------------------------------------------------------------------------------------------------------- */

static void read_rotation(struct reader *r)
{
	static const char *const shifts[] = { "daily", "weekly", "hours" }, *const holidays[] = { "also", "not", "only" };
	struct schedule_rotation *o = &r->s->rotations[r->s->rotation_count];
	struct rotation_entry entry = { "", "", "", "", "", "", "", "", "", 0 };

	if (r->s->rotation_count == SCHEDULE_ROTATIONS_MAX) {
		TELL(r, "name", "more than %d rotations", SCHEDULE_ROTATIONS_MAX);
		return;
	}
	*o = (struct schedule_rotation){ .hours = 0 };
	conf_read_group(r->path, (config_setting_t *)r->group, rotation_keys, &entry, r->e);
	hl_strlcpy(o->name, sizeof(o->name), entry.name);
	hl_strlcpy(o->unit, sizeof(o->unit), entry.unit);
	for (size_t i = 0; i < r->s->rotation_count; i++)
		if (*o->name && strcmp(o->name, r->s->rotations[i].name) == 0)
			TELL(r, "name", "two rotations are named \"%s\"", o->name);
	read_people(r, o->unit, &o->people);
	if (config_setting_get_member(r->group, "people") && config_setting_length(config_setting_get_member(r->group, "people")) == 0)
		TELL(r, "people", "people: a rotation needs somebody");
	o->shift = (enum schedule_shift)choose(r, "shift", entry.shift, shifts, 3);
	o->hours = entry.hours ? entry.hours : 1;
	o->start_day = read_day(r, "start", entry.start);
	o->hand_over_min = read_minute(r, "hand_over", entry.hand_over);
	o->from_min = read_minute(r, "from", entry.from);
	o->to_min = read_minute(r, "to", entry.to);
	o->weekdays = read_days(r, entry.days);
	o->holidays = (enum schedule_holidays)choose(r, "holidays", entry.holidays, holidays, 3);
	r->s->rotation_count++;
}

static int rotation_named(const struct schedule *s, const char *name)
{
	for (size_t i = 0; i < s->rotation_count; i++)
		if (strcmp(s->rotations[i].name, name) == 0)
			return (int)i;
	return SCHEDULE_ALL;
}

static void read_override(struct reader *r)
{
	struct schedule_override *o = &r->s->overrides[r->s->override_count];
	struct override_entry entry = { "", "", "", "" };

	if (r->s->override_count == SCHEDULE_OVERRIDES_MAX) {
		TELL(r, "from", "more than %d overrides", SCHEDULE_OVERRIDES_MAX);
		return;
	}
	*o = (struct schedule_override){ .rotation = SCHEDULE_ALL };
	conf_read_group(r->path, (config_setting_t *)r->group, override_keys, &entry, r->e);
	if (*entry.rotation)
		o->rotation = rotation_named(r->s, entry.rotation);
	if (*entry.rotation && o->rotation == SCHEDULE_ALL)
		TELL(r, "rotation", "rotation \"%s\" is not in this file", entry.rotation);
	hl_strlcpy(o->unit, sizeof(o->unit), o->rotation == SCHEDULE_ALL ? entry.unit : r->s->rotations[o->rotation].unit);
	o->from_ms = read_time(r, "from", entry.from);
	o->to_ms = read_time(r, "to", entry.to);
	if (o->to_ms <= o->from_ms)
		TELL(r, "to", "an override must end after it begins");
	read_people(r, o->unit, &o->people);
	r->s->override_count++;
}

static void read_groups(struct reader *r, const config_setting_t *root, const char *key, void (*read)(struct reader *r))
{
	const config_setting_t *list = config_setting_get_member(root, key);

	for (int i = 0; list && i < config_setting_length(list); i++) {
		r->group = config_setting_get_elem(list, (unsigned)i);
		if (config_setting_type(r->group) == CONFIG_TYPE_GROUP)
			read(r);
	}
}

static void read_holidays(struct reader *r, const config_setting_t *root)
{
	const config_setting_t *list = config_setting_get_member(root, "holidays");

	r->group = root;
	for (int i = 0; list && i < config_setting_length(list); i++) {
		const char *text = config_setting_get_string_elem(list, i);
		if (r->s->holiday_count == SCHEDULE_HOLIDAYS_MAX) {
			TELL(r, "holidays", "more than %d holidays", SCHEDULE_HOLIDAYS_MAX);
			return;
		}
		r->s->holidays[r->s->holiday_count++] = read_day(r, "holidays", text && *text ? text : "(not a text)");
	}
}

void schedule_read(struct schedule *s, const char *path, const config_setting_t *root, const struct roster *roster,
	struct conf_errors *e)
{
	struct reader r = { s, path, root, roster, e };

	memset(s, 0, sizeof(*s));
	read_groups(&r, root, "rotations", read_rotation);
	read_groups(&r, root, "overrides", read_override);
	read_holidays(&r, root);
}
