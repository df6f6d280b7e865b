#include "store/outcome.h"

#define COLUMNS "case_id, kind, person, second, time_ms, confirmed_ms"

static bool outcome_read(struct store *s, sqlite3_stmt *st, struct outcome_row *row)
{
	if (!store_row(s, st))
		return false;
	*row = (struct outcome_row){ .case_id = sqlite3_column_int64(st, 0), .kind = sqlite3_column_int(st, 1),
		.time_ms = sqlite3_column_int64(st, 4), .confirmed_ms = sqlite3_column_int64(st, 5) };
	store_column_text(st, 2, row->person, sizeof(row->person));
	store_column_text(st, 3, row->second, sizeof(row->second));
	return true;
}

bool outcome_get(struct store *s, int64_t case_id, int kind, struct outcome_row *row)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM outcome WHERE case_id = ? AND kind = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	bool found;

	store_bind(s, st, "ii", case_id, (int64_t)kind);
	found = outcome_read(s, st, row);
	if (st)
		sqlite3_reset(st);
	return found;
}

void outcome_put(struct store *s, const struct outcome_row *row)
{
	static struct store_sql sql = {
		"INSERT INTO outcome (" COLUMNS ") VALUES (?, ?, ?, ?, ?, nullif(?, 0)) ON CONFLICT (case_id, kind) DO UPDATE "
		"SET second = excluded.second, confirmed_ms = excluded.confirmed_ms", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iittii", row->case_id, (int64_t)row->kind, row->person, row->second, row->time_ms,
		row->confirmed_ms);
	store_run(s, st);
}

void outcome_delete(struct store *s, int64_t case_id, int kind)
{
	static struct store_sql sql = { "DELETE FROM outcome WHERE case_id = ? AND kind = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ii", case_id, (int64_t)kind);
	store_run(s, st);
}

void outcome_each(struct store *s, int64_t case_id, void (*each)(const struct outcome_row *row, void *arg), void *arg)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM outcome WHERE case_id = ? ORDER BY kind", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	struct outcome_row row;

	store_bind(s, st, "i", case_id);
	while (outcome_read(s, st, &row))
		each(&row, arg);
}

/* ---- referrals --------------------------------------------------------------------------------------------- */

bool referral_insert(struct store *s, const struct referral_row *row)
{
	static struct store_sql sql = {
		"INSERT INTO referral (case_id, agency, person, time_ms) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "itti", row->case_id, row->agency, row->person, row->time_ms);
	return store_run(s, st) > 0;
}

void referral_each(struct store *s, int64_t case_id, void (*each)(const struct referral_row *row, void *arg), void *arg)
{
	static struct store_sql sql = {
		"SELECT agency, person, time_ms FROM referral WHERE case_id = ? ORDER BY time_ms, agency", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", case_id);
	while (store_row(s, st)) {
		struct referral_row row = { .case_id = case_id, .time_ms = sqlite3_column_int64(st, 2) };
		store_column_text(st, 0, row.agency, sizeof(row.agency));
		store_column_text(st, 1, row.person, sizeof(row.person));
		each(&row, arg);
	}
}

/* ---- merging ----------------------------------------------------------------------------------------------- */

static void move(struct store *s, struct store_sql *update, struct store_sql *rest, int64_t from, int64_t into)
{
	sqlite3_stmt *st = store_stmt(s, update);

	store_bind(s, st, "ii", into, from);
	store_run(s, st);
	st = store_stmt(s, rest);
	store_bind(s, st, "i", from);
	store_run(s, st);
}

void outcome_move(struct store *s, int64_t from, int64_t into)
{
	static struct store_sql outcomes = { "UPDATE OR IGNORE outcome SET case_id = ? WHERE case_id = ?", 0 },
		outcomes_rest = { "DELETE FROM outcome WHERE case_id = ?", 0 },
		referrals = { "UPDATE OR IGNORE referral SET case_id = ? WHERE case_id = ?", 0 },
		referrals_rest = { "DELETE FROM referral WHERE case_id = ?", 0 };

	move(s, &outcomes, &outcomes_rest, from, into);
	move(s, &referrals, &referrals_rest, from, into);
}
