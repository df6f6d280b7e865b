#include "core/config/config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "core/config/conf.h"
#include "core/config/profile.h"
#include "core/dialogue/contact_safety.h"
#include "core/number.h"
#include "core/roster/local_time.h"
#include "wire/link.h"

#define DAY_S 86400
#define YEAR_S (366 * DAY_S)
#define S(f) offsetof(struct config, f), sizeof(((struct config *)0)->f)
#define TEXT(f, text) { #f, CONF_STRING, false, S(f), 0, 0, text }
#define NUMBER(f, min, max, text) { #f, CONF_INT, false, S(f), min, max, text }
#define DEADLINE(name, wait, urgency, text) \
	{ name, CONF_INT, false, S(deadlines.wait_s[wait][urgency]), 60, YEAR_S, text }
#define TRUTH(f, text) { #f, CONF_BOOL, false, S(f), 0, 0, text }

#define READ(name, f, text) { name, CONF_INT, false, S(f), 0, 1000000, text }
#define KEEP(name, class, text) { name, CONF_INT, false, S(retention.days[class]), 0, RETENTION_DAYS_MAX, text }

static const struct conf_key config_keys[] = {
	{ "database", CONF_STRING, true, S(database), 0, 0, NULL },
	{ "keys", CONF_STRING, true, S(keys), 0, 0, NULL },
	{ "keyring", CONF_STRING, true, S(keyring), 0, 0, NULL },
	TEXT(link_socket, "/run/hotlined/link.sock"),
	TEXT(control_socket, "/run/hotlined/control.sock"),
	TEXT(roster, "roster.conf"),
	TEXT(wording, "wording"),
	TEXT(triage, "triage"),
	TEXT(modems_dir, "modems"),
	TEXT(country, "976"),
	TEXT(control_group, ""),
	TEXT(link_user, ""),
	TEXT(notify_socket, ""),
	TEXT(notify_user, ""),
	TRUTH(also_mail, "1"),
	TRUTH(also_webhook, "1"),
	TEXT(mail_tell, "summary"),
	TEXT(webhook_tell, "summary"),
	TRUTH(receipts, "1"),
	TRUTH(discreet, "1"),
	NUMBER(receipts_per_day, 0, 1000, "5"),
	NUMBER(safe_fresh_s, 60, DAY_S, "3600"),
	TEXT(time_zone, "<+08>-8"),
	NUMBER(missed_reply_s, 0, 30 * DAY_S, "86400"),
	NUMBER(missed_replies_per_hour, 1, 100000, "30"),
	NUMBER(partial_after_s, 1, DAY_S, "600"),
	TEXT(owner_default, "ATPU"),
	TEXT(owner_sex, "ATPU"),
	TEXT(owner_labour, "ATPU"),
	TEXT(owner_online, "ATPU"),
	TEXT(conflict_unit, "IND"),
	NUMBER(escalate_emergency_s, 1, DAY_S, "120"),
	NUMBER(escalate_high_s, 1, DAY_S, "300"),
	NUMBER(escalate_normal_s, 1, DAY_S, "900"),
	NUMBER(escalate_low_s, 1, DAY_S, "3600"),
	DEADLINE("acknowledge_emergency_s", CASE_WAIT_ACKNOWLEDGE, TRIAGE_EMERGENCY, "600"),
	DEADLINE("acknowledge_high_s", CASE_WAIT_ACKNOWLEDGE, TRIAGE_HIGH, "1800"),
	DEADLINE("acknowledge_normal_s", CASE_WAIT_ACKNOWLEDGE, TRIAGE_NORMAL, "14400"),
	DEADLINE("acknowledge_low_s", CASE_WAIT_ACKNOWLEDGE, TRIAGE_LOW, "86400"),
	DEADLINE("act_emergency_s", CASE_WAIT_ACT, TRIAGE_EMERGENCY, "1800"),
	DEADLINE("act_high_s", CASE_WAIT_ACT, TRIAGE_HIGH, "14400"),
	DEADLINE("act_normal_s", CASE_WAIT_ACT, TRIAGE_NORMAL, "86400"),
	DEADLINE("act_low_s", CASE_WAIT_ACT, TRIAGE_LOW, "259200"),
	DEADLINE("close_emergency_s", CASE_WAIT_CLOSE, TRIAGE_EMERGENCY, "1209600"),
	DEADLINE("close_high_s", CASE_WAIT_CLOSE, TRIAGE_HIGH, "2592000"),
	DEADLINE("close_normal_s", CASE_WAIT_CLOSE, TRIAGE_NORMAL, "2592000"),
	DEADLINE("close_low_s", CASE_WAIT_CLOSE, TRIAGE_LOW, "5184000"),
	NUMBER(reopen_within_s, 0, YEAR_S, "2592000"),
	NUMBER(codes_per_day, 0, 1000, "5"),
	NUMBER(corroborate_within_s, 0, 30 * DAY_S, "259200"),
	TEXT(agencies, ""),
	TEXT(alerts, ""),
	NUMBER(retry_first_s, 1, 3600, "10"),
	NUMBER(retry_most_s, 1, DAY_S, "600"),
	TEXT(digest_at, "08:00"),
	NUMBER(drill_day, 0, 28, "1"),
	NUMBER(drill_wait_s, 60, DAY_S, "900"),
	NUMBER(alive_s, 0, 7 * DAY_S, "0"),
	NUMBER(heartbeat_s, 0, DAY_S, "0"),
	NUMBER(modem_down_s, 1, DAY_S, "60"),
	NUMBER(loop_s, 0, 7 * DAY_S, "21600"),
	NUMBER(loop_wait_s, 1, DAY_S, "600"),
	TEXT(metrics_file, ""),
	NUMBER(metrics_s, 1, 3600, "15"),
	NUMBER(session_idle_s, 10, DAY_S, "600"),
	TRUTH(shift_start, "0"),
	TRUTH(shift_nobody, "1"),
	NUMBER(backup_days, 0, 365, "3"),
	READ("read_officer_hour", read_officer.hour, "100"),
	READ("read_officer_day", read_officer.day, "300"),
	READ("read_officer_own_hour", read_officer.own_hour, "500"),
	READ("read_officer_own_day", read_officer.own_day, "2000"),
	READ("read_coordinator_hour", read_coordinator.hour, "200"),
	READ("read_coordinator_day", read_coordinator.day, "600"),
	READ("read_coordinator_own_hour", read_coordinator.own_hour, "500"),
	READ("read_coordinator_own_day", read_coordinator.own_day, "2000"),
	NUMBER(release_hours, 1, 168, "24"),
	KEEP("keep_tips_days", RETENTION_TIP, "1825"),
	KEEP("keep_unfounded_days", RETENTION_UNFOUNDED, "365"),
	KEEP("keep_spam_days", RETENTION_SPAM, "90"),
	KEEP("keep_other_days", RETENTION_OTHER, "180"),
	KEEP("keep_quarantine_days", RETENTION_QUARANTINE, "90"),
	KEEP("keep_outbox_days", RETENTION_OUTBOX, "30"),
	KEEP("keep_contacts_days", RETENTION_CONTACT, "30"),
	KEEP("keep_calls_days", RETENTION_CALL, "30"),
	KEEP("keep_hashes_days", RETENTION_HASH, "400"),
	KEEP("keep_consent_days", RETENTION_CONSENT, "730"),
	{ "warn_days", CONF_INT, false, S(retention.warn_days), 0, 365, "14" },
	{ "shred_days", CONF_INT, false, S(retention.shred_days), 0, 365, "30" },
	{ "campaign_two_above", CONF_INT, false, S(campaign_two_above), 0, 1000000, "500" },
	{ "campaign_emergency_s", CONF_INT, false, S(campaign_emergency_s), 0, DAY_S, "1800" },
	TEXT(campaign_hours, "09:00-21:00"),
	TRUTH(argon2_least, "0"),
	{ "operators", CONF_GROUP_LIST, false, 0, 0, 0, 0, NULL },
	TRUTH(adopt, "1"),
	{ "modems", CONF_GROUP_LIST, false, 0, 0, 0, 0, NULL },
	TEXT(police, ""),
	TEXT(helpline, ""),
	TEXT(short_number, ""),
	TEXT(stop_words, "зогс зогсооч больё болио болиоч цуцлах татгалзах хас zogs zogsooch boliyo bolio tsutslah tatgalzah has "
		"stop stopall unsubscribe cancel end quit"),
	TEXT(start_words, "эхлэх бүртгүүлэх нэгдэх авъя ehleh burtguuleh negdeh avya start join subscribe"),
	TEXT(stop_word, ""),
	TEXT(start_word, ""),
	{ NULL, CONF_ANY, false, 0, 0, 0, 0, NULL },
};

