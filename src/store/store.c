/* Opening, transactions, checkpoints. */
#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "store/inside.h"
#include "store/migrate.h"

/* Order matters: the lock comes before the first read, so that WAL needs no shared memory and nobody else gets in. Checkpoints
 * are ours (store_tidy), because SQLite's own drops their errors. */
static const char settings[] =
	"PRAGMA locking_mode = EXCLUSIVE;"
	"PRAGMA synchronous = FULL;"
	"PRAGMA secure_delete = ON;"
	"PRAGMA temp_store = MEMORY;"
	"PRAGMA foreign_keys = ON;"
	"PRAGMA trusted_schema = OFF;"
	"PRAGMA cell_size_check = ON;"
	"PRAGMA cache_size = -4096;"
	"PRAGMA wal_autocheckpoint = 0;"
	"PRAGMA journal_size_limit = 8388608;";

static int note_wal_pages(void *arg, sqlite3 *db, const char *name, int pages)
{
	(void)db;
	(void)name;
	((struct store *)arg)->wal_pages = pages;
	return SQLITE_OK;
}

static int use_wal(sqlite3 *db, const char *path, struct hl_reason *reason)
{
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v2(db, "PRAGMA journal_mode = WAL", -1, &st, NULL);
	bool wal = false;

	if (rc == SQLITE_OK)
		rc = sqlite3_step(st);
	if (rc == SQLITE_ROW)
		wal = strcmp((const char *)sqlite3_column_text(st, 0), "wal") == 0;
	sqlite3_finalize(st);
	if (rc != SQLITE_ROW)
		return store_fail_open(db, rc, "opening the log of", path, reason);
	if (!wal)
		return hl_fail(reason, HL_EIO, "%s cannot be kept in WAL mode on this file system; use a local one", path);
	return 0;
}

static int open_connection(const char *path, sqlite3 **db, struct hl_reason *reason)
{
	int rc;

	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); /* nobody asks; refused once SQLite runs, which harms nothing */
	rc = sqlite3_open_v2(path, db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL);

	if (rc == SQLITE_OK) {
		sqlite3_extended_result_codes(*db, 1);
		sqlite3_db_config(*db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
		rc = sqlite3_exec(*db, settings, NULL, NULL, NULL);
	}
	if (rc != SQLITE_OK)
		return store_fail_open(*db, rc, "opening", path, reason);
	if (sqlite3_db_readonly(*db, "main") == 1)
		return hl_fail(reason, HL_EIO, "%s is not writable for user %u; give it to the user that runs hotlined",
			path, (unsigned)geteuid());
	return 0;
}

int store_is_free(const char *path, struct hl_reason *reason)
{
	static const char *const suffixes[] = { "", "-wal", "-journal" };
	char name[512];

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		if (snprintf(name, sizeof(name), "%s%s", path, suffixes[i]) >= (int)sizeof(name))
			return hl_fail(reason, HL_EIO, "path too long: %s", path);
		if (access(name, F_OK) == 0)
			return hl_fail(reason, HL_EEXIST, "%s is there already and is left as it is; move it away if it is not needed", name);
	}
	return 0;
}

int store_create(const char *path, struct hl_reason *reason)
{
	sqlite3 *db = NULL;
	int fd, err = store_is_free(path, reason);

	if (err)
		return err;
	fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		return hl_fail(reason, HL_EIO, "making %s failed: %s", path, strerror(errno));
	close(fd);
	err = open_connection(path, &db, reason);
	if (!err)
		err = store_migrate(db, path, reason);
	if (!err)
		err = use_wal(db, path, reason); /* now, so that a later opening needs no room on the disk */
	sqlite3_close(db);
	if (!err)
		err = hl_sync_parent(path, reason);
	if (err)
		unlink(path);
	return err;
}

int store_open(const char *path, struct store **store, struct hl_reason *reason)
{
	struct store *s;
	struct stat st;
	int err;

	*store = NULL;
	if (stat(path, &st) != 0 && errno == ENOENT)
		return hl_fail(reason, HL_ENOENT, "there is no database %s; `hotlinectl init` makes a new one, a backup brings an old one back",
			path);
	s = hl_calloc(1, sizeof(*s));
	s->path = hl_strdup(path);
	err = open_connection(path, &s->db, reason);
	if (!err)
		err = store_schema_check(s->db, path, reason);
	if (!err)
		err = use_wal(s->db, path, reason);
	if (!err) {
		sqlite3_wal_hook(s->db, note_wal_pages, s);
		err = store_migrate(s->db, path, reason);
	}
	if (err) {
		store_close(s);
		return err;
	}
	*store = s;
	return 0;
}

