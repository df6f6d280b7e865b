#include "store/outbox_inside.h"

static void read_columns(sqlite3_stmt *st, struct outbox_row *row)
{
	*row = (struct outbox_row){
		.id = sqlite3_column_int64(st, 0),
		.lane = sqlite3_column_int(st, 1),
		.purpose = sqlite3_column_int(st, 2),
		.state = sqlite3_column_int(st, 3),
		.case_id = sqlite3_column_int64(st, 4),
		.alert_id = sqlite3_column_int64(st, 5),
		.contact_id = sqlite3_column_int64(st, 6),
		.report = sqlite3_column_int(st, 8) != 0,
		.attempts = sqlite3_column_int64(st, 9),
		.not_before_boot_ms = sqlite3_column_int64(st, 10),
		.created_ms = sqlite3_column_int64(st, 12),
		.updated_ms = sqlite3_column_int64(st, 13),
		.code = sqlite3_column_int64(st, 14),
		.has_body = sqlite3_column_int(st, 16) != 0,
		.urgency = sqlite3_column_int(st, 17),
		.has_discreet = sqlite3_column_int(st, 18) != 0,
		.channel = sqlite3_column_int(st, 19),
		.campaign_id = sqlite3_column_int64(st, 20),
		.subscriber_id = sqlite3_column_int64(st, 21),
		.place = sqlite3_column_int64(st, 22),
	};
	store_column_text(st, 7, row->recipient, sizeof(row->recipient));
	store_column_text(st, 11, row->modem, sizeof(row->modem));
	store_column_text(st, 15, row->why, sizeof(row->why));
}

size_t outbox_read_rows(struct store *s, sqlite3_stmt *st, struct outbox_row *rows, size_t max)
{
	size_t n = 0;

	while (store_row(s, st))
		if (n < max)
			read_columns(st, &rows[n++]);
	return n;
}

int64_t outbox_read_number(struct store *s, sqlite3_stmt *st, int64_t none)
{
	int64_t n = none;

	while (store_row(s, st))
		if (sqlite3_column_type(st, 0) != SQLITE_NULL)
			n = sqlite3_column_int64(st, 0);
	return n;
}

int64_t store_outbox_max_id(struct store *s)
{
	static struct store_sql sql = { .sql = "SELECT max(id) FROM outbox" };

	return outbox_read_number(s, store_stmt(s, &sql), 0);
}

void store_outbox_insert(struct store *s, const struct outbox_row *row, const struct outbox_sealed *sealed)
{
	static struct store_sql sql = { .sql =
		"INSERT INTO outbox (id, lane, purpose, state, case_id, alert_id, contact_id, recipient, alias, number, body, "
		"report, not_before_boot_ms, modem, created_ms, updated_ms, urgency, discreet, operator, channel, campaign_id, subscriber_id, place) "
		"VALUES (?1, ?2, ?3, ?4, nullif(?5, 0), nullif(?6, 0), nullif(?7, 0), ?8, ?9, ?10, ?11, ?12, ?13, "
		"?14, ?15, ?16, ?17, ?18, ?19, ?20, nullif(?21, 0), nullif(?22, 0), ?23)" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iiiiiiitbbbiitiiibtiiii", row->id, (int64_t)row->lane, (int64_t)row->purpose, (int64_t)row->state,
		row->case_id, row->alert_id, row->contact_id, row->recipient, (const void *)sealed->alias, sizeof(sealed->alias),
		(const void *)sealed->number, sealed->number_len, (const void *)sealed->body, sealed->body_len,
		(int64_t)row->report, row->not_before_boot_ms, row->modem, row->created_ms, row->updated_ms, (int64_t)row->urgency,
		(const void *)(sealed->discreet_len ? sealed->discreet : NULL), sealed->discreet_len, row->operator_name,
		(int64_t)row->channel, row->campaign_id, row->subscriber_id, row->place);
	store_run(s, st);
}

