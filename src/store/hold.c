#include "store/hold.h"

bool hold_get(struct store *s, int64_t case_id)
{
	static struct store_sql sql = { "SELECT 1 FROM hold WHERE case_id = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	bool is;

	store_bind(s, st, "i", case_id);
	is = store_row(s, st);
	if (st)
		sqlite3_reset(st);
	return is;
}

void hold_set(struct store *s, int64_t case_id, const char *person, int64_t time_ms)
{
	static struct store_sql sql = {
		"INSERT INTO hold (case_id, person, time_ms) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iti", case_id, person, time_ms);
	store_run(s, st);
}

void hold_clear(struct store *s, int64_t case_id)
{
	static struct store_sql sql = { "DELETE FROM hold WHERE case_id = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", case_id);
	store_run(s, st);
}
