#include "store/tally.h"

#include <time.h>

void tally_add(struct store *s, int64_t wall_ms, const char *topic, const char *key, int64_t n)
{
	static struct store_sql sql = {
		"INSERT INTO tally (month, topic, key, value) VALUES (?1, ?2, ?3, ?4) "
		"ON CONFLICT (month, topic, key) DO UPDATE SET value = value + excluded.value", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);
	time_t seconds = (time_t)(wall_ms / 1000);
	char month[16] = "";
	struct tm tm;

	if (gmtime_r(&seconds, &tm))
		strftime(month, sizeof(month), "%Y-%m", &tm);
	store_bind(s, st, "ttti", month, topic, key, n);
	store_run(s, st);
}

void tally_each(struct store *s, const char *topic, void (*each)(const char *key, int64_t value, void *arg), void *arg)
{
	static struct store_sql sql = { "SELECT key, sum(value) FROM tally WHERE topic = ? GROUP BY key ORDER BY key", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "t", topic);
	while (store_row(s, st)) {
		char key[96];
		store_column_text(st, 0, key, sizeof(key));
		each(key, sqlite3_column_int64(st, 1), arg);
	}
}