bool store_outbox_get(struct store *s, int64_t id, struct outbox_row *row)
{
	static struct store_sql sql = { .sql = "SELECT " OUTBOX_COLUMNS " FROM outbox WHERE id = ?1" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", id);
	return outbox_read_rows(s, st, row, 1) == 1;
}

bool store_outbox_get_sealed(struct store *s, int64_t id, struct outbox_sealed *sealed)
{
	static struct store_sql sql = { .sql = "SELECT alias, number, body, discreet FROM outbox WHERE id = ?1" };
	sqlite3_stmt *st = store_stmt(s, &sql);
	bool found = false;

	store_bind(s, st, "i", id);
	while (store_row(s, st)) {
		found = store_column_blob(st, 0, sealed->alias, sizeof(sealed->alias)) == sizeof(sealed->alias);
		sealed->number_len = store_column_blob(st, 1, sealed->number, sizeof(sealed->number));
		sealed->body_len = store_column_blob(st, 2, sealed->body, sizeof(sealed->body));
		sealed->discreet_len = store_column_blob(st, 3, sealed->discreet, sizeof(sealed->discreet));
	}
	return found;
}

/* The highest urgency below this one that waits in the lane, -1 where there is none: a seek in the index for each. */
static int64_t urgency_below(struct store *s, int lane, int channel, int64_t urgency)
{
	static struct store_sql sql = { .sql =
		"SELECT max(urgency) FROM outbox INDEXED BY outbox_waiting WHERE state = 0 AND lane = ?1 AND "
		"channel = ?3 AND urgency < ?2" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iii", (int64_t)lane, urgency, (int64_t)channel);
	return outbox_read_number(s, st, -1);
}

static size_t waiting_of(struct store *s, int lane, int channel, int64_t urgency, int64_t now_boot_ms, const struct outbox_row *after,
	struct outbox_row *rows, size_t max)
{
	static struct store_sql sql = { .sql =
		"SELECT id, not_before_boot_ms, modem, attempts, alert_id, contact_id, purpose, discreet IS NOT NULL, operator, "
		"campaign_id, subscriber_id "
		"FROM outbox WHERE state = 0 AND lane = ?1 AND channel = ?7 AND "
		"urgency = ?2 AND (not_before_boot_ms, id) > (?4, ?5) AND not_before_boot_ms <= ?3 "
		"ORDER BY not_before_boot_ms, id LIMIT ?6" };
	sqlite3_stmt *st = store_stmt(s, &sql);
	size_t n = 0;

	store_bind(s, st, "iiiiiii", (int64_t)lane, urgency, now_boot_ms, after ? after->not_before_boot_ms : INT64_MIN,
		after ? after->id : INT64_MIN, (int64_t)max, (int64_t)channel);
	while (store_row(s, st)) {
		struct outbox_row *row = &rows[n++];
		*row = (struct outbox_row){ .id = sqlite3_column_int64(st, 0), .lane = lane, .channel = channel, .urgency = (int)urgency,
			.not_before_boot_ms = sqlite3_column_int64(st, 1), .attempts = sqlite3_column_int64(st, 3),
			.alert_id = sqlite3_column_int64(st, 4), .contact_id = sqlite3_column_int64(st, 5),
			.purpose = sqlite3_column_int(st, 6), .has_discreet = sqlite3_column_int(st, 7) != 0,
			.campaign_id = sqlite3_column_int64(st, 9), .subscriber_id = sqlite3_column_int64(st, 10) };
		store_column_text(st, 2, row->modem, sizeof(row->modem));
		store_column_text(st, 8, row->operator_name, sizeof(row->operator_name));
	}
	return n;
}

size_t store_outbox_waiting(struct store *s, int lane, int channel, int64_t now_boot_ms, const struct outbox_row *after,
	struct outbox_row *rows, size_t max)
{
	size_t n = after ? waiting_of(s, lane, channel, after->urgency, now_boot_ms, after, rows, max) : 0;
	int64_t u = urgency_below(s, lane, channel, after ? after->urgency : INT64_MAX);

	for (; u >= 0 && n < max; u = urgency_below(s, lane, channel, u))
		n += waiting_of(s, lane, channel, u, now_boot_ms, NULL, rows + n, max - n);
	return n;
}

int64_t store_outbox_next_due(struct store *s, int lane, int channel, int64_t now_boot_ms)
{
	static struct store_sql sql = { .sql = "SELECT min(not_before_boot_ms) FROM outbox WHERE state = 0 AND lane = ?1 AND "
		"channel = ?4 AND urgency = ?2 AND not_before_boot_ms > ?3" };
	int64_t due, first = INT64_MAX;

	for (int64_t u = urgency_below(s, lane, channel, INT64_MAX); u >= 0; u = urgency_below(s, lane, channel, u)) {
		sqlite3_stmt *st = store_stmt(s, &sql);
		store_bind(s, st, "iiii", (int64_t)lane, u, now_boot_ms, (int64_t)channel);
		due = outbox_read_number(s, st, INT64_MAX);
		if (due < first)
			first = due;
	}
	return first;
}

size_t store_outbox_in_flight(struct store *s, struct outbox_row *rows, size_t max)
{
	static struct store_sql sql = { .sql = "SELECT " OUTBOX_COLUMNS " FROM outbox WHERE state IN (1, 2) LIMIT ?1" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", (int64_t)max);
	return outbox_read_rows(s, st, rows, max);
}

void store_outbox_lease(struct store *s, int64_t id, int state, const char *modem, int64_t now_wall_ms)
{
	static struct store_sql sql = { .sql = "UPDATE outbox SET state = ?2, modem = ?3, updated_ms = ?4 WHERE id = ?1" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iiti", id, (int64_t)state, modem, now_wall_ms);
	store_run(s, st);
}

void store_outbox_update(struct store *s, const struct outbox_row *row, bool erase_body)
{
	static struct store_sql keep = { .sql = "UPDATE outbox SET state = ?2, attempts = ?3, not_before_boot_ms = ?4, "
		"modem = ?5, updated_ms = ?6, code = ?7, why = ?8 WHERE id = ?1" };
	static struct store_sql erase = { .sql = "UPDATE outbox SET state = ?2, attempts = ?3, not_before_boot_ms = ?4, "
		"modem = ?5, updated_ms = ?6, code = ?7, why = ?8, body = NULL, discreet = NULL WHERE id = ?1" };
	sqlite3_stmt *st = store_stmt(s, erase_body ? &erase : &keep);

	store_bind(s, st, "iiiitiit", row->id, (int64_t)row->state, row->attempts, row->not_before_boot_ms, row->modem,
		row->updated_ms, row->code, row->why);
	store_run(s, st);
}

void store_outbox_hold(struct store *s, int64_t id, int64_t not_before_boot_ms, const char *why)
{
	static struct store_sql sql = { .sql = "UPDATE outbox SET not_before_boot_ms = ?2, why = ?3 WHERE id = ?1" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iit", id, not_before_boot_ms, why);
	store_run(s, st);
}

void store_outbox_contact_due(struct store *s, int64_t contact_id)
{
	static struct store_sql sql = { .sql =
		"UPDATE outbox SET not_before_boot_ms = 0 WHERE state = 0 AND lane IN (0, 1, 2) AND contact_id = ?1" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", contact_id);
	store_run(s, st);
}

void store_outbox_campaign_due(struct store *s, int64_t campaign_id, int64_t now_boot_ms)
{
	static struct store_sql sql = { .sql = "UPDATE outbox SET not_before_boot_ms = ?2 WHERE campaign_id = ?1 AND state = 0 "
		"AND not_before_boot_ms > ?2" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "ii", campaign_id, now_boot_ms);
	store_run(s, st);
}

size_t store_outbox_campaign_waiting(struct store *s, int64_t campaign_id, int purpose, struct outbox_row *rows, size_t max)
{
	static struct store_sql sql = { .sql = "SELECT " OUTBOX_COLUMNS " FROM outbox WHERE campaign_id = ?1 AND state = 0 AND purpose = ?2 "
		"LIMIT ?3" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iii", campaign_id, (int64_t)purpose, (int64_t)max);
	return outbox_read_rows(s, st, rows, max);
}

int store_outbox_all_due(struct store *s)
{
	static struct store_sql sql = { .sql = "UPDATE outbox SET not_before_boot_ms = 0 WHERE state = 0" };

	return store_run(s, store_stmt(s, &sql));
}

int store_outbox_clamp_due(struct store *s, int64_t latest_boot_ms)
{
	static struct store_sql sql = { .sql =
		"UPDATE outbox SET not_before_boot_ms = ?1 WHERE state = 0 AND not_before_boot_ms > ?1" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", latest_boot_ms);
	return store_run(s, st);
}

int64_t store_outbox_person_waiting(struct store *s, int lane, const char *recipient, int64_t most)
{
	static struct store_sql sql = { .sql = "SELECT count(*) FROM (SELECT 1 FROM outbox INDEXED BY outbox_waiting WHERE state = 0 AND "
		"lane = ?1 AND channel = 0 AND recipient = ?2 LIMIT ?3)" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iti", (int64_t)lane, recipient, most);
	return outbox_read_number(s, st, 0);
}

size_t store_outbox_campaign_unsent(struct store *s, const uint8_t alias[STORE_ALIAS], struct outbox_row *rows, size_t max)
{
	static struct store_sql sql = { .sql = "SELECT " OUTBOX_COLUMNS " FROM outbox WHERE lane = 2 AND state = 0 AND alias = ?1 LIMIT ?2" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "bi", alias, (size_t)STORE_ALIAS, (int64_t)max);
	return outbox_read_rows(s, st, rows, max);
}

bool store_outbox_purpose_waiting(struct store *s, int lane, int channel, int purpose, const char *recipient)
{
	static struct store_sql sql = { .sql =
		"SELECT 1 FROM outbox WHERE state = 0 AND lane = ?1 AND channel = ?4 AND urgency = 0 AND purpose = ?2 AND recipient = ?3 "
		"UNION ALL SELECT 1 FROM outbox WHERE state IN (1, 2) AND lane = ?1 AND channel = ?4 AND purpose = ?2 AND "
		"recipient = ?3 LIMIT 1" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "iiti", (int64_t)lane, (int64_t)purpose, recipient, (int64_t)channel);
	return outbox_read_number(s, st, 0) != 0;
}

/* ---- for people -------------------------------------------------------------------------------------------------- */

void store_outbox_count(struct store *s, void (*each)(void *arg, int lane, int state, int64_t count), void *arg)
{
	static struct store_sql sql = { .sql = "SELECT lane, state, count(*) FROM outbox GROUP BY lane, state" };
	sqlite3_stmt *st = store_stmt(s, &sql);

	while (store_row(s, st))
		each(arg, sqlite3_column_int(st, 0), sqlite3_column_int(st, 1), sqlite3_column_int64(st, 2));
}

size_t store_outbox_list(struct store *s, bool open, int64_t after, struct outbox_row *rows, size_t max)
{
	static struct store_sql all = { .sql = "SELECT " OUTBOX_COLUMNS " FROM outbox WHERE id < ?1 ORDER BY id DESC LIMIT ?2" };
	/* Two partial indexes instead of a walk over all that was ever sent. */
	static struct store_sql only_open = { .sql = "SELECT " OUTBOX_COLUMNS " FROM outbox WHERE id IN ("
		"SELECT id FROM outbox INDEXED BY outbox_waiting WHERE state = 0 AND lane IN (0, 1, 2) AND id < ?1 UNION ALL "
		"SELECT id FROM outbox INDEXED BY outbox_in_flight WHERE state IN (1, 2) AND id < ?1) ORDER BY id DESC LIMIT ?2" };
	sqlite3_stmt *st = store_stmt(s, open ? &only_open : &all);

	store_bind(s, st, "ii", after ? after : INT64_MAX, (int64_t)max);
	return outbox_read_rows(s, st, rows, max);
}
