/* A hotline with its units, a turned clock and a control connection that is only pretended: requests go to the handlers, answers
 * are caught. */
#ifndef HL_TESTS_PEOPLE_FIXTURE_H
#define HL_TESTS_PEOPLE_FIXTURE_H

#include <string.h>

#include "core/alert/alert.h"
#include "core/config/config.h"
#include "core/control/control.h"
#include "core/outbound/warn.h"
#include "core/counters.h"
#include "core/people/anchor.h"
#include "core/people/auth.h"
#include "core/people/init.h"
#include "core/people/units.h"
#include "core/turn.h"
#include "scratch.h"
#include "store/audit.h"
#include "store/store.h"

struct answer { bool given; int err; char text[512]; json_t *body; };

struct people {
	struct scratch scratch;
	struct config config;
	struct hl_clock clock;
	int64_t now_ms;
	struct core core;
	char recovery[VAULT_RECOVERY_TEXT];
	struct session *session;
	bool connection_gone;
	struct answer answer;      /* the last one */
	size_t answers;
};

static struct people *people;

/* ---- what control.c would do ------------------------------------------------------------------------------------------ */

static void answered(struct control_call *call, int err, json_t *body)
{
	json_decref(people->answer.body);
	people->answer.given = true;
	people->answer.err = err;
	people->answer.body = body;
	people->answers++;
	if (call->kept) {
		json_decref((json_t *)(uintptr_t)call->request);
		free(call);
	}
}

void control_end_sessions(struct core *core, const char *name)
{
	(void)core;
	(void)name;
}

void warn_people(struct core *core, const char *key, const char *what)
{
	(void)core;
	(void)key;
	(void)what;
}

void control_ok(struct control_call *call, json_t *body)
{
	people->answer.text[0] = '\0';
	answered(call, 0, body);
}

void control_fail(struct control_call *call, int err, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(people->answer.text, sizeof(people->answer.text), fmt, ap);
	va_end(ap);
	answered(call, err, NULL);
}

bool control_watched(const struct core *core);
bool control_watched(const struct core *core)
{
	(void)core;
	return false;
}

void control_event_for(struct core *core, int64_t unit_id, const char *event, json_t *body);
void control_event_for(struct core *core, int64_t unit_id, const char *event, json_t *body)
{
	(void)core;
	(void)unit_id;
	(void)event;
	json_decref(body);
}

struct control_call *control_keep(struct control_call *call)
{
	struct control_call *kept = calloc(1, sizeof(*kept));

	*kept = *call;
	kept->kept = true;
	kept->session = NULL;
	kept->connection = call->session;
	json_incref((json_t *)(uintptr_t)kept->request);
	return kept;
}

struct session *control_session(const struct control_call *call)
{
	return people->connection_gone ? NULL : call->connection;
}

const char *control_text(const struct control_call *call, const char *field)
{
	return json_string_value(json_object_get(call->request, field));
}

const char *control_need(struct control_call *call, const char *field, size_t max)
{
	const char *text = control_text(call, field);

	if (text && *text && strlen(text) <= max)
		return text;
	control_fail(call, text && *text ? HL_ERANGE : HL_EINVAL, "%s", field);
	return NULL;
}

/* ---- requests ----------------------------------------------------------------------------------------------------------- */

/* Sends a request, which is taken over; does not wait. */
__attribute__((unused)) static void send_request(control_handler handler, json_t *request)
{
	struct control_call call = { .core = &people->core, .session = people->session, .request = request };

	assert_non_null(request);
	people->answer.given = false;
	handler(&call);
	json_decref(request);
}

/* Runs the loop until the answer is there and its turn has ended. */
__attribute__((unused)) static int wait_answer(void)
{
	while (!people->answer.given)
		assert_int_equal(event_base_loop(people->core.base, EVLOOP_ONCE), 0);
	turn_end(people->core.turn);
	return people->answer.err;
}

