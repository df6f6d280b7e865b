#include "core/start.h"

#include <grp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "conf/conf.h"
#include "core/activation.h"
#include "core/alert/alert.h"
#include "core/alert/policies.h"
#include "core/backup/backup.h"
#include "core/campaign/campaign.h"
#include "core/case/agencies.h"
#include "core/config/config.h"
#include "core/config/profiles.h"
#include "core/config/wording.h"
#include "core/contacts/contacts.h"
#include "core/control/control.h"
#include "core/counters.h"
#include "core/dialogue/dialogue.h"
#include "core/duty/live.h"
#include "core/health/health.h"
#include "core/inbound/intake.h"
#include "core/link/links.h"
#include "core/ops/ops.h"
#include "core/outbound/dispatch.h"
#include "core/people/anchor.h"
#include "core/people/session.h"
#include "core/people/units.h"
#include "core/retention/retention.h"
#include "core/roster/roster.h"
#include "core/service/service.h"
#include "core/triage/triage.h"
#include "core/turn.h"
#include "core/ussd/menu.h"
#include "core/ussd/ussd_room.h"
#include "store/meta.h"
#include "store/store.h"
#include "vault/vault.h"
#include "wire/conn.h"

/* ---- configuration ----------------------------------------------------------------------------------------- */

/* The wording with the configuration's words, and with a label for each district that an alert may name. */
static void fit_wording(const struct core *core, struct conf_errors *errors)
{
	const char *district;

	if (!core->wording)
		return;
	wording_use_config(core->wording, core->config, errors);
	for (size_t i = 0; core->rules && (district = triage_district_name(core->rules, i, NULL)); i++)
		wording_need_district(core->wording, district, errors);
}

/* The menu, with a district of the triage rules behind each of its own. */
static void fit_menu(struct core *core, struct conf_errors *errors)
{
	if (!core->config->ussd[0] || !core->wording)
		return;
	core->menu = ussd_menu_load(core, errors);
	if (core->menu && core->rules)
		ussd_menu_check_districts(core->menu, core->rules, errors);
}

static void on_bad_rule(void *arg, const char *file, int line, const char *text)
{
	conf_error(arg, file, line, "%s", text);
}

int core_configure(struct core *core, const char *config_path, bool check, FILE *out)
{
	struct conf_errors *errors = hl_calloc(1, sizeof(*errors));
	struct hl_reason why;
	size_t count;

	/* with errors, too: what it names may have more of them */
	core->config = config_load_with_errors(config_path, errors);
	if (core->config) {
		setenv("TZ", core->config->time_zone, 1); /* the roster's times are local */
		tzset();
		core->roster = roster_load(core->config->roster, core->config->country, errors);
		core->agencies = agencies_load(core->config->agencies, errors);
		core->wording = wording_load(core->config->wording, errors);
		if (triage_load_telling(core->config->triage, &core->rules, on_bad_rule, errors, &why) == 0
		    && triage_weights_loaded(core->rules) == 0)
			hl_log(HL_LOG_WARNING, "triage", "event=no_weights: there is no weights.tsv in %s, so the rules decide alone and find "
				"less; copy the one that is shipped", core->config->triage);
		core->policies = policies_load(core->config->alerts, core->roster, core->rules, errors);
		fit_wording(core, errors);
		fit_menu(core, errors);
	}
	if (core->config && check)
		profiles_check(core->config, errors);
	conf_errors_print(out, errors);
	count = check ? errors->count : errors->count - errors->gentle;
	free(errors);
	return count || !core->config || !core->roster || !core->agencies || !core->policies || !core->wording || !core->rules ? EX_CONFIG : 0;
}

/* ---- starting ---------------------------------------------------------------------------------------------- */

/* What one step needs to be told and can tell. */
struct starting {
	struct core *core;
	struct hl_reason why;
};

