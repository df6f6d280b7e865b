/* Rows of the outbox and of alerts: a long queue costs no more than a short one, measured in steps of SQLite's
 * machine and by the absence of walks over a table, not by the clock. The figures by the clock are only printed. */
#include "cm.h"

#include <string.h>
#include <time.h>

#include "scratch.h"
#include "store/alert.h"
#include "store/case.h"
#include "store/outbox.h"

#define ROWS 10000
#define BATCH 32
#define NOW INT64_C(1000000)

enum { QUEUED, LEASED, SUBMITTING, SENT };

struct env {
	struct scratch scratch;
	struct store *s;
};

static sqlite3 *db_of(struct store *s)
{
	static struct store_sql sql = { .sql = "SELECT 1" };
	sqlite3_stmt *st = store_stmt(s, &sql);
	sqlite3 *db = sqlite3_db_handle(st);

	while (store_row(s, st))
		;
	return db;
}

static int setup(void **state)
{
	struct env *e = *state = test_calloc(1, sizeof(*e));
	char path[256];
	struct hl_reason why;

	scratch_new(&e->scratch);
	assert_int_equal(store_create(scratch_path(&e->scratch, "db", path), &why), 0);
	assert_int_equal(store_open(path, &e->s, &why), 0);
	assert_int_equal(sqlite3_exec(db_of(e->s),
		"INSERT INTO unit VALUES (1, 'ATPU', x'00', x'00');"
		"INSERT INTO contact (id, alias, number, answerable, first_ms) VALUES (1, x'01', x'02', 1, 1);"
		"INSERT INTO cases (id, code, contact_id, unit_id, state, kind, exploitation, urgency, child, opened_ms, updated_ms) "
		"VALUES (1, '0000000', 1, 1, 0, 0, 0, 1, 0, 1, 1);", NULL, NULL, NULL), SQLITE_OK);
	return 0;
}

static int teardown(void **state)
{
	struct env *e = *state;

	store_close(e->s);
	scratch_remove(&e->scratch);
	test_free(e);
	return 0;
}

static void add(struct store *s, int64_t id, int lane, int64_t not_before, const char *recipient, int64_t alert_id)
{
	struct outbox_row row = { .id = id, .lane = lane, .state = QUEUED, .alert_id = alert_id, .not_before_boot_ms = not_before,
		.report = true, .created_ms = 1, .updated_ms = 1 };
	const struct outbox_sealed sealed = { .alias = { 7 }, .number = { 9 }, .number_len = 60, .body = { 5 }, .body_len = 150 };

	strcpy(row.recipient, recipient);
	store_outbox_insert(s, &row, &sealed);
}

/* Highest count of a kind over all statements whose text has this in it, since they were counted last. */
static int worst(struct store *s, const char *with, int what)
{
	int most = 0;

	for (sqlite3_stmt *st = sqlite3_next_stmt(db_of(s), NULL); st; st = sqlite3_next_stmt(db_of(s), st)) {
		int n = sqlite3_stmt_status(st, what, 1);
		if (strstr(sqlite3_sql(st), with) && n > most)
			most = n;
	}
	return most;
}

static int64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

