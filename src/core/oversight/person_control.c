/* person.add, person.list. Adding: the unit's secret key is opened with the recovery key or by a member of that unit, and sealed to
 * the new person, whose own key is sealed under their password. */
#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/mem.h"
#include "core/control/control.h"
#include "core/outbound/warn.h"
#include "core/people/auth.h"
#include "core/people/case_visible.h"
#include "core/people/person.h"
#include "core/people/units.h"
#include "core/turn.h"
#include "store/audit.h"
#include "store/store.h"

/* A person.add under way; in sodium_malloc() memory as a whole. */
struct adding {
	struct control_call *call;
	const struct person_role_row *role;
	const struct unit *unit;           /* NULL for a role without one */
	char name[PERSON_NAME_SIZE], by[PERSON_NAME_SIZE];
	bool by_recovery;
	char password[VAULT_PASSWORD_MAX + 1];
	uint8_t unit_secret[VAULT_KEY];    /* once it was opened */
	uint8_t public_key[VAULT_KEY];     /* of the new person */
};

static void adding_free(struct adding *a)
{
	sodium_free(a);
}

/* ---- the end: the new person's row ------------------------------------------------------------------------------------- */

static void insert(struct adding *a, const uint8_t blob[VAULT_PERSON_BLOB])
{
	struct core *core = a->call->core;
	struct person_row row = { .unit_id = a->unit ? a->unit->id : 0, .created_ms = hl_wall_ms(core->clock) };

	hl_strlcpy(row.name, sizeof(row.name), a->name);
	hl_strlcpy(row.role, sizeof(row.role), a->role->name);
	if (!a->by_recovery)
		hl_strlcpy(row.added_by, sizeof(row.added_by), a->by);
	memcpy(row.public_key, a->public_key, sizeof(row.public_key));
	memcpy(row.secret_blob, blob, sizeof(row.secret_blob));
	if (a->unit)
		vault_key_seal(a->unit_secret, a->public_key, row.unit_sealed);
	turn_begin(core->turn);
	person_row_insert(core->store, &row);
	if (*row.added_by)
		warn_people(core, "sys.person", "person");
	audit_append(core->store, row.created_ms, a->by, "person.add", a->name, a->role->name);
	control_ok(a->call, json_pack("{s:s, s:s, s:s}", "name", a->name, "role", a->role->name, "unit", a->unit ? a->unit->name : ""));
}

/* Whether nobody is called so that a reader of the audit trail could take one for the other; answers where somebody is. */
static bool is_new_name(struct core *core, struct control_call *call, const char *name)
{
	struct person_row *rows = hl_calloc(PERSONS_MAX, sizeof(*rows));
	size_t count = person_row_list(core->store, rows, PERSONS_MAX), i = 0;
	bool is_new = false;

	while (i < count && !person_names_look_alike(rows[i].name, name))
		i++;
	if (i < count)
		control_fail(call, HL_EEXIST, "there is a person whose name looks like that one: %s", rows[i].name);
	else if (person_row_is_known(core->store, name))
		control_fail(call, HL_EEXIST, "somebody had that name, and the audit trail tells of them: choose another");
	else
		is_new = true;
	free(rows);
	return is_new;
}

/* Whether there is room for one more of this name; answers where there is not. */
static bool has_room(struct core *core, struct control_call *call, const char *name)
{
	struct person_row row;
	int err = person_row_find(core->store, name, &row);

	if (err == HL_ENOENT && person_row_count(core->store) >= PERSONS_MAX)
		control_fail(call, HL_EFULL, "there are %d people already, which is the most", PERSONS_MAX);
	else if (err == 0 || err == HL_ECORRUPT)
		control_fail(call, HL_EEXIST, "there is a person of that name already");
	else if (err != HL_ENOENT)
		control_fail(call, err, "the list of people could not be read: %s", hl_strerror(err));
	else
		return is_new_name(core, call, name);
	return false;
}

static void on_sealed(struct pwhash_job *job)
{
	struct adding *a = job->arg;

	if (job->err)
		control_fail(a->call, job->err, "%s", auth_error_text(job->err));
	else if (has_room(a->call->core, a->call, a->name)) /* again: two may have been added at once */
		insert(a, job->blob);
	pwhash_job_free(job);
	adding_free(a);
}

