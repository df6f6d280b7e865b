#include "core/people/auth.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/config/config.h"
#include "core/turn.h"
#include "store/audit.h"
#include "store/store.h"

_Static_assert(PERSON_BLOB == VAULT_PERSON_BLOB && UNIT_SEALED == VAULT_SEALED_KEY && UNIT_KEY == VAULT_KEY,
	"the store keeps what the vault seals");

/* What is remembered of a person's failures; id 0 stands for every name that is nobody's. At most one for each person
 * and user of the machine who may use the control socket. */
struct failures { uid_t uid; int64_t person_id, last_boot_ms; unsigned count, under_way; };

struct check {
	struct auth *auth;
	uid_t uid;
	struct check *next;
	struct event *timer;       /* while it waits */
	struct pwhash_job *job;
	struct person_row person;  /* id 0: nobody of that name */
	const char *action;
	auth_done done;
	void *arg;
};

struct auth {
	struct core *core;
	struct pwhash *pwhash;
	struct check *checks;
	size_t check_count;
	struct failures *failures;
	size_t failure_count;
};

int64_t auth_delay_ms(unsigned failures)
{
	int64_t ms;

	if (failures < 3) /* a slip or two costs nothing */
		return 0;
	ms = 1000LL << (failures - 3 < 10 ? failures - 3 : 10);
	return ms < AUTH_DELAY_MAX_MS ? ms : AUTH_DELAY_MAX_MS;
}

struct auth *auth_new(struct core *core)
{
	struct auth *a = hl_calloc(1, sizeof(*a));

	a->core = core;
	a->pwhash = pwhash_new(core->base);
	return a;
}

const struct vault_cost *auth_cost(const struct auth *a)
{
	return a->core->config->argon2_least ? &vault_cost_least : &vault_cost_service;
}

struct pwhash *auth_pwhash(struct auth *a)
{
	return a->pwhash;
}

struct error_text { int err; const char *text; };

const char *auth_error_text(int err)
{
	static const struct error_text rows[] = {
		{ HL_EAUTH, "wrong name or password" },
		{ HL_EBUSY, "too many passwords are being checked; try again in a minute" },
		{ HL_EFULL, "there is not enough memory to check a password (128 MiB); free some, then try again" },
		{ HL_ECORRUPT, "this person's keys in the database are damaged; add the person anew, or restore a backup" },
		{ HL_ESTATE, "hotlined is being stopped" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].err == err)
			return rows[i].text;
	return hl_strerror(err);
}

static struct failures *failures_of(struct auth *a, uid_t uid, int64_t person_id)
{
	struct failures *f = NULL;
	int64_t now_ms = hl_boot_ms(a->core->clock);

	for (size_t i = 0; i < a->failure_count && !f; i++)
		if (a->failures[i].uid == uid && a->failures[i].person_id == person_id)
			f = &a->failures[i];
	if (!f) {
		a->failures = hl_realloc_array(a->failures, a->failure_count + 1, sizeof(*a->failures));
		f = &a->failures[a->failure_count++];
		*f = (struct failures){ .uid = uid, .person_id = person_id };
	}
	if (now_ms - f->last_boot_ms > AUTH_FORGET_MS)
		f->count = 0;
	return f;
}

/* The person's secret key opens their unit's. */
static int open_unit(const struct check *c, uint8_t *unit_secret)
{
	uint8_t public_key[VAULT_KEY];

	crypto_scalarmult_base(public_key, c->job->secret);
	if (sodium_memcmp(public_key, c->person.public_key, VAULT_KEY) != 0)
		return HL_ECORRUPT;
	if (!c->person.unit_id)
		return 0;
	return vault_key_open(c->person.unit_sealed, c->person.public_key, c->job->secret, unit_secret) ? HL_ECORRUPT : 0;
}

/* A name that is nobody's is not written down: people type passwords there. */
static void audit_check(const struct check *c, int err)
{
	struct core *core = c->auth->core;
	char action[32];

	snprintf(action, sizeof(action), "%s%s", c->action, err ? ".failed" : "");
	turn_begin(core->turn);
	audit_append(core->store, hl_wall_ms(core->clock), c->person.id ? c->person.name : "unknown", action, "",
		err && err != HL_EAUTH ? hl_strerror(err) : "");
}

