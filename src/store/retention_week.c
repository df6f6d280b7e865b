/* Weeks of which something was erased, and moving what is left of them to another week's key. */
#include <string.h>

#include "store/retention.h"
#include "store/schema_made.h"

/* The families of sealed texts that can be moved: how their rows are bound (vault_text_seal), and the place of a new wrap. */
static struct family {
	const char *table;
	struct store_sql any, waiting, texts, move;
} families[] = {
	{ "message",
		{ "SELECT 1 FROM message WHERE week = ? LIMIT 1", 0 },
		{ "SELECT 1 FROM message m JOIN cases c ON c.id = m.case_id WHERE m.week = ? AND c.closed_ms IS NOT NULL "
			"AND NOT EXISTS (SELECT 1 FROM hold h WHERE h.case_id = c.id) LIMIT 1", 0 },
		{ "SELECT id, case_id, time_ms, direction, wrap FROM message WHERE week = ? LIMIT ?", 0 },
		{ "UPDATE message SET wrap = ?, week = ? WHERE id = ?", 0 } },
	{ "quarantine",
		{ "SELECT 1 FROM quarantine WHERE week = ? LIMIT 1", 0 },
		{ "SELECT 1 FROM quarantine WHERE week = ? AND seen_ms IS NOT NULL LIMIT 1", 0 },
		{ "SELECT id, 0, time_ms, 0, wrap FROM quarantine WHERE week = ? LIMIT ?", 0 },
		{ "UPDATE quarantine SET wrap = ?, week = ? WHERE id = ?", 0 } },
};
#define FAMILIES (sizeof(families) / sizeof(families[0]))

static bool has_row(struct store *s, struct store_sql *sql, const char *week)
{
	sqlite3_stmt *st = store_stmt(s, sql);
	bool is;

	store_bind(s, st, "t", week);
	is = store_row(s, st);
	if (st)
		sqlite3_reset(st);
	return is;
}

/* Tables with a week that are no family of ours: their texts need the key, and we cannot move them. */
static bool is_stranger(const struct schema_reference *r)
{
	for (size_t f = 0; f < FAMILIES; f++)
		if (strcmp(r->table, families[f].table) == 0)
			return false;
	return true;
}

void retention_look_week(struct store *s, const char *week, struct retention_week_row *row)
{
	static struct store_sql erased = { "SELECT time_ms FROM erased_week WHERE name = ?", 0 };
	static struct schema_made strangers;
	struct schema_made *made = schema_make(s, &strangers, "SELECT 1", schema_with_column, "week", is_stranger);
	sqlite3_stmt *st = store_stmt(s, &erased);

	memset(row, 0, sizeof(*row));
	store_bind(s, st, "t", week);
	if (store_row(s, st))
		row->erased_ms = sqlite3_column_int64(st, 0);
	if (st)
		sqlite3_reset(st);
	for (size_t i = 0; i < FAMILIES; i++) {
		row->any = row->any || has_row(s, &families[i].any, week);
		row->waiting = row->waiting || has_row(s, &families[i].waiting, week);
	}
	for (size_t i = 0; i < made->count; i++)
		row->unknown = row->unknown || has_row(s, &made->sql[i], week);
	row->unknown = row->unknown || store_error(s) != 0; /* what could not be looked at may be anything */
}

size_t retention_texts_of_week(struct store *s, const char *week, size_t max,
	bool (*each)(const struct retention_text *text, void *arg), void *arg)
{
	size_t n = 0;

	for (size_t i = 0; i < FAMILIES && n < max; i++) {
		sqlite3_stmt *st = store_stmt(s, &families[i].texts);
		store_bind(s, st, "ti", week, (int64_t)(max - n));
		while (n < max && store_row(s, st)) {
			struct retention_text text = { families[i].table, sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1),
				sqlite3_column_int64(st, 2), sqlite3_column_int(st, 3), sqlite3_column_blob(st, 4),
				(size_t)sqlite3_column_bytes(st, 4) };
			n++;
			if (!each(&text, arg))
				break;
		}
		if (st)
			sqlite3_reset(st);
	}
	return n;
}

void retention_move_text(struct store *s, const char *table, int64_t id, const uint8_t *wrap, size_t wrap_len, const char *week)
{
	for (size_t i = 0; i < FAMILIES; i++) {
		sqlite3_stmt *st;
		if (strcmp(families[i].table, table) != 0)
			continue;
		st = store_stmt(s, &families[i].move);
		store_bind(s, st, "bti", (const void *)wrap, wrap_len, week, id);
		store_run(s, st);
	}
}

void retention_forget_week(struct store *s, const char *week)
{
	static struct store_sql sql = { "DELETE FROM erased_week WHERE name = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "t", week);
	store_run(s, st);
}
