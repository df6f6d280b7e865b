/* A full disk: what was not written is told, what was is kept, and it goes on when there is room again. */
#include "cm.h"

#include <errno.h>

#include "base/file.h"
#include "scratch.h"
#include "store/audit.h"
#include "store/inside.h"
#include "store/meta.h"
#include "tiny_disk.h"

static struct scratch disk;

static void test_store_survives(void **state)
{
	static char blob[8192], room[1572864];
	struct store *s;
	struct hl_reason why;
	char path[256], ballast[256], reserve[256], key[16], head[65];
	int64_t stored = 0, rows, bad, n;
	int err = 0;

	(void)state;
	scratch_path(&disk, "hotline.db", path);
	scratch_path(&disk, "ballast", ballast);
	scratch_path(&disk, "reserve", reserve);
	memset(blob, 7, sizeof(blob));
	assert_int_equal(hl_write_new_file(reserve, room, sizeof(room), &why), 0); /* somebody frees it later: more than the log is long */
	assert_int_equal(store_create(path, &why), 0);
	assert_int_equal(store_open(path, &s, &why), 0);
	while (!err && stored < 1000) {
		store_begin(s);
		snprintf(key, sizeof(key), "%d", (int)stored);
		meta_set_blob(s, key, blob, sizeof(blob));
		audit_append(s, stored, "core", "test", key, "");
		err = store_commit(s);
		stored += !err;
	}
	assert_int_equal(err, HL_EFULL);
	assert_true(stored > 5);
	tiny_disk_fill(ballast);
	for (int i = 0; i < 3; i++) { /* not now, again and again, each time with nothing kept */
		store_begin(s);
		audit_append(s, 0, "core", "refused", "", "");
		meta_set_blob(s, "big", blob, sizeof(blob));
		meta_set_blob(s, "bigger", blob, sizeof(blob));
		err = store_commit(s);
		assert_int_equal(err, HL_EFULL);
		assert_int_equal(audit_verify(s, &rows, head, &bad), 0);
		assert_int_equal(rows, stored);
	}
	unlink(ballast);
	unlink(reserve);
	store_scrub(s);
	for (int i = 0; i < 2; i++) { /* there may be room for little, but there is for this */
		store_begin(s);
		audit_append(s, 1, "core", "resumed", "", "");
		assert_int_equal(store_commit(s), 0);
	}
	store_close(s);
	assert_int_equal(store_open(path, &s, &why), 0);
	assert_int_equal(audit_verify(s, &rows, head, &bad), 0);
	assert_int_equal(rows, stored + 2);
	assert_int_equal(store_pragma_int(s->db, "SELECT count(*) FROM meta", &n), SQLITE_OK);
	assert_int_equal(n, stored);
	assert_int_equal(store_pragma_int(s->db, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'", &n),
		SQLITE_OK);
	assert_int_equal(n, 0);
	store_close(s);
	unlink(path);
	scratch_path(&disk, "hotline.db-wal", path); /* there was no room to end it */
	unlink(path);
}

static void test_no_room_to_begin(void **state)
{
	struct hl_reason why;
	struct store *s;
	char path[256], ballast[256], file[256];

	(void)state;
	scratch_path(&disk, "hotline.db", path);
	scratch_path(&disk, "ballast", ballast);
	scratch_path(&disk, "a.key", file);
	tiny_disk_fill(ballast);
	assert_int_equal(store_create(path, &why), HL_EFULL);
	assert_non_null(strstr(why.text, "free some"));
	assert_int_equal(access(path, F_OK), -1); /* no half database */
	assert_int_equal(hl_write_new_file(file, "0123456789", 10, &why), HL_EFULL);
	assert_int_equal(access(file, F_OK), -1);
	unlink(ballast);
	assert_int_equal(store_create(path, &why), 0);
	assert_int_equal(hl_write_new_file(file, "0123456789", 10, &why), 0);
	tiny_disk_fill(ballast);
	assert_int_equal(store_open(path, &s, &why), 0); /* reading is not writing */
	store_begin(s);
	meta_set_text(s, "key", "value");
	assert_int_equal(store_commit(s), HL_EFULL);
	unlink(ballast);
	store_begin(s);
	meta_set_text(s, "key", "value");
	assert_int_equal(store_commit(s), 0);
	store_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_store_survives),
		cmocka_unit_test(test_no_room_to_begin),
	};
	int failed;

	scratch_new(&disk);
	if (!tiny_disk_mount(disk.dir, "size=4m")) {
		fprintf(stderr, "skipped: no small file system can be mounted here (%s)\n", strerror(errno));
		scratch_remove(&disk);
		return 77;
	}
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	umount(disk.dir);
	scratch_remove(&disk);
	return failed;
}
