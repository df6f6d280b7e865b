#include <config.h>

#include "core/control/control.h"

#include <assert.h>
#include <grp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/config/config.h"
#include "core/control/control_inside.h"
#include "core/turn.h"
#include "store/audit.h"
#include "store/store.h"

#define PEER_GROUPS_MAX 1024

/* ---- requests -------------------------------------------------------------------------------- */

static const struct control_op *op_find(const struct control *c, const char *name)
{
	for (const struct control_op *op = c->ops; op->name; op++)
		if (strcmp(op->name, name) == 0)
			return op;
	return NULL;
}

/* Does what writes, unless it was done before. */
static void run_once(struct control_call *call, const struct control_op *op)
{
	struct core *core = call->core;
	json_t *told = NULL;

	turn_begin(core->turn);
	switch (once_heeds(op->name) ? once_look(core, call->session, call->request, &call->once, &told) : ONCE_DO) {
	case ONCE_DO:
		op->handler(call);
		break;
	case ONCE_DONE:
		audit_append(core->store, hl_wall_ms(core->clock), control_actor(call), "request.again", op->name, "");
		control_again(call, told);
		break;
	case ONCE_BAD:
		control_fail(call, HL_EINVAL, "a token is %d to %d letters, digits, - and _", ONCE_TOKEN_MIN, ONCE_TOKEN_MAX);
		break;
	case ONCE_OTHER:
		control_fail(call, HL_EEXIST, "this token was used for another request: make a new one for each");
		break;
	}
}

static void run(struct connection *k, const json_t *request)
{
	bool settled = false;
	struct control_call call = { k->owner->core, k->session, request, k, k->serial, false, false, &settled, { .on = false } };
	const char *name = control_text(&call, "op");
	const struct control_op *op = name ? op_find(k->owner, name) : NULL;

	session_touch(k->session);
	if (k->in_flight++ >= CONTROL_IN_FLIGHT_MAX) {
		control_fail(&call, HL_EBUSY, "more than %d requests of this connection have no answer yet", CONTROL_IN_FLIGHT_MAX);
	} else if (!name) {
		control_fail(&call, HL_EINVAL, "a request is an object with \"op\": {\"op\":\"status\"}");
	} else if (!op) {
		control_fail(&call, HL_EINVAL, "there is no operation \"%.40s\"", name);
	} else if (!(op->roles & 1u << session_role(k->session))) {
		control_fail(&call, HL_EAUTH, session_role(k->session) == PERSON_NONE ? "%s needs a person: log in first" :
			"%s is not for people of your role", op->name);
	} else {
		call.writes = op->writes;
		if (op->writes)
			run_once(&call, op);
		else
			op->handler(&call);
	}
	assert(settled);
}

/* A request that only reads, and came while a turn's changes are not yet on disk: it looks when they are, or are gone. */
struct reading {
	struct core *core;
	struct connection *from;
	uint64_t serial;
	json_t *request;
};

static void on_turn_over(void *arg, int err)
{
	struct reading *r = arg;
	struct connection *k = control_connection(r->core->control, r->from, r->serial);

	(void)err;
	if (k) {
		k->in_flight--;
		run(k, r->request);
	}
	control_request_release(r->request);
	free(r);
}

static bool wait_for_turn(struct connection *k, json_t *request)
{
	struct core *core = k->owner->core;
	const json_t *name = json_object_get(request, "op");
	const struct control_op *op = json_is_string(name) ? op_find(k->owner, json_string_value(name)) : NULL;
	struct reading *r;

	if (!op || op->writes || !store_in_transaction(core->store) || k->in_flight >= CONTROL_IN_FLIGHT_MAX)
		return false;
	k->in_flight++;
	r = hl_calloc(1, sizeof(*r));
	*r = (struct reading){ core, k, k->serial, request };
	turn_reply(core->turn, on_turn_over, r);
	return true;
}

static void on_line(struct wire_conn *conn, char *line, size_t len, void *arg)
{
	struct connection *k = arg;
	json_error_t why;
	json_t *request = json_loadb(line, len, JSON_REJECT_DUPLICATES, &why), *said;

	(void)conn;
	explicit_bzero(line, len);
	if (json_is_object(request)) {
		if (!wait_for_turn(k, request)) {
			run(k, request);
			control_request_release(request);
		}
		return;
	}
	json_decref(request);
	said = control_failure(HL_EINVAL, "a request is one line with one JSON object: {\"op\":\"status\"}");
	control_say(k->conn, said);
	json_decref(said);
}

/* ---- connections ----------------------------------------------------------------------------- */

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

bool control_has_room(const struct control *c, uid_t uid)
{
	size_t theirs = 0;

	for (const struct connection *k = c->first; k; k = k->next)
		theirs += k->uid == uid;
	if (uid == 0 || uid == geteuid())
		return c->count < CONTROL_CONNECTIONS_MAX;
	return c->count < CONTROL_CONNECTIONS_MAX - CONTROL_RESERVED && theirs < CONTROL_USER_CONNECTIONS_MAX;
}

static bool peer_allowed(const struct control *c, int fd, uid_t *uid)
{
	struct ucred cred;
	socklen_t len = sizeof(cred);

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &cred, &len))
		return false;
	*uid = cred.uid;
	if (cred.uid == 0 || cred.uid == geteuid())
		return true;
	return c->has_gid && (cred.gid == c->gid || peer_in_group(fd, c->gid));
}

/* Says why, then closes. */
static void refuse(const struct control *c, int fd, int err, const char *text)
{
	static const struct wire_conn_ops deaf = { on_line, on_closed };
	struct wire_conn *conn = wire_conn_new(c->core->base, fd, &deaf, NULL);
	json_t *said = control_failure(err, text);

	hl_log(HL_LOG_WARNING, "control", "refused why=\"%s\"", text);
	control_say(conn, said);
	wire_conn_close(conn);
	json_decref(said);
}

static void on_accept(struct evconnlistener *listener, evutil_socket_t fd, struct sockaddr *sa, int len, void *arg)
{
	struct control *c = arg;
	struct connection *k;
	uid_t uid;

	(void)listener;
	(void)sa;
	(void)len;
	if (!peer_allowed(c, fd, &uid)) {
		refuse(c, fd, HL_EAUTH, "this user may not use the control socket: see control_group in hotlined.conf");
		return;
	}
	if (!control_has_room(c, uid)) {
		refuse(c, fd, HL_EBUSY, "too many control connections: end a hotlinectl watch, or try again later");
		return;
	}
	k = hl_calloc(1, sizeof(*k));
	k->owner = c;
	k->uid = uid;
	k->serial = ++c->serial;
	k->session = session_new(c->core, uid);
	k->conn = wire_conn_new(c->core->base, fd, &connection_ops, k);
	wire_conn_limit(k->conn, CONTROL_BACKLOG_MAX);
	k->next = c->first;
	if (c->first)
		c->first->prev = k;
	c->first = k;
	c->count++;
}

struct control *control_new(struct core *core, int fd, const struct control_op *ops, struct hl_reason *reason)
{
	const char *name = core->config->control_group;
	struct control *c = hl_calloc(1, sizeof(*c));
	const struct group *gr = *name ? getgrnam(name) : NULL;

	c->core = core;
	c->ops = ops;
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
