/* The texts of one alert: who was told of it, by which modem, and what is still on its way. */
#include "store/outbox_inside.h"

bool store_outbox_alert_waiting(struct store *s, int64_t alert_id, int channel, const char *recipient)
{
	static struct store_sql sql = { .sql =
		"SELECT 1 FROM outbox WHERE alert_id = ?1 AND recipient = ?2 AND channel = ?3 AND state IN (0, 1, 2) AND "
		"body IS NOT NULL LIMIT 1" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iti", alert_id, recipient, (int64_t)channel);
	return outbox_read_number(s, st, 0) != 0;
}

int64_t store_outbox_alert_last(struct store *s, int64_t alert_id, const char *recipient)
{
	static struct store_sql sql = { .sql =
		"SELECT not_before_boot_ms FROM outbox WHERE alert_id = ?1 AND recipient = ?2 AND channel = 0 AND state <> 8 "
		"ORDER BY id DESC LIMIT 1" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "it", alert_id, recipient);
	return outbox_read_number(s, st, INT64_MIN);
}

bool store_outbox_alert_last_modem(struct store *s, int64_t alert_id, const char *recipient, char *modem, size_t size)
{
	static struct store_sql sql = { .sql = "SELECT modem FROM outbox WHERE alert_id = ?1 AND recipient = ?2 AND "
		"channel = 0 AND modem <> '' ORDER BY id DESC LIMIT 1" };
	sqlite3_stmt *st = store_stmt(s, &sql);
	bool found = false;

	store_bind(s, st, "it", alert_id, recipient);
	while (store_row(s, st)) {
		store_column_text(st, 0, modem, size);
		found = true;
	}
	return found;
}

bool store_outbox_alert_later(struct store *s, const struct outbox_row *row, int64_t last_place)
{
	static struct store_sql sql = { .sql =
		"SELECT 1 FROM outbox WHERE alert_id = ?1 AND recipient = ?2 AND id > ?3 AND place > ?4 AND place <= ?5 LIMIT 1" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "itiii", row->alert_id, row->recipient, row->id, row->place, last_place);
	return outbox_read_number(s, st, 0) != 0;
}

bool store_outbox_alert_sent_by(struct store *s, int64_t alert_id, const char *recipient, const char *modem)
{
	static struct store_sql sql = { .sql =
		"SELECT 1 FROM outbox WHERE alert_id = ?1 AND recipient = ?2 AND modem = ?3 AND state IN (2, 3, 4, 7) LIMIT 1" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "itt", alert_id, recipient, modem);
	return outbox_read_number(s, st, 0) != 0;
}

size_t store_outbox_alert_unsent(struct store *s, int64_t alert_id, struct outbox_row *rows, size_t max)
{
	static struct store_sql sql = { .sql = "SELECT " OUTBOX_COLUMNS " FROM outbox WHERE alert_id = ?1 AND state IN (0, 1, 2) AND "
		"body IS NOT NULL LIMIT ?2" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ii", alert_id, (int64_t)max);
	return outbox_read_rows(s, st, rows, max);
}

size_t store_outbox_alert_recipients(struct store *s, int64_t alert_id, char names[][64], size_t max)
{
	static struct store_sql sql = { .sql =
		"SELECT recipient FROM (SELECT recipient, min(id) AS first FROM outbox WHERE alert_id = ?1 AND recipient <> '' "
		"GROUP BY recipient UNION ALL SELECT person, ?3 FROM alert_held WHERE alert_id = ?1) GROUP BY recipient "
		"ORDER BY min(first) LIMIT ?2" };
	sqlite3_stmt *st = store_stmt(s, &sql);
	size_t n = 0;

	store_bind(s, st, "iii", alert_id, (int64_t)max, INT64_MAX);
	while (store_row(s, st))
		store_column_text(st, 0, names[n++], 64);
	return n;
}

bool store_outbox_has_alerted(struct store *s, int64_t case_id, const char *name)
{
	static struct store_sql sql = { "SELECT 1 FROM outbox WHERE case_id = ? AND alert_id IS NOT NULL AND recipient = ? LIMIT 1", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	bool has;

	store_bind(s, st, "it", case_id, name);
	has = store_row(s, st);
	if (st)
		sqlite3_reset(st);
	return has;
}
