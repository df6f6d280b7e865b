/* What a monitor and a person at the desk want to know at once, warnings first. */
#include <config.h>

#include <string.h>
#include <sys/stat.h>

#include "core/alert/alert.h"
#include "core/backup/backup.h"
#include "core/campaign/campaign.h"
#include "core/config/config.h"
#include "core/control/control.h"
#include "core/counters.h"
#include "core/duty/live.h"
#include "core/health/health.h"
#include "core/link/links.h"
#include "core/ops/notify_status.h"
#include "core/people/anchor.h"
#include "core/retention/retention.h"
#include "core/service/balance.h"
#include "store/quarantine.h"
#include "vault/vault.h"

static void add_counters(const struct core *core, json_t *status)
{
	json_t *counters = json_object();

	for (int i = 0; i < COUNTERS; i++)
		json_object_set_new(counters, counter_name((enum counter)i), json_integer(counter_get(core, (enum counter)i)));
	json_object_set_new(status, "counters", counters);
}

static json_int_t file_bytes(const char *path, const char *suffix)
{
	char name[300];
	struct stat st;

	snprintf(name, sizeof(name), "%s%s", path, suffix);
	return stat(name, &st) ? 0 : (json_int_t)st.st_size;
}

static void add_roster(const struct core *core, json_t *status)
{
	json_int_t count[ROSTER_OPERATOR + 1] = { 0 }, gaps = 0;
	size_t covers;
	const struct cover_span *cover = roster_live_cover(core, &covers);

	for (size_t i = 0; i < roster_count(core->roster); i++)
		count[roster_person(core->roster, i)->role]++;
	for (size_t i = 0; i < covers; i++)
		gaps += !cover[i].doubled;
	json_object_set_new(status, "roster", json_pack("{s:I, s:I, s:I, s:I, s:I}", "officers", count[ROSTER_OFFICER], "coordinators",
		count[ROSTER_COORDINATOR], "operators", count[ROSTER_OPERATOR], "gaps", gaps, "double", (json_int_t)covers - gaps));
}

static void warn(json_t *warnings, const char *text)
{
	json_array_append_new(warnings, json_string(text));
}

static void warn_of_modems(const struct core *core, json_t *warnings)
{
	struct link_view view;
	size_t ready = 0, count = 0;

	for (; links_view(core->links, count, &view); count++) {
		ready += view.ready;
		if (!view.connected)
			json_array_append_new(warnings,
				json_sprintf("modem %s has no worker: start hotline-modem %s", view.name, view.name));
		else if (!view.ready)
			json_array_append_new(warnings, json_sprintf("modem %s is %s: %s", view.name,
				*view.modem->state ? view.modem->state : "starting", view.modem->detail));
		if (view.config->no_sandbox)
			json_array_append_new(warnings, json_sprintf("modem %s runs without its sandbox (no_sandbox)", view.name));
	}
	if (count == 0)
		warn(warnings, "no modem is configured: nothing can arrive");
	else if (ready == 0)
		warn(warnings, "no modem is ready: nothing arrives and nothing is sent");
}

static void warn_of_ussd(const struct core *core, json_t *warnings)
{
	struct link_view view;

	if (links_program(core->links, LINK_USSD, &view) && !view.connected)
		warn(warnings, "nobody gets through to the menu by USSD: start hotline-ussd");
}

#define QUARANTINE_COUNTED 1000

static void warn_of_quarantine(const struct core *core, json_t *warnings)
{
	int64_t unseen = quarantine_unseen(core->store, QUARANTINE_COUNTED);

	if (unseen)
		json_array_append_new(warnings, json_sprintf("%lld%s messages could not be read and nobody has looked at them: hotlinectl quarantine",
			(long long)unseen, unseen == QUARANTINE_COUNTED ? " or more" : ""));
}

