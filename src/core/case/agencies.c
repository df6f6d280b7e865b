#include "core/case/agencies.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "conf/conf.h"

struct agencies {
	struct agency list[AGENCIES_MAX];
	size_t count;
};

/* An agency as the file has it. */
struct entry { char name[32], title[128], contact[128], channel[16], tell[96]; };

#define E(f) offsetof(struct entry, f), sizeof(((struct entry *)0)->f)

static const struct conf_key root_keys[] = {
	{ "agencies", CONF_GROUP_LIST, true, 0, 0, 0, 0, NULL },
	{ NULL, CONF_ANY, false, 0, 0, 0, 0, NULL },
};

static const struct conf_key agency_keys[] = {
	{ "name", CONF_STRING, true, E(name), 0, 0, NULL },
	{ "title", CONF_STRING, true, E(title), 0, 0, NULL },
	{ "contact", CONF_STRING, true, E(contact), 0, 0, NULL },
	{ "channel", CONF_STRING, true, E(channel), 0, 0, NULL },
	{ "tell", CONF_STRING, true, E(tell), 0, 0, NULL },
	{ NULL, CONF_ANY, false, 0, 0, 0, 0, NULL },
};

static const char *const channels[] = { "phone", "sms", "email", "letter", "person" };

static const struct { const char *word; enum agency_tell bit; } tells[] = {
	{ "code", AGENCY_CODE }, { "urgency", AGENCY_URGENCY }, { "exploitation", AGENCY_EXPLOITATION },
	{ "child", AGENCY_CHILD }, { "district", AGENCY_DISTRICT }, { "khoroo", AGENCY_KHOROO },
	{ "opened", AGENCY_OPENED }, { "texts", AGENCY_TEXTS },
};

#define TELLS (sizeof(tells) / sizeof(tells[0]))

/* ---- reading ----------------------------------------------------------------------------------------------- */

struct place { const char *path; const config_setting_t *group; struct conf_errors *e; };

#define TELL(where, key, ...) conf_error((where)->e, (where)->path, conf_line((where)->group, key), __VA_ARGS__)

static unsigned tell_bit(const char *word, size_t len)
{
	for (size_t i = 0; i < TELLS; i++)
		if (strlen(tells[i].word) == len && memcmp(tells[i].word, word, len) == 0)
			return (unsigned)tells[i].bit;
	return 0;
}

static unsigned read_tell(const struct place *where, const char *text)
{
	unsigned tell = 0;

	while (*text) {
		size_t len = strcspn(text, " ");
		unsigned bit = tell_bit(text, len);
		if (len && !bit)
			TELL(where, "tell", "\"%.*s\" is nothing an agency can be told: code, urgency, exploitation, child, district, "
				"khoroo, opened, texts; never a number", (int)(len < 40 ? len : 40), text);
		tell |= bit;
		text += len + (text[len] == ' ');
	}
	return tell;
}

static void check_line(const struct place *where, const char *key, const char *text)
{
	for (const char *c = text; *c; c++) {
		if ((unsigned char)*c < 0x20) {
			TELL(where, key, "%s must be one line without control characters", key);
			return;
		}
	}
}

static bool channel_is_known(const char *channel)
{
	for (size_t i = 0; i < sizeof(channels) / sizeof(channels[0]); i++)
		if (strcmp(channels[i], channel) == 0)
			return true;
	return false;
}