static void test_row_comes_back_as_it_went(void **state)
{
	struct store *s = ((struct env *)*state)->s;
	struct outbox_row row = { .id = 3, .lane = 1, .purpose = 2, .case_id = 1, .contact_id = 1, .recipient = "", .modem = "m1",
		.not_before_boot_ms = 5, .created_ms = 6, .updated_ms = 7 }, got;
	const struct outbox_sealed in = { .alias = { 1, 2 }, .number = { 3 }, .number_len = 4, .body = { 4 }, .body_len = 5,
		.discreet = { 6 }, .discreet_len = 7 };
	struct outbox_sealed sealed;

	store_begin(s);
	store_outbox_insert(s, &row, &in);
	assert_true(store_outbox_get(s, 3, &got));
	row.has_body = row.has_discreet = true;
	assert_memory_equal(&row, &got, sizeof(row));
	assert_true(store_outbox_get_sealed(s, 3, &sealed));
	assert_memory_equal(sealed.alias, in.alias, sizeof(in.alias));
	assert_int_equal(sealed.number_len, 4);
	assert_int_equal(sealed.body_len, 5);
	assert_int_equal(sealed.discreet_len, 7);
	row.state = SENT;
	row.attempts = 2;
	row.code = 41;
	strcpy(row.why, "why");
	row.has_body = row.has_discreet = false;
	store_outbox_update(s, &row, true);
	assert_true(store_outbox_get(s, 3, &got));
	assert_memory_equal(&row, &got, sizeof(row));
	assert_true(store_outbox_get_sealed(s, 3, &sealed));
	assert_int_equal(sealed.body_len, 0);
	assert_int_equal(sealed.discreet_len, 0);
	assert_false(store_outbox_get(s, 4, &got));
	assert_int_equal(store_outbox_max_id(s), 3);
	assert_int_equal(store_commit(s), 0);
}

static void test_waiting_in_order(void **state)
{
	struct store *s = ((struct env *)*state)->s;
	struct outbox_row rows[8];

	store_begin(s);
	add(s, 1, 0, 50, "", 0);
	add(s, 2, 0, 10, "", 0);
	add(s, 3, 0, 10, "", 0);
	add(s, 4, 1, 5, "", 0);
	add(s, 5, 0, 200, "", 0);
	store_outbox_lease(s, 3, LEASED, "m1", 9);
	assert_int_equal(store_outbox_waiting(s, 0, 0, 100, NULL, rows, 8), 2);
	assert_int_equal(rows[0].id, 2);
	assert_int_equal(rows[1].id, 1);
	assert_int_equal(store_outbox_waiting(s, 0, 0, 100, NULL, rows, 1), 1);
	assert_int_equal(store_outbox_next_due(s, 0, 0, 100), 200);
	assert_int_equal(store_outbox_next_due(s, 1, 0, 100), INT64_MAX);
	assert_int_equal(store_outbox_in_flight(s, rows, 8), 1);
	assert_string_equal(rows[0].modem, "m1");
	assert_int_equal(store_outbox_clamp_due(s, 150), 1);
	assert_int_equal(store_outbox_next_due(s, 0, 0, 100), 150);
	assert_int_equal(store_outbox_all_due(s), 4);
	assert_int_equal(store_outbox_list(s, true, 0, rows, 8), 5);
	assert_int_equal(rows[0].id, 5);
	store_commit(s);
}

static void add_urgent(struct store *s, int64_t id, int64_t not_before, int urgency)
{
	struct outbox_row row = { .id = id, .urgency = urgency, .not_before_boot_ms = not_before };
	const struct outbox_sealed sealed = { .alias = { 7 }, .number = { 9 }, .number_len = 60, .body = { 5 }, .body_len = 150 };

	store_outbox_insert(s, &row, &sealed);
}

static void test_the_most_urgent_goes_first(void **state)
{
	static const int64_t order[] = { 5, 4, 2, 6, 1 };
	struct store *s = ((struct env *)*state)->s;
	struct outbox_row rows[8];

	store_begin(s);
	add_urgent(s, 1, 10, 1);
	add_urgent(s, 2, 20, 3);
	add_urgent(s, 3, 300, 4); /* not due */
	add_urgent(s, 4, 15, 3);
	add_urgent(s, 5, 90, 4);
	add_urgent(s, 6, 20, 3);
	assert_int_equal(store_outbox_waiting(s, 0, 0, 100, NULL, rows, 8), 5);
	for (size_t i = 0; i < 5; i++)
		assert_int_equal(rows[i].id, order[i]);
	assert_int_equal(store_outbox_waiting(s, 0, 0, 100, NULL, rows, 2), 2);
	assert_int_equal(rows[1].id, 4);
	for (size_t i = 2; i < 5; i++) { /* one after another, across urgencies */
		const struct outbox_row last = rows[1];
		assert_int_equal(store_outbox_waiting(s, 0, 0, 100, &last, &rows[1], 1), 1);
		assert_int_equal(rows[1].id, order[i]);
	}
	assert_int_equal(store_outbox_waiting(s, 0, 0, 100, &rows[1], rows, 1), 0);
	assert_int_equal(store_outbox_next_due(s, 0, 0, 12), 15);
	assert_int_equal(store_outbox_next_due(s, 0, 0, 100), 300);
	store_commit(s);
}

