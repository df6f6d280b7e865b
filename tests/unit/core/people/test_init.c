/* How a hotline begins: what init makes, prints, and refuses. */
#include "cm.h"

#include <dirent.h>
#include <sodium.h>
#include <sys/stat.h>

#include "core/people/init.h"
#include "core/people/units.h"
#include "scratch.h"
#include "store/audit.h"
#include "store/meta.h"
#include "store/unit.h"
#include "vault/people.h"

struct fixture {
	struct scratch scratch;
	struct config config;
	char *out;
	size_t out_len;
};

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	scratch_new(&f->scratch);
	snprintf(f->config.database, sizeof(f->config.database), "%s/state/hotline.db", f->scratch.dir);
	snprintf(f->config.keys, sizeof(f->config.keys), "%s/keys", f->scratch.dir);
	snprintf(f->config.keyring, sizeof(f->config.keyring), "%s/keyring", f->scratch.dir);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	scratch_remove(&f->scratch);
	free(f->out);
	free(f);
	return 0;
}

static int init(struct fixture *f, bool make_keys, struct hl_reason *why)
{
	FILE *out;
	int err;

	free(f->out);
	f->out = NULL;
	out = open_memstream(&f->out, &f->out_len);
	err = core_init(&f->config, make_keys, out, why);
	fclose(out);
	return err;
}

/* The key stands alone on an indented line, the longest word there is. */
static void printed_key(const struct fixture *f, char key[VAULT_RECOVERY_TEXT])
{
	const char *at = strstr(f->out, "\n    ");

	assert_non_null(at);
	snprintf(key, VAULT_RECOVERY_TEXT, "%.*s", (int)strcspn(at + 5, "\n"), at + 5);
	assert_int_equal(strlen(key), 69);
}

static void test_all_is_made(void **state)
{
	struct fixture *f = *state;
	struct core core = { 0 };
	struct hl_reason why;
	uint8_t public_key[VAULT_KEY], secret[VAULT_KEY], unit_secret[VAULT_KEY], again[VAULT_KEY];
	struct unit_row row;
	char key[VAULT_RECOVERY_TEXT], head[65];
	int64_t n, bad;

	assert_int_equal(init(f, true, &why), 0);
	printed_key(f, key);
	assert_int_equal(vault_recovery_read(key, secret, public_key), 0);
	assert_int_equal(store_open(f->config.database, &core.store, &why), 0);
	core.units = units_new(&core, &why);
	assert_non_null(core.units);
	assert_memory_equal(unit_recovery_public(core.units), public_key, VAULT_KEY);
	assert_null(unit_by_name(core.units, "nobody"));
	assert_null(unit_by_id(core.units, 99));
	for (int i = 0; i < 2; i++) {
		const struct unit *u = unit_by_name(core.units, i ? "MDTF" : "ATPU");
		assert_non_null(u);
		assert_ptr_equal(unit_by_id(core.units, u->id), u);
		assert_int_equal(unit_row_find(core.store, u->id, &row), 0);
		assert_int_equal(vault_key_open(row.recovery_sealed, public_key, secret, unit_secret), 0);
		crypto_scalarmult_base(again, unit_secret);
		assert_memory_equal(again, u->public_key, VAULT_KEY);
	}
	assert_int_equal(unit_row_find(core.store, 99, &row), HL_ENOENT);
	assert_int_equal(audit_verify(core.store, &n, head, &bad), 0);
	assert_int_equal(n, 1);
	units_free(core.units);
	store_close(core.store);
}

static void test_recovery_key_is_kept_nowhere(void **state)
{
	struct fixture *f = *state;
	uint8_t public_key[VAULT_KEY], secret[VAULT_KEY];
	char key[VAULT_RECOVERY_TEXT], path[300];

	assert_int_equal(init(f, true, NULL), 0);
	printed_key(f, key);
	assert_int_equal(vault_recovery_read(key, secret, public_key), 0);
	assert_true(scratch_holds(f->config.database, public_key, VAULT_KEY));
	assert_false(scratch_holds(f->config.database, secret, VAULT_KEY));
	assert_false(scratch_holds(f->config.database, key, 8));
	snprintf(path, sizeof(path), "%s.new", f->config.database);
	assert_int_equal(access(path, F_OK), -1);
	snprintf(path, sizeof(path), "%s.new-wal", f->config.database);
	assert_int_equal(access(path, F_OK), -1);
}

static void test_never_over_a_database(void **state)
{
	struct fixture *f = *state;
	struct hl_reason why;
	struct stat before, after;

	assert_int_equal(init(f, true, NULL), 0);
	assert_int_equal(stat(f->config.database, &before), 0);
	assert_int_equal(init(f, true, &why), HL_EEXIST);
	assert_string_equal(f->out, "");
	assert_non_null(strstr(why.text, f->config.database));
	assert_int_equal(stat(f->config.database, &after), 0);
	assert_true(before.st_ino == after.st_ino && before.st_size == after.st_size);
}

