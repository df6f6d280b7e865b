#include "core/people/init.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "core/people/anchor.h"
#include "core/people/anchor.h"
#include "store/audit.h"
#include "store/meta.h"
#include "store/unit.h"
#include "vault/people.h"

#define PATH_LEN 300

static const char *const unit_names[] = { "ATPU", "MDTF", "IND" };

static int make_folder(const char *path, struct hl_reason *reason)
{
	if (mkdir(path, 0700) == 0)
		return hl_sync_parent(path, reason);
	if (errno == EEXIST)
		return 0;
	return hl_fail(reason, HL_EIO, "making the folder %s failed: %s", path, strerror(errno));
}

static int make_parent(const char *path, struct hl_reason *reason)
{
	char dir[PATH_LEN];
	const char *slash = strrchr(path, '/');

	if (!slash || slash == path)
		return 0;
	snprintf(dir, sizeof(dir), "%.*s", (int)(slash - path), path);
	return make_folder(dir, reason);
}

static int prepare_keys(const struct config *config, bool make_keys, struct hl_reason *reason)
{
	int have = vault_have_keys(config->keys, reason);
	int err = 0;

	if (have < 0)
		return have;
	if (!have && !make_keys)
		return hl_fail(reason, HL_ENOENT, "there are no key files in %s; give them as systemd credentials (systemd/README.md), or let "
			"--make-keys make them for a trial", config->keys);
	if (!have) {
		err = make_folder(config->keys, reason);
		if (!err)
			err = vault_create_keys(config->keys, reason);
	}
	return err ? err : make_folder(config->keyring, reason);
}

/* Opens the vault as the service will, so that a keyring of another hotline or an unwritable folder is told now. */
static int try_vault(const struct config *config, struct vault **v, struct hl_reason *reason)
{
	int err = vault_open(config->keys, config->keyring, v, reason);

	return err ? err : vault_week_prepare(*v, hl_wall_ms(&hl_clock_system), reason);
}

static void add_unit(struct store *s, const char *name, const uint8_t recovery_public[VAULT_KEY])
{
	uint8_t secret[VAULT_KEY];
	struct unit_row row = { 0 };

	_Static_assert(UNIT_KEY == VAULT_KEY && UNIT_SEALED == VAULT_SEALED_KEY, "the store keeps what the vault seals");
	snprintf(row.name, sizeof(row.name), "%s", name);
	vault_keypair_new(row.public_key, secret);
	vault_key_seal(secret, recovery_public, row.recovery_sealed);
	sodium_memzero(secret, sizeof(secret));
	unit_row_insert(s, &row);
}

static int fill(const char *path, const struct vault *vault, const uint8_t recovery_public[VAULT_KEY], struct hl_reason *reason)
{
	int64_t now_ms = hl_wall_ms(&hl_clock_system);
	struct store *s;
	int err = store_open(path, &s, reason);

	if (err)
		return err;
	store_begin(s);
	meta_set_int(s, "created_ms", now_ms);
	meta_set_blob(s, "recovery_public", recovery_public, VAULT_KEY);
	for (size_t i = 0; i < sizeof(unit_names) / sizeof(unit_names[0]); i++)
		add_unit(s, unit_names[i], recovery_public);
	audit_append(s, now_ms, "operator", "init", "", "");
	anchor_write(s, vault);
	err = store_commit(s);
	store_close(s);
	return err ? hl_fail(reason, err, "filling %s failed: %s", path, hl_strerror(err)) : 0;
}

static int print_recovery(FILE *out, const uint8_t secret[VAULT_KEY], struct hl_reason *reason)
{
	char text[VAULT_RECOVERY_TEXT];
	int rc;

	vault_recovery_print(secret, text);
	rc = fprintf(out,
		"\n"
		"The recovery key of this hotline:\n"
		"\n"
		"    %s\n"
		"\n"
		"It opens every text of every case, and it is the only way in when passwords are lost.\n"
		"It is shown this once and kept nowhere. Write it down on paper, twice, and check what you\n"
		"wrote; seal each paper in an envelope and lock them up in two places, away from this machine.\n"
		"It is needed once now, to add the first officer and the first coordinator:\n"
		"\n"
		"    hotlinectl person add NAME --role officer\n"
		"    hotlinectl person add NAME --role coordinator\n"
		"\n", text);
	sodium_memzero(text, sizeof(text));
	if (rc < 0 || fflush(out) != 0)
		return hl_fail(reason, HL_EIO, "the recovery key could not be shown: %s; nothing was made", strerror(errno));
	return 0;
}

/* The database under a name of its own, complete, with the key already in somebody's hands; then its real name. */
static int make_database(const char *path, const struct vault *vault, FILE *out, struct hl_reason *reason)
{
	uint8_t recovery_public[VAULT_KEY], recovery_secret[VAULT_KEY];
	static const char *const suffixes[] = { "", "-wal", "-journal" };
	char temporary[PATH_LEN], left[PATH_LEN + 16];
	int err;

	snprintf(temporary, sizeof(temporary), "%s.new", path);
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		snprintf(left, sizeof(left), "%s%s", temporary, suffixes[i]);
		unlink(left); /* left by a crash */
	}
	vault_keypair_new(recovery_public, recovery_secret);
	err = store_create(temporary, reason);
	if (!err)
		err = fill(temporary, vault, recovery_public, reason);
	if (!err)
		err = print_recovery(out, recovery_secret, reason);
	sodium_memzero(recovery_secret, sizeof(recovery_secret));
	if (!err && link(temporary, path) != 0) /* never over one that came meanwhile */
		err = hl_fail(reason, errno == EEXIST ? HL_EEXIST : HL_EIO, "naming the database %s failed: %s; the key above opens nothing",
			path, strerror(errno));
	unlink(temporary);
	return err ? err : hl_sync_parent(path, reason);
}

int core_init(const struct config *config, bool make_keys, FILE *out, struct hl_reason *reason)
{
	struct vault *vault = NULL;
	int err = store_is_free(config->database, reason);

	if (!err)
		err = prepare_keys(config, make_keys, reason);
	if (!err)
		err = try_vault(config, &vault, reason);
	if (!err)
		err = make_parent(config->database, reason);
	if (!err)
		err = make_database(config->database, vault, out, reason);
	vault_close(vault);
	return err;
}