static bool find_part_at(struct store *s, const char *imsi, int64_t mr, const uint8_t *alias, int64_t sent_ms, int64_t oldest_ms,
	int64_t *id, int64_t *seq, int64_t *status)
{
	const struct outbox_report_key key = { imsi, mr, alias, oldest_ms, sent_ms };

	return store_outbox_part_find(s, &key, id, seq, status);
}

/* Of now, which is after all of them. */
static bool find_part(struct store *s, const char *imsi, int64_t mr, const uint8_t *alias, int64_t *id, int64_t *seq,
	int64_t *status)
{
	return find_part_at(s, imsi, mr, alias, INT64_C(1) << 40, 0, id, seq, status);
}

static void test_a_long_queue_costs_no_more(void **state)
{
	struct store *s = ((struct env *)*state)->s;
	struct outbox_row rows[BATCH];
	uint8_t alias[STORE_ALIAS] = { 7 };
	int64_t id, seq, status, began, took, more;

	store_begin(s);
	for (int64_t i = 1; i <= ROWS; i++) {
		add(s, i, 0, NOW - ROWS + i, i % 2 ? "Duty 1" : "Coordinator", (i + 1) / 2);
		if (i % 7 == 0) {
			struct outbox_row row;
			assert_true(store_outbox_get(s, i, &row));
			row.state = SENT;
			store_outbox_update(s, &row, true);
			store_outbox_part_set(s, i, 1, "428990000000001", i % 256, i);
		}
	}
	assert_int_equal(store_commit(s), 0);
	worst(s, "", SQLITE_STMTSTATUS_VM_STEP);
	worst(s, "", SQLITE_STMTSTATUS_FULLSCAN_STEP);
	worst(s, "", SQLITE_STMTSTATUS_SORT);

	store_begin(s);
	began = now_ns();
	assert_int_equal(store_outbox_waiting(s, 0, 0, NOW, NULL, rows, BATCH), BATCH);
	took = now_ns() - began;
	store_outbox_lease(s, rows[0].id, LEASED, "m1", 9);
	store_outbox_waiting(s, 1, 0, NOW, NULL, rows, BATCH);
	store_outbox_next_due(s, 0, 0, NOW);
	assert_int_equal(store_outbox_in_flight(s, rows, BATCH), 1);
	assert_true(store_outbox_alert_waiting(s, ROWS / 2, 0, "Duty 1"));
	store_outbox_alert_last(s, ROWS / 2, "Duty 1");
	assert_true(find_part(s, "428990000000001", 14, alias, &id, &seq, &status));
	store_outbox_parts(s, id);
	began = now_ns();
	store_outbox_waiting(s, 0, 0, NOW, &(struct outbox_row){ .id = ROWS / 2, .not_before_boot_ms = NOW - ROWS / 2 }, rows, BATCH);
	more = now_ns() - began;
	assert_int_equal(store_commit(s), 0);
	print_message("of %d queued: the next %d in %lld us, then in %lld us\n", ROWS, BATCH, (long long)took / 1000,
		(long long)more / 1000);
	assert_int_equal(worst(s, "outbox", SQLITE_STMTSTATUS_FULLSCAN_STEP), 0);
	assert_int_equal(worst(s, "outbox", SQLITE_STMTSTATUS_SORT), 0);
	assert_in_range(worst(s, "outbox", SQLITE_STMTSTATUS_VM_STEP), 1, 96 * BATCH);
}

