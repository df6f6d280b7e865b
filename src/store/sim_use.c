#include "store/sim_use.h"

void store_sim_use_add(struct store *s, const char *imsi, int64_t hour, int64_t parts)
{
	static struct store_sql sql = { .sql = "INSERT INTO sim_hour (imsi, hour, parts) VALUES (?1, ?2, ?3) "
		"ON CONFLICT (imsi, hour) DO UPDATE SET parts = parts + excluded.parts" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "tii", imsi, hour, parts);
	store_run(s, st);
}

int64_t store_sim_use_sum(struct store *s, const char *imsi, int64_t from, int64_t to)
{
	static struct store_sql sql = { .sql =
		"SELECT coalesce(sum(parts), 0) FROM sim_hour WHERE imsi = ?1 AND hour BETWEEN ?2 AND ?3" };
	sqlite3_stmt *st = store_stmt(s, &sql);
	int64_t sum = 0;

	store_bind(s, st, "tii", imsi, from, to);
	while (store_row(s, st))
		sum = sqlite3_column_int64(st, 0);
	return sum;
}

void store_sim_use_forget(struct store *s, const char *imsi, int64_t before)
{
	static struct store_sql sql = { .sql = "DELETE FROM sim_hour WHERE imsi = ?1 AND hour < ?2" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ti", imsi, before);
	store_run(s, st);
}