#define M(f) offsetof(struct config_modem, f), sizeof(((struct config_modem *)0)->f)

static const struct conf_key modem_keys[] = {
	{ "name", CONF_STRING, true, M(name), 0, 0, NULL },
	{ "tty", CONF_STRING, false, M(tty), 0, 0, "" },
	{ "imei", CONF_STRING, false, M(imei), 0, 0, "" },
	{ "baud", CONF_INT, false, M(baud), 0, 4000000, "0" },
	{ "pin", CONF_STRING, false, M(pin), 0, 0, "" },
	{ "profile", CONF_STRING, false, M(profile_name), 0, 0, "" },
	{ "reserved", CONF_BOOL, false, M(reserved), 0, 0, "0" },
	{ "public", CONF_BOOL, false, M(open_to_all), 0, 0, "1" },
	{ "no_sandbox", CONF_BOOL, false, M(no_sandbox), 0, 0, "0" },
	{ "number", CONF_STRING, false, M(number), 0, 0, "" },
	{ "sweep_s", CONF_INT, false, M(sweep_s), 1, DAY_S, "60" },
	{ "per_hour", CONF_INT, false, M(per_hour), 0, 1000000, "0" },
	{ "per_day", CONF_INT, false, M(per_day), 0, 1000000, "0" },
	{ "campaign_per_minute", CONF_INT, false, M(campaign_per_minute), 0, 6000, "0" },
	{ NULL, CONF_ANY, false, 0, 0, 0, 0, NULL },
};

