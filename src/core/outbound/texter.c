#include "core/outbound/texter.h"

#include <string.h>

#include "core/triage/triage.h"
#include "vault/vault.h"
#include "wire/link.h"

enum wording_language texter_language(const struct contact_row *contact)
{
	static const enum wording_language languages[TRIAGE_SCRIPTS] = {
		[TRIAGE_SCRIPT_CYRILLIC] = WORDING_MN,
		[TRIAGE_SCRIPT_LATIN] = WORDING_MN_LATN,
		[TRIAGE_SCRIPT_ENGLISH] = WORDING_EN,
	};

	return (unsigned)contact->script < TRIAGE_SCRIPTS ? languages[contact->script] : WORDING_MN;
}

static int number_of(struct core *core, const struct texter_text *t, struct number *to)
{
	uint8_t alias[CONTACT_ALIAS], sealed[CONTACT_NUMBER_MAX];
	size_t len;

	if (t->to) {
		*to = *t->to;
		return 0;
	}
	len = contact_get_number(core->store, t->contact->id, alias, sealed);
	return len ? vault_number_open(core->vault, alias, sealed, len, to->e164, sizeof(to->e164)) : HL_ENOENT;
}

/* Both forms; one that is empty or does not fit is not there. */
static void render(struct core *core, const struct texter_text *t, char text[WIRE_TEXT_MAX + 1],
	char discreet[WIRE_TEXT_MAX + 1])
{
	const struct wording_arg args[] = { { "code", t->row ? t->row->code : "" }, { NULL, NULL } };
	enum wording_language lang = texter_language(t->contact);

	if (wording_render(core->wording, t->key, lang, args, text, WIRE_TEXT_MAX + 1) <= 0)
		*text = '\0';
	if (!t->discreet || wording_render(core->wording, t->discreet, lang, args, discreet, WIRE_TEXT_MAX + 1) <= 0)
		*discreet = '\0';
}

int64_t texter_send(struct core *core, const struct texter_text *t)
{
	char text[WIRE_TEXT_MAX + 1] = "", discreet[WIRE_TEXT_MAX + 1] = "";
	struct outbox_item item = { .lane = LANE_DIALOGUE, .purpose = t->purpose, .case_id = t->row ? t->row->id : 0,
		.contact_id = t->contact->id, .recipient = "", .modem = t->modem };
	int64_t id = HL_ENOENT;

	if (!t->free_text)
		render(core, t, text, discreet);
	item.text = t->free_text ? t->free_text : *text ? text : discreet; /* what fits anybody fits here too */
	item.discreet = t->free_text ? (t->free_is_discreet ? t->free_text : NULL) : *discreet ? discreet : NULL;
	if (*item.text && number_of(core, t, &item.to) == 0)
		id = outbox_add(core, &item);
	explicit_bzero(&item.to, sizeof(item.to));
	return id;
}
