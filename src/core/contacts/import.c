#include "core/contacts/import.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/config/config.h"
#include "core/contacts/import_groups.h"
#include "core/turn.h"
#include "store/audit.h"
#include "store/optout.h"
#include "vault/vault.h"

#define STEP_ROWS 400      /* applied at once: some milliseconds */
#define RETRY_S 5          /* after a step that the disk did not take */

struct import {
	struct core *core;
	struct event *next;
	int64_t staging;           /* the import whose lines are coming; 0: none */
	bool applying, skip_bad;
	int64_t bad, heard_boot_ms;
	struct import_row row;     /* of the one that comes */
	struct fields_context context;
	struct fields fields;      /* of the last line */
	char groups[IMPORT_GROUPS_SIZE];
	struct import_groups made; /* by it */
	struct { import_told told; void *arg; int64_t id; } waiting;
};

/* ---- applying ---------------------------------------------------------------------------------------------------------- */

static void join_groups(struct core *core, int64_t id, const char *groups)
{
	char name[SUBSCRIBER_GROUP_SIZE];

	while (*groups) {
		size_t len = strcspn(groups, "\n");
		if (len < sizeof(name)) {
			memcpy(name, groups, len);
			name[len] = '\0';
			subscriber_join(core->store, id, subscriber_group_id(core->store, name, true, hl_wall_ms(core->clock)));
		}
		groups += len + (groups[len] != '\0');
	}
}

/* A newer word of theirs is kept, an older one changes nothing but what was not known. */
static void merge(struct subscriber_row *row, const struct staged_row *r)
{
	if (r->language >= 0)
		row->language = r->language;
	if (r->script >= 0)
		row->script = r->script;
	if (r->district[0])
		hl_strlcpy(row->district, sizeof(row->district), r->district);
	if (r->consent_ms > row->consent_ms) {
		row->consent_ms = r->consent_ms;
		hl_strlcpy(row->source, sizeof(row->source), r->source);
	}
}

static void apply_new(struct core *core, const struct import_row *row, const struct staged_row *r, struct subscriber_row *s)
{
	*s = (struct subscriber_row){ .language = r->language >= 0 ? r->language : SUBSCRIBER_MN,
		.script = r->script >= 0 ? r->script : SUBSCRIBER_CYRL, .number_len = r->number_len, .import_id = row->id };
	memcpy(s->alias, r->alias, sizeof(s->alias));
	memcpy(s->number, r->number, sizeof(s->number));
	s->joined_ms = s->updated_ms = hl_wall_ms(core->clock);
	merge(s, r);
	subscriber_insert(core->store, s);
}

/* Who said STOP stays out, whatever a list says. */
static void apply_row(struct core *core, struct import_row *row, const struct staged_row *r)
{
	struct subscriber_row s;

	row->applied++;
	if (optout_has(core->store, r->alias)) {
		row->stopped++;
		return;
	}
	if (!subscriber_get_alias(core->store, r->alias, &s)) {
		apply_new(core, row, r, &s);
		row->added++;
	} else {
		row->doubled += s.import_id == row->id;
		row->changed += s.import_id != row->id;
		merge(&s, r);
		s.import_id = row->id;
		s.updated_ms = hl_wall_ms(core->clock);
		subscriber_update(core->store, &s);
	}
	join_groups(core, s.id, r->groups);
}

static void finish(struct core *core, struct import_row *row)
{
	if (row->state == IMPORT_DROPPED) {
		subscriber_import_delete(core->store, row->id);
		return;
	}
	row->state = IMPORT_DONE;
	hl_log(HL_LOG_NOTICE, "contacts", "imported id=%lld rows=%lld added=%lld changed=%lld doubled=%lld stopped=%lld", (long long)row->id,
		(long long)row->applied, (long long)row->added, (long long)row->changed, (long long)row->doubled, (long long)row->stopped);
}

/* Some rows of the oldest that has any. */
static void step(struct core *core, struct import_row *row)
{
	static struct staged_row rows[STEP_ROWS];
	size_t n = subscriber_staged(core->store, row->id, rows, STEP_ROWS);

	for (size_t i = 0; i < n && row->state == IMPORT_APPLYING; i++)
		apply_row(core, row, &rows[i]);
	if (n)
		subscriber_unstage(core->store, row->id, rows[n - 1].id);
	if (n < STEP_ROWS)
		finish(core, row);
	subscriber_import_update(core->store, row);
}

static void schedule(struct import *m, int seconds)
{
	struct timeval tv = { seconds, 0 };

	event_add(m->next, &tv);
}

static void tell(struct import *m)
{
	struct import_row row;
	import_told told = m->waiting.told;

	if (!told)
		return;
	m->waiting.told = NULL;
	if (!subscriber_import_get(m->core->store, m->waiting.id, &row))
		row = (struct import_row){ .id = m->waiting.id, .state = IMPORT_DROPPED };
	told(m->waiting.arg, &row);
}

static void on_settled(void *arg, int err)
{
	struct import *m = contacts_import(arg);

	if (!m)
		return; /* the program ends */
	schedule(m, err ? RETRY_S : 0);
	if (!err)
		tell(m);
}

static void on_next(evutil_socket_t fd, short what, void *arg)
{
	struct import *m = arg;
	struct import_row row;

	(void)fd;
	(void)what;
	turn_begin(m->core->turn);
	m->applying = false;
	if (!m->staging) /* what was begun and came to no end: before a restart, or in a turn that failed */
		subscriber_import_abandon(m->core->store);
	if (!subscriber_import_next(m->core->store, &row))
		return;
	step(m->core, &row);
	m->applying = row.state == IMPORT_APPLYING;
	turn_reply(m->core->turn, on_settled, m->core);
}

/* ---- coming in --------------------------------------------------------------------------------------------------------- */

