/* What links say, handed to the room that it is about. */
#include <string.h>

#include "base/log.h"
#include "core/control/control.h"
#include "core/inbound/intake.h"
#include "core/link/links_inside.h"
#include "core/link/refused_pin.h"
#include "core/outbound/dispatch.h"
#include "core/service/service.h"
#include "core/service/ussd.h"
#include "core/turn.h"
#include "core/ussd/ussd_room.h"

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
	if (ready)
		dispatch_link_up(l->core, s->config->name);
	else
		dispatch_link_down(l->core, s->config->name);
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
		service_link_told(core, s->config->name);
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

/* What a link that said hello may say. Each but the first is handled inside the turn. */
static void on_inbound(struct core *core, struct slot *s, const struct wire_link_msg *msg)
{
	intake_inbound(core, s->config->name, &msg->u.inbound);
}

static void on_refused(struct core *core, struct slot *s, const struct wire_link_msg *msg)
{
	intake_refused(core, s->config->name, &msg->u.refused);
}

static void on_report(struct core *core, struct slot *s, const struct wire_link_msg *msg)
{
	intake_report(core, s->config->name, &msg->u.report);
}

static void on_submitting(struct core *core, struct slot *s, const struct wire_link_msg *msg)
{
	dispatch_submitting(core, s->config->name, msg->u.id.id);
}

static void on_sent(struct core *core, struct slot *s, const struct wire_link_msg *msg)
{
	dispatch_sent(core, s->config->name, &msg->u.sent);
}

static void on_failed(struct core *core, struct slot *s, const struct wire_link_msg *msg)
{
	dispatch_failed(core, s->config->name, &msg->u.failed);
}

static void on_unknown(struct core *core, struct slot *s, const struct wire_link_msg *msg)
{
	dispatch_unknown(core, s->config->name, &msg->u.failed);
}

static void on_released(struct core *core, struct slot *s, const struct wire_link_msg *msg)
{
	dispatch_released(core, s->config->name, msg->u.id.id);
}

static void on_call(struct core *core, struct slot *s, const struct wire_link_msg *msg)
{
	intake_call(core, s->config->name, &msg->u.call);
}

static void on_ussd(struct core *core, struct slot *s, const struct wire_link_msg *msg)
{
	ussd_told(core, s->config->name, &msg->u.ussd);
}

static void on_ussd_step(struct core *core, struct slot *s, const struct wire_link_msg *msg)
{
	ussd_link_step(core, s->config->name, &msg->u.ussd_step);
}

static void on_ussd_end(struct core *core, struct slot *s, const struct wire_link_msg *msg)
{
	ussd_link_end(core, s->config->name, &msg->u.ussd_end);
}

static const link_handler modem_handlers[WIRE_LINK_TYPES] = {
	[WIRE_MODEM] = on_modem,
	[WIRE_INBOUND] = on_inbound,
	[WIRE_REFUSED] = on_refused,
	[WIRE_REPORT] = on_report,
	[WIRE_SUBMITTING] = on_submitting,
	[WIRE_SENT] = on_sent,
	[WIRE_FAILED] = on_failed,
	[WIRE_UNKNOWN] = on_unknown,
	[WIRE_RELEASED] = on_released,
	[WIRE_CALL] = on_call,
	[WIRE_USSD] = on_ussd,
};

static const link_handler notify_handlers[WIRE_LINK_TYPES] = {
	[WIRE_MODEM] = on_modem,
	[WIRE_SUBMITTING] = on_submitting,
	[WIRE_SENT] = on_sent,
	[WIRE_FAILED] = on_failed,
	[WIRE_UNKNOWN] = on_unknown,
	[WIRE_RELEASED] = on_released,
};

static const link_handler ussd_handlers[WIRE_LINK_TYPES] = {
	[WIRE_MODEM] = on_modem,
	[WIRE_USSD_STEP] = on_ussd_step,
	[WIRE_USSD_END] = on_ussd_end,
};

const link_handler *const link_handlers[LINK_KINDS] = {
	[LINK_MODEM] = modem_handlers, [LINK_NOTIFY] = notify_handlers, [LINK_USSD] = ussd_handlers,
};
