#include "core/people/session.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/config/config.h"
#include "core/people/auth.h"
#include "core/people/person.h"
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

void session_end(struct session *s)
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

bool session_login_begin(struct session *s)
{
	if (s->logging_in)
		return false;
	s->logging_in = true;
	return true;
}

void session_login_end(struct session *s)
{
	s->logging_in = false;
}

void session_begin(struct session *s, const struct person_row *person, uint8_t *unit_secret)
{
	session_end(s);
	s->role = person_role_of(person->role);
	hl_strlcpy(s->name, sizeof(s->name), person->name);
	s->unit_id = person->unit_id;
	s->unit_secret = unit_secret;
	s->used_boot_ms = hl_boot_ms(s->core->clock);
	arm_idle(s);
}
