#include "core/backup/restore.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/hex.h"
#include "base/mem.h"
#include "core/backup/backup.h"
#include "core/people/anchor.h"
#include "store/audit.h"
#include "store/backup.h"
#include "store/meta.h"
#include "vault/archive.h"
#include "vault/people.h"

#define KEY_LINE 512
#define WEEKS_MAX 2000

struct restoring {
	const struct config *config;
	struct hl_reason *why;
	struct vault *vault;
	char temporary[300];
	uint8_t public_key[VAULT_KEY], secret[VAULT_KEY];
	char head[ARCHIVE_HEAD_MAX];
	int64_t made_ms, octets;    /* as the head says */
	int64_t audit_rows;
	bool trail_is_whole;
	int texts;                  /* that are not sent again */
};

/* ---- the file --------------------------------------------------------------------------------------------------------------- */

static int read_key(struct restoring *r, FILE *in)
{
	char line[KEY_LINE] = "";
	int err;

	if (!fgets(line, sizeof(line), in))
		return hl_fail(r->why, HL_EINVAL, "the recovery key is the first line of standard input");
	line[strcspn(line, "\n")] = '\0';
	err = vault_recovery_read(line, r->secret, r->public_key);
	explicit_bzero(line, sizeof(line));
	if (err)
		hl_fail(r->why, err, "%s", err == HL_ECORRUPT ? "the recovery key has a slip of the pen in it: compare it with the paper" :
			"that is no recovery key: it has 14 groups of 4 letters and digits");
	return err;
}

static int read_head(struct restoring *r, FILE *f, const char *file)
{
	long long made_ms, octets;
	int version = 0;

	if (!fgets(r->head, sizeof(r->head), f) || sscanf(r->head, "hotlined backup %d %lld %lld", &version, &made_ms, &octets) < 1)
		return hl_fail(r->why, HL_EINVAL, "%s is no backup of a hotline", file);
	if (version != 1)
		return hl_fail(r->why, HL_EVERSION, "%s was made by a newer program; restore it with that one", file);
	if (sscanf(r->head, "hotlined backup 1 %lld %lld", &made_ms, &octets) != 2 || octets <= 0)
		return hl_fail(r->why, HL_ECORRUPT, "%s is damaged; take another backup", file);
	r->made_ms = made_ms;
	r->octets = octets;
	return 0;
}

static int write_all(struct restoring *r, int fd, const uint8_t *data, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, data, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return hl_fail(r->why, errno == ENOSPC ? HL_EFULL : HL_EIO, "writing %s failed: %s", r->temporary, strerror(errno));
		data += n;
		len -= (size_t)n;
	}
	return 0;
}

static int open_chunks(struct restoring *r, struct archive *a, FILE *f, int fd)
{
	uint8_t sealed[ARCHIVE_CHUNK + ARCHIVE_EXTRA], plain[ARCHIVE_CHUNK];
	int64_t octets = 0;
	bool last = false;
	int err = 0;

	while (!last && !err) {
		size_t n = fread(sealed, 1, sizeof(sealed), f);
		err = archive_open(a, sealed, n, plain, &last);
		if (err && octets == 0)
			return hl_fail(r->why, HL_ECORRUPT, "the backup does not open with the key files in %s: put back those that were kept when it was "
				"made; if they are, it is damaged, or somebody else made it", r->config->keys);
		if (err)
			return hl_fail(r->why, HL_ECORRUPT, "the backup is damaged or cut off after %lld octets; take another one", (long long)octets);
		octets += (int64_t)(n - ARCHIVE_EXTRA);
		err = write_all(r, fd, plain, n - ARCHIVE_EXTRA);
	}
	if (!err && (octets != r->octets || fgetc(f) != EOF))
		err = hl_fail(r->why, HL_ECORRUPT, "the backup is not as long as it says; take another one");
	if (!err && fsync(fd))
		err = hl_fail(r->why, HL_EIO, "writing %s failed: %s", r->temporary, strerror(errno));
	return err;
}

static int open_archive(struct restoring *r, FILE *f, int fd)
{
	uint8_t start[ARCHIVE_START], tie[VAULT_HASH];
	struct archive *a = NULL;
	int err;

	if (fread(start, 1, sizeof(start), f) != sizeof(start))
		return hl_fail(r->why, HL_ECORRUPT, "the backup is cut off; take another one");
	vault_backup_tie(r->vault, tie);
	err = archive_open_new(r->public_key, r->secret, tie, r->head, start, &a);
	explicit_bzero(tie, sizeof(tie));
	if (err)
		return hl_fail(r->why, err, "the recovery key does not open this backup: is it that of another hotline?");
	err = open_chunks(r, a, f, fd);
	archive_free(a);
	return err;
}

