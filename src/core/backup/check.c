#include "core/backup/check.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/backup.h"

struct check {
	pthread_t thread;
	int fd;
	struct event *readable;
	void (*done)(void *arg, int err, const struct hl_reason *why);
	void *arg;
	char path[300];
	int err;              /* these two: of the thread until fd is readable */
	struct hl_reason why;
};

static void *look(void *arg)
{
	static const uint64_t one = 1;
	struct check *c = arg;

	c->err = store_check_copy(c->path, &c->why);
	if (write(c->fd, &one, sizeof(one)) < 0)
		hl_fatal(EX_OSERR, "the eventfd of a backup's check failed: %s", strerror(errno));
	return NULL;
}

static void on_looked(evutil_socket_t fd, short what, void *arg)
{
	struct check *c = arg;

	(void)fd;
	(void)what;
	c->done(c->arg, c->err, &c->why);
}

struct check *check_start(struct event_base *base, const char *path, void (*done)(void *arg, int err, const struct hl_reason *why), void *arg)
{
	struct check *c = hl_calloc(1, sizeof(*c));
	sigset_t all, before;

	c->done = done;
	c->arg = arg;
	hl_strlcpy(c->path, sizeof(c->path), path);
	c->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	c->readable = c->fd < 0 ? NULL : event_new(base, c->fd, EV_READ, on_looked, c);
	if (!c->readable || event_add(c->readable, NULL) != 0)
		hl_fatal(EX_OSERR, "the check of a backup cannot be watched");
	sigfillset(&all); /* signals are the main thread's */
	pthread_sigmask(SIG_SETMASK, &all, &before);
	if (pthread_create(&c->thread, NULL, look, c) != 0)
		hl_fatal(EX_OSERR, "no thread for the check of a backup could be started: raise TasksMax or the process limit");
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return c;
}

void check_end(struct check *c)
{
	if (!c)
		return;
	pthread_join(c->thread, NULL);
	event_free(c->readable);
	close(c->fd);
	free(c);
}
