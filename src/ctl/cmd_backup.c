/* backup: asks the core for its sealed copy piece by piece and writes it where the person wants it. restore: hotlined does it, with the
 * recovery key on its standard input. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/hex.h"
#include "ctl/client.h"
#include "ctl/terminal.h"

#define PATH_SIZE 4096
#define PIECE_MAX 32768

/* A file that is being written, under a name of its own until it is whole. */
struct target {
	char path[PATH_SIZE], part[PATH_SIZE + 32];
	int fd;
	uint64_t sum;      /* of what was written, to compare with what can be read */
	int64_t octets;
};

/* FNV-1a: finds what a bad disk or stick does; whoever changes it on purpose is found by the seal. */
static uint64_t sum_of(uint64_t sum, const uint8_t *data, size_t len)
{
	for (size_t i = 0; i < len; i++)
		sum = (sum ^ data[i]) * 1099511628211u;
	return sum;
}

/* A folder gets a file named after the time. */
static int target_path(struct target *t, const char *path)
{
	struct stat st;
	char now[21] = "";
	int n;

	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
		hl_format_utc(hl_wall_ms(&hl_clock_system), now);
		n = snprintf(t->path, sizeof(t->path), "%s/hotline-%s.backup", path, now);
	} else {
		n = snprintf(t->path, sizeof(t->path), "%s", path);
	}
	return n < (int)sizeof(t->path) ? CTL_OK : ctl_fail(CTL_USAGE, "the name is too long");
}

