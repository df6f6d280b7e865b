#include "core/retention/shred.h"

#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/config/config.h"
#include "core/turn.h"
#include "store/audit.h"
#include "store/retention.h"

static bool current(const struct core *core, const char *week, int64_t now_ms)
{
	(void)core;
	return vault_week_end_ms(week) > now_ms;
}

enum retention_key shred_look(struct core *core, const char *week, int64_t now_ms)
{
	struct retention_week_row row;
	struct retention_week facts = { .end_ms = vault_week_end_ms(week) };

	if (current(core, week, now_ms))
		return RETENTION_KEY_KEEP;
	retention_look_week(core->store, week, &row);
	if (row.unknown) {
		hl_log(HL_LOG_WARNING, "retention", "week_kept week=%s why=\"a table that this program cannot move has texts of it\"", week);
		return RETENTION_KEY_KEEP;
	}
	facts.erased_ms = row.erased_ms;
	facts.any = row.any;
	facts.waiting = row.waiting;
	return retention_of_week(&core->config->retention, &facts, now_ms);
}

/* A text as it was read, because the statement that reads must end before the one that writes. */
struct moving {
	struct text { const char *table; struct vault_binding b; uint8_t wrap[VAULT_WRAP]; bool sound; } list[SHRED_TEXTS];
	size_t count;
};

static bool take(const struct retention_text *t, void *arg)
{
	struct moving *m = arg;
	struct text *to = &m->list[m->count++];

	to->table = t->table;
	to->b = (struct vault_binding){ t->table, t->id, t->case_id, t->direction, t->time_ms };
	to->sound = t->wrap_len == VAULT_WRAP;
	if (to->sound)
		memcpy(to->wrap, t->wrap, VAULT_WRAP);
	return m->count < SHRED_TEXTS;
}

int shred_move(struct core *core, const char *week, int64_t now_ms)
{
	struct moving *m = hl_calloc(1, sizeof(*m));
	struct hl_reason why = { "" };
	int err = 0, count;

	retention_texts_of_week(core->store, week, SHRED_TEXTS, take, m);
	for (size_t i = 0; i < m->count && !err; i++) {
		char name[VAULT_WEEK];
		hl_strlcpy(name, sizeof(name), week);
		err = m->list[i].sound ? vault_text_rewrap(core->vault, &m->list[i].b, now_ms, m->list[i].wrap, name, &why) : HL_ECORRUPT;
		if (err)
			hl_log(HL_LOG_ERR, "retention", "week_kept week=%s table=%s row=%lld why=\"%s\" mend=\"its text cannot be moved: restore it\"",
				week, m->list[i].table, (long long)m->list[i].b.row, *why.text ? why.text : hl_strerror(err));
		else
			retention_move_text(core->store, m->list[i].table, m->list[i].b.row, m->list[i].wrap, VAULT_WRAP, name);
	}
	count = (int)m->count;
	free(m);
	return err ? err : count;
}

int shred_destroy(struct core *core, const char *week, int64_t now_ms)
{
	struct retention_week_row row;
	struct hl_reason why = { "" };
	int err;

	retention_look_week(core->store, week, &row);
	if (current(core, week, now_ms) || row.any || row.unknown)
		return HL_ESTATE;
	turn_begin(core->turn);
	retention_forget_week(core->store, week);
	audit_append(core->store, now_ms, "core", "week.destroy", week, "");
	err = turn_end(core->turn);
	if (err)
		return err;
	store_scrub(core->store);
	err = vault_week_destroy(core->vault, week, &why);
	if (err)
		hl_log(HL_LOG_ERR, "retention", "key_not_destroyed week=%s why=\"%s\"", week, why.text);
	else
		hl_log(HL_LOG_NOTICE, "retention", "key_destroyed week=%s", week);
	return err;
}
