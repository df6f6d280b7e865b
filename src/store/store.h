/* The SQL room's door: one database file, one connection, one writer. WAL, synchronous=FULL, locking_mode=EXCLUSIVE,
 * secure_delete=ON, temp_store=MEMORY. Each table family has its own file here (message.c, case.c, ...); nothing outside
 * src/store/ writes SQL. A transaction keeps its first error: a chain of calls needs one check, at store_commit(). */
#ifndef HL_STORE_STORE_H
#define HL_STORE_STORE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct store;

/* Whether nothing of a database is there, not even the log of one that is gone (SQLite would play it into a new one): HL_EEXIST. */
int store_is_free(const char *path, struct hl_reason *reason);

/* Makes a new database with the newest schema: HL_EEXIST where one or its log is there. */
int store_create(const char *path, struct hl_reason *reason);

/* Opens it and runs the migrations it lacks, each in a transaction. HL_ENOENT: there is none (hotlinectl init makes one),
 * HL_EVERSION: made by a newer program, HL_EBUSY: another process has it, HL_ECORRUPT: not ours or damaged. */
int store_open(const char *path, struct store **store, struct hl_reason *reason);
void store_close(struct store *s);

/* Moves the log into the database once it is long enough; later where the store is busy, because a page that changes again and again is
 * then moved once. To be called between transactions; store_commit() does it by itself only where the log has grown far beyond that. */
void store_tidy(struct store *s, bool busy);
/* Moves all of it and empties the log, so that nothing deleted can be read there. */
void store_scrub(struct store *s);

#define STORE_WAL_PAGES 300       /* of 4 KiB, from which store_tidy() works: few, so that whoever comes meanwhile waits less */
#define STORE_WAL_PAGES_BUSY 1500
#define STORE_WAL_PAGES_MOST 4000

struct store_health { int64_t database_bytes, wal_bytes, free_bytes; }; /* free_bytes: of its file system; -1 not known */
void store_health(const struct store *s, struct store_health *h);

/* Begins a transaction; nothing if one is open. */
void store_begin(struct store *s);
bool store_in_transaction(const struct store *s);

/* Commits. On the transaction's first error it rolls back instead and returns that: HL_EFULL (no space: temporary), HL_EIO.
 * A failed fsync ends the program (fatal): what is on disk is unknown until it is read again. */
int store_commit(struct store *s);
void store_rollback(struct store *s);

/* The first error of the open transaction (outside one: of the last statement), 0 if none; store_fail() sets it, e.g. when a caller cannot go on. */
int store_error(const struct store *s);
void store_fail(struct store *s, int err);

/* ---- for the files of src/store/ only ------------------------------------------------------------------------- */

/* A statement of the SQL room: declare one static per query, prepared once per store_open(). */
struct store_sql {
	const char *sql;
	int slot; /* 0 until first use */
};

/* The statement, reset and with bindings cleared; NULL after an error in this transaction (every store_* helper accepts NULL
 * and does nothing). */
sqlite3_stmt *store_stmt(struct store *s, struct store_sql *sql);

/* Binds in order: 'i' int64_t, 't' const char * (NULL is NULL), 'b' const void *, size_t (NULL pointer is NULL), 'n' NULL.
 * Pointers must stay valid until the statement ran. */
void store_bind(struct store *s, sqlite3_stmt *st, const char *types, ...);

/* Runs a statement that gives no rows; returns the number of rows changed (0 on error, which sticks). */
int store_run(struct store *s, sqlite3_stmt *st);

/* Next row? Errors stick and end the rows. */
bool store_row(struct store *s, sqlite3_stmt *st);

/* Rowid of the last insert. */
int64_t store_last_id(const struct store *s);

/* Column helpers: text never NULL; text is cut to size. */
void store_column_text(sqlite3_stmt *st, int column, char *out, size_t size);
size_t store_column_blob(sqlite3_stmt *st, int column, void *out, size_t size); /* octets copied; 0 if larger than size */

#endif
