#include "store/quarantine.h"

int64_t quarantine_last_id(struct store *s)
{
	static struct store_sql sql = { "SELECT max(id) FROM quarantine", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	return store_row(s, st) ? sqlite3_column_int64(st, 0) : 0;
}

int64_t quarantine_unseen(struct store *s, int64_t most)
{
	static struct store_sql sql = { "SELECT count(*) FROM (SELECT 1 FROM quarantine WHERE seen_ms IS NULL LIMIT ?)", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	int64_t n = 0;

	store_bind(s, st, "i", most);
	if (store_row(s, st))
		n = sqlite3_column_int64(st, 0);
	if (st)
		sqlite3_reset(st);
	return n;
}

void quarantine_insert(struct store *s, const struct quarantine_row *row)
{
	static struct store_sql sql = {
		"INSERT INTO quarantine (id, modem, time_ms, reason, body, wrap, week) VALUES (?, ?, ?, ?, ?, ?, ?)", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ititbbt", row->id, row->modem, row->time_ms, row->reason, row->text.body, row->text.body_len,
		row->text.wrap, row->text.wrap_len, row->text.week);
	store_run(s, st);
}

void quarantine_set_seen(struct store *s, int64_t id, int64_t seen_ms)
{
	static struct store_sql sql = { "UPDATE quarantine SET seen_ms = ? WHERE id = ? AND seen_ms IS NULL", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ii", seen_ms, id);
	store_run(s, st);
}

static bool quarantine_read(struct store *s, sqlite3_stmt *st, struct quarantine_row *row)
{
	if (!store_row(s, st))
		return false;
	*row = (struct quarantine_row){
		.id = sqlite3_column_int64(st, 0),
		.time_ms = sqlite3_column_int64(st, 2),
		.seen_ms = sqlite3_column_int64(st, 4),
		.text = {
			.body = sqlite3_column_blob(st, 5),
			.body_len = (size_t)sqlite3_column_bytes(st, 5),
			.wrap = sqlite3_column_blob(st, 6),
			.wrap_len = (size_t)sqlite3_column_bytes(st, 6),
			.week = (const char *)sqlite3_column_text(st, 7),
		},
	};
	store_column_text(st, 1, row->modem, sizeof(row->modem));
	store_column_text(st, 3, row->reason, sizeof(row->reason));
	return true;
}

void quarantine_each(struct store *s, int64_t before, bool (*each)(const struct quarantine_row *row, void *arg),
	void *arg)
{
	static struct store_sql sql = {
		"SELECT id, modem, time_ms, reason, seen_ms, body, wrap, week FROM quarantine WHERE id < ? ORDER BY id DESC", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);
	struct quarantine_row row;

	store_bind(s, st, "i", before > 0 ? before : INT64_MAX);
	while (quarantine_read(s, st, &row))
		if (!each(&row, arg))
			break;
	if (st)
		sqlite3_reset(st);
}
