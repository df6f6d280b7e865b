/* A disk that fails: a failed fsync ends the program at once, a failed write is an error of that transaction alone. A file system of
 * SQLite's is put before the real one and fails when it is told to. */
#include "cm.h"

#include <stdbool.h>
#include <sys/wait.h>
#include <sysexits.h>

#include "scratch.h"
#include "store/inside.h"
#include "store/meta.h"

static struct { bool sync, write; const char *name_end; } fail; /* which call, of files whose name ends so */

/* One of ours: the real file lies behind it in the same memory. */
struct thin_file { sqlite3_file base; const char *name; sqlite3_file *real; };

static sqlite3_vfs *real_vfs;

static bool is_chosen(const struct thin_file *f)
{
	size_t len = f->name ? strlen(f->name) : 0, end = fail.name_end ? strlen(fail.name_end) : 0;

	return len >= end && strcmp(f->name + len - end, fail.name_end) == 0;
}

#define REAL(f) (((struct thin_file *)(f))->real)

static int thin_close(sqlite3_file *f) { return REAL(f)->pMethods->xClose(REAL(f)); }
static int thin_read(sqlite3_file *f, void *p, int n, sqlite3_int64 at) { return REAL(f)->pMethods->xRead(REAL(f), p, n, at); }
static int thin_truncate(sqlite3_file *f, sqlite3_int64 n) { return REAL(f)->pMethods->xTruncate(REAL(f), n); }
static int thin_size(sqlite3_file *f, sqlite3_int64 *n) { return REAL(f)->pMethods->xFileSize(REAL(f), n); }
static int thin_lock(sqlite3_file *f, int l) { return REAL(f)->pMethods->xLock(REAL(f), l); }
static int thin_unlock(sqlite3_file *f, int l) { return REAL(f)->pMethods->xUnlock(REAL(f), l); }
static int thin_reserved(sqlite3_file *f, int *r) { return REAL(f)->pMethods->xCheckReservedLock(REAL(f), r); }
static int thin_control(sqlite3_file *f, int op, void *p) { return REAL(f)->pMethods->xFileControl(REAL(f), op, p); }
static int thin_sector(sqlite3_file *f) { return REAL(f)->pMethods->xSectorSize(REAL(f)); }
static int thin_device(sqlite3_file *f) { return REAL(f)->pMethods->xDeviceCharacteristics(REAL(f)); }

static int thin_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
	if (fail.write && is_chosen((struct thin_file *)f))
		return SQLITE_IOERR_WRITE;
	return REAL(f)->pMethods->xWrite(REAL(f), p, n, at);
}

static int thin_sync(sqlite3_file *f, int flags)
{
	if (fail.sync && is_chosen((struct thin_file *)f))
		return SQLITE_IOERR_FSYNC;
	return REAL(f)->pMethods->xSync(REAL(f), flags);
}

/* Version 1: no shared memory, which the store must not need. */
static const sqlite3_io_methods thin_methods = {
	.iVersion = 1, .xClose = thin_close, .xRead = thin_read, .xWrite = thin_write, .xTruncate = thin_truncate, .xSync = thin_sync,
	.xFileSize = thin_size, .xLock = thin_lock, .xUnlock = thin_unlock, .xCheckReservedLock = thin_reserved,
	.xFileControl = thin_control, .xSectorSize = thin_sector, .xDeviceCharacteristics = thin_device,
};

static int thin_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
	struct thin_file *f = (struct thin_file *)file;
	int rc;

	(void)vfs;
	f->name = name;
	f->real = (sqlite3_file *)(f + 1);
	rc = real_vfs->xOpen(real_vfs, name, f->real, flags, out_flags);
	f->base.pMethods = f->real->pMethods ? &thin_methods : NULL;
	return rc;
}

struct fixture { struct scratch scratch; char path[256]; struct store *store; };

static int setup(void **state)
{
	static sqlite3_vfs thin_vfs;
	struct fixture *f = calloc(1, sizeof(*f));

	memset(&fail, 0, sizeof(fail));
	if (!real_vfs) {
		real_vfs = sqlite3_vfs_find(NULL);
		thin_vfs = *real_vfs;
		thin_vfs.zName = "thin";
		thin_vfs.szOsFile = (int)sizeof(struct thin_file) + real_vfs->szOsFile;
		thin_vfs.xOpen = thin_open;
		thin_vfs.pNext = NULL;
		assert_int_equal(sqlite3_vfs_register(&thin_vfs, 1), SQLITE_OK);
	}
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

	memset(&fail, 0, sizeof(fail));
	store_close(f->store);
	scratch_remove(&f->scratch);
	free(f);
	return 0;
}

static int write_one(struct store *s, int64_t value)
{
	store_begin(s);
	meta_set_int(s, "n", value);
	return store_commit(s);
}

/* What the program ends with when this runs in it; 0 if it goes on. The child opens the database anew: locks are a process's own. */
static int exit_of(struct fixture *f, void (*run)(struct store *s))
{
	pid_t pid;
	int status;

	store_close(f->store);
	f->store = NULL;
	pid = fork();
	if (pid == 0) {
		struct store *s;
		bool sync = fail.sync;
		fail.sync = false;
		if (store_open(f->path, &s, NULL) != 0 || write_one(s, 1) != 0)
			_exit(99);
		fail.sync = sync;
		run(s);
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	fail.sync = false;
	assert_int_equal(store_open(f->path, &f->store, NULL), 0);
	return WEXITSTATUS(status);
}

static void run_commit(struct store *s) { write_one(s, 2); }
static void run_scrub(struct store *s) { store_scrub(s); }

static void test_fsync_of_a_commit(void **state)
{
	fail.sync = true;
	fail.name_end = "-wal";
	assert_int_equal(exit_of(*state, run_commit), EX_IOERR);
	fail.name_end = "nothing of that name";
	fail.sync = true;
	assert_int_equal(exit_of(*state, run_commit), 0);
}

static void test_fsync_of_a_checkpoint(void **state)
{
	struct fixture *f = *state;
	int64_t n;

	fail.sync = true;
	fail.name_end = ".db";
	assert_int_equal(exit_of(f, run_scrub), EX_IOERR);
	assert_true(meta_get_int(f->store, "n", &n)); /* and what was committed is there after the restart */
	assert_int_equal(n, 1);
}

static void test_write_fails(void **state)
{
	struct fixture *f = *state;
	int64_t n = 0;

	assert_int_equal(write_one(f->store, 1), 0);
	fail.write = true;
	fail.name_end = "-wal";
	assert_int_equal(write_one(f->store, 2), HL_EIO);
	assert_false(store_in_transaction(f->store));
	fail.write = false;
	assert_true(meta_get_int(f->store, "n", &n));
	assert_int_equal(n, 1);
	assert_int_equal(write_one(f->store, 3), 0);
	assert_true(meta_get_int(f->store, "n", &n));
	assert_int_equal(n, 3);
}

static void test_checkpoint_cannot_write(void **state)
{
	struct fixture *f = *state;
	int64_t n = 0;

	fail.write = true;
	fail.name_end = ".db";
	for (int64_t i = 1; i <= 5; i++) {
		assert_int_equal(write_one(f->store, i), 0); /* the log takes it */
		store_scrub(f->store);
	}
	fail.write = false;
	store_close(f->store);
	assert_int_equal(store_open(f->path, &f->store, NULL), 0);
	assert_true(meta_get_int(f->store, "n", &n));
	assert_int_equal(n, 5);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_fsync_of_a_commit), T(test_fsync_of_a_checkpoint), T(test_write_fails), T(test_checkpoint_cannot_write),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
