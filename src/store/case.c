#include "store/case.h"

#define COLUMNS "id, contact_id, unit_id, code, state, kind, exploitation, urgency, priority, child, district, khoroo, " \
	"owner, messages, partial, corroboration, opened_ms, updated_ms, alerted_ms, acknowledged_ms, action_ms, closed_ms, " \
	"reopened_ms, state_ms, due_ms, reason, merged_into"

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
		.priority = sqlite3_column_int(st, 8),
		.child = sqlite3_column_int(st, 9) != 0,
		.khoroo = sqlite3_column_int(st, 11),
		.messages = sqlite3_column_int64(st, 13),
		.partial = sqlite3_column_int64(st, 14),
		.corroboration = sqlite3_column_int64(st, 15),
		.opened_ms = sqlite3_column_int64(st, 16),
		.updated_ms = sqlite3_column_int64(st, 17),
		.alerted_ms = sqlite3_column_int64(st, 18),
		.acknowledged_ms = sqlite3_column_int64(st, 19),
		.action_ms = sqlite3_column_int64(st, 20),
		.closed_ms = sqlite3_column_int64(st, 21),
		.reopened_ms = sqlite3_column_int64(st, 22),
		.state_ms = sqlite3_column_int64(st, 23),
		.due_ms = sqlite3_column_int64(st, 24),
		.reason = sqlite3_column_int(st, 25),
		.merged_into = sqlite3_column_int64(st, 26),
	};
	store_column_text(st, 3, row->code, sizeof(row->code));
	store_column_text(st, 10, row->district, sizeof(row->district));
	store_column_text(st, 12, row->owner, sizeof(row->owner));
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

bool cases_get_open_of(struct store *s, int64_t contact_id, int64_t unit_id, struct case_row *row)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM cases WHERE contact_id = ? AND unit_id = ? AND closed_ms IS NULL "
		"ORDER BY id DESC LIMIT 1", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ii", contact_id, unit_id);
	return case_read(s, st, row);
}

bool cases_get_open_but(struct store *s, int64_t contact_id, int64_t unit_id, struct case_row *row)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM cases WHERE contact_id = ? AND unit_id <> ? AND closed_ms IS NULL "
		"ORDER BY id DESC LIMIT 1", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ii", contact_id, unit_id);
	return case_read(s, st, row);
}

void cases_move(struct store *s, int64_t id, int64_t unit_id)
{
	static struct store_sql sql = { "UPDATE cases SET unit_id = ?, owner = '' WHERE id = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ii", unit_id, id);
	store_run(s, st);
}

bool cases_insert(struct store *s, struct case_row *row)
{
	static struct store_sql sql = {
		"INSERT INTO cases (contact_id, unit_id, code, state, kind, exploitation, urgency, priority, child, district, "
		"khoroo, owner, messages, partial, opened_ms, updated_ms, closed_ms, state_ms, due_ms, reason) "
		"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0), ?, ?, ?) ON CONFLICT (code) DO NOTHING", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iitiiiiiititiiiiiiii", row->contact_id, row->unit_id, row->code, (int64_t)row->state,
		(int64_t)row->kind, (int64_t)row->exploitation, (int64_t)row->urgency, (int64_t)row->priority,
		(int64_t)row->child, row->district, (int64_t)row->khoroo, row->owner, row->messages, row->partial, row->opened_ms,
		row->updated_ms, row->closed_ms, row->state_ms, row->due_ms, (int64_t)row->reason);
	if (store_run(s, st) == 0)
		return false;
	row->id = store_last_id(s);
	return true;
}

void cases_update(struct store *s, const struct case_row *row)
{
	static struct store_sql sql = {
		"UPDATE cases SET state = ?, kind = ?, exploitation = ?, urgency = ?, priority = ?, child = ?, district = ?, "
		"khoroo = ?, owner = ?, messages = ?, partial = ?, corroboration = ?, updated_ms = ?, "
		"alerted_ms = nullif(?, 0), acknowledged_ms = nullif(?, 0), action_ms = nullif(?, 0), "
		"closed_ms = nullif(?, 0), reopened_ms = nullif(?, 0), state_ms = ?, due_ms = ?, reason = ?, "
		"merged_into = nullif(?, 0) WHERE id = ?", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iiiiiititiiiiiiiiiiiiii", (int64_t)row->state, (int64_t)row->kind, (int64_t)row->exploitation,
		(int64_t)row->urgency, (int64_t)row->priority, (int64_t)row->child, row->district, (int64_t)row->khoroo,
		row->owner, row->messages, row->partial, row->corroboration, row->updated_ms, row->alerted_ms,
		row->acknowledged_ms, row->action_ms, row->closed_ms, row->reopened_ms, row->state_ms, row->due_ms,
		(int64_t)row->reason, row->merged_into, row->id);
	store_run(s, st);
}