static void read_agency(const struct place *where, const struct entry *entry, struct agencies *a)
{
	struct agency *g = &a->list[a->count];

	if (*entry->name && strspn(entry->name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-") !=
		strlen(entry->name))
		TELL(where, "name", "name \"%s\" may have letters a to z, digits and hyphens only: people type it", entry->name);
	if (*entry->name && agency_find(a, entry->name))
		TELL(where, "name", "two agencies are named \"%s\"", entry->name);
	if (*entry->channel && !channel_is_known(entry->channel))
		TELL(where, "channel", "channel \"%s\" must be \"phone\", \"sms\", \"email\", \"letter\" or \"person\"", entry->channel);
	check_line(where, "title", entry->title);
	check_line(where, "contact", entry->contact);
	hl_strlcpy(g->name, sizeof(g->name), entry->name);
	hl_strlcpy(g->title, sizeof(g->title), entry->title);
	hl_strlcpy(g->contact, sizeof(g->contact), entry->contact);
	hl_strlcpy(g->channel, sizeof(g->channel), entry->channel);
	g->tell = read_tell(where, entry->tell);
	a->count++;
}

static void read_list(const char *path, config_setting_t *list, struct agencies *a, struct conf_errors *e)
{
	for (int i = 0; list && i < config_setting_length(list); i++) {
		config_setting_t *group = config_setting_get_elem(list, (unsigned)i);
		const struct place where = { path, group, e };
		struct entry entry = { "", "", "", "", "" };
		if (config_setting_type(group) != CONFIG_TYPE_GROUP)
			continue; /* told by the table */
		if (a->count == AGENCIES_MAX) {
			conf_error(e, path, (int)config_setting_source_line(group), "more than %d agencies", AGENCIES_MAX);
			return;
		}
		conf_read_group(path, group, agency_keys, &entry, e);
		read_agency(&where, &entry, a);
	}
}

struct agencies *agencies_load(const char *path, struct conf_errors *errors)
{
	struct agencies *a = hl_calloc(1, sizeof(*a));
	size_t before = errors->count;
	config_t cfg;

	if (*path == '\0')
		return a;
	if (conf_read(path, &cfg, errors) == 0) {
		config_setting_t *root = config_root_setting(&cfg);
		conf_read_group(path, root, root_keys, NULL, errors);
		read_list(path, config_setting_get_member(root, "agencies"), a, errors);
	}
	config_destroy(&cfg);
	if (errors->count == before)
		return a;
	agencies_free(a);
	return NULL;
}

void agencies_free(struct agencies *a)
{
	free(a);
}

/* ---- asking ------------------------------------------------------------------------------------------------ */

const struct agency *agency_find(const struct agencies *a, const char *name)
{
	for (size_t i = 0; i < a->count; i++)
		if (strcasecmp(a->list[i].name, name) == 0)
			return &a->list[i];
	return NULL;
}

const struct agency *agency_at(const struct agencies *a, size_t i)
{
	return i < a->count ? &a->list[i] : NULL;
}

json_t *agency_json(const struct agency *agency)
{
	json_t *words = json_array();

	for (size_t i = 0; i < TELLS; i++)
		if (agency->tell & (unsigned)tells[i].bit)
			json_array_append_new(words, json_string(tells[i].word));
	return json_pack("{s:s, s:s, s:s, s:s, s:o}", "name", agency->name, "title", agency->title, "contact", agency->contact,
		"channel", agency->channel, "tell", words);
}

json_t *agency_may_hear(const struct agency *agency, const struct case_row *row)
{
	const struct { enum agency_tell bit; json_t *value; } facts[TELLS] = {
		{ AGENCY_CODE, json_string(row->code) },
		{ AGENCY_URGENCY, json_string(triage_urgency_name((enum triage_urgency)row->urgency)) },
		{ AGENCY_EXPLOITATION, json_string(triage_exploitation_name((enum triage_exploitation)row->exploitation)) },
		{ AGENCY_CHILD, json_boolean(row->child) },
		{ AGENCY_DISTRICT, json_string(row->district) },
		{ AGENCY_KHOROO, json_integer(row->khoroo) },
		{ AGENCY_OPENED, json_integer(row->opened_ms) },
		{ AGENCY_TEXTS, json_true() },
	};
	json_t *o = json_object();

	for (size_t i = 0; i < TELLS; i++) {
		if (agency->tell & (unsigned)facts[i].bit)
			json_object_set(o, tells[i].word, facts[i].value);
		json_decref(facts[i].value);
	}
	return o;
}
