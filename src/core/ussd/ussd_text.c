/* The menu by texts: a word opens it, a number answers it, and anything else is a text like any other, however far they are. */
#include <string.h>

#include "core/campaign/campaign.h"
#include "core/config/config.h"
#include "core/counters.h"
#include "core/inbound/intake.h"
#include "core/inbound/reply.h"
#include "core/outbound/gate.h"
#include "core/outbound/texter.h"
#include "core/ussd/ussd_room.h"
#include "store/campaign_answer.h"
#include "store/campaign_recipient.h"
#include "store/question.h"
#include "store/subscriber.h"
#include "text/fold.h"

/* Folded, so that ЦЭС, цэс, tses and Tses are one word. It stands alone: what the menu takes nobody reads. */
static bool is_word(const char *text)
{
	static const char *const words[] = { "menu", "цэс" };
	struct fold_text a, b;
	bool same = false, alone;

	if (strlen(text) > 32)
		return false;
	fold_text_open(&a, text, strlen(text));
	alone = a.word_count == 1 && a.count == 1 && !a.other_letters && !a.signs;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]) && alone && !same; i++) {
		fold_text_open(&b, words[i], strlen(words[i]));
		same = a.tokens[0].k1.len == b.tokens[0].k1.len &&
			memcmp(a.tokens[0].k1.s, b.tokens[0].k1.s, b.tokens[0].k1.len) == 0;
		fold_text_close(&b);
	}
	fold_text_close(&a);
	return same;
}

/* An officer's question that was sent after the menu's last screen is what a number answers. */
static bool question_is_newer(struct core *core, int64_t contact_id, int64_t touched_ms)
{
	struct question_row q;

	return question_get_open(core->store, contact_id, &q) && q.sent_ms > touched_ms;
}

/* Nor one that a campaign asked since: its first text, or what followed their last answer. */
static bool campaign_is_newer(struct core *core, int64_t contact_id, int64_t touched_ms)
{
	uint8_t alias[CONTACT_ALIAS], number[CONTACT_NUMBER_MAX];
	struct campaign_recipient_row reached;
	const struct campaign_def *def;
	struct subscriber_row sub;

	if (!core->campaigns || !contact_get_number(core->store, contact_id, alias, number) ||
		!subscriber_get_alias(core->store, alias, &sub) || !campaign_recipient_of(core->store, sub.id, &reached, 1) ||
		(reached.updated_ms < touched_ms && answer_last_ms(core->store, reached.campaign_id, sub.id) < touched_ms))
		return false;
	def = campaign_def_of(core, reached.campaign_id);
	return def && def->question_count > 0;
}

static bool is_for_menu(struct core *core, const struct contact_row *contact, const char *text)
{
	int64_t touched_ms;

	if (is_word(text))
		return true;
	return ussd_number(text) >= 0 && ussd_is_open(core, contact->id, USSD_BY_TEXT, &touched_ms) &&
		!question_is_newer(core, contact->id, touched_ms) && !campaign_is_newer(core, contact->id, touched_ms);
}

/* A phone that gets no screens has no menu: what it sends would be taken for answers to questions that nobody saw. */
static bool may_be_shown(struct core *core, const struct contact_row *contact)
{
	return gate_foresee(core, contact, SAFETY_MENU, false).action == SAFETY_SEND;
}

static void send_screen(struct core *core, const char *modem, const struct sender *from, const char *screen)
{
	struct texter_text t = { .to = &from->number, .purpose = OUTBOX_MENU, .free_text = screen, .modem = modem };
	struct contact_row contact;

	sender_contact(core, from, &contact); /* as the step left it */
	t.contact = &contact;
	if (may_be_shown(core, &contact) && reply_is_left(core))
		texter_send(core, &t);
}

static bool takes(struct core *core, const char *modem, const struct sender *from, const char *text)
{
	struct contact_row contact;
	struct ussd_reply reply;
	bool opens = is_word(text);

	if (!core->ussd || !core->config->ussd_sms || !core->menu || !from->answerable || (!opens && ussd_number(text) < 0))
		return false;
	sender_contact(core, from, &contact);
	if (!is_for_menu(core, &contact, text) || !may_be_shown(core, &contact))
		return false;
	ussd_take(core, &(struct ussd_request){ .transport = USSD_BY_TEXT, .from = from, .input = text, .begin = opens, .modem = modem },
		&reply);
	if (!*reply.refused)
		send_screen(core, modem, from, reply.text);
	explicit_bzero(&reply, sizeof(reply));
	return true;
}

void ussd_text_start(struct core *core)
{
	static const struct intake_hooks hooks = { .takes = takes };

	intake_add_hooks(core, &hooks);
}