static void test_parts(void **state)
{
	struct store *s = ((struct env *)*state)->s;
	uint8_t alias[STORE_ALIAS] = { 7 }, other[STORE_ALIAS] = { 8 };
	int64_t id, seq, status;
	struct outbox_parts p;

	store_begin(s);
	add(s, 1, 0, 0, "", 0);
	add(s, 2, 0, 0, "", 0);
	store_outbox_part_set(s, 1, 1, "428990000000001", 9, 1000);
	store_outbox_part_set(s, 1, 2, "428990000000001", 10, 1000);
	store_outbox_part_set(s, 2, 1, "428990000000001", 9, 9000);
	assert_true(find_part(s, "428990000000001", 9, alias, &id, &seq, &status));
	assert_int_equal(id, 2); /* the newest */
	assert_true(find_part_at(s, "428990000000001", 9, alias, 2000, 0, &id, &seq, &status));
	assert_int_equal(id, 1); /* the nearest */
	assert_true(find_part_at(s, "428990000000001", 9, alias, 2000, 5000, &id, &seq, &status));
	assert_int_equal(id, 2); /* the only one that is not too old */
	assert_true(find_part(s, "428990000000001", 9, alias, &id, &seq, &status));
	assert_int_equal(status, -1);
	assert_true(find_part(s, "428990000000001", 10, alias, &id, &seq, &status));
	assert_int_equal(id, 1);
	assert_int_equal(seq, 2);
	assert_false(find_part(s, "428990000000001", 10, other, &id, &seq, &status));
	assert_false(find_part(s, "428990000000002", 10, alias, &id, &seq, &status));
	store_outbox_part_status(s, 1, 1, 0);
	store_outbox_part_status(s, 1, 2, 48);
	p = store_outbox_parts(s, 1);
	assert_int_equal(p.parts, 2);
	assert_int_equal(p.delivered, 1);
	assert_int_equal(p.failed, 0);
	store_outbox_part_status(s, 1, 2, 64);
	assert_int_equal(store_outbox_parts(s, 1).failed, 1);
	store_commit(s);
}

/* ---- alerts ------------------------------------------------------------------------------------------------------------------ */

static int64_t add_alert(struct store *s, int64_t due)
{
	const struct alert_row row = { .case_id = 1, .urgency = 2, .due_boot_ms = due, .raised_boot_ms = due - 100, .created_ms = 5 };

	return store_alert_insert(s, &row);
}

struct listed { struct case_row rows[20]; size_t n; };

static bool list_row(const struct case_row *row, void *arg)
{
	struct listed *l = arg;

	l->rows[l->n++] = *row;
	return l->n < 20;
}

/* However many cases are open, the first of the queue are found without a sort. */
static void test_a_long_list_of_cases_costs_no_more(void **state)
{
	static const char fill[] = "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) "
		"INSERT INTO cases (id, code, contact_id, unit_id, state, kind, exploitation, urgency, priority, child, opened_ms, "
		"updated_ms, due_ms) SELECT i, i, 1, 1, 2, 1, 1, 1, 1 + i % 4, 0, i, i, 10000 - i FROM n";
	struct store *s = ((struct env *)*state)->s;
	struct listed l = { .n = 0 };

	assert_int_equal(sqlite3_exec(db_of(s), fill, NULL, NULL, NULL), SQLITE_OK);
	worst(s, "", SQLITE_STMTSTATUS_VM_STEP);
	cases_each(s, CASES_QUEUE, (struct cases_filter){ 1, true }, NULL, list_row, &l);
	assert_int_equal(l.n, 20);
	for (size_t i = 0; i < l.n; i++) {
		assert_int_equal(l.rows[i].priority, 4);
		assert_int_equal(l.rows[i].due_ms, 10000 - l.rows[i].id);
		assert_int_equal(l.rows[i].id, 4999 - 4 * (int64_t)i);
	}
	assert_in_range(worst(s, "FROM cases", SQLITE_STMTSTATUS_VM_STEP), 1, 60 * 20);
}

