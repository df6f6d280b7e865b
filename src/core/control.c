#include <config.h>

#include "core/control.h"

#include <assert.h>
#include <event2/listener.h>
#include <grp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/config.h"
#include "core/turn.h"
#include "store/store.h"
#include "wire/conn.h"

#define PEER_GROUPS_MAX 1024

struct connection {
	struct control *owner;
	struct wire_conn *conn;
	struct session *session;
	uint64_t serial; /* never used twice: what tells a kept call that its connection is gone */
	size_t in_flight;
	bool watching;
	struct connection *prev, *next;
};

struct control {
	struct core *core;
	struct evconnlistener *listener;
	struct connection *first;
	size_t count, watchers;
	uint64_t serial;
	int64_t started_boot_ms;
	gid_t gid;
	bool has_gid;
};

/* ---- what is said ------------------------------------------------------------------------------------------------------ */

/* A line that waits for the commit; with `to` NULL it is an event for every watcher. */
struct waiting {
	struct core *core;
	struct connection *to;
	uint64_t serial;
	json_t *object;
};

static const char *error_code(int err)
{
	static const char *const codes[] = {
		[0] = "ok", [-HL_EINVAL] = "bad request", [-HL_ERANGE] = "out of range", [-HL_ENOENT] = "not found",
		[-HL_EEXIST] = "exists", [-HL_EFULL] = "full", [-HL_EIO] = "i/o error", [-HL_EAUTH] = "not authorised",
		[-HL_ESTATE] = "wrong state", [-HL_EBUSY] = "busy", [-HL_EVERSION] = "wrong version", [-HL_ECORRUPT] = "corrupt",
		[-HL_ETIME] = "timeout", [-HL_EUNSUPPORTED] = "unsupported",
	};

	assert(err <= 0 && err >= HL_ERROR_LAST);
	return codes[-err];
}

static json_t *failure(int err, const char *text)
{
	json_t *object = json_object();
	json_t *said = json_string(text);

	json_object_set_new(object, "ok", json_false());
	json_object_set_new(object, "error", said ? said : json_string(hl_strerror(err)));
	json_object_set_new(object, "code", json_string(error_code(err)));
	return object;
}

static struct connection *connection_find(const struct control *c, const void *which, uint64_t serial)
{
	for (struct connection *k = c ? c->first : NULL; k; k = k->next) /* none: the program ends */
		if (k == which && k->serial == serial)
			return k;
	return NULL;
}

static void connection_send(struct connection *k, const json_t *object)
{
	char *line = json_dumps(object, JSON_COMPACT);

	wire_conn_send(k->conn, line);
	explicit_bzero(line, strlen(line));
	free(line);
}

/* Takes over the object. */
static void deliver(const struct core *core, struct connection *to, uint64_t serial, json_t *object)
{
	struct connection *k = connection_find(core->control, to, serial);

	if (k) {
		k->in_flight--;
		connection_send(k, object);
	}
	json_decref(object);
}

static void on_answer_settled(void *arg, int err)
{
	struct waiting *w = arg;

	if (err && json_is_true(json_object_get(w->object, "ok"))) {
		json_t *failed = failure(err, "nothing was stored, because the disk did not take it: see the log, then try again");
		json_object_set(failed, "id", json_object_get(w->object, "id")); /* nothing where there is none */
		json_decref(w->object);
		w->object = failed;
	}
	if (w->core->control)
		deliver(w->core, w->to, w->serial, w->object);
	else
		json_decref(w->object);
	free(w);
}

/* Wipes the texts of a request, passwords among them, when nobody holds it any more. */
static void request_release(const json_t *request)
{
	json_t *r = (json_t *)(uintptr_t)request;
	const char *key;
	json_t *value;

	if (r->refcount == 1) {
		json_object_foreach(r, key, value) {
			if (json_is_string(value))
				explicit_bzero((char *)(uintptr_t)json_string_value(value), json_string_length(value));
		}
	}
	json_decref(r);
}

static void answer(struct control_call *call, json_t *object)
{
	const json_t *id = json_object_get(call->request, "id");
	struct core *core = call->core;
	struct waiting *w;

	if (json_is_integer(id) || json_is_string(id))
		json_object_set_new(object, "id", json_deep_copy(id));
	if (call->writes)
		turn_begin(core->turn);
	if (call->writes || store_in_transaction(core->store)) {
		w = hl_calloc(1, sizeof(*w));
		*w = (struct waiting){ core, call->connection, call->serial, object };
		turn_reply(core->turn, on_answer_settled, w);
	} else {
		deliver(core, call->connection, call->serial, object);
	}
	if (call->kept) {
		request_release(call->request);
		free(call);
	} else {
		assert(!*call->settled);
		*call->settled = true;
	}
}

