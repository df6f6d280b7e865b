#include "store/meta.h"

#include <string.h>

#define SET_SQL "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"

static struct store_sql set_sql = { SET_SQL, 0 };
static struct store_sql get_sql = { "SELECT value FROM meta WHERE key = ?", 0 };

void meta_set_int(struct store *s, const char *key, int64_t value)
{
	sqlite3_stmt *st = store_stmt(s, &set_sql);

	store_bind(s, st, "ti", key, value);
	store_run(s, st);
}

void meta_set_text(struct store *s, const char *key, const char *value)
{
	sqlite3_stmt *st = store_stmt(s, &set_sql);

	store_bind(s, st, "tt", key, value);
	store_run(s, st);
}

void meta_set_blob(struct store *s, const char *key, const void *data, size_t len)
{
	sqlite3_stmt *st = store_stmt(s, &set_sql);

	store_bind(s, st, "tb", key, data, len);
	store_run(s, st);
}

/* The row's statement, or NULL; the caller resets it. */
static sqlite3_stmt *find(struct store *s, const char *key)
{
	sqlite3_stmt *st = store_stmt(s, &get_sql);

	store_bind(s, st, "t", key);
	return store_row(s, st) ? st : NULL;
}

bool meta_get_int(struct store *s, const char *key, int64_t *value)
{
	sqlite3_stmt *st = find(s, key);
	bool is_int = st && sqlite3_column_type(st, 0) == SQLITE_INTEGER;

	if (is_int)
		*value = sqlite3_column_int64(st, 0);
	sqlite3_reset(st);
	return is_int;
}

bool meta_get_text(struct store *s, const char *key, char *value, size_t size)
{
	sqlite3_stmt *st = find(s, key);
	bool is_text = st && sqlite3_column_type(st, 0) == SQLITE_TEXT;

	if (is_text)
		store_column_text(st, 0, value, size);
	sqlite3_reset(st);
	return is_text;
}

bool meta_get_blob(struct store *s, const char *key, void *data, size_t len)
{
	sqlite3_stmt *st = find(s, key);
	bool fits = st && sqlite3_column_type(st, 0) == SQLITE_BLOB && (size_t)sqlite3_column_bytes(st, 0) == len;

	if (fits)
		memcpy(data, sqlite3_column_blob(st, 0), len);
	sqlite3_reset(st);
	return fits;
}
