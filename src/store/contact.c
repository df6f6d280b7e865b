#include "store/contact.h"

#define COLUMNS "id, answerable, script, receipts, receipts_from_boot_ms, receipt_boot_ms, safety, safe_boot_ms, " \
	"hours_from_min, hours_to_min, refused, unanswered, loop_hash, loop_count, answered, codes, codes_day, advised_day"

static bool contact_read(struct store *s, sqlite3_stmt *st, struct contact_row *row)
{
	if (!store_row(s, st))
		return false;
	*row = (struct contact_row){
		.id = sqlite3_column_int64(st, 0),
		.answerable = sqlite3_column_int(st, 1) != 0,
		.script = sqlite3_column_int(st, 2),
		.receipts = sqlite3_column_int64(st, 3),
		.receipts_from_boot_ms = sqlite3_column_int64(st, 4),
		.receipt_boot_ms = sqlite3_column_int64(st, 5),
		.safety = sqlite3_column_int(st, 6),
		.safe_boot_ms = sqlite3_column_int64(st, 7),
		.hours_from_min = sqlite3_column_int(st, 8),
		.hours_to_min = sqlite3_column_int(st, 9),
		.refused = sqlite3_column_int(st, 10) != 0,
		.unanswered = sqlite3_column_int64(st, 11),
		.loop_count = sqlite3_column_int64(st, 13),
		.answered = sqlite3_column_int(st, 14) != 0,
		.codes = sqlite3_column_int64(st, 15),
		.codes_day = sqlite3_column_int64(st, 16),
		.advised_day = sqlite3_column_int64(st, 17),
	};
	store_column_blob(st, 12, row->loop_hash, sizeof(row->loop_hash));
	return true;
}

bool contact_get_alias(struct store *s, const uint8_t alias[CONTACT_ALIAS], struct contact_row *row)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM contact WHERE alias = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "b", alias, (size_t)CONTACT_ALIAS);
	return contact_read(s, st, row);
}

bool contact_get(struct store *s, int64_t id, struct contact_row *row)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM contact WHERE id = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", id);
	return contact_read(s, st, row);
}

size_t contact_get_number(struct store *s, int64_t id, uint8_t alias[CONTACT_ALIAS], uint8_t number[CONTACT_NUMBER_MAX])
{
	static struct store_sql sql = { "SELECT alias, number FROM contact WHERE id = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", id);
	if (!store_row(s, st) || store_column_blob(st, 0, alias, CONTACT_ALIAS) != CONTACT_ALIAS)
		return 0;
	return store_column_blob(st, 1, number, CONTACT_NUMBER_MAX);
}

/* Written to the row as it was when the contact was erased, and kept from now on with the contact alone. */
static void wish_come_back(struct store *s, struct contact_row *row, const uint8_t alias[CONTACT_ALIAS])
{
	static struct store_sql sql = { "DELETE FROM wish WHERE alias = ? RETURNING safety, hours_from_min, hours_to_min", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	bool found = false;

	store_bind(s, st, "b", alias, (size_t)CONTACT_ALIAS);
	while (store_row(s, st)) {
		found = true;
		row->safety = sqlite3_column_int(st, 0);
		row->hours_from_min = sqlite3_column_int(st, 1);
		row->hours_to_min = sqlite3_column_int(st, 2);
	}
	if (found)
		contact_update(s, row);
}

void contact_insert(struct store *s, struct contact_row *row, const uint8_t alias[CONTACT_ALIAS], const uint8_t *number,
	size_t number_len, int64_t first_ms)
{
	static struct store_sql sql = {
		"INSERT INTO contact (alias, number, answerable, script, first_ms) VALUES (?, ?, ?, ?, ?)", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "bbiii", alias, (size_t)CONTACT_ALIAS, number, number_len, (int64_t)row->answerable,
		(int64_t)row->script, first_ms);
	store_run(s, st);
	row->id = store_last_id(s);
	wish_come_back(s, row, alias);
}

void contact_update(struct store *s, const struct contact_row *row)
{
	static struct store_sql sql = {
		"UPDATE contact SET script = ?, receipts = ?, receipts_from_boot_ms = ?, receipt_boot_ms = ?, safety = ?, "
		"safe_boot_ms = ?, hours_from_min = ?, hours_to_min = ?, refused = ?, unanswered = ?, loop_hash = ?, "
		"loop_count = ?, answered = ?, codes = ?, codes_day = ?, advised_day = ? WHERE id = ?", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iiiiiiiiiibiiiiii", (int64_t)row->script, row->receipts, row->receipts_from_boot_ms,
		row->receipt_boot_ms, (int64_t)row->safety, row->safe_boot_ms, (int64_t)row->hours_from_min,
		(int64_t)row->hours_to_min, (int64_t)row->refused, row->unanswered, (const void *)row->loop_hash,
		sizeof(row->loop_hash), row->loop_count, (int64_t)row->answered, row->codes, row->codes_day,
		row->advised_day, row->id);
	store_run(s, st);
}

void contact_forget_receipts(struct store *s)
{
	static struct store_sql sql = {
		"UPDATE contact SET receipts = 0, receipts_from_boot_ms = 0, receipt_boot_ms = 0, safe_boot_ms = 0 "
		"WHERE receipts != 0 OR safe_boot_ms != 0", 0
	};

	store_run(s, store_stmt(s, &sql));
}
