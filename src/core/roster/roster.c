#include "core/roster/roster.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "conf/conf.h"
#include "core/config/wording.h"
#include "core/roster/address.h"
#include "core/roster/local_time.h"
#include "core/roster/roster_inside.h"
#include "core/roster/roster_number.h"
#include "core/roster/schedule_read.h"

#define DAY_MINUTES 1440
#define MINUTE_MS INT64_C(60000)

/* A person as the file has it. */
struct entry {
	char name[64], role[16], number[64], language[8], unit[ROSTER_UNIT_SIZE], quiet[16];
	char mail[ROSTER_ADDRESS_MAX + 1], webhook[ROSTER_ADDRESS_MAX + 1];
};

#define E(f) offsetof(struct entry, f), sizeof(((struct entry *)0)->f)

static const struct conf_key root_keys[] = {
	{ "people", CONF_GROUP_LIST, true, 0, 0, 0, 0, NULL },
	{ "rotations", CONF_GROUP_LIST, false, 0, 0, 0, 0, NULL },
	{ "overrides", CONF_GROUP_LIST, false, 0, 0, 0, 0, NULL },
	{ "holidays", CONF_ANY, false, 0, 0, 0, 0, NULL },
	{ NULL, CONF_ANY, false, 0, 0, 0, 0, NULL },
};

static const struct conf_key person_keys[] = {
	{ "name", CONF_STRING, true, E(name), 0, 0, NULL },
	{ "role", CONF_STRING, true, E(role), 0, 0, NULL },
	{ "number", CONF_STRING, true, E(number), 0, 0, NULL },
	{ "language", CONF_STRING, false, E(language), 0, 0, "mn" },
	{ "unit", CONF_STRING, false, E(unit), 0, 0, "" },
	{ "quiet", CONF_STRING, false, E(quiet), 0, 0, "" },
	{ "mail", CONF_STRING, false, E(mail), 0, 0, "" },
	{ "webhook", CONF_STRING, false, E(webhook), 0, 0, "" },
	{ NULL, CONF_ANY, false, 0, 0, 0, 0, NULL },
};

static const char *const role_names[ROSTER_ROLES] = { "officer", "coordinator", "operator" };
static const char *const role_units[ROSTER_ROLES] = { "ATPU", "MDTF", "" }; /* where the file names none */

const char *roster_role_name(enum roster_role role)
{
	return (unsigned)role < ROSTER_ROLES ? role_names[role] : "?";
}

static bool role_from_name(const char *name, enum roster_role *role)
{
	for (int i = 0; i < ROSTER_ROLES; i++) {
		if (strcmp(name, role_names[i]) == 0) {
			*role = (enum roster_role)i;
			return true;
		}
	}
	return false;
}

/* Where a person's group stands. */
struct place {
	const char *path;
	const config_setting_t *group;
	struct conf_errors *e;
};

#define TELL(where, key, ...) conf_error((where)->e, (where)->path, conf_line((where)->group, key), __VA_ARGS__)

/* Units are made by init; these are the ones it makes. An operator is told of no case. */
static void check_unit(const struct place *where, const struct entry *entry, struct roster_person *p)
{
	static const char *const units[] = { "ATPU", "MDTF", "IND" };
	size_t i = 0;

	hl_strlcpy(p->unit, sizeof(p->unit), role_units[p->role]);
	if (!*entry->unit || p->role == ROSTER_OPERATOR)
		return;
	while (i < sizeof(units) / sizeof(*units) && strcmp(units[i], entry->unit) != 0)
		i++;
	if (i == sizeof(units) / sizeof(*units))
		TELL(where, "unit", "unit must be \"ATPU\", \"MDTF\" or \"IND\"");
	else
		hl_strlcpy(p->unit, sizeof(p->unit), entry->unit);
}

/* "22:00-07:00" */
static void check_quiet(const struct place *where, const char *text, struct roster_person *p)
{
	char from[6], to[6];

	if (!*text)
		return;
	hl_strlcpy(from, sizeof(from), text);
	hl_strlcpy(to, sizeof(to), strlen(text) == 11 ? text + 6 : "");
	if (strlen(text) != 11 || text[5] != '-' || !local_minute_read(from, &p->quiet_from_min) ||
		!local_minute_read(to, &p->quiet_to_min) || p->quiet_from_min == p->quiet_to_min)
		TELL(where, "quiet", "quiet must be two different times of day such as \"22:00-07:00\"");
}

