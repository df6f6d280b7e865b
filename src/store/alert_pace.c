#include "store/alert_pace.h"

static int64_t read_number(struct store *s, sqlite3_stmt *st, int64_t otherwise)
{
	int64_t value = otherwise;

	while (store_row(s, st))
		if (sqlite3_column_type(st, 0) != SQLITE_NULL)
			value = sqlite3_column_int64(st, 0);
	return value;
}

int64_t store_pace_next(struct store *s, const char *person)
{
	static struct store_sql sql = { .sql = "SELECT next_boot_ms FROM alert_pace WHERE person = ?1" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "t", person);
	return read_number(s, st, 0);
}

void store_pace_set(struct store *s, const char *person, int64_t next_boot_ms)
{
	static struct store_sql sql = { .sql = "INSERT INTO alert_pace (person, next_boot_ms) VALUES (?1, ?2) "
		"ON CONFLICT (person) DO UPDATE SET next_boot_ms = excluded.next_boot_ms" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ti", person, next_boot_ms);
	store_run(s, st);
}

void store_pace_new_boot(struct store *s)
{
	static struct store_sql sql = { .sql = "UPDATE alert_pace SET next_boot_ms = 0" };

	store_run(s, store_stmt(s, &sql));
}

void store_held_add(struct store *s, const char *person, int64_t alert_id, int text)
{
	static struct store_sql sql = { .sql = "INSERT INTO alert_held (person, alert_id, text) VALUES (?1, ?2, ?3) "
		"ON CONFLICT (person, alert_id) DO UPDATE SET text = CASE told WHEN 0 THEN text ELSE excluded.text END, told = 0" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "tii", person, alert_id, (int64_t)text);
	store_run(s, st);
}

int64_t store_held_next_due(struct store *s)
{
	static struct store_sql sql = { .sql = "SELECT min(next_boot_ms) FROM alert_pace p WHERE EXISTS "
		"(SELECT 1 FROM alert_held h WHERE h.person = p.person AND h.told = 0)" };

	return read_number(s, store_stmt(s, &sql), INT64_MAX);
}

bool store_held_person(struct store *s, int64_t now_boot_ms, char person[64])
{
	static struct store_sql sql = { .sql = "SELECT person FROM alert_pace p WHERE next_boot_ms <= ?1 AND EXISTS "
		"(SELECT 1 FROM alert_held h WHERE h.person = p.person AND h.told = 0) ORDER BY next_boot_ms LIMIT 1" };
	sqlite3_stmt *st = store_stmt(s, &sql);
	bool found = false;

	store_bind(s, st, "i", now_boot_ms);
	while (store_row(s, st)) {
		store_column_text(st, 0, person, 64);
		found = true;
	}
	return found;
}

void store_held_read(struct store *s, const char *person, struct held_row *row)
{
	/* the others are of the row that max() is of (SQLite's bare columns): the newest of the most urgent; ids are below 2^40 */
	static struct store_sql sql = { .sql = "SELECT count(*), alert.id, text, urgency, max(urgency * 1099511627776 + alert.id) "
		"FROM alert_held JOIN alert ON alert.id = alert_id WHERE person = ?1 AND alert_held.told = 0 AND acknowledged_ms IS NULL" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	*row = (struct held_row){ .count = 0 };
	store_bind(s, st, "t", person);
	while (store_row(s, st))
		*row = (struct held_row){ .count = sqlite3_column_int64(st, 0), .newest_id = sqlite3_column_int64(st, 1),
			.text = sqlite3_column_int(st, 2), .urgency = sqlite3_column_int(st, 3) };
}

void store_held_told(struct store *s, const char *person)
{
	static struct store_sql sql = { .sql = "UPDATE alert_held SET told = 1 WHERE person = ?1 AND told = 0" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "t", person);
	store_run(s, st);
}

void store_held_drop_alert(struct store *s, int64_t alert_id)
{
	static struct store_sql sql = { .sql = "DELETE FROM alert_held WHERE alert_id = ?1" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", alert_id);
	store_run(s, st);
}
