#include "store/counter.h"

int64_t counter_load(struct store *s, const char *name)
{
	static struct store_sql sql = { "SELECT value FROM counter WHERE name = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "t", name);
	return store_row(s, st) ? sqlite3_column_int64(st, 0) : 0;
}

void counter_save(struct store *s, const char *name, int64_t value)
{
	static struct store_sql sql = {
		"INSERT INTO counter (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ti", name, value);
	store_run(s, st);
}