static void test_alerts_due(void **state)
{
	struct store *s = ((struct env *)*state)->s;
	struct alert_row rows[4], row;
	int64_t first, last;

	store_begin(s);
	first = add_alert(s, 100);
	last = add_alert(s, 200);
	assert_int_equal(store_alert_next_due(s), 100);
	assert_int_equal(store_alert_due(s, 99, rows, 4), 0);
	assert_int_equal(store_alert_due(s, 200, rows, 4), 2);
	assert_int_equal(rows[0].id, first);
	assert_true(store_alert_get(s, first, &row));
	row.state = 5; /* acted on: until then its deadline is watched */
	row.acknowledged_ms = 77;
	strcpy(row.acknowledged_by, "Duty 1");
	store_alert_update(s, &row);
	assert_int_equal(store_alert_next_due(s), 200);
	assert_true(store_alert_of_case(s, 1, true, &row));
	assert_int_equal(row.id, last);
	store_alert_clamp_due(s, 150);
	assert_int_equal(store_alert_next_due(s), 150);
	store_alert_new_boot(s, 10, 65);
	assert_true(store_alert_get(s, last, &row));
	assert_int_equal(row.due_boot_ms, 0);
	assert_int_equal(row.raised_boot_ms, 10 - 60); /* as long ago as the wall clock says */
	store_alert_new_boot(s, 10, -1000000);
	assert_true(store_alert_get(s, last, &row));
	assert_int_equal(row.raised_boot_ms, 10);      /* never in the future */
	assert_true(store_alert_get(s, first, &row));
	assert_int_equal(row.due_boot_ms, 100);        /* what is over stays */
	assert_int_equal(store_alert_list(s, true, 0, rows, 4), 1);
	assert_int_equal(store_alert_list(s, false, 0, rows, 4), 2);
	store_commit(s);
}

static void test_open_for(void **state)
{
	struct store *s = ((struct env *)*state)->s;
	struct alert_row rows[4];
	int64_t a, b;

	store_begin(s);
	a = add_alert(s, 100);
	b = add_alert(s, 200);
	add(s, 1, 0, 0, "Duty 1", a);
	add(s, 2, 0, 0, "Duty 1", b);
	assert_int_equal(store_alert_open_for(s, "Duty 1", rows, 4), 0); /* neither has left the house */
	store_outbox_lease(s, 2, SUBMITTING, "m1", 1);
	assert_int_equal(store_alert_open_for(s, "Duty 1", rows, 4), 1);
	assert_int_equal(rows[0].id, b);
	assert_int_equal(store_alert_open_for(s, "Duty 2", rows, 4), 0);
	store_commit(s);
}

static void test_many_open_alerts_cost_no_more(void **state)
{
	struct store *s = ((struct env *)*state)->s;
	struct alert_row rows[BATCH];

	store_begin(s);
	for (int i = 0; i < ROWS; i++)
		add_alert(s, NOW + i);
	assert_int_equal(store_commit(s), 0);
	worst(s, "", SQLITE_STMTSTATUS_VM_STEP);
	worst(s, "", SQLITE_STMTSTATUS_FULLSCAN_STEP);
	worst(s, "", SQLITE_STMTSTATUS_SORT);
	store_begin(s);
	assert_int_equal(store_alert_next_due(s), NOW);
	assert_int_equal(store_alert_due(s, NOW + ROWS, rows, BATCH), BATCH);
	assert_int_equal(store_alert_due(s, NOW - 1, rows, BATCH), 0);
	store_alert_update(s, &rows[0]);
	assert_int_equal(store_commit(s), 0);
	assert_int_equal(worst(s, "alert", SQLITE_STMTSTATUS_FULLSCAN_STEP), 0);
	assert_int_equal(worst(s, "alert", SQLITE_STMTSTATUS_SORT), 0);
	assert_in_range(worst(s, "alert", SQLITE_STMTSTATUS_VM_STEP), 1, 48 * BATCH);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_row_comes_back_as_it_went),
		T(test_waiting_in_order),
		T(test_the_most_urgent_goes_first),
		T(test_a_long_queue_costs_no_more),
		T(test_parts),
		T(test_a_long_list_of_cases_costs_no_more),
		T(test_alerts_due),
		T(test_open_for),
		T(test_many_open_alerts_cost_no_more),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
