/* Reads etc/alerts.conf. Lists are texts with commas: "duty, next, Duty 3". */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/alert/policies.h"
#include "conf/conf.h"
#include "core/dialogue/contact_safety.h"

#define LIST_MAX 512
#define DAY_S 86400

/* What stands in the file, before its lists are read. */
struct entry {
	char name[32], priorities[128], types[128], districts[LIST_MAX], unit[ROSTER_UNIT_SIZE], hours[16];
	int64_t rounds, referral_h;
	bool target_district, conflict;
};
struct step_entry { char ring[LIST_MAX], channels[128]; int64_t wait_s; bool other_modem; };
struct root_entry {
	char fallback[LIST_MAX], siren_file[256];
	bool tell_texter;
	int64_t text_every_s, act_emergency, act_high, act_normal, act_low;
};

#define R(f) offsetof(struct root_entry, f), sizeof(((struct root_entry *)0)->f)
#define E(f) offsetof(struct entry, f), sizeof(((struct entry *)0)->f)
#define T(f) offsetof(struct step_entry, f), sizeof(((struct step_entry *)0)->f)
#define MATCH_KEYS \
	{ "name", CONF_STRING, true, E(name), 0, 0, NULL }, \
	{ "priorities", CONF_STRING, false, E(priorities), 0, 0, "" }, \
	{ "types", CONF_STRING, false, E(types), 0, 0, "" }, \
	{ "districts", CONF_STRING, false, E(districts), 0, 0, "" }, \
	{ "unit", CONF_STRING, false, E(unit), 0, 0, "" }, \
	{ "hours", CONF_STRING, false, E(hours), 0, 0, "always" }
#define END { NULL, CONF_ANY, false, 0, 0, 0, 0, NULL }

static const struct conf_key root_keys[] = {
	{ "fallback", CONF_STRING, false, R(fallback), 0, 0, "" },
	{ "siren_file", CONF_STRING, false, R(siren_file), 0, 0, "" },
	{ "tell_texter", CONF_BOOL, false, R(tell_texter), 0, 0, "0" },
	{ "text_every_s", CONF_INT, false, R(text_every_s), 0, 3600, "60" },
	{ "act_emergency_min", CONF_INT, false, R(act_emergency), 0, 10080, "15" },
	{ "act_high_min", CONF_INT, false, R(act_high), 0, 10080, "60" },
	{ "act_normal_min", CONF_INT, false, R(act_normal), 0, 10080, "0" },
	{ "act_low_min", CONF_INT, false, R(act_low), 0, 10080, "0" },
	{ "policies", CONF_GROUP_LIST, false, 0, 0, 0, 0, NULL },
	{ "notices", CONF_GROUP_LIST, false, 0, 0, 0, 0, NULL },
	END
};

static const struct conf_key policy_keys[] = {
	MATCH_KEYS,
	{ "rounds", CONF_INT, false, E(rounds), 1, POLICY_ROUNDS_MAX, "1" },
	{ "steps", CONF_GROUP_LIST, true, 0, 0, 0, 0, NULL },
	END
};

static const struct conf_key notice_keys[] = {
	MATCH_KEYS,
	{ "target_district", CONF_BOOL, false, E(target_district), 0, 0, "0" },
	{ "conflict", CONF_BOOL, false, E(conflict), 0, 0, "0" },
	{ "referral_hours", CONF_INT, false, E(referral_h), 0, 8760, "0" },
	END
};

static const struct conf_key step_keys[] = {
	{ "ring", CONF_STRING, true, T(ring), 0, 0, NULL },
	{ "wait_s", CONF_INT, false, T(wait_s), 0, DAY_S, "0" },
	{ "other_modem", CONF_BOOL, false, T(other_modem), 0, 0, "0" },
	{ "channels", CONF_STRING, false, T(channels), 0, 0, "" },
	END
};

struct reader {
	const char *path;
	const struct roster *roster;
	const struct triage_rules *rules;
	struct alert_policies *all;
	struct conf_errors *e;
};

#define TELL(r, group, key, ...) conf_error((r)->e, (r)->path, conf_line(group, key), __VA_ARGS__)

/* ---- lists --------------------------------------------------------------------------------------------------- */

/* The next word of a list without the spaces around it; false at its end. */
static bool next_word(const char **at, char *word, size_t size)
{
	size_t len;

	*at += strspn(*at, ", ");
	len = strcspn(*at, ",");
	hl_strlcpy(word, size, *at);
	if (len < size)
		word[len] = '\0';
	*at += len;
	for (len = strlen(word); len && word[len - 1] == ' '; len--)
		word[len - 1] = '\0';
	return *word != '\0';
}

static void read_urgencies(struct reader *r, const config_setting_t *group, const char *list, unsigned *bits)
{
	enum triage_urgency urgency;
	char word[64];

	while (next_word(&list, word, sizeof(word))) {
		if (triage_urgency_from_name(word, &urgency))
			*bits |= 1u << urgency;
		else
			TELL(r, group, "priorities", "\"%s\" is no priority: emergency, high, normal, low, none", word);
	}
}