static void seal(struct adding *a)
{
	struct auth *auth = sessions_auth(a->call->core->sessions);
	struct pwhash_job *job = pwhash_job_new();
	int err;

	job->op = PWHASH_SEAL;
	job->cost = *auth_cost(auth);
	job->done = on_sealed;
	job->arg = a;
	hl_strlcpy(job->password, sizeof(job->password), a->password);
	vault_keypair_new(a->public_key, job->secret);
	err = pwhash_submit(auth_pwhash(auth), job);
	if (err) {
		control_fail(a->call, err, "%s", auth_error_text(err));
		pwhash_job_free(job);
		adding_free(a);
	}
}

/* ---- the middle: who may ----------------------------------------------------------------------------------------------- */

static void on_authorised(void *arg, int err, const struct person_row *person, const uint8_t *unit_secret)
{
	struct adding *a = arg;

	if (err) {
		control_fail(a->call, err, "%s", auth_error_text(err));
	} else if (strcmp(person->role, a->role->name) != 0 || person->unit_id != (a->unit ? a->unit->id : 0)) {
		control_fail(a->call, HL_EAUTH, "only a member of the same unit, or the recovery key, can add a person to it");
	} else {
		hl_strlcpy(a->by, sizeof(a->by), person->name);
		if (unit_secret)
			memcpy(a->unit_secret, unit_secret, VAULT_KEY);
		seal(a);
		return;
	}
	adding_free(a);
}

/* Whether this is the recovery key of this hotline; secret is wiped by the caller. */
static int read_recovery(const struct core *core, const char *text, uint8_t secret[VAULT_KEY], uint8_t public_key[VAULT_KEY])
{
	int err = vault_recovery_read(text, secret, public_key);

	if (!err && sodium_memcmp(public_key, unit_recovery_public(core->units), VAULT_KEY) != 0)
		err = HL_EAUTH;
	return err;
}

static int open_by_recovery(struct adding *a, const char *text)
{
	struct core *core = a->call->core;
	uint8_t secret[VAULT_KEY], public_key[VAULT_KEY];
	struct unit_row row;
	int err = read_recovery(core, text, secret, public_key);

	if (!err && a->unit) {
		err = unit_row_find(core->store, a->unit->id, &row);
		if (!err)
			err = vault_key_open(row.recovery_sealed, public_key, secret, a->unit_secret) ? HL_EIO : 0;
	}
	sodium_memzero(secret, sizeof(secret));
	return err;
}

/* By what is wrong with a recovery key; the texts say what to do about it. */
static const char *recovery_text(int err)
{
	if (err == HL_EINVAL)
		return "that is no recovery key: it has 14 groups of 4 letters and digits";
	if (err == HL_ECORRUPT)
		return "the recovery key has a slip of the pen in it: compare it with the paper, group by group";
	if (err == HL_EAUTH)
		return "that is the recovery key of another hotline";
	return "the unit's key does not open with the recovery key: restore the database from a backup";
}

static void authorise_by_recovery(struct adding *a, const char *text)
{
	struct core *core = a->call->core;
	int err = open_by_recovery(a, text);

	hl_strlcpy(a->by, sizeof(a->by), "recovery");
	a->by_recovery = true;
	if (!err) {
		seal(a);
		return;
	}
	turn_begin(core->turn);
	audit_append(core->store, hl_wall_ms(core->clock), a->by, "person.add.failed", "", hl_strerror(err));
	control_fail(a->call, err, "%s", recovery_text(err));
	adding_free(a);
}

static void authorise(struct adding *a)
{
	struct control_call *call = a->call;
	const char *recovery = control_text(call, "recovery");
	const char *as = control_text(call, "as"), *as_password = control_text(call, "as_password");
	int err;

	if (recovery) {
		authorise_by_recovery(a, recovery);
		return;
	}
	if (!as || !as_password) {
		control_fail(call, HL_EAUTH, "adding a person needs the recovery key, or a member of the same unit and their password");
		adding_free(a);
		return;
	}
	err = auth_check(sessions_auth(call->core->sessions), session_uid(control_session(call)), "person.authorise", as, as_password,
		on_authorised, a);
	if (err)
		on_authorised(a, err, NULL, NULL);
}

