#include "store/inbound.h"

bool inbound_known(struct store *s, const uint8_t hash[INBOUND_HASH])
{
	static struct store_sql sql = { "SELECT 1 FROM inbound WHERE hash = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "b", hash, (size_t)INBOUND_HASH);
	return store_row(s, st);
}

void inbound_add(struct store *s, const uint8_t hash[INBOUND_HASH], enum inbound_kind kind, int64_t row,
	int64_t time_ms)
{
	static struct store_sql sql = { "INSERT INTO inbound (hash, kind, row, time_ms) VALUES (?, ?, ?, ?)", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "biii", hash, (size_t)INBOUND_HASH, (int64_t)kind, row, time_ms);
	store_run(s, st);
}
