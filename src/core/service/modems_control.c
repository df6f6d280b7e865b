/* What people and monitors see of the modems (core/control/control.h). */
#include "core/config/config.h"
#include "core/control/control.h"
#include "core/link/links.h"
#include "core/service/balance.h"

static void set_text(json_t *o, const char *key, const char *text)
{
	json_object_set_new(o, key, json_string(text));
}

static void set_int(json_t *o, const char *key, int64_t value)
{
	json_object_set_new(o, key, json_integer(value));
}

static json_t *measures_json(const struct wire_modem *m)
{
	json_t *o = json_object();

	for (size_t i = 0; i < m->measures_count; i++)
		set_int(o, wire_measure_name((enum wire_measure)i), m->measures[i]);
	return o;
}

static json_t *modem_json(const struct core *core, const struct link_view *v)
{
	const struct wire_modem *m = v->modem;
	json_t *o = json_object();

	json_object_set_new(o, "connected", json_boolean(v->connected));
	json_object_set_new(o, "ready", json_boolean(v->ready));
	json_object_set_new(o, "reserved", json_boolean(v->config->reserved));
	json_object_set_new(o, "adopted", json_boolean(v->adopted));
	json_object_set_new(o, "stranger", json_boolean(v->stranger));
	set_text(o, "imei", v->imei);
	set_text(o, "port", v->port);
	set_text(o, "tty", v->port[0] ? v->port : v->config->tty);
	set_text(o, "state", v->connected ? m->state : "absent");
	set_text(o, "detail", v->connected ? m->detail : "no worker is connected: start hotline-modem for it");
	set_int(o, "told_ms", v->told_ms);
	set_text(o, "operator", m->operator_name);
	set_text(o, "model", m->model);
	set_int(o, "signal", v->told_ms ? m->signal : 99);
	set_int(o, "sim_used", m->sim_used);
	set_int(o, "sim_total", m->sim_total);
	set_int(o, "received", m->received);
	set_int(o, "refused", m->refused);
	set_int(o, "sent", m->sent);
	set_int(o, "failed", m->failed);
	set_int(o, "unknown", m->unknown);
	set_int(o, "resets", m->resets);
	set_int(o, "timeouts", m->timeouts);
	set_int(o, "urcs_lost", m->urcs_lost);
	set_int(o, "setups", m->setups);
	balance_show(core, v->name, o);
	json_object_set_new(o, "measures", measures_json(m));
	return o;
}

static json_t *found_json(const struct link_found *f)
{
	json_t *o = json_object();

	set_text(o, "name", f->hello->name);
	set_text(o, "port", f->hello->port);
	set_text(o, "usb", f->hello->usb);
	set_text(o, "imei", f->hello->imei);
	set_text(o, "model", f->hello->model);
	set_text(o, "why", f->why);
	return o;
}

void control_modems(struct control_call *call)
{
	json_t *list = json_array(), *others = json_array(), *body = json_object(), *o;
	struct link_found found;
	struct link_view view;

	for (size_t i = 0; links_view(call->core->links, i, &view); i++) {
		o = modem_json(call->core, &view);
		set_text(o, "name", view.name);
		json_array_append_new(list, o);
	}
	for (size_t i = 0; links_found(call->core->links, i, &found); i++)
		json_array_append_new(others, found_json(&found));
	json_object_set_new(body, "modems", list);
	json_object_set_new(body, "found", others);
	control_ok(call, body);
}

void control_modem_counts(struct core *core, json_t *status)
{
	json_t *modems = json_object();
	struct link_view view;

	for (size_t i = 0; links_view(core->links, i, &view); i++)
		json_object_set_new(modems, view.name, modem_json(core, &view));
	json_object_set_new(status, "modems", modems);
}