/* What a file is while it is being read. */
struct reader {
	const char *path;
	config_setting_t *root;
	struct conf_errors *e;
	struct config *c;
};

/* ---- checks of what the tables cannot say ---------------------------------------------------- */

static void check_path(struct reader *r, const char *key, char *value, size_t size)
{
	if (conf_resolve_path(r->path, value, size))
		conf_error(r->e, r->path, conf_line(r->root, key),
			"%s is too long with the folder of this file before it: at most %zu octets",
			key, size - 1);
	else if (*value == '\0')
		conf_error(r->e, r->path, conf_line(r->root, key), "%s must not be empty", key);
}

static void check_paths(struct reader *r)
{
	static const char *const names[] = { "database", "keys", "keyring", "link_socket", "control_socket", "roster",
		"wording", "triage", "modems_dir" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const struct conf_key *k = config_keys;
		while (strcmp(k->name, names[i]) != 0)
			k++;
		if (!k->required || config_setting_get_member(r->root, k->name))
			check_path(r, k->name, (char *)r->c + k->offset, k->size);
	}
	if (*r->c->metrics_file)
		check_path(r, "metrics_file", r->c->metrics_file, sizeof(r->c->metrics_file));
	if (*r->c->notify_socket)
		check_path(r, "notify_socket", r->c->notify_socket, sizeof(r->c->notify_socket));
	if (*r->c->agencies)
		check_path(r, "agencies", r->c->agencies, sizeof(r->c->agencies));
	if (*r->c->alerts)
		check_path(r, "alerts", r->c->alerts, sizeof(r->c->alerts));
	if (strcmp(r->c->link_socket, r->c->control_socket) == 0)
		conf_error(r->e, r->path, conf_line(r->root, "control_socket"), "control_socket and link_socket are the same");
}

static bool only_of(const char *text, const char *allowed)
{
	return strspn(text, allowed) == strlen(text);
}

