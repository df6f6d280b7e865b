#include "store/campaign_recipient.h"

#define COLUMNS "campaign_id, subscriber_id, state, operator, district, language, parts, coalesce(outbox_id, 0), step, right, " \
	"coalesce(queued_ms, 0), updated_ms, why"

static void read_row(sqlite3_stmt *st, struct campaign_recipient_row *row)
{
	*row = (struct campaign_recipient_row){
		.campaign_id = sqlite3_column_int64(st, 0),
		.subscriber_id = sqlite3_column_int64(st, 1),
		.state = sqlite3_column_int(st, 2),
		.language = sqlite3_column_int(st, 5),
		.parts = sqlite3_column_int64(st, 6),
		.outbox_id = sqlite3_column_int64(st, 7),
		.step = sqlite3_column_int64(st, 8),
		.right = sqlite3_column_int64(st, 9),
		.queued_ms = sqlite3_column_int64(st, 10),
		.updated_ms = sqlite3_column_int64(st, 11),
	};
	store_column_text(st, 3, row->operator_name, sizeof(row->operator_name));
	store_column_text(st, 4, row->district, sizeof(row->district));
	store_column_text(st, 12, row->why, sizeof(row->why));
}

static size_t read_rows(struct store *s, sqlite3_stmt *st, struct campaign_recipient_row *rows, size_t max)
{
	size_t n = 0;

	while (store_row(s, st))
		if (n < max)
			read_row(st, &rows[n++]);
	return n;
}

bool campaign_recipient_insert(struct store *s, const struct campaign_recipient_row *row)
{
	static struct store_sql sql = { "INSERT OR IGNORE INTO campaign_recipient (campaign_id, subscriber_id, state, operator, district, "
		"language, parts, updated_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iiittiii", row->campaign_id, row->subscriber_id, (int64_t)row->state, row->operator_name, row->district,
		(int64_t)row->language, row->parts, row->updated_ms);
	return store_run(s, st) == 1;
}

bool campaign_recipient_get(struct store *s, int64_t campaign_id, int64_t subscriber_id, struct campaign_recipient_row *row)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM campaign_recipient WHERE campaign_id = ?1 AND subscriber_id = ?2", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ii", campaign_id, subscriber_id);
	return read_rows(s, st, row, 1) == 1;
}

void campaign_recipient_update(struct store *s, const struct campaign_recipient_row *row)
{
	static struct store_sql sql = { "UPDATE campaign_recipient SET state = ?3, outbox_id = nullif(?4, 0), step = ?5, right = ?6, "
		"queued_ms = nullif(?7, 0), updated_ms = ?8, why = ?9 WHERE campaign_id = ?1 AND subscriber_id = ?2", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iiiiiiiit", row->campaign_id, row->subscriber_id, (int64_t)row->state, row->outbox_id, row->step, row->right,
		row->queued_ms, row->updated_ms, row->why);
	store_run(s, st);
}

size_t campaign_recipient_waiting(struct store *s, int64_t campaign_id, const char *operator_name, int64_t after,
	struct campaign_recipient_row *rows, size_t max)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM campaign_recipient INDEXED BY campaign_recipient_waiting WHERE state = 0 "
		"AND campaign_id = ?1 AND operator = ?2 AND subscriber_id > ?3 ORDER BY subscriber_id LIMIT ?4", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "itii", campaign_id, operator_name, after, (int64_t)max);
	return read_rows(s, st, rows, max);
}

/* A seek in the index for each operator, however many wait. */
size_t campaign_recipient_operators(struct store *s, int64_t campaign_id, char names[][CAMPAIGN_OPERATOR_SIZE], size_t max)
{
	static struct store_sql first = { "SELECT operator FROM campaign_recipient INDEXED BY campaign_recipient_waiting WHERE state = 0 "
		"AND campaign_id = ?1 ORDER BY operator LIMIT 1", 0 };
	static struct store_sql next = { "SELECT operator FROM campaign_recipient INDEXED BY campaign_recipient_waiting WHERE state = 0 "
		"AND campaign_id = ?1 AND operator > ?2 ORDER BY operator LIMIT 1", 0 };
	size_t n = 0;
	bool found = true;

	while (n < max && found) {
		sqlite3_stmt *st = store_stmt(s, n ? &next : &first);
		if (n)
			store_bind(s, st, "it", campaign_id, names[n - 1]);
		else
			store_bind(s, st, "i", campaign_id);
		found = store_row(s, st);
		if (found)
			store_column_text(st, 0, names[n++], CAMPAIGN_OPERATOR_SIZE);
		if (st)
			sqlite3_reset(st);
	}
	return n;
}

size_t campaign_recipient_unknown(struct store *s, int64_t campaign_id, int64_t after, struct campaign_recipient_row *rows, size_t max)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM campaign_recipient INDEXED BY campaign_recipient_unknown WHERE state = 5 "
		"AND campaign_id = ?1 AND subscriber_id > ?2 ORDER BY subscriber_id LIMIT ?3", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iii", campaign_id, after, (int64_t)max);
	return read_rows(s, st, rows, max);
}

size_t campaign_recipient_of(struct store *s, int64_t subscriber_id, struct campaign_recipient_row *rows, size_t max)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM campaign_recipient INDEXED BY campaign_recipient_who WHERE state BETWEEN 2 AND 7 "
		"AND subscriber_id = ?1 ORDER BY campaign_id DESC LIMIT ?2", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ii", subscriber_id, (int64_t)max);
	return read_rows(s, st, rows, max);
}

int campaign_recipient_unplan(struct store *s, int64_t campaign_id, size_t max)
{
	static struct store_sql sql = { "DELETE FROM campaign_recipient WHERE campaign_id = ?1 AND subscriber_id IN (SELECT subscriber_id "
		"FROM campaign_recipient WHERE campaign_id = ?1 LIMIT ?2)", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ii", campaign_id, (int64_t)max);
	return store_run(s, st);
}

void campaign_unplan_counts(struct store *s, int64_t campaign_id)
{
	static struct store_sql counts = { "DELETE FROM campaign_count WHERE campaign_id = ?1", 0 };
	static struct store_sql left_out = { "DELETE FROM campaign_left_out WHERE campaign_id = ?1", 0 };
	sqlite3_stmt *st = store_stmt(s, &counts);

	store_bind(s, st, "i", campaign_id);
	store_run(s, st);
	st = store_stmt(s, &left_out);
	store_bind(s, st, "i", campaign_id);
	store_run(s, st);
}
