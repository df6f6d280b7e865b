#include "store/roster.h"

#define COLUMNS "id, rotation, unit, from_ms, to_ms, names, author, made_ms"

static bool read_row(struct store *s, sqlite3_stmt *st, struct roster_override_row *row)
{
	if (!store_row(s, st))
		return false;
	*row = (struct roster_override_row){ .id = sqlite3_column_int64(st, 0), .from_ms = sqlite3_column_int64(st, 3),
		.to_ms = sqlite3_column_int64(st, 4), .made_ms = sqlite3_column_int64(st, 7) };
	store_column_text(st, 1, row->rotation, sizeof(row->rotation));
	store_column_text(st, 2, row->unit, sizeof(row->unit));
	store_column_text(st, 5, row->names, sizeof(row->names));
	store_column_text(st, 6, row->author, sizeof(row->author));
	return true;
}

void roster_override_insert(struct store *s, struct roster_override_row *row)
{
	static struct store_sql sql = {
		"INSERT INTO roster_override (rotation, unit, from_ms, to_ms, names, author, made_ms) VALUES (?, ?, ?, ?, ?, ?, ?)", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ttiitti", row->rotation, row->unit, row->from_ms, row->to_ms, row->names, row->author, row->made_ms);
	store_run(s, st);
	row->id = store_last_id(s);
}

bool roster_override_get(struct store *s, int64_t id, struct roster_override_row *row)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM roster_override WHERE id = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	bool found;

	store_bind(s, st, "i", id);
	found = read_row(s, st, row);
	sqlite3_reset(st);
	return found;
}

void roster_override_delete(struct store *s, int64_t id)
{
	static struct store_sql sql = { "DELETE FROM roster_override WHERE id = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", id);
	store_run(s, st);
}

size_t roster_override_list(struct store *s, int64_t after_ms, struct roster_override_row *rows, size_t max)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM roster_override WHERE to_ms > ? ORDER BY id LIMIT ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	size_t n = 0;

	store_bind(s, st, "ii", after_ms, (int64_t)max);
	while (n < max && read_row(s, st, &rows[n]))
		n++;
	sqlite3_reset(st);
	return n;
}

int64_t roster_override_count(struct store *s, int64_t after_ms)
{
	static struct store_sql sql = { "SELECT count(*) FROM roster_override WHERE to_ms > ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	int64_t n;

	store_bind(s, st, "i", after_ms);
	n = store_row(s, st) ? sqlite3_column_int64(st, 0) : 0;
	sqlite3_reset(st);
	return n;
}

void roster_override_forget(struct store *s, int64_t before_ms)
{
	static struct store_sql sql = { "DELETE FROM roster_override WHERE to_ms < ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", before_ms);
	store_run(s, st);
}

void roster_import_put(struct store *s, const struct roster_import_row *row)
{
	static struct store_sql sql = { "INSERT INTO roster_import (id, author, made_ms, body) VALUES (1, ?, ?, ?) ON CONFLICT (id) DO "
		"UPDATE SET author = excluded.author, made_ms = excluded.made_ms, body = excluded.body", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "tib", row->author, row->made_ms, (const void *)row->body, row->len);
	store_run(s, st);
}

bool roster_import_get(struct store *s, struct roster_import_row *row)
{
	static struct store_sql sql = { "SELECT author, made_ms, body FROM roster_import WHERE id = 1", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	bool found = store_row(s, st);

	if (found) {
		store_column_text(st, 0, row->author, sizeof(row->author));
		row->made_ms = sqlite3_column_int64(st, 1);
		row->len = store_column_blob(st, 2, row->body, sizeof(row->body));
	}
	sqlite3_reset(st);
	return found;
}

void roster_import_delete(struct store *s)
{
	static struct store_sql sql = { "DELETE FROM roster_import", 0 };

	store_run(s, store_stmt(s, &sql));
}
