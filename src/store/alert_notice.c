#include "store/alert_notice.h"

void store_notice_set(struct store *s, int64_t case_id, const char *rule, int64_t due_boot_ms, int64_t due_ms)
{
	static struct store_sql sql = { .sql = "INSERT OR REPLACE INTO alert_notice (case_id, rule, due_boot_ms, due_ms) "
		"VALUES (?1, ?2, ?3, ?4)" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "itii", case_id, rule, due_boot_ms, due_ms);
	store_run(s, st);
}

void store_notice_drop(struct store *s, int64_t case_id, const char *rule)
{
	static struct store_sql sql = { .sql = "DELETE FROM alert_notice WHERE case_id = ?1 AND rule = ?2" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "it", case_id, rule);
	store_run(s, st);
}

int64_t store_notice_next_due(struct store *s)
{
	static struct store_sql sql = { .sql = "SELECT min(due_boot_ms) FROM alert_notice" };
	sqlite3_stmt *st = store_stmt(s, &sql);
	int64_t due = INT64_MAX;

	while (store_row(s, st))
		if (sqlite3_column_type(st, 0) != SQLITE_NULL)
			due = sqlite3_column_int64(st, 0);
	return due;
}

size_t store_notice_due(struct store *s, int64_t now_boot_ms, struct notice_row *rows, size_t max)
{
	static struct store_sql sql = { .sql = "SELECT case_id, rule, due_ms FROM alert_notice WHERE due_boot_ms <= ?1 "
		"ORDER BY due_boot_ms LIMIT ?2" };
	sqlite3_stmt *st = store_stmt(s, &sql);
	size_t n = 0;

	store_bind(s, st, "ii", now_boot_ms, (int64_t)max);
	while (store_row(s, st)) {
		if (n == max)
			continue;
		rows[n] = (struct notice_row){ .case_id = sqlite3_column_int64(st, 0), .due_ms = sqlite3_column_int64(st, 2) };
		store_column_text(st, 1, rows[n++].rule, sizeof(rows[0].rule));
	}
	return n;
}

void store_notice_new_boot(struct store *s)
{
	static struct store_sql sql = { .sql = "UPDATE alert_notice SET due_boot_ms = 0" };

	store_run(s, store_stmt(s, &sql));
}
