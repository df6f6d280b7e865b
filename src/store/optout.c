#include "store/optout.h"

bool optout_add(struct store *s, const uint8_t alias[OPTOUT_ALIAS], int64_t message_id, int64_t time_ms)
{
	static struct store_sql sql = { "INSERT INTO optout (alias, message_id, time_ms) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "bii", alias, (size_t)OPTOUT_ALIAS, message_id, time_ms);
	return store_run(s, st) > 0;
}

bool optout_remove(struct store *s, const uint8_t alias[OPTOUT_ALIAS])
{
	static struct store_sql sql = { "DELETE FROM optout WHERE alias = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "b", alias, (size_t)OPTOUT_ALIAS);
	return store_run(s, st) > 0;
}

int64_t optout_time(struct store *s, const uint8_t alias[OPTOUT_ALIAS])
{
	static struct store_sql sql = { "SELECT time_ms FROM optout WHERE alias = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	int64_t ms = 0;

	store_bind(s, st, "b", alias, (size_t)OPTOUT_ALIAS);
	if (store_row(s, st))
		ms = sqlite3_column_int64(st, 0);
	if (st)
		sqlite3_reset(st);
	return ms;
}

bool optout_has(struct store *s, const uint8_t alias[OPTOUT_ALIAS])
{
	return optout_time(s, alias) != 0;
}
