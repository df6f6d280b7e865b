#include "store/retention.h"

#include <stdio.h>
#include <string.h>

#include "store/schema_made.h"

#define WISH_FROM "2" /* CONTACT_DISCREET of core/dialogue/contact_safety.h, and above: a wish that outlives the contact */
#define STRETCH "500" /* rows of a table looked at in one piece */
/* Texts that are over; those of an alert that still rings tell it whom it has rung. */
#define OUTBOX_OVER "state >= 3 AND updated_ms < ?3 " \
	"AND NOT EXISTS (SELECT 1 FROM alert a WHERE a.id = outbox.alert_id AND a.acknowledged_ms IS NULL)"
#define OUTBOX_OLD OUTBOX_OVER " AND id < (SELECT max(id) FROM outbox)"
/* The newest row of a table stays, without what it said of anybody: its id must not be given out again. */
#define OUTBOX_BLANK "UPDATE outbox SET case_id = NULL, contact_id = NULL, alert_id = NULL, campaign_id = NULL, subscriber_id = NULL, " \
	"recipient = '', alias = x'', number = x'', body = NULL, discreet = NULL WHERE id = (SELECT max(id) FROM outbox) AND "

static void run_for(struct store *s, struct store_sql *sql, int64_t id)
{
	sqlite3_stmt *st = store_stmt(s, sql);

	store_bind(s, st, "i", id);
	store_run(s, st);
}

/* The one number that a query tells of an id, 0 where it tells none. Asked for the end of the next stretch of ids: 0 at the end of the table. */
static int64_t number_for(struct store *s, struct store_sql *sql, int64_t id)
{
	sqlite3_stmt *st = store_stmt(s, sql);
	int64_t n = 0;

	store_bind(s, st, "i", id);
	if (store_row(s, st))
		n = sqlite3_column_int64(st, 0);
	if (st)
		sqlite3_reset(st);
	return n;
}

/* Left to themselves: parts of a text that is arriving, which the assembly forgets, and cases merged into one; alerts are counted. */
static bool goes_with_case(const struct schema_reference *r)
{
	return strcmp(r->table, "part_set") != 0 && strcmp(r->table, "cases") != 0 && strcmp(r->table, "alert") != 0;
}

static bool is_case(const struct schema_reference *r)
{
	return strcmp(r->table, "cases") == 0;
}

/* ---- cases ------------------------------------------------------------------------------------------------------------ */

int64_t retention_next_case(struct store *s, int64_t after)
{
	static struct store_sql sql = { "SELECT id FROM cases WHERE id > ? ORDER BY id LIMIT 1", 0 };

	return number_for(s, &sql, after);
}

bool retention_case_is_needed(struct store *s, int64_t case_id)
{
	static struct store_sql sql = { "SELECT count(*) FROM outbox WHERE case_id = ? AND state < 3", 0 };
	static struct schema_made made;
	struct schema_made *merged = schema_make(s, &made, "SELECT count(*)", schema_references, "cases", is_case);

	for (size_t i = 0; i < merged->count; i++)
		if (number_for(s, &merged->sql[i], case_id))
			return true;
	return number_for(s, &sql, case_id) > 0;
}

static void erase_outbox(struct store *s, int64_t case_id, const struct retention_gone *gone)
{
	static struct store_sql parts = { "DELETE FROM outbox_part WHERE outbox_id IN (SELECT id FROM outbox WHERE case_id = ?)", 0 };
	static struct store_sql blank = { OUTBOX_BLANK "case_id = ?", 0 };
	static struct store_sql rows = { "DELETE FROM outbox WHERE case_id = ? RETURNING lane, state", 0 };
	sqlite3_stmt *st;

	run_for(s, &parts, case_id);
	run_for(s, &blank, case_id);
	st = store_stmt(s, &rows);
	store_bind(s, st, "i", case_id);
	while (store_row(s, st))
		gone->outbox(gone->arg, sqlite3_column_int(st, 0), sqlite3_column_int(st, 1));
}

static void erase_alerts(struct store *s, int64_t case_id, const struct retention_gone *gone)
{
	static struct store_sql sql = { "DELETE FROM alert WHERE case_id = ? RETURNING state", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "i", case_id);
	while (store_row(s, st))
		gone->alert(gone->arg, sqlite3_column_int(st, 0));
}