__attribute__((unused)) static int ask(control_handler handler, json_t *request)
{
	send_request(handler, request);
	return wait_answer();
}

__attribute__((unused)) static int login(const char *name, const char *password)
{
	return ask(control_login, json_pack("{s:s, s:s}", "person", name, "password", password));
}

__attribute__((unused)) static int add_by_recovery(const char *name, const char *role, const char *password)
{
	return ask(control_person_add, json_pack("{s:s, s:s, s:s, s:s}", "name", name, "role", role, "password", password, "recovery",
		people->recovery));
}

__attribute__((unused)) static int add_as(const char *name, const char *role, const char *password, const char *as,
	const char *as_password)
{
	return ask(control_person_add, json_pack("{s:s, s:s, s:s, s:s, s:s}", "name", name, "role", role, "password", password, "as", as,
		"as_password", as_password));
}

/* The last audit row, as "actor action object detail". */
__attribute__((unused)) static const char *last_audit(void)
{
	static char line[320];
	struct audit_row row;

	assert_int_equal(audit_list_before(people->core.store, INT64_MAX, &row, 1), 1);
	snprintf(line, sizeof(line), "%s %s %s %s", row.actor, row.action, row.object, row.detail);
	return line;
}

/* ---- set-up ------------------------------------------------------------------------------------------------------------- */

static int64_t people_ms(void *arg)
{
	(void)arg;
	return people->now_ms;
}

static void people_init(struct people *p)
{
	char *out = NULL;
	size_t len;
	FILE *memory = open_memstream(&out, &len);
	struct hl_reason why;
	const char *key;

	scratch_new(&p->scratch);
	snprintf(p->config.database, sizeof(p->config.database), "%s/hotline.db", p->scratch.dir);
	snprintf(p->config.keys, sizeof(p->config.keys), "%s/keys", p->scratch.dir);
	snprintf(p->config.keyring, sizeof(p->config.keyring), "%s/keyring", p->scratch.dir);
	p->config.argon2_least = true;
	p->config.session_idle_s = 600;
	assert_int_equal(core_init(&p->config, true, memory, &why), 0);
	fclose(memory);
	key = strstr(out, "\n    ");
	assert_non_null(key);
	snprintf(p->recovery, sizeof(p->recovery), "%.69s", key + 5);
	free(out);
}

static int people_setup(void **state)
{
	struct people *p = calloc(1, sizeof(*p));
	struct hl_reason why;

	*state = people = p;
	people_init(p);
	p->now_ms = 1795333805000LL;
	p->clock = (struct hl_clock){ people_ms, people_ms, NULL };
	p->core.clock = &p->clock;
	p->core.config = &p->config;
	p->core.base = event_base_new();
	event_base_priority_init(p->core.base, TURN_PRIORITIES);
	assert_int_equal(store_open(p->config.database, &p->core.store, &why), 0);
	p->core.counters = counters_new(&p->core);
	assert_int_equal(vault_open(p->config.keys, p->config.keyring, &p->core.vault, &why), 0);
	p->core.turn = turn_new(&p->core);
	p->core.anchor = anchor_new(&p->core);
	p->core.units = units_new(&p->core, &why);
	p->core.sessions = sessions_new(&p->core);
	p->core.control = (struct control *)p; /* there is one, so the program is not ending; nobody looks into it */
	p->session = session_new(&p->core, 1000);
	return 0;
}

static int people_teardown(void **state)
{
	struct people *p = *state;

	session_free(p->session);
	p->session = NULL;
	p->connection_gone = true;
	sessions_free(p->core.sessions);
	units_free(p->core.units);
	turn_free(p->core.turn);
	anchor_free(p->core.anchor);
	vault_close(p->core.vault);
	counters_free(p->core.counters);
	store_close(p->core.store);
	event_base_free(p->core.base);
	json_decref(p->answer.body);
	scratch_remove(&p->scratch);
	free(p);
	return 0;
}

#endif
