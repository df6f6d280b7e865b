#include "store/swap.h"

#define COLUMNS "id, asker, taker, unit, rotation, from_ms, to_ms, asked_ms, expires_ms, wrong, code"

static bool read_row(struct store *s, sqlite3_stmt *st, struct swap_row *row)
{
	if (!store_row(s, st))
		return false;
	*row = (struct swap_row){ .id = sqlite3_column_int64(st, 0), .from_ms = sqlite3_column_int64(st, 5),
		.to_ms = sqlite3_column_int64(st, 6), .asked_ms = sqlite3_column_int64(st, 7), .expires_ms = sqlite3_column_int64(st, 8),
		.wrong = sqlite3_column_int64(st, 9) };
	store_column_text(st, 1, row->asker, sizeof(row->asker));
	store_column_text(st, 2, row->taker, sizeof(row->taker));
	store_column_text(st, 3, row->unit, sizeof(row->unit));
	store_column_text(st, 4, row->rotation, sizeof(row->rotation));
	row->code_len = store_column_blob(st, 10, row->code, sizeof(row->code));
	return true;
}

static bool read_one(struct store *s, sqlite3_stmt *st, struct swap_row *row)
{
	bool found = read_row(s, st, row);

	sqlite3_reset(st);
	return found;
}

static size_t read_all(struct store *s, sqlite3_stmt *st, struct swap_row *rows, size_t max)
{
	size_t n = 0;

	while (n < max && read_row(s, st, &rows[n]))
		n++;
	sqlite3_reset(st);
	return n;
}

void store_swap_insert(struct store *s, struct swap_row *row)
{
	static struct store_sql sql = { "INSERT INTO swap (asker, taker, unit, rotation, from_ms, to_ms, asked_ms, expires_ms, code) "
		"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ttttiiiib", row->asker, row->taker, row->unit, row->rotation, row->from_ms, row->to_ms, row->asked_ms,
		row->expires_ms, (const void *)row->code, row->code_len);
	store_run(s, st);
	row->id = store_last_id(s);
}

void store_swap_end(struct store *s, int64_t id, enum swap_state state, int64_t now_ms)
{
	static struct store_sql sql = { "UPDATE swap SET state = ?2, ended_ms = ?3 WHERE id = ?1", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iii", id, (int64_t)state, now_ms);
	store_run(s, st);
}

void store_swap_wrong(struct store *s, int64_t id, int64_t wrong)
{
	static struct store_sql sql = { "UPDATE swap SET wrong = ?2 WHERE id = ?1", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ii", id, wrong);
	store_run(s, st);
}

bool store_swap_of(struct store *s, const char *asker, struct swap_row *row)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM swap WHERE state = 0 AND asker = ? ORDER BY id DESC LIMIT 1", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "t", asker);
	return read_one(s, st, row);
}

size_t store_swap_for(struct store *s, const char *taker, struct swap_row *rows, size_t max)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM swap WHERE state = 0 AND taker = ? ORDER BY id DESC LIMIT ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ti", taker, (int64_t)max);
	return read_all(s, st, rows, max);
}

size_t store_swap_open(struct store *s, struct swap_row *rows, size_t max)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM swap WHERE state = 0 ORDER BY id LIMIT ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", (int64_t)max);
	return read_all(s, st, rows, max);
}

bool store_swap_over(struct store *s, int64_t now_ms, struct swap_row *row)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM swap WHERE state = 0 AND expires_ms <= ? ORDER BY expires_ms LIMIT 1", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", now_ms);
	return read_one(s, st, row);
}

int64_t store_swap_count(struct store *s, const char *asker, int64_t since_ms)
{
	static struct store_sql sql = { "SELECT count(*) FROM swap WHERE asker = ? AND asked_ms > ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	int64_t n;

	store_bind(s, st, "ti", asker, since_ms);
	n = store_row(s, st) ? sqlite3_column_int64(st, 0) : 0;
	sqlite3_reset(st);
	return n;
}

size_t store_swap_taken(struct store *s, int64_t from_ms, int64_t to_ms, struct swap_row *rows, size_t max)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM swap WHERE state = 1 AND ended_ms >= ? AND ended_ms < ? ORDER BY id LIMIT ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iii", from_ms, to_ms, (int64_t)max);
	return read_all(s, st, rows, max);
}

void store_swap_forget(struct store *s, int64_t before_ms)
{
	static struct store_sql sql = { "DELETE FROM swap WHERE state <> 0 AND asked_ms < ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", before_ms);
	store_run(s, st);
}
