#include "core/duty/live.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "conf/conf.h"
#include "core/config/config.h"
#include "core/control/control.h"
#include "core/duty/live_inside.h"
#include "core/outbound/warn.h"
#include "core/people/case_visible.h"
#include "core/roster/local_time.h"
#include "core/turn.h"
#include "store/audit.h"
#include "vault/vault.h"

#define SLOT_MS (15 * 60 * INT64_C(1000))
#define DAY_MS (24 * 60 * 60 * INT64_C(1000))
#define IMPORT_NAME "the imported roster"

static void keep_errors(struct live_words *w, const struct conf_errors *e)
{
	w->count = 0;
	for (size_t i = 0; i < e->count && i < CONF_ERRORS_MAX; i++)
		live_keep_words(w, e->list[i].text);
}

/* ---- another roster ----------------------------------------------------------------------------------------------- */

void roster_live_add_hooks(struct core *core, const struct roster_live_hooks *hooks)
{
	hooks_add(&core->roster_live_hooks, hooks);
}

static void tell_changed(struct core *core)
{
	for (size_t i = 0; i < core->roster_live_hooks.count; i++) {
		const struct roster_live_hooks *h = core->roster_live_hooks.list[i];
		if (h->changed)
			h->changed(core);
	}
}

/* The one place where the roster of the running core changes. */
static void put_in_force(struct roster_live *l, struct roster *next, const char *imported_by)
{
	struct core *core = l->core;

	hl_log(HL_LOG_NOTICE, "roster", "in_force people=%zu rotations=%zu source=%s", roster_count(next),
		roster_schedule(next)->rotation_count, *imported_by ? "import" : "file");
	roster_free(core->roster);
	core->roster = next;
	hl_strlcpy(l->imported_by, sizeof(l->imported_by), imported_by);
	l->refused.count = 0;
	live_put_overrides(l);
	tell_changed(core);
	control_event(core, "roster", json_pack("{s:s, s:I}", "change", "taken", "people", (json_int_t)roster_count(next)));
}

static void on_after_commit(struct core *core)
{
	struct roster_live *l = core->roster_live;
	struct roster *next = l->next;
	bool stale = l->stale;

	l->next = NULL;
	l->stale = false;
	if (next)
		put_in_force(l, next, l->next_by);
	else if (stale)
		live_put_overrides(l);
}

static void on_after_abort(struct core *core, int err)
{
	struct roster_live *l = core->roster_live;

	(void)err;
	roster_free(l->next);
	l->next = NULL;
	l->stale = false;
}

static void next_is(struct roster_live *l, struct roster *next, const char *by)
{
	roster_free(l->next);
	l->next = next;
	hl_strlcpy(l->next_by, sizeof(l->next_by), by);
}

static void record(struct core *core, const char *actor, const char *action, const struct roster *r)
{
	char detail[64] = "the old one stays";

	if (r)
		snprintf(detail, sizeof(detail), "%zu people, %zu rotations", roster_count(r), roster_schedule(r)->rotation_count);
	audit_append(core->store, hl_wall_ms(core->clock), actor, action, "", detail);
}

static void refuse(struct roster_live *l, const char *actor, const char *action, const struct conf_errors *e)
{
	hl_log(HL_LOG_WARNING, "roster", "refused errors=%zu first=\"%s\" mend=\"the old one stays: mend it and reload\"", e->count,
		e->list[0].text);
	record(l->core, actor, action, NULL);
	control_event(l->core, "roster", json_pack("{s:s, s:I}", "change", "refused", "errors", (json_int_t)e->count));
}

/* ---- what is kept of an imported one ------------------------------------------------------------------------------- */

static struct vault_binding binding_of(int64_t made_ms)
{
	return (struct vault_binding){ .table = "roster", .row = 1, .time_ms = made_ms };
}

/* Whoever imports, the unit that gets conflicts of interest is as the file has it: apart is a roster in which it is so. */
static struct roster *read_imported(const struct core *core, const struct roster *apart, const char *text, size_t len, struct conf_errors *e)
{
	struct roster *r = roster_load_text(IMPORT_NAME, text, len, core->config->country, e);