void control_ok(struct control_call *call, json_t *body)
{
	json_t *object = json_object();

	json_object_set_new(object, "ok", json_true());
	if (body)
		json_object_update(object, body);
	json_decref(body);
	answer(call, object);
}

void control_fail(struct control_call *call, int err, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	answer(call, failure(err, text));
}

/* ---- what handlers ask ------------------------------------------------------------------------------------------------- */

struct control_call *control_keep(struct control_call *call)
{
	struct control_call *kept = hl_calloc(1, sizeof(*kept));

	assert(!call->kept && !*call->settled);
	*call->settled = true;
	*kept = *call;
	kept->kept = true;
	kept->session = NULL;
	kept->settled = NULL;
	json_incref((json_t *)(uintptr_t)kept->request);
	return kept;
}

struct session *control_session(const struct control_call *call)
{
	const struct connection *k = connection_find(call->core->control, call->connection, call->serial);

	return k ? k->session : NULL;
}

const char *control_text(const struct control_call *call, const char *field)
{
	return json_string_value(json_object_get(call->request, field));
}

const char *control_need(struct control_call *call, const char *field, size_t max)
{
	const char *text = control_text(call, field);

	if (!text || *text == '\0')
		control_fail(call, HL_EINVAL, "the request lacks \"%s\"", field);
	else if (strlen(text) > max)
		control_fail(call, HL_ERANGE, "\"%s\" is longer than %zu octets", field, max);
	else
		return text;
	return NULL;
}

/* ---- watching ---------------------------------------------------------------------------------------------------------- */

static void broadcast(const struct control *c, const json_t *object)
{
	for (struct connection *k = c->first, *next; k; k = next) {
		next = k->next;
		if (k->watching)
			connection_send(k, object);
	}
}

static void on_event_settled(void *arg, int err)
{
	struct waiting *w = arg;

	if (!err && w->core->control)
		broadcast(w->core->control, w->object);
	json_decref(w->object);
	free(w);
}

void control_event(struct core *core, const char *event, json_t *body)
{
	struct waiting *w;
	json_t *object;

	if (!core->control || core->control->watchers == 0) {
		json_decref(body);
		return;
	}
	object = json_pack("{s:s, s:I}", "event", event, "time_ms", (json_int_t)hl_wall_ms(core->clock));
	if (body)
		json_object_update_missing(object, body);
	json_decref(body);
	if (store_in_transaction(core->store)) {
		w = hl_calloc(1, sizeof(*w));
		*w = (struct waiting){ core, NULL, 0, object };
		turn_reply(core->turn, on_event_settled, w);
	} else {
		broadcast(core->control, object);
		json_decref(object);
	}
}

void control_watch(struct control_call *call)
{
	struct connection *k = call->connection;

	if (!k->watching)
		k->owner->watchers++;
	k->watching = true;
	control_ok(call, NULL);
}

/* ---- requests ------------------------------------------------------------------------------------------------------------ */

static const struct control_op *op_find(const char *name)
{
	for (const struct control_op *op = control_ops; op->name; op++)
		if (strcmp(op->name, name) == 0)
			return op;
	return NULL;
}

static void run(struct connection *k, const json_t *request)
{
	bool settled = false;
	struct control_call call = { k->owner->core, k->session, request, k, k->serial, false, false, &settled };
	const char *name = control_text(&call, "op");
	const struct control_op *op = name ? op_find(name) : NULL;

	session_touch(k->session);
	if (k->in_flight++ >= CONTROL_IN_FLIGHT_MAX) {
		control_fail(&call, HL_EBUSY, "more than %d requests of this connection have no answer yet", CONTROL_IN_FLIGHT_MAX);
	} else if (!name) {
		control_fail(&call, HL_EINVAL, "a request is an object with \"op\": {\"op\":\"status\"}");
	} else if (!op) {
		control_fail(&call, HL_EINVAL, "there is no operation \"%.40s\"", name);
	} else if (op->roles && !(op->roles & 1u << session_role(k->session))) {
		control_fail(&call, HL_EAUTH, session_role(k->session) == PERSON_NONE ? "%s needs a person: log in first" :
			"%s is not for people of your role", op->name);
	} else {
		call.writes = op->writes;
		if (op->writes)
			turn_begin(k->owner->core->turn);
		op->handler(&call);
	}
	assert(settled);
}

static void on_line(struct wire_conn *conn, char *line, size_t len, void *arg)
{
	struct connection *k = arg;
	json_error_t why;
	json_t *request = json_loadb(line, len, JSON_REJECT_DUPLICATES, &why), *said;

	(void)conn;
	explicit_bzero(line, len);
	if (json_is_object(request)) {
		run(k, request);
		request_release(request);
		return;
	}
	json_decref(request);
	said = failure(HL_EINVAL, "a request is one line with one JSON object: {\"op\":\"status\"}");
	connection_send(k, said);
	json_decref(said);
}

