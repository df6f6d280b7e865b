#include "store/campaign.h"

#include "base/mem.h"

#define COLUMNS "id, name, state, kind, planned, keyword, made_by, made_ms, approved_by, coalesce(approved_ms, 0), start_ms, " \
	"coalesce(started_ms, 0), coalesce(finished_ms, 0), coalesce(archived_ms, 0), expires_ms, answers_until_ms, spent, budget, " \
	"recent, recent_count, why"

static void read_row(sqlite3_stmt *st, struct campaign_row *row)
{
	*row = (struct campaign_row){
		.id = sqlite3_column_int64(st, 0),
		.state = sqlite3_column_int(st, 2),
		.kind = sqlite3_column_int(st, 3),
		.planned = sqlite3_column_int(st, 4),
		.made_ms = sqlite3_column_int64(st, 7),
		.approved_ms = sqlite3_column_int64(st, 9),
		.start_ms = sqlite3_column_int64(st, 10),
		.started_ms = sqlite3_column_int64(st, 11),
		.finished_ms = sqlite3_column_int64(st, 12),
		.archived_ms = sqlite3_column_int64(st, 13),
		.expires_ms = sqlite3_column_int64(st, 14),
		.answers_until_ms = sqlite3_column_int64(st, 15),
		.spent = sqlite3_column_int64(st, 16),
		.budget = sqlite3_column_int64(st, 17),
		.recent = (uint64_t)sqlite3_column_int64(st, 18),
		.recent_count = sqlite3_column_int64(st, 19),
	};
	store_column_text(st, 1, row->name, sizeof(row->name));
	store_column_text(st, 5, row->keyword, sizeof(row->keyword));
	store_column_text(st, 6, row->made_by, sizeof(row->made_by));
	store_column_text(st, 8, row->approved_by, sizeof(row->approved_by));
	store_column_text(st, 20, row->why, sizeof(row->why));
}

/* Reads all rows of a statement, so that none is left open. */
static size_t read_rows(struct store *s, sqlite3_stmt *st, struct campaign_row *rows, size_t max)
{
	size_t n = 0;

	while (store_row(s, st))
		if (n < max)
			read_row(st, &rows[n++]);
	return n;
}

int campaign_insert(struct store *s, struct campaign_row *row, const char *definition)
{
	static struct store_sql sql = { "INSERT INTO campaign (name, state, kind, keyword, made_by, made_ms, budget) "
		"VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)", 0 };
	struct campaign_row other;
	sqlite3_stmt *st;

	if (campaign_get_name(s, row->name, &other))
		return HL_EEXIST;
	st = store_stmt(s, &sql);
	store_bind(s, st, "tiittii", row->name, (int64_t)row->state, (int64_t)row->kind, row->keyword, row->made_by,
		row->made_ms, row->budget);
	if (store_run(s, st) != 1)
		return store_error(s);
	row->id = store_last_id(s);
	campaign_set_definition(s, row->id, definition);
	return store_error(s);
}

void campaign_update(struct store *s, const struct campaign_row *row)
{
	static struct store_sql sql = { "UPDATE campaign SET state = ?2, kind = ?3, planned = ?4, keyword = ?5, approved_by = ?6, "
		"approved_ms = nullif(?7, 0), start_ms = ?8, started_ms = nullif(?9, 0), finished_ms = nullif(?10, 0), "
		"archived_ms = nullif(?11, 0), expires_ms = ?12, answers_until_ms = ?13, spent = ?14, budget = ?15, recent = ?16, "
		"recent_count = ?17, why = ?18 WHERE id = ?1", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iiiittiiiiiiiiiiit", row->id, (int64_t)row->state, (int64_t)row->kind, (int64_t)row->planned, row->keyword,
		row->approved_by, row->approved_ms, row->start_ms, row->started_ms, row->finished_ms, row->archived_ms, row->expires_ms,
		row->answers_until_ms, row->spent, row->budget, (int64_t)row->recent, row->recent_count, row->why);
	store_run(s, st);
}

void campaign_set_definition(struct store *s, int64_t id, const char *definition)
{
	static struct store_sql sql = { "INSERT INTO campaign_definition (campaign_id, body) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET "
		"body = excluded.body", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "it", id, definition);
	store_run(s, st);
}

bool campaign_get(struct store *s, int64_t id, struct campaign_row *row)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM campaign WHERE id = ?1", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", id);
	return read_rows(s, st, row, 1) == 1;
}

bool campaign_get_name(struct store *s, const char *name, struct campaign_row *row)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM campaign WHERE name = ?1", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "t", name);
	return read_rows(s, st, row, 1) == 1;
}

bool campaign_get_keyword(struct store *s, const char *keyword, struct campaign_row *row)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM campaign WHERE keyword = ?1 AND keyword <> '' AND archived_ms IS NULL "
		"ORDER BY id DESC LIMIT 1", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "t", keyword);
	return read_rows(s, st, row, 1) == 1;
}

