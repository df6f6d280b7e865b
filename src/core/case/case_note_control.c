/* The request case.note (core/control/control.h): a person's note, sealed like a text of the case. It goes to nobody. */
#include <string.h>

#include "base/mem.h"
#include "core/case/case_asked.h"
#include "core/case/case_hooks.h"
#include "core/case/sealing.h"
#include "core/people/units.h"
#include "store/audit.h"
#include "store/message.h"

#define NOTE_OCTETS_MAX 4000

static void note_keep(struct control_call *call, const struct case_row *row, const char *text)
{
	struct core *core = call->core;
	struct message_row m = { .id = message_last_id(core->store) + 1, .case_id = row->id, .contact_id = 0,
		.direction = MESSAGE_NOTE, .time_ms = hl_wall_ms(core->clock), .parts = 1 };
	json_t *body = json_pack("{s:s}", "text", text);
	char *sealed = json_dumps(body, JSON_COMPACT);
	struct sealing sealing;

	json_decref(body);
	hl_strlcpy(m.author, sizeof(m.author), session_name(call->session));
	if (!sealing_make(core, &(struct vault_binding){ "message", m.id, row->id, MESSAGE_NOTE, m.time_ms },
			unit_by_id(core->units, row->unit_id), sealed, strlen(sealed), &sealing)) {
		m.text = sealing_text(&sealing);
		message_insert(core->store, &m);
	}
	sealing_free(&sealing);
	sealing_wipe(sealed);
}

void control_case_note(struct control_call *call)
{
	struct core *core = call->core;
	struct case_row row;
	const char *text;

	if (!case_asked(call, "code", &row))
		return;
	if (row.merged_into) {
		case_refuse(call, &row);
		return;
	}
	text = control_need(call, "text", NOTE_OCTETS_MAX);
	if (!text)
		return;
	audit_append(core->store, hl_wall_ms(core->clock), session_name(call->session), "case.note", row.code, "");
	note_keep(call, &row, text);
	case_tell_acted(core, row.id);
	case_answer(call, row.id, NULL);
}
