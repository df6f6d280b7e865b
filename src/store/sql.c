/* Statements: prepared once, bound, run, read; result codes become ours. */
#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/log.h"
#include "base/mem.h"
#include "store/inside.h"

struct result { int code, err; }; /* extended codes first: the table is searched in order */

static const struct result results[] = {
	{ SQLITE_CONSTRAINT_UNIQUE, HL_EEXIST },
	{ SQLITE_CONSTRAINT_PRIMARYKEY, HL_EEXIST },
	{ SQLITE_CONSTRAINT, HL_EINVAL },
	{ SQLITE_MISMATCH, HL_EINVAL },
	{ SQLITE_FULL, HL_EFULL },
	{ SQLITE_BUSY, HL_EBUSY },
	{ SQLITE_LOCKED, HL_EBUSY },
	{ SQLITE_CORRUPT, HL_ECORRUPT },
	{ SQLITE_NOTADB, HL_ECORRUPT },
	{ SQLITE_TOOBIG, HL_ERANGE },
};

int store_error_of(sqlite3 *db, int rc, const char *doing)
{
	int err = HL_EIO;

	if (rc == SQLITE_IOERR_FSYNC || rc == SQLITE_IOERR_DIR_FSYNC)
		hl_fatal(EX_IOERR, "the disk failed to keep what was written to the database (fsync): check the disk, then start again");
	if ((rc & 0xff) == SQLITE_NOMEM)
		hl_fatal(EX_OSERR, "out of memory");
	for (size_t i = 0; i < sizeof(results) / sizeof(results[0]); i++) {
		if (results[i].code == rc || results[i].code == (rc & 0xff)) {
			err = results[i].err;
			break;
		}
	}
	if (err != HL_EFULL) /* that has its own line, once */
		hl_log(HL_LOG_ERR, "store", "failed doing=%s code=%d error=\"%s\"", doing, rc, db ? sqlite3_errstr(rc) : "no connection");
	return err;
}

int store_fail_open(sqlite3 *db, int rc, const char *doing, const char *path, struct hl_reason *reason)
{
	int err = store_error_of(db, rc, "open");

	if (err == HL_EBUSY)
		return hl_fail(reason, err, "%s is in use by another process; only one hotlined may have it", path);
	if (err == HL_EFULL)
		return hl_fail(reason, err, "%s %s failed: no space on its file system; free some", doing, path);
	if (err == HL_ECORRUPT)
		return hl_fail(reason, err, "%s is damaged; restore it from a backup", path);
	return hl_fail(reason, err, "%s %s failed: %s", doing, path, sqlite3_errstr(rc));
}

int store_pragma_int(sqlite3 *db, const char *sql, int64_t *value)
{
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v2(db, sql, -1, &st, NULL);

	*value = 0;
	if (rc == SQLITE_OK)
		rc = sqlite3_step(st);
	if (rc == SQLITE_ROW) {
		*value = sqlite3_column_int64(st, 0);
		rc = SQLITE_OK;
	}
	sqlite3_finalize(st);
	return rc;
}

void store_reset_statements(struct store *s)
{
	for (size_t i = 0; i < s->statement_count; i++)
		if (s->statements[i] && sqlite3_stmt_busy(s->statements[i]))
			sqlite3_reset(s->statements[i]);
}

void store_finalize_statements(struct store *s)
{
	for (size_t i = 0; i < s->statement_count; i++)
		sqlite3_finalize(s->statements[i]);
	free(s->statements);
	s->statements = NULL;
	s->statement_count = 0;
}

/* The statement's place in every store's array: numbers are given in order of first use and never change. */
static sqlite3_stmt **place_of(struct store *s, struct store_sql *sql)
{
	static int slots;

	if (!sql->slot)
		sql->slot = ++slots;
	if ((size_t)sql->slot > s->statement_count) {
		size_t count = (size_t)sql->slot + 31;
		s->statements = hl_realloc_array(s->statements, count, sizeof(*s->statements));
		memset(s->statements + s->statement_count, 0, (count - s->statement_count) * sizeof(*s->statements));
		s->statement_count = count;
	}
	return &s->statements[sql->slot - 1];
}

