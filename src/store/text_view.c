#include "store/text_view.h"

static void forget_old(struct store *s, const char *person, int64_t hour)
{
	static struct store_sql sql = { "DELETE FROM text_view WHERE person = ? AND (hour <= ? OR hour > ?)", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "tii", person, hour - TEXT_VIEW_DAY, hour);
	store_run(s, st);
}

struct text_view_counts text_view_count(struct store *s, const char *person, int64_t hour, bool own)
{
	static struct store_sql sql = { "SELECT total(hour = ?2), count(*) FROM text_view WHERE person = ?1 AND (own = 1 OR ?3 = 0)", 0 };
	struct text_view_counts n = { 0, 0 };
	sqlite3_stmt *st;

	forget_old(s, person, hour);
	st = store_stmt(s, &sql);
	store_bind(s, st, "tii", person, hour, (int64_t)own);
	if (store_row(s, st))
		n = (struct text_view_counts){ sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1) };
	if (st)
		sqlite3_reset(st);
	return n;
}

bool text_view_has(struct store *s, const char *person, int64_t text, int64_t hour)
{
	static struct store_sql sql = { "SELECT 1 FROM text_view WHERE person = ? AND text = ? AND hour > ? AND hour <= ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	bool has;

	store_bind(s, st, "tiii", person, text, hour - TEXT_VIEW_DAY, hour);
	has = store_row(s, st);
	if (st)
		sqlite3_reset(st);
	return has;
}

bool text_view_of_case(struct store *s, int64_t case_id)
{
	static struct store_sql sql = { "SELECT 1 FROM message WHERE case_id = ? AND id IN (SELECT text FROM text_view) LIMIT 1", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	bool found;

	store_bind(s, st, "i", case_id);
	found = store_row(s, st);
	if (st)
		sqlite3_reset(st);
	return found;
}

void text_view_put(struct store *s, const char *person, int64_t text, int64_t hour, bool own)
{
	static struct store_sql sql = { "INSERT OR REPLACE INTO text_view (person, text, hour, own) VALUES (?, ?, ?, ?)", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "tiii", person, text, hour, (int64_t)own);
	store_run(s, st);
}

void text_view_expire(struct store *s, int64_t hour)
{
	static struct store_sql sql = { "DELETE FROM text_view WHERE hour <= ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", hour - TEXT_VIEW_DAY);
	store_run(s, st);
}

void text_view_forget(struct store *s, const char *person)
{
	static struct store_sql views = { "DELETE FROM text_view WHERE person = ?", 0 };
	static struct store_sql told = { "DELETE FROM text_view_told WHERE person = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &views);

	store_bind(s, st, "t", person);
	store_run(s, st);
	st = store_stmt(s, &told);
	store_bind(s, st, "t", person);
	store_run(s, st);
}

int64_t text_view_told(struct store *s, const char *person)
{
	static struct store_sql sql = { "SELECT hour FROM text_view_told WHERE person = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	int64_t hour = INT64_MIN;

	store_bind(s, st, "t", person);
	if (store_row(s, st))
		hour = sqlite3_column_int64(st, 0);
	if (st)
		sqlite3_reset(st);
	return hour;
}

void text_view_set_told(struct store *s, const char *person, int64_t hour)
{
	static struct store_sql sql = { "INSERT OR REPLACE INTO text_view_told (person, hour) VALUES (?, ?)", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ti", person, hour);
	store_run(s, st);
}
