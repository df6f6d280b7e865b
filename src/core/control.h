/* The control socket: one JSON request a line, {"op":"case.show","code":"1234567"}, and one JSON answer a line, {"ok":true,...} or
 * {"ok":false,"error":"...","code":"not found"}. A request is a row of the table in control.c and a function in the room it is about. */
#ifndef HL_CORE_CONTROL_H
#define HL_CORE_CONTROL_H

#include <jansson.h>

#include "core/core.h"
#include "core/session.h"

struct control;

struct control *control_new(struct core *core, int fd, struct hl_reason *reason);
void control_free(struct control *c);

/* One request under way. A handler answers it with control_ok() or control_fail(), now or later (after a password check in a thread),
 * exactly once. Requests that write run inside a turn and are answered after its commit. */
struct control_call {
	struct core *core;
	struct session *session;
	const json_t *request;
	/* private to control.c below */
	void *connection;
	uint64_t serial;
};

typedef void (*control_handler)(struct control_call *call);

/* Takes over body (may be NULL). In a writing request the answer leaves after the commit; if the turn aborts, an error leaves. */
void control_ok(struct control_call *call, json_t *body);
void control_fail(struct control_call *call, int err, const char *fmt, ...) __attribute__((format(printf, 3, 4)));

/* To answer later: keep a copy made by control_keep() (freed by answering it); the connection may be gone by then, which is fine. */
struct control_call *control_keep(const struct control_call *call);

/* Tells every `watch`er; body is taken over. No numbers, no texts: code, priority, district, names of the roster. */
void control_event(struct core *core, const char *event, json_t *body);

/* ---- handlers, by room; the table in control.c lists them -------------------------------------------------------------- */
void control_case_list(struct control_call *call);    /* queue: intake side (case_control.c) */
void control_case_show(struct control_call *call);
void control_case_claim(struct control_call *call);
void control_case_close(struct control_call *call);
void control_quarantine_list(struct control_call *call);
void control_modems(struct control_call *call);       /* links side */
void control_alert_list(struct control_call *call);   /* alert side */
void control_outbox_list(struct control_call *call);  /* dispatch side */
void control_outbox_counts(struct core *core, json_t *status);  /* adds "outbox": lane -> state -> count */
void control_alert_counts(struct core *core, json_t *status);   /* adds "alerts": state -> count */
void control_modem_counts(struct core *core, json_t *status);   /* adds "modems": name -> state and counters */
void control_send_test(struct control_call *call);    /* dispatch side: to a name of the roster */
void control_login(struct control_call *call);        /* session side: {"person","password"} */
void control_logout(struct control_call *call);
void control_person_add(struct control_call *call);   /* {"name","role","password", and "recovery" or "as","as_password"} */
void control_person_list(struct control_call *call);
void control_audit_list(struct control_call *call);
void control_audit_verify(struct control_call *call);

#endif