static int start_loop(struct starting *s)
{
	s->core->base = event_base_new();
	if (!s->core->base || event_base_priority_init(s->core->base, TURN_PRIORITIES))
		return hl_fail(&s->why, HL_EIO, "cannot make the event loop");
	if (!s->core->clock)
		s->core->clock = &hl_clock_system;
	return 0;
}

static int start_store(struct starting *s)
{
	const struct config *c = s->core->config;
	char now[37], then[37] = "";
	int err = store_open(c->database, &s->core->store, &s->why);

	if (err)
		return err;
	if (hl_boot_id(now))
		return hl_fail(&s->why, HL_EIO, "the kernel does not tell its boot id: is /proc mounted?");
	meta_get_text(s->core->store, "boot_id", then, sizeof(then));
	s->core->same_boot = strcmp(now, then) == 0;
	return 0;
}

static int start_vault(struct starting *s)
{
	const struct config *c = s->core->config;
	int err = vault_open(c->keys, c->keyring, &s->core->vault, &s->why);

	return err ? err : vault_week_prepare(s->core->vault, hl_wall_ms(s->core->clock), &s->why);
}

static int start_rooms(struct starting *s)
{
	struct core *core = s->core;

	core->counters = counters_new(core);
	core->turn = turn_new(core);
	core->anchor = anchor_new(core);
	core->units = units_new(core, &s->why);
	if (!core->units)
		return HL_ENOENT;
	core->roster_live = roster_live_new(core);
	core->sessions = sessions_new(core);
	core->alerts = alerts_new(core); /* before what hands its texts over, which tells it at once of those that cannot leave */
	core->campaigns = campaigns_new(core); /* likewise; and in a turn it queues before the dispatcher leases */
	dialogue_start(core); /* likewise */
	core->dispatch = dispatch_new(core);
	core->contacts = contacts_new(core);
	core->retention = retention_new(core);
	core->backup = backup_new(core);
	core->service = service_new(core);
	core->intake = intake_new(core, &s->why);
	core->ussd = ussd_room_new(core);
	ussd_link_start(core);
	ussd_text_start(core);
	ussd_modem_start(core);
	ussd_campaign_start(core);
	core->health = health_new(core);
	return core->intake ? 0 : HL_ENOENT;
}

/* Last, when every room has made its deadlines of another boot due: until then a crash would only do that again. */
static int start_boot(struct starting *s)
{
	struct core *core = s->core;
	char now[37];
	int err;

	turn_begin(core->turn);
	if (!core->same_boot && hl_boot_id(now) == 0)
		meta_set_text(core->store, "boot_id", now);
	err = turn_end(core->turn);
	return err ? hl_fail(&s->why, err, "cannot write to %s: %s", core->config->database, hl_strerror(err)) : 0;
}

/* The socket from systemd, or one of our own. */
static int listen_fd(const char *name, const char *path, mode_t mode, struct hl_reason *why)
{
	int fd = activation_fd(name);

	return fd >= 0 ? fd : wire_listen(path, mode, why);
}

/* Strangers may connect where there is a link_user, because a socket file has but one group; SO_PEERCRED decides. */
static int start_links(struct starting *s)
{
	const struct config *c = s->core->config;
	const struct { const char *name, *path, *user; } rows[LINK_KINDS] = {
		[LINK_MODEM] = { "link", c->link_socket, c->link_user },
		[LINK_NOTIFY] = { "notify", c->notify_socket, c->notify_user },
		[LINK_USSD] = { "ussd", c->ussd_socket, c->ussd_user },
	};
	int fds[LINK_KINDS];

	for (int kind = 0; kind < LINK_KINDS; kind++) {
		fds[kind] = *rows[kind].path ? listen_fd(rows[kind].name, rows[kind].path, *rows[kind].user ? 0666 : 0600, &s->why) : -1;
		if (*rows[kind].path && fds[kind] < 0) {
			int err = fds[kind];
			while (kind-- > 0)
				if (fds[kind] >= 0)
					close(fds[kind]);
			return err;
		}
	}
	s->core->links = links_new(s->core, fds, &s->why);
	return s->core->links ? 0 : HL_ENOENT;
}