	if (!r || roster_take_unit(r, apart, CASE_UNIT_APART))
		return r;
	conf_error(e, IMPORT_NAME, 0, "somebody has the name or the number of a person of " CASE_UNIT_APART
		", whom only the file names, or there are too many");
	roster_free(r);
	return NULL;
}

/* What was imported, if it can still be read; file: what the file says now. NULL where there is none, or with an error added. */
static struct roster *open_import(const struct core *core, const struct roster *file, struct roster_import_row *row, struct conf_errors *e)
{
	char *text = hl_calloc(1, ROSTER_LIVE_TEXT_MAX + 1);
	struct roster *r = NULL;

	if (roster_import_get(core->store, row)) {
		struct vault_binding b = binding_of(row->made_ms);
		if (row->len > VAULT_AEAD_EXTRA &&
			vault_transit_open(core->vault, &b, row->body, row->len, text, ROSTER_LIVE_TEXT_MAX + 1) == 0)
			r = read_imported(core, file, text, row->len - VAULT_AEAD_EXTRA, e);
		else
			conf_error(e, IMPORT_NAME, 0, "cannot be opened with these keys");
	}
	explicit_bzero(text, ROSTER_LIVE_TEXT_MAX);
	free(text);
	return r;
}

/* Under an imported roster the file still says who is of that unit. Takes over file. */
static void take_apart(struct roster_live *l, struct roster *file)
{
	struct roster_import_row *row = hl_calloc(1, sizeof(*row));
	struct conf_errors *e = hl_calloc(1, sizeof(*e));
	struct roster *r = open_import(l->core, file, row, e);

	if (r)
		next_is(l, r, row->author);
	else
		hl_log(HL_LOG_ERR, "roster", "import_unusable first=\"%s\" mend=\"the roster in force stays: import again\"", e->list[0].text);
	roster_free(file);
	free(e);
	free(row);
}

/* ---- the file ----------------------------------------------------------------------------------------------------- */

static struct roster *read_file(struct roster_live *l, struct conf_errors *e)
{
	const struct config *c = l->core->config;
	struct roster *r = roster_load(c->roster, c->country, e);

	if (r)
		l->seen = roster_stamp(r);
	else if (!roster_stamp_of(c->roster, &l->seen))
		l->seen = (struct roster_stamp){ 0, 0, 0, 0 };
	return r;
}

bool roster_live_reload(struct core *core, const char *actor, struct conf_errors *e)
{
	struct roster_live *l = core->roster_live;
	struct roster *r;

	turn_begin(core->turn);
	r = read_file(l, e);
	if (!r) {
		keep_errors(&l->refused, e);
		refuse(l, actor, "roster.reload.failed", e);
		return false;
	}
	l->refused.count = 0;
	record(core, actor, *l->imported_by ? "roster.check" : "roster.reload", r);
	if (!*l->imported_by)
		next_is(l, r, "");
	else
		take_apart(l, r); /* it would be good; but the imported one stays */
	return true;
}

bool roster_live_use_file(struct core *core, const char *actor, struct conf_errors *e)
{
	struct roster_live *l = core->roster_live;
	struct roster *r = read_file(l, e);

	if (!r) {
		refuse(l, actor, "roster.import.failed", e);
		return false;
	}
	roster_import_delete(core->store);
	record(core, actor, "roster.file", r);
	next_is(l, r, "");
	return true;
}

static bool has_changed(const struct roster_live *l)
{
	struct roster_stamp now = { 0, 0, 0, 0 };

	roster_stamp_of(l->core->config->roster, &now);
	return memcmp(&now, &l->seen, sizeof(now)) != 0;
}

/* ---- an imported one ---------------------------------------------------------------------------------------------- */

/* Whoever is rung no more after an import hears of it, where they were rung until then. */
static void tell_left_out(struct core *core, const struct roster *next)
{
	for (size_t i = 0; i < roster_count(core->roster); i++) {
		const struct roster_person *p = roster_person(core->roster, i);
		if (!roster_find_number(next, &p->number))
			warn_person(core, p, "sys.number", NULL);
	}
}

