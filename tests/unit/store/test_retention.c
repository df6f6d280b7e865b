/* That erasing knows every table: what hangs on a case, a contact or a week's key, by the schema itself. Whoever adds a table finds out here
 * that it must be erased, or is told apart with a reason. And erasing itself, on a small database. */
#include <string.h>

#include "cm.h"
#include "core/campaign/campaign_state.h"
#include "core/dialogue/contact_safety.h"
#include "scratch.h"
#include "store/contact.h"
#include "store/hold.h"
#include "store/retention.h"
#include "store/schema.h"
#include "store/store.h"

struct fixture { struct scratch scratch; char path[128]; struct store *store; };

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	struct hl_reason why;

	scratch_new(&f->scratch);
	snprintf(f->path, sizeof(f->path), "%s/h.db", f->scratch.dir);
	assert_int_equal(store_create(f->path, &why), 0);
	assert_int_equal(store_open(f->path, &f->store, &why), 0);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	store_close(f->store);
	scratch_remove(&f->scratch);
	free(f);
	return 0;
}

static bool among(const char *name, const char *const *list)
{
	for (; *list; list++)
		if (strcmp(*list, name) == 0)
			return true;
	return false;
}

/* Every table with such a column refers to the parent, and thereby goes with it, or is one of the exceptions. */
static void check_column(struct store *s, const char *column, const char *parent, const char *const *exceptions)
{
	struct schema_reference with[SCHEMA_REFERENCES_MAX], refers[SCHEMA_REFERENCES_MAX];
	size_t n = schema_with_column(s, column, with), m = parent ? schema_references(s, parent, refers) : 0;

	assert_true(n > 0);
	for (size_t i = 0; i < n; i++) {
		bool known = among(with[i].table, exceptions);
		for (size_t j = 0; j < m; j++)
			known = known || strcmp(with[i].table, refers[j].table) == 0;
		if (!known)
			fail_msg("%s.%s does not refer to %s, so that erasing would leave its rows: add REFERENCES %s(id), or erase it in "
				"store/retention.c and name it here", with[i].table, column, parent ? parent : "-", parent ? parent : "-");
	}
}

static void test_no_table_is_forgotten(void **state)
{
	struct store *s = ((struct fixture *)*state)->store;
	/* outbox: erased by hand. part_set: forgotten by the assembly within the day. */
	static const char *const by_case[] = { "outbox", "part_set", NULL };
	/* message, case_feature: go with their case. call: only a count without its contact. */
	static const char *const by_contact[] = { "outbox", "part_set", "message", "case_feature", "call", NULL };
	static const char *const by_week[] = { "message", "quarantine", NULL };
	/* subscriber: erased by the age of the consent. subscriber_staged: until the import is in, or dropped. */
	static const char *const by_alias[] = { "contact", "outbox", "optout", "wish", "subscriber", "subscriber_staged", NULL };

	check_column(s, "case_id", "cases", by_case);
	check_column(s, "contact_id", "contact", by_contact);
	check_column(s, "week", NULL, by_week);
	check_column(s, "alias", NULL, by_alias);
}

/* ---- erasing ------------------------------------------------------------------------------------------------------------ */

#define STATEMENTS 128 /* of all tests together */

static void run(struct store *s, const char *text)
{
	static char kept[STATEMENTS][512];
	static struct store_sql sql[STATEMENTS];
	static size_t n;

	assert_true(n < STATEMENTS);
	snprintf(kept[n], sizeof(kept[n]), "%s", text);
	sql[n].sql = kept[n];
	store_run(s, store_stmt(s, &sql[n]));
	n++;
	assert_int_equal(store_error(s), 0);
}

static int64_t count(struct store *s, const char *table)
{
	static char kept[STATEMENTS][160];
	static struct store_sql sql[STATEMENTS];
	static size_t n;
	sqlite3_stmt *st;
	int64_t rows = -1;

	assert_true(n < STATEMENTS);
	snprintf(kept[n], sizeof(kept[n]), "SELECT count(*) FROM %.120s", table);
	sql[n].sql = kept[n];
	st = store_stmt(s, &sql[n++]);
	if (store_row(s, st))
		rows = sqlite3_column_int64(st, 0);
	sqlite3_reset(st);
	return rows;
}

