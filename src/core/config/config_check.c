/* What the table of keys cannot say about a configuration: paths, words, values that must fit each other. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/config/config_inside.h"
#include "core/dialogue/contact_safety.h"
#include "core/roster/local_time.h"

static void check_path(struct config_reader *r, const char *key, char *value, size_t size)
{
	if (conf_resolve_path(r->path, value, size))
		conf_error(r->e, r->path, conf_line(r->root, key),
			"%s is too long with the folder of this file before it: at most %zu octets",
			key, size - 1);
	else if (*value == '\0')
		conf_error(r->e, r->path, conf_line(r->root, key), "%s must not be empty", key);
}

static void check_paths(struct config_reader *r)
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
	if (*r->c->ussd_socket)
		check_path(r, "ussd_socket", r->c->ussd_socket, sizeof(r->c->ussd_socket));
	if (*r->c->ussd)
		check_path(r, "ussd", r->c->ussd, sizeof(r->c->ussd));
	if (*r->c->agencies)
		check_path(r, "agencies", r->c->agencies, sizeof(r->c->agencies));
	if (*r->c->alerts)
		check_path(r, "alerts", r->c->alerts, sizeof(r->c->alerts));
	if (strcmp(r->c->link_socket, r->c->control_socket) == 0)
		conf_error(r->e, r->path, conf_line(r->root, "control_socket"), "control_socket and link_socket are the same");
}

bool config_only_of(const char *text, const char *allowed)
{
	return strspn(text, allowed) == strlen(text);
}

/* Units are made by init; these are the two it makes. */
static void check_owner(struct config_reader *r, const char *key, const char *unit)
{
	if (strcmp(unit, "ATPU") != 0 && strcmp(unit, "MDTF") != 0)
		conf_error(r->e, r->path, conf_line(r->root, key), "%s is \"%s\" but must be \"ATPU\" or \"MDTF\"", key, unit);
}

static void check_tell(struct config_reader *r, const char *key, const char *what)
{
	if (strcmp(what, "summary") != 0 && strcmp(what, "code") != 0 && strcmp(what, "answer") != 0)
		conf_error(r->e, r->path, conf_line(r->root, key), "%s is \"%s\" but must be \"code\", \"summary\" or \"answer\"", key, what);
}

/* A word or number that stands in the texts: digits, letters, nothing that could be a placeholder. */
static void check_word(struct config_reader *r, const char *key, const char *word)
{
	if (strpbrk(word, "{}\n\r\t"))
		conf_error(r->e, r->path, conf_line(r->root, key), "%s must be a word or a number, without brackets", key);
}

/* A name must be one the system knows, because the C library takes an unknown one for UTC without a word. */
static void check_time_zone(struct config_reader *r)
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

static void check_reports(struct config_reader *r)
{
	struct config *c = r->c;

	c->digests = *c->digest_at != '\0';
	if (c->digests && !local_minute_read(c->digest_at, &c->digest_min))
		conf_error(r->e, r->path, conf_line(r->root, "digest_at"), "digest_at \"%s\" must be a time of day such as \"08:00\"",
			c->digest_at);
}

static void check_campaign_hours(struct config_reader *r)
{
	struct contact_hours h = { 0, 0 };

	if (!contact_hours_read(r->c->campaign_hours, &h))
		conf_error(r->e, r->path, conf_line(r->root, "campaign_hours"), "campaign_hours must be like \"09:00-21:00\", or \"always\"");
	r->c->campaign_open.from_min = h.from_min;
	r->c->campaign_open.to_min = h.to_min;
}

static void check_values(struct config_reader *r)
{
	const struct config *c = r->c;

	if (*c->country == '\0' || strlen(c->country) > 3 || !config_only_of(c->country, "0123456789"))
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

void config_check(struct config_reader *r)
{
	check_paths(r);
	check_values(r);
	check_reports(r);
}
