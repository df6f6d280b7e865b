#include "store/unit.h"

static struct store_sql insert_sql = { "INSERT INTO unit (name, public, recovery_sealed) VALUES (?, ?, ?)", 0 };
static struct store_sql list_sql = { "SELECT id, name, public, recovery_sealed FROM unit ORDER BY id LIMIT ?", 0 };
static struct store_sql find_sql = { "SELECT id, name, public, recovery_sealed FROM unit WHERE id = ?", 0 };

void unit_row_insert(struct store *s, struct unit_row *row)
{
	sqlite3_stmt *st = store_stmt(s, &insert_sql);

	store_bind(s, st, "tbb", row->name, (const void *)row->public_key, sizeof(row->public_key),
		(const void *)row->recovery_sealed, sizeof(row->recovery_sealed));
	if (store_run(s, st) == 1)
		row->id = store_last_id(s);
}

static void read_row(struct store *s, sqlite3_stmt *st, struct unit_row *row)
{
	row->id = sqlite3_column_int64(st, 0);
	store_column_text(st, 1, row->name, sizeof(row->name));
	if (store_column_blob(st, 2, row->public_key, sizeof(row->public_key)) != sizeof(row->public_key) ||
	    store_column_blob(st, 3, row->recovery_sealed, sizeof(row->recovery_sealed)) != sizeof(row->recovery_sealed))
		store_fail(s, HL_ECORRUPT);
}

size_t unit_row_list(struct store *s, struct unit_row *rows, size_t max)
{
	sqlite3_stmt *st = store_stmt(s, &list_sql);
	size_t n = 0;

	store_bind(s, st, "i", (int64_t)max);
	while (n < max && store_row(s, st))
		read_row(s, st, &rows[n++]);
	sqlite3_reset(st);
	return n;
}

int unit_row_find(struct store *s, int64_t id, struct unit_row *row)
{
	sqlite3_stmt *st = store_stmt(s, &find_sql);
	bool found;

	store_bind(s, st, "i", id);
	found = store_row(s, st);
	if (found)
		read_row(s, st, row);
	sqlite3_reset(st);
	return store_error(s) ? store_error(s) : found ? 0 : HL_ENOENT;
}