/* Units are made by init; these are the two it makes. */
static void check_owner(struct reader *r, const char *key, const char *unit)
{
	if (strcmp(unit, "ATPU") != 0 && strcmp(unit, "MDTF") != 0)
		conf_error(r->e, r->path, conf_line(r->root, key), "%s is \"%s\" but must be \"ATPU\" or \"MDTF\"", key, unit);
}

static void check_tell(struct reader *r, const char *key, const char *what)
{
	if (strcmp(what, "summary") != 0 && strcmp(what, "code") != 0 && strcmp(what, "answer") != 0)
		conf_error(r->e, r->path, conf_line(r->root, key), "%s is \"%s\" but must be \"code\", \"summary\" or \"answer\"", key, what);
}

/* A word or number that stands in the texts: digits, letters, nothing that could be a placeholder. */
static void check_word(struct reader *r, const char *key, const char *word)
{
	if (strpbrk(word, "{}\n\r\t"))
		conf_error(r->e, r->path, conf_line(r->root, key), "%s must be a word or a number, without brackets", key);
}

/* A name must be one the system knows, because the C library takes an unknown one for UTC without a word. */
static void check_time_zone(struct reader *r)
{
	const char *zone = r->c->time_zone;
	char path[96];

	snprintf(path, sizeof(path), "/usr/share/zoneinfo/%s", zone);
	if (*zone == '\0' || strpbrk(zone, " \t:") || strstr(zone, ".."))
		conf_error(r->e, r->path, conf_line(r->root, "time_zone"), "time_zone must be like \"<+08>-8\" or \"Asia/Ulaanbaatar\"");
	else if (!strpbrk(zone, "0123456789") && access(path, R_OK) != 0)
		conf_error(r->e, r->path, conf_line(r->root, "time_zone"),
			"time_zone \"%s\" is not known here: install tzdata, or give the offset, such as \"<+08>-8\"", zone);
}

static void check_reports(struct reader *r)
{
	struct config *c = r->c;

	c->digests = *c->digest_at != '\0';
	if (c->digests && !local_minute_read(c->digest_at, &c->digest_min))
		conf_error(r->e, r->path, conf_line(r->root, "digest_at"), "digest_at \"%s\" must be a time of day such as \"08:00\"",
			c->digest_at);
}

static void check_campaign_hours(struct reader *r)
{
	struct contact_hours h = { 0, 0 };

	if (!contact_hours_read(r->c->campaign_hours, &h))
		conf_error(r->e, r->path, conf_line(r->root, "campaign_hours"), "campaign_hours must be like \"09:00-21:00\", or \"always\"");
	r->c->campaign_open.from_min = h.from_min;
	r->c->campaign_open.to_min = h.to_min;
}

static void check_values(struct reader *r)
{
	const struct config *c = r->c;

	if (*c->country == '\0' || strlen(c->country) > 3 || !only_of(c->country, "0123456789"))
		conf_error(r->e, r->path, conf_line(r->root, "country"),
			"country must be the 1 to 3 digits of a country code, such as 976");
	check_owner(r, "owner_default", c->owner_default);
	check_owner(r, "owner_sex", c->owner_sex);
	check_owner(r, "owner_labour", c->owner_labour);
	check_owner(r, "owner_online", c->owner_online);
	if (*c->conflict_unit && strcmp(c->conflict_unit, "IND") != 0)
		conf_error(r->e, r->path, conf_line(r->root, "conflict_unit"),
			"conflict_unit is \"%s\" but must be \"IND\", or empty where no unit is independent", c->conflict_unit);
	check_tell(r, "mail_tell", c->mail_tell);
	check_tell(r, "webhook_tell", c->webhook_tell);
	check_word(r, "police", c->police);
	check_word(r, "helpline", c->helpline);
	check_word(r, "short_number", c->short_number);
	check_word(r, "stop_word", c->stop_word);
	check_word(r, "start_word", c->start_word);
	check_time_zone(r);
	check_campaign_hours(r);
	for (int wait = 0; wait < CASE_WAITS; wait++) /* what is no tip waits as long as the least urgent one */
		r->c->deadlines.wait_s[wait][TRIAGE_URGENCY_NONE] = c->deadlines.wait_s[wait][TRIAGE_LOW];
	if (c->retry_most_s < c->retry_first_s)
		conf_error(r->e, r->path, conf_line(r->root, "retry_most_s"), "retry_most_s is less than retry_first_s");
}

