/* Small files: whole or not at all, never over another. */
#include "cm.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "base/file.h"
#include "scratch.h"

static struct scratch scratch;
static char path[256];

static int setup(void **state)
{
	(void)state;
	scratch_new(&scratch);
	scratch_path(&scratch, "a.key", path);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	scratch_remove(&scratch);
	return 0;
}

static void test_round_trip(void **state)
{
	struct hl_reason why;
	struct stat st;
	char out[8];

	(void)state;
	umask(0);
	assert_int_equal(hl_write_new_file(path, "\0\1\2", 3, &why), 0);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(st.st_nlink, 1);
	assert_int_equal(hl_read_file(path, out, 3, &why), 3);
	assert_memory_equal(out, "\0\1\2", 3);
	assert_int_equal(hl_read_file(path, out, 8, &why), 3);
	assert_int_equal(hl_read_file(path, out, 2, &why), HL_ERANGE);
	assert_non_null(strstr(why.text, path));
	assert_int_equal(hl_write_new_file(path, "new", 3, &why), HL_EEXIST);
	assert_int_equal(hl_read_file(path, out, 8, &why), 3);
	assert_memory_equal(out, "\0\1\2", 3);
}

static void test_left_by_a_crash(void **state)
{
	char temporary[300], out[8];

	(void)state;
	snprintf(temporary, sizeof(temporary), "%s.new", path);
	fclose(fopen(temporary, "w"));
	assert_int_equal(hl_write_new_file(path, "abc", 3, NULL), 0);
	assert_int_equal(hl_read_file(path, out, 8, NULL), 3);
	assert_int_equal(access(temporary, F_OK), -1);
}

/* Somebody who may write to the folder cannot send us elsewhere. */
static void test_no_links_are_followed(void **state)
{
	char temporary[300], victim[256], out[8];

	(void)state;
	snprintf(temporary, sizeof(temporary), "%s.new", path);
	scratch_path(&scratch, "victim", victim);
	assert_int_equal(hl_write_new_file(victim, "old", 3, NULL), 0);
	assert_int_equal(symlink(victim, temporary), 0);
	assert_int_equal(hl_write_new_file(path, "new", 3, NULL), 0);
	assert_int_equal(hl_read_file(victim, out, 8, NULL), 3);
	assert_memory_equal(out, "old", 3);
}

static void test_errors(void **state)
{
	struct hl_reason why;
	char out[8], missing[300], longest[600];

	(void)state;
	assert_int_equal(hl_read_file(path, out, 8, &why), HL_ENOENT);
	assert_int_equal(hl_read_file(scratch.dir, out, 8, &why), HL_EIO);
	snprintf(missing, sizeof(missing), "%s/no/such/folder", scratch.dir);
	assert_int_equal(hl_write_new_file(missing, "x", 1, &why), HL_EIO);
	assert_int_equal(hl_sync_parent(missing, &why), HL_EIO);
	assert_int_equal(hl_sync_parent(path, &why), 0);
	assert_int_equal(hl_sync_parent("/file-of-the-root", &why), 0);
	assert_int_equal(hl_sync_parent("file-of-this-folder", &why), 0);
	memset(longest, 'x', sizeof(longest));
	longest[sizeof(longest) - 1] = '\0';
	assert_int_equal(hl_write_new_file(longest, "x", 1, &why), HL_EIO);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_round_trip), T(test_left_by_a_crash), T(test_no_links_are_followed), T(test_errors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
