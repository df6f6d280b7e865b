#include "simmodem/control.h"

#include <stdlib.h>
#include <string.h>
#include <sys/queue.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/mem.h"
#include "simmodem/ops.h"
#include "wire/conn.h"

struct client {
	TAILQ_ENTRY(client) next;
	struct control *control;
	struct wire_conn *conn;
};

struct control {
	struct sim *sim;
	struct event_base *base;
	struct event *listening;
	int fd;
	char path[108];
	TAILQ_HEAD(, client) clients;
};

static void client_free(struct client *client)
{
	watch_remove(&client->control->sim->watch, client->conn);
	TAILQ_REMOVE(&client->control->clients, client, next);
	free(client);
}

static void on_line(struct wire_conn *conn, char *line, size_t len, void *arg)
{
	struct client *client = arg;
	struct sim *sim = client->control->sim;
	char *answer = ops_run(sim, conn, line, len);

	wire_conn_send(conn, answer);
	free(answer);
	sim_flush(sim);
}

static void on_closed(struct wire_conn *conn, const char *why, void *arg)
{
	(void)conn;
	(void)why;
	client_free(arg);
}

static const struct wire_conn_ops conn_ops = { on_line, on_closed };

static void on_accept(evutil_socket_t fd, short what, void *arg)
{
	struct control *c = arg;
	int peer = accept4(fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	struct client *client;

	(void)what;
	if (peer < 0)
		return;
	client = hl_calloc(1, sizeof(*client));
	client->control = c;
	client->conn = wire_conn_new(c->base, peer, &conn_ops, client);
	TAILQ_INSERT_TAIL(&c->clients, client, next);
}

struct control *control_open(struct sim *sim, struct event_base *base, const char *path, struct hl_reason *reason)
{
	int fd = wire_listen(path, 0600, reason);
	struct control *c;

	if (fd < 0)
		return NULL;
	c = hl_calloc(1, sizeof(*c));
	c->sim = sim;
	c->base = base;
	c->fd = fd;
	hl_strlcpy(c->path, sizeof(c->path), path);
	TAILQ_INIT(&c->clients);
	c->listening = event_new(base, fd, EV_READ | EV_PERSIST, on_accept, c);
	event_add(c->listening, NULL);
	return c;
}

void control_close(struct control *c)
{
	struct client *client;

	while ((client = TAILQ_FIRST(&c->clients))) {
		wire_conn_close(client->conn);
		client_free(client);
	}
	event_free(c->listening);
	close(c->fd);
	unlink(c->path);
	free(c);
}
