/* Words for recipients: templates filled with what the wording and the definition say, and answers to answers. */
#include <string.h>

#include "base/mem.h"
#include "core/campaign/campaign_inside.h"
#include "core/number.h"
#include "store/store.h"
#include "vault/vault.h"
#include "wire/link.h"

#define WORD_SIZE 64

/* The keys of the wording that stand in templates. */
static const char *const wording_words[TEMPLATE_SLOTS] = {
	[TEMPLATE_STOP] = "word.stop", [TEMPLATE_START] = "word.start", [TEMPLATE_POLICE] = "word.police",
	[TEMPLATE_HELPLINE] = "word.helpline", [TEMPLATE_SHORT] = "word.short",
};

int campaign_words(struct core *core, const struct campaign_recipient_row *to, const char *template_text, const struct template_values *values,
	char *out, size_t size)
{
	const struct campaign_def *def = to->campaign_id ? campaign_def_of(core, to->campaign_id) : NULL;
	struct template_values v = values ? *values : (struct template_values){ { NULL } };
	char words[TEMPLATE_SLOTS][WORD_SIZE], key[WORD_SIZE] = "dist.";

	for (int i = 0; i < TEMPLATE_SLOTS; i++) {
		if (v.of[i] || !wording_words[i])
			continue;
		if (wording_render(core->wording, wording_words[i], (enum wording_language)to->language, NULL, words[i], WORD_SIZE) >= 0)
			v.of[i] = words[i];
	}
	if (!v.of[TEMPLATE_DISTRICT] && *to->district && hl_strlcpy(key + 5, sizeof(key) - 5, to->district) == 0 &&
		wording_render(core->wording, key, (enum wording_language)to->language, NULL, words[TEMPLATE_DISTRICT], WORD_SIZE) > 0)
		v.of[TEMPLATE_DISTRICT] = words[TEMPLATE_DISTRICT];
	if (!v.of[TEMPLATE_KEYWORD] && def)
		v.of[TEMPLATE_KEYWORD] = def->keyword;
	return template_fill(template_text, &v, out, size);
}

int64_t campaign_reply(struct core *core, const struct campaign_recipient_row *to, const char *text)
{
	struct outbox_item item = { .lane = LANE_CAMPAIGN, .purpose = OUTBOX_CAMPAIGN_REPLY, .urgency = 1, .text = text, .modem = "",
		.campaign_id = to->campaign_id, .subscriber_id = to->subscriber_id };
	struct campaign_row row;
	struct subscriber_row s;
	struct sms_cut cut;
	int64_t id;

	if (!subscriber_get(core->store, to->subscriber_id, &s) || !s.number_len)
		return HL_ENOENT;
	if (sms_measure(text, strlen(text), &cut))
		return HL_EINVAL;
	if (vault_number_open(core->vault, s.alias, s.number, s.number_len, item.to.e164, sizeof(item.to.e164)))
		return HL_ECORRUPT;
	id = outbox_add(core, &item);
	explicit_bzero(&item.to, sizeof(item.to));
	if (id > 0 && campaign_get(core->store, to->campaign_id, &row)) {
		struct live *l = campaign_live(core->campaigns, row.id);
		struct campaign_row *kept = l ? &l->row : &row;
		kept->spent += campaign_cost(core, to->operator_name, (int64_t)cut.parts);
		campaign_update(core->store, kept);
	}
	return id;
}
