#include "core/activation.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FIRST_FD 3 /* SD_LISTEN_FDS_START */

/* systemd hands sockets over blocking, unless NonBlocking= says otherwise. */
static int make_ours(int fd)
{
	return fcntl(fd, F_SETFD, FD_CLOEXEC) || fcntl(fd, F_SETFL, O_NONBLOCK) ? -1 : fd;
}

int activation_fd(const char *name)
{
	const char *pid = getenv("LISTEN_PID"), *fds = getenv("LISTEN_FDS"), *names = getenv("LISTEN_FDNAMES");
	size_t len;

	if (!pid || !fds || !names || atol(pid) != (long)getpid())
		return -1;
	for (int i = 0; i < atoi(fds); i++) {
		len = strcspn(names, ":");
		if (len == strlen(name) && strncmp(names, name, len) == 0)
			return make_ours(FIRST_FD + i);
		names += len + (names[len] == ':');
	}
	return -1;
}
