#include "core/outbound/warn.h"

#include "base/log.h"
#include "core/control/control.h"
#include "core/outbound/outbox.h"
#include "core/roster/roster.h"
#include "wire/link.h"

#define WARNING_URGENCY 1 /* before receipts */

void warn_person(struct core *core, const struct roster_person *p, const char *key, const struct wording_arg *args)
{
	enum wording_language lang = WORDING_MN;
	char text[WIRE_TEXT_MAX + 1];
	const struct outbox_item item = { .lane = LANE_DIALOGUE, .purpose = OUTBOX_WARNING, .urgency = WARNING_URGENCY,
		.recipient = p->name, .to = p->number, .text = text, .modem = "" };

	wording_language_from_name(p->language, &lang);
	if (wording_render(core->wording, key, lang, args, text, sizeof(text)) > 0)
		outbox_add(core, &item);
}

void warn_operator(struct core *core, const char *key, const char *what, const struct wording_arg *args)
{
	hl_log(HL_LOG_WARNING, "health", "warning key=%s what=%s", key, what);
	for (size_t i = 0; i < roster_count(core->roster); i++)
		if (roster_person(core->roster, i)->role == ROSTER_OPERATOR)
			warn_person(core, roster_person(core->roster, i), key, args);
	control_event(core, "warning", json_pack("{s:s, s:s}", "key", key, "about", what));
}

void warn_people(struct core *core, const char *key, const char *what)
{
	warn_operator(core, key, what, NULL);
	for (size_t i = 0; i < roster_count(core->roster); i++)
		if (roster_person(core->roster, i)->role == ROSTER_COORDINATOR)
			warn_person(core, roster_person(core->roster, i), key, NULL);
}
