#include "vault/keyring.h"

#include <dirent.h>
#include <errno.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "vault/aead.h"

#define PATH_LEN 300
#define WEEK_FILE (VAULT_KEY + VAULT_AEAD_EXTRA)
#define WALL_MS_MAX (253402300799LL * 1000) /* the end of 9999 */

void keyring_week_of(int64_t wall_ms, char week[VAULT_WEEK])
{
	int64_t ms = wall_ms < 0 ? 0 : wall_ms > WALL_MS_MAX ? WALL_MS_MAX : wall_ms;
	time_t seconds = (time_t)(ms / 1000);
	struct tm tm;

	gmtime_r(&seconds, &tm);
	strftime(week, VAULT_WEEK, "%G-W%V", &tm);
}

/* The name comes from the database, and becomes part of a path. */
static bool is_week(const char *week)
{
	static const char form[VAULT_WEEK] = "0000-W00";

	if (strlen(week) != VAULT_WEEK - 1)
		return false;
	for (size_t i = 0; i < VAULT_WEEK - 1; i++)
		if (form[i] == '0' ? week[i] < '0' || week[i] > '9' : week[i] != form[i])
			return false;
	return true;
}

static void path_of(const struct vault *v, const char *week, char path[PATH_LEN])
{
	snprintf(path, PATH_LEN, "%s/%.8s.key", v->keyring_dir, week);
}

static void ad_of(struct vault_ad *ad, const char *week)
{
	vault_ad_start(ad, "hotlined week");
	vault_ad_octets(ad, week, VAULT_WEEK - 1);
}

int keyring_read(struct vault *v, const char *week, uint8_t key[VAULT_KEY], struct hl_reason *reason)
{
	uint8_t sealed[WEEK_FILE];
	char path[PATH_LEN];
	struct vault_ad ad;
	ssize_t n;

	if (!is_week(week))
		return hl_fail(reason, HL_EINVAL, "not the name of a week");
	path_of(v, week, path);
	n = hl_read_file(path, sealed, sizeof(sealed), reason);
	if (n == HL_ENOENT || n == HL_EIO)
		return (int)n;
	ad_of(&ad, week);
	if (n != (ssize_t)sizeof(sealed) || vault_aead_open(v->keyring, &ad, sealed, sizeof(sealed), key) != 0)
		return hl_fail(reason, HL_ECORRUPT, "%s is damaged or belongs to another keyring.key; restore it from where keys are kept",
			path);
	return 0;
}

static int write_week(struct vault *v, const char *week, const uint8_t key[VAULT_KEY], struct hl_reason *reason)
{
	uint8_t sealed[WEEK_FILE];
	char path[PATH_LEN];
	struct vault_ad ad;

	ad_of(&ad, week);
	vault_aead_seal(v->keyring, &ad, key, VAULT_KEY, sealed);
	path_of(v, week, path);
	return hl_write_new_file(path, sealed, sizeof(sealed), reason);
}

/* While the core runs, the key in memory is the week's: a file that went away by accident is written again, or what is sealed
 * from now on could not be read after the next start. */
static int keep_file(struct vault *v, struct hl_reason *reason)
{
	char path[PATH_LEN];

	path_of(v, v->week, path);
	if (access(path, F_OK) == 0 || errno != ENOENT)
		return 0;
	hl_log(HL_LOG_WARNING, "vault", "week_key_missing file=%s what=\"written again from memory\"", path);
	return write_week(v, v->week, v->week_key, reason);
}

int keyring_current(struct vault *v, int64_t wall_ms, struct hl_reason *reason)
{
	char week[VAULT_WEEK];
	uint8_t key[VAULT_KEY];
	int err;

	keyring_week_of(wall_ms, week);
	if (strcmp(week, v->week) == 0)
		return keep_file(v, reason);
	err = keyring_read(v, week, key, reason);
	if (err == HL_ENOENT) {
		randombytes_buf(key, sizeof(key));
		err = write_week(v, week, key, reason);
		if (!err)
			hl_log(HL_LOG_NOTICE, "vault", "week_key_made week=%s", week);
	}
	if (!err) {
		memcpy(v->week, week, sizeof(v->week));
		memcpy(v->week_key, key, sizeof(v->week_key));
	}
	sodium_memzero(key, sizeof(key));
	return err;
}