static void check_number(const struct place *where, const char *text, const char *country, struct roster_person *p)
{
	const char *why = roster_number_read(text, country, &p->number);

	if (why)
		TELL(where, "number", "number %s: write a whole telephone number, such as \"+976 0000 1234\"", why);
}

/* Addresses are not told either: a webhook's URL may have a secret in it. */
static void check_addresses(const struct place *where, const struct entry *entry, struct roster_person *p)
{
	const char *why;

	hl_strlcpy(p->mail, sizeof(p->mail), entry->mail);
	hl_strlcpy(p->webhook, sizeof(p->webhook), entry->webhook);
	why = *p->mail ? address_check_mail(p->mail) : NULL;
	if (why)
		TELL(where, "mail", "mail %s", why);
	why = *p->webhook ? address_check_webhook(p->webhook) : NULL;
	if (why)
		TELL(where, "webhook", "webhook %s", why);
}

/* Fills the person from the entry. The number itself is never told: errors reach logs. */
static void check_entry(const struct place *where, const struct entry *entry, const char *country,
	struct roster_person *p)
{
	enum wording_language language;

	hl_strlcpy(p->name, sizeof(p->name), entry->name);
	hl_strlcpy(p->language, sizeof(p->language), entry->language);
	for (const char *c = entry->name; *c; c++) {
		if ((unsigned char)*c < 0x20) {
			TELL(where, "name", "name must be one line without control characters");
			break;
		}
	}
	if (*entry->role && !role_from_name(entry->role, &p->role))
		TELL(where, "role", "role must be \"officer\", \"coordinator\" or \"operator\"");
	check_unit(where, entry, p);
	if (!wording_language_from_name(entry->language, &language))
		TELL(where, "language", "language \"%s\" must be \"mn\", \"mn-latn\" or \"en\"", entry->language);
	if (*entry->number)
		check_number(where, entry->number, country, p);
	check_quiet(where, entry->quiet, p);
	check_addresses(where, entry, p);
}

static void check_is_new(const struct place *where, const struct roster *r, const struct roster_person *p)
{
	for (size_t i = 0; i < r->count; i++) {
		if (*p->name && strcmp(r->list[i].name, p->name) == 0)
			TELL(where, "name", "two people are named \"%s\"", p->name);
		if (*p->number.e164 && strcmp(r->list[i].number.e164, p->number.e164) == 0)
			TELL(where, "number", "\"%s\" and \"%s\" have the same number", r->list[i].name, p->name);
	}
}

static void read_people(const char *path, config_setting_t *list, const char *country, struct roster *r,
	struct conf_errors *e)
{
	for (int i = 0; list && i < config_setting_length(list); i++) {
		config_setting_t *group = config_setting_get_elem(list, (unsigned)i);
		struct place where = { path, group, e };
		struct roster_person *p = &r->list[r->count];
		struct entry entry = { .name = "" };
		if (config_setting_type(group) != CONFIG_TYPE_GROUP)
			continue; /* told by the table */
		if (r->count == ROSTER_MAX) {
			conf_error(e, path, (int)config_setting_source_line(group), "more than %d people", ROSTER_MAX);
			return;
		}
		conf_read_group(path, group, person_keys, &entry, e);
		check_entry(&where, &entry, country, p);
		check_is_new(&where, r, p);
		r->count++;
	}
}

/* Ends with cfg; NULL where errors were added since `before` of them. */
static struct roster *build(const char *path, config_t *cfg, bool parsed, const char *country, struct conf_errors *errors, size_t before)
{
	struct roster *r = hl_calloc(1, sizeof(*r));

	if (parsed) {
		config_setting_t *root = config_root_setting(cfg);
		conf_read_group(path, root, root_keys, NULL, errors);
		read_people(path, config_setting_get_member(root, "people"), country, r, errors);
		schedule_read(&r->schedule, path, root, r, errors);
		r->own_overrides = r->schedule.override_count;
	}
	config_destroy(cfg);
	if (errors->count == before)
		return r;
	roster_free(r);
	return NULL;
}

