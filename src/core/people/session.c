#include "core/people/session.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/config/config.h"
#include "core/control/control.h"
#include "core/people/auth.h"
#include "core/people/person.h"
#include "core/people/units.h"
#include "core/turn.h"
#include "store/audit.h"
#include "store/store.h"

struct sessions {
	struct auth *auth;
};

struct session {
	struct core *core;
	uid_t uid;
	enum person_role role;
	char name[PERSON_NAME_SIZE];
	int64_t unit_id;
	uint8_t *unit_secret;     /* sodium_malloc() memory, NULL where none */
	int64_t used_boot_ms;
	struct event *idle;       /* pending while somebody is logged in */
	bool logging_in;
};

struct sessions *sessions_new(struct core *core)
{
	struct sessions *s = hl_calloc(1, sizeof(*s));

	s->auth = auth_new(core);
	return s;
}

void sessions_free(struct sessions *s)
{
	if (!s)
		return;
	auth_free(s->auth);
	free(s);
}

struct auth *sessions_auth(const struct sessions *s)
{
	return s->auth;
}

/* ---- one session ------------------------------------------------------------------------------------------------------ */

static void session_end(struct session *s)
{
	s->role = PERSON_NONE;
	s->name[0] = '\0';
	s->unit_id = 0;
	sodium_free(s->unit_secret); /* wipes */
	s->unit_secret = NULL;
	event_del(s->idle);
}

void session_end_of(struct session *s, const char *name)
{
	if (s->role != PERSON_NONE && strcmp(s->name, name) == 0)
		session_end(s);
}

static int64_t idle_left_ms(const struct session *s)
{
	return s->core->config->session_idle_s * 1000 - (hl_boot_ms(s->core->clock) - s->used_boot_ms);
}

static void arm_idle(struct session *s)
{
	int64_t left_ms = idle_left_ms(s) + 1;
	struct timeval tv = { left_ms / 1000, left_ms % 1000 * 1000 };

	if (event_add(s->idle, &tv) != 0)
		hl_fatal(EX_OSERR, "out of memory for timers");
}

static void on_idle(evutil_socket_t fd, short what, void *arg)
{
	struct session *s = arg;

	(void)fd;
	(void)what;
	if (idle_left_ms(s) > 0) {
		arm_idle(s); /* used meanwhile */
		return;
	}
	hl_log(HL_LOG_INFO, "session", "ended person=%s why=idle", s->name);
	turn_begin(s->core->turn);
	audit_append(s->core->store, hl_wall_ms(s->core->clock), s->name, "logout", "", "idle");
	session_end(s);
}

struct session *session_new(struct core *core, uid_t uid)
{
	struct session *s = hl_calloc(1, sizeof(*s));

	s->core = core;
	s->uid = uid;
	s->idle = evtimer_new(core->base, on_idle, s);
	if (!s->idle)
		hl_fatal(EX_OSERR, "out of memory for timers");
	return s;
}

uid_t session_uid(const struct session *s)
{
	return s->uid;
}

bool session_is_stranger(const struct session *s)
{
	return session_role(s) == PERSON_NONE && s->uid != 0 && s->uid != geteuid();
}

void session_free(struct session *s)
{
	if (!s)
		return;
	session_end(s);
	event_free(s->idle);
	free(s);
}

void session_touch(struct session *s)
{
	if (s->role != PERSON_NONE && idle_left_ms(s) > 0)
		s->used_boot_ms = hl_boot_ms(s->core->clock);
}

/* The timer may be late (the machine slept): the clock decides. */
static bool session_is_on(const struct session *s)
{
	return s->role != PERSON_NONE && idle_left_ms(s) > 0;
}

enum person_role session_role(const struct session *s)
{
	return session_is_on(s) ? s->role : PERSON_NONE;
}

const char *session_name(const struct session *s)
{
	return session_is_on(s) ? s->name : "";
}

int64_t session_unit(const struct session *s)
{
	return session_is_on(s) ? s->unit_id : 0;
}

const uint8_t *session_unit_secret(const struct session *s)
{
	return session_is_on(s) ? s->unit_secret : NULL;
}

/* ---- logging in -------------------------------------------------------------------------------------------------------- */

/* Between the right password and the commit of its audit row. */
struct login {
	struct control_call *call;
	struct person_row person;
	uint8_t *unit_secret;
};

static void login_free(struct login *l)
{
	sodium_free(l->unit_secret);
	free(l);
}

static void session_begin(struct session *s, struct login *l)
{
	session_end(s);
	s->role = person_role_of(l->person.role);
	hl_strlcpy(s->name, sizeof(s->name), l->person.name);
	s->unit_id = l->person.unit_id;
	s->unit_secret = l->unit_secret;
	l->unit_secret = NULL;
	s->used_boot_ms = hl_boot_ms(s->core->clock);
	arm_idle(s);
}

/* They may have been removed while their password was being checked. */
static bool is_still_there(const struct login *l)
{
	struct person_row row;

	return person_row_find(l->call->core->store, l->person.name, &row) == 0;
}

/* Nobody gets in whose coming is not on disk. */
static void on_login_settled(void *arg, int err)
{
	struct login *l = arg;
	struct session *s = control_session(l->call);
	const struct unit *unit = unit_by_id(l->call->core->units, l->person.unit_id);

	if (s)
		s->logging_in = false;
	if (!err && !is_still_there(l)) {
		control_fail(l->call, HL_EAUTH, "%s", auth_error_text(HL_EAUTH));
	} else if (err || !s) {
		control_fail(l->call, err ? err : HL_ESTATE, "the login could not be written to the audit trail; try again");
	} else {
		session_begin(s, l);
		control_ok(l->call, json_pack("{s:s, s:s, s:s}", "name", l->person.name, "role", l->person.role, "unit",
			unit ? unit->name : ""));
	}
	login_free(l);
}

static void on_checked(void *arg, int err, const struct person_row *person, const uint8_t *unit_secret)
{
	struct login *l = arg;
	struct session *s = control_session(l->call);

	if (err) {
		if (s)
			s->logging_in = false;
		control_fail(l->call, err, "%s", auth_error_text(err));
		login_free(l);
		return;
	}
	l->person = *person;
	if (unit_secret) {
		l->unit_secret = sodium_malloc(VAULT_KEY);
		if (!l->unit_secret)
			hl_fatal(EX_OSERR, "out of memory for keys");
		memcpy(l->unit_secret, unit_secret, VAULT_KEY);
	}
	turn_reply(l->call->core->turn, on_login_settled, l);
}

void control_login(struct control_call *call)
{
	const char *name = control_need(call, "person", PERSON_NAME_SIZE - 1);
	const char *password = name ? control_need(call, "password", VAULT_PASSWORD_MAX) : NULL;
	struct session *s = call->session;
	struct login *l;
	int err;

	if (!password)
		return;
	if (s->logging_in) {
		control_fail(call, HL_EBUSY, "a login of this connection is under way");
		return;
	}
	l = hl_calloc(1, sizeof(*l));
	l->call = control_keep(call);
	s->logging_in = true;
	err = auth_check(sessions_auth(call->core->sessions), s->uid, "login", name, password, on_checked, l);
	if (err)
		on_checked(l, err, NULL, NULL);
}

void control_logout(struct control_call *call)
{
	struct core *core = call->core;

	if (session_role(call->session) != PERSON_NONE) {
		turn_begin(core->turn);
		audit_append(core->store, hl_wall_ms(core->clock), session_name(call->session), "logout", "", "");
	}
	session_end(call->session);
	control_ok(call, NULL);
}