static void fill(struct store *s)
{
	store_begin(s);
	run(s, "INSERT INTO unit (id, name, public, recovery_sealed) VALUES (1, 'ATPU', x'00', x'00')");
	run(s, "INSERT INTO contact (id, alias, number, answerable, first_ms) VALUES (1, x'01', x'01', 1, 0), (2, x'02', x'02', 1, 0)");
	run(s, "INSERT INTO cases (id, code, contact_id, unit_id, state, kind, exploitation, urgency, child, opened_ms, updated_ms, closed_ms) "
		"VALUES (1, '1111111', 1, 1, 4, 0, 0, 0, 0, 0, 0, 1), (2, '2222222', 2, 1, 4, 0, 0, 0, 0, 0, 0, 1)");
	run(s, "INSERT INTO message (id, case_id, contact_id, direction, modem, time_ms, kind, exploitation, urgency, child, district, score, "
		"damaged, parts, parts_missing, body, wrap, week) SELECT id, id, id, 0, '', 0, 0, 0, 0, 0, '', 0, 0, 1, 0, x'00', x'00', '2026-W01' "
		"FROM cases");
	run(s, "INSERT INTO alert (id, case_id, state, urgency, step, due_boot_ms, raised_boot_ms, created_ms, acknowledged_ms) "
		"VALUES (1, 1, 3, 1, 0, 0, 0, 0, 1), (2, 2, 3, 1, 0, 0, 0, 0, 1)");
	run(s, "INSERT INTO outbox (id, lane, purpose, state, case_id, alert_id, alias, number, urgency, report, created_ms, updated_ms) VALUES "
		"(1, 0, 0, 3, 1, 1, x'01', x'01', 0, 0, 0, 0), (2, 0, 0, 3, 2, 2, x'02', x'02', 0, 0, 0, 0), "
		"(3, 1, 2, 3, 1, NULL, x'01', x'01', 0, 0, 0, 0)");
	hold_set(s, 2, "Saran", 5);
	assert_int_equal(store_commit(s), 0);
}

struct tally { int outbox, alerts; };

static void on_outbox(void *arg, int lane, int state)
{
	(void)lane;
	assert_int_equal(state, 3);
	((struct tally *)arg)->outbox++;
}

static void on_alert(void *arg, int state)
{
	assert_int_equal(state, 3);
	((struct tally *)arg)->alerts++;
}

static void test_calls_go_with_their_time(void **state)
{
	struct store *s = ((struct fixture *)*state)->store;
	struct retention_stretch seen = { 0 }, gone = { 0 };

	run(s, "INSERT INTO call (id, contact_id, modem, time_ms, answered) VALUES (1, 1, 'm', 9, 1), (2, NULL, 'm', 10, 0)");
	store_begin(s);
	while (retention_calls(s, &seen, 10, true))
		;
	while (retention_calls(s, &gone, 10, false))
		;
	assert_int_equal(store_commit(s), 0);
	assert_int_equal(seen.found, 1);
	assert_int_equal(gone.found, 1);
	assert_int_equal(count(s, "call"), 1);
}

static void test_a_case_goes_with_all_of_it(void **state)
{
	struct store *s = ((struct fixture *)*state)->store;
	struct tally tally = { 0, 0 };
	const struct retention_gone gone = { on_outbox, on_alert, &tally };
	struct retention_stretch at = { 0 };
	struct retention_week_row week;

	fill(s);
	assert_int_equal(retention_next_case(s, 0), 1);
	assert_int_equal(retention_next_case(s, 1), 2);
	assert_int_equal(retention_next_case(s, 2), 0);
	assert_false(retention_case_is_needed(s, 1));
	store_begin(s);
	retention_erase_case(s, 1, 77, &gone);
	assert_int_equal(store_commit(s), 0);
	assert_int_equal(count(s, "cases"), 1);
	assert_int_equal(count(s, "message"), 1);
	assert_int_equal(count(s, "alert"), 1);
	assert_int_equal(count(s, "outbox"), 2); /* the other's, and the newest, which says nothing any more */
	assert_int_equal(tally.outbox, 1);
	assert_int_equal(tally.alerts, 1);
	retention_look_week(s, "2026-W01", &week);
	assert_int_equal(week.erased_ms, 77);
	assert_true(week.any);
	assert_false(week.waiting); /* the other is held */
	assert_false(week.unknown);
	store_begin(s);
	assert_true(retention_contacts(s, &at, 10, false));
	assert_false(retention_contacts(s, &at, 10, false));
	assert_int_equal(store_commit(s), 0);
	assert_int_equal(at.found, 1);
	assert_int_equal(count(s, "contact"), 1);
	store_begin(s);
	hold_clear(s, 2);
	assert_int_equal(store_commit(s), 0);
	retention_look_week(s, "2026-W01", &week);
	assert_true(week.waiting);
}

