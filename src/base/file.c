#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PATH_LEN 512

static int fail_errno(struct hl_reason *reason, const char *doing, const char *path, int e)
{
	int err = e == ENOENT ? HL_ENOENT : e == EEXIST ? HL_EEXIST : e == ENOSPC || e == EDQUOT ? HL_EFULL : HL_EIO;

	return hl_fail(reason, err, "%s %s failed: %s", doing, path, strerror(e));
}

int hl_sync_parent(const char *path, struct hl_reason *reason)
{
	char dir[PATH_LEN];
	const char *slash = strrchr(path, '/');
	int len = slash ? (int)(slash - path) : 0;
	int fd, rc;

	if (slash == path)
		snprintf(dir, sizeof(dir), "/");
	else if (snprintf(dir, sizeof(dir), "%.*s", slash ? len : 1, slash ? path : ".") >= (int)sizeof(dir))
		return hl_fail(reason, HL_EIO, "path too long: %s", path);
	fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0) {
		fail_errno(reason, "opening the folder", dir, errno);
		return HL_EIO;
	}
	rc = fsync(fd);
	if (rc != 0)
		fail_errno(reason, "keeping the folder", dir, errno);
	close(fd);
	return rc == 0 ? 0 : HL_EIO;
}

static int write_all(int fd, const void *data, size_t len)
{
	const uint8_t *p = data;

	while (len > 0) {
		ssize_t n = write(fd, p, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		p += n;
		len -= (size_t)n;
	}
	return fsync(fd);
}

int hl_write_new_file(const char *path, const void *data, size_t len, struct hl_reason *reason)
{
	char temporary[PATH_LEN];
	int fd, err = 0;

	if (snprintf(temporary, sizeof(temporary), "%s.new", path) >= (int)sizeof(temporary))
		return hl_fail(reason, HL_EIO, "path too long: %s", path);
	unlink(temporary); /* left by a crash */
	fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0) {
		err = fail_errno(reason, "making", temporary, errno);
		return err == HL_EFULL ? err : HL_EIO;
	}
	if (write_all(fd, data, len) != 0)
		err = fail_errno(reason, "writing", temporary, errno);
	close(fd);
	if (!err && link(temporary, path) != 0) /* link, not rename: never over a file that is there */
		err = fail_errno(reason, "making", path, errno);
	unlink(temporary);
	return err ? err : hl_sync_parent(path, reason);
}

ssize_t hl_read_file(const char *path, void *data, size_t max, struct hl_reason *reason)
{
	uint8_t *p = data;
	uint8_t more;
	size_t len = 0;
	ssize_t n = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return fail_errno(reason, "opening", path, errno);
	while (len < max && (n = read(fd, p + len, max - len)) > 0)
		len += (size_t)n;
	if (n >= 0 && len == max)
		n = read(fd, &more, 1);
	if (n < 0)
		fail_errno(reason, "reading", path, errno);
	close(fd);
	if (n < 0)
		return HL_EIO;
	return n > 0 ? hl_fail(reason, HL_ERANGE, "%s is longer than %zu octets", path, max) : (ssize_t)len;
}
