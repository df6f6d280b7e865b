#include "store/inbound_hour.h"

void store_inbound_hour_add(struct store *s, int64_t hour, int64_t texts)
{
	static struct store_sql sql = { .sql = "INSERT INTO inbound_hour (hour, texts) VALUES (?1, ?2) "
		"ON CONFLICT (hour) DO UPDATE SET texts = texts + excluded.texts" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ii", hour, texts);
	store_run(s, st);
}

static int64_t read_first_column(struct store *s, sqlite3_stmt *st)
{
	int64_t n = 0;

	while (store_row(s, st))
		n = sqlite3_column_int64(st, 0);
	return n;
}

int64_t store_inbound_hour_get(struct store *s, int64_t hour)
{
	static struct store_sql sql = { .sql = "SELECT texts FROM inbound_hour WHERE hour = ?1" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", hour);
	return read_first_column(s, st);
}

int64_t store_inbound_hour_first(struct store *s)
{
	static struct store_sql sql = { .sql = "SELECT min(hour) FROM inbound_hour" };

	return read_first_column(s, store_stmt(s, &sql));
}

void store_inbound_hour_forget(struct store *s, int64_t before)
{
	static struct store_sql sql = { .sql = "DELETE FROM inbound_hour WHERE hour < ?1" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", before);
	store_run(s, st);
}