/* A row of the case in every table that hangs on one: whoever adds a table finds out here that it must have one, too. */
static void fill_each(struct store *s)
{
	store_begin(s);
	run(s, "INSERT INTO question (case_id, contact_id, number, state, name, discreet, asked_by, asked_ms) VALUES (1, 1, 1, 0, 'safe', 0, 'Bat', 0)");
	run(s, "INSERT INTO case_link VALUES (1, 2, 0, 0)");
	run(s, "INSERT INTO case_link VALUES (2, 1, 1, 0)");
	run(s, "INSERT INTO case_feature (hash, case_id, contact_id, kind, exploitation, time_ms, sketch) VALUES (x'01', 1, 1, 0, 0, 0, x'')");
	run(s, "INSERT INTO outcome (case_id, kind, person, time_ms) VALUES (1, 0, 'Bat', 0)");
	run(s, "INSERT INTO referral VALUES (1, 'OPG', 'Bat', 0)");
	run(s, "INSERT INTO alert_notice VALUES (1, 'rule', 0, 0)");
	run(s, "INSERT INTO alert_code VALUES (1, 'Bat', 0, x'00', x'00')");
	run(s, "INSERT INTO alert_held VALUES ('Bat', 1, 0, 1)");
	run(s, "INSERT INTO release (case_id, state, requester, decider, reason, asked_ms, expires_ms) VALUES (1, 0, 'Bat', '', 'why', 0, 0)");
	run(s, "INSERT INTO ussd_menu VALUES ('1', '', 0)");
	run(s, "INSERT INTO ussd_session (name, transport, contact_id, menu, state, step, case_id, body, started_ms, updated_ms, over_boot_ms, "
		"due_boot_ms) VALUES (x'01', 'at', 1, '1', 0, 0, 1, x'00', 0, 0, 0, 0)");
	run(s, "INSERT INTO outbox_part (outbox_id, seq, imsi, mr, sent_ms) VALUES (1, 1, '', 1, 0), (3, 1, '', 1, 0)");
	hold_set(s, 1, "Saran", 5); /* nobody erases a case on hold, but if one did: all of it */
	assert_int_equal(store_commit(s), 0);
}

static int64_t count_of_case(struct store *s, const struct schema_reference *r)
{
	char where[2 * SCHEMA_NAME_SIZE + 32];

	snprintf(where, sizeof(where), "\"%.47s\" WHERE \"%.47s\" = 1", r->table, r->column);
	return count(s, where);
}

static void test_every_table_lets_go_of_it(void **state)
{
	static const char *const left[] = { "cases", "part_set", NULL };
	struct store *s = ((struct fixture *)*state)->store;
	struct schema_reference refers[SCHEMA_REFERENCES_MAX];
	size_t n = schema_references(s, "cases", refers);
	struct tally tally = { 0, 0 };
	const struct retention_gone gone = { on_outbox, on_alert, &tally };

	fill(s);
	fill_each(s);
	for (size_t i = 0; i < n; i++)
		if (!among(refers[i].table, left) && count_of_case(s, &refers[i]) == 0)
			fail_msg("fill_each() puts no row of the case into %s.%s", refers[i].table, refers[i].column);
	store_begin(s);
	retention_erase_case(s, 1, 77, &gone);
	assert_int_equal(store_commit(s), 0);
	for (size_t i = 0; i < n; i++)
		if (count_of_case(s, &refers[i]) > 0)
			fail_msg("%s.%s still has the case", refers[i].table, refers[i].column);
	assert_int_equal(count(s, "outbox WHERE alias IN (x'01') OR number IN (x'01') OR alert_id = 1 OR contact_id = 1"), 0);
	assert_int_equal(count(s, "outbox_part WHERE outbox_id = 1"), 0);
	assert_int_equal(count(s, "alert_code"), 0);
	assert_int_equal(count(s, "alert_held"), 0);
}

