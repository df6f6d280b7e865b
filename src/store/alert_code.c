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
		"INSERT OR REPLACE INTO alert_code (alert_id, person, made_ms, body, hash) VALUES (?1, ?2, ?3, ?4, ?5)" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "itibb", row->alert_id, person, row->made_ms, row->body, row->body_len, row->hash, sizeof(row->hash));
	store_run(s, st);
}

int64_t store_alert_code_find(struct store *s, const char *person, const uint8_t hash[ALERT_CODE_HASH], int64_t since_ms)
{
	static struct store_sql sql = { .sql = "SELECT c.alert_id FROM alert_code c JOIN alert a ON a.id = c.alert_id "
		"WHERE c.person = ?1 AND c.hash = ?2 AND (a.acknowledged_ms IS NULL OR a.acknowledged_ms > ?3)" };
	sqlite3_stmt *st = store_stmt(s, &sql);
	int64_t id = 0;

	store_bind(s, st, "tbi", person, hash, (size_t)ALERT_CODE_HASH, since_ms);
	while (store_row(s, st))
		id = sqlite3_column_int64(st, 0);
	return id;
}

size_t store_alert_code_count(struct store *s, const char *person, size_t most)
{
	static struct store_sql sql = { .sql = "SELECT count(*) FROM (SELECT 1 FROM alert_code WHERE person = ?1 LIMIT ?2)" };
	sqlite3_stmt *st = store_stmt(s, &sql);
	size_t count = 0;

	store_bind(s, st, "ti", person, (int64_t)most);
	while (store_row(s, st))
		count = (size_t)sqlite3_column_int64(st, 0);
	return count;
}

void store_alert_code_forget(struct store *s, const char *person)
{
	static struct store_sql sql = { .sql = "DELETE FROM alert_code WHERE person = ?1" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "t", person);
	store_run(s, st);
}

void store_alert_code_forget_until(struct store *s, int64_t until_ms)
{
	static struct store_sql sql = { .sql =
		"DELETE FROM alert_code WHERE (SELECT acknowledged_ms FROM alert WHERE id = alert_id) <= ?1" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", until_ms);
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
