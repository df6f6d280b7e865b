#include "ussd/http.h"

#include <microhttpd.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sysexits.h>

#include "base/mem.h"
#include "ussd/conn_clock.h"

/* Octets of a connection's memory beside the header: what the library keeps of it, and the answer's header. */
#define POOL_ROOM 2048

/* A connection. The clock of one that waits for us is stopped. */
struct conn {
	struct http_server *server;
	struct conn_time time;
};

struct exchange {
	struct http_exchange x; /* first */
	struct http_server *server;
	struct MHD_Connection *connection;
	struct conn *conn;
	bool headed;            /* its header was looked at */
	bool inside;            /* request() runs */
	bool suspended, too_long;
	int refused;            /* by head() */
	size_t room;            /* of x.body */
	struct MHD_Response *response;
	int status;
};

struct http_server {
	struct http_limits limits;
	const struct http_ops *ops;
	void *arg;
	struct MHD_Daemon *daemon;
	struct event *ready;
	struct conn_clock *clock;
	bool closed; /* a connection, in this run of the library */
};

static void run(struct http_server *s)
{
	MHD_UNSIGNED_LONG_LONG ms;

	/* Once more after a connection is over: only at its next start does it look whether there is room for another
	 * one. */
	do {
		s->closed = false;
		MHD_run(s->daemon);
	} while (s->closed || (MHD_get_timeout(s->daemon, &ms) == MHD_YES && ms == 0));
}

static void on_ready(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	run(arg);
}

static void on_connection(void *arg, struct MHD_Connection *connection, void **place,
	enum MHD_ConnectionNotificationCode what)
{
	struct conn *c = *place;

	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		*place = c = hl_calloc(1, sizeof(*c));
		c->server = arg;
		c->time.fd = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
		conn_clock_start(c->server->clock, &c->time, CONN_REQUEST);
	} else if (c) {
		conn_clock_stop(c->server->clock, &c->time);
		c->server->closed = true;
		free(c);
		*place = NULL;
	}
}

/* ---- a request ------------------------------------------------------------------------------------------------- */

static struct MHD_Response *make_response(const char *type, const char *body)
{
	struct MHD_Response *r = MHD_create_response_from_buffer(strlen(body), (void *)(uintptr_t)body, MHD_RESPMEM_MUST_COPY);

	if (!r)
		hl_fatal(EX_OSERR, "libmicrohttpd makes no response");
	MHD_add_response_header(r, MHD_HTTP_HEADER_CONTENT_TYPE, type);
	MHD_add_response_header(r, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
	return r;
}

static enum MHD_Result queue(struct exchange *e)
{
	enum MHD_Result result = MHD_queue_response(e->connection, (unsigned)e->status, e->response);

	MHD_destroy_response(e->response);
	e->response = NULL;
	conn_clock_start(e->server->clock, &e->conn->time, CONN_REQUEST);
	return result;
}

static enum MHD_Result refuse(struct exchange *e, int status)
{
	static const struct { int status; const char *words; } all[] = {
		{ 400, "The request is not as it should be.\n" }, { 403, "Not for you.\n" }, { 404, "There is nothing here.\n" },
		{ 405, "Another method is wanted.\n" }, { 411, "Content-Length is wanted.\n" }, { 413, "Too long.\n" },
		{ 414, "The path is too long.\n" },
		{ 431, "The header is too long.\n" }, { 429, "Too often; try again later.\n" },
	};
	const char *words = "Refused.\n";

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (all[i].status == status)
			words = all[i].words;
	e->status = status;
	e->response = make_response("text/plain; charset=utf-8", words);
	return queue(e);
}

struct find { const char *name, *value; size_t count; };

static enum MHD_Result look_at(void *arg, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct find *f = arg;

	(void)kind;
	if (strcasecmp(name, f->name) == 0) {
		f->value = value ? value : "";
		f->count++;
	}
	return MHD_YES;
}

static struct find find_header(struct http_exchange *x, const char *name)
{
	struct find f = { name, NULL, 0 };