/* By age, but not what still waits, nor whom an alert that rings has rung; the newest stays, empty. */
static void test_texts_sent_go_with_their_time(void **state)
{
	struct store *s = ((struct fixture *)*state)->store;
	struct tally tally = { 0, 0 };
	const struct retention_gone gone = { on_outbox, on_alert, &tally };
	struct retention_stretch dry = { 0 }, at = { 0 };

	fill(s);
	store_begin(s);
	run(s, "UPDATE alert SET acknowledged_ms = NULL WHERE id = 1"); /* row 1 is of it */
	run(s, "INSERT INTO outbox (id, lane, purpose, state, recipient, alias, number, body, urgency, report, created_ms, updated_ms) VALUES "
		"(4, 1, 2, 3, '', x'04', x'04', NULL, 0, 0, 0, 100), (5, 1, 2, 0, '', x'05', x'05', x'05', 0, 0, 0, 0), "
		"(6, 2, 10, 3, 'Bat', x'06', x'06', x'06', 0, 0, 0, 0)");
	run(s, "INSERT INTO outbox_part (outbox_id, seq, imsi, mr, sent_ms) VALUES (2, 1, '', 1, 0), (4, 1, '', 1, 0)");
	assert_int_equal(store_commit(s), 0);
	while (retention_outbox(s, &dry, 100, true, &gone))
		;
	assert_int_equal(dry.found, 2);
	assert_int_equal(tally.outbox, 0);
	assert_int_equal(count(s, "outbox"), 6);
	assert_int_equal(count(s, "outbox WHERE alias = x'06'"), 1);
	store_begin(s);
	while (retention_outbox(s, &at, 100, false, &gone))
		;
	assert_int_equal(store_commit(s), 0);
	assert_int_equal(at.found, 2);
	assert_int_equal(tally.outbox, 2);
	assert_int_equal(count(s, "outbox WHERE id IN (1, 4, 5, 6)"), 4);
	assert_int_equal(count(s, "outbox"), 4);
	assert_int_equal(count(s, "outbox_part"), 1);
	assert_int_equal(count(s, "outbox WHERE id = 6 AND alias = x'' AND number = x'' AND body IS NULL AND recipient = ''"), 1);
}

static void test_hashes_go_with_their_time(void **state)
{
	struct store *s = ((struct fixture *)*state)->store;
	struct retention_stretch dry = { 0 }, at = { 0 };

	store_begin(s);
	run(s, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1300) "
		"INSERT INTO inbound (hash, kind, row, time_ms) SELECT randomblob(32), 0, i, i FROM n");
	while (retention_hashes(s, &dry, 1000, true))
		;
	assert_int_equal(dry.found, 999);
	assert_int_equal(count(s, "inbound"), 1300);
	while (retention_hashes(s, &at, 1000, false))
		;
	assert_int_equal(store_commit(s), 0);
	assert_int_equal(at.found, 999);
	assert_int_equal(count(s, "inbound WHERE time_ms >= 1000"), 301);
	assert_int_equal(count(s, "inbound"), 301);
}

/* Who got a campaign and what they chose goes when it was over for long; its own row stays, and so does all of one that goes on. */
static void test_recipients_go_with_their_time(void **state)
{
	struct store *s = ((struct fixture *)*state)->store;
	struct retention_stretch dry = { 0 }, at = { 0 };
	int over = 0;

	store_begin(s);
	run(s, "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 12) INSERT INTO campaign (id, name, state, kind, made_by, made_ms) "
		"SELECT i + 1, 'c' || i, i, 0, 'Tuya', 5 FROM n"); /* one in each state */
	run(s, "INSERT INTO campaign (id, name, state, kind, made_by, made_ms, finished_ms) VALUES (20, 'young', 10, 0, 'Tuya', 5, 100)");
	run(s, "INSERT INTO campaign (id, name, state, kind, made_by, made_ms, answers_until_ms) VALUES (21, 'answers', 10, 0, 'Tuya', 5, 100)");
	run(s, "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 700) INSERT INTO campaign_recipient (campaign_id, "
		"subscriber_id, language, parts, updated_ms) SELECT c.id, i, 0, 1, 0 FROM n, campaign c WHERE i <= 3 OR c.id = 11");
	run(s, "INSERT INTO campaign_answer (campaign_id, subscriber_id, question, option, time_ms) SELECT id, 1, 1, 1, 0 FROM campaign");
	assert_int_equal(store_commit(s), 0);
	for (int c = 0; c < CAMPAIGN_STATES; c++)
		over += c == CAMPAIGN_FINISHED || c == CAMPAIGN_CANCELLED || c == CAMPAIGN_ARCHIVED;
	assert_int_equal(over, 3);
	assert_int_equal(CAMPAIGN_FINISHED, 10);
	while (retention_campaigns(s, &dry, 100, true))
		;
	assert_int_equal(dry.found, 701 + 2 * 4);
	store_begin(s);
	while (retention_campaigns(s, &at, 100, false))
		;
	assert_int_equal(store_commit(s), 0);
	assert_int_equal(at.found, dry.found);
	assert_int_equal(count(s, "campaign_recipient WHERE campaign_id IN (11, 12, 13)"), 0);
	assert_int_equal(count(s, "campaign_answer WHERE campaign_id IN (11, 12, 13)"), 0);
	assert_int_equal(count(s, "campaign_recipient"), 12 * 3);
	assert_int_equal(count(s, "campaign_answer"), 12);
	assert_int_equal(count(s, "campaign"), 15);
}

