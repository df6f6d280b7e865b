#include "store/campaign_answer.h"

#include "base/mem.h"

#define COLUMNS "id, campaign_id, subscriber_id, question, option, late, counts, district, message_id, time_ms, sorted_by, words"
/* Of one person and question; where it is nobody in particular, of that answer alone. */
#define SAME "campaign_id = ?1 AND subscriber_id = ?2 AND question = ?3 AND (?2 != 0 OR id = ?4)"

static bool row_read(struct store *s, sqlite3_stmt *st, struct answer_row *row)
{
	if (!store_row(s, st))
		return false;
	*row = (struct answer_row){
		.id = sqlite3_column_int64(st, 0),
		.campaign_id = sqlite3_column_int64(st, 1),
		.subscriber_id = sqlite3_column_int64(st, 2),
		.question = sqlite3_column_int64(st, 3),
		.option = sqlite3_column_int64(st, 4),
		.late = sqlite3_column_int(st, 5) != 0,
		.counts = sqlite3_column_int(st, 6) != 0,
		.message_id = sqlite3_column_int64(st, 8),
		.time_ms = sqlite3_column_int64(st, 9),
	};
	store_column_text(st, 7, row->district, sizeof(row->district));
	store_column_text(st, 10, row->sorted_by, sizeof(row->sorted_by));
	row->words_len = store_column_blob(st, 11, row->words, sizeof(row->words));
	return true;
}

static bool read_one(struct store *s, sqlite3_stmt *st, struct answer_row *row)
{
	bool found = row_read(s, st, row);

	if (st)
		sqlite3_reset(st);
	return found;
}

int64_t answer_next_id(struct store *s)
{
	static struct store_sql sql = { "SELECT coalesce(max(id), 0) + 1 FROM campaign_answer", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	int64_t id = store_row(s, st) ? sqlite3_column_int64(st, 0) : 1;

	if (st)
		sqlite3_reset(st);
	return id;
}

void answer_insert(struct store *s, const struct answer_row *row)
{
	static struct store_sql sql = {
		"INSERT INTO campaign_answer (id, campaign_id, subscriber_id, question, option, late, counts, district, message_id, time_ms, words) "
		"VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?)", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iiiiiitiib", row->id, row->campaign_id, row->subscriber_id, row->question, row->option, (int64_t)row->late,
		row->district, row->message_id, row->time_ms, row->words_len ? (const void *)row->words : NULL, row->words_len);
	store_run(s, st);
}

bool answer_get(struct store *s, int64_t id, struct answer_row *row)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM campaign_answer WHERE id = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", id);
	return read_one(s, st, row);
}

void answer_set_option(struct store *s, int64_t id, int64_t option, const char *sorted_by)
{
	static struct store_sql sql = { "UPDATE campaign_answer SET option = ?, sorted_by = ?, words = NULL WHERE id = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iti", option, sorted_by, id);
	store_run(s, st);
}

int64_t answer_unread(struct store *s, int64_t campaign_id, int64_t subscriber_id, int64_t question)
{
	static struct store_sql sql = {
		"SELECT count(*) FROM campaign_answer WHERE campaign_id = ? AND subscriber_id = ? AND question = ? AND option = 0", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);
	int64_t n;

	store_bind(s, st, "iii", campaign_id, subscriber_id, question);
	n = store_row(s, st) ? sqlite3_column_int64(st, 0) : 0;
	if (st)
		sqlite3_reset(st);
	return n;
}

int64_t answer_last_ms(struct store *s, int64_t campaign_id, int64_t subscriber_id)
{
	static struct store_sql sql = { "SELECT coalesce(max(time_ms), 0) FROM campaign_answer WHERE campaign_id = ? AND subscriber_id = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	int64_t ms;

	store_bind(s, st, "ii", campaign_id, subscriber_id);
	ms = store_row(s, st) ? sqlite3_column_int64(st, 0) : 0;
	if (st)
		sqlite3_reset(st);
	return ms;
}

/* ---- which one counts -------------------------------------------------------------------------------------------------- */

bool answer_counted(struct store *s, const struct answer_row *of, struct answer_row *row)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM campaign_answer WHERE " SAME " AND counts = 1 LIMIT 1", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iiii", of->campaign_id, of->subscriber_id, of->question, of->id);
	return read_one(s, st, row);
}

bool answer_choose(struct store *s, const struct answer_row *of, bool last, struct answer_row *row)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM campaign_answer WHERE " SAME " AND late = 0 "
		"ORDER BY option != 0 DESC, iif(?5, -id, id) LIMIT 1", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iiiii", of->campaign_id, of->subscriber_id, of->question, of->id, (int64_t)last);
	return read_one(s, st, row);
}

