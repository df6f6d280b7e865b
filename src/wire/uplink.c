#include "wire/uplink.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "wire/conn.h"

/* No event tells that a socket's listener is back, so asking again is all there is. */
#define PAUSE_MIN_MS 100
#define PAUSE_MAX_MS 5000

struct uplink {
	struct event_base *base;
	const char *path, *name;
	const struct uplink_ops *ops;
	void *arg;
	struct wire_conn *conn;
	bool started, welcomed, complained;
	struct event *timer;
	int64_t pause_ms;
};

bool uplink_is_up(const struct uplink *u)
{
	return u->conn && u->welcomed;
}

static void reconnect_later(struct uplink *u)
{
	struct timeval tv = { u->pause_ms / 1000, (u->pause_ms % 1000) * 1000 };

	evtimer_add(u->timer, &tv);
	u->pause_ms = u->pause_ms * 2 < PAUSE_MAX_MS ? u->pause_ms * 2 : PAUSE_MAX_MS;
}

static void went_down(struct uplink *u, const char *why)
{
	bool was_up = uplink_is_up(u);

	u->conn = NULL;
	u->welcomed = false;
	hl_log(HL_LOG_WARNING, "link", "down reason=\"%s\"", why);
	if (was_up)
		u->ops->down(u->arg);
	reconnect_later(u);
}

static void on_closed(struct wire_conn *conn, const char *why, void *arg)
{
	(void)conn;
	went_down(arg, why);
}

static void break_off(struct uplink *u, const char *why)
{
	wire_conn_close(u->conn);
	went_down(u, why);
}

static void on_welcome(struct uplink *u, const struct wire_link_msg *msg)
{
	if (msg->u.welcome.version != WIRE_LINK_VERSION) {
		hl_log(HL_LOG_ERR, "link", "other_version theirs=%lld ours=%d mend=\"install one version of all programs\"",
		       (long long)msg->u.welcome.version, WIRE_LINK_VERSION);
		return;
	}
	u->welcomed = true;
	u->pause_ms = PAUSE_MIN_MS;
	hl_log(HL_LOG_INFO, "link", "up");
}

static void on_line(struct wire_conn *conn, char *line, size_t len, void *arg)
{
	struct uplink *u = arg;
	struct wire_link_msg msg;
	struct hl_reason why;

	(void)conn;
	if (wire_link_decode(line, len, &msg, &why)) {
		hl_log(HL_LOG_ERR, "link", "malformed reason=\"%s\"", why.text);
		break_off(u, "a malformed line");
		return;
	}
	if (msg.type == WIRE_WELCOME)
		on_welcome(u, &msg);
	if (u->welcomed || msg.type == WIRE_UNWELCOME)
		u->ops->message(u->arg, &msg);
	wire_link_clear(&msg);
}

static void say_hello(struct uplink *u)
{
	struct wire_link_msg msg = { .type = WIRE_HELLO };
	char *line;

	msg.u.hello.version = WIRE_LINK_VERSION;
	hl_strlcpy(msg.u.hello.kind, sizeof(msg.u.hello.kind), "modem");
	hl_strlcpy(msg.u.hello.name, sizeof(msg.u.hello.name), u->name);
	u->ops->hello(u->arg, &msg.u.hello);
	line = wire_link_encode(&msg);
	wire_conn_send(u->conn, line);
	hl_wipe_free(line);
}

static void on_timer(evutil_socket_t unused, short what, void *arg)
{
	static const struct wire_conn_ops ops = { on_line, on_closed };
	struct uplink *u = arg;
	struct hl_reason why;
	int fd;

	(void)unused;
	(void)what;
	evtimer_del(u->timer);
	if (u->conn)
		return;
	fd = wire_connect(u->path, &why);
	if (fd < 0) {
		if (!u->complained) /* once, not at every attempt */
			hl_log(HL_LOG_WARNING, "link", "no_core reason=\"%s\" mend=\"start hotlined; trying on\"", why.text);
		u->complained = true;
		reconnect_later(u);
		return;
	}
	u->complained = false;
	u->conn = wire_conn_new(u->base, fd, &ops, u);
	say_hello(u);
}

bool uplink_send(struct uplink *u, const struct wire_link_msg *msg)
{
	char *line;

	if (!uplink_is_up(u))
		return false;
	line = wire_link_encode(msg);
	wire_conn_send(u->conn, line);
	hl_wipe_free(line);
	return true;
}

struct uplink *uplink_new(struct event_base *base, const char *path, const char *name, const struct uplink_ops *ops,
			  void *arg)
{
	struct uplink *u = hl_calloc(1, sizeof(*u));

	*u = (struct uplink){ .base = base, .path = path, .name = name, .ops = ops, .arg = arg, .pause_ms = PAUSE_MIN_MS };
	u->timer = evtimer_new(base, on_timer, u);
	if (!u->timer)
		hl_fatal(71, "cannot make a timer");
	return u;
}

void uplink_start(struct uplink *u)
{
	u->started = true;
	if (u->conn)
		break_off(u, "introducing itself anew");
	u->pause_ms = PAUSE_MIN_MS;
	event_active(u->timer, EV_TIMEOUT, 0);
}

bool uplink_is_started(const struct uplink *u)
{
	return u->started;
}

void uplink_free(struct uplink *u)
{
	event_free(u->timer);
	if (u->conn)
		wire_conn_close(u->conn);
	free(u);
}