static void read_exploitations(struct reader *r, const config_setting_t *group, const char *list, unsigned *bits)
{
	enum triage_exploitation exploitation;
	char word[64];

	while (next_word(&list, word, sizeof(word))) {
		if (triage_exploitation_from_name(word, &exploitation))
			*bits |= 1u << exploitation;
		else
			TELL(r, group, "types", "\"%s\" is no type: sex, labour, online, unclear, none", word);
	}
}

static bool is_district(const struct reader *r, const char *name)
{
	const char *district;

	for (size_t i = 0; (district = triage_district_name(r->rules, i, NULL)); i++)
		if (strcmp(district, name) == 0)
			return true;
	return false;
}

static void read_districts(struct reader *r, const config_setting_t *group, const char *list, struct policy_match *m)
{
	char word[64];

	while (next_word(&list, word, sizeof(word))) {
		if (r->rules && !is_district(r, word))
			TELL(r, group, "districts", "\"%s\" is no district of etc/triage/districts.conf", word);
		else if (m->district_count == POLICY_DISTRICTS_MAX)
			TELL(r, group, "districts", "more than %d districts", POLICY_DISTRICTS_MAX);
		else
			hl_strlcpy(m->districts[m->district_count++], sizeof(m->districts[0]), word);
	}
}

static void add_name(struct reader *r, const config_setting_t *group, const char *key, const char *word, struct policy_names *names)
{
	if (r->roster && !roster_find_name(r->roster, word))
		TELL(r, group, key, "\"%s\" is nobody of the roster", word);
	else if (names->count == POLICY_NAMES_MAX)
		TELL(r, group, key, "more than %d names", POLICY_NAMES_MAX);
	else
		hl_strlcpy(names->list[names->count++], sizeof(names->list[0]), word);
}

static void read_ring(struct reader *r, const config_setting_t *group, const char *list, struct policy_step *step)
{
	static const struct { const char *word; enum policy_whom bit; } whom[] = { { "duty", POLICY_DUTY }, { "next", POLICY_NEXT },
		{ "officers", POLICY_OFFICERS }, { "coordinators", POLICY_COORDINATORS } };
	char word[64];
	bool any = false, blank = *list != 0;

	while (next_word(&list, word, sizeof(word))) {
		size_t i = 0;
		any = true;
		while (i < sizeof(whom) / sizeof(whom[0]) && strcmp(whom[i].word, word) != 0)
			i++;
		if (i < sizeof(whom) / sizeof(whom[0]))
			step->whom |= (unsigned)whom[i].bit;
		else
			add_name(r, group, "ring", word, &step->names);
	}
	if (!any && blank) /* of an empty one it is told already */
		TELL(r, group, "ring", "ring names nobody: duty, next, officers, coordinators, or names of the roster");
}

static void read_channels(struct reader *r, const config_setting_t *group, const char *list, struct policy_step *step)
{
	static const char *const names[POLICY_CHANNELS] = { "sms", "other_sms", "mail", "webhook" };
	char word[64];

	while (next_word(&list, word, sizeof(word))) {
		enum policy_channel c = POLICY_SMS;
		while (c < POLICY_CHANNELS && strcmp(names[c], word) != 0)
			c++;
		for (size_t i = 0; i < step->channel_count && c < POLICY_CHANNELS; i++)
			if (step->channels[i] == c)
				c = POLICY_CHANNELS;
		if (c == POLICY_CHANNELS)
			TELL(r, group, "channels", "\"%s\" must be one of sms, other_sms, mail, webhook, each once", word);
		else
			step->channels[step->channel_count++] = c;
	}
}

/* ---- groups -------------------------------------------------------------------------------------------------- */

static void read_match(struct reader *r, const config_setting_t *group, const struct entry *entry, struct policy_match *m)
{
	struct contact_hours hours = { 0, 0 };

	read_urgencies(r, group, entry->priorities, &m->urgencies);
	read_exploitations(r, group, entry->types, &m->exploitations);
	read_districts(r, group, entry->districts, m);
	hl_strlcpy(m->unit, sizeof(m->unit), entry->unit);
	if (*entry->unit && strcmp(entry->unit, "ATPU") != 0 && strcmp(entry->unit, "MDTF") != 0 && strcmp(entry->unit, "IND") != 0)
		TELL(r, group, "unit", "unit \"%s\" must be \"ATPU\", \"MDTF\" or \"IND\"", entry->unit);
	if (!contact_hours_read(entry->hours, &hours))
		TELL(r, group, "hours", "hours \"%s\" must be like \"20:00-08:00\", or \"always\"", entry->hours);
	m->from_min = hours.from_min;
	m->to_min = hours.to_min;
}

