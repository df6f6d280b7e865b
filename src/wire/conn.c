#include "wire/conn.h"

#include <errno.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/mem.h"

struct wire_conn {
	struct bufferevent *bev;
	const struct wire_conn_ops *ops;
	void *arg;
	size_t backlog_max;
	bool busy;    /* inside a callback: free later */
	bool closing; /* no more lines; free when written or failed */
};

static void conn_free(struct wire_conn *c)
{
	bufferevent_free(c->bev);
	free(c);
}

static void conn_fail(struct wire_conn *c, const char *why)
{
	if (!c->closing)
		c->ops->closed(c, why, c->arg);
	conn_free(c);
}

static void on_read(struct bufferevent *bev, void *arg)
{
	struct wire_conn *c = arg;
	struct evbuffer *in = bufferevent_get_input(bev);
	bool too_long = false;
	char *line;
	size_t len;

	c->busy = true;
	while (!c->closing && !too_long && (line = evbuffer_readln(in, &len, EVBUFFER_EOL_LF))) {
		too_long = len > WIRE_LINE_MAX;
		if (!too_long)
			c->ops->line(c, line, len, c->arg);
		hl_wipe_free(line);
	}
	c->busy = false;
	if (c->closing) {
		if (evbuffer_get_length(bufferevent_get_output(bev)) == 0)
			conn_free(c);
	} else if (too_long || evbuffer_get_length(in) > WIRE_LINE_MAX) {
		conn_fail(c, "a line is too long");
	}
}

static void on_write(struct bufferevent *bev, void *arg)
{
	struct wire_conn *c = arg;

	/* libevent also calls this once for a connection that never had anything to write */
	if (c->closing && !c->busy && evbuffer_get_length(bufferevent_get_output(bev)) == 0)
		conn_free(c);
}

static void on_event(struct bufferevent *bev, short what, void *arg)
{
	struct wire_conn *c = arg;

	if (evbuffer_get_length(bufferevent_get_output(bev)) > c->backlog_max)
		conn_fail(c, "the peer does not read what it is sent");
	else
		conn_fail(c, what & BEV_EVENT_EOF ? "the peer closed" : strerror(errno));
}

struct wire_conn *wire_conn_new(struct event_base *base, int fd, const struct wire_conn_ops *ops, void *arg)
{
	struct wire_conn *c = hl_calloc(1, sizeof(*c));

	c->ops = ops;
	c->arg = arg;
	c->backlog_max = WIRE_BACKLOG_MAX;
	c->bev = bufferevent_socket_new(base, fd, BEV_OPT_CLOSE_ON_FREE | BEV_OPT_DEFER_CALLBACKS);
	if (!c->bev)
		hl_fatal(71, "cannot watch a connection");
	bufferevent_setcb(c->bev, on_read, on_write, on_event, c);
	bufferevent_enable(c->bev, EV_READ | EV_WRITE);
	return c;
}

void wire_conn_limit(struct wire_conn *c, size_t backlog_max)
{
	c->backlog_max = backlog_max;
}

void wire_conn_send(struct wire_conn *c, const char *line)
{
	struct evbuffer *out = bufferevent_get_output(c->bev);

	if (c->closing)
		return;
	evbuffer_add(out, line, strlen(line));
	evbuffer_add(out, "\n", 1);
	if (evbuffer_get_length(out) > c->backlog_max)
		bufferevent_trigger_event(c->bev, BEV_EVENT_ERROR, 0); /* closed() comes from the loop */
}

void wire_conn_close(struct wire_conn *c)
{
	c->closing = true;
	bufferevent_disable(c->bev, EV_READ);
	if (!c->busy && evbuffer_get_length(bufferevent_get_output(c->bev)) == 0)
		conn_free(c);
}

int wire_conn_peer(const struct wire_conn *c, uid_t *uid, gid_t *gid, pid_t *pid)
{
	struct ucred cred;
	socklen_t len = sizeof(cred);

	if (getsockopt(bufferevent_getfd(c->bev), SOL_SOCKET, SO_PEERCRED, &cred, &len))
		return HL_EIO;
	*uid = cred.uid;
	*gid = cred.gid;
	*pid = cred.pid;
	return 0;
}

bool wire_conn_is_gone(const struct wire_conn *c)
{
	struct pollfd p = { .fd = bufferevent_getfd(c->bev) };

	return poll(&p, 1, 0) == 1 && (p.revents & (POLLHUP | POLLERR));
}

static int unix_address(const char *path, struct sockaddr_un *sa, struct hl_reason *reason)
{
	memset(sa, 0, sizeof(*sa));
	sa->sun_family = AF_UNIX;
	if (hl_strlcpy(sa->sun_path, sizeof(sa->sun_path), path))
		return hl_fail(reason, HL_ERANGE, "%s: the path of a socket may have %zu characters: choose a shorter one", path, sizeof(sa->sun_path) - 1);
	return 0;
}

int wire_connect(const char *path, struct hl_reason *reason)
{
	struct sockaddr_un sa;
	int fd, err = unix_address(path, &sa, reason);

	if (err)
		return err;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return hl_fail(reason, HL_EIO, "cannot make a socket: %s (too many files open? LimitNOFILE= of the unit)", strerror(errno));
	if (connect(fd, (struct sockaddr *)&sa, sizeof(sa)) == 0)
		return fd;
	err = errno;
	close(fd);
	return hl_fail(reason, HL_EIO, "cannot connect to %s: %s", path, strerror(err));
}

int wire_listen(const char *path, mode_t mode, struct hl_reason *reason)
{
	struct sockaddr_un sa;
	int fd, err = unix_address(path, &sa, reason);

	if (err)
		return err;
	if ((fd = wire_connect(path, NULL)) >= 0) {
		close(fd);
		return hl_fail(reason, HL_EEXIST, "%s is in use: another program listens there; end that one first", path);
	}
	unlink(path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd >= 0 && bind(fd, (struct sockaddr *)&sa, sizeof(sa)) == 0 && chmod(path, mode) == 0 && listen(fd, 128) == 0)
		return fd;
	err = errno;
	if (fd >= 0)
		close(fd);
	return hl_fail(reason, HL_EIO, "cannot listen on %s: %s%s", path, strerror(err),
		err == EACCES ? "; let systemd hand it over (its .socket unit), or give its folder to this user" : "");
}