char *campaign_get_definition(struct store *s, int64_t id)
{
	static struct store_sql sql = { "SELECT body FROM campaign_definition WHERE campaign_id = ?1", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	char *text = NULL;

	store_bind(s, st, "i", id);
	while (store_row(s, st))
		if (!text)
			text = hl_strndup((const char *)sqlite3_column_text(st, 0), (size_t)sqlite3_column_bytes(st, 0));
	return text;
}

size_t campaign_list(struct store *s, bool archived, int64_t before, struct campaign_row *rows, size_t max)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM campaign WHERE id < ?1 AND (?2 OR archived_ms IS NULL) "
		"ORDER BY id DESC LIMIT ?3", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iii", before ? before : INT64_MAX, (int64_t)archived, (int64_t)max);
	return read_rows(s, st, rows, max);
}

size_t campaign_list_live(struct store *s, int64_t after, struct campaign_row *rows, size_t max)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM campaign INDEXED BY campaign_live WHERE state BETWEEN 2 AND 9 AND id > ?1 "
		"ORDER BY id LIMIT ?2", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ii", after, (int64_t)max);
	return read_rows(s, st, rows, max);
}

/* ---- counts ------------------------------------------------------------------------------------------------------------- */

void campaign_count_add(struct store *s, int64_t campaign_id, const struct campaign_count_row *add)
{
	static struct store_sql sql = { "INSERT INTO campaign_count (campaign_id, district, operator, language, state, recipients, parts) "
		"VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO UPDATE SET recipients = recipients + excluded.recipients, "
		"parts = parts + excluded.parts", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ittiiii", campaign_id, add->district, add->operator_name, (int64_t)add->language, (int64_t)add->state,
		add->recipients, add->parts);
	store_run(s, st);
}

void campaign_count_each(struct store *s, int64_t campaign_id, void (*each)(void *arg, const struct campaign_count_row *row), void *arg)
{
	static struct store_sql sql = { "SELECT district, operator, language, state, recipients, parts FROM campaign_count "
		"WHERE campaign_id = ?1 AND recipients <> 0 ORDER BY district, operator, language, state", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", campaign_id);
	while (store_row(s, st)) {
		struct campaign_count_row row = { .language = sqlite3_column_int(st, 2), .state = sqlite3_column_int(st, 3),
			.recipients = sqlite3_column_int64(st, 4), .parts = sqlite3_column_int64(st, 5) };
		store_column_text(st, 0, row.district, sizeof(row.district));
		store_column_text(st, 1, row.operator_name, sizeof(row.operator_name));
		each(arg, &row);
	}
}

int64_t campaign_count_of(struct store *s, int64_t campaign_id, int state)
{
	static struct store_sql sql = { "SELECT coalesce(sum(recipients), 0) FROM campaign_count WHERE campaign_id = ?1 AND state = ?2", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	int64_t n = 0;

	store_bind(s, st, "ii", campaign_id, (int64_t)state);
	while (store_row(s, st))
		n = sqlite3_column_int64(st, 0);
	return n;
}

void campaign_day_add(struct store *s, int64_t campaign_id, const char *day, const char *district, int state, int64_t n)
{
	static struct store_sql sql = { "INSERT INTO campaign_day (campaign_id, day, district, state, recipients) VALUES (?1, ?2, ?3, ?4, ?5) "
		"ON CONFLICT DO UPDATE SET recipients = recipients + excluded.recipients", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ittii", campaign_id, day, district, (int64_t)state, n);
	store_run(s, st);
}

void campaign_day_each(struct store *s, int64_t campaign_id,
	void (*each)(void *arg, const char *day, const char *district, int state, int64_t n), void *arg)
{
	static struct store_sql sql = { "SELECT day, district, state, recipients FROM campaign_day WHERE campaign_id = ?1 AND recipients <> 0 "
		"ORDER BY day, district, state", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	char day[16], district[CAMPAIGN_DISTRICT_SIZE];

	store_bind(s, st, "i", campaign_id);
	while (store_row(s, st)) {
		store_column_text(st, 0, day, sizeof(day));
		store_column_text(st, 1, district, sizeof(district));
		each(arg, day, district, sqlite3_column_int(st, 2), sqlite3_column_int64(st, 3));
	}
}

void campaign_left_out_add(struct store *s, int64_t campaign_id, const char *reason, int64_t people)
{
	static struct store_sql sql = { "INSERT INTO campaign_left_out (campaign_id, reason, people) VALUES (?1, ?2, ?3) "
		"ON CONFLICT DO UPDATE SET people = people + excluded.people", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iti", campaign_id, reason, people);
	store_run(s, st);
}

void campaign_left_out_each(struct store *s, int64_t campaign_id, void (*each)(void *arg, const char *reason, int64_t people), void *arg)
{
	static struct store_sql sql = { "SELECT reason, people FROM campaign_left_out WHERE campaign_id = ?1 ORDER BY reason", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	char reason[CAMPAIGN_WHY_SIZE];

	store_bind(s, st, "i", campaign_id);
	while (store_row(s, st)) {
		store_column_text(st, 0, reason, sizeof(reason));
		each(arg, reason, sqlite3_column_int64(st, 1));
	}
}
