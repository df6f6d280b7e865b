#include "store/optout.h"

void optout_add(struct store *s, int64_t contact_id, int64_t message_id, int64_t time_ms)
{
	static struct store_sql sql = {
		"INSERT INTO optout (alias, message_id, time_ms) SELECT alias, ?, ? FROM contact WHERE id = ? ON CONFLICT DO NOTHING", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iii", message_id, time_ms, contact_id);
	store_run(s, st);
}

void optout_remove(struct store *s, int64_t contact_id)
{
	static struct store_sql sql = { "DELETE FROM optout WHERE alias = (SELECT alias FROM contact WHERE id = ?)", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", contact_id);
	store_run(s, st);
}

bool optout_has(struct store *s, const uint8_t alias[OPTOUT_ALIAS])
{
	static struct store_sql sql = { "SELECT 1 FROM optout WHERE alias = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	bool is;

	store_bind(s, st, "b", alias, (size_t)OPTOUT_ALIAS);
	is = store_row(s, st);
	if (st)
		sqlite3_reset(st);
	return is;
}
