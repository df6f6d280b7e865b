/* The store's door: who may open what, transactions, meta and the audit chain, on real files. */
#include "cm.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "scratch.h"
#include "store/audit.h"
#include "store/inside.h"
#include "store/meta.h"
#include "store/migrate.h"

struct fixture {
	struct scratch scratch;
	char path[256];
	struct store *store;
};

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	scratch_new(&f->scratch);
	scratch_path(&f->scratch, "hotline.db", f->path);
	assert_int_equal(store_create(f->path, NULL), 0);
	assert_int_equal(store_open(f->path, &f->store, NULL), 0);
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

static void reopen(struct fixture *f)
{
	store_close(f->store);
	assert_int_equal(store_open(f->path, &f->store, NULL), 0);
}

/* With a plain connection, as somebody would who edits the file by hand. */
static void edit(struct fixture *f, const char *sql)
{
	sqlite3 *db = NULL;

	store_close(f->store);
	f->store = NULL;
	assert_int_equal(sqlite3_open(f->path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
}

static int64_t pragma(struct fixture *f, const char *sql)
{
	int64_t value;

	assert_int_equal(store_pragma_int(f->store->db, sql, &value), SQLITE_OK);
	return value;
}

static void test_settings(void **state)
{
	struct fixture *f = *state;
	struct stat st;
	char shm[300];

	assert_int_equal(pragma(f, "PRAGMA synchronous"), 2);
	assert_int_equal(pragma(f, "PRAGMA secure_delete"), 1);
	assert_int_equal(pragma(f, "PRAGMA foreign_keys"), 1);
	assert_int_equal(pragma(f, "PRAGMA temp_store"), 2);
	assert_int_equal(pragma(f, "PRAGMA application_id"), STORE_APPLICATION_ID);
	assert_int_equal(pragma(f, "PRAGMA user_version"), store_schema_newest());
	assert_int_equal(pragma(f, "PRAGMA cache_size"), -4096);
	assert_int_equal(stat(f->path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	snprintf(shm, sizeof(shm), "%s-shm", f->path);
	assert_int_equal(access(shm, F_OK), -1); /* exclusive: no shared memory beside it */
}

static void test_create_never_overwrites(void **state)
{
	struct fixture *f = *state;
	struct hl_reason why;

	assert_int_equal(store_create(f->path, &why), HL_EEXIST);
	assert_non_null(strstr(why.text, f->path));
	reopen(f);
}

/* The database is gone but its log is there: played into a new one it would ruin it, and it may hold what was lost. */
static void test_create_beside_a_log(void **state)
{
	static const char *const suffixes[] = { "-wal", "-journal" };
	struct fixture *f = *state;
	struct hl_reason why;
	char path[256], log[300];

	scratch_path(&f->scratch, "other.db", path);
	for (size_t i = 0; i < 2; i++) {
		snprintf(log, sizeof(log), "%s%s", path, suffixes[i]);
		fclose(fopen(log, "w"));
		assert_int_equal(store_create(path, &why), HL_EEXIST);
		assert_non_null(strstr(why.text, log));
		assert_int_equal(access(path, F_OK), -1);
		assert_int_equal(unlink(log), 0);
	}
	assert_int_equal(store_create(path, &why), 0);
}

static void test_missing_is_not_created(void **state)
{
	struct fixture *f = *state;
	struct store *s = NULL;
	struct hl_reason why;
	char path[256];

	scratch_path(&f->scratch, "absent.db", path);
	assert_int_equal(store_open(path, &s, &why), HL_ENOENT);
	assert_null(s);
	assert_non_null(strstr(why.text, "init"));
	assert_int_equal(access(path, F_OK), -1);
}

static void test_second_opener_is_refused(void **state)
{
	struct fixture *f = *state;
	struct store *s;
	struct hl_reason why;
	pid_t pid;
	int status;

	assert_int_equal(store_open(f->path, &s, &why), HL_EBUSY);
	pid = fork();
	if (pid == 0)
		_exit(store_open(f->path, &s, &why) == HL_EBUSY ? 0 : 1);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

struct refusal { const char *name, *edit; int err; const char *word; };

static void test_refusals(void **state)
{
	static const struct refusal rows[] = {
		{ "newer", "PRAGMA user_version = 99", HL_EVERSION, "99" },
		{ "another application", "PRAGMA application_id = 7", HL_ECORRUPT, "not made by hotlined" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct hl_reason why;
		edit(f, rows[i].edit);
		assert_int_equal(store_open(f->path, &f->store, &why), rows[i].err);
		assert_null(f->store);
		assert_non_null(strstr(why.text, rows[i].word));
	}
}

static void write_file(const char *path, const void *data, size_t len)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(data, 1, len, file), len);
	fclose(file);
}

static void test_not_a_database(void **state)
{
	struct fixture *f = *state;
	struct hl_reason why;

	store_close(f->store);
	write_file(f->path, "once upon a time there was a file that was no database at all, but was long enough to look at it closely;"
		" it went on and on until it had the hundred octets of a header", 160);
	assert_int_equal(store_open(f->path, &f->store, &why), HL_ECORRUPT);
	write_file(f->path, "", 0);
	assert_int_equal(store_open(f->path, &f->store, &why), HL_ECORRUPT); /* empty: not ours, and not made ours */
}

static void test_migration_from_older(void **state)
{
	struct fixture *f = *state;
	int64_t value = 0;

	/* As a database of version 0 with our mark: everything is made on opening. */
	store_close(f->store);
	f->store = NULL;
	unlink(f->path);
	write_file(f->path, "", 0);
	edit(f, "PRAGMA application_id = 1215263820; CREATE TABLE keep (x); INSERT INTO keep VALUES (5);");
	assert_int_equal(STORE_APPLICATION_ID, 1215263820);
	reopen(f);
	assert_int_equal(pragma(f, "PRAGMA user_version"), store_schema_newest());
	assert_int_equal(pragma(f, "SELECT x FROM keep"), 5);
	store_begin(f->store);
	meta_set_int(f->store, "n", 7);
	assert_int_equal(store_commit(f->store), 0);
	assert_true(meta_get_int(f->store, "n", &value));
	assert_int_equal(value, 7);
}

static void test_failed_migration_leaves_nothing(void **state)
{
	struct fixture *f = *state;
	sqlite3 *db = NULL;
	struct hl_reason why;

	store_close(f->store);
	f->store = NULL;
	unlink(f->path);
	write_file(f->path, "", 0);
	edit(f, "PRAGMA application_id = 1215263820; CREATE TABLE audit (x)"); /* in the way of schema 1, near its end */
	assert_int_not_equal(store_open(f->path, &f->store, &why), 0);
	assert_int_equal(sqlite3_open(f->path, &db), SQLITE_OK);
	int64_t tables, version;
	assert_int_equal(store_pragma_int(db, "SELECT count(*) FROM sqlite_schema", &tables), SQLITE_OK);
	assert_int_equal(store_pragma_int(db, "PRAGMA user_version", &version), SQLITE_OK);
	sqlite3_close(db);
	assert_int_equal(tables, 1);
	assert_int_equal(version, 0);
}

static void test_meta(void **state)
{
	struct fixture *f = *state;
	char text[8];
	uint8_t blob[4];
	int64_t n = 3;

	store_begin(f->store);
	meta_set_text(f->store, "word", "first");
	meta_set_text(f->store, "word", "a longer word");
	meta_set_blob(f->store, "blob", "\0\1\2\3", 4);
	meta_set_int(f->store, "n", INT64_MIN);
	assert_int_equal(store_commit(f->store), 0);
	reopen(f);
	assert_true(meta_get_text(f->store, "word", text, sizeof(text)));
	assert_string_equal(text, "a longe");
	assert_true(meta_get_blob(f->store, "blob", blob, 4));
	assert_memory_equal(blob, "\0\1\2\3", 4);
	assert_false(meta_get_blob(f->store, "blob", blob, 3)); /* must fit exactly */
	assert_false(meta_get_int(f->store, "word", &n));
	assert_false(meta_get_int(f->store, "absent", &n));
	assert_int_equal(n, 3);
	assert_true(meta_get_int(f->store, "n", &n));
	assert_true(n == INT64_MIN);
}

static struct store_sql unit_sql = {
	"INSERT INTO unit (id, name, public, recovery_sealed) VALUES (?, ?, x'', x'')", 0 };

static int insert_unit(struct store *s, int64_t id, const char *name)
{
	sqlite3_stmt *st = store_stmt(s, &unit_sql);

	store_bind(s, st, "it", id, name);
	return store_run(s, st);
}

static void test_first_error_sticks(void **state)
{
	struct fixture *f = *state;
	struct store *s = f->store;

	store_begin(s);
	store_begin(s); /* nothing */
	assert_true(store_in_transaction(s));
	assert_int_equal(insert_unit(s, 1, "one"), 1);
	assert_int_equal(insert_unit(s, 1, "two"), 0);
	assert_int_equal(store_error(s), HL_EEXIST);
	store_fail(s, HL_EIO);
	assert_int_equal(store_error(s), HL_EEXIST);
	assert_null(store_stmt(s, &unit_sql));
	assert_int_equal(insert_unit(s, 3, "three"), 0);
	assert_int_equal(store_commit(s), HL_EEXIST);
	assert_false(store_in_transaction(s));
	assert_int_equal(pragma(f, "SELECT count(*) FROM unit"), 0);
	store_begin(s); /* and the next one is clean */
	assert_int_equal(insert_unit(s, 1, "one"), 1);
	assert_int_equal(store_last_id(s), 1);
	assert_int_equal(store_commit(s), 0);
	assert_int_equal(pragma(f, "SELECT count(*) FROM unit"), 1);
	store_begin(s);
	insert_unit(s, 2, "two");
	store_rollback(s);
	store_begin(s);
	insert_unit(s, 2, "two");
	store_fail(s, HL_ESTATE); /* a caller that cannot go on */
	assert_int_equal(store_commit(s), HL_ESTATE);
	assert_int_equal(pragma(f, "SELECT count(*) FROM unit"), 1);
}

static void test_foreign_keys_hold(void **state)
{
	static struct store_sql sql = {
		"INSERT INTO person (name, role, unit_id, public, secret_blob, created_ms) VALUES ('a', 'officer', 77, x'', x'', 0)", 0 };
	struct fixture *f = *state;

	store_begin(f->store);
	store_run(f->store, store_stmt(f->store, &sql));
	assert_int_equal(store_commit(f->store), HL_EINVAL);
}

static void test_two_stores_one_process(void **state)
{
	struct fixture *f = *state;
	struct store *other;
	char path[256];

	scratch_path(&f->scratch, "other.db", path);
	assert_int_equal(store_create(path, NULL), 0);
	assert_int_equal(store_open(path, &other, NULL), 0);
	store_begin(f->store);
	store_begin(other);
	assert_int_equal(insert_unit(f->store, 1, "here"), 1);
	assert_int_equal(insert_unit(other, 1, "there"), 1);
	assert_int_equal(store_commit(other), 0);
	store_close(other);
	assert_int_equal(insert_unit(f->store, 2, "here too"), 1);
	assert_int_equal(store_commit(f->store), 0);
	reopen(f);
	assert_int_equal(pragma(f, "SELECT count(*) FROM unit"), 2);
}

static void test_columns(void **state)
{
	static struct store_sql sql = { "SELECT ?, ?, ?, ?, ?", 0 };
	struct fixture *f = *state;
	char text[4];
	uint8_t blob[4];
	sqlite3_stmt *st = store_stmt(f->store, &sql);

	store_bind(f->store, st, "tbtbn", "abcdef", (const void *)"\1\2\3", (size_t)3, NULL, (const void *)NULL, (size_t)0);
	assert_true(store_row(f->store, st));
	store_column_text(st, 0, text, sizeof(text));
	assert_string_equal(text, "abc");
	assert_int_equal(store_column_blob(st, 1, blob, sizeof(blob)), 3);
	assert_int_equal(store_column_blob(st, 1, blob, 2), 0);
	store_column_text(st, 2, text, sizeof(text));
	assert_string_equal(text, "");
	assert_int_equal(store_column_blob(st, 3, blob, sizeof(blob)), 0);
	assert_int_equal(sqlite3_column_type(st, 4), SQLITE_NULL);
	assert_false(store_row(f->store, st));
}

/* A statement left in the middle of its rows must not hold back the commit or the log. */
static void test_unfinished_rows(void **state)
{
	static struct store_sql sql = { "SELECT name FROM unit", 0 };
	struct fixture *f = *state;
	struct store_health h;

	store_begin(f->store);
	insert_unit(f->store, 1, "one");
	insert_unit(f->store, 2, "two");
	assert_true(store_row(f->store, store_stmt(f->store, &sql)));
	assert_int_equal(store_commit(f->store), 0);
	assert_true(store_row(f->store, store_stmt(f->store, &sql)));
	store_scrub(f->store);
	store_health(f->store, &h);
	assert_int_equal(h.wal_bytes, 0);
	assert_true(h.database_bytes > 4096);
	assert_true(h.free_bytes > 0);
}

static void test_log_is_bounded(void **state)
{
	static struct store_sql sql = { "INSERT INTO meta (key, value) VALUES (?, ?)", 0 };
	struct fixture *f = *state;
	static char page[40000];
	struct store_health h;
	char key[16];

	memset(page, 'x', sizeof(page));
	for (int i = 0; i < STORE_WAL_PAGES_MOST / 5; i++) { /* ten pages each, never tidied */
		sqlite3_stmt *st;
		store_begin(f->store);
		st = store_stmt(f->store, &sql);
		snprintf(key, sizeof(key), "%d", i);
		store_bind(f->store, st, "tb", key, (const void *)page, sizeof(page));
		store_run(f->store, st);
		assert_int_equal(store_commit(f->store), 0);
		store_health(f->store, &h);
		assert_true(h.wal_bytes < (STORE_WAL_PAGES_MOST + 50) * 4200LL);
	}
	assert_true(f->store->wal_pages > STORE_WAL_PAGES);
	store_tidy(f->store, false);
	assert_int_equal(f->store->wal_pages, 0);
}

/* One change more in a log of some length: it is moved now, or only when it is longer, as the store is busy or not. */
static void test_tidy_when_calm(void **state)
{
	static const struct { int pages; bool busy, moved; } rows[] = {
		{ STORE_WAL_PAGES - 1, false, false }, { STORE_WAL_PAGES, false, true }, { STORE_WAL_PAGES, true, false },
		{ STORE_WAL_PAGES_BUSY - 1, true, false }, { STORE_WAL_PAGES_BUSY, true, true },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		store_begin(f->store);
		meta_set_text(f->store, "k", "v");
		assert_int_equal(store_commit(f->store), 0);
		f->store->wal_pages = rows[i].pages;
		store_tidy(f->store, rows[i].busy);
		assert_int_equal(f->store->wal_pages == 0, rows[i].moved);
	}
}

static void test_deleted_is_gone(void **state)
{
	static const char word[] = "a-word-that-stands-nowhere-else";
	static struct store_sql delete_sql = { "DELETE FROM meta WHERE key = 'k'", 0 };
	struct fixture *f = *state;
	char wal[300];

	snprintf(wal, sizeof(wal), "%s-wal", f->path);
	store_begin(f->store);
	meta_set_text(f->store, "k", word);
	assert_int_equal(store_commit(f->store), 0);
	assert_true(scratch_holds(wal, word, strlen(word)));
	store_scrub(f->store);
	assert_true(scratch_holds(f->path, word, strlen(word)));
	store_begin(f->store);
	store_run(f->store, store_stmt(f->store, &delete_sql));
	assert_int_equal(store_commit(f->store), 0);
	store_scrub(f->store);
	assert_false(scratch_holds(wal, word, strlen(word)));
	assert_false(scratch_holds(f->path, word, strlen(word)));
}

static void append_some(struct store *s)
{
	store_begin(s);
	audit_append(s, 1000, "core", "case.open", "1234567", "");
	audit_append(s, 2000, "Bold", "login", "", "ok");
	audit_append(s, 2000, "Bold", "case.show", "1234567", "");
	assert_int_equal(store_commit(s), 0);
}

static void test_audit_chain(void **state)
{
	struct fixture *f = *state;
	struct audit_row rows[2];
	char empty[65], head[65], again[65];
	int64_t n, bad;

	assert_int_equal(audit_verify(f->store, &n, empty, &bad), 0);
	assert_int_equal(n, 0);
	append_some(f->store);
	assert_int_equal(audit_verify(f->store, &n, head, &bad), 0);
	assert_int_equal(n, 3);
	assert_int_equal(strlen(head), 64);
	assert_string_not_equal(head, empty);
	reopen(f);
	assert_int_equal(audit_verify(f->store, &n, again, &bad), 0);
	assert_string_equal(head, again);
	assert_int_equal(audit_list_before(f->store, INT64_MAX, rows, 2), 2);
	assert_string_equal(rows[0].action, "case.show");
	assert_int_equal(rows[0].id, 3);
	assert_string_equal(rows[1].actor, "Bold");
	assert_string_equal(rows[1].detail, "ok");
	assert_int_equal(rows[1].time_ms, 2000);
}

struct tamper { const char *sql; int64_t bad; };

static void test_audit_shows_edits(void **state)
{
	static const struct tamper rows[] = {
		{ "UPDATE audit SET detail = 'no' WHERE id = 2", 2 },
		{ "UPDATE audit SET time_ms = time_ms + 1 WHERE id = 1", 1 },
		{ "UPDATE audit SET actor = 'Boldlogin', action = '' WHERE id = 2", 2 },
		{ "UPDATE audit SET object = '1234568' WHERE id = 3", 3 },
		{ "UPDATE audit SET hash = zeroblob(32) WHERE id = 3", 3 },
		{ "UPDATE audit SET hash = x'' WHERE id = 1", 1 },
		{ "DELETE FROM audit WHERE id = 2", 3 },
		{ "DELETE FROM audit WHERE id = 1", 2 },
		{ "UPDATE audit SET id = id + 10", 11 },
	};
	char head[65];
	int64_t n, bad;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		teardown(state);
		setup(state);
		struct fixture *f = *state;
		append_some(f->store);
		edit(f, rows[i].sql);
		assert_int_equal(store_open(f->path, &f->store, NULL), 0);
		assert_int_equal(audit_verify(f->store, &n, head, &bad), HL_ECORRUPT);
		assert_int_equal(bad, rows[i].bad);
	}
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_settings), T(test_create_never_overwrites), T(test_create_beside_a_log), T(test_missing_is_not_created), T(test_second_opener_is_refused),
		T(test_refusals), T(test_not_a_database), T(test_migration_from_older), T(test_failed_migration_leaves_nothing),
		T(test_meta), T(test_first_error_sticks), T(test_foreign_keys_hold), T(test_two_stores_one_process), T(test_columns),
		T(test_unfinished_rows), T(test_log_is_bounded), T(test_tidy_when_calm), T(test_deleted_is_gone), T(test_audit_chain),
		T(test_audit_shows_edits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
