/* login and logout: a connection becomes a person's, and nobody's again. */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/mem.h"
#include "core/control/control.h"
#include "core/people/auth.h"
#include "core/people/person.h"
#include "core/people/units.h"
#include "core/turn.h"
#include "store/audit.h"
#include "store/store.h"

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
		session_login_end(s);
	if (!err && !is_still_there(l)) {
		control_fail(l->call, HL_EAUTH, "%s", auth_error_text(HL_EAUTH));
	} else if (err || !s) {
		control_fail(l->call, err ? err : HL_ESTATE, "the login could not be written to the audit trail; try again");
	} else {
		session_begin(s, &l->person, l->unit_secret);
		l->unit_secret = NULL;
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
			session_login_end(s);
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
	if (!session_login_begin(s)) {
		control_fail(call, HL_EBUSY, "a login of this connection is under way");
		return;
	}
	l = hl_calloc(1, sizeof(*l));
	l->call = control_keep(call);
	err = auth_check(sessions_auth(call->core->sessions), session_uid(s), "login", name, password, on_checked, l);
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
