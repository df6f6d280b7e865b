#include "store/ussd.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define COLUMNS "id, name, transport, contact_id, menu, state, step, answers, case_id, message_id, started_ms, updated_ms, " \
	"over_boot_ms, due_boot_ms"

/* ---- menus ------------------------------------------------------------------------------------------------------- */

void store_ussd_menu_keep(struct store *s, const char *version, const char *source, int64_t now_ms)
{
	static struct store_sql sql = { "INSERT OR IGNORE INTO ussd_menu (version, source, loaded_ms) VALUES (?, ?, ?)", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "tti", version, source, now_ms);
	store_run(s, st);
}

char *store_ussd_menu_get(struct store *s, const char *version)
{
	static struct store_sql sql = { "SELECT source FROM ussd_menu WHERE version = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	const char *text;
	char *out = NULL;

	store_bind(s, st, "t", version);
	if (store_row(s, st) && (text = (const char *)sqlite3_column_text(st, 0)))
		out = hl_strdup(text);
	if (st)
		sqlite3_reset(st);
	return out;
}

void store_ussd_menu_forget(struct store *s, const char *but)
{
	static struct store_sql sql = {
		"DELETE FROM ussd_menu WHERE version != ? AND NOT EXISTS (SELECT 1 FROM ussd_session WHERE menu = version)", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "t", but);
	store_run(s, st);
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

static void read_columns(sqlite3_stmt *st, struct ussd_row *row)
{
	row->id = sqlite3_column_int64(st, 0);
	store_column_blob(st, 1, row->name, sizeof(row->name));
	store_column_text(st, 2, row->transport, sizeof(row->transport));
	row->contact_id = sqlite3_column_int64(st, 3);
	store_column_text(st, 4, row->menu, sizeof(row->menu));
	row->state = (enum ussd_session_state)sqlite3_column_int(st, 5);
	row->step = sqlite3_column_int64(st, 6);
	row->answers = sqlite3_column_int64(st, 7);
	row->case_id = sqlite3_column_int64(st, 8);
	row->message_id = sqlite3_column_int64(st, 9);
	row->started_ms = sqlite3_column_int64(st, 10);
	row->updated_ms = sqlite3_column_int64(st, 11);
	row->over_boot_ms = sqlite3_column_int64(st, 12);
	row->due_boot_ms = sqlite3_column_int64(st, 13);
	row->body_len = 0;
}

static bool read_row(struct store *s, sqlite3_stmt *st, struct ussd_row *row)
{
	if (!store_row(s, st))
		return false;
	read_columns(st, row);
	row->body_len = store_column_blob(st, 14, row->body, sizeof(row->body));
	sqlite3_reset(st);
	return true;
}

bool store_ussd_get(struct store *s, const uint8_t name[USSD_NAME], struct ussd_row *row)
{
	static struct store_sql sql = { "SELECT " COLUMNS ", body FROM ussd_session WHERE name = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "b", (const void *)name, (size_t)USSD_NAME);
	return read_row(s, st, row);
}

bool store_ussd_get_id(struct store *s, int64_t id, struct ussd_row *row)
{
	static struct store_sql sql = { "SELECT " COLUMNS ", body FROM ussd_session WHERE id = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", id);
	return read_row(s, st, row);
}

bool store_ussd_get_last(struct store *s, int64_t contact_id, int64_t since_ms, int64_t but, struct ussd_row *row)
{
	static struct store_sql sql = {
		"SELECT " COLUMNS ", body FROM ussd_session WHERE contact_id = ? AND updated_ms >= ? AND id != ? AND answers > 0 "
		"AND state IN (0, 2) ORDER BY updated_ms DESC, id DESC LIMIT 1", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iii", contact_id, since_ms, but);
	return read_row(s, st, row);
}

bool store_ussd_get_open(struct store *s, int64_t contact_id, const char *transport, struct ussd_row *row)
{
	static struct store_sql sql = {
		"SELECT " COLUMNS ", body FROM ussd_session WHERE contact_id = ? AND transport = ? AND state = 0 "
		"ORDER BY updated_ms DESC, id DESC LIMIT 1", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "it", contact_id, transport);
	return read_row(s, st, row);
}

static int64_t number_of(struct store *s, sqlite3_stmt *st, int64_t none)
{
	int64_t n = none;

	if (store_row(s, st) && sqlite3_column_type(st, 0) != SQLITE_NULL)
		n = sqlite3_column_int64(st, 0);
	if (st)
		sqlite3_reset(st);
	return n;
}

int64_t store_ussd_begun(struct store *s, int64_t contact_id, int64_t since_ms)
{
	static struct store_sql sql = {
		"SELECT count(*) FROM ussd_session WHERE contact_id = ?1 AND updated_ms >= ?2 AND started_ms >= ?2", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ii", contact_id, since_ms);
	return number_of(s, st, 0);
}

int64_t store_ussd_count_open(struct store *s)
{
	static struct store_sql sql = { "SELECT count(*) FROM ussd_session WHERE state = 0", 0 };

	return number_of(s, store_stmt(s, &sql), 0);
}

int64_t store_ussd_last_id(struct store *s)
{
	static struct store_sql sql = { "SELECT max(id) FROM ussd_session", 0 };

	return number_of(s, store_stmt(s, &sql), 0);
}

/* ---- writing ----------------------------------------------------------------------------------------------------- */

void store_ussd_insert(struct store *s, const struct ussd_row *row)
{
	static struct store_sql sql = {
		"INSERT INTO ussd_session (" COLUMNS ", body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0), nullif(?, 0), ?, ?, ?, ?, ?)", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ibtitiiiiiiiiib", row->id, (const void *)row->name, (size_t)USSD_NAME, row->transport, row->contact_id,
		row->menu, (int64_t)row->state, row->step, row->answers, row->case_id, row->message_id, row->started_ms,
		row->updated_ms, row->over_boot_ms, row->due_boot_ms, (const void *)row->body, row->body_len);
	store_run(s, st);
}

void store_ussd_update(struct store *s, const struct ussd_row *row)
{
	static struct store_sql sql = {
		"UPDATE ussd_session SET menu = ?, state = ?, step = ?, answers = ?, case_id = nullif(?, 0), "
		"message_id = nullif(?, 0), updated_ms = ?, over_boot_ms = ?, due_boot_ms = ?, body = ? WHERE id = ?", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "tiiiiiiiibi", row->menu, (int64_t)row->state, row->step, row->answers, row->case_id,
		row->message_id, row->updated_ms, row->over_boot_ms, row->due_boot_ms, (const void *)row->body, row->body_len, row->id);
	store_run(s, st);
}

/* ---- deadlines --------------------------------------------------------------------------------------------------- */

bool store_ussd_due(struct store *s, int64_t now_boot_ms, struct ussd_row *row)
{
	static struct store_sql sql = {
		"SELECT " COLUMNS ", body FROM ussd_session WHERE state = 0 AND due_boot_ms <= ? ORDER BY due_boot_ms LIMIT 1", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", now_boot_ms);
	return read_row(s, st, row);
}

int64_t store_ussd_next_due(struct store *s)
{
	static struct store_sql sql = { "SELECT min(due_boot_ms) FROM ussd_session WHERE state = 0", 0 };

	return number_of(s, store_stmt(s, &sql), INT64_MAX);
}

void store_ussd_new_boot(struct store *s)
{
	static struct store_sql sql = { "UPDATE ussd_session SET due_boot_ms = 0, over_boot_ms = 0 WHERE state = 0", 0 };

	store_run(s, store_stmt(s, &sql));
}

void store_ussd_forget(struct store *s, int64_t before_ms)
{
	static struct store_sql sql = {
		"DELETE FROM ussd_session WHERE state != 0 AND updated_ms < ? AND id < (SELECT max(id) FROM ussd_session)", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", before_ms);
	store_run(s, st);
}

void store_ussd_each_open(struct store *s, int64_t after, bool (*each)(const struct ussd_row *row, void *arg), void *arg)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM ussd_session WHERE state = 0 AND id > ? ORDER BY id", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	struct ussd_row *row = hl_calloc(1, sizeof(*row));

	store_bind(s, st, "i", after);
	while (store_row(s, st)) {
		read_columns(st, row);
		if (!each(row, arg)) {
			sqlite3_reset(st);
			break;
		}
	}
	free(row);
}
