#include "cm.h"

#include <stdlib.h>
#include <string.h>

#include "core/alert/alert.h"
#include "conf/conf.h"
#include "core/config/wording.h"
#include "core/control/control.h"
#include "core/counters.h"
#include "core/health/health.h"
#include "core/outbound/warn.h"
#include "core/inbound/intake.h"
#include "core/outbound/dispatch.h"
#include "core/people/init.h"
#include "core/people/units.h"
#include "core/triage/triage.h"
#include "core/turn.h"
#include "store/store.h"
#include "unit/core/inbound/inbound_env.h"
#include "vault/people.h"

static struct env *env;

/* ---- what is recorded instead of done ---------------------------------------------------------------------- */

static void record(const char *what, const struct case_row *row)
{
	struct env_call *c = &env->calls[env->call_count++];

	assert_true(env->call_count <= ENV_CALLS_MAX);
	snprintf(c->what, sizeof(c->what), "%s", what);
	c->row = *row;
}

bool health_take_loop(struct core *core, const char *modem, const char *text)
{
	(void)core;
	(void)modem;
	(void)text;
	return false;
}

void alert_raise(struct core *core, const struct case_row *row)
{
	(void)core;
	record("raise", row);
}

void alert_unsafe(struct core *core, const struct case_row *row, const char *asked_by)
{
	(void)core;
	(void)asked_by;
	record("unsafe", row);
}

void alert_answered(struct core *core, const struct case_row *row)
{
	(void)core;
	record("answered", row);
}

void alert_moved(struct core *core, const struct case_row *row)
{
	(void)core;
	record("moved", row);
}

void alert_more(struct core *core, const struct case_row *row)
{
	(void)core;
	record("more", row);
}

bool alert_command(struct core *core, const char *link, const struct number *from, const char *text)
{
	(void)link;
	(void)text;
	if (env->poison_from && strcmp(from->e164, env->poison_from) == 0)
		store_fail(core->store, HL_EINVAL);
	return env->command_from && strcmp(from->e164, env->command_from) == 0;
}

bool control_watched(const struct core *core)
{
	(void)core;
	return true;
}

void control_event_for(struct core *core, int64_t unit_id, const char *event, json_t *body)
{
	(void)unit_id;
	control_event(core, event, body);
}

void warn_operator(struct core *core, const char *key, const char *what, const struct wording_arg *args)
{
	(void)core;
	(void)key;
	(void)what;
	(void)args;
	env->warnings++;
}

void control_event(struct core *core, const char *event, json_t *body)
{
	(void)core;
	(void)event;
	env->events++;
	json_decref(body);
}

/* ---- building ---------------------------------------------------------------------------------------------- */

static int64_t wall_ms(void *arg)
{
	return ((struct env *)arg)->wall_ms;
}

static int64_t boot_ms(void *arg)
{
	return ((struct env *)arg)->boot_ms;
}

static void configure(struct env *e)
{
	struct config *c = &e->config;

	snprintf(c->database, sizeof(c->database), "%s/hotlined.db", e->scratch.dir);
	snprintf(c->keys, sizeof(c->keys), "%s/keys", e->scratch.dir);
	snprintf(c->keyring, sizeof(c->keyring), "%s/keyring", e->scratch.dir);
	strcpy(c->country, "976");
	strcpy(c->police, "102");
	strcpy(c->helpline, "108");
	c->receipts = c->discreet = true;
	c->receipts_per_hour = 1000000;
	c->receipts_per_day = 5;
	c->partial_after_s = 600;
	strcpy(c->owner_default, "ATPU");
	strcpy(c->owner_sex, "ATPU");
	strcpy(c->owner_labour, "MDTF");
	strcpy(c->owner_online, "ATPU");
	strcpy(c->conflict_unit, "IND");
}

static void init(struct env *e)
{
	char *text = NULL, key[VAULT_RECOVERY_TEXT], *at;
	size_t len;
	FILE *out = open_memstream(&text, &len);
	struct hl_reason why = { "" };

	if (core_init(&e->config, true, out, &why))
		fail_msg("init: %s", why.text);
	fclose(out);
	at = strstr(text, "\n    ");
	assert_non_null(at);
	snprintf(key, sizeof(key), "%.*s", (int)strcspn(at + 5, "\n"), at + 5);
	assert_int_equal(vault_recovery_read(key, e->recovery_secret, e->recovery_public), 0);
	free(text);
}

