/* What restore refuses although its seal is right: a database that is damaged inside, and one that somebody else sealed. */
#include "cm.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/backup/backup.h"
#include "core/backup/restore.h"
#include "core/people/init.h"
#include "scratch.h"
#include "store/meta.h"
#include "store/store.h"
#include "vault/archive.h"
#include "vault/people.h"

#define PAGE 4096

struct fixture {
	struct scratch scratch;
	struct config config;
	char key[VAULT_RECOVERY_TEXT], file[300];
	uint8_t *database; /* as it was backed up */
	size_t len;
};

static void read_database(struct fixture *f)
{
	FILE *in = fopen(f->config.database, "rb");
	struct stat st;

	assert_non_null(in);
	assert_int_equal(fstat(fileno(in), &st), 0);
	f->len = (size_t)st.st_size;
	f->database = malloc(f->len);
	assert_int_equal(fread(f->database, 1, f->len, in), f->len);
	fclose(in);
}

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	struct hl_reason why;
	char *out = NULL;
	size_t out_len;
	FILE *said = open_memstream(&out, &out_len);
	struct store *s;

	scratch_new(&f->scratch);
	snprintf(f->config.database, sizeof(f->config.database), "%s/hotline.db", f->scratch.dir);
	snprintf(f->config.keys, sizeof(f->config.keys), "%s/keys", f->scratch.dir);
	snprintf(f->config.keyring, sizeof(f->config.keyring), "%s/keyring", f->scratch.dir);
	snprintf(f->file, sizeof(f->file), "%s/a.backup", f->scratch.dir);
	assert_int_equal(core_init(&f->config, true, said, &why), 0);
	fclose(said);
	snprintf(f->key, sizeof(f->key), "%.*s", (int)strcspn(strstr(out, "\n    ") + 5, "\n"), strstr(out, "\n    ") + 5);
	free(out);
	assert_int_equal(store_open(f->config.database, &s, &why), 0);
	store_scrub(s);
	store_close(s);
	read_database(f);
	unlink(f->config.database);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	scratch_remove(&f->scratch);
	free(f->database);
	free(f);
	return 0;
}

/* Seals f->database as a backup. */
static void make_backup(const struct fixture *f, const uint8_t tie[VAULT_HASH])
{
	uint8_t secret[VAULT_KEY], public_key[VAULT_KEY], start[ARCHIVE_START], sealed[ARCHIVE_CHUNK + ARCHIVE_EXTRA];
	char head[ARCHIVE_HEAD_MAX];
	struct archive *a;
	FILE *out = fopen(f->file, "wb");

	assert_int_equal(vault_recovery_read(f->key, secret, public_key), 0);
	snprintf(head, sizeof(head), "%s 1700000000000 %zu\n", BACKUP_NAME, f->len);
	a = archive_seal_new(public_key, tie, head, start);
	fwrite(head, 1, strlen(head), out);
	fwrite(start, 1, sizeof(start), out);
	for (size_t at = 0; at < f->len; at += ARCHIVE_CHUNK) {
		size_t n = f->len - at < ARCHIVE_CHUNK ? f->len - at : ARCHIVE_CHUNK;
		fwrite(sealed, 1, archive_seal(a, f->database + at, n, at + n == f->len, sealed), out);
	}
	archive_free(a);
	assert_int_equal(fclose(out), 0);
}

static void own_tie(const struct fixture *f, uint8_t tie[VAULT_HASH])
{
	struct hl_reason why;
	struct vault *v;

	assert_int_equal(vault_open(f->config.keys, f->config.keyring, &v, &why), 0);
	vault_backup_tie(v, tie);
	vault_close(v);
}

static int restore(const struct fixture *f, struct hl_reason *why)
{
	char line[VAULT_RECOVERY_TEXT + 1];
	FILE *in, *out = fopen("/dev/null", "w");
	int err;

	snprintf(line, sizeof(line), "%s\n", f->key);
	in = fmemopen(line, strlen(line), "r");
	err = core_restore(&f->config, f->file, in, out, why);
	fclose(in);
	fclose(out);
	if (err)
		assert_int_not_equal(access(f->config.database, F_OK), 0);
	return err;
}

static void test_a_sound_one(void **state)
{
	struct hl_reason why = { "" };
	uint8_t tie[VAULT_HASH];

	own_tie(*state, tie);
	make_backup(*state, tie);
	assert_int_equal(restore(*state, &why), 0);
}

/* Each page but the first, whose damage is found when it is opened, one after the other. */
static void test_a_damaged_page(void **state)
{
	struct fixture *f = *state;
	struct hl_reason why;
	uint8_t tie[VAULT_HASH];

	own_tie(f, tie);
	for (size_t page = 1; page < f->len / PAGE; page++) {
		uint8_t octets[PAGE];
		memcpy(octets, f->database + page * PAGE, PAGE);
		memset(f->database + page * PAGE, 0xff, 16);
		make_backup(f, tie);
		why.text[0] = '\0';
		if (restore(f, &why) == 0)
			fail_msg("page %zu", page + 1);
		assert_non_null(strstr(why.text, "damage"));
		memcpy(f->database + page * PAGE, octets, PAGE);
	}
}

/* Who knows the public half of the recovery key, which stands in every database, and not the key files. */
static void test_a_forged_one(void **state)
{
	struct hl_reason why = { "" };
	uint8_t tie[VAULT_HASH] = { 0 };

	make_backup(*state, tie);
	assert_int_equal(restore(*state, &why), HL_ECORRUPT);
	assert_non_null(strstr(why.text, "key files"));
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = { T(test_a_sound_one), T(test_a_damaged_page), T(test_a_forged_one) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
