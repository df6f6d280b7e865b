/* The requests of the control socket: a row each. Texts and keys are behind a session whatever stands here:
 * case.show opens a text only with the key of the session's unit. */
#include "core/control/control.h"

const struct control_op control_ops[] = {
	{ "status", control_status, CONTROL_ANYBODY, false },
	{ "watch", control_watch, CONTROL_ANYBODY, false },
	{ "modems", control_modems, CONTROL_ANYBODY, false },
	{ "case.list", control_case_list, CONTROL_ANYBODY, false },
	{ "case.show", control_case_show, CONTROL_ANYBODY, false }, /* begins a turn itself where it opens a text */
	{ "case.claim", control_case_claim, CONTROL_CASEWORK, true },
	{ "case.close", control_case_close, CONTROL_CASEWORK, true },
	{ "quarantine.list", control_quarantine_list, CONTROL_ANYBODY, false }, /* likewise */
	{ "alert.list", control_alert_list, CONTROL_ANYBODY, false },
	{ "outbox.list", control_outbox_list, CONTROL_ANYBODY, false },
	{ "send.test", control_send_test, CONTROL_ANYBODY, true },
	{ "login", control_login, CONTROL_ANYBODY, true },
	{ "logout", control_logout, CONTROL_ANYBODY, true },
	{ "person.add", control_person_add, CONTROL_ANYBODY, true }, /* authorised by a key or password of its own */
	{ "person.list", control_person_list, CONTROL_ANYBODY, false },
	{ "audit.list", control_audit_list, CONTROL_PEOPLE, false },
	{ "audit.verify", control_audit_verify, CONTROL_ANYBODY, false },
	{ NULL, NULL, CONTROL_ANYBODY, false },
};