bool roster_live_import(struct core *core, const char *actor, const char *text, size_t len, struct conf_errors *e)
{
	struct roster *r = read_imported(core, core->roster, text, len, e);
	struct roster_import_row *row;
	struct vault_binding b;

	if (!r) {
		refuse(core->roster_live, actor, "roster.import.failed", e);
		return false;
	}
	row = hl_calloc(1, sizeof(*row));
	row->made_ms = hl_wall_ms(core->clock);
	hl_strlcpy(row->author, sizeof(row->author), actor);
	b = binding_of(row->made_ms);
	row->len = vault_transit_seal(core->vault, &b, text, len, row->body);
	roster_import_put(core->store, row);
	free(row);
	record(core, actor, "roster.import", r);
	tell_left_out(core, r);
	next_is(core->roster_live, r, actor);
	return true;
}

/* At the start. Otherwise the file's stays, and the status says so. */
static void read_import(struct roster_live *l)
{
	struct roster_import_row *row = hl_calloc(1, sizeof(*row));
	struct conf_errors *e = hl_calloc(1, sizeof(*e));
	struct roster *r = open_import(l->core, l->core->roster, row, e);

	if (r) {
		roster_free(l->core->roster);
		l->core->roster = r;
		hl_strlcpy(l->imported_by, sizeof(l->imported_by), row->author);
	} else if (e->count) {
		keep_errors(&l->refused, e);
		hl_log(HL_LOG_ERR, "roster", "import_unusable first=\"%s\" mend=\"the file is used: import again, or go back to it "
			"with hotlinectl roster import --file\"", e->list[0].text);
	}
	free(e);
	free(row);
}

/* ---- the room ----------------------------------------------------------------------------------------------------- */

void live_cover(struct roster_live *l, bool force)
{
	const struct schedule *s = roster_schedule(l->core->roster);
	int64_t now = hl_wall_ms(l->core->clock);
	const char *units[SCHEDULE_ROTATIONS_MAX];
	size_t n = cover_units(s, units);

	if (!force && now / SLOT_MS == l->cover_slot)
		return;
	l->cover_slot = now / SLOT_MS;
	l->cover_count = 0;
	for (size_t i = 0; i < n; i++)
		l->cover_count += cover_find(s, units[i], now, now + ROSTER_LIVE_DAYS * DAY_MS, l->cover + l->cover_count,
			ROSTER_LIVE_COVER_MAX - l->cover_count);
}

struct roster_live *roster_live_new(struct core *core)
{
	static const struct turn_hooks hooks = { NULL, on_after_commit, on_after_abort };
	struct roster_live *l = hl_calloc(1, sizeof(*l));

	l->core = core;
	l->seen = roster_stamp(core->roster);
	core->roster_live = l;
	read_import(l);
	live_put_overrides(l);
	turn_add_hooks(core->turn, &hooks);
	return l;
}

void roster_live_free(struct roster_live *l)
{
	if (!l)
		return;
	roster_free(l->next);
	free(l);
}

void roster_live_tick(struct core *core)
{
	struct roster_live *l = core->roster_live;
	struct conf_errors *e;

	if (!l)
		return;
	if (has_changed(l)) {
		e = hl_calloc(1, sizeof(*e));
		roster_live_reload(core, "core", e);
		free(e);
	}
	live_cover(l, false);
	live_shifts(l);
}

void roster_live_overrides_changed(struct core *core)
{
	core->roster_live->stale = true;
}

const char *roster_live_imported_by(const struct core *core)
{
	return core->roster_live && *core->roster_live->imported_by ? core->roster_live->imported_by : NULL;
}

const struct cover_span *roster_live_cover(const struct core *core, size_t *count)
{
	*count = core->roster_live ? core->roster_live->cover_count : 0;
	return core->roster_live ? core->roster_live->cover : NULL;
}