void retention_erase_case(struct store *s, int64_t case_id, int64_t now_ms, const struct retention_gone *gone)
{
	static struct store_sql later = { "PRAGMA defer_foreign_keys = ON", 0 }; /* until the commit: what hangs on what is its order */
	static struct store_sql mark = { "INSERT INTO erased_week (name, time_ms) SELECT DISTINCT week, ? FROM message WHERE case_id = ? "
		"ON CONFLICT DO NOTHING", 0 };
	static struct store_sql row = { "DELETE FROM cases WHERE id = ?", 0 };
	static struct schema_made deletions;
	struct schema_made *made = schema_make(s, &deletions, "DELETE", schema_references, "cases", goes_with_case);
	sqlite3_stmt *st;

	store_run(s, store_stmt(s, &later));
	st = store_stmt(s, &mark);
	store_bind(s, st, "ii", now_ms, case_id);
	store_run(s, st);
	erase_outbox(s, case_id, gone);
	erase_alerts(s, case_id, gone);
	for (size_t i = 0; i < made->count; i++)
		run_for(s, &made->sql[i], case_id);
	run_for(s, &row, case_id);
}

/* ---- the rest ---------------------------------------------------------------------------------------------------------- */

bool retention_next_quarantine(struct store *s, int64_t after, int64_t *id, int64_t *since_ms)
{
	static struct store_sql sql = { "SELECT id, seen_ms FROM quarantine WHERE id > ? ORDER BY id LIMIT 1", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	bool found;

	store_bind(s, st, "i", after);
	found = store_row(s, st);
	if (found) {
		*id = sqlite3_column_int64(st, 0);
		*since_ms = sqlite3_column_int64(st, 1);
		sqlite3_reset(st);
	}
	return found;
}

void retention_erase_quarantine(struct store *s, int64_t id, int64_t now_ms)
{
	static struct store_sql mark = { "INSERT INTO erased_week (name, time_ms) SELECT week, ? FROM quarantine WHERE id = ? "
		"ON CONFLICT DO NOTHING", 0 };
	static struct store_sql row = { "DELETE FROM quarantine WHERE id = ?", 0 };
	sqlite3_stmt *st = store_stmt(s, &mark);

	store_bind(s, st, "ii", now_ms, id);
	store_run(s, st);
	run_for(s, &row, id);
}

/* Erases the old ones of the stretch up to last or, with dry, counts them. */
static void run_stretch(struct store *s, struct store_sql *sql, struct retention_stretch *at, int64_t last, int64_t before_ms, bool dry)
{
	sqlite3_stmt *st = store_stmt(s, sql);

	store_bind(s, st, "iii", at->after, last, before_ms);
	if (!dry)
		at->found += store_run(s, st);
	else if (store_row(s, st))
		at->found += sqlite3_column_int64(st, 0);
	if (dry && st)
		sqlite3_reset(st);
	at->after = last;
}

/* At the end of a table: its newest row, where that is old, too, is made empty. */
static bool blank_newest(struct store *s, struct store_sql *sql, int64_t before_ms)
{
	sqlite3_stmt *st = store_stmt(s, sql);

	store_bind(s, st, "iii", (int64_t)0, (int64_t)0, before_ms);
	return store_run(s, st) > 0;
}

bool retention_outbox(struct store *s, struct retention_stretch *at, int64_t before_ms, bool dry, const struct retention_gone *gone)
{
	static struct store_sql blank = { OUTBOX_BLANK "alias <> x'' AND " OUTBOX_OVER, 0 };
	static struct store_sql end = { "SELECT max(id) FROM (SELECT id FROM outbox WHERE id > ? ORDER BY id LIMIT " STRETCH ")", 0 };
	static struct store_sql look = { "SELECT lane, state FROM outbox WHERE id > ? AND id <= ? AND " OUTBOX_OLD, 0 };
	static struct store_sql parts = { "DELETE FROM outbox_part WHERE outbox_id IN (SELECT id FROM outbox WHERE id > ? AND id <= ? AND "
		OUTBOX_OLD ")", 0 };
	static struct store_sql rows = { "DELETE FROM outbox WHERE id > ? AND id <= ? AND " OUTBOX_OLD " RETURNING lane, state", 0 };
	int64_t last = number_for(s, &end, at->after);
	sqlite3_stmt *st;

	if (!last) {
		if (!dry)
			blank_newest(s, &blank, before_ms);
		return false;
	}
	if (!dry) {
		st = store_stmt(s, &parts);
		store_bind(s, st, "iii", at->after, last, before_ms);
		store_run(s, st);
	}
	st = store_stmt(s, dry ? &look : &rows);
	store_bind(s, st, "iii", at->after, last, before_ms);
	while (store_row(s, st)) {
		at->found++;
		if (!dry)
			gone->outbox(gone->arg, sqlite3_column_int(st, 0), sqlite3_column_int(st, 1));
	}
	at->after = last;
	return true;
}

bool retention_hashes(struct store *s, struct retention_stretch *at, int64_t before_ms, bool dry)
{
	static struct store_sql end = { "SELECT max(hash) FROM (SELECT hash FROM inbound WHERE hash > ? ORDER BY hash LIMIT " STRETCH ")", 0 };
	static struct store_sql look = { "SELECT count(*) FROM inbound WHERE hash > ? AND hash <= ? AND time_ms < ?", 0 };
	static struct store_sql rows = { "DELETE FROM inbound WHERE hash > ? AND hash <= ? AND time_ms < ?", 0 };
	uint8_t last[sizeof(at->hash)];
	size_t len = 0;
	sqlite3_stmt *st = store_stmt(s, &end);

	store_bind(s, st, "b", (const void *)at->hash, at->hash_len);
	if (store_row(s, st))
		len = store_column_blob(st, 0, last, sizeof(last));
	if (st)
		sqlite3_reset(st);
	if (!len)
		return false;
	st = store_stmt(s, dry ? &look : &rows);
	store_bind(s, st, "bbi", (const void *)at->hash, at->hash_len, (const void *)last, len, before_ms);
	if (!dry)
		at->found += store_run(s, st);
	else if (store_row(s, st))
		at->found += sqlite3_column_int64(st, 0);
	if (dry && st)
		sqlite3_reset(st);
	memcpy(at->hash, last, len);
	at->hash_len = len;
	return true;
}

/* "... AND NOT EXISTS (SELECT 1 FROM cases WHERE contact_id = contact.id) ..." for all that refers to a contact. */
static void not_referred(struct store *s, const char *head, char *text, size_t size)
{
	struct schema_reference found[SCHEMA_REFERENCES_MAX];
	size_t n = schema_references(s, "contact", found);
	size_t at = (size_t)snprintf(text, size, "%s", head);

	for (size_t i = 0; i < n && at < size; i++)
		at += (size_t)snprintf(text + at, size - at, " AND NOT EXISTS (SELECT 1 FROM \"%s\" r WHERE r.\"%s\" = contact.id)",
			found[i].table, found[i].column);
}

bool retention_contacts(struct store *s, struct retention_stretch *at, int64_t before_ms, bool dry)
{
	static struct store_sql end = { "SELECT max(id) FROM (SELECT id FROM contact WHERE id > ? ORDER BY id LIMIT " STRETCH ")", 0 };
	static char look_text[4096], rows_text[4096], wish_text[4096];
	static struct store_sql look = { look_text, 0 }, rows = { rows_text, 0 }, wish = { wish_text, 0 };
	static const char condition[] = "FROM contact WHERE id > ? AND id <= ? AND first_ms < ? "
		"AND NOT EXISTS (SELECT 1 FROM part_set p WHERE p.contact_id = contact.id)";
	int64_t last = number_for(s, &end, at->after);
	char head[384];
	sqlite3_stmt *st;

	if (!last)
		return false;
	if (!look_text[0]) {
		snprintf(head, sizeof(head), "SELECT count(*) %s", condition);
		not_referred(s, head, look_text, sizeof(look_text));
		snprintf(head, sizeof(head), "DELETE %s", condition);
		not_referred(s, head, rows_text, sizeof(rows_text));
		snprintf(head, sizeof(head), "INSERT OR REPLACE INTO wish SELECT alias, safety, hours_from_min, hours_to_min %s "
			"AND (safety >= " WISH_FROM " OR hours_from_min != hours_to_min)", condition);
		not_referred(s, head, wish_text, sizeof(wish_text));
	}
	if (!dry) {
		st = store_stmt(s, &wish);
		store_bind(s, st, "iii", at->after, last, before_ms);
		store_run(s, st);
	}
	run_stretch(s, dry ? &look : &rows, at, last, before_ms, dry);
	return true;
}

bool retention_calls(struct store *s, struct retention_stretch *at, int64_t before_ms, bool dry)
{
	static struct store_sql end = { "SELECT max(id) FROM (SELECT id FROM call WHERE id > ? ORDER BY id LIMIT " STRETCH ")", 0 };
	static struct store_sql look = { "SELECT count(*) FROM call WHERE id > ? AND id <= ? AND time_ms < ?", 0 };
	static struct store_sql rows = { "DELETE FROM call WHERE id > ? AND id <= ? AND time_ms < ?", 0 };
	int64_t last = number_for(s, &end, at->after);

	if (last)
		run_stretch(s, dry ? &look : &rows, at, last, before_ms, dry);
	return last != 0;
}

/* Campaigns know people by id, so that the newest's stays. */
#define CONSENT_OVER "(consent_ms < ?3 OR (state = 1 AND updated_ms < ?3))"
#define CONSENT_OLD "FROM subscriber WHERE id > ?1 AND id <= ?2 AND " CONSENT_OVER " AND id < (SELECT max(id) FROM subscriber)"

bool retention_subscribers(struct store *s, struct retention_stretch *at, int64_t before_ms, bool dry)
{
	static struct store_sql end = { "SELECT max(id) FROM (SELECT id FROM subscriber WHERE id > ? ORDER BY id LIMIT " STRETCH ")", 0 };
	static struct store_sql look = { "SELECT count(*) " CONSENT_OLD, 0 }, rows = { "DELETE " CONSENT_OLD, 0 };
	static struct store_sql groups = { "DELETE FROM subscriber_member WHERE subscriber_id IN (SELECT id FROM subscriber WHERE alias = x'')", 0 };
	static struct store_sql blank = { "UPDATE subscriber SET alias = x'', number = x'', state = 1, language = 0, script = 0, district = '', "
		"source = '', import_id = NULL WHERE id = (SELECT max(id) FROM subscriber) AND alias <> x'' AND " CONSENT_OVER, 0 };
	int64_t last = number_for(s, &end, at->after);

	if (last)
		run_stretch(s, dry ? &look : &rows, at, last, before_ms, dry);
	else if (!dry && blank_newest(s, &blank, before_ms))
		store_run(s, store_stmt(s, &groups));
	return last != 0;
}

/* 10, 11, 12 are finished, cancelled, archived (core/campaign/campaign_state.h); answers may come for a while after. */
static int64_t next_over(struct store *s, int64_t after, int64_t before_ms)
{
	static struct store_sql sql = { "SELECT id FROM campaign WHERE id > ? AND state IN (10, 11, 12) "
		"AND max(made_ms, coalesce(finished_ms, 0), answers_until_ms) < ? ORDER BY id LIMIT 1", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	int64_t id;

	store_bind(s, st, "ii", after, before_ms);
	id = store_row(s, st) ? sqlite3_column_int64(st, 0) : 0;
	if (st)
		sqlite3_reset(st);
	return id;
}

static int64_t count_rows_of(struct store *s, int64_t campaign_id)
{
	static struct store_sql sql = { "SELECT (SELECT count(*) FROM campaign_recipient WHERE campaign_id = ?1) + "
		"(SELECT count(*) FROM campaign_answer WHERE campaign_id = ?1)", 0 };

	return number_for(s, &sql, campaign_id);
}

static int64_t delete_rows_of(struct store *s, struct store_sql *sql, int64_t campaign_id)
{
	sqlite3_stmt *st = store_stmt(s, sql);

	store_bind(s, st, "i", campaign_id);
	return store_run(s, st);
}

bool retention_campaigns(struct store *s, struct retention_stretch *at, int64_t before_ms, bool dry)
{
	static struct store_sql recipients = { "DELETE FROM campaign_recipient WHERE campaign_id = ?1 AND subscriber_id IN (SELECT subscriber_id "
		"FROM campaign_recipient WHERE campaign_id = ?1 LIMIT " STRETCH ")", 0 };
	static struct store_sql answers = { "DELETE FROM campaign_answer WHERE id IN (SELECT id FROM campaign_answer WHERE campaign_id = ? "
		"LIMIT " STRETCH ")", 0 };
	int64_t id = next_over(s, at->after, before_ms), n;

	if (!id)
		return false;
	n = dry ? count_rows_of(s, id) : delete_rows_of(s, &recipients, id) + delete_rows_of(s, &answers, id);
	at->found += n > 0 ? n : 0;
	if (dry || n <= 0)
		at->after = id;
	return true;
}