static void remember(const struct check *c, int err)
{
	struct failures *f = failures_of(c->auth, c->uid, c->person.id);

	f->under_way--;
	if (err == HL_EAUTH)
		f->count++;
	else if (err == 0)
		f->count = 0;
	f->last_boot_ms = hl_boot_ms(c->auth->core->clock);
}

static void unlink_check(struct check *c)
{
	struct check **at = &c->auth->checks;

	while (*at != c)
		at = &(*at)->next;
	*at = c->next;
	c->auth->check_count--;
}

static void finish(struct check *c, int err)
{
	uint8_t *unit_secret = sodium_malloc(VAULT_KEY);

	if (!unit_secret)
		hl_fatal(71, "out of memory for keys");
	if (!err)
		err = c->person.id ? open_unit(c, unit_secret) : HL_EAUTH;
	remember(c, err);
	if (err != HL_ESTATE)
		audit_check(c, err);
	unlink_check(c);
	c->done(c->arg, err, &c->person, !err && c->person.unit_id ? unit_secret : NULL);
	sodium_free(unit_secret);
	pwhash_job_free(c->job);
	if (c->timer)
		event_free(c->timer);
	free(c);
}

static void on_opened(struct pwhash_job *job)
{
	finish(job->arg, job->err);
}

static void on_waited(evutil_socket_t fd, short what, void *arg)
{
	struct check *c = arg;

	(void)fd;
	(void)what;
	if (pwhash_submit(c->auth->pwhash, c->job) != 0)
		finish(c, HL_EFULL);
}

static struct pwhash_job *job_of(struct check *c, const char *password)
{
	struct pwhash_job *job = pwhash_job_new();

	job->op = PWHASH_OPEN;
	job->done = on_opened;
	job->arg = c;
	if (c->person.id)
		memcpy(job->blob, c->person.secret_blob, sizeof(job->blob));
	else /* a name that is nobody's must take as long as a wrong password */
		vault_person_dummy(auth_cost(c->auth), job->blob);
	hl_strlcpy(job->password, sizeof(job->password), password); /* a longer one is cut, and wrong: none that long exists */
	return job;
}

static size_t under_way_of(const struct auth *a, uid_t uid)
{
	size_t n = 0;

	for (const struct check *c = a->checks; c; c = c->next)
		n += c->uid == uid;
	return n;
}

int auth_check(struct auth *a, uid_t uid, const char *action, const char *name, const char *password, auth_done done,
	void *arg)
{
	struct person_row person = { 0 };
	struct failures *f;
	struct timeval wait;
	struct check *c;
	int64_t delay_ms;
	int err;

	if (a->check_count >= AUTH_WAITING_MAX || under_way_of(a, uid) >= AUTH_USER_MAX)
		return HL_EBUSY;
	err = person_row_find(a->core->store, name, &person);
	if (err && err != HL_ENOENT)
		return err;
	c = hl_calloc(1, sizeof(*c));
	*c = (struct check){ .auth = a, .uid = uid, .person = person, .action = action, .done = done, .arg = arg, .next = a->checks };
	a->checks = c;
	a->check_count++;
	c->job = job_of(c, password);
	f = failures_of(a, uid, c->person.id);
	delay_ms = auth_delay_ms(f->count + f->under_way++);
	c->timer = evtimer_new(a->core->base, on_waited, c);
	wait = (struct timeval){ delay_ms / 1000, delay_ms % 1000 * 1000 };
	if (!c->timer || evtimer_add(c->timer, &wait) != 0)
		hl_fatal(71, "out of memory for timers");
	return 0;
}

void auth_free(struct auth *a)
{
	if (!a)
		return;
	pwhash_free(a->pwhash); /* ends the checks that were with it */
	while (a->checks)
		finish(a->checks, HL_ESTATE);
	free(a->failures);
	free(a);
}
