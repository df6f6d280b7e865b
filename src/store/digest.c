#include "store/digest.h"

#include <string.h>

#include "store/case.h"

#define DAY_MS (24 * 60 * 60 * INT64_C(1000))

/* One row, its columns in order. */
static void read_row(struct store *s, sqlite3_stmt *st, int64_t *out, int columns)
{
	while (store_row(s, st))
		for (int i = 0; i < columns; i++)
			out[i] = sqlite3_column_int64(st, i);
}

static void read_time(struct store *s, int64_t but_unit, int64_t from_ms, int64_t to_ms, struct store_digest *d)
{
	static struct store_sql opened = { .sql = "SELECT count(*), coalesce(sum(urgency = ?4), 0) FROM cases "
		"WHERE opened_ms >= ?2 AND opened_ms < ?3 AND unit_id <> ?1 AND merged_into IS NULL "
		"AND reason <> " CASE_FILED_SQL };
	static struct store_sql closed = { .sql =
		"SELECT count(*) FROM cases WHERE closed_ms >= ?2 AND closed_ms < ?3 AND unit_id <> ?1 AND merged_into IS NULL "
		"AND reason <> " CASE_FILED_SQL };
	sqlite3_stmt *st = store_stmt(s, &opened);
	int64_t row[2] = { 0, 0 };

	store_bind(s, st, "iiii", but_unit, from_ms, to_ms, (int64_t)STORE_DIGEST_EMERGENCY);
	read_row(s, st, row, 2);
	d->opened = row[0];
	d->emergencies = row[1];
	st = store_stmt(s, &closed);
	store_bind(s, st, "iii", but_unit, from_ms, to_ms);
	read_row(s, st, &d->closed, 1);
}

static void read_open(struct store *s, int64_t but_unit, int64_t now_ms, struct store_digest *d)
{
	static struct store_sql sql = { .sql = "SELECT count(*), coalesce(sum(opened_ms > ?2 - ?3), 0), "
		"coalesce(sum(opened_ms > ?2 - 7 * ?3), 0), coalesce(sum(opened_ms > ?2 - 30 * ?3), 0), "
		"coalesce(sum(acknowledged_ms IS NULL), 0) FROM cases WHERE closed_ms IS NULL AND unit_id <> ?1 AND priority >= 0" };
	sqlite3_stmt *st = store_stmt(s, &sql);
	int64_t row[5] = { 0, 0, 0, 0, 0 };

	store_bind(s, st, "iii", but_unit, now_ms, DAY_MS);
	read_row(s, st, row, 5);
	d->open[0] = row[1];
	d->open[1] = row[2] - row[1];
	d->open[2] = row[3] - row[2];
	d->open[3] = row[0] - row[3];
	d->waiting = row[4];
}

/* The time that so many alerts of the stretch were acknowledged faster than. */
static int64_t ack_at(struct store *s, int64_t but_unit, int64_t from_ms, int64_t to_ms, int64_t place)
{
	static struct store_sql sql = { .sql = "SELECT a.acknowledged_ms - a.created_ms AS took FROM alert a "
		"JOIN cases c ON c.id = a.case_id WHERE a.acknowledged_ms >= ?2 AND a.acknowledged_ms < ?3 AND c.unit_id <> ?1 "
		"ORDER BY took LIMIT 1 OFFSET ?4" };
	sqlite3_stmt *st = store_stmt(s, &sql);
	int64_t took = 0;

	store_bind(s, st, "iiii", but_unit, from_ms, to_ms, place);
	read_row(s, st, &took, 1);
	return took;
}

static void read_acks(struct store *s, int64_t but_unit, int64_t from_ms, int64_t to_ms, struct store_digest *d)
{
	static struct store_sql sql = { .sql = "SELECT count(*) FROM alert a JOIN cases c ON c.id = a.case_id "
		"WHERE a.acknowledged_ms >= ?2 AND a.acknowledged_ms < ?3 AND c.unit_id <> ?1" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iii", but_unit, from_ms, to_ms);
	read_row(s, st, &d->acknowledged, 1);
	if (d->acknowledged == 0)
		return;
	d->ack_median_ms = ack_at(s, but_unit, from_ms, to_ms, (d->acknowledged - 1) / 2);
	d->ack_p90_ms = ack_at(s, but_unit, from_ms, to_ms, (d->acknowledged - 1) * 9 / 10);
}

void store_digest_read(struct store *s, int64_t but_unit, int64_t from_ms, int64_t to_ms, struct store_digest *d)
{
	memset(d, 0, sizeof(*d));
	read_time(s, but_unit, from_ms, to_ms, d);
	read_open(s, but_unit, to_ms, d);
	read_acks(s, but_unit, from_ms, to_ms, d);
}
