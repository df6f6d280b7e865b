#include "store/message.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define COLUMNS "id, case_id, contact_id, direction, modem, time_ms, kind, exploitation, urgency, child, district, " \
	"score, damaged, parts, parts_missing, author, body, wrap, week"

const char *message_direction_name(enum message_direction direction)
{
	static const char *const names[MESSAGE_DIRECTIONS] = { "in", "out", "note" };

	return (unsigned)direction < MESSAGE_DIRECTIONS ? names[direction] : "?";
}

static bool message_read(struct store *s, sqlite3_stmt *st, struct message_row *row)
{
	if (!store_row(s, st))
		return false;
	*row = (struct message_row){
		.id = sqlite3_column_int64(st, 0),
		.case_id = sqlite3_column_int64(st, 1),
		.contact_id = sqlite3_column_int64(st, 2),
		.direction = (enum message_direction)sqlite3_column_int(st, 3),
		.time_ms = sqlite3_column_int64(st, 5),
		.kind = sqlite3_column_int(st, 6),
		.exploitation = sqlite3_column_int(st, 7),
		.urgency = sqlite3_column_int(st, 8),
		.child = sqlite3_column_int(st, 9) != 0,
		.score = sqlite3_column_int(st, 11),
		.damaged = sqlite3_column_int(st, 12) != 0,
		.parts = sqlite3_column_int64(st, 13),
		.parts_missing = sqlite3_column_int64(st, 14),
		.text = {
			.body = sqlite3_column_blob(st, 16),
			.body_len = (size_t)sqlite3_column_bytes(st, 16),
			.wrap = sqlite3_column_blob(st, 17),
			.wrap_len = (size_t)sqlite3_column_bytes(st, 17),
			.week = (const char *)sqlite3_column_text(st, 18),
		},
	};
	store_column_text(st, 4, row->modem, sizeof(row->modem));
	store_column_text(st, 10, row->district, sizeof(row->district));
	store_column_text(st, 15, row->author, sizeof(row->author));
	return true;
}

int64_t message_last_id(struct store *s)
{
	static struct store_sql sql = { "SELECT max(id) FROM message", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	return store_row(s, st) ? sqlite3_column_int64(st, 0) : 0;
}

void message_insert(struct store *s, const struct message_row *row)
{
	static struct store_sql sql = {
		"INSERT INTO message (" COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iiiitiiiiitiiiitbbt", row->id, row->case_id, row->contact_id, (int64_t)row->direction, row->modem,
		row->time_ms, (int64_t)row->kind, (int64_t)row->exploitation, (int64_t)row->urgency, (int64_t)row->child,
		row->district, (int64_t)row->score, (int64_t)row->damaged, row->parts, row->parts_missing,
		row->author, row->text.body, row->text.body_len, row->text.wrap, row->text.wrap_len, row->text.week);
	store_run(s, st);
}

void message_amend(struct store *s, const struct message_row *row)
{
	static struct store_sql sql = {
		"UPDATE message SET case_id = ?, kind = ?, exploitation = ?, urgency = ?, child = ?, district = ?, score = ?, "
		"damaged = ?, parts = ?, parts_missing = ?, body = ?, wrap = ?, week = ? WHERE id = ?", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iiiiitiiiibbti", row->case_id, (int64_t)row->kind, (int64_t)row->exploitation, (int64_t)row->urgency,
		(int64_t)row->child, row->district, (int64_t)row->score, (int64_t)row->damaged, row->parts, row->parts_missing,
		row->text.body, row->text.body_len, row->text.wrap, row->text.wrap_len, row->text.week, row->id);
	store_run(s, st);
}

void message_last_modem(struct store *s, int64_t case_id, char modem[33])
{
	static struct store_sql sql = { "SELECT modem FROM message WHERE case_id = ? AND direction = 0 "
		"AND modem NOT LIKE 'ussd:%' ORDER BY id DESC LIMIT 1", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	modem[0] = '\0';
	store_bind(s, st, "i", case_id);
	if (store_row(s, st))
		store_column_text(st, 0, modem, 33);
	if (st)
		sqlite3_reset(st);
}

bool message_get(struct store *s, int64_t id, struct message_row *row)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM message WHERE id = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	bool found;

	store_bind(s, st, "i", id);
	found = message_read(s, st, row);
	if (found)
		row->text = (struct sealed_text){ NULL, NULL, 0, 0, NULL };
	return found;
}

static bool load(const struct message_row *row, void *arg)
{
	struct message_row *out = arg;
	uint8_t *body = hl_calloc(row->text.body_len + 1, 1), *wrap = hl_calloc(row->text.wrap_len + 1, 1);
	char *week = hl_strdup(row->text.week ? row->text.week : "");

	memcpy(body, row->text.body, row->text.body_len);
	memcpy(wrap, row->text.wrap, row->text.wrap_len);
	*out = *row;
	out->text = (struct sealed_text){ body, wrap, row->text.body_len, row->text.wrap_len, week };
	return false;
}

bool message_load(struct store *s, int64_t case_id, int64_t id, struct message_row *row)
{
	*row = (struct message_row){ .id = 0 };
	message_each(s, case_id, id - 1, load, row);
	if (row->id == id)
		return true;
	message_unload(row);
	return false;
}

void message_unload(struct message_row *row)
{
	free((void *)(uintptr_t)row->text.body);
	free((void *)(uintptr_t)row->text.wrap);
	free((void *)(uintptr_t)row->text.week);
	row->text = (struct sealed_text){ NULL, NULL, 0, 0, NULL };
}

size_t message_ids(struct store *s, int64_t case_id, int64_t *ids, size_t max)
{
	static struct store_sql sql = { "SELECT id FROM message WHERE case_id = ? ORDER BY id LIMIT ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	size_t n = 0;

	store_bind(s, st, "ii", case_id, (int64_t)max);
	while (n < max && store_row(s, st))
		ids[n++] = sqlite3_column_int64(st, 0);
	if (st)
		sqlite3_reset(st);
	return n;
}

void message_each(struct store *s, int64_t case_id, int64_t after,
	bool (*each)(const struct message_row *row, void *arg), void *arg)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM message WHERE case_id = ? AND id > ? ORDER BY id", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	struct message_row row;

	store_bind(s, st, "ii", case_id, after);
	while (message_read(s, st, &row))
		if (!each(&row, arg))
			break;
	if (st)
		sqlite3_reset(st);
}