static void read_steps(struct reader *r, config_setting_t *group, struct alert_policy *p)
{
	config_setting_t *list = config_setting_get_member(group, "steps");

	for (int i = 0; list && i < config_setting_length(list); i++) {
		config_setting_t *g = config_setting_get_elem(list, (unsigned)i);
		struct step_entry entry = { .wait_s = 0 };
		if (config_setting_type(g) != CONFIG_TYPE_GROUP)
			continue; /* told by the table */
		if (p->step_count == POLICY_STEPS_MAX) {
			TELL(r, g, "ring", "more than %d steps", POLICY_STEPS_MAX);
			return;
		}
		conf_read_group(r->path, g, step_keys, &entry, r->e);
		p->steps[p->step_count] = (struct policy_step){ .wait_s = entry.wait_s, .other_modem = entry.other_modem };
		read_channels(r, g, entry.channels, &p->steps[p->step_count]);
		read_ring(r, g, entry.ring, &p->steps[p->step_count++]);
	}
	if (p->step_count == 0)
		TELL(r, group, "steps", "policy \"%s\" has no step: it would ring nobody", p->name);
}

static void read_policy(struct reader *r, config_setting_t *group)
{
	struct alert_policy *p = &r->all->list[r->all->count];
	struct entry entry = { .rounds = 1 };

	if (r->all->count == POLICIES_MAX) {
		TELL(r, group, "name", "more than %d policies", POLICIES_MAX);
		return;
	}
	conf_read_group(r->path, group, policy_keys, &entry, r->e);
	if (*entry.name && policy_named(r->all, entry.name))
		TELL(r, group, "name", "two policies are named \"%s\"", entry.name);
	hl_strlcpy(p->name, sizeof(p->name), entry.name);
	p->rounds = entry.rounds;
	read_match(r, group, &entry, &p->match);
	read_steps(r, group, p);
	r->all->count++;
}

static void read_notice(struct reader *r, config_setting_t *group)
{
	struct alert_notice *n = &r->all->notices[r->all->notice_count];
	struct entry entry = { .rounds = 1 };

	if (r->all->notice_count == NOTICES_MAX) {
		TELL(r, group, "name", "more than %d notices", NOTICES_MAX);
		return;
	}
	conf_read_group(r->path, group, notice_keys, &entry, r->e);
	for (size_t i = 0; i < r->all->notice_count; i++)
		if (strcmp(r->all->notices[i].name, entry.name) == 0)
			TELL(r, group, "name", "two notices are named \"%s\"", entry.name);
	*n = (struct alert_notice){ .target_district = entry.target_district, .conflict = entry.conflict, .referral_h = entry.referral_h };
	hl_strlcpy(n->name, sizeof(n->name), entry.name);
	read_match(r, group, &entry, &n->match);
	r->all->notice_count++;
}

static void read_groups(struct reader *r, config_setting_t *root, const char *key, void (*read)(struct reader *, config_setting_t *))
{
	config_setting_t *list = config_setting_get_member(root, key);

	for (int i = 0; list && i < config_setting_length(list); i++)
		if (config_setting_type(config_setting_get_elem(list, (unsigned)i)) == CONFIG_TYPE_GROUP) /* else told by the table */
			read(r, config_setting_get_elem(list, (unsigned)i));
}

static void read_root(struct reader *r, config_setting_t *root)
{
	struct root_entry entry = { .text_every_s = 0 };
	struct alert_policies *all = r->all;
	const char *list = entry.fallback;
	char word[64];

	conf_read_group(r->path, root, root_keys, &entry, r->e);
	while (next_word(&list, word, sizeof(word)))
		add_name(r, root, "fallback", word, &all->fallback);
	hl_strlcpy(all->siren_file, sizeof(all->siren_file), entry.siren_file);
	if (*all->siren_file && conf_resolve_path(r->path, all->siren_file, sizeof(all->siren_file)))
		TELL(r, root, "siren_file", "siren_file is too long with the folder of this file before it");
	all->tell_texter = entry.tell_texter;
	all->text_every_s = entry.text_every_s;
	all->act_min[TRIAGE_EMERGENCY] = entry.act_emergency;
	all->act_min[TRIAGE_HIGH] = entry.act_high;
	all->act_min[TRIAGE_NORMAL] = entry.act_normal;
	all->act_min[TRIAGE_LOW] = all->act_min[TRIAGE_URGENCY_NONE] = entry.act_low;
	read_groups(r, root, "policies", read_policy);
	read_groups(r, root, "notices", read_notice);
}

struct alert_policies *policies_load(const char *path, const struct roster *roster, const struct triage_rules *rules,
	struct conf_errors *errors)
{
	struct reader r = { path, roster, rules, hl_calloc(1, sizeof(*r.all)), errors };
	size_t before = errors->count;
	config_t cfg;

	if (*path == '\0')
		return r.all;
	if (conf_read(path, &cfg, errors) == 0)
		read_root(&r, config_root_setting(&cfg));
	config_destroy(&cfg);
	if (errors->count == before)
		return r.all;
	policies_free(r.all);
	return NULL;
}