static void build(struct env *e, bool same_boot)
{
	struct conf_errors *errors = calloc(1, sizeof(*errors));
	struct core *c = &e->core;
	struct hl_reason why = { "" };

	c->config = &e->config;
	c->clock = &e->clock;
	c->same_boot = same_boot;
	c->base = event_base_new();
	event_base_priority_init(c->base, TURN_PRIORITIES);
	c->wording = wording_load(HL_SRCDIR "/etc/wording", errors);
	assert_non_null(c->wording);
	assert_int_equal(triage_load(HL_SRCDIR "/etc/triage", &c->rules, &why), 0);
	assert_int_equal(vault_open(e->config.keys, e->config.keyring, &c->vault, &why), 0);
	assert_int_equal(store_open(e->config.database, &c->store, &why), 0);
	c->counters = counters_new(c);
	c->turn = turn_new(c);
	c->units = units_new(c, &why);
	assert_non_null(c->units);
	c->dispatch = dispatch_new(c);
	c->intake = intake_new(c, &why);
	assert_non_null(c->intake);
	turn_end(c->turn);
	free(errors);
}

static void unbuild(struct env *e)
{
	struct core *c = &e->core;

	turn_end(c->turn);
	intake_free(c->intake);
	dispatch_free(c->dispatch);
	units_free(c->units);
	turn_free(c->turn);
	counters_free(c->counters);
	vault_close(c->vault);
	store_close(c->store);
	wording_free(c->wording);
	triage_free(c->rules);
	event_base_free(c->base);
	memset(c, 0, sizeof(*c));
}

int env_setup(void **state)
{
	env = *state = calloc(1, sizeof(*env));
	scratch_new(&env->scratch);
	env->clock = (struct hl_clock){ wall_ms, boot_ms, env };
	env->wall_ms = 1795334400000; /* 2026-11-22 */
	env->boot_ms = 5000000;
	configure(env);
	init(env);
	build(env, true);
	return 0;
}

int env_teardown(void **state)
{
	struct env *e = *state;

	unbuild(e);
	scratch_remove(&e->scratch);
	free(e);
	return 0;
}

void env_restart(struct env *e, bool same_boot)
{
	unbuild(e);
	build(e, same_boot);
}

/* ---- talking to it ----------------------------------------------------------------------------------------- */

void env_inbound(struct env *e, const struct wire_inbound *msg)
{
	struct wire_inbound m = *msg;

	strcpy(m.imsi, "428990000000001");
	m.pdu_len = sizeof(e->pdu);
	memcpy(m.pdu, &e->pdu, sizeof(e->pdu));
	e->pdu++;
	intake_inbound(&e->core, "m1", &m);
}

void env_text_open(struct env *e, const char *from, const char *text)
{
	struct wire_inbound m = { .coding = 16 };

	snprintf(m.from, sizeof(m.from), "%s", from);
	snprintf(m.text, sizeof(m.text), "%s", text);
	env_inbound(e, &m);
}

void env_text(struct env *e, const char *from, const char *text)
{
	env_text_open(e, from, text);
	assert_int_equal(turn_end(e->core.turn), 0);
}

void env_part(struct env *e, const struct env_part *part)
{
	struct wire_inbound m = { .coding = 16, .concat_width = part->width, .concat_ref = part->ref, .concat_total = part->total,
		.concat_seq = part->seq };

	snprintf(m.from, sizeof(m.from), "%s", part->from);
	snprintf(m.text, sizeof(m.text), "%s", part->text);
	env_inbound(e, &m);
	assert_int_equal(turn_end(e->core.turn), 0);
}

/* ---- looking at what it did -------------------------------------------------------------------------------- */

int64_t env_count(struct env *e, const char *sql)
{
	struct store_sql query = { sql, 0 };
	sqlite3_stmt *st = store_stmt(e->core.store, &query);
	int64_t n = store_row(e->core.store, st) ? sqlite3_column_int64(st, 0) : -1;

	if (st)
		sqlite3_reset(st);
	return n;
}

int64_t env_last_case(struct env *e)
{
	struct message_row m;

	return message_get(e->core.store, message_last_id(e->core.store), &m) ? m.case_id : 0;
}

struct search { struct env *e; size_t skip; bool found; struct env_message *m; };

static bool look(const struct message_row *row, void *arg)
{
	struct search *s = arg;
	struct vault_binding b = { "message", row->id, row->case_id, (int)row->direction, row->time_ms };
	json_t *body;
	int err;

	if (s->skip-- > 0)
		return true;
	s->found = true;
	s->m->row = *row;
	err = vault_text_open(s->e->core.vault, &b, s->e->recovery_secret, true, row->text.body, row->text.body_len,
		row->text.wrap, row->text.week, s->m->body, sizeof(s->m->body));
	assert_int_equal(err, 0);
	body = json_loads(s->m->body, 0, NULL);
	assert_non_null(body);
	snprintf(s->m->text, sizeof(s->m->text), "%s", json_string_value(json_object_get(body, "text")));
	json_decref(body);
	return false;
}

bool env_message(struct env *e, int64_t case_id, size_t n, struct env_message *m)
{
	struct search s = { e, n, false, m };

	memset(m, 0, sizeof(*m));
	message_each(e->core.store, case_id, 0, look, &s);
	return s.found;
}
