/* What links say: how a modem is stays here, the rest is handed to the rooms above. */
#include <string.h>

#include "base/log.h"
#include "core/control/control.h"
#include "core/link/link_hooks.h"
#include "core/link/links_inside.h"
#include "core/link/refused_pin.h"
#include "core/turn.h"

void slot_tell(struct links *l, const struct slot *s)
{
	json_t *body = json_object();

	json_object_set_new(body, "name", json_string(s->config->name));
	json_object_set_new(body, "connected", json_boolean(s->link != NULL));
	json_object_set_new(body, "ready", json_boolean(s->ready));
	json_object_set_new(body, "state", json_string(s->modem.state));
	json_object_set_new(body, "detail", json_string(s->modem.detail));
	control_event(l->core, "modem", body);
}

void slot_set_ready(struct links *l, struct slot *s, bool ready)
{
	if (ready == s->ready)
		return;
	s->ready = ready;
	turn_begin(l->core->turn);
	link_tell_ready(l->core, s->config->name, ready);
}

static bool state_is_ready(const char *state)
{
	static const char *const ready[] = { "ready", "sweeping", "sending" };

	for (size_t i = 0; i < sizeof(ready) / sizeof(ready[0]); i++)
		if (strcmp(state, ready[i]) == 0)
			return true;
	return false;
}

static void on_modem(struct core *core, struct slot *s, const struct wire_link_msg *msg)
{
	struct wire_modem old = s->modem;

	s->modem = msg->u.modem;
	s->told_ms = hl_wall_ms(core->clock);
	slot_set_ready(core->links, s, state_is_ready(s->modem.state));
	if (slot_is_modem(core->links, s))
		link_tell_modem(core, s->config->name);
	if (slot_is_modem(core->links, s) && s->modem.pin_refused) {
		turn_begin(core->turn);
		refused_pin_note(core, s->config);
	}
	if (strcmp(old.state, s->modem.state) == 0 && strcmp(old.detail, s->modem.detail) == 0)
		return;
	hl_log(s->ready ? HL_LOG_DEBUG : HL_LOG_INFO, "links", "modem name=%s old=%s new=%s detail=\"%s\"", s->config->name,
		old.state[0] ? old.state : "-", s->modem.state, s->modem.detail);
	slot_tell(core->links, s);
}

/* What a link that said hello may say. hotline-notify and hotline-ussd have nothing to say of what a modem receives. */
static const bool may_say[LINK_KINDS][WIRE_LINK_TYPES] = {
	[LINK_MODEM] = { [WIRE_MODEM] = true, [WIRE_INBOUND] = true, [WIRE_REFUSED] = true, [WIRE_REPORT] = true, [WIRE_SUBMITTING] = true,
		[WIRE_SENT] = true, [WIRE_FAILED] = true, [WIRE_UNKNOWN] = true, [WIRE_RELEASED] = true, [WIRE_CALL] = true, [WIRE_USSD] = true },
	[LINK_NOTIFY] = { [WIRE_MODEM] = true, [WIRE_SUBMITTING] = true, [WIRE_SENT] = true, [WIRE_FAILED] = true, [WIRE_UNKNOWN] = true,
		[WIRE_RELEASED] = true },
	[LINK_USSD] = { [WIRE_MODEM] = true, [WIRE_USSD_STEP] = true, [WIRE_USSD_END] = true },
};

bool link_may_say(enum link_kind kind, enum wire_link_type type)
{
	return may_say[kind][type];
}

void link_said(struct links *l, struct slot *s, const struct wire_link_msg *msg)
{
	if (msg->type == WIRE_MODEM) {
		on_modem(l->core, s, msg);
		return;
	}
	turn_begin(l->core->turn);
	link_tell_said(l->core, s->config->name, msg);
}
