/* A file system of a few hundred KiB for one test program, in a mount namespace of its own: nobody else sees it, and it ends with
 * the program. */
#ifndef HL_TESTS_TINY_DISK_H
#define HL_TESTS_TINY_DISK_H

#include <fcntl.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

__attribute__((unused)) static bool tiny_disk_write(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY);
	bool good = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);

	if (fd >= 0)
		close(fd);
	return good;
}

/* False where this machine lets us have none: skip the test (exit 77). */
__attribute__((unused)) static bool tiny_disk_mount(const char *dir, const char *options)
{
	char uids[64], gids[64];

	snprintf(uids, sizeof(uids), "0 %u 1", geteuid());
	snprintf(gids, sizeof(gids), "0 %u 1", getegid());

	if (unshare(CLONE_NEWNS) != 0) {
		if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0)
			return false;
		/* Both: without a group of its own a plain user can make no file there. */
		if (!tiny_disk_write("/proc/self/uid_map", uids) || !tiny_disk_write("/proc/self/setgroups", "deny") ||
		    !tiny_disk_write("/proc/self/gid_map", gids))
			return false;
	}
	return mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 && mount("tmpfs", dir, "tmpfs", 0, options) == 0;
}

/* Takes all the room there is; removing the file gives it back. */
__attribute__((unused)) static void tiny_disk_fill(const char *path)
{
	char page[4096] = { 1 };
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	while (fd >= 0 && write(fd, page, sizeof(page)) > 0)
		;
	close(fd);
}

#endif
