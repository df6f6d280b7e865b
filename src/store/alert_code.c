#include "store/alert_code.h"

static void read_row(sqlite3_stmt *st, struct alert_code_row *row)
{
	*row = (struct alert_code_row){ .alert_id = sqlite3_column_int64(st, 0), .made_ms = sqlite3_column_int64(st, 1) };
	row->body_len = store_column_blob(st, 2, row->body, sizeof(row->body));
}

bool store_alert_code_get(struct store *s, int64_t alert_id, const char *person, struct alert_code_row *row)
{
	static struct store_sql sql = { .sql = "SELECT alert_id, made_ms, body FROM alert_code WHERE alert_id = ?1 AND person = ?2" };
	sqlite3_stmt *st = store_stmt(s, &sql);
	bool found = false;

	store_bind(s, st, "it", alert_id, person);
	while (store_row(s, st)) {
		read_row(st, row);
		found = true;
	}
	return found;
}

void store_alert_code_put(struct store *s, const char *person, const struct alert_code_row *row)
{
	static struct store_sql sql = { .sql =
		"INSERT OR REPLACE INTO alert_code (alert_id, person, made_ms, body) VALUES (?1, ?2, ?3, ?4)" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "itib", row->alert_id, person, row->made_ms, row->body, row->body_len);
	store_run(s, st);
}

void store_alert_code_each(struct store *s, const char *person, int64_t since_ms,
	bool (*each)(void *arg, const struct alert_code_row *row), void *arg)
{
	static struct store_sql sql = { .sql = "SELECT c.alert_id, c.made_ms, c.body FROM alert_code c JOIN alert a ON a.id = c.alert_id "
		"WHERE c.person = ?1 AND (a.acknowledged_ms IS NULL OR a.acknowledged_ms > ?2) ORDER BY c.alert_id DESC" };
	sqlite3_stmt *st = store_stmt(s, &sql);
	bool more = true;

	store_bind(s, st, "ti", person, since_ms);
	while (more && store_row(s, st)) {
		struct alert_code_row row;
		read_row(st, &row);
		more = each(arg, &row);
	}
	if (st && !more)
		sqlite3_reset(st);
}

void store_alert_code_forget(struct store *s, const char *person, int64_t since_ms)
{
	static struct store_sql all = { .sql = "DELETE FROM alert_code WHERE person = ?1" };
	static struct store_sql old = { .sql = "DELETE FROM alert_code WHERE person = ?1 AND alert_id IN "
		"(SELECT c.alert_id FROM alert_code c JOIN alert a ON a.id = c.alert_id WHERE c.person = ?1 AND a.acknowledged_ms <= ?2)" };
	sqlite3_stmt *st = store_stmt(s, since_ms == INT64_MAX ? &all : &old);

	if (since_ms == INT64_MAX)
		store_bind(s, st, "t", person);
	else
		store_bind(s, st, "ti", person, since_ms);
	store_run(s, st);
}

void store_alert_try_get(struct store *s, const char *person, struct alert_try_row *row)
{
	static struct store_sql sql = { .sql = "SELECT wrong, from_boot_ms FROM alert_try WHERE person = ?1" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	*row = (struct alert_try_row){ 0, 0 };
	store_bind(s, st, "t", person);
	while (store_row(s, st))
		*row = (struct alert_try_row){ sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1) };
}

void store_alert_try_put(struct store *s, const char *person, const struct alert_try_row *row)
{
	static struct store_sql sql = { .sql = "INSERT OR REPLACE INTO alert_try (person, wrong, from_boot_ms) VALUES (?1, ?2, ?3)" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "tii", person, row->wrong, row->from_boot_ms);
	store_run(s, st);
}