struct import *import_new(struct core *core)
{
	struct import *m = hl_calloc(1, sizeof(*m));

	m->core = core;
	m->next = evtimer_new(core->base, on_next, m);
	if (!m->next)
		hl_fatal(71, "out of memory for timers");
	m->applying = subscriber_import_next(core->store, &m->row) && m->row.state == IMPORT_APPLYING;
	schedule(m, 0);
	return m;
}

void import_free(struct import *m)
{
	if (!m)
		return;
	tell(m);
	event_free(m->next);
	explicit_bzero(&m->fields, sizeof(m->fields));
	free(m);
}

bool import_is_applying(const struct import *m)
{
	return m->applying;
}

void import_aborted(struct import *m)
{
	m->staging = 0;
	schedule(m, RETRY_S);
}

static bool is_idle(const struct import *m)
{
	return hl_boot_ms(m->core->clock) - m->heard_boot_ms > CONTACTS_IMPORT_IDLE_S * INT64_C(1000);
}

static void leave(struct import *m)
{
	if (m->staging) {
		m->row.state = IMPORT_DROPPED;
		subscriber_import_update(m->core->store, &m->row);
		schedule(m, 0);
	}
	m->staging = 0;
}

static void begin(struct import *m, const struct import_order *order)
{
	struct core *core = m->core;

	m->row = (struct import_row){ .state = IMPORT_STAGING, .consent_ms = order->consent_ms, .begun_ms = hl_wall_ms(core->clock) };
	hl_strlcpy(m->row.person, sizeof(m->row.person), order->person);
	hl_strlcpy(m->row.source, sizeof(m->row.source), order->source);
	hl_strlcpy(m->groups, sizeof(m->groups), order->groups);
	subscriber_import_insert(core->store, &m->row);
	m->context = (struct fields_context){ .rules = core->rules, .country = core->config->country, .now_ms = m->row.begun_ms,
		.consent_days = core->config->retention.days[RETENTION_CONSENT], .source = m->row.source, .consent_ms = order->consent_ms,
		.language = order->language, .script = order->script, .groups = m->groups };
	import_groups_begin(&m->made, core->store);
	m->skip_bad = order->skip_bad;
	m->bad = 0;
	m->staging = m->row.id;
	m->heard_boot_ms = hl_boot_ms(core->clock);
}

int64_t import_begin(struct import *m, const struct import_order *order, struct hl_reason *why)
{
	if (m->applying)
		return hl_fail(why, HL_EBUSY, "an import is being taken in just now: try again in a minute");
	if (m->staging && strcmp(m->row.person, order->person) != 0 && !is_idle(m))
		return hl_fail(why, HL_EBUSY, "an import of %s is coming in just now: try again when it is done", m->row.person);
	leave(m);
	begin(m, order);
	return m->staging;
}

static void stage(struct import *m)
{
	struct core *core = m->core;
	const struct fields *f = &m->fields;
	struct staged_row r = { .language = f->language, .script = f->script, .consent_ms = f->consent_ms };

	vault_alias(core->vault, f->number.e164, r.alias);
	r.number_len = vault_number_seal(core->vault, r.alias, f->number.e164, r.number);
	hl_strlcpy(r.district, sizeof(r.district), f->district);
	hl_strlcpy(r.groups, sizeof(r.groups), f->groups);
	hl_strlcpy(r.source, sizeof(r.source), f->source);
	subscriber_stage(core->store, m->staging, &r);
	m->row.staged++;
}

const char *import_line(struct import *m, int64_t id, const struct fields_written *w, int *err)
{
	const char *why;

	*err = !id || id != m->staging ? HL_ENOENT : m->row.staged + m->bad >= CONTACTS_IMPORT_MOST ? HL_EFULL : 0;
	if (*err)
		return NULL;
	m->heard_boot_ms = hl_boot_ms(m->core->clock);
	m->context.rules = m->core->rules; /* they may have been reloaded */
	why = fields_read(&m->context, w, &m->fields);
	if (!why && !import_groups_fit(&m->made, m->core->store, m->fields.groups))
		why = "too many groups: use those that are there (hotlinectl contacts groups), or fewer";
	if (why)
		m->bad++;
	else
		stage(m);
	explicit_bzero(&m->fields.number, sizeof(m->fields.number));
	*err = store_error(m->core->store);
	return why;
}

int64_t import_bad(const struct import *m, int64_t id)
{
	return id == m->staging ? m->bad : 0;
}

static int not_under_way(struct hl_reason *why)
{
	return hl_fail(why, HL_ENOENT, "this import is not under way any more, and nothing of it was taken: begin again");
}

int import_commit(struct import *m, int64_t id, struct hl_reason *why)
{
	if (!id || id != m->staging)
		return not_under_way(why);
	if (m->bad && !m->skip_bad)
		return hl_fail(why, HL_EINVAL, "%lld lines have errors, so nothing was taken: mend them, or leave them out", (long long)m->bad);
	if (m->row.staged == 0)
		return hl_fail(why, HL_EINVAL, "no line of it can be taken");
	m->row.state = IMPORT_APPLYING;
	subscriber_import_update(m->core->store, &m->row);
	m->staging = 0;
	m->applying = true;
	schedule(m, 0);
	return 0;
}

int import_drop(struct import *m, int64_t id, struct hl_reason *why)
{
	if (!id || id != m->staging)
		return not_under_way(why);
	leave(m);
	return 0;
}

bool import_is_waited(const struct import *m)
{
	return m->waiting.told != NULL;
}

void import_tell(struct import *m, int64_t id, import_told told, void *arg)
{
	m->waiting.told = told;
	m->waiting.arg = arg;
	m->waiting.id = id;
	if (!m->applying)
		tell(m); /* it is over */
}
