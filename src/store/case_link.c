#include "store/case_link.h"

#include <string.h>

bool case_link_insert(struct store *s, int64_t a, int64_t b, int kind, int64_t created_ms)
{
	static struct store_sql sql = {
		"INSERT INTO case_link (case_id, other_id, kind, created_ms) VALUES (min(?1, ?2), max(?1, ?2), ?3, ?4) "
		"ON CONFLICT DO NOTHING", 0
	};
	sqlite3_stmt *st;

	if (a == b)
		return false;
	st = store_stmt(s, &sql);
	store_bind(s, st, "iiii", a, b, (int64_t)kind, created_ms);
	return store_run(s, st) > 0;
}

size_t case_link_list(struct store *s, int64_t case_id, struct case_link_row *rows, size_t max)
{
	static struct store_sql sql = {
		"SELECT other_id, kind, created_ms FROM case_link WHERE case_id = ?1 UNION ALL "
		"SELECT case_id, kind, created_ms FROM case_link WHERE other_id = ?1 ORDER BY created_ms DESC LIMIT ?2", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);
	size_t n = 0;

	store_bind(s, st, "ii", case_id, (int64_t)max);
	while (n < max && store_row(s, st))
		rows[n++] = (struct case_link_row){ .case_id = case_id, .other_id = sqlite3_column_int64(st, 0),
			.kind = sqlite3_column_int(st, 1), .created_ms = sqlite3_column_int64(st, 2) };
	if (st)
		sqlite3_reset(st);
	return n;
}

int64_t case_link_senders(struct store *s, int64_t case_id, int kind_a, int kind_b)
{
	static struct store_sql sql = {
		"SELECT count(DISTINCT contact_id) FROM cases WHERE id IN ("
		"SELECT other_id FROM case_link WHERE case_id = ?1 AND kind IN (?2, ?3) UNION "
		"SELECT case_id FROM case_link WHERE other_id = ?1 AND kind IN (?2, ?3)) "
		"AND contact_id <> (SELECT contact_id FROM cases WHERE id = ?1)", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);
	int64_t n;

	store_bind(s, st, "iii", case_id, (int64_t)kind_a, (int64_t)kind_b);
	n = store_row(s, st) ? sqlite3_column_int64(st, 0) : 0;
	if (st)
		sqlite3_reset(st);
	return n;
}

bool case_link_facts(struct store *s, int64_t id, struct case_link_facts *facts)
{
	static struct store_sql sql = { "SELECT into_case.id, into_case.unit_id, into_case.corroboration FROM cases c "
		"JOIN cases into_case ON into_case.id = coalesce(c.merged_into, c.id) WHERE c.id = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", id);
	if (!store_row(s, st))
		return false;
	*facts = (struct case_link_facts){ sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1), sqlite3_column_int64(st, 2) };
	sqlite3_reset(st);
	return true;
}

bool case_set_corroboration(struct store *s, int64_t id, int64_t senders)
{
	static struct store_sql sql = { "UPDATE cases SET corroboration = ?2 WHERE id = ?1 AND corroboration <> ?2", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ii", id, senders);
	return store_run(s, st) > 0;
}

static void run(struct store *s, struct store_sql *sql, int64_t from, int64_t into)
{
	sqlite3_stmt *st = store_stmt(s, sql);

	store_bind(s, st, "ii", from, into);
	store_run(s, st);
}

void case_link_move(struct store *s, int64_t from, int64_t into)
{
	static struct store_sql links = {
		"INSERT OR IGNORE INTO case_link (case_id, other_id, kind, created_ms) "
		"SELECT min(?2, o), max(?2, o), kind, created_ms FROM ("
		"SELECT other_id AS o, kind, created_ms FROM case_link WHERE case_id = ?1 UNION ALL "
		"SELECT case_id AS o, kind, created_ms FROM case_link WHERE other_id = ?1) WHERE o <> ?2", 0
	}, links_rest = { "DELETE FROM case_link WHERE (case_id = ?1 OR other_id = ?1) AND ?2 = ?2", 0 },
		features = { "UPDATE OR IGNORE case_feature SET case_id = ?2 WHERE case_id = ?1", 0 },
		features_rest = { "DELETE FROM case_feature WHERE case_id = ?1 AND ?2 = ?2", 0 };

	run(s, &links, from, into);
	run(s, &links_rest, from, into);
	run(s, &features, from, into);
	run(s, &features_rest, from, into);
}

/* ---- features ---------------------------------------------------------------------------------------------- */

void feature_insert(struct store *s, const struct feature_row *row)
{
	static struct store_sql sql = {
		"INSERT INTO case_feature (hash, case_id, contact_id, kind, exploitation, time_ms, sketch) VALUES (?, ?, ?, ?, ?, ?, ?) "
		"ON CONFLICT DO NOTHING", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "biiiiib", row->hash, sizeof(row->hash), row->case_id, row->contact_id, (int64_t)row->kind,
		(int64_t)row->exploitation, row->time_ms, row->sketch, sizeof(row->sketch));
	store_run(s, st);
}

size_t feature_find(struct store *s, const uint8_t hash[FEATURE_HASH], int64_t contact_id, int64_t since_ms,
	struct feature_row *rows, size_t max)
{
	static struct store_sql sql = {
		"SELECT case_id, contact_id, kind, exploitation, time_ms, sketch FROM case_feature WHERE hash = ? AND contact_id <> ? "
		"AND time_ms >= ? ORDER BY case_id DESC LIMIT ?", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);
	size_t n = 0;

	store_bind(s, st, "biii", hash, (size_t)FEATURE_HASH, contact_id, since_ms, (int64_t)max);
	while (n < max && store_row(s, st)) {
		struct feature_row *row = &rows[n++];
		memcpy(row->hash, hash, FEATURE_HASH);
		row->case_id = sqlite3_column_int64(st, 0);
		row->contact_id = sqlite3_column_int64(st, 1);
		row->kind = sqlite3_column_int(st, 2);
		row->exploitation = sqlite3_column_int(st, 3);
		row->time_ms = sqlite3_column_int64(st, 4);
		store_column_blob(st, 5, row->sketch, sizeof(row->sketch));
	}
	if (st)
		sqlite3_reset(st);
	return n;
}

void feature_prune(struct store *s, int64_t before_ms)
{
	static struct store_sql sql = {
		"DELETE FROM case_feature WHERE (hash, case_id) IN (SELECT hash, case_id FROM case_feature INDEXED BY "
		"case_feature_time WHERE time_ms < ? ORDER BY time_ms LIMIT 32)", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", before_ms);
	store_run(s, st);
}
