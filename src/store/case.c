#include "store/case.h"

#define COLUMNS "id, contact_id, unit_id, code, state, kind, exploitation, urgency, child, district, khoroo, owner, " \
	"messages, opened_ms, updated_ms, acknowledged_ms, closed_ms"

static bool case_read(struct store *s, sqlite3_stmt *st, struct case_row *row)
{
	if (!store_row(s, st))
		return false;
	*row = (struct case_row){
		.id = sqlite3_column_int64(st, 0),
		.contact_id = sqlite3_column_int64(st, 1),
		.unit_id = sqlite3_column_int64(st, 2),
		.state = (enum case_state)sqlite3_column_int(st, 4),
		.kind = sqlite3_column_int(st, 5),
		.exploitation = sqlite3_column_int(st, 6),
		.urgency = sqlite3_column_int(st, 7),
		.child = sqlite3_column_int(st, 8) != 0,
		.khoroo = sqlite3_column_int(st, 10),
		.messages = sqlite3_column_int64(st, 12),
		.opened_ms = sqlite3_column_int64(st, 13),
		.updated_ms = sqlite3_column_int64(st, 14),
		.acknowledged_ms = sqlite3_column_int64(st, 15),
		.closed_ms = sqlite3_column_int64(st, 16),
	};
	store_column_text(st, 3, row->code, sizeof(row->code));
	store_column_text(st, 9, row->district, sizeof(row->district));
	store_column_text(st, 11, row->owner, sizeof(row->owner));
	return true;
}

bool cases_get(struct store *s, int64_t id, struct case_row *row)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM cases WHERE id = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", id);
	return case_read(s, st, row);
}

bool cases_get_code(struct store *s, const char *code, struct case_row *row)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM cases WHERE code = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "t", code);
	return case_read(s, st, row);
}

bool cases_get_open(struct store *s, int64_t contact_id, struct case_row *row)
{
	static struct store_sql sql = {
		"SELECT " COLUMNS " FROM cases WHERE contact_id = ? AND closed_ms IS NULL ORDER BY id DESC LIMIT 1", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", contact_id);
	return case_read(s, st, row);
}

bool cases_insert(struct store *s, struct case_row *row)
{
	static struct store_sql sql = {
		"INSERT INTO cases (contact_id, unit_id, code, state, kind, exploitation, urgency, child, district, khoroo, "
		"owner, messages, opened_ms, updated_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
		"ON CONFLICT (code) DO NOTHING", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iitiiiiititiii", row->contact_id, row->unit_id, row->code, (int64_t)row->state,
		(int64_t)row->kind, (int64_t)row->exploitation, (int64_t)row->urgency, (int64_t)row->child, row->district,
		(int64_t)row->khoroo, row->owner, row->messages, row->opened_ms, row->updated_ms);
	if (store_run(s, st) == 0)
		return false;
	row->id = store_last_id(s);
	return true;
}

void cases_update(struct store *s, const struct case_row *row)
{
	static struct store_sql sql = {
		"UPDATE cases SET state = ?, kind = ?, exploitation = ?, urgency = ?, child = ?, district = ?, khoroo = ?, "
		"owner = ?, messages = ?, updated_ms = ?, acknowledged_ms = nullif(?, 0), closed_ms = nullif(?, 0) "
		"WHERE id = ?", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iiiiititiiiii", (int64_t)row->state, (int64_t)row->kind, (int64_t)row->exploitation,
		(int64_t)row->urgency, (int64_t)row->child, row->district, (int64_t)row->khoroo, row->owner, row->messages,
		row->updated_ms, row->acknowledged_ms, row->closed_ms, row->id);
	store_run(s, st);
}

/* An index each (cases_waiting, cases_had) instead of a walk over all that is open: that may be much, what is shown
 * is little. */
static size_t list_open(struct store *s, bool acknowledged, struct case_row *rows, size_t max)
{
	static struct store_sql waiting = {
		"SELECT " COLUMNS " FROM cases WHERE closed_ms IS NULL AND acknowledged_ms IS NULL "
		"ORDER BY urgency DESC, opened_ms LIMIT ?", 0
	}, had = {
		"SELECT " COLUMNS " FROM cases WHERE closed_ms IS NULL AND acknowledged_ms IS NOT NULL "
		"ORDER BY urgency DESC, opened_ms LIMIT ?", 0
	};
	sqlite3_stmt *st = store_stmt(s, acknowledged ? &had : &waiting);
	size_t n = 0;

	store_bind(s, st, "i", (int64_t)max);
	while (n < max && case_read(s, st, &rows[n]))
		n++;
	return n;
}

size_t cases_list(struct store *s, bool closed, struct case_row *rows, size_t max)
{
	static struct store_sql sql = {
		"SELECT " COLUMNS " FROM cases WHERE closed_ms IS NOT NULL ORDER BY closed_ms DESC LIMIT ?", 0
	};
	sqlite3_stmt *st;
	size_t n = 0;

	if (!closed) {
		n = list_open(s, false, rows, max);
		return n + list_open(s, true, rows + n, max - n);
	}
	st = store_stmt(s, &sql);
	store_bind(s, st, "i", (int64_t)max);
	while (n < max && case_read(s, st, &rows[n]))
		n++;
	return n;
}

int64_t cases_count_open(struct store *s)
{
	static struct store_sql sql = { "SELECT count(*) FROM cases WHERE closed_ms IS NULL", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	return store_row(s, st) ? sqlite3_column_int64(st, 0) : 0;
}