void answer_mark(struct store *s, const struct answer_row *of, const struct answer_row *counted)
{
	static struct store_sql sql = { "UPDATE campaign_answer SET counts = (id = ?5) WHERE " SAME " AND counts != (id = ?5)", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iiiii", of->campaign_id, of->subscriber_id, of->question, of->id, counted ? counted->id : (int64_t)0);
	store_run(s, st);
}

size_t answer_list(struct store *s, int64_t campaign_id, bool unread, int64_t after, struct answer_row *rows, size_t max)
{
	static struct store_sql sql = { "SELECT " COLUMNS " FROM campaign_answer WHERE campaign_id = ? AND option IN (0, ?) AND id > ? "
		"ORDER BY id LIMIT ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	size_t n = 0;

	store_bind(s, st, "iiii", campaign_id, (int64_t)(unread ? ANSWER_UNREAD : ANSWER_FREE), after, (int64_t)max);
	while (n < max && row_read(s, st, &rows[n]))
		n++;
	if (st)
		sqlite3_reset(st);
	return n;
}

bool answer_forget_words(struct store *s, int64_t *after, int64_t before_ms)
{
	static struct store_sql end = { "SELECT max(id) FROM (SELECT id FROM campaign_answer WHERE id > ? ORDER BY id LIMIT 500)", 0 };
	static struct store_sql sql = { "UPDATE campaign_answer SET words = NULL WHERE id > ? AND id <= ? AND time_ms < ? AND words IS NOT NULL", 0 };
	sqlite3_stmt *st = store_stmt(s, &end);
	int64_t last = 0;

	store_bind(s, st, "i", *after);
	if (store_row(s, st))
		last = sqlite3_column_int64(st, 0);
	if (st)
		sqlite3_reset(st);
	if (!last)
		return false;
	st = store_stmt(s, &sql);
	store_bind(s, st, "iii", *after, last, before_ms);
	store_run(s, st);
	*after = last;
	return true;
}

/* ---- sums -------------------------------------------------------------------------------------------------------------- */

void result_add(struct store *s, const struct result_key *key, int64_t n)
{
	static struct store_sql sql = { "INSERT INTO campaign_result (campaign_id, question, option, day, district, n) VALUES (?, ?, ?, ?, ?, ?) "
		"ON CONFLICT DO UPDATE SET n = n + excluded.n", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iiitti", key->campaign_id, key->question, key->option, key->day, key->district, n);
	store_run(s, st);
}

void result_each(struct store *s, int64_t campaign_id, void (*each)(void *arg, const struct result_key *key, int64_t n), void *arg)
{
	static struct store_sql sql = { "SELECT question, option, day, district, n FROM campaign_result WHERE campaign_id = ? AND n != 0", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	struct result_key key = { .campaign_id = campaign_id };

	store_bind(s, st, "i", campaign_id);
	while (store_row(s, st)) {
		key.question = sqlite3_column_int64(st, 0);
		key.option = sqlite3_column_int64(st, 1);
		store_column_text(st, 2, key.day, sizeof(key.day));
		store_column_text(st, 3, key.district, sizeof(key.district));
		each(arg, &key, sqlite3_column_int64(st, 4));
	}
}

void result_activities(struct store *s, int64_t from_ms, int64_t to_ms, int64_t *campaigns,
	void (*district)(void *arg, const char *name, int64_t people), void *arg)
{
	/* 3, 6, 7 are sent, delivered, undelivered (core/campaign/recipient_state.h): the network took it. */
	static struct store_sql count = { "SELECT count(*) FROM campaign c WHERE started_ms >= ?1 AND started_ms < ?2 AND EXISTS (SELECT 1 FROM "
		"campaign_count n WHERE n.campaign_id = c.id AND n.state IN (3, 6, 7) AND n.recipients > 0)", 0 };
	static struct store_sql districts = { "SELECT n.district, sum(n.recipients) FROM campaign_count n JOIN campaign c ON c.id = n.campaign_id "
		"WHERE c.started_ms >= ?1 AND c.started_ms < ?2 AND n.state IN (3, 6, 7) GROUP BY n.district HAVING sum(n.recipients) > 0 "
		"ORDER BY n.district", 0 };
	sqlite3_stmt *st = store_stmt(s, &count);
	char name[CAMPAIGN_DISTRICT_SIZE];

	store_bind(s, st, "ii", from_ms, to_ms);
	*campaigns = store_row(s, st) ? sqlite3_column_int64(st, 0) : 0;
	if (st)
		sqlite3_reset(st);
	st = store_stmt(s, &districts);
	store_bind(s, st, "ii", from_ms, to_ms);
	while (store_row(s, st)) {
		store_column_text(st, 0, name, sizeof(name));
		district(arg, name, sqlite3_column_int64(st, 1));
	}
}