static int unpack(struct restoring *r, const char *file)
{
	FILE *f = fopen(file, "rbe");
	int fd, err;

	if (!f)
		return hl_fail(r->why, errno == ENOENT ? HL_ENOENT : HL_EIO, "%s cannot be read: %s", file, strerror(errno));
	err = read_head(r, f, file);
	fd = err ? -1 : open(r->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (!err && fd < 0)
		err = hl_fail(r->why, HL_EIO, "making %s failed: %s", r->temporary, strerror(errno));
	if (!err)
		err = open_archive(r, f, fd);
	if (fd >= 0)
		close(fd);
	fclose(f);
	return err;
}

/* ---- what is in it ---------------------------------------------------------------------------------------------------------- */

static int check_owner(struct restoring *r, struct store *s)
{
	uint8_t stored[VAULT_KEY];

	if (!meta_get_blob(s, "recovery_public", stored, sizeof(stored)) || sodium_memcmp(stored, r->public_key, sizeof(stored)) != 0)
		return hl_fail(r->why, HL_EAUTH, "the database in it belongs to another recovery key");
	return 0;
}

static int check_keys(struct restoring *r, struct store *s, struct vault *vault)
{
	uint8_t alias[VAULT_HASH], sealed[128];
	size_t len = store_any_number(s, alias, sealed, sizeof(sealed));
	char number[128];
	int err = len ? vault_number_open(vault, alias, sealed, len, number, sizeof(number)) : 0;

	explicit_bzero(number, sizeof(number));
	return err ? hl_fail(r->why, err, "the key files in %s are not of this hotline: put back those that were kept when it was made",
		r->config->keys) : 0;
}

/* A trail that was changed before the backup was made must not keep the texts from coming back; it stays as it is, for whoever looks. */
static int look_at_trail(struct restoring *r, struct store *s, struct vault *vault, FILE *out)
{
	struct core core = { .store = s, .vault = vault };
	struct audit_walk w;
	int rc;

	audit_walk_start(&w);
	w.marks[0] = anchor_mark(&core);
	do
		rc = audit_walk_step(s, &w, 1000);
	while (rc > 0);
	if (rc < 0 && rc != HL_ECORRUPT)
		return hl_fail(r->why, rc, "the audit trail in it cannot be read: %s", hl_strerror(rc));
	r->audit_rows = w.rows;
	r->trail_is_whole = rc == 0 && w.marks[0].rows == w.rows && anchor_fits(&core, &w.marks[0]);
	if (!r->trail_is_whole)
		fprintf(out, "WARNING: the audit trail in this backup was CHANGED or cut. It is restored as it is: hotlinectl audit verify.\n");
	return 0;
}

/* Weeks whose keys are not here: destroyed on purpose, or the keyring is not of that time. A person must know which. */
struct weeks { const struct restoring *r; FILE *out; char (*have)[VAULT_WEEK]; int count; };

static void tell_week(void *arg, const char *week, int64_t texts)
{
	const struct weeks *w = arg;

	for (int i = 0; i < w->count; i++)
		if (strcmp(w->have[i], week) == 0)
			return;
	fprintf(w->out, "Week %s: %lld texts cannot be opened, because its key is not in %s.\n", week, (long long)texts, w->r->config->keyring);
}

static void tell_weeks(const struct restoring *r, struct store *s, struct vault *vault, FILE *out)
{
	struct weeks w = { r, out, hl_calloc(WEEKS_MAX, VAULT_WEEK), 0 };

	w.count = vault_weeks(vault, w.have, WEEKS_MAX, NULL);
	store_weeks(s, tell_week, &w);
	free(w.have);
}

static int settle(struct restoring *r, struct store *s, struct vault *vault)
{
	char made[21];
	int err;

	hl_format_utc(r->made_ms, made);
	store_begin(s);
	r->texts = store_after_restore(s);
	audit_append(s, hl_wall_ms(&hl_clock_system), "recovery", "restore", "", made);
	if (r->trail_is_whole)
		anchor_write(s, vault);
	err = store_commit(s);
	return err ? hl_fail(r->why, err, "writing to %s failed: %s", r->temporary, hl_strerror(err)) : 0;
}

static int look_and_settle(struct restoring *r, FILE *out)
{
	struct vault *vault = r->vault;
	struct store *s = NULL;
	int err = store_open(r->temporary, &s, r->why);

	if (!err)
		err = store_check(s, r->why);
	if (!err)
		err = check_owner(r, s);
	if (!err)
		err = check_keys(r, s, vault);
	if (!err)
		err = look_at_trail(r, s, vault, out);
	if (!err)
		tell_weeks(r, s, vault, out);
	if (!err)
		err = settle(r, s, vault);
	store_close(s);
	return err;
}

/* ---- the whole -------------------------------------------------------------------------------------------------------------- */

static void remove_temporary(const struct restoring *r)
{
	static const char *const suffixes[] = { "", "-wal", "-journal", "-shm" };
	char name[320];

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		snprintf(name, sizeof(name), "%s%s", r->temporary, suffixes[i]);
		unlink(name);
	}
}

static int put_in_place(const struct restoring *r)
{
	if (link(r->temporary, r->config->database) != 0) /* never over one that came meanwhile */
		return hl_fail(r->why, errno == EEXIST ? HL_EEXIST : HL_EIO, "naming %s failed: %s", r->config->database, strerror(errno));
	unlink(r->temporary);
	return hl_sync_parent(r->config->database, r->why);
}

int core_restore(const struct config *config, const char *file, FILE *in, FILE *out, struct hl_reason *reason)
{
	struct restoring *r = hl_calloc(1, sizeof(*r));
	char made[21];
	int err = store_is_free(config->database, reason);

	vault_start();
	r->config = config;
	r->why = reason;
	snprintf(r->temporary, sizeof(r->temporary), "%s.restoring", config->database);
	remove_temporary(r); /* left by a crash */
	if (!err)
		err = read_key(r, in);
	if (!err)
		err = vault_open(config->keys, config->keyring, &r->vault, reason);
	if (!err)
		err = unpack(r, file);
	sodium_memzero(r->secret, sizeof(r->secret));
	if (!err)
		err = look_and_settle(r, out);
	if (!err)
		err = put_in_place(r);
	vault_close(r->vault);
	remove_temporary(r);
	hl_format_utc(r->made_ms, made);
	if (!err)
		fprintf(out, "Restored the backup of %s: %lld octets, %lld entries of the audit trail.\n"
			"%d texts to the public that were on their way then are not sent again; alerts are.\n"
			"Start hotlined, and look at hotlinectl status.\n", made, (long long)r->octets, (long long)r->audit_rows, r->texts);
	sodium_memzero(r, sizeof(*r));
	free(r);
	return err;
}