/* ---- modems ---------------------------------------------------------------------------------- */

static bool baud_is_known(int64_t baud)
{
	static const int64_t known[] = { 0, 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600,
		3000000, 4000000 };

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (baud == known[i])
			return true;
	return false;
}

/* Its place in the configuration is told, never the number. */
static void check_number(struct reader *r, const config_setting_t *g, struct config_modem *m)
{
	struct number n;
	bool answerable;

	if (!*m->number)
		return;
	if (number_normalise(m->number, r->c->country, &n, &answerable) || !answerable)
		conf_error(r->e, r->path, conf_line(g, "number"), "number must be that of its SIM, such as +976 and 8 digits");
	else
		hl_strlcpy(m->number, sizeof(m->number), n.e164);
}

static void check_modem(struct reader *r, const config_setting_t *g, struct config_modem *m)
{
	size_t pin = strlen(m->pin);

	if (strcmp(m->name, WIRE_NOTIFY_NAME) == 0)
		conf_error(r->e, r->path, conf_line(g, "name"), "name \"%s\" is that of the program for mail: choose another", m->name);
	if (*m->name && !only_of(m->name, "abcdefghijklmnopqrstuvwxyz0123456789-_"))
		conf_error(r->e, r->path, conf_line(g, "name"), "name \"%s\" may have a-z, 0-9, - and _ only", m->name);
	if (!baud_is_known(m->baud))
		conf_error(r->e, r->path, conf_line(g, "baud"), "baud %lld is no speed of a serial line (115200 is the usual one)",
			(long long)m->baud);
	if (pin && (pin < 4 || !only_of(m->pin, "0123456789")))
		conf_error(r->e, r->path, conf_line(g, "pin"), "pin must be 4 to 8 digits, or empty where the SIM has none");
	m->tty_line = conf_line(g, "tty");
	m->imei_line = conf_line(g, "imei");
	if (!*m->tty && !*m->imei)
		conf_error(r->e, r->path, m->tty_line, "modem \"%s\" has neither tty nor imei: hotlinectl modems shows the IMEI of one "
			"that is plugged in", m->name);
	if (*m->imei && (strlen(m->imei) != 15 || !only_of(m->imei, "0123456789")))
		conf_error(r->e, r->path, m->imei_line, "imei must be the 15 digits that AT+CGSN answers and the modem's label says");
	if (*m->tty && conf_resolve_path(r->path, m->tty, sizeof(m->tty)))
		conf_error(r->e, r->path, conf_line(g, "tty"), "tty is too long with the folder of this file before it");
	check_number(r, g, m);
}

static void check_modem_is_new(struct reader *r, const config_setting_t *g, const struct config_modem *m)
{
	for (size_t i = 0; i < r->c->modem_count; i++) {
		const struct config_modem *other = &r->c->modems[i];
		if (*m->name && strcmp(m->name, other->name) == 0)
			conf_error(r->e, r->path, conf_line(g, "name"), "two modems are named \"%s\"", m->name);
		if (*m->tty && strcmp(m->tty, other->tty) == 0)
			conf_error(r->e, r->path, m->tty_line, "modems \"%s\" and \"%s\" have the same tty: give each its own (the other one "
				"is in line %d)", other->name, m->name, other->tty_line);
		if (*m->imei && strcmp(m->imei, other->imei) == 0)
			conf_error(r->e, r->path, m->imei_line, "modems \"%s\" and \"%s\" have the same imei: give each its own (the other one "
				"is in line %d)", other->name, m->name, other->imei_line);
	}
}

