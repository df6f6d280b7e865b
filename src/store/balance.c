#include "store/balance.h"

bool store_balance_get(struct store *s, const char *imsi, struct balance_row *row)
{
	static struct store_sql sql = { "SELECT amount, told_ms, low FROM balance WHERE imsi = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	*row = (struct balance_row){ 0, 0, false };
	store_bind(s, st, "t", imsi);
	if (!store_row(s, st))
		return false;
	*row = (struct balance_row){ sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1), sqlite3_column_int(st, 2) != 0 };
	return true;
}

void store_balance_put(struct store *s, const char *imsi, const struct balance_row *row)
{
	static struct store_sql sql = {
		"INSERT INTO balance (imsi, amount, told_ms, low) VALUES (?, ?, ?, ?) ON CONFLICT (imsi) DO UPDATE SET "
		"amount = excluded.amount, told_ms = excluded.told_ms, low = excluded.low", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "tiii", imsi, row->amount, row->told_ms, (int64_t)row->low);
	store_run(s, st);
}
