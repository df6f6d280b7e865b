/* What store.c, sql.c and migrate.c share about the connection; no other file includes it. */
#ifndef HL_STORE_INSIDE_H
#define HL_STORE_INSIDE_H

#include "store/store.h"

struct store {
	sqlite3 *db;
	char *path;
	sqlite3_stmt **statements; /* by struct store_sql.slot */
	size_t statement_count;
	bool in_transaction;
	int err;                   /* the first one of this transaction */
	int wal_pages;             /* after the last commit */
	bool full_told;            /* the log has said that the disk is full */
};

/* The error a result code of SQLite stands for. Ends the program where fsync failed: what is on disk is then unknown, and
 * asking again would only hide it. */
int store_error_of(sqlite3 *db, int rc, const char *doing);

/* As store_error_of(), with a sentence for a person: "opening <path> failed: <why>". */
int store_fail_open(sqlite3 *db, int rc, const char *doing, const char *path, struct hl_reason *reason);

/* Runs a pragma that gives one number; returns SQLite's result code. */
int store_pragma_int(sqlite3 *db, const char *sql, int64_t *value);

/* Ends every statement that is still giving rows, so that it holds back neither a commit nor a checkpoint. */
void store_reset_statements(struct store *s);
void store_finalize_statements(struct store *s);

#endif
