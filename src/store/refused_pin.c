#include "store/refused_pin.h"

#include <string.h>

bool store_refused_pin_get(struct store *s, const char *modem, uint8_t hash[REFUSED_PIN_HASH])
{
	static struct store_sql sql = { "SELECT hash FROM refused_pin WHERE modem = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	bool is;

	store_bind(s, st, "t", modem);
	is = store_row(s, st) && sqlite3_column_bytes(st, 0) == REFUSED_PIN_HASH;
	if (is)
		memcpy(hash, sqlite3_column_blob(st, 0), REFUSED_PIN_HASH);
	if (st)
		sqlite3_reset(st);
	return is;
}

void store_refused_pin_put(struct store *s, const char *modem, const uint8_t hash[REFUSED_PIN_HASH])
{
	static struct store_sql sql = { "INSERT OR REPLACE INTO refused_pin (modem, hash) VALUES (?, ?)", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "tb", modem, hash, (size_t)REFUSED_PIN_HASH);
	store_run(s, st);
}

void store_refused_pin_forget(struct store *s, const char *modem)
{
	static struct store_sql sql = { "DELETE FROM refused_pin WHERE modem = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "t", modem);
	store_run(s, st);
}
