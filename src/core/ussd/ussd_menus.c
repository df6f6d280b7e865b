/* Menus by version: the one in force, and those that sessions began with, in memory or from the store. */
#include <stdlib.h>
#include <string.h>

#include "conf/conf.h"
#include "core/config/config.h"
#include "core/triage/triage.h"
#include "core/ussd/session.h"
#include "base/mem.h"

void ussd_words_read(struct core *core, enum wording_language lang, struct ussd_words *w)
{
	const struct { const char *key; char *out; size_t size; } rows[] = {
		{ "word.police", w->police, sizeof(w->police) }, { "word.helpline", w->helpline, sizeof(w->helpline) },
		{ "word.short", w->short_number, sizeof(w->short_number) },
	};

	memset(w, 0, sizeof(*w));
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (wording_render(core->wording, rows[i].key, lang, NULL, rows[i].out, rows[i].size) < 0)
			*rows[i].out = '\0';
}

static const struct menu *remember(struct ussd_room *r, struct menu *m)
{
	struct menu **place = &r->older[r->older_next++ % USSD_MENUS_MAX];

	menu_free(*place);
	*place = m;
	return m;
}

/* It was good when it was loaded; the words of the house may have changed, and it is shown all the same. */
static struct menu *from_store(struct core *core, const char *version)
{
	static const struct menu_words none = { "", "", "", "", "", "" };
	struct conf_errors *errors = hl_calloc(1, sizeof(*errors));
	char *source = store_ussd_menu_get(core->store, version);
	struct menu *m = source ? menu_load_text("ussd.conf", source, strlen(source), &none, errors) : NULL;

	free(errors);
	free(source);
	return m;
}

const struct menu *ussd_menu_of(struct core *core, const char *version)
{
	struct ussd_room *r = core->ussd;
	struct menu *m;

	if (core->menu && strcmp(core->menu->version, version) == 0)
		return core->menu;
	for (size_t i = 0; i < USSD_MENUS_MAX; i++)
		if (r->older[i] && strcmp(r->older[i]->version, version) == 0)
			return r->older[i];
	m = from_store(core, version);
	return m ? remember(r, m) : NULL;
}

void ussd_menus_free(struct ussd_room *r)
{
	for (size_t i = 0; i < USSD_MENUS_MAX; i++)
		menu_free(r->older[i]);
}

struct menu *ussd_menu_load(struct core *core, struct conf_errors *errors)
{
	struct ussd_words w;
	const struct menu_words words = { w.police, w.helpline, w.short_number, "0000000", "A", "10" };

	ussd_words_read(core, WORDING_MN, &w);
	return menu_load(core->config->ussd, &words, errors);
}

static bool district_is_known(const struct triage_rules *rules, const char *name)
{
	const char *known;

	for (size_t i = 0; (known = triage_district_name(rules, i, NULL)); i++)
		if (strcmp(known, name) == 0)
			return true;
	return !*name || strcmp(name, "province") == 0;
}

void ussd_menu_check_districts(const struct menu *m, const struct triage_rules *rules, struct conf_errors *errors)
{
	for (size_t i = 0; i < m->node_count; i++)
		for (size_t k = 0; k < m->nodes[i].option_count && strcmp(m->nodes[i].save, "district") == 0; k++)
			if (!district_is_known(rules, m->nodes[i].options[k].value))
				conf_error(errors, m->path, m->nodes[i].options[k].line, "district \"%s\" is none of the triage rules' districts, nor "
					"\"province\"", m->nodes[i].options[k].value);
}

int ussd_reload(struct core *core, struct conf_errors *errors)
{
	size_t before = errors->count;
	struct menu *m;

	if (!core->config->ussd[0]) {
		conf_error(errors, "hotlined.conf", 0, "names no menu: give it ussd = \"ussd.conf\", and restart hotlined");
		return HL_EINVAL;
	}
	m = ussd_menu_load(core, errors);
	if (m)
		ussd_menu_check_districts(m, core->rules, errors);
	if (errors->count > before) {
		menu_free(m);
		return HL_EINVAL;
	}
	if (core->menu)
		remember(core->ussd, core->menu);
	core->menu = m;
	return 0;
}
