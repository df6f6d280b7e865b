/* The parts of texts that went out, and the reports that come back about them: declared with the outbox they belong to. */
#include "store/outbox.h"

void store_outbox_part_set(struct store *s, int64_t outbox_id, int64_t seq, const char *imsi, int64_t mr, int64_t sent_ms)
{
	static struct store_sql sql = { .sql =
		"INSERT OR REPLACE INTO outbox_part (outbox_id, seq, imsi, mr, sent_ms) VALUES (?1, ?2, ?3, ?4, ?5)" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iitii", outbox_id, seq, imsi, mr, sent_ms);
	store_run(s, st);
}

bool store_outbox_part_find(struct store *s, const struct outbox_report_key *key, int64_t *outbox_id, int64_t *seq,
	int64_t *status)
{
	/* The index on (imsi, mr) goes on with the primary key: the newest are met first, and the walk ends after a few. */
	static struct store_sql sql = { .sql =
		"SELECT p.outbox_id, p.seq, p.status, p.sent_ms FROM outbox_part p CROSS JOIN outbox o ON o.id = p.outbox_id "
		"WHERE p.imsi = ?1 AND p.mr = ?2 AND o.alias = ?3 AND p.sent_ms >= ?4 "
		"ORDER BY p.outbox_id DESC, p.seq DESC LIMIT 16" };
	sqlite3_stmt *st = store_stmt(s, &sql);
	int64_t nearest_ms = INT64_MAX;

	store_bind(s, st, "tibi", key->imsi, key->mr, (const void *)key->alias, (size_t)STORE_ALIAS, key->oldest_ms);
	while (store_row(s, st)) {
		int64_t away_ms = sqlite3_column_int64(st, 3) - key->sent_ms;
		away_ms = away_ms < 0 ? -away_ms : away_ms;
		if (away_ms >= nearest_ms)
			continue;
		nearest_ms = away_ms;
		*outbox_id = sqlite3_column_int64(st, 0);
		*seq = sqlite3_column_int64(st, 1);
		*status = sqlite3_column_int64(st, 2);
	}
	return nearest_ms < INT64_MAX;
}

void store_outbox_part_status(struct store *s, int64_t outbox_id, int64_t seq, int64_t status)
{
	static struct store_sql sql = { .sql = "UPDATE outbox_part SET status = ?3 WHERE outbox_id = ?1 AND seq = ?2" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iii", outbox_id, seq, status);
	store_run(s, st);
}

struct outbox_parts store_outbox_parts(struct store *s, int64_t outbox_id)
{
	static struct store_sql sql = { .sql = "SELECT count(*), total(status BETWEEN 0 AND 31), total(status >= 64) "
		"FROM outbox_part WHERE outbox_id = ?1" };
	sqlite3_stmt *st = store_stmt(s, &sql);
	struct outbox_parts p = { 0, 0, 0 };

	store_bind(s, st, "i", outbox_id);
	while (store_row(s, st))
		p = (struct outbox_parts){ sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1),
			sqlite3_column_int64(st, 2) };
	return p;
}