static void warn_of_backup(struct core *core, json_t *warnings)
{
	int64_t days = backup_age_days(core);
	char damage[BACKUP_DAMAGE_SIZE];

	if (backup_has_found_damage(core, damage))
		json_array_append_new(warnings, json_sprintf("DAMAGED: %s. Stop hotlined, keep its files, and restore the last backup", damage));

	if (core->config->backup_days && days >= core->config->backup_days)
		json_array_append_new(warnings, json_sprintf("no backup was made for %lld days: hotlinectl backup FILE", (long long)days));
	if (backup_has_lost_weeks(core))
		warn(warnings, "keys were destroyed since the last backup, which cannot open all texts any more: hotlinectl backup FILE");
}

static void warn_of_keys(const struct core *core, json_t *warnings)
{
	const char *name = vault_key_exposed(core->config->keys);

	if (name)
		json_array_append_new(warnings, json_sprintf("other users of this machine can get at the key %s: chmod 0600 the files in %s", name,
			core->config->keys));
}

static void add_warnings(struct core *core, json_t *status)
{
	json_t *warnings = json_array(), *complaints;
	const json_t *roster = json_object_get(status, "roster");

	bool officers = json_integer_value(json_object_get(roster, "officers")) > 0;
	bool coordinators = json_integer_value(json_object_get(roster, "coordinators")) > 0;

	if (alert_exhausted_count(core))
		json_array_append_new(warnings, json_sprintf("NOBODY ANSWERS: %lld alerts went to everybody and nobody has taken them: "
			"hotlinectl alerts", (long long)alert_exhausted_count(core)));
	if (!officers && !coordinators)
		warn(warnings, ROSTER_EMPTY);
	else if (!officers)
		warn(warnings, ROSTER_NO_OFFICER);
	else if (!coordinators)
		warn(warnings, "the roster has no coordinator");
	if (core->config->conflict_unit[0] && !roster_has_unit(core->roster, core->config->conflict_unit))
		warn(warnings, ROSTER_NOBODY_APART);
	complaints = roster_live_complaints(core);
	json_array_extend(warnings, complaints);
	json_decref(complaints);
	warn_of_modems(core, warnings);
	warn_of_quarantine(core, warnings);
	warn_of_backup(core, warnings);
	warn_of_keys(core, warnings);
	notify_status_warn(core, warnings);
	warn_of_ussd(core, warnings);
	if (retention_soon(core->retention))
		json_array_append_new(warnings, json_sprintf("%lld cases will be erased within %lld days: hotlinectl retention preview",
			(long long)retention_soon(core->retention), (long long)core->config->retention.warn_days));
	balance_warnings(core, warnings);
	campaigns_warnings(core, warnings);
	if (anchor_is_broken(core->anchor))
		warn(warnings, "the audit trail was cut or changed while the core was stopped: see hotlinectl audit verify");
	complaints = health_complaints(core);
	json_array_extend(warnings, complaints);
	json_decref(complaints);
	if (!core->config->receipts)
		warn(warnings, "people who text get no answer (receipts is false)");
	if (core->config->argon2_least)
		warn(warnings, "passwords are weakly protected (argon2_least is true): for tests and the demo only");
	json_object_set_new(status, "warnings", warnings);
}

void control_status(struct control_call *call)
{
	struct core *core = call->core;
	json_t *status = json_object();
	const char *db = core->config->database;

	json_object_set_new(status, "version", json_string(PACKAGE_VERSION));
	json_object_set_new(status, "uptime_s", json_integer(control_uptime_s(core->control)));
	json_object_set_new(status, "database_bytes", json_integer(file_bytes(db, "") + file_bytes(db, "-wal")));
	add_roster(core, status);
	add_warnings(core, status);
	add_counters(core, status);
	control_outbox_counts(call->core, status);
	control_alert_counts(call->core, status);
	json_object_set_new(status, "nobody_answers", json_integer(alert_exhausted_count(core)));
	control_modem_counts(call->core, status);
	notify_status_add(core, status);
	control_ok(call, status);
}
