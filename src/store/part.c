#include "store/part.h"

#define COLUMNS "id, contact_id, width, ref, total, modem, have, case_id, message_id, first_ms, due_boot_ms"

static bool set_read(struct store *s, sqlite3_stmt *st, struct part_set_row *row)
{
	if (!store_row(s, st))
		return false;
	*row = (struct part_set_row){
		.id = sqlite3_column_int64(st, 0),
		.key = { sqlite3_column_int64(st, 1), sqlite3_column_int64(st, 2), sqlite3_column_int64(st, 3),
			sqlite3_column_int64(st, 4) },
		.have = sqlite3_column_int64(st, 6),
		.case_id = sqlite3_column_int64(st, 7),
		.message_id = sqlite3_column_int64(st, 8),
		.first_ms = sqlite3_column_int64(st, 9),
		.due_boot_ms = sqlite3_column_int64(st, 10),
	};
	store_column_text(st, 5, row->modem, sizeof(row->modem));
	return true;
}

size_t part_set_find(struct store *s, const struct part_key *key, int64_t *ids, size_t max)
{
	static struct store_sql sql = {
		"SELECT id FROM part_set WHERE contact_id = ? AND ref = ? AND width = ? AND total = ? "
		"ORDER BY id DESC LIMIT ?", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);
	size_t n = 0;

	store_bind(s, st, "iiiii", key->contact_id, key->ref, key->width, key->total, (int64_t)max);
	while (n < max && store_row(s, st))
		ids[n++] = sqlite3_column_int64(st, 0);
	return n;
}

bool part_set_get(struct store *s, int64_t id, struct part_set_row *row)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM part_set WHERE id = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", id);
	return set_read(s, st, row);
}

void part_set_insert(struct store *s, struct part_set_row *row)
{
	static struct store_sql sql = {
		"INSERT INTO part_set (contact_id, width, ref, total, modem, have, first_ms, due_boot_ms) "
		"VALUES (?, ?, ?, ?, ?, ?, ?, ?)", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iiiitiii", row->key.contact_id, row->key.width, row->key.ref, row->key.total, row->modem,
		row->have, row->first_ms, row->due_boot_ms);
	store_run(s, st);
	row->id = store_last_id(s);
}

void part_set_update(struct store *s, const struct part_set_row *row)
{
	static struct store_sql sql = {
		"UPDATE part_set SET have = ?, case_id = nullif(?, 0), message_id = nullif(?, 0), due_boot_ms = ? "
		"WHERE id = ?", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iiiii", row->have, row->case_id, row->message_id, row->due_boot_ms, row->id);
	store_run(s, st);
}

void part_set_delete(struct store *s, int64_t id)
{
	static struct store_sql parts = { "DELETE FROM part WHERE set_id = ?", 0 };
	static struct store_sql set = { "DELETE FROM part_set WHERE id = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &parts);

	store_bind(s, st, "i", id);
	store_run(s, st);
	st = store_stmt(s, &set);
	store_bind(s, st, "i", id);
	store_run(s, st);
}

bool part_set_first_due(struct store *s, struct part_set_row *row)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM part_set ORDER BY due_boot_ms LIMIT 1", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	return set_read(s, st, row);
}

void part_set_reset_due(struct store *s, int64_t forget_boot_ms)
{
	static struct store_sql sql = {
		"UPDATE part_set SET due_boot_ms = CASE WHEN message_id IS NULL THEN 0 ELSE ? END", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", forget_boot_ms);
	store_run(s, st);
}

void part_set_clamp_due(struct store *s, int64_t show_boot_ms, int64_t forget_boot_ms)
{
	static struct store_sql sql = {
		"UPDATE part_set SET due_boot_ms = CASE WHEN message_id IS NULL THEN ?1 ELSE ?2 END "
		"WHERE due_boot_ms > CASE WHEN message_id IS NULL THEN ?1 ELSE ?2 END", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ii", show_boot_ms, forget_boot_ms);
	store_run(s, st);
}

void part_insert(struct store *s, const struct part_row *row)
{
	static struct store_sql sql = {
		"INSERT INTO part (set_id, seq, body, time_ms, damaged) VALUES (?, ?, ?, ?, ?)", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iibii", row->set_id, row->seq, row->body, row->body_len, row->time_ms, (int64_t)row->damaged);
	store_run(s, st);
}

static bool part_read(struct store *s, sqlite3_stmt *st, struct part_row *row)
{
	if (!store_row(s, st))
		return false;
	*row = (struct part_row){
		.set_id = sqlite3_column_int64(st, 0),
		.seq = sqlite3_column_int64(st, 1),
		.time_ms = sqlite3_column_int64(st, 2),
		.damaged = sqlite3_column_int(st, 3) != 0,
		.body = sqlite3_column_blob(st, 4),
		.body_len = (size_t)sqlite3_column_bytes(st, 4),
	};
	return true;
}

bool part_get(struct store *s, int64_t set_id, int64_t seq, struct part_row *row, uint8_t *out, size_t max, size_t *len)
{
	static struct store_sql sql = {
		"SELECT set_id, seq, time_ms, damaged, body FROM part WHERE set_id = ? AND seq = ?", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ii", set_id, seq);
	if (!part_read(s, st, row))
		return false;
	*len = store_column_blob(st, 4, out, max);
	row->body = out;
	row->body_len = *len;
	sqlite3_reset(st);
	return true;
}

void part_each(struct store *s, int64_t set_id, bool (*each)(const struct part_row *row, void *arg), void *arg)
{
	static struct store_sql sql = {
		"SELECT set_id, seq, time_ms, damaged, body FROM part WHERE set_id = ? ORDER BY seq", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);
	struct part_row row;

	store_bind(s, st, "i", set_id);
	while (part_read(s, st, &row))
		if (!each(&row, arg))
			break;
	if (st)
		sqlite3_reset(st);
}
