#include "store/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/inside.h"

#define PAGE 4096

struct store_backup {
	struct store *store;
	sqlite3 *copy;
	sqlite3_backup *backup;
};

/* No journal and no fsync: a copy that is not complete is worth nothing and is made anew. */
static const char settings[] =
	"PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1024;";

int store_backup_start(struct store *s, const char *path, struct store_backup **out, struct hl_reason *reason)
{
	struct store_backup *b = hl_calloc(1, sizeof(*b));
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	int rc;

	*out = NULL;
	if (fd < 0) {
		free(b);
		return hl_fail(reason, errno == EEXIST ? HL_EEXIST : HL_EIO, "making %s failed: %s", path, strerror(errno));
	}
	close(fd);
	b->store = s;
	rc = sqlite3_open_v2(path, &b->copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_exec(b->copy, settings, NULL, NULL, NULL);
	if (rc == SQLITE_OK)
		b->backup = sqlite3_backup_init(b->copy, "main", s->db, "main");
	if (!b->backup) {
		int err = store_fail_open(b->copy, rc == SQLITE_OK ? sqlite3_errcode(b->copy) : rc, "copying to", path, reason);
		store_backup_end(b);
		unlink(path);
		return err;
	}
	*out = b;
	return 0;
}

int store_backup_step(struct store_backup *b, int pages)
{
	int rc = sqlite3_backup_step(b->backup, pages);

	if (rc == SQLITE_DONE)
		return 0;
	if (rc == SQLITE_OK || rc == SQLITE_BUSY || rc == SQLITE_LOCKED)
		return 1;
	return store_error_of(b->copy, rc, "backup");
}

void store_backup_progress(const struct store_backup *b, int64_t *done, int64_t *total)
{
	int pages = sqlite3_backup_pagecount(b->backup);

	*total = (int64_t)pages * PAGE;
	*done = (int64_t)(pages - sqlite3_backup_remaining(b->backup)) * PAGE;
}

void store_backup_end(struct store_backup *b)
{
	if (!b)
		return;
	sqlite3_backup_finish(b->backup);
	sqlite3_close(b->copy);
	free(b);
}

/* What the check says may be lines; it stands in logs and in the audit trail. Its words are pages, tables and indexes. */
static void one_line(char *text)
{
	static const char head[] = "*** in database main ***\n";

	if (strncmp(text, head, sizeof(head) - 1) == 0)
		memmove(text, text + sizeof(head) - 1, strlen(text) - (sizeof(head) - 1) + 1);
	for (; *text; text++)
		if (*text < ' ')
			*text = ' ';
}

/* The first column of the first row; false where there is none. */
static bool first_word(sqlite3 *db, const char *sql, char *out, size_t size)
{
	sqlite3_stmt *st = NULL;
	bool is = sqlite3_prepare_v2(db, sql, -1, &st, NULL) == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW;

	if (is)
		store_column_text(st, 0, out, size);
	sqlite3_finalize(st);
	return is;
}

static int check_all(sqlite3 *db, struct hl_reason *reason)
{
	char said[200];

	if (!first_word(db, "PRAGMA integrity_check(1)", said, sizeof(said)))
		return hl_fail(reason, HL_ECORRUPT, "the database is damaged: %s", sqlite3_errmsg(db));
	one_line(said);
	if (strcmp(said, "ok") != 0)
		return hl_fail(reason, HL_ECORRUPT, "the database is damaged: %s", said);
	if (first_word(db, "PRAGMA foreign_key_check", said, sizeof(said)))
		return hl_fail(reason, HL_ECORRUPT, "a row of table %s refers to one that is not there", said);
	return 0;
}

int store_check(struct store *s, struct hl_reason *reason)
{
	return check_all(s->db, reason);
}

/* A file name as it stands in a URI; ends with sqlite3_free(). */
static char *uri_of(const char *path)
{
	sqlite3_str *uri = sqlite3_str_new(NULL);

	sqlite3_str_appendall(uri, "file:");
	for (; *path; path++)
		sqlite3_str_appendf(uri, strchr("%?#", *path) ? "%%%02X" : "%c", (unsigned char)*path);
	sqlite3_str_appendall(uri, "?immutable=1");
	return sqlite3_str_finish(uri);
}

/* immutable: it is in WAL mode like the database, and has no log. */
int store_check_copy(const char *path, struct hl_reason *reason)
{
	char *uri = uri_of(path);
	sqlite3 *db = NULL;
	int rc = sqlite3_open_v2(uri, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL), err;

	sqlite3_free(uri);
	err = rc == SQLITE_OK ? check_all(db, reason) : hl_fail(reason, HL_EIO, "reading %s failed: %s", path, sqlite3_errstr(rc));
	sqlite3_close(db);
	return err;
}

int store_after_restore(struct store *s)
{
	/* core/outbound/outbox.h: lane 0 is alerts; queued, leased and submitting become unknown. */
	static struct store_sql texts = { "UPDATE outbox SET state = 7, body = NULL, discreet = NULL, "
		"why = 'a backup was restored: it may have been sent since' WHERE lane != 0 AND state IN (0, 1, 2)", 0 };
	static struct store_sql boot = { "DELETE FROM meta WHERE key = 'boot_id'", 0 };

	store_run(s, store_stmt(s, &boot));
	return store_run(s, store_stmt(s, &texts));
}

size_t store_any_number(struct store *s, uint8_t alias[32], uint8_t *number, size_t size)
{
	static struct store_sql sql = { "SELECT alias, number FROM contact ORDER BY id DESC LIMIT 1", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	size_t len = 0;

	if (store_row(s, st) && store_column_blob(st, 0, alias, 32) == 32)
		len = store_column_blob(st, 1, number, size);
	if (st)
		sqlite3_reset(st);
	return len;
}

void store_weeks(struct store *s, void (*each)(void *arg, const char *week, int64_t texts), void *arg)
{
	static struct store_sql sql = { "SELECT week, count(*) FROM message GROUP BY week ORDER BY week", 0 };
	sqlite3_stmt *st = store_stmt(s, &sql);
	char week[16];

	while (store_row(s, st)) {
		store_column_text(st, 0, week, sizeof(week));
		each(arg, week, sqlite3_column_int64(st, 1));
	}
}