/* A mistake there is told like any other, once, but keeps only the modems of that profile away. */
static void read_profile(struct reader *r, const config_setting_t *g, struct config_modem *m)
{
	struct conf_errors *e = r->e;
	size_t before = e->count;

	for (size_t i = 0; i < r->c->modem_count; i++) {
		const struct config_modem *other = &r->c->modems[i];
		if (strcmp(other->profile_name, m->profile_name) != 0)
			continue;
		m->profile = json_incref(other->profile);
		hl_strlcpy(m->profile_error, sizeof(m->profile_error), other->profile_error);
		return;
	}
	m->profile = profile_read(r->c->modems_dir, m->profile_name, r->path, conf_line(g, "profile"), e);
	e->gentle += e->count - before;
	if (e->count == before)
		return;
	hl_strlcpy(m->profile_error, sizeof(m->profile_error),
		   before < CONF_ERRORS_MAX ? e->list[before].text : "its profile has mistakes: hotlined --check tells them");
}

static void read_modem(struct reader *r, config_setting_t *g)
{
	struct config_modem *m;

	if (config_setting_type(g) != CONFIG_TYPE_GROUP)
		return; /* told by the table */
	if (r->c->modem_count == CONFIG_MODEMS_MAX) {
		conf_error(r->e, r->path, (int)config_setting_source_line(g), "more than %d modems", CONFIG_MODEMS_MAX);
		return;
	}
	m = &r->c->modems[r->c->modem_count];
	conf_read_group(r->path, g, modem_keys, m, r->e);
	check_modem(r, g, m);
	check_modem_is_new(r, g, m);
	m->profile_auto = !*m->profile_name;
	if (m->profile_auto)
		hl_strlcpy(m->profile_name, sizeof(m->profile_name), "generic");
	read_profile(r, g, m);
	r->c->modem_count++;
}

static void read_modems(struct reader *r)
{
	const config_setting_t *list = config_setting_get_member(r->root, "modems");

	if (!list || !(config_setting_is_list(list) || config_setting_is_array(list)))
		return;
	for (int i = 0; i < config_setting_length(list); i++)
		read_modem(r, config_setting_get_elem(list, (unsigned)i));
}

/* ---- the whole ------------------------------------------------------------------------------- */

static void read_all(struct reader *r)
{
	conf_read_group(r->path, r->root, config_keys, r->c, r->e);
	check_paths(r);
	check_values(r);
	operators_read(r->c, r->path, r->root, r->e);
	read_modems(r);
	check_reports(r);
}

/* Under systemd the keys are credentials, which live in a folder of memory that only this service sees. */
static void use_credentials(struct config *c)
{
	const char *dir = getenv("CREDENTIALS_DIRECTORY");
	char path[300];

	if (!dir || snprintf(path, sizeof(path), "%s/number.key", dir) >= (int)sizeof(path))
		return;
	if (access(path, F_OK) == 0 && strlen(dir) < sizeof(c->keys))
		hl_strlcpy(c->keys, sizeof(c->keys), dir);
}

/* Ends cfg. */
static struct config *read_root(const char *path, config_t *cfg, struct conf_errors *errors)
{
	struct config *c = hl_calloc(1, sizeof(*c));
	struct reader r = { path, config_root_setting(cfg), errors, c };

	read_all(&r);
	use_credentials(c);
	config_destroy(cfg);
	return c;
}

static struct config *only_without_errors(struct config *c, const struct conf_errors *errors, size_t before)
{
	if (errors->count - errors->gentle == before)
		return c;
	config_free(c);
	return NULL;
}

struct config *config_load_with_errors(const char *path, struct conf_errors *errors)
{
	config_t cfg;

	if (conf_read(path, &cfg, errors) == 0)
		return read_root(path, &cfg, errors);
	config_destroy(&cfg);
	return NULL;
}

struct config *config_load(const char *path, struct conf_errors *errors)
{
	size_t before = errors->count - errors->gentle;

	return only_without_errors(config_load_with_errors(path, errors), errors, before);
}

struct config *config_load_text(const char *path, const char *text, size_t len, struct conf_errors *errors)
{
	size_t before = errors->count - errors->gentle;
	config_t cfg;

	if (conf_read_text(path, text, len, &cfg, errors) == 0)
		return only_without_errors(read_root(path, &cfg, errors), errors, before);
	config_destroy(&cfg);
	return NULL;
}

void config_free(struct config *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < c->modem_count; i++)
		json_decref(c->modems[i].profile);
	free(c);
}
