#include "core/config/config.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "core/config/config_inside.h"

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

const struct conf_key config_keys[] = {
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
	TEXT(ussd, ""),
	TEXT(ussd_socket, ""),
	TEXT(ussd_user, ""),
	TRUTH(ussd_sms, "1"),
	TRUTH(ussd_modem, "0"),
	TRUTH(also_mail, "1"),
	TRUTH(also_webhook, "1"),
	TEXT(mail_tell, "summary"),
	TEXT(webhook_tell, "summary"),
	TRUTH(receipts, "1"),
	TRUTH(discreet, "1"),
	NUMBER(receipts_per_day, 0, 1000, "5"),
	NUMBER(receipts_per_hour, 1, 1000000, "6000"),
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
	KEEP("keep_campaigns_days", RETENTION_CAMPAIGN, "180"),
	{ "warn_days", CONF_INT, false, S(retention.warn_days), 0, 365, "14" },
	{ "shred_days", CONF_INT, false, S(retention.shred_days), 0, 365, "30" },
	NUMBER(campaign_least, 1, 1000, "10"),
	{ "campaign_two_above", CONF_INT, false, S(campaign_two_above), 0, 1000000, "500" },
	{ "campaign_emergency_s", CONF_INT, false, S(campaign_emergency_s), 0, DAY_S, "1800" },
	TEXT(campaign_hours, "09:00-21:00"),
	NUMBER(campaign_tip_days, 1, 90, "7"),
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

/* ---- the whole ------------------------------------------------------------------------------- */

static void read_all(struct config_reader *r)
{
	conf_read_group(r->path, r->root, config_keys, r->c, r->e);
	config_check(r);
	operators_read(r->c, r->path, r->root, r->e);
	config_read_modems(r);
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
	struct config_reader r = { path, config_root_setting(cfg), errors, c };

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
