#include "simmodem/pty.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "base/mem.h"

void pty_init(struct pty *pty, struct event_base *base, const char *link, void (*input)(void *, const uint8_t *, size_t),
	void *arg)
{
	*pty = (struct pty){ .base = base, .input = input, .arg = arg, .master = -1, .slave = -1 };
	if (hl_strlcpy(pty->link, sizeof(pty->link), link))
		hl_fatal(64, "the directory of the modems has too long a name");
}

bool pty_is_open(const struct pty *pty)
{
	return pty->master >= 0;
}

static void on_readable(evutil_socket_t fd, short what, void *arg)
{
	struct pty *pty = arg;
	uint8_t data[PTY_READ_MAX];
	ssize_t n = read(fd, data, sizeof(data));

	(void)what;
	/* A real port forgets TIOCEXCL when its program closes it; this one stays open here, and would refuse the next program. */
	ioctl(pty->slave, TIOCNXCL);
	if (n > 0)
		pty->input(pty->arg, data, (size_t)n);
	else if (n < 0 && errno != EAGAIN && errno != EINTR)
		event_del(pty->readable); /* cannot happen while the slave is open here */
}

static void on_writable(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	pty_flush(arg);
}

static int set_raw(int fd)
{
	struct termios tio;

	if (tcgetattr(fd, &tio))
		return -1;
	cfmakeraw(&tio);
	cfsetspeed(&tio, B115200);
	return tcsetattr(fd, TCSANOW, &tio);
}

static int open_pair(struct pty *pty, char *name, size_t size)
{
	pty->master = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	if (pty->master < 0 || grantpt(pty->master) || unlockpt(pty->master) || ptsname_r(pty->master, name, size))
		return -1;
	pty->slave = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
	return pty->slave < 0 ? -1 : set_raw(pty->slave);
}

int pty_open(struct pty *pty, struct hl_reason *reason)
{
	char name[64];

	if (open_pair(pty, name, sizeof(name)) == 0) {
		unlink(pty->link);
		if (symlink(name, pty->link) == 0) {
			pty->readable = event_new(pty->base, pty->master, EV_READ | EV_PERSIST, on_readable, pty);
			pty->writable = event_new(pty->base, pty->master, EV_WRITE, on_writable, pty);
			event_add(pty->readable, NULL);
			return 0;
		}
	}
	hl_fail(reason, HL_EIO, "cannot make the pty for %s: %s", pty->link, strerror(errno));
	pty_close(pty);
	return HL_EIO;
}

void pty_close(struct pty *pty)
{
	if (pty->readable) {
		event_free(pty->readable);
		event_free(pty->writable);
		unlink(pty->link);
	}
	pty->readable = pty->writable = NULL;
	if (pty->master >= 0)
		close(pty->master);
	if (pty->slave >= 0)
		close(pty->slave);
	pty->master = pty->slave = -1;
	pty->out_at = pty->out_len = 0;
}

void pty_free(struct pty *pty)
{
	pty_close(pty);
	free(pty->out);
	pty->out = NULL;
}

static void make_room(struct pty *pty, size_t len)
{
	if (pty->out_at)
		memmove(pty->out, pty->out + pty->out_at, pty->out_len - pty->out_at);
	pty->out_len -= pty->out_at;
	pty->out_at = 0;
	while (pty->out_size < pty->out_len + len)
		pty->out_size = pty->out_size ? pty->out_size * 2 : 2048;
	pty->out = hl_realloc_array(pty->out, pty->out_size, 1);
}

void pty_write(struct pty *pty, const char *data, size_t len)
{
	if (pty->master < 0)
		return;
	if (pty->out_len - pty->out_at + len > PTY_BACKLOG_MAX) {
		pty->dropped += len;
		return;
	}
	if (!pty->out || pty->out_len + len > pty->out_size)
		make_room(pty, len);
	memcpy(pty->out + pty->out_len, data, len);
	pty->out_len += len;
}

void pty_flush(struct pty *pty)
{
	ssize_t n;

	if (pty->master < 0 || pty->out_at == pty->out_len)
		return;
	n = write(pty->master, pty->out + pty->out_at, pty->out_len - pty->out_at);
	if (n > 0)
		pty->out_at += (size_t)n;
	if (pty->out_at == pty->out_len)
		pty->out_at = pty->out_len = 0;
	else
		event_add(pty->writable, NULL);
}