/* ---- connections ---------------------------------------------------------------------------------------------------------- */

static void connection_end(struct connection *k)
{
	struct control *c = k->owner;

	if (k->prev)
		k->prev->next = k->next;
	else
		c->first = k->next;
	if (k->next)
		k->next->prev = k->prev;
	c->count--;
	c->watchers -= k->watching;
	session_free(k->session);
	free(k);
}

static void on_closed(struct wire_conn *conn, const char *why, void *arg)
{
	(void)conn;
	hl_log(HL_LOG_DEBUG, "control", "gone why=\"%s\"", why);
	connection_end(arg);
}

static const struct wire_conn_ops connection_ops = { on_line, on_closed };

/* Whether the peer was a member of the group when it connected (SO_PEERGROUPS knows its supplementary groups). */
static bool peer_in_group(int fd, gid_t gid)
{
	gid_t *groups = hl_calloc(PEER_GROUPS_MAX, sizeof(*groups));
	socklen_t len = PEER_GROUPS_MAX * sizeof(*groups);
	bool found = false;

	if (getsockopt(fd, SOL_SOCKET, SO_PEERGROUPS, groups, &len))
		len = 0;
	for (size_t i = 0; i < len / sizeof(*groups); i++)
		found = found || groups[i] == gid;
	free(groups);
	return found;
}

static bool peer_allowed(const struct control *c, int fd)
{
	struct ucred cred;
	socklen_t len = sizeof(cred);

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &cred, &len))
		return false;
	if (cred.uid == 0 || cred.uid == geteuid())
		return true;
	return c->has_gid && (cred.gid == c->gid || peer_in_group(fd, c->gid));
}

/* Says why, then closes. */
static void refuse(const struct control *c, int fd, int err, const char *text)
{
	static const struct wire_conn_ops deaf = { on_line, on_closed };
	struct wire_conn *conn = wire_conn_new(c->core->base, fd, &deaf, NULL);
	json_t *said = failure(err, text);
	char *line = json_dumps(said, JSON_COMPACT);

	hl_log(HL_LOG_WARNING, "control", "refused why=\"%s\"", text);
	wire_conn_send(conn, line);
	wire_conn_close(conn);
	free(line);
	json_decref(said);
}

static void on_accept(struct evconnlistener *listener, evutil_socket_t fd, struct sockaddr *sa, int len, void *arg)
{
	struct control *c = arg;
	struct connection *k;

	(void)listener;
	(void)sa;
	(void)len;
	if (!peer_allowed(c, fd)) {
		refuse(c, fd, HL_EAUTH, "this user may not use the control socket: see control_group in hotlined.conf");
		return;
	}
	if (c->count >= CONTROL_CONNECTIONS_MAX) {
		refuse(c, fd, HL_EBUSY, "too many control connections: end a hotlinectl watch, or try again later");
		return;
	}
	k = hl_calloc(1, sizeof(*k));
	k->owner = c;
	k->serial = ++c->serial;
	k->session = session_new(c->core);
	k->conn = wire_conn_new(c->core->base, fd, &connection_ops, k);
	k->next = c->first;
	if (c->first)
		c->first->prev = k;
	c->first = k;
	c->count++;
}

struct control *control_new(struct core *core, int fd, struct hl_reason *reason)
{
	const char *name = core->config->control_group;
	struct control *c = hl_calloc(1, sizeof(*c));
	const struct group *gr = *name ? getgrnam(name) : NULL;

	c->core = core;
	c->started_boot_ms = hl_boot_ms(core->clock);
	if (*name && !gr) {
		hl_fail(reason, HL_ENOENT, "control_group: there is no group %s: make it, or leave control_group out", name);
		control_free(c);
		close(fd);
		return NULL;
	}
	if (gr) {
		c->gid = gr->gr_gid;
		c->has_gid = true;
	}
	c->listener = evconnlistener_new(core->base, on_accept, c, LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC, 0, fd);
	if (!c->listener) {
		hl_fail(reason, HL_EIO, "cannot watch the control socket");
		control_free(c);
		close(fd);
		return NULL;
	}
	return c;
}

int64_t control_uptime_s(const struct control *c)
{
	return (hl_boot_ms(c->core->clock) - c->started_boot_ms) / 1000;
}

void control_free(struct control *c)
{
	if (!c)
		return;
	while (c->first) {
		wire_conn_close(c->first->conn);
		connection_end(c->first);
	}
	if (c->listener)
		evconnlistener_free(c->listener);
	free(c);
}