static void test_never_beside_a_log(void **state)
{
	struct fixture *f = *state;
	struct hl_reason why;
	char log[300];

	assert_int_equal(init(f, true, NULL), 0);
	unlink(f->config.database);
	snprintf(log, sizeof(log), "%s-wal", f->config.database);
	fclose(fopen(log, "w"));
	assert_int_equal(init(f, true, &why), HL_EEXIST);
	assert_non_null(strstr(why.text, log));
	assert_int_equal(access(log, F_OK), 0);
	assert_string_equal(f->out, "");
}

static void test_what_a_crash_left_is_no_hindrance(void **state)
{
	static const char *const left[] = { ".new", ".new-wal", ".new-journal" };
	struct fixture *f = *state;
	char path[300];

	assert_int_equal(init(f, true, NULL), 0);
	unlink(f->config.database);
	for (size_t i = 0; i < sizeof(left) / sizeof(left[0]); i++) {
		snprintf(path, sizeof(path), "%s%s", f->config.database, left[i]);
		fclose(fopen(path, "w"));
	}
	assert_int_equal(init(f, true, NULL), 0);
	assert_int_equal(access(path, F_OK), -1);
}

static void test_keys_only_when_asked(void **state)
{
	struct fixture *f = *state;
	struct hl_reason why;
	char path[300];

	assert_int_equal(init(f, false, &why), HL_ENOENT);
	assert_int_equal(access(f->config.keys, F_OK), -1);
	assert_int_equal(access(f->config.database, F_OK), -1);
	assert_string_equal(f->out, "");
	mkdir(f->config.keys, 0700);
	assert_int_equal(vault_create_keys(f->config.keys, NULL), 0);
	assert_int_equal(init(f, false, &why), 0); /* as with credentials */
	unlink(f->config.database);
	snprintf(path, sizeof(path), "%s/alias.key", f->config.keys);
	unlink(path);
	assert_int_equal(init(f, true, &why), HL_ECORRUPT); /* three of four: something is lost, nothing is made */
	assert_int_equal(access(path, F_OK), -1);
}

static void test_keyring_of_another_hotline(void **state)
{
	struct fixture *f = *state;
	struct hl_reason why;
	char command[400];

	assert_int_equal(init(f, true, NULL), 0);
	unlink(f->config.database);
	snprintf(command, sizeof(command), "rm -r '%s'", f->config.keys);
	assert_int_equal(system(command), 0);
	assert_int_equal(init(f, true, &why), HL_ECORRUPT);
	assert_int_equal(access(f->config.database, F_OK), -1);
	assert_string_equal(f->out, "");
}

/* If the key cannot be shown, there must be no database that only it can open. */
static void test_key_cannot_be_shown(void **state)
{
	struct fixture *f = *state;
	struct hl_reason why;
	FILE *full = fopen("/dev/full", "w");

	assert_non_null(full);
	assert_int_equal(core_init(&f->config, true, full, &why), HL_EIO);
	fclose(full);
	assert_int_equal(access(f->config.database, F_OK), -1);
	assert_int_equal(init(f, true, &why), 0);
}

static void test_left_by_a_crash(void **state)
{
	struct fixture *f = *state;
	char path[300];
	FILE *half;

	assert_int_equal(init(f, true, NULL), 0);
	unlink(f->config.database);
	snprintf(path, sizeof(path), "%s.new", f->config.database);
	half = fopen(path, "w");
	fputs("half of something", half);
	fclose(half);
	assert_int_equal(init(f, true, NULL), 0);
	assert_int_equal(access(path, F_OK), -1);
}

static void test_units_need_their_rows(void **state)
{
	static struct store_sql sql = { "DELETE FROM meta WHERE key = 'recovery_public'", 0 };
	static struct store_sql units_sql = { "DELETE FROM unit", 0 };
	struct fixture *f = *state;
	struct core core = { 0 };
	struct hl_reason why;

	assert_int_equal(init(f, true, NULL), 0);
	assert_int_equal(store_open(f->config.database, &core.store, &why), 0);
	store_begin(core.store);
	store_run(core.store, store_stmt(core.store, &sql));
	assert_int_equal(store_commit(core.store), 0);
	assert_null(units_new(&core, &why));
	assert_non_null(strstr(why.text, "recovery key"));
	store_begin(core.store);
	store_run(core.store, store_stmt(core.store, &units_sql));
	assert_int_equal(store_commit(core.store), 0);
	assert_null(units_new(&core, &why));
	assert_non_null(strstr(why.text, "units"));
	store_close(core.store);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_all_is_made), T(test_recovery_key_is_kept_nowhere), T(test_never_over_a_database), T(test_never_beside_a_log), T(test_keys_only_when_asked),
		T(test_all_is_made), T(test_recovery_key_is_kept_nowhere), T(test_never_over_a_database), T(test_what_a_crash_left_is_no_hindrance), T(test_keys_only_when_asked),
		T(test_keyring_of_another_hotline), T(test_key_cannot_be_shown), T(test_left_by_a_crash), T(test_units_need_their_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
