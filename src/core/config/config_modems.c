/* The list of modems in the configuration, and the profile of each. */
#include <string.h>

#include "base/mem.h"
#include "core/config/config_inside.h"
#include "core/config/profile.h"
#include "core/number.h"
#include "wire/link.h"

#define DAY_S 86400
#define M(f) offsetof(struct config_modem, f), sizeof(((struct config_modem *)0)->f)

static const struct conf_key modem_keys[] = {
	{ "name", CONF_STRING, true, M(name), 0, 0, NULL },
	{ "tty", CONF_STRING, false, M(tty), 0, 0, "" },
	{ "imei", CONF_STRING, false, M(imei), 0, 0, "" },
	{ "baud", CONF_INT, false, M(baud), 0, 4000000, "0" },
	{ "pin", CONF_STRING, false, M(pin), 0, 0, "" },
	{ "profile", CONF_STRING, false, M(profile_name), 0, 0, "" },
	{ "reserved", CONF_BOOL, false, M(reserved), 0, 0, "0" },
	{ "public", CONF_BOOL, false, M(open_to_all), 0, 0, "1" },
	{ "no_sandbox", CONF_BOOL, false, M(no_sandbox), 0, 0, "0" },
	{ "number", CONF_STRING, false, M(number), 0, 0, "" },
	{ "sweep_s", CONF_INT, false, M(sweep_s), 1, DAY_S, "60" },
	{ "per_hour", CONF_INT, false, M(per_hour), 0, 1000000, "0" },
	{ "per_day", CONF_INT, false, M(per_day), 0, 1000000, "0" },
	{ "campaign_per_minute", CONF_INT, false, M(campaign_per_minute), 0, 6000, "0" },
	{ NULL, CONF_ANY, false, 0, 0, 0, 0, NULL },
};

static bool baud_is_known(int64_t baud)
{
	static const int64_t known[] = { 0, 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600,
		3000000, 4000000 };

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (baud == known[i])
			return true;
	return false;
}

/* Its place in the configuration is told, never the number. */
static void check_number(struct config_reader *r, const config_setting_t *g, struct config_modem *m)
{
	struct number n;
	bool answerable;

	if (!*m->number)
		return;
	if (number_normalise(m->number, r->c->country, &n, &answerable) || !answerable)
		conf_error(r->e, r->path, conf_line(g, "number"), "number must be that of its SIM, such as +976 and 8 digits");
	else
		hl_strlcpy(m->number, sizeof(m->number), n.e164);
}

static void check_modem(struct config_reader *r, const config_setting_t *g, struct config_modem *m)
{
	size_t pin = strlen(m->pin);

	if (strcmp(m->name, WIRE_NOTIFY_NAME) == 0 || strcmp(m->name, WIRE_USSD_NAME) == 0)
		conf_error(r->e, r->path, conf_line(g, "name"), "name \"%s\" is that of hotline-%s: choose another", m->name, m->name);
	if (*m->name && !config_only_of(m->name, "abcdefghijklmnopqrstuvwxyz0123456789-_"))
		conf_error(r->e, r->path, conf_line(g, "name"), "name \"%s\" may have a-z, 0-9, - and _ only", m->name);
	if (!baud_is_known(m->baud))
		conf_error(r->e, r->path, conf_line(g, "baud"), "baud %lld is no speed of a serial line (115200 is the usual one)",
			(long long)m->baud);
	if (pin && (pin < 4 || !config_only_of(m->pin, "0123456789")))
		conf_error(r->e, r->path, conf_line(g, "pin"), "pin must be 4 to 8 digits, or empty where the SIM has none");
	m->tty_line = conf_line(g, "tty");
	m->imei_line = conf_line(g, "imei");
	if (!*m->tty && !*m->imei)
		conf_error(r->e, r->path, m->tty_line, "modem \"%s\" has neither tty nor imei: hotlinectl modems shows the IMEI of one "
			"that is plugged in", m->name);
	if (*m->imei && (strlen(m->imei) != 15 || !config_only_of(m->imei, "0123456789")))
		conf_error(r->e, r->path, m->imei_line, "imei must be the 15 digits that AT+CGSN answers and the modem's label says");
	if (*m->tty && conf_resolve_path(r->path, m->tty, sizeof(m->tty)))
		conf_error(r->e, r->path, conf_line(g, "tty"), "tty is too long with the folder of this file before it");
	check_number(r, g, m);
}

static void check_modem_is_new(struct config_reader *r, const config_setting_t *g, const struct config_modem *m)
{
	for (size_t i = 0; i < r->c->modem_count; i++) {
		const struct config_modem *other = &r->c->modems[i];
		if (*m->name && strcmp(m->name, other->name) == 0)
			conf_error(r->e, r->path, conf_line(g, "name"), "two modems are named \"%s\"", m->name);
		if (*m->tty && strcmp(m->tty, other->tty) == 0)
			conf_error(r->e, r->path, m->tty_line, "modems \"%s\" and \"%s\" have the same tty: give each its own (the other one "
				"is in line %d)", other->name, m->name, other->tty_line);
		if (*m->imei && strcmp(m->imei, other->imei) == 0)
			conf_error(r->e, r->path, m->imei_line, "modems \"%s\" and \"%s\" have the same imei: give each its own (the other one "
				"is in line %d)", other->name, m->name, other->imei_line);
	}
}

/* A mistake there is told like any other, once, but keeps only the modems of that profile away. */
static void read_profile(struct config_reader *r, const config_setting_t *g, struct config_modem *m)
{
	struct conf_errors *e = r->e;
	size_t before = e->count;

	for (size_t i = 0; i < r->c->modem_count; i++) {
		const struct config_modem *other = &r->c->modems[i];
		if (strcmp(other->profile_name, m->profile_name) != 0)
			continue;
		m->profile = json_incref(other->profile);
		hl_strlcpy(m->profile_error, sizeof(m->profile_error), other->profile_error);
		return;
	}
	m->profile = profile_read(r->c->modems_dir, m->profile_name, r->path, conf_line(g, "profile"), e);
	e->gentle += e->count - before;
	if (e->count == before)
		return;
	hl_strlcpy(m->profile_error, sizeof(m->profile_error),
		   before < CONF_ERRORS_MAX ? e->list[before].text : "its profile has mistakes: hotlined --check tells them");
}

static void read_modem(struct config_reader *r, config_setting_t *g)
{
	struct config_modem *m;

	if (config_setting_type(g) != CONFIG_TYPE_GROUP)
		return; /* told by the table */
	if (r->c->modem_count == CONFIG_MODEMS_MAX) {
		conf_error(r->e, r->path, (int)config_setting_source_line(g), "more than %d modems", CONFIG_MODEMS_MAX);
		return;
	}
	m = &r->c->modems[r->c->modem_count];
	conf_read_group(r->path, g, modem_keys, m, r->e);
	check_modem(r, g, m);
	check_modem_is_new(r, g, m);
	m->profile_auto = !*m->profile_name;
	if (m->profile_auto)
		hl_strlcpy(m->profile_name, sizeof(m->profile_name), "generic");
	read_profile(r, g, m);
	r->c->modem_count++;
}

void config_read_modems(struct config_reader *r)
{
	const config_setting_t *list = config_setting_get_member(r->root, "modems");

	if (!list || !(config_setting_is_list(list) || config_setting_is_array(list)))
		return;
	for (int i = 0; i < config_setting_length(list); i++)
		read_modem(r, config_setting_get_elem(list, (unsigned)i));
}
