#include "store/alert.h"

#define COLUMNS "id, case_id, state, urgency, step, due_boot_ms, raised_boot_ms, created_ms, " \
	"coalesce(acknowledged_ms, 0), acknowledged_by, policy, exhausted, told, idle"
#define NEVER "9223372036854775807"
#define YEAR_MS "31536000000"

static size_t read_rows(struct store *s, sqlite3_stmt *st, struct alert_row *rows, size_t max)
{
	size_t n = 0;

	while (store_row(s, st)) {
		struct alert_row *row;
		if (n == max)
			continue;
		row = &rows[n++];
		*row = (struct alert_row){ .id = sqlite3_column_int64(st, 0), .case_id = sqlite3_column_int64(st, 1),
			.state = sqlite3_column_int(st, 2), .urgency = sqlite3_column_int(st, 3),
			.step = sqlite3_column_int64(st, 4), .due_boot_ms = sqlite3_column_int64(st, 5), .raised_boot_ms = sqlite3_column_int64(st, 6),
			.created_ms = sqlite3_column_int64(st, 7), .acknowledged_ms = sqlite3_column_int64(st, 8) };
		store_column_text(st, 9, row->acknowledged_by, sizeof(row->acknowledged_by));
		store_column_text(st, 10, row->policy, sizeof(row->policy));
		row->exhausted = sqlite3_column_int(st, 11) != 0;
		row->told = sqlite3_column_int(st, 12) != 0;
		row->idle = sqlite3_column_int64(st, 13);
	}
	return n;
}

int64_t store_alert_insert(struct store *s, const struct alert_row *row)
{
	static struct store_sql sql = { .sql = "INSERT INTO alert (case_id, state, urgency, step, due_boot_ms, "
		"raised_boot_ms, created_ms, policy) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iiiiiiit", row->case_id, (int64_t)row->state, (int64_t)row->urgency, row->step, row->due_boot_ms,
		row->raised_boot_ms, row->created_ms, row->policy);
	store_run(s, st);
	return store_last_id(s);
}