static void test_the_week_of_what_was_quarantined(void **state)
{
	struct store *s = ((struct fixture *)*state)->store;
	struct retention_week_row week;
	int64_t id, since_ms;

	store_begin(s);
	run(s, "INSERT INTO quarantine (id, modem, time_ms, reason, seen_ms, body, wrap, week) VALUES (7, 'm', 0, '', 3, x'00', x'00', '2026-W02')");
	assert_true(retention_next_quarantine(s, 0, &id, &since_ms));
	assert_int_equal(id, 7);
	assert_int_equal(since_ms, 3);
	retention_look_week(s, "2026-W02", &week);
	assert_true(week.any && week.waiting);
	retention_erase_quarantine(s, 7, 99);
	assert_int_equal(store_commit(s), 0);
	retention_look_week(s, "2026-W02", &week);
	assert_false(week.any);
	assert_int_equal(week.erased_ms, 99); /* its copies die with the key */
}

static void test_a_merged_case_keeps_its_target(void **state)
{
	struct store *s = ((struct fixture *)*state)->store;

	fill(s);
	store_begin(s);
	run(s, "UPDATE cases SET merged_into = 2 WHERE id = 1");
	assert_int_equal(store_commit(s), 0);
	assert_true(retention_case_is_needed(s, 2));
	assert_false(retention_case_is_needed(s, 1));
}

/* Silence, discretion and hours outlive the contact; what nobody wished does not. */
static void test_a_wish_outlives_the_contact(void **state)
{
	static const struct { enum contact_safety safety; int from_min, to_min; bool stays; } cases[] = {
		{ CONTACT_SILENT, 0, 0, true }, { CONTACT_DISCREET, 60, 120, true }, { CONTACT_UNKNOWN, 1080, 60, true },
		{ CONTACT_OK, 0, 0, false }, { CONTACT_UNKNOWN, 0, 0, false },
	};
	const size_t all = sizeof(cases) / sizeof(cases[0]);
	struct store *s = ((struct fixture *)*state)->store;

	for (size_t i = 0; i < all; i++) {
		struct retention_stretch dry = { 0 }, at = { 0 };
		uint8_t alias[CONTACT_ALIAS] = { (uint8_t)(i + 1) };
		struct contact_row row = { .answerable = true };
		store_begin(s);
		contact_insert(s, &row, alias, (const uint8_t *)"x", 1, 1);
		row.safety = (int)cases[i].safety;
		row.hours_from_min = cases[i].from_min;
		row.hours_to_min = cases[i].to_min;
		contact_update(s, &row);
		while (retention_contacts(s, &dry, 2, true))
			;
		assert_int_equal(count(s, "wish"), 0);
		while (retention_contacts(s, &at, 2, false))
			;
		assert_int_equal(at.found, 1);
		assert_false(contact_get_alias(s, alias, &row));
		assert_int_equal(count(s, "wish"), cases[i].stays);
		row = (struct contact_row){ .answerable = true };
		contact_insert(s, &row, alias, (const uint8_t *)"x", 1, 1);
		assert_true(contact_get_alias(s, alias, &row));
		assert_int_equal(row.safety, cases[i].stays ? (int)cases[i].safety : CONTACT_UNKNOWN);
		assert_int_equal(row.hours_from_min, cases[i].from_min);
		assert_int_equal(row.hours_to_min, cases[i].to_min);
		assert_int_equal(count(s, "wish"), 0);
		at = (struct retention_stretch){ 0 };
		row.safety = CONTACT_UNKNOWN;
		row.hours_from_min = row.hours_to_min = 0;
		contact_update(s, &row);
		while (retention_contacts(s, &at, 2, false))
			;
		assert_int_equal(store_commit(s), 0);
	}
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_no_table_is_forgotten), T(test_calls_go_with_their_time), T(test_a_case_goes_with_all_of_it), T(test_a_merged_case_keeps_its_target),
		T(test_every_table_lets_go_of_it), T(test_texts_sent_go_with_their_time), T(test_hashes_go_with_their_time), T(test_recipients_go_with_their_time), T(test_the_week_of_what_was_quarantined),
		T(test_a_wish_outlives_the_contact),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