static int target_open(struct target *t, const char *name)
{
	const char *path = t->path;
	int err;

	*t = (struct target){ .fd = -1, .sum = 14695981039346656037u };
	err = target_path(t, name);
	if (err)
		return err;
	if (access(path, F_OK) == 0)
		return ctl_fail(CTL_FAILED, "%s is there already and is left as it is: give another name", path);
	if (snprintf(t->part, sizeof(t->part), "%s.%ld.part", path, (long)getpid()) >= (int)sizeof(t->part))
		return ctl_fail(CTL_USAGE, "the name is too long");
	t->fd = open(t->part, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	return t->fd >= 0 ? CTL_OK : ctl_fail(CTL_FAILED, "making %s failed: %s", t->part, strerror(errno));
}

static int target_write(struct target *t, const uint8_t *data, size_t len)
{
	t->sum = sum_of(t->sum, data, len);
	t->octets += (int64_t)len;
	while (len > 0) {
		ssize_t n = write(t->fd, data, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return ctl_fail(CTL_FAILED, "writing %s failed: %s", t->part, strerror(errno));
		data += n;
		len -= (size_t)n;
	}
	return CTL_OK;
}

/* On the disk, and readable from there as it was written. */
static int target_check(struct target *t)
{
	uint8_t piece[PIECE_MAX];
	uint64_t sum = 14695981039346656037u;
	int64_t octets = 0;
	ssize_t n;

	if (fsync(t->fd) || posix_fadvise(t->fd, 0, 0, POSIX_FADV_DONTNEED) || lseek(t->fd, 0, SEEK_SET) != 0)
		return ctl_fail(CTL_FAILED, "writing %s failed: %s", t->part, strerror(errno));
	while ((n = read(t->fd, piece, sizeof(piece))) > 0) {
		sum = sum_of(sum, piece, (size_t)n);
		octets += n;
	}
	if (n < 0 || octets != t->octets || sum != t->sum)
		return ctl_fail(CTL_FAILED, "%s does not read as it was written: use another disk or stick", t->part);
	return CTL_OK;
}

static int target_name(const struct target *t)
{
	struct hl_reason why = { "" };

	if (link(t->part, t->path) != 0) /* never over one that came meanwhile */
		return ctl_fail(CTL_FAILED, "naming %s failed: %s", t->path, strerror(errno));
	unlink(t->part);
	return hl_sync_parent(t->path, &why) ? ctl_fail(CTL_FAILED, "%s", why.text) : CTL_OK;
}

static void target_end(struct target *t)
{
	if (t->fd >= 0) {
		close(t->fd);
		unlink(t->part); /* not there any more where all went well */
	}
}

static void show_progress(const json_t *answer)
{
	const char *what = ctl_true(answer, "checking") ? "checking" : json_object_get(answer, "data") ? "writing " : "copying ";
	int64_t total = ctl_int(answer, "total");

	if (isatty(STDERR_FILENO) && total > 0)
		fprintf(stderr, "\r%s %3d %%", what, (int)(ctl_int(answer, "copied") * 100 / total));
}

static int take_piece(struct target *t, const json_t *answer)
{
	static uint8_t piece[PIECE_MAX];
	const char *hex = ctl_text(answer, "data");
	int len = hl_hex_decode(hex, strlen(hex), piece, sizeof(piece));

	return len < 0 ? ctl_fail(CTL_FAILED, "what the core says is no piece of a backup") : target_write(t, piece, (size_t)len);
}

static int take_all(struct ctl *ctl, struct target *t, int64_t number)
{
	bool last = false;
	int err = CTL_OK;

	while (!last && !err) {
		json_t *answer;
		err = client_ask(ctl, json_pack("{s:s, s:I}", "op", "backup.read", "backup", (json_int_t)number), &answer);
		if (err)
			break;
		show_progress(answer);
		if (json_object_get(answer, "data"))
			err = take_piece(t, answer);
		last = ctl_true(answer, "last");
		json_decref(answer);
	}
	if (isatty(STDERR_FILENO))
		fputc('\n', stderr);
	return err;
}

int cmd_backup(struct ctl *ctl, const struct ctl_args *args)
{
	struct target t;
	json_t *answer;
	int err = target_open(&t, args->word[0]);

	if (!err)
		err = client_ask(ctl, json_pack("{s:s}", "op", "backup.start"), &answer);
	if (!err) {
		err = take_all(ctl, &t, ctl_int(answer, "backup"));
		json_decref(answer);
	}
	if (!err)
		err = target_check(&t);
	if (!err)
		err = target_name(&t);
	target_end(&t);
	if (err)
		return err;
	if (ctl->json)
		ctl_print_json(json_pack("{s:s, s:I}", "file", t.path, "octets", (json_int_t)t.octets));
	else
		printf("%s: %lld octets, checked page by page, written and read back. Only the recovery key opens it; "
			"the keyring folder and the four key files\nare not in it.\n", t.path, (long long)t.octets);
	return CTL_OK;
}

/* ---- restore --------------------------------------------------------------------------------- */

/* The key as the standard input of what comes next. */
static int put_on_stdin(const char *key)
{
	int ends[2];
	size_t len = strlen(key);

	if (pipe(ends) != 0)
		return ctl_fail(CTL_FAILED, "cannot make a pipe: %s", strerror(errno));
	if (write(ends[1], key, len) != (ssize_t)len || write(ends[1], "\n", 1) != 1 || dup2(ends[0], STDIN_FILENO) < 0)
		return ctl_fail(CTL_FAILED, "cannot hand over the key: %s", strerror(errno));
	close(ends[0]);
	close(ends[1]);
	return CTL_OK;
}

int cmd_restore(struct ctl *ctl, const struct ctl_args *args)
{
	char path[CTL_PATH_SIZE], key[TERMINAL_SECRET_MAX];
	int err;

	if (!ctl_find_core(path))
		return ctl_fail(CTL_NOT_FOUND, "hotlined was not found: name it in the environment variable HOTLINED");
	err = terminal_secret(ctl, "Recovery key: ", key, sizeof(key));
	if (!err)
		err = put_on_stdin(key);
	explicit_bzero(key, sizeof(key));
	if (err)
		return err;
	fflush(NULL);
	execl(path, "hotlined", "--restore", args->word[0], "--config", ctl->config ? ctl->config : CTL_CONFIG_DEFAULT, (char *)NULL);
	return ctl_fail(CTL_FAILED, "cannot run %s: %s", path, strerror(errno));
}