/* ---- the beginning: what is asked -------------------------------------------------------------------------------------- */

void control_person_add(struct control_call *call)
{
	const char *name = control_need(call, "name", 255);
	const char *role_name = name ? control_need(call, "role", 32) : NULL;
	const char *password = role_name ? control_need(call, "password", VAULT_PASSWORD_MAX) : NULL;
	const struct person_role_row *role = password ? person_role_find(role_name) : NULL;
	const char *unit = role ? person_unit_for(role, control_text(call, "unit")) : NULL;
	struct adding *a;

	if (!password)
		return;
	if (!role) {
		control_fail(call, HL_EINVAL, "a role is officer, coordinator, auditor or outreach");
	} else if (!unit) {
		control_fail(call, HL_EINVAL, "a unit is that of the role (officer: ATPU, coordinator: MDTF), or IND for those who get "
			"conflicts of interest");
	} else if (!person_name_ok(name)) {
		control_fail(call, HL_EINVAL, "a name has %d to %d letters of one script (a-z or Cyrillic), digits and . - _, and begins with a "
			"letter", PERSON_NAME_MIN, PERSON_NAME_MAX);
	} else if (person_name_is_taken(name)) {
		control_fail(call, HL_EINVAL, "the audit trail calls somebody else so: choose another name");
	} else if (strlen(password) < VAULT_PASSWORD_MIN) {
		control_fail(call, HL_ERANGE, "a password has at least %d characters", VAULT_PASSWORD_MIN);
	} else if (has_room(call->core, call, name)) {
		a = sodium_malloc(sizeof(*a));
		if (!a)
			hl_fatal(EX_OSERR, "out of memory for keys");
		sodium_memzero(a, sizeof(*a));
		a->role = role;
		a->unit = *unit ? unit_by_name(call->core->units, unit) : NULL;
		assert(!*unit || a->unit);
		hl_strlcpy(a->name, sizeof(a->name), name);
		hl_strlcpy(a->password, sizeof(a->password), password);
		a->call = control_keep(call);
		authorise(a);
	}
}

void control_person_list(struct control_call *call)
{
	struct person_row *rows = hl_calloc(PERSONS_MAX, sizeof(*rows));
	size_t count = person_row_list(call->core->store, rows, PERSONS_MAX);
	bool may_know_apart = case_may_know_apart(call->core, call->session);
	json_t *people = json_array();

	for (size_t i = 0; i < count; i++) {
		const struct unit *unit = unit_by_id(call->core->units, rows[i].unit_id);
		if (!may_know_apart && unit && strcmp(unit->name, CASE_UNIT_APART) == 0)
			continue;
		json_array_append_new(people, json_pack("{s:s, s:s, s:s, s:I}", "name", rows[i].name, "role", rows[i].role, "unit",
			unit ? unit->name : "", "created_ms", (json_int_t)rows[i].created_ms));
	}
	free(rows);
	control_ok(call, json_pack("{s:o}", "people", people));
}

/* Only by the recovery key: somebody with a login who could remove others would leave nobody to see what they do. */
void control_person_remove(struct control_call *call)
{
	struct core *core = call->core;
	const char *name = control_need(call, "name", PERSON_NAME_SIZE - 1);
	const char *recovery = name ? control_need(call, "recovery", 255) : NULL;
	uint8_t secret[VAULT_KEY], public_key[VAULT_KEY];
	int64_t now_ms = hl_wall_ms(core->clock);
	int err;

	if (!recovery)
		return;
	err = read_recovery(core, recovery, secret, public_key);
	sodium_memzero(secret, sizeof(secret));
	if (err) {
		audit_append(core->store, now_ms, "recovery", "person.remove.failed", "", hl_strerror(err));
		control_fail(call, err, "%s", recovery_text(err));
	} else if (!person_row_remove(core->store, name, now_ms)) {
		control_fail(call, HL_ENOENT, "there is no person of that name: hotlinectl person list");
	} else {
		control_end_sessions(core, name);
		audit_append(core->store, now_ms, "recovery", "person.remove", name, "");
		control_ok(call, NULL);
	}
}
