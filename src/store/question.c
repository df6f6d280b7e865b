#include "store/question.h"

#define COLUMNS "id, case_id, contact_id, number, state, name, discreet, asked_by, asked_ms, coalesce(sent_ms, 0), " \
	"coalesce(answered_ms, 0), coalesce(outbox_id, 0), coalesce(out_id, 0), coalesce(in_id, 0)"

static bool question_read(struct store *s, sqlite3_stmt *st, struct question_row *row)
{
	if (!store_row(s, st))
		return false;
	*row = (struct question_row){
		.id = sqlite3_column_int64(st, 0),
		.case_id = sqlite3_column_int64(st, 1),
		.contact_id = sqlite3_column_int64(st, 2),
		.number = sqlite3_column_int64(st, 3),
		.state = sqlite3_column_int(st, 4),
		.discreet = sqlite3_column_int(st, 6) != 0,
		.asked_ms = sqlite3_column_int64(st, 8),
		.sent_ms = sqlite3_column_int64(st, 9),
		.answered_ms = sqlite3_column_int64(st, 10),
		.outbox_id = sqlite3_column_int64(st, 11),
		.out_id = sqlite3_column_int64(st, 12),
		.in_id = sqlite3_column_int64(st, 13),
	};
	store_column_text(st, 5, row->name, sizeof(row->name));
	store_column_text(st, 7, row->asked_by, sizeof(row->asked_by));
	return true;
}

void question_insert(struct store *s, struct question_row *row, const uint8_t *body, size_t body_len)
{
	static struct store_sql sql = { "INSERT INTO question (case_id, contact_id, number, state, name, discreet, asked_by, asked_ms, "
		"body) VALUES (?1, ?2, 1 + (SELECT coalesce(max(number), 0) FROM question WHERE case_id = ?1), ?3, ?4, ?5, ?6, ?7, ?8)", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iiititib", row->case_id, row->contact_id, (int64_t)row->state, row->name, (int64_t)row->discreet,
		row->asked_by, row->asked_ms, (const void *)(body_len ? body : NULL), body_len);
	if (store_run(s, st) == 1)
		question_get(s, store_last_id(s), row);
}

void question_update(struct store *s, const struct question_row *row, bool erase)
{
	static struct store_sql sql = { "UPDATE question SET state = ?2, sent_ms = nullif(?3, 0), answered_ms = nullif(?4, 0), "
		"outbox_id = nullif(?5, 0), out_id = nullif(?6, 0), in_id = nullif(?7, 0), "
		"body = CASE WHEN ?8 THEN NULL ELSE body END WHERE id = ?1", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iiiiiiii", row->id, (int64_t)row->state, row->sent_ms, row->answered_ms, row->outbox_id, row->out_id,
		row->in_id, (int64_t)erase);
	store_run(s, st);
}

static bool one(struct store *s, struct store_sql *sql, const char *types, int64_t a, int64_t b, struct question_row *row)
{
	sqlite3_stmt *st = store_stmt(s, sql);
	bool found;

	store_bind(s, st, types, a, b);
	found = question_read(s, st, row);
	if (st)
		sqlite3_reset(st);
	return found;
}

bool question_get(struct store *s, int64_t id, struct question_row *row)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM question WHERE id = ?1", 0 };

	return one(s, &sql, "i", id, 0, row);
}

bool question_get_number(struct store *s, int64_t case_id, int64_t number, struct question_row *row)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM question WHERE case_id = ?1 AND number = ?2", 0 };

	return one(s, &sql, "ii", case_id, number, row);
}

bool question_get_outbox(struct store *s, int64_t outbox_id, struct question_row *row)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM question WHERE outbox_id = ?1", 0 };

	return one(s, &sql, "i", outbox_id, 0, row);
}

size_t question_get_body(struct store *s, int64_t id, uint8_t body[QUESTION_BODY_MAX])
{
	static struct store_sql sql = { "SELECT body FROM question WHERE id = ?1", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	size_t len = 0;

	store_bind(s, st, "i", id);
	if (store_row(s, st))
		len = store_column_blob(st, 0, body, QUESTION_BODY_MAX);
	if (st)
		sqlite3_reset(st);
	return len;
}

bool question_get_open(struct store *s, int64_t contact_id, struct question_row *row)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM question INDEXED BY question_pending WHERE contact_id = ?1 AND "
		"state IN (0, 1, 2) AND state > 0 ORDER BY id LIMIT 1", 0 };

	return one(s, &sql, "i", contact_id, 0, row);
}

bool question_get_waiting(struct store *s, int64_t contact_id, struct question_row *row)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM question INDEXED BY question_pending WHERE contact_id = ?1 AND "
		"state IN (0, 1, 2) AND state = 0 ORDER BY id LIMIT 1", 0 };

	return one(s, &sql, "i", contact_id, 0, row);
}

int64_t question_count_waiting(struct store *s, int64_t contact_id)
{
	static struct store_sql sql = { "SELECT count(*) FROM question INDEXED BY question_pending WHERE contact_id = ?1 AND "
		"state IN (0, 1, 2) AND state = 0", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	int64_t n;

	store_bind(s, st, "i", contact_id);
	n = store_row(s, st) ? sqlite3_column_int64(st, 0) : 0;
	if (st)
		sqlite3_reset(st);
	return n;
}

size_t question_list(struct store *s, int64_t case_id, int64_t after, struct question_row *rows, size_t max)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM question WHERE case_id = ?1 AND number > ?2 ORDER BY number", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	size_t n = 0;

	store_bind(s, st, "ii", case_id, after);
	while (n < max && question_read(s, st, &rows[n]))
		n++;
	if (st)
		sqlite3_reset(st);
	return n;
}