sqlite3_stmt *store_stmt(struct store *s, struct store_sql *sql)
{
	sqlite3_stmt **st = place_of(s, sql);
	int rc;

	if (!s->in_transaction)
		s->err = 0; /* a read alone: its error is its own */
	if (s->err)
		return NULL;
	if (*st) {
		sqlite3_reset(*st);
		sqlite3_clear_bindings(*st);
		return *st;
	}
	rc = sqlite3_prepare_v3(s->db, sql->sql, -1, SQLITE_PREPARE_PERSISTENT, st, NULL);
	if ((rc & 0xff) == SQLITE_ERROR)
		hl_fatal(EX_SOFTWARE, "bad SQL (%s): %s", sqlite3_errmsg(s->db), sql->sql);
	if (rc != SQLITE_OK) {
		store_fail(s, store_error_of(s->db, rc, "prepare"));
		return NULL;
	}
	return *st;
}

static int bind_one(sqlite3_stmt *st, int column, char type, va_list *ap)
{
	const void *data;
	const char *text;
	size_t len;

	switch (type) {
	case 'i':
		return sqlite3_bind_int64(st, column, va_arg(*ap, int64_t));
	case 't':
		text = va_arg(*ap, const char *);
		return sqlite3_bind_text(st, column, text, -1, SQLITE_STATIC);
	case 'b':
		data = va_arg(*ap, const void *);
		len = va_arg(*ap, size_t);
		if (data && len == 0)
			return sqlite3_bind_zeroblob(st, column, 0);
		return sqlite3_bind_blob64(st, column, data, len, SQLITE_STATIC);
	case 'n':
		return sqlite3_bind_null(st, column);
	default:
		assert(!"unknown type letter");
		return SQLITE_MISUSE;
	}
}

void store_bind(struct store *s, sqlite3_stmt *st, const char *types, ...)
{
	va_list ap;
	int rc = SQLITE_OK;

	if (!st)
		return;
	assert((int)strlen(types) == sqlite3_bind_parameter_count(st));
	va_start(ap, types);
	for (int i = 0; types[i] && rc == SQLITE_OK; i++)
		rc = bind_one(st, i + 1, types[i], &ap);
	va_end(ap);
	if (rc != SQLITE_OK)
		store_fail(s, store_error_of(s->db, rc, "bind"));
}

/* Leaves nothing of the caller's buffers behind. */
static void end_statement(sqlite3_stmt *st)
{
	sqlite3_reset(st);
	sqlite3_clear_bindings(st);
}

int store_run(struct store *s, sqlite3_stmt *st)
{
	int rc, changed = 0;

	if (!st || s->err)
		return 0;
	rc = sqlite3_step(st);
	assert(rc != SQLITE_ROW);
	if (rc == SQLITE_DONE)
		changed = sqlite3_changes(s->db);
	else
		store_fail(s, store_error_of(s->db, rc, "write"));
	end_statement(st);
	return changed;
}

bool store_row(struct store *s, sqlite3_stmt *st)
{
	int rc;

	if (!st || s->err)
		return false;
	rc = sqlite3_step(st);
	if (rc == SQLITE_ROW)
		return true;
	if (rc != SQLITE_DONE)
		store_fail(s, store_error_of(s->db, rc, "read"));
	end_statement(st);
	return false;
}

int64_t store_last_id(const struct store *s)
{
	return sqlite3_last_insert_rowid(s->db);
}

void store_column_text(sqlite3_stmt *st, int column, char *out, size_t size)
{
	const unsigned char *text = sqlite3_column_text(st, column);

	hl_strlcpy(out, size, text ? (const char *)text : "");
}

size_t store_column_blob(sqlite3_stmt *st, int column, void *out, size_t size)
{
	const void *data = sqlite3_column_blob(st, column);
	size_t len = (size_t)sqlite3_column_bytes(st, column);

	if (!data || len > size)
		return 0;
	memcpy(out, data, len);
	return len;
}