static int start_control(struct starting *s)
{
	const struct config *c = s->core->config;
	int fd = listen_fd("control", c->control_socket, c->control_group[0] ? 0660 : 0600, &s->why);
	const struct group *group = c->control_group[0] ? getgrnam(c->control_group) : NULL;

	if (fd < 0)
		return fd;
	if (group && activation_fd("control") < 0 && chown(c->control_socket, (uid_t)-1, group->gr_gid)) {
		close(fd);
		return hl_fail(&s->why, HL_EIO, "cannot give %s to group %s: be a member of it", c->control_socket,
			c->control_group);
	}
	s->core->control = control_new(s->core, fd, control_ops, &s->why);
	return s->core->control ? 0 : HL_ENOENT;
}

static const struct {
	int (*start)(struct starting *s);
	int exit;
} steps[] = {
	{ start_loop, EX_OSERR },
	{ start_store, EX_NOINPUT },
	{ start_vault, EX_NOINPUT },
	{ start_rooms, EX_CONFIG },
	{ start_boot, EX_IOERR },
	{ start_links, EX_CANTCREAT },
	{ start_control, EX_CANTCREAT },
};

int core_start(struct core *core)
{
	struct starting s = { .core = core, .why = { "" } };

	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		if (steps[i].start(&s)) {
			hl_log(HL_LOG_ERR, "core", "cannot_start why=\"%s\"", s.why.text);
			return steps[i].exit;
		}
	}
	return 0;
}

/* ---- stopping ---------------------------------------------------------------------------------------------- */

static void stop_sockets(struct core *core)
{
	bool links = core->links != NULL, control = core->control != NULL;

	control_free(core->control);
	core->control = NULL;
	links_free(core->links);
	core->links = NULL;
	if (control && activation_fd("control") < 0)
		unlink(core->config->control_socket);
	if (links && activation_fd("link") < 0)
		unlink(core->config->link_socket);
	if (links && core->config->notify_socket[0] && activation_fd("notify") < 0)
		unlink(core->config->notify_socket);
	if (links && core->config->ussd_socket[0] && activation_fd("ussd") < 0)
		unlink(core->config->ussd_socket);
}

/* Requests that were to be answered later (a password, a walk along the audit trail) end while every room is there:
 * their answers may write. */
static void end_requests(struct core *core)
{
	sessions_free(core->sessions);
	core->sessions = NULL;
	contacts_free(core->contacts);
	core->contacts = NULL;
	campaigns_end_requests(core->campaigns);
	retention_free(core->retention);
	core->retention = NULL;
	backup_free(core->backup);
	core->backup = NULL;
	service_free(core->service);
	core->service = NULL;
	if (core->turn) {
		turn_begin(core->turn); /* what was counted outside of turns */
		turn_end(core->turn);
	}
	stop_sockets(core);
	if (core->turn) {
		event_base_loop(core->base, EVLOOP_NONBLOCK);
		turn_end(core->turn);
	}
}

void core_stop(struct core *core)
{
	end_requests(core);
	health_free(core->health);
	ussd_room_free(core->ussd);
	intake_free(core->intake);
	dispatch_free(core->dispatch);
	campaigns_free(core->campaigns);
	alerts_free(core->alerts);
	roster_live_free(core->roster_live);
	units_free(core->units);
	turn_free(core->turn);
	anchor_free(core->anchor);
	counters_free(core->counters);
	vault_close(core->vault);
	store_close(core->store);
	policies_free(core->policies);
	agencies_free(core->agencies);
	roster_free(core->roster);
	menu_free(core->menu);
	wording_free(core->wording);
	triage_free(core->rules);
	config_free(core->config);
	if (core->base) {
		event_base_loop(core->base, EVLOOP_NONBLOCK); /* the last answers leave; no room is left to hear anything */
		event_base_free(core->base);
	}
	memset(core, 0, sizeof(*core));
}