static void checkpoint(struct store *s, int mode)
{
	int log = 0, done = 0;
	int rc = sqlite3_wal_checkpoint_v2(s->db, NULL, mode, &log, &done);

	if (rc != SQLITE_OK)
		store_error_of(s->db, rc, "checkpoint"); /* said in the log; the WAL still holds everything */
	else
		s->wal_pages = log - done;
}

void store_close(struct store *s)
{
	if (!s)
		return;
	if (s->in_transaction)
		store_rollback(s);
	store_finalize_statements(s);
	if (s->db && sqlite3_db_readonly(s->db, "main") == 0)
		sqlite3_wal_checkpoint_v2(s->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	sqlite3_close(s->db);
	free(s->path);
	free(s);
}

void store_tidy(struct store *s, bool busy)
{
	if (!s->in_transaction && s->wal_pages >= (busy ? STORE_WAL_PAGES_BUSY : STORE_WAL_PAGES)) {
		store_reset_statements(s);
		checkpoint(s, SQLITE_CHECKPOINT_PASSIVE);
	}
}

void store_scrub(struct store *s)
{
	if (s->in_transaction)
		return;
	store_reset_statements(s);
	checkpoint(s, SQLITE_CHECKPOINT_TRUNCATE);
}

void store_begin(struct store *s)
{
	int rc;

	if (s->in_transaction)
		return;
	s->in_transaction = true;
	s->err = 0;
	rc = sqlite3_exec(s->db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
	if (rc != SQLITE_OK)
		store_fail(s, store_error_of(s->db, rc, "begin"));
}

bool store_in_transaction(const struct store *s)
{
	return s->in_transaction;
}

/* Once, until it is over: a full disk would otherwise fill the journal too. */
static void tell_full(struct store *s, int err)
{
	if (err == HL_EFULL && !s->full_told)
		hl_log(HL_LOG_ERR, "store", "full path=%s mend=\"free space on its file system; nothing is taken from SIMs until then\"",
			s->path);
	if (!err && s->full_told)
		hl_log(HL_LOG_NOTICE, "store", "full_over path=%s", s->path);
	if (!err || err == HL_EFULL)
		s->full_told = err != 0;
}

int store_commit(struct store *s)
{
	int err = s->err;
	int rc;

	if (!s->in_transaction)
		return 0;
	if (!err) {
		store_reset_statements(s);
		rc = sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL);
		if (rc != SQLITE_OK)
			err = store_error_of(s->db, rc, "commit");
	}
	if (err)
		store_rollback(s);
	s->in_transaction = false;
	s->err = 0;
	tell_full(s, err);
	if (err == HL_EFULL || s->wal_pages >= STORE_WAL_PAGES_MOST)
		checkpoint(s, SQLITE_CHECKPOINT_TRUNCATE); /* may give room back; may fail too, which harms nothing */
	return err;
}

void store_rollback(struct store *s)
{
	int rc = SQLITE_OK;

	if (!s->in_transaction)
		return;
	store_reset_statements(s);
	if (!sqlite3_get_autocommit(s->db)) /* SQLite rolls back by itself after some errors */
		rc = sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
	if (rc != SQLITE_OK)
		store_error_of(s->db, rc, "rollback");
	s->in_transaction = false;
	s->err = 0;
}

int store_error(const struct store *s)
{
	return s->err;
}

void store_fail(struct store *s, int err)
{
	if (!s->err)
		s->err = err;
}

static int64_t file_bytes(const char *path, const char *suffix)
{
	char name[512];
	struct stat st;

	if (hl_strlcpy(name, sizeof(name), path) != 0 || strlen(name) + strlen(suffix) >= sizeof(name))
		return 0;
	strcat(name, suffix);
	return stat(name, &st) == 0 ? (int64_t)st.st_size : 0;
}

void store_health(const struct store *s, struct store_health *h)
{
	struct statvfs fs;

	h->database_bytes = file_bytes(s->path, "");
	h->wal_bytes = file_bytes(s->path, "-wal");
	h->free_bytes = statvfs(s->path, &fs) == 0 ? (int64_t)fs.f_bavail * (int64_t)fs.f_frsize : -1;
}
