#include "modem/sandbox.h"

#include <limits.h>
#include <seccomp.h>
#include <stdlib.h>

#include "base/confine.h"

#define TTY (CONFINE_READ | CONFINE_WRITE | CONFINE_DEVICE)
#define FOLDER (TTY | CONFINE_LIST) /* to look for a modem that moved */

/* The folders of a configured modem's tty, not the device: when it is plugged in again its device is another file. */
static size_t allow_tty(struct confine_path paths[2], const char *tty, bool only, char real[PATH_MAX])
{
	size_t n = 0;

	if (only) {
		paths[n++] = (struct confine_path){ tty, TTY, false };
		return n;
	}
	if (*tty)
		paths[n++] = (struct confine_path){ tty, FOLDER, true };
	paths[n++] = (struct confine_path){ *tty && realpath(tty, real) ? real : "/dev/tty", FOLDER, true };
	return n;
}

int sandbox_enter(const char *tty, bool only, struct hl_reason *reason)
{
	static const int calls[] = { SCMP_SYS(flock), SCMP_SYS(inotify_add_watch), SCMP_SYS(inotify_rm_watch) };
	struct confine_path paths[2];
	char real[PATH_MAX];
	const struct confine_wall wall = { .paths = paths, .path_count = allow_tty(paths, tty, only, real), .calls = calls,
		.call_count = sizeof(calls) / sizeof(calls[0]) };

	return confine_enter(&wall, reason);
}