/* The week's name of a file of the keyring, or false. */
static bool week_of_file(const char *name, char week[VAULT_WEEK])
{
	snprintf(week, VAULT_WEEK, "%.8s", name);
	return is_week(week) && strcmp(name + VAULT_WEEK - 1, ".key") == 0;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(a, b);
}

int vault_weeks(const struct vault *v, char weeks[][VAULT_WEEK], size_t max, struct hl_reason *reason)
{
	DIR *dir = opendir(v->keyring_dir);
	struct dirent *e;
	size_t n = 0;

	if (!dir)
		return hl_fail(reason, HL_EIO, "the keyring folder %s cannot be read: %s", v->keyring_dir, strerror(errno));
	while (n < max && (e = readdir(dir)))
		n += week_of_file(e->d_name, weeks[n]);
	closedir(dir);
	qsort(weeks, n, VAULT_WEEK, by_name);
	return (int)n;
}

int64_t vault_week_end_ms(const char *week)
{
	const int64_t day_ms = 86400 * 1000LL;
	struct tm tm = { .tm_mday = 4 }; /* ISO 8601: week 1 has the 4th of January */
	int64_t monday_ms;

	if (!is_week(week))
		return 0;
	tm.tm_year = (int)strtol(week, NULL, 10) - 1900;
	monday_ms = (int64_t)timegm(&tm) * 1000; /* sets tm_wday, from Sunday */
	monday_ms -= (tm.tm_wday + 6) % 7 * day_ms;
	return monday_ms + strtol(week + 6, NULL, 10) * 7 * day_ms;
}

int keyring_check(struct vault *v, struct hl_reason *reason)
{
	uint8_t key[VAULT_KEY];
	int good = 0, bad = 0;
	struct dirent *e;
	DIR *dir = opendir(v->keyring_dir);

	if (!dir)
		return hl_fail(reason, errno == ENOENT ? HL_ENOENT : HL_EIO, "the keyring folder %s cannot be read: %s; `hotlinectl init` makes it",
			v->keyring_dir, strerror(errno));
	while ((e = readdir(dir))) {
		char week[VAULT_WEEK];
		struct hl_reason why;
		if (!week_of_file(e->d_name, week))
			continue;
		if (keyring_read(v, week, key, &why) == 0) {
			good++;
		} else {
			bad++;
			hl_log(HL_LOG_WARNING, "vault", "week_key_bad reason=\"%s\"", why.text);
		}
	}
	closedir(dir);
	sodium_memzero(key, sizeof(key));
	if (bad > 0 && good == 0)
		return hl_fail(reason, HL_ECORRUPT, "keyring.key opens no file of %s; restore the one that belongs to it", v->keyring_dir);
	if (access(v->keyring_dir, W_OK) != 0)
		return hl_fail(reason, HL_EIO, "the keyring folder %s is not writable: %s", v->keyring_dir, strerror(errno));
	return 0;
}

int vault_week_prepare(struct vault *v, int64_t wall_ms, struct hl_reason *reason)
{
	return keyring_current(v, wall_ms, reason);
}

/* Best effort on the octets themselves (the file system may keep a copy), then the name. The file is worthless without
 * keyring.key, so that a thief needs both. */
static void overwrite(const char *path)
{
	uint8_t noise[WEEK_FILE];
	FILE *f = fopen(path, "r+be");

	if (!f)
		return;
	randombytes_buf(noise, sizeof(noise));
	fwrite(noise, 1, sizeof(noise), f);
	fflush(f);
	fsync(fileno(f));
	fclose(f);
}

int vault_week_destroy(struct vault *v, const char *week, struct hl_reason *reason)
{
	char path[PATH_LEN];

	if (!is_week(week))
		return hl_fail(reason, HL_ENOENT, "not the name of a week");
	if (strcmp(week, v->week) == 0) {
		v->week[0] = '\0';
		sodium_memzero(v->week_key, sizeof(v->week_key));
	}
	path_of(v, week, path);
	overwrite(path);
	if (unlink(path) != 0)
		return hl_fail(reason, errno == ENOENT ? HL_ENOENT : HL_EIO, "removing %s failed: %s", path, strerror(errno));
	return hl_sync_parent(path, reason);
}
