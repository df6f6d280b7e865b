#include "store/person.h"

static struct store_sql count_sql = { "SELECT count(*) FROM person", 0 };
static struct store_sql insert_sql = {
	"INSERT INTO person (name, role, unit_id, public, secret_blob, unit_sealed, created_ms, added_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", 0 };
static struct store_sql find_sql = {
	"SELECT id, name, role, unit_id, created_ms, added_by, public, secret_blob, unit_sealed FROM person WHERE name = ? AND removed_ms IS NULL",
	0 };
static struct store_sql list_sql = {
	"SELECT id, name, role, unit_id, created_ms, added_by FROM person WHERE removed_ms IS NULL ORDER BY name LIMIT ?", 0 };

int64_t person_row_count(struct store *s)
{
	sqlite3_stmt *st = store_stmt(s, &count_sql);
	int64_t n = store_row(s, st) ? sqlite3_column_int64(st, 0) : 0;

	sqlite3_reset(st);
	return n;
}

static void bind_row(struct store *s, sqlite3_stmt *st, const struct person_row *row)
{
	if (row->unit_id)
		store_bind(s, st, "ttibbbit", row->name, row->role, row->unit_id, (const void *)row->public_key, sizeof(row->public_key),
			(const void *)row->secret_blob, sizeof(row->secret_blob), (const void *)row->unit_sealed,
			sizeof(row->unit_sealed), row->created_ms, row->added_by);
	else
		store_bind(s, st, "ttnbbnit", row->name, row->role, (const void *)row->public_key, sizeof(row->public_key),
			(const void *)row->secret_blob, sizeof(row->secret_blob), row->created_ms, row->added_by);
}

void person_row_insert(struct store *s, struct person_row *row)
{
	sqlite3_stmt *st = store_stmt(s, &insert_sql);

	bind_row(s, st, row);
	if (store_run(s, st) == 1)
		row->id = store_last_id(s);
}

static void read_plain(sqlite3_stmt *st, struct person_row *row)
{
	*row = (struct person_row){ .id = sqlite3_column_int64(st, 0), .unit_id = sqlite3_column_int64(st, 3),
		.created_ms = sqlite3_column_int64(st, 4) };
	store_column_text(st, 1, row->name, sizeof(row->name));
	store_column_text(st, 2, row->role, sizeof(row->role));
	store_column_text(st, 5, row->added_by, sizeof(row->added_by));
}

static bool read_keys(sqlite3_stmt *st, struct person_row *row)
{
	return store_column_blob(st, 6, row->public_key, sizeof(row->public_key)) == sizeof(row->public_key) &&
		store_column_blob(st, 7, row->secret_blob, sizeof(row->secret_blob)) == sizeof(row->secret_blob) &&
		(!row->unit_id ||
		 store_column_blob(st, 8, row->unit_sealed, sizeof(row->unit_sealed)) == sizeof(row->unit_sealed));
}

int person_row_find(struct store *s, const char *name, struct person_row *row)
{
	sqlite3_stmt *st = store_stmt(s, &find_sql);
	int err = HL_ENOENT;

	store_bind(s, st, "t", name);
	if (store_row(s, st)) {
		read_plain(st, row);
		err = read_keys(st, row) ? 0 : HL_ECORRUPT;
	}
	sqlite3_reset(st);
	return store_error(s) ? store_error(s) : err;
}

size_t person_row_list(struct store *s, struct person_row *rows, size_t max)
{
	sqlite3_stmt *st = store_stmt(s, &list_sql);
	size_t n = 0;

	store_bind(s, st, "i", (int64_t)max);
	while (n < max && store_row(s, st))
		read_plain(st, &rows[n++]);
	sqlite3_reset(st);
	return n;
}

bool person_row_remove(struct store *s, const char *name, int64_t now_ms)
{
	static struct store_sql sql = { "UPDATE person SET removed_ms = ?, secret_blob = x'', unit_sealed = NULL WHERE name = ? "
		"AND removed_ms IS NULL", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "it", now_ms, name);
	return store_run(s, st) == 1;
}

bool person_row_is_known(struct store *s, const char *name)
{
	static struct store_sql sql = { "SELECT 1 FROM person WHERE name = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	bool is;

	store_bind(s, st, "t", name);
	is = store_row(s, st);
	if (st)
		sqlite3_reset(st);
	return is;
}
