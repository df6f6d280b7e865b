/* What the control socket says: answers, now or after the commit, and events. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/control/control_inside.h"
#include "core/people/case_visible.h"
#include "core/turn.h"
#include "store/store.h"

/* ---- what is said ---------------------------------------------------------------------------- */

/* A line that waits for the commit; with `to` NULL it is an event for every watcher. */
struct waiting {
	struct core *core;
	struct connection *to;
	uint64_t serial;
	json_t *object;
	int64_t unit; /* of an event: only for those who may know of its cases; 0: for all */
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

json_t *control_failure(int err, const char *text)
{
	json_t *object = json_object();
	json_t *said = json_string(text);

	json_object_set_new(object, "ok", json_false());
	json_object_set_new(object, "error", said ? said : json_string(hl_strerror(err)));
	json_object_set_new(object, "code", json_string(error_code(err)));
	return object;
}

struct connection *control_connection(const struct control *c, const void *which, uint64_t serial)
{
	for (struct connection *k = c ? c->first : NULL; k; k = k->next) /* none: the program ends */
		if (k == which && k->serial == serial)
			return k;
	return NULL;
}

void control_say(struct wire_conn *conn, const json_t *object)
{
	char *line = json_dumps(object, JSON_COMPACT);

	wire_conn_send(conn, line);
	explicit_bzero(line, strlen(line));
	free(line);
}

/* Takes over the object. */
static void deliver(const struct core *core, struct connection *to, uint64_t serial, json_t *object)
{
	struct connection *k = control_connection(core->control, to, serial);

	if (k) {
		k->in_flight--;
		control_say(k->conn, object);
	}
	json_decref(object);
}

static void on_answer_settled(void *arg, int err)
{
	struct waiting *w = arg;

	if (err && json_is_true(json_object_get(w->object, "ok"))) {
		json_t *failed = control_failure(err,
			"nothing was stored, because the disk did not take it: see the log, then try again");
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

void control_request_release(const json_t *request)
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

	if (!json_is_integer(id) && !json_is_string(id))
		id = NULL;
	if (call->writes) {
		turn_begin(core->turn);
		if (json_is_true(json_object_get(object, "ok")))
			once_keep(core, &call->once, object);
	}
	if (id)
		json_object_set_new(object, "id", json_deep_copy(id));
	if (call->writes || store_in_transaction(core->store)) {
		w = hl_calloc(1, sizeof(*w));
		*w = (struct waiting){ core, call->connection, call->serial, object, 0 };
		turn_reply(core->turn, on_answer_settled, w);
	} else {
		deliver(core, call->connection, call->serial, object);
	}
	if (call->kept) {
		control_request_release(call->request);
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
	answer(call, control_failure(err, text));
}

void control_again(struct control_call *call, json_t *told)
{
	call->once.on = false; /* it is kept as it is */
	json_object_set_new(told, "again", json_true());
	answer(call, told);
}

/* ---- what handlers ask ----------------------------------------------------------------------- */

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
	const struct connection *k = control_connection(call->core->control, call->connection, call->serial);

	return k ? k->session : NULL;
}

void control_end_sessions(struct core *core, const char *name)
{
	for (struct connection *k = core->control ? core->control->first : NULL; k; k = k->next)
		session_end_of(k->session, name);
}

const char *control_actor(const struct control_call *call)
{
	const char *name = session_name(call->session);

	return *name ? name : "operator";
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

/* ---- watching -------------------------------------------------------------------------------- */

static bool may_hear(const struct control *c, const struct connection *k, int64_t unit)
{
	struct cases_filter f = case_filter(c->core, k->session);

	return !unit || (unit == f.unit_id) == f.only;
}

static void broadcast(const struct control *c, const json_t *object, int64_t unit)
{
	for (struct connection *k = c->first, *next; k; k = next) {
		next = k->next;
		if (k->watching && may_hear(c, k, unit))
			control_say(k->conn, object);
	}
}

static void on_event_settled(void *arg, int err)
{
	struct waiting *w = arg;

	if (!err && w->core->control)
		broadcast(w->core->control, w->object, w->unit);
	json_decref(w->object);
	free(w);
}

bool control_watched(const struct core *core)
{
	return core->control && core->control->watchers > 0;
}

void control_event(struct core *core, const char *event, json_t *body)
{
	control_event_for(core, 0, event, body);
}

void control_event_for(struct core *core, int64_t unit_id, const char *event, json_t *body)
{
	struct waiting *w;
	json_t *object;

	if (!control_watched(core)) {
		json_decref(body);
		return;
	}
	object = json_pack("{s:s, s:I}", "event", event, "time_ms", (json_int_t)hl_wall_ms(core->clock));
	if (body)
		json_object_update_missing(object, body);
	json_decref(body);
	if (store_in_transaction(core->store)) {
		w = hl_calloc(1, sizeof(*w));
		*w = (struct waiting){ core, NULL, 0, object, unit_id };
		turn_reply(core->turn, on_event_settled, w);
	} else {
		broadcast(core->control, object, unit_id);
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