	MHD_get_connection_values(((struct exchange *)(void *)x)->connection, MHD_HEADER_KIND, look_at, &f);
	return f;
}

const char *http_header(struct http_exchange *x, const char *name)
{
	return find_header(x, name).value;
}

static int read_body_size(struct exchange *e)
{
	struct find f = find_header(&e->x, MHD_HTTP_HEADER_CONTENT_LENGTH);
	size_t digits = f.value ? strspn(f.value, "0123456789") : 0;

	/* What is sent in chunks, or in a coding, can be read in two ways by a proxy and by us: no operator needs it. */
	if (http_header(&e->x, MHD_HTTP_HEADER_TRANSFER_ENCODING) || http_header(&e->x, MHD_HTTP_HEADER_CONTENT_ENCODING))
		return 411;
	e->room = 0;
	if (f.count == 0)
		return strcmp(e->x.method, "GET") == 0 ? 0 : 411;
	if (f.count > 1 || digits == 0 || f.value[digits])
		return 400;
	if (digits > 9)
		return 413;
	e->room = strtoul(f.value, NULL, 10);
	return e->room > e->server->limits.body_max ? 413 : 0;
}

static int read_head(struct exchange *e, const char *method)
{
	const union MHD_ConnectionInfo *peer = MHD_get_connection_info(e->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const union MHD_ConnectionInfo *size = MHD_get_connection_info(e->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
	const char *type = http_header(&e->x, MHD_HTTP_HEADER_CONTENT_TYPE);
	int status;

	if (e->too_long)
		return 414;
	if (size && size->header_size > e->server->limits.header_max)
		return 431;
	if (strcmp(method, "POST") != 0 && strcmp(method, "PUT") != 0 && strcmp(method, "GET") != 0)
		return 405;
	hl_strlcpy(e->x.method, sizeof(e->x.method), method);
	if (!peer || !source_of(peer->client_addr, &e->x.source) || hl_strlcpy(e->x.type, sizeof(e->x.type), type ? type : ""))
		return 400;
	status = read_body_size(e);
	if (!status)
		status = e->server->ops->head(e->server->arg, &e->x);
	if (!status)
		e->x.body = hl_calloc(e->room + 1, 1);
	return status;
}

static void *on_target(void *arg, const char *target, struct MHD_Connection *connection)
{
	struct exchange *e = hl_calloc(1, sizeof(*e));

	e->server = arg;
	e->connection = connection;
	e->conn = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
	if (e->conn->time.wait == CONN_IDLE)
		conn_clock_start(e->server->clock, &e->conn->time, CONN_REQUEST);
	e->too_long = hl_strlcpy(e->x.target, sizeof(e->x.target), target) != 0;
	return e;
}

static enum MHD_Result take_body(struct exchange *e, const char *data, size_t *len)
{
	if (*len > e->room - e->x.body_len) /* the library holds to Content-Length; so do we */
		return MHD_NO;
	memcpy(e->x.body + e->x.body_len, data, *len);
	e->x.body_len += *len;
	*len = 0;
	return MHD_YES;
}

static enum MHD_Result on_request(void *arg, struct MHD_Connection *connection, const char *url, const char *method,
	const char *version, const char *data, size_t *len, void **place)
{
	struct exchange *e = *place;

	(void)arg;
	(void)url;
	(void)version;
	if (!e)
		return MHD_NO;
	e->connection = connection;
	if (!e->headed) {
		e->headed = true;
		e->refused = read_head(e, method);
		return e->refused ? refuse(e, e->refused) : MHD_YES;
	}
	if (*len > 0)
		return take_body(e, data, len);
	conn_clock_stop(e->server->clock, &e->conn->time);
	e->inside = true;
	e->server->ops->request(e->server->arg, &e->x);
	e->inside = false;
	if (e->response)
		return queue(e);
	e->suspended = true;
	MHD_suspend_connection(connection);
	return MHD_YES;
}

void http_answer(struct http_exchange *x, int status, const char *type, const char *body)
{
	struct exchange *e = (struct exchange *)(void *)x;
	struct http_server *s;

	e->status = status;
	e->response = make_response(type, body);
	if (e->inside)
		return;
	e->suspended = false;
	s = e->server;
	queue(e);
	MHD_resume_connection(e->connection);
	event_active(s->ready, EV_READ, 0); /* without threads of its own the library wakes nobody */
}

static void on_completed(void *arg, struct MHD_Connection *connection, void **place,
	enum MHD_RequestTerminationCode how)
{
	struct exchange *e = *place;
	struct http_server *s = arg;

	(void)connection;
	*place = NULL;
	if (!e)
		return;
	if (e->suspended)
		s->ops->gone(s->arg, &e->x);
	if (how == MHD_REQUEST_TERMINATED_COMPLETED_OK)
		conn_clock_start(s->clock, &e->conn->time, e->status == 200 ? CONN_IDLE : CONN_REQUEST);
	if (e->x.body)
		explicit_bzero(e->x.body, e->x.body_len);
	free(e->x.body);
	explicit_bzero(e, sizeof(*e));
	free(e);
}

/* ---- the server ------------------------------------------------------------------------------------------------ */

/* Its words may hold what a peer sent: they go nowhere. */
static void log_nothing(void *arg, const char *format, va_list ap)
{
	(void)arg;
	(void)format;
	(void)ap;
}

static size_t leave_escaped(void *arg, struct MHD_Connection *connection, char *text)
{
	(void)arg;
	(void)connection;
	return strlen(text);
}

static struct MHD_Daemon *start(struct http_server *s, int fd)
{
	const unsigned flags = MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;

	return MHD_start_daemon(flags, 0, NULL, NULL, on_request, s,
		MHD_OPTION_EXTERNAL_LOGGER, log_nothing, NULL,
		MHD_OPTION_LISTEN_SOCKET, fd,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, s->limits.header_max + POOL_ROOM,
		MHD_OPTION_CONNECTION_LIMIT, s->limits.connections_max,
		MHD_OPTION_PER_IP_CONNECTION_LIMIT, s->limits.per_source,
		MHD_OPTION_STRICT_FOR_CLIENT, 1,
		MHD_OPTION_SIGPIPE_HANDLED_BY_APP, 1,
		MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, NULL,
		MHD_OPTION_URI_LOG_CALLBACK, on_target, s,
		MHD_OPTION_NOTIFY_CONNECTION, on_connection, s,
		MHD_OPTION_NOTIFY_COMPLETED, on_completed, s,
		MHD_OPTION_END);
}

struct http_server *http_new(struct event_base *base, int fd, const struct http_limits *limits,
	const struct http_ops *ops, void *arg,
	struct hl_reason *why)
{
	struct http_server *s = hl_calloc(1, sizeof(*s));
	const union MHD_DaemonInfo *info;

	*s = (struct http_server){ .limits = *limits, .ops = ops, .arg = arg };
	s->clock = conn_clock_new(base, (const int64_t[CONN_WAITS]){ limits->request_ms, limits->idle_ms });
	s->daemon = start(s, fd);
	info = s->daemon ? MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_EPOLL_FD) : NULL;
	s->ready = info ? event_new(base, info->epoll_fd, EV_READ | EV_PERSIST, on_ready, s) : NULL;
	if (!s->ready || event_add(s->ready, NULL)) {
		hl_fail(why, HL_EIO, "libmicrohttpd cannot start a server");
		http_free(s);
		return NULL;
	}
	return s;
}

void http_free(struct http_server *s)
{
	if (s->ready)
		event_free(s->ready);
	if (s->daemon) {
		run(s); /* the last answers */
		MHD_stop_daemon(s->daemon);
	}
	conn_clock_free(s->clock);
	free(s);
}
