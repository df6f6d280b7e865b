#include "store/call.h"

void store_call_insert(struct store *s, int64_t contact_id, const char *modem, int64_t time_ms, int64_t answered_boot_ms)
{
	static struct store_sql sql = {
		"INSERT INTO call (contact_id, modem, time_ms, answered, answered_boot_ms) VALUES (nullif(?, 0), ?, ?, ?, ?)", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "itiii", contact_id, modem, time_ms, (int64_t)(answered_boot_ms != 0), answered_boot_ms);
	store_run(s, st);
}

int64_t store_call_last_answer(struct store *s, int64_t contact_id)
{
	static struct store_sql sql = {
		"SELECT max(answered_boot_ms) FROM call WHERE contact_id = ? AND answered_boot_ms > 0", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", contact_id);
	return store_row(s, st) ? sqlite3_column_int64(st, 0) : 0;
}

int64_t store_call_answered_since(struct store *s, int64_t boot_ms)
{
	static struct store_sql sql = { "SELECT count(*) FROM call WHERE answered_boot_ms > max(0, ?)", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", boot_ms);
	return store_row(s, st) ? sqlite3_column_int64(st, 0) : 0;
}

void store_call_forget_answers(struct store *s)
{
	static struct store_sql sql = { "UPDATE call SET answered_boot_ms = 0 WHERE answered_boot_ms > 0", 0 };

	store_run(s, store_stmt(s, &sql));
}
