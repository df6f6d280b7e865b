#include "core/service/missed.h"

#include "core/config/config.h"
#include "core/control/control.h"
#include "core/counters.h"
#include "core/outbound/gate.h"
#include "core/outbound/texter.h"
#include "core/report/channel.h"
#include "core/roster/roster.h"
#include "store/call.h"
#include "store/optout.h"

#define HOUR_MS (3600 * (int64_t)1000)

bool missed_is_answered(const struct missed_facts *f)
{
	if (!f->receipts || f->every_s == 0 || !f->answerable || f->on_roster || f->never || f->in_hour >= f->most_in_hour)
		return false;
	return f->last_boot_ms == 0 || f->now_boot_ms - f->last_boot_ms >= f->every_s * 1000;
}

static bool said_stop(struct core *core, int64_t contact_id)
{
	uint8_t alias[CONTACT_ALIAS], sealed[CONTACT_NUMBER_MAX];
	_Static_assert(CONTACT_ALIAS == OPTOUT_ALIAS, "one size of aliases");

	return contact_get_number(core->store, contact_id, alias, sealed) && optout_has(core->store, alias);
}

static bool decide(struct core *core, const struct contact_row *contact, const struct number *number)
{
	const struct missed_facts f = {
		.receipts = core->config->receipts,
		.every_s = core->config->missed_reply_s,
		.answerable = contact->answerable,
		.on_roster = roster_find_number(core->roster, number) != NULL,
		.never = said_stop(core, contact->id) || gate_foresee(core, contact, SAFETY_RECEIPT, true).action == SAFETY_NEVER,
		.in_hour = store_call_answered_since(core->store, hl_boot_ms(core->clock) - HOUR_MS),
		.most_in_hour = core->config->missed_replies_per_hour,
		.now_boot_ms = hl_boot_ms(core->clock),
		.last_boot_ms = store_call_last_answer(core->store, contact->id),
	};

	return missed_is_answered(&f);
}

static bool answer(struct core *core, const char *modem, const struct contact_row *contact, const struct number *number)
{
	const struct texter_text t = { .contact = contact, .to = number, .purpose = OUTBOX_MISSED, .key = "missed.standard",
		.discreet = "missed.discreet", .modem = modem };

	return decide(core, contact, number) && texter_send(core, &t) > 0;
}

void missed_call(struct core *core, const char *modem, const struct contact_row *contact, const struct number *number)
{
	bool answered = contact && answer(core, modem, contact, number);

	channel_count(core, "call", "calls");
	store_call_insert(core->store, contact ? contact->id : 0, modem, hl_wall_ms(core->clock),
		answered ? hl_boot_ms(core->clock) : 0);
	counter_add(core, COUNT_CALLS, 1);
	counter_add(core, COUNT_CALLS_ANSWERED, answered);
	control_event(core, "call", json_pack("{s:s, s:b, s:b}", "modem", modem, "withheld", !contact, "answered", answered));
}

void missed_new_boot(struct core *core)
{
	store_call_forget_answers(core->store);
}
