#include "store/subscriber_inside.h"

#include <string.h>

void subscriber_read(sqlite3_stmt *st, struct subscriber_row *row)
{
	*row = (struct subscriber_row){
		.id = sqlite3_column_int64(st, 0),
		.state = sqlite3_column_int(st, 3),
		.language = sqlite3_column_int(st, 4),
		.script = sqlite3_column_int(st, 5),
		.consent_ms = sqlite3_column_int64(st, 8),
		.import_id = sqlite3_column_int64(st, 9),
		.joined_ms = sqlite3_column_int64(st, 10),
		.updated_ms = sqlite3_column_int64(st, 11),
	};
	store_column_blob(st, 1, row->alias, sizeof(row->alias));
	row->number_len = store_column_blob(st, 2, row->number, sizeof(row->number));
	store_column_text(st, 6, row->district, sizeof(row->district));
	store_column_text(st, 7, row->source, sizeof(row->source));
}

void subscriber_read_facts(sqlite3_stmt *st, int column, struct subscriber_facts *facts)
{
	*facts = (struct subscriber_facts){
		.known = sqlite3_column_int(st, column) != 0,
		.active = sqlite3_column_int(st, column + 1) != 0,
		.consent_ms = sqlite3_column_int64(st, column + 2),
		.stopped = sqlite3_column_int(st, column + 3) != 0,
		.safety = sqlite3_column_int(st, column + 4),
		.refused = sqlite3_column_int(st, column + 5) != 0,
		.hours_from_min = sqlite3_column_int(st, column + 6),
		.hours_to_min = sqlite3_column_int(st, column + 7),
		.open_case = sqlite3_column_int(st, column + 8) != 0,
	};
}

static bool read_one(struct store *s, sqlite3_stmt *st, struct subscriber_row *row)
{
	if (!store_row(s, st))
		return false;
	subscriber_read(st, row);
	sqlite3_reset(st);
	return true;
}

bool subscriber_get(struct store *s, int64_t id, struct subscriber_row *row)
{
	static struct store_sql sql = { "SELECT " SUBSCRIBER_COLUMNS " FROM subscriber s WHERE s.id = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", id);
	return read_one(s, st, row);
}

bool subscriber_get_alias(struct store *s, const uint8_t alias[SUBSCRIBER_ALIAS], struct subscriber_row *row)
{
	static struct store_sql sql = { "SELECT " SUBSCRIBER_COLUMNS " FROM subscriber s WHERE s.alias = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "b", alias, (size_t)SUBSCRIBER_ALIAS);
	return read_one(s, st, row);
}

void subscriber_insert(struct store *s, struct subscriber_row *row)
{
	static struct store_sql sql = {
		"INSERT INTO subscriber (alias, number, state, language, script, district, source, consent_ms, import_id, joined_ms, updated_ms) "
		"VALUES (?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0), ?, ?)", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "bbiiittiiii", (const void *)row->alias, sizeof(row->alias), (const void *)row->number, row->number_len,
		(int64_t)row->state, (int64_t)row->language, (int64_t)row->script, row->district, row->source, row->consent_ms,
		row->import_id, row->joined_ms, row->updated_ms);
	store_run(s, st);
	row->id = store_last_id(s);
}

void subscriber_update(struct store *s, const struct subscriber_row *row)
{
	static struct store_sql sql = {
		"UPDATE subscriber SET number = ?, state = ?, language = ?, script = ?, district = ?, source = ?, consent_ms = ?, "
		"import_id = nullif(?, 0), updated_ms = ? WHERE id = ?", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "biiittiiii", (const void *)row->number, row->number_len, (int64_t)row->state, (int64_t)row->language,
		(int64_t)row->script, row->district, row->source, row->consent_ms, row->import_id, row->updated_ms, row->id);
	store_run(s, st);
}

void subscriber_look(struct store *s, const uint8_t alias[SUBSCRIBER_ALIAS], struct subscriber_facts *facts)
{
	static struct store_sql sql = { "SELECT " SUBSCRIBER_FACTS " FROM (SELECT ? AS alias) a "
		"LEFT JOIN subscriber s ON s.alias = a.alias" SUBSCRIBER_FACTS_FROM("a.alias"), 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	*facts = (struct subscriber_facts){ .known = false };
	store_bind(s, st, "b", alias, (size_t)SUBSCRIBER_ALIAS);
	if (store_row(s, st))
		subscriber_read_facts(st, 0, facts);
	if (st)
		sqlite3_reset(st);
}

/* ---- groups ------------------------------------------------------------------------------------------------------------ */

static int64_t group_find(struct store *s, const char *name)
{
	static struct store_sql sql = { "SELECT id FROM subscriber_group WHERE name = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	int64_t id = 0;

	store_bind(s, st, "t", name);
	if (store_row(s, st))
		id = sqlite3_column_int64(st, 0);
	if (st)
		sqlite3_reset(st);
	return id;
}

int64_t subscriber_group_id(struct store *s, const char *name, bool make, int64_t now_ms)
{
	static struct store_sql sql = { "INSERT INTO subscriber_group (name, made_ms) VALUES (?, ?)", 0 };
	int64_t id = group_find(s, name);
	sqlite3_stmt *st;

	if (id || !make)
		return id;
	st = store_stmt(s, &sql);
	store_bind(s, st, "ti", name, now_ms);
	store_run(s, st);
	return store_last_id(s);
}

size_t subscriber_groups(struct store *s, int64_t after, struct subscriber_group *groups, size_t max)
{
	static struct store_sql sql = { "SELECT g.id, g.name, (SELECT count(*) FROM subscriber_member m WHERE m.group_id = g.id) "
		"FROM subscriber_group g WHERE g.id > ? ORDER BY g.id", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	size_t n = 0;

	store_bind(s, st, "i", after);
	while (n < max && store_row(s, st)) {
		groups[n].id = sqlite3_column_int64(st, 0);
		store_column_text(st, 1, groups[n].name, sizeof(groups[n].name));
		groups[n++].members = sqlite3_column_int64(st, 2);
	}
	if (st)
		sqlite3_reset(st);
	return n;
}

size_t subscriber_groups_count(struct store *s)
{
	static struct store_sql sql = { "SELECT count(*) FROM subscriber_group", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	size_t n = 0;

	if (store_row(s, st))
		n = (size_t)sqlite3_column_int64(st, 0);
	if (st)
		sqlite3_reset(st);
	return n;
}

void subscriber_join(struct store *s, int64_t subscriber_id, int64_t group_id)
{
	static struct store_sql sql = { "INSERT INTO subscriber_member (subscriber_id, group_id) VALUES (?, ?) ON CONFLICT DO NOTHING", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ii", subscriber_id, group_id);
	store_run(s, st);
}

void subscriber_leave(struct store *s, int64_t subscriber_id, int64_t group_id)
{
	static struct store_sql sql = { "DELETE FROM subscriber_member WHERE subscriber_id = ? AND group_id = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ii", subscriber_id, group_id);
	store_run(s, st);
}

void subscriber_groups_of(struct store *s, int64_t subscriber_id, char *out, size_t size)
{
	static struct store_sql sql = { "SELECT group_concat(name, ', ') FROM (SELECT g.name FROM subscriber_member m "
		"JOIN subscriber_group g ON g.id = m.group_id WHERE m.subscriber_id = ? ORDER BY g.name)", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	*out = '\0';
	store_bind(s, st, "i", subscriber_id);
	if (store_row(s, st))
		store_column_text(st, 0, out, size);
	if (st)
		sqlite3_reset(st);
}
