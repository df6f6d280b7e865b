/* modem.ussd: a person at the control socket speaks USSD with the network. */
#include <string.h>

#include "core/control/control.h"
#include "core/service/mmi.h"
#include "core/service/ussd.h"
#include "store/audit.h"

/* Who asked may be gone: then nobody will answer a menu. */
static void on_result(struct core *core, void *arg, const struct ussd_result *r)
{
	struct control_call *call = arg;
	bool gone = !control_session(call);

	control_ok(call, json_pack("{s:I, s:s, s:s, s:s, s:I}", "session", (json_int_t)r->id, "state", r->state, "text", r->text,
		"why", r->why, "dcs", (json_int_t)r->dcs));
	if (gone && strcmp(r->state, "open") == 0)
		service_ussd_cancel(core, r->id);
}

static void dial(struct control_call *call, const char *modem)
{
	bool force = json_is_true(json_object_get(call->request, "force"));
	const char *code = control_need(call, "code", MMI_CODE_MAX - 1);
	struct control_call *kept;
	struct hl_reason why;
	char shown[MMI_CODE_MAX];
	int64_t id;
	int err = code ? force ? mmi_check_form(code, &why) : mmi_check(code, &why) : 0;

	if (!code)
		return;
	if (err) {
		control_fail(call, err, "%s", why.text);
		return;
	}
	kept = control_keep(call);
	id = service_ussd_dial(call->core, modem, code, on_result, kept, &why);
	if (id < 0) {
		control_fail(kept, (int)id, "%s", why.text);
		return;
	}
	mmi_for_audit(code, shown);
	audit_append(call->core->store, hl_wall_ms(call->core->clock), control_actor(call), "modem.ussd", modem, shown);
}

static void answer(struct control_call *call, int64_t id, const char *text)
{
	struct control_call *kept = control_keep(call);
	struct hl_reason why;
	int err = service_ussd_answer(call->core, id, text, on_result, kept, &why);

	if (err)
		control_fail(kept, err, "%s", why.text);
}

void control_modem_ussd(struct control_call *call)
{
	int64_t id = json_integer_value(json_object_get(call->request, "session"));
	const char *name, *text;

	if (!id) {
		if ((name = control_need(call, "name", WIRE_NAME_MAX)))
			dial(call, name);
	} else if (json_is_true(json_object_get(call->request, "cancel"))) {
		if (service_ussd_cancel(call->core, id))
			control_fail(call, HL_ENOENT, "this USSD session is over");
		else
			control_ok(call, NULL);
	} else if ((text = control_need(call, "text", WIRE_USSD_MAX))) {
		answer(call, id, text);
	}
}
