#include "store/release.h"

#define COLUMNS "id, case_id, state, requester, decider, reason, asked_ms, expires_ms"

static bool read_row(struct store *s, sqlite3_stmt *st, struct release_row *row)
{
	if (!store_row(s, st))
		return false;
	*row = (struct release_row){
		.id = sqlite3_column_int64(st, 0),
		.case_id = sqlite3_column_int64(st, 1),
		.state = (enum release_state)sqlite3_column_int(st, 2),
		.asked_ms = sqlite3_column_int64(st, 6),
		.expires_ms = sqlite3_column_int64(st, 7),
	};
	store_column_text(st, 3, row->requester, sizeof(row->requester));
	store_column_text(st, 4, row->decider, sizeof(row->decider));
	store_column_text(st, 5, row->reason, sizeof(row->reason));
	return true;
}

void release_insert(struct store *s, struct release_row *row)
{
	static struct store_sql sql = {
		"INSERT INTO release (case_id, state, requester, decider, reason, asked_ms, expires_ms) VALUES (?, ?, ?, ?, ?, ?, ?)", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iitttii", row->case_id, (int64_t)row->state, row->requester, row->decider, row->reason, row->asked_ms,
		row->expires_ms);
	store_run(s, st);
	row->id = store_last_id(s);
}

bool release_get(struct store *s, int64_t id, struct release_row *row)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM release WHERE id = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	bool found;

	store_bind(s, st, "i", id);
	found = read_row(s, st, row);
	if (st)
		sqlite3_reset(st);
	return found;
}

void release_update(struct store *s, const struct release_row *row)
{
	static struct store_sql sql = { "UPDATE release SET state = ?, decider = ? WHERE id = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iti", (int64_t)row->state, row->decider, row->id);
	store_run(s, st);
}

size_t release_list(struct store *s, struct release_row *rows, size_t max)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM release ORDER BY id DESC LIMIT ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	size_t n = 0;

	store_bind(s, st, "i", (int64_t)max);
	while (n < max && read_row(s, st, &rows[n]))
		n++;
	if (st)
		sqlite3_reset(st);
	return n;
}

int64_t release_count_open(struct store *s, int64_t case_id, const char *requester, int64_t now_ms)
{
	static struct store_sql sql = {
		"SELECT count(*) FROM release WHERE state IN (0, 1) AND expires_ms > ? AND (? = 0 OR case_id = ?) AND (? IS NULL OR requester = ?)", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);
	int64_t n = 0;

	store_bind(s, st, "iiitt", now_ms, case_id, case_id, requester, requester);
	if (store_row(s, st))
		n = sqlite3_column_int64(st, 0);
	if (st)
		sqlite3_reset(st);
	return n;
}