struct roster *roster_load(const char *path, const char *country, struct conf_errors *errors)
{
	struct roster_stamp stamp = { 0, 0, 0, 0 };
	size_t before = errors->count;
	struct roster *r;
	config_t cfg;

	roster_stamp_of(path, &stamp); /* before it is read: who changes it meanwhile is found by the next look */
	r = build(path, &cfg, conf_read(path, &cfg, errors) == 0, country, errors, before);
	if (r)
		r->stamp = stamp;
	return r;
}

struct roster *roster_load_text(const char *name, const char *text, size_t len, const char *country, struct conf_errors *errors)
{
	size_t before = errors->count;
	config_t cfg;

	return build(name, &cfg, conf_read_text(name, text, len, &cfg, errors) == 0, country, errors, before);
}

struct roster_stamp roster_stamp(const struct roster *r)
{
	return r->stamp;
}

bool roster_stamp_of(const char *path, struct roster_stamp *stamp)
{
	struct stat st;

	if (stat(path, &st))
		return false;
	*stamp = (struct roster_stamp){ (int64_t)st.st_dev, (int64_t)st.st_ino, (int64_t)st.st_size,
		(int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec };
	return true;
}

void roster_free(struct roster *r)
{
	if (!r)
		return;
	explicit_bzero(r, sizeof(*r));
	free(r);
}

size_t roster_count(const struct roster *r)
{
	return r->count;
}

const struct roster_person *roster_person(const struct roster *r, size_t i)
{
	return i < r->count ? &r->list[i] : NULL;
}

size_t roster_place(const struct roster *r, const struct roster_person *p)
{
	return (size_t)(p - r->list);
}

const struct schedule *roster_schedule(const struct roster *r)
{
	return &r->schedule;
}

const struct roster_person *roster_find_number(const struct roster *r, const struct number *n)
{
	for (size_t i = 0; i < r->count; i++)
		if (strcmp(r->list[i].number.e164, n->e164) == 0)
			return &r->list[i];
	return NULL;
}

const struct roster_person *roster_find_name(const struct roster *r, const char *name)
{
	for (size_t i = 0; i < r->count; i++)
		if (strcmp(r->list[i].name, name) == 0)
			return &r->list[i];
	return NULL;
}

size_t roster_count_unit(const struct roster *r, enum roster_role role, const char *unit)
{
	size_t n = 0;

	for (size_t i = 0; i < r->count; i++)
		n += r->list[i].role == role && strcmp(r->list[i].unit, unit) == 0;
	return n;
}

bool roster_has_unit(const struct roster *r, const char *unit)
{
	return roster_count_unit(r, ROSTER_OFFICER, unit) + roster_count_unit(r, ROSTER_COORDINATOR, unit) > 0;
}

size_t roster_count_role(const struct roster *r, enum roster_role role)
{
	size_t n = 0;

	for (size_t i = 0; i < r->count; i++)
		n += r->list[i].role == role;
	return n;
}

int64_t roster_quiet_left_ms(const struct roster_person *p, int64_t wall_ms)
{
	struct local_moment m = local_moment_of(wall_ms);
	int64_t from = p->quiet_from_min, to = p->quiet_to_min, minutes;
	bool within = from < to ? m.minute >= from && m.minute < to : m.minute >= from || m.minute < to;

	if (from == to || !within)
		return 0;
	minutes = m.minute < to ? to - m.minute : to + DAY_MINUTES - m.minute;
	return minutes * MINUTE_MS - wall_ms % MINUTE_MS;
}

bool roster_put_overrides(struct roster *r, const struct schedule_override *list, size_t count)
{
	struct schedule *s = &r->schedule;

	s->override_count = r->own_overrides;
	if (count > SCHEDULE_OVERRIDES_MAX - r->own_overrides)
		return false;
	memcpy(s->overrides + r->own_overrides, list, count * sizeof(*list));
	s->override_count += count;
	return true;
}
