/* audit.list, audit.verify. */
#include <sodium.h>
#include <stdlib.h>

#include "base/hex.h"
#include "base/mem.h"
#include "core/control/control.h"
#include "store/audit.h"

#define LIST_MAX 100     /* fits one answer */
#define STEP_ROWS 1000   /* about a millisecond */

void control_audit_list(struct control_call *call)
{
	struct audit_row *rows = hl_calloc(LIST_MAX, sizeof(*rows));
	size_t count = audit_list(call->core->store, rows, LIST_MAX);
	json_t *list = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(list, json_pack("{s:I, s:I, s:s, s:s, s:s, s:s}", "id", (json_int_t)rows[i].id, "time_ms",
			(json_int_t)rows[i].time_ms, "actor", rows[i].actor, "action", rows[i].action, "object", rows[i].object,
			"detail", rows[i].detail));
	free(rows);
	control_ok(call, json_pack("{s:o}", "audit", list));
}

/* A check under way: a step whenever the loop comes round, so that tips are stored between the steps. */
struct verifying {
	struct control_call *call;
	struct audit_walk walk;
	struct event *next;
};

static void verifying_end(struct verifying *v, int rc)
{
	char head[65];

	hl_hex_encode(v->walk.hash, sizeof(v->walk.hash), head);
	if (rc == 0 || rc == HL_ECORRUPT)
		control_ok(v->call, json_pack("{s:I, s:s, s:b, s:I}", "rows", (json_int_t)v->walk.rows, "head", head, "good", rc == 0,
			"bad_id", (json_int_t)v->walk.bad_id));
	else
		control_fail(v->call, rc, "the audit trail could not be read: %s", hl_strerror(rc));
	event_free(v->next);
	free(v);
}

static const struct timeval at_once = { 0, 0 };

static void on_next(evutil_socket_t fd, short what, void *arg)
{
	struct verifying *v = arg;
	int rc;

	(void)fd;
	(void)what;
	rc = v->call->core->control ? audit_walk_step(v->call->core->store, &v->walk, STEP_ROWS) : HL_ESTATE; /* the program ends */
	if (rc == 1)
		event_add(v->next, &at_once);
	else
		verifying_end(v, rc);
}

void control_audit_verify(struct control_call *call)
{
	struct verifying *v = hl_calloc(1, sizeof(*v));

	v->call = control_keep(call);
	audit_walk_start(&v->walk);
	v->next = evtimer_new(call->core->base, on_next, v);
	if (!v->next || event_add(v->next, &at_once) != 0)
		hl_fatal(71, "out of memory for timers");
}
