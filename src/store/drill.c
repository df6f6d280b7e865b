#include "store/drill.h"

#define COLUMNS "id, person, code, sent_ms, coalesce(answered_ms, 0), missed"

static void read_row(sqlite3_stmt *st, struct drill_row *row)
{
	row->id = sqlite3_column_int64(st, 0);
	store_column_text(st, 1, row->person, sizeof(row->person));
	store_column_text(st, 2, row->code, sizeof(row->code));
	row->sent_ms = sqlite3_column_int64(st, 3);
	row->answered_ms = sqlite3_column_int64(st, 4);
	row->missed = sqlite3_column_int(st, 5) != 0;
}

void drill_insert(struct store *s, const struct drill_row *row)
{
	static struct store_sql sql = { .sql = "INSERT INTO drill (person, code, sent_ms) VALUES (?1, ?2, ?3)" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "tti", row->person, row->code, row->sent_ms);
	store_run(s, st);
}

bool drill_find(struct store *s, const char *person, const char *code, int64_t from_ms, struct drill_row *row)
{
	static struct store_sql sql = { .sql = "SELECT " COLUMNS " FROM drill WHERE person = ?1 AND code = ?2 AND sent_ms >= ?3 "
		"AND answered_ms IS NULL ORDER BY id DESC LIMIT 1" };
	sqlite3_stmt *st = store_stmt(s, &sql);
	bool found = false;

	store_bind(s, st, "tti", person, code, from_ms);
	while (store_row(s, st)) {
		read_row(st, row);
		found = true;
	}
	return found;
}

void drill_set_answered(struct store *s, int64_t id, int64_t answered_ms)
{
	static struct store_sql sql = { .sql = "UPDATE drill SET answered_ms = ?2 WHERE id = ?1" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ii", id, answered_ms);
	store_run(s, st);
}

int64_t drill_waiting(struct store *s, int64_t before_ms)
{
	static struct store_sql sql = { .sql =
		"SELECT count(*) FROM drill WHERE missed = 0 AND answered_ms IS NULL AND sent_ms <= ?1" };
	sqlite3_stmt *st = store_stmt(s, &sql);
	int64_t n = 0;

	store_bind(s, st, "i", before_ms);
	while (store_row(s, st))
		n = sqlite3_column_int64(st, 0);
	return n;
}

int64_t drill_tell_missed(struct store *s, int64_t before_ms)
{
	static struct store_sql sql = { .sql = "UPDATE drill SET missed = 1 WHERE missed = 0 AND answered_ms IS NULL AND sent_ms <= ?1" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", before_ms);
	return store_run(s, st);
}

size_t drill_list(struct store *s, struct drill_row *rows, size_t max)
{
	static struct store_sql sql = { .sql = "SELECT " COLUMNS " FROM drill ORDER BY id DESC LIMIT ?1" };
	sqlite3_stmt *st = store_stmt(s, &sql);
	size_t n = 0;

	store_bind(s, st, "i", (int64_t)max);
	while (store_row(s, st))
		if (n < max)
			read_row(st, &rows[n++]);
	return n;
}