bool store_alert_get(struct store *s, int64_t id, struct alert_row *row)
{
	static struct store_sql sql = { .sql = "SELECT " COLUMNS " FROM alert WHERE id = ?1" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", id);
	return read_rows(s, st, row, 1) == 1;
}

void store_alert_update(struct store *s, const struct alert_row *row)
{
	static struct store_sql sql = { .sql = "UPDATE alert SET state = ?2, urgency = ?3, step = ?4, due_boot_ms = ?5, "
		"acknowledged_ms = nullif(?6, 0), acknowledged_by = ?7, policy = ?8, exhausted = ?9, told = ?10, idle = ?11 WHERE id = ?1" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iiiiiittiii", row->id, (int64_t)row->state, (int64_t)row->urgency, row->step, row->due_boot_ms,
		row->acknowledged_ms, row->acknowledged_by, row->policy, (int64_t)row->exhausted, (int64_t)row->told, row->idle);
	store_run(s, st);
}

bool store_alert_of_case(struct store *s, int64_t case_id, bool open, struct alert_row *row)
{
	static struct store_sql any = { .sql =
		"SELECT " COLUMNS " FROM alert WHERE case_id = ?1 ORDER BY id DESC LIMIT 1" };
	static struct store_sql only_open = { .sql = "SELECT " COLUMNS " FROM alert INDEXED BY alert_by_case WHERE "
		"case_id = ?1 AND acknowledged_ms IS NULL ORDER BY id DESC LIMIT 1" };
	sqlite3_stmt *st = store_stmt(s, open ? &only_open : &any);

	store_bind(s, st, "i", case_id);
	return read_rows(s, st, row, 1) == 1;
}

bool store_alert_of_case_idle(struct store *s, int64_t case_id, struct alert_row *row)
{
	static struct store_sql sql = { .sql = "SELECT " COLUMNS " FROM alert INDEXED BY alert_by_case WHERE "
		"case_id = ?1 AND acknowledged_ms IS NOT NULL AND state < 5 ORDER BY id DESC LIMIT 1" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", case_id);
	return read_rows(s, st, row, 1) == 1;
}

bool store_alert_case_told(struct store *s, int64_t case_id)
{
	static struct store_sql sql = { .sql = "SELECT 1 FROM alert INDEXED BY alert_by_case WHERE case_id = ?1 AND told LIMIT 1" };
	sqlite3_stmt *st = store_stmt(s, &sql);
	bool told = false;

	store_bind(s, st, "i", case_id);
	while (store_row(s, st))
		told = true;
	return told;
}

int64_t store_alert_count_exhausted(struct store *s)
{
	static struct store_sql sql = { .sql =
		"SELECT count(*) FROM alert INDEXED BY alert_open WHERE acknowledged_ms IS NULL AND exhausted" };
	sqlite3_stmt *st = store_stmt(s, &sql);
	int64_t count = 0;

	while (store_row(s, st))
		count = sqlite3_column_int64(st, 0);
	return count;
}

void store_alert_move_open(struct store *s, int64_t from, int64_t into)
{
	static struct store_sql sql = { .sql =
		"UPDATE alert INDEXED BY alert_by_case SET case_id = ?2 WHERE case_id = ?1 AND acknowledged_ms IS NULL" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ii", from, into);
	store_run(s, st);
}

size_t store_alert_due(struct store *s, int64_t now_boot_ms, struct alert_row *rows, size_t max)
{
	static struct store_sql sql = { .sql = "SELECT " COLUMNS " FROM alert INDEXED BY alert_watched WHERE "
		"state < 5 AND due_boot_ms <= ?1 ORDER BY due_boot_ms LIMIT ?2" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ii", now_boot_ms, (int64_t)max);
	return read_rows(s, st, rows, max);
}

int64_t store_alert_next_due(struct store *s)
{
	static struct store_sql sql = { .sql = "SELECT min(due_boot_ms) FROM alert INDEXED BY alert_watched WHERE state < 5" };
	sqlite3_stmt *st = store_stmt(s, &sql);
	int64_t due = INT64_MAX;

	while (store_row(s, st))
		if (sqlite3_column_type(st, 0) != SQLITE_NULL)
			due = sqlite3_column_int64(st, 0);
	return due;
}

size_t store_alert_open_for(struct store *s, const char *recipient, struct alert_row *rows, size_t max)
{
	static struct store_sql sql = { .sql = "SELECT " COLUMNS " FROM alert INDEXED BY alert_open WHERE "
		"acknowledged_ms IS NULL AND EXISTS (SELECT 1 FROM outbox WHERE alert_id = alert.id AND recipient = ?1 AND "
		"(outbox.state NOT IN (0, 8) OR attempts > 0) UNION ALL SELECT 1 FROM alert_held h WHERE h.person = ?1 AND "
		"h.alert_id = alert.id AND h.told) LIMIT ?2" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ti", recipient, (int64_t)max);
	return read_rows(s, st, rows, max);
}

void store_alert_new_boot(struct store *s, int64_t now_boot_ms, int64_t now_wall_ms)
{
	static struct store_sql sql = { .sql = "UPDATE alert SET due_boot_ms = 0, "
		"raised_boot_ms = ?1 - max(0, min(?2 - created_ms, " YEAR_MS ")) WHERE state < 5 AND due_boot_ms < " NEVER };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ii", now_boot_ms, now_wall_ms);
	store_run(s, st);
}

void store_alert_clamp_due(struct store *s, int64_t latest_boot_ms)
{
	static struct store_sql sql = { .sql =
		"UPDATE alert SET due_boot_ms = ?1 WHERE state < 5 AND due_boot_ms > ?1 AND due_boot_ms < " NEVER };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", latest_boot_ms);
	store_run(s, st);
}

void store_alert_count(struct store *s, void (*each)(void *arg, int state, int64_t count), void *arg)
{
	static struct store_sql sql = { .sql = "SELECT state, count(*) FROM alert GROUP BY state" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	while (store_row(s, st))
		each(arg, sqlite3_column_int(st, 0), sqlite3_column_int64(st, 1));
}

/* Sorts what is open, and walks nothing else. */
static size_t list_open(struct store *s, const struct alert_row *last, struct alert_row *rows, size_t max)
{
	static struct store_sql sql = { .sql = "SELECT " COLUMNS " FROM alert INDEXED BY alert_open WHERE "
		"acknowledged_ms IS NULL AND (urgency < ?1 OR (urgency = ?1 AND id > ?2)) ORDER BY urgency DESC, id LIMIT ?3" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iii", last ? (int64_t)last->urgency : INT64_MAX, last ? last->id : 0, (int64_t)max);
	return read_rows(s, st, rows, max);
}

size_t store_alert_list(struct store *s, bool open, int64_t after, struct alert_row *rows, size_t max)
{
	static struct store_sql all = { .sql = "SELECT " COLUMNS " FROM alert WHERE id < ?1 ORDER BY id DESC LIMIT ?2" };
	struct alert_row last;
	sqlite3_stmt *st;

	if (open)
		return list_open(s, after && store_alert_get(s, after, &last) ? &last : NULL, rows, max);
	st = store_stmt(s, &all);
	store_bind(s, st, "ii", after ? after : INT64_MAX, (int64_t)max);
	return read_rows(s, st, rows, max);
}

int64_t store_alert_emergency_ms(struct store *s)
{
	static struct store_sql sql = { .sql = "SELECT max(raised_boot_ms) FROM alert INDEXED BY alert_emergency WHERE acknowledged_ms IS NULL "
		"AND urgency = 4" };
	sqlite3_stmt *st = store_stmt(s, &sql);
	int64_t ms = INT64_MIN;

	while (store_row(s, st))
		if (sqlite3_column_type(st, 0) != SQLITE_NULL)
			ms = sqlite3_column_int64(st, 0);
	return ms;
}
