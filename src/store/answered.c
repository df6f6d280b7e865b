#include "store/answered.h"

#include <string.h>

#include "base/mem.h"

bool answered_get(struct store *s, const uint8_t token[ANSWERED_HASH], struct answered_row *row)
{
	static struct store_sql sql = { "SELECT request, made_ms, body FROM answered WHERE token = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	bool is;

	*row = (struct answered_row){ .body = NULL };
	store_bind(s, st, "b", token, (size_t)ANSWERED_HASH);
	is = store_row(s, st) && store_column_blob(st, 0, row->request, sizeof(row->request)) == sizeof(row->request);
	if (is) {
		row->made_ms = sqlite3_column_int64(st, 1);
		row->body_len = (size_t)sqlite3_column_bytes(st, 2);
		row->body = hl_calloc(row->body_len + 1, 1);
		store_column_blob(st, 2, row->body, row->body_len);
	}
	if (st)
		sqlite3_reset(st);
	return is;
}

void answered_put(struct store *s, const uint8_t token[ANSWERED_HASH], const struct answered_row *row)
{
	static struct store_sql sql = { "INSERT OR REPLACE INTO answered (token, request, made_ms, body) VALUES (?, ?, ?, ?)", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "bbib", token, (size_t)ANSWERED_HASH, row->request, (size_t)ANSWERED_HASH, row->made_ms, row->body,
		row->body_len);
	store_run(s, st);
}

void answered_forget(struct store *s, int64_t before_ms)
{
	static struct store_sql sql = { "DELETE FROM answered WHERE made_ms < ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", before_ms);
	store_run(s, st);
}
