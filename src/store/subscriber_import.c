#include "store/subscriber_import.h"

#include <string.h>

#define COLUMNS "id, state, person, source, consent_ms, begun_ms, staged, applied, added, changed, doubled, stopped"

static bool import_read(struct store *s, sqlite3_stmt *st, struct import_row *row)
{
	if (!store_row(s, st))
		return false;
	*row = (struct import_row){
		.id = sqlite3_column_int64(st, 0),
		.state = sqlite3_column_int(st, 1),
		.consent_ms = sqlite3_column_int64(st, 4),
		.begun_ms = sqlite3_column_int64(st, 5),
		.staged = sqlite3_column_int64(st, 6),
		.applied = sqlite3_column_int64(st, 7),
		.added = sqlite3_column_int64(st, 8),
		.changed = sqlite3_column_int64(st, 9),
		.doubled = sqlite3_column_int64(st, 10),
		.stopped = sqlite3_column_int64(st, 11),
	};
	store_column_text(st, 2, row->person, sizeof(row->person));
	store_column_text(st, 3, row->source, sizeof(row->source));
	sqlite3_reset(st);
	return true;
}

void subscriber_import_insert(struct store *s, struct import_row *row)
{
	static struct store_sql sql = {
		"INSERT INTO subscriber_import (state, person, source, consent_ms, begun_ms) VALUES (?, ?, ?, ?, ?)", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ittii", (int64_t)row->state, row->person, row->source, row->consent_ms, row->begun_ms);
	store_run(s, st);
	row->id = store_last_id(s);
}

bool subscriber_import_get(struct store *s, int64_t id, struct import_row *row)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM subscriber_import WHERE id = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", id);
	return import_read(s, st, row);
}

void subscriber_import_update(struct store *s, const struct import_row *row)
{
	static struct store_sql sql = {
		"UPDATE subscriber_import SET state = ?, staged = ?, applied = ?, added = ?, changed = ?, doubled = ?, stopped = ? WHERE id = ?", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iiiiiiii", (int64_t)row->state, row->staged, row->applied, row->added, row->changed, row->doubled, row->stopped,
		row->id);
	store_run(s, st);
}

void subscriber_import_delete(struct store *s, int64_t id)
{
	static struct store_sql sql = { "DELETE FROM subscriber_import WHERE id = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", id);
	store_run(s, st);
}

bool subscriber_import_next(struct store *s, struct import_row *row)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM subscriber_import WHERE state IN (1, 3) ORDER BY id LIMIT 1", 0 };

	return import_read(s, store_stmt(s, &sql), row);
}

void subscriber_import_abandon(struct store *s)
{
	static struct store_sql sql = { "UPDATE subscriber_import SET state = 3 WHERE state = 0", 0 };

	store_run(s, store_stmt(s, &sql));
}

/* ---- rows -------------------------------------------------------------------------------------------------------------- */

void subscriber_stage(struct store *s, int64_t import_id, const struct staged_row *row)
{
	static struct store_sql sql = {
		"INSERT INTO subscriber_staged (import_id, alias, number, language, script, district, groups, source, consent_ms) "
		"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ibbiittti", import_id, (const void *)row->alias, sizeof(row->alias), (const void *)row->number, row->number_len,
		(int64_t)row->language, (int64_t)row->script, row->district, row->groups, row->source, row->consent_ms);
	store_run(s, st);
}

size_t subscriber_staged(struct store *s, int64_t import_id, struct staged_row *rows, size_t max)
{
	static struct store_sql sql = {
		"SELECT id, alias, number, language, script, district, groups, source, consent_ms FROM subscriber_staged "
		"WHERE import_id = ? ORDER BY id LIMIT ?", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);
	size_t n = 0;

	store_bind(s, st, "ii", import_id, (int64_t)max);
	while (n < max && store_row(s, st)) {
		struct staged_row *r = &rows[n++];
		r->id = sqlite3_column_int64(st, 0);
		store_column_blob(st, 1, r->alias, sizeof(r->alias));
		r->number_len = store_column_blob(st, 2, r->number, sizeof(r->number));
		r->language = sqlite3_column_int(st, 3);
		r->script = sqlite3_column_int(st, 4);
		store_column_text(st, 5, r->district, sizeof(r->district));
		store_column_text(st, 6, r->groups, sizeof(r->groups));
		store_column_text(st, 7, r->source, sizeof(r->source));
		r->consent_ms = sqlite3_column_int64(st, 8);
	}
	if (st)
		sqlite3_reset(st);
	return n;
}

void subscriber_unstage(struct store *s, int64_t import_id, int64_t last_id)
{
	static struct store_sql sql = { "DELETE FROM subscriber_staged WHERE id <= ? AND import_id = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ii", last_id, import_id);
	store_run(s, st);
}