bool cases_get_last(struct store *s, int64_t contact_id, struct case_row *row)
{
	static struct store_sql sql = {
		"SELECT " COLUMNS " FROM cases WHERE contact_id = ? AND reason <> " CASE_FILED_SQL " ORDER BY id DESC LIMIT 1", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", contact_id);
	return case_read(s, st, row);
}

bool cases_get_filed(struct store *s, int64_t contact_id, struct case_row *row)
{
	static struct store_sql sql = {
		"SELECT " COLUMNS " FROM cases WHERE contact_id = ? AND +reason = " CASE_FILED_SQL " ORDER BY id DESC LIMIT 1", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", contact_id);
	return case_read(s, st, row);
}

void cases_follow_merge(struct store *s, int64_t from, int64_t into)
{
	static struct store_sql sql = { "UPDATE cases SET merged_into = ? WHERE merged_into = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ii", into, from);
	store_run(s, st);
}

#define OF_UNIT "(unit_id = ?1) = ?2"
#define AFTER "(priority < ?3 OR (priority = ?3 AND (due_ms, id) > (?4, ?5))) ORDER BY priority DESC, due_ms, id"

/* Where a list goes on. The indexes (cases_queue, cases_closed, cases_filed) give the rows in order, without a sort. */
static sqlite3_stmt *list_open(struct store *s, enum cases_part part, struct cases_filter f, const struct case_row *last)
{
	static struct store_sql queue = {
		"SELECT " COLUMNS " FROM cases WHERE closed_ms IS NULL AND priority >= 0 AND " OF_UNIT " AND " AFTER, 0
	}, aside = {
		"SELECT " COLUMNS " FROM cases WHERE closed_ms IS NULL AND priority < 0 AND " OF_UNIT " AND " AFTER, 0
	};
	sqlite3_stmt *st = store_stmt(s, part == CASES_QUEUE ? &queue : &aside);

	store_bind(s, st, "iiiii", f.unit_id, (int64_t)f.only, last ? (int64_t)last->priority : INT64_MAX,
		last ? last->due_ms : 0, last ? last->id : 0);
	return st;
}

#define BEFORE " AND (closed_ms, id) < (?3, ?4) ORDER BY closed_ms DESC, id DESC"

static sqlite3_stmt *list_closed(struct store *s, enum cases_part part, struct cases_filter f, const struct case_row *last)
{
	static struct store_sql closed = {
		"SELECT " COLUMNS " FROM cases WHERE closed_ms IS NOT NULL AND reason <> " CASE_FILED_SQL " AND " OF_UNIT BEFORE, 0
	}, filed = {
		"SELECT " COLUMNS " FROM cases WHERE reason = " CASE_FILED_SQL " AND " OF_UNIT BEFORE, 0
	}, filed_unit = {
		"SELECT " COLUMNS " FROM cases WHERE reason = " CASE_FILED_SQL " AND unit_id = ?1 AND ?2" BEFORE, 0
	};
	sqlite3_stmt *st = store_stmt(s, part == CASES_CLOSED ? &closed : f.only ? &filed_unit : &filed);

	store_bind(s, st, "iiii", f.unit_id, (int64_t)f.only, last ? last->closed_ms : INT64_MAX,
		last ? last->id : INT64_MAX);
	return st;
}

void cases_each(struct store *s, enum cases_part part, struct cases_filter filter, const struct case_row *last,
	bool (*each)(const struct case_row *row, void *arg), void *arg)
{
	sqlite3_stmt *st = part == CASES_CLOSED || part == CASES_FILED ? list_closed(s, part, filter, last) : list_open(s, part, filter, last);
	struct case_row row;

	while (case_read(s, st, &row))
		if (!each(&row, arg))
			break;
	if (st)
		sqlite3_reset(st);
}

int64_t cases_count_waiting(struct store *s, int64_t unit_id)
{
	static struct store_sql sql = {
		"SELECT count(*) FROM cases WHERE closed_ms IS NULL AND priority >= 0 AND unit_id = ? AND owner = ''", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);
	int64_t n;

	store_bind(s, st, "i", unit_id);
	n = store_row(s, st) ? sqlite3_column_int64(st, 0) : 0;
	sqlite3_reset(st);
	return n;
}

int64_t cases_count_filed(struct store *s, struct cases_filter filter, int64_t max)
{
	static struct store_sql all = { "SELECT count(*) FROM (SELECT 1 FROM cases WHERE reason = " CASE_FILED_SQL " AND " OF_UNIT " LIMIT ?3)", 0 };
	static struct store_sql unit = { "SELECT count(*) FROM (SELECT 1 FROM cases WHERE reason = " CASE_FILED_SQL
		" AND unit_id = ?1 AND ?2 LIMIT ?3)", 0 };
	sqlite3_stmt *st = store_stmt(s, filter.only ? &unit : &all);
	int64_t n;

	store_bind(s, st, "iii", filter.unit_id, (int64_t)filter.only, max);
	n = store_row(s, st) ? sqlite3_column_int64(st, 0) : 0;
	if (st)
		sqlite3_reset(st);
	return n;
}

int64_t cases_count_open(struct store *s, struct cases_filter filter)
{
	static struct store_sql sql = { "SELECT count(*) FROM cases WHERE closed_ms IS NULL AND " OF_UNIT, 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ii", filter.unit_id, (int64_t)filter.only);
	return store_row(s, st) ? sqlite3_column_int64(st, 0) : 0;
}
