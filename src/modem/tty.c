#include "modem/tty.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "base/mem.h"

#define WATCHES_MAX 2
#define IN_USE "%s is in use by another program: end that one, or give this modem its own tty"

static const struct { int64_t baud; speed_t speed; } speeds[] = {
	{ 9600, B9600 }, { 19200, B19200 }, { 38400, B38400 }, { 57600, B57600 }, { 115200, B115200 },
	{ 230400, B230400 }, { 460800, B460800 }, { 921600, B921600 },
};

static int find_speed(int64_t baud, speed_t *speed)
{
	for (size_t i = 0; i < sizeof(speeds) / sizeof(speeds[0]); i++) {
		if (speeds[i].baud == baud) {
			*speed = speeds[i].speed;
			return 0;
		}
	}
	return HL_EINVAL;
}

static int make_raw(int fd, int64_t baud, bool rtscts)
{
	struct termios tio;
	speed_t speed;

	if (tcgetattr(fd, &tio))
		return HL_EIO;
	cfmakeraw(&tio);
	tio.c_cflag |= CLOCAL | CREAD;
	if (rtscts)
		tio.c_cflag |= CRTSCTS;
	else
		tio.c_cflag &= ~(tcflag_t)CRTSCTS;
	if (baud) {
		if (find_speed(baud, &speed))
			return HL_EINVAL;
		cfsetspeed(&tio, speed);
	}
	return tcsetattr(fd, TCSANOW, &tio) ? HL_EIO : 0;
}

int tty_set_line(int fd, const char *path, int64_t baud, bool rtscts, struct hl_reason *reason)
{
	int err = make_raw(fd, baud, rtscts);

	return err ? hl_fail(reason, err, err == HL_EINVAL ? "%s: no such speed: 9600 to 921600, or 0 to leave it (baud)" :
		       "%s is not a serial line: name the modem's AT port (tty)", path) : 0;
}

static const char *mend_of_open(int err)
{
	if (err == EACCES)
		return " (is the worker's user in the group of the tty?)";
	return err == ENOENT ? " (is the modem plugged in?)" : "";
}

int tty_open(const char *path, int64_t baud, bool rtscts, struct hl_reason *reason)
{
	int fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC), err;

	if (fd < 0) {
		err = errno;
		if (err == EBUSY)
			return hl_fail(reason, HL_EEXIST, IN_USE, path);
		return hl_fail(reason, err == ENOENT || err == ENODEV || err == ENXIO || err == EIO ? HL_ENOENT : HL_EIO,
			       "cannot open %s: %s%s", path, strerror(err), mend_of_open(err));
	}
	/* TIOCEXCL keeps others out but not root; the lock keeps out a second worker, whoever runs it. */
	if (flock(fd, LOCK_EX | LOCK_NB) || (ioctl(fd, TIOCEXCL) && errno != ENOTTY)) {
		close(fd);
		return hl_fail(reason, HL_EEXIST, IN_USE, path);
	}
	if ((err = tty_set_line(fd, path, baud, rtscts, reason))) {
		close(fd);
		return err;
	}
	tcflush(fd, TCIOFLUSH);
	return fd;
}

/* ---- watching -------------------------------------------------------------------------------------------------- */

struct tty_watch {
	struct event_base *base;
	void (*changed)(void *arg);
	void *arg;
	int fd;
	int wd[WATCHES_MAX];
	size_t count;
	struct event *ev;
};

static void on_inotify(evutil_socket_t fd, short what, void *arg)
{
	struct tty_watch *w = arg;
	char events[4096];

	(void)what;
	while (read(fd, events, sizeof(events)) > 0)
		;
	tty_watch_disarm(w);
	w->changed(w->arg);
}

struct tty_watch *tty_watch_new(struct event_base *base, void (*changed)(void *arg), void *arg)
{
	struct tty_watch *w = hl_calloc(1, sizeof(*w));

	w->base = base;
	w->changed = changed;
	w->arg = arg;
	w->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (w->fd >= 0) {
		w->ev = event_new(base, w->fd, EV_READ | EV_PERSIST, on_inotify, w);
		if (!w->ev || event_add(w->ev, NULL))
			hl_fatal(71, "cannot watch for the tty");
	}
	return w;
}

void tty_watch_free(struct tty_watch *w)
{
	if (w->ev)
		event_free(w->ev);
	if (w->fd >= 0)
		close(w->fd);
	free(w);
}

/* The folder that path lies in, or the nearest above it that is there (/dev/serial/by-id comes and goes). */
static int watch_folder_of(struct tty_watch *w, const char *path)
{
	char dir[256];
	int wd;

	if (hl_strlcpy(dir, sizeof(dir), path))
		return HL_ERANGE;
	do {
		char *up = dirname(dir);
		memmove(dir, up, strlen(up) + 1);
		/* IN_ATTRIB: udev grants the group its right only after the file is there. */
		wd = inotify_add_watch(w->fd, dir, IN_CREATE | IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF | IN_ONLYDIR);
	} while (wd < 0 && errno == ENOENT && strcmp(dir, "/") != 0 && strcmp(dir, ".") != 0);
	if (wd < 0)
		return HL_EIO;
	w->wd[w->count++] = wd;
	return 0;
}

int tty_watch_arm(struct tty_watch *w, const char *path)
{
	char target[256];
	ssize_t n;

	tty_watch_disarm(w);
	if (w->fd < 0 || watch_folder_of(w, path))
		return HL_EIO;
	n = readlink(path, target, sizeof(target) - 1);
	if (n > 0 && target[0] == '/') {
		target[n] = '\0';
		watch_folder_of(w, target);
	}
	return 0;
}

void tty_watch_disarm(struct tty_watch *w)
{
	while (w->count)
		inotify_rm_watch(w->fd, w->wd[--w->count]);
}
