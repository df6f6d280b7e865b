#include "core/outbound/gate.h"

#include <time.h>

#include "core/config/config.h"
#include "core/outbound/outbound_hooks.h"

#define TO_ROSTER (-1) /* no texter's phone */

/* A row for each purpose. */
static const int purposes[] = {
	[OUTBOX_ALERT] = TO_ROSTER,
	[OUTBOX_OFFICER] = TO_ROSTER,
	[OUTBOX_RECEIPT] = SAFETY_RECEIPT,
	[OUTBOX_TEST] = TO_ROSTER,
	[OUTBOX_QUESTION] = SAFETY_QUESTION,
	[OUTBOX_ADVICE] = SAFETY_ADVICE,
	[OUTBOX_LAST_WORD] = SAFETY_LAST_WORD,
	[OUTBOX_WARNING] = TO_ROSTER,
	[OUTBOX_LOOP] = TO_ROSTER, /* one modem of ours to another */
	[OUTBOX_MISSED] = SAFETY_RECEIPT, /* they asked for it by ringing */
	[OUTBOX_CAMPAIGN] = SAFETY_CAMPAIGN,
	[OUTBOX_CAMPAIGN_REPLY] = SAFETY_CAMPAIGN,
	[OUTBOX_MENU] = SAFETY_MENU,
};
_Static_assert(sizeof(purposes) / sizeof(purposes[0]) == OUTBOX_PURPOSES, "every purpose is named");

static int local_minutes(const struct core *core)
{
	time_t now = (time_t)(hl_wall_ms(core->clock) / 1000);
	struct tm tm;

	return localtime_r(&now, &tm) ? tm.tm_hour * 60 + tm.tm_min : 0;
}

bool gate_is_fresh(const struct core *core, const struct contact_row *contact)
{
	int64_t age_ms = hl_boot_ms(core->clock) - contact->safe_boot_ms;

	return contact->safe_boot_ms > 0 && age_ms >= 0 && age_ms < core->config->safe_fresh_s * 1000;
}

struct safety_verdict gate_foresee(struct core *core, const struct contact_row *contact, enum safety_purpose purpose,
	bool has_discreet)
{
	const struct safety_facts f = {
		.state = (enum contact_safety)contact->safety,
		.fresh = gate_is_fresh(core, contact),
		.house_discreet = core->config->discreet,
		.has_discreet = has_discreet,
		.hours = { contact->hours_from_min, contact->hours_to_min },
		.now_min = local_minutes(core),
	};

	return contact_safety_decide(&f, purpose);
}

static int purpose_of(const struct outbox_row *row)
{
	return (unsigned)row->purpose < OUTBOX_PURPOSES ? purposes[row->purpose] : (int)SAFETY_ADVICE;
}

bool gate_is_asked(const struct outbox_row *row)
{
	return purpose_of(row) != TO_ROSTER;
}

struct safety_verdict gate_ask(struct core *core, const struct outbox_row *row)
{
	static const struct safety_verdict send = { SAFETY_SEND, 0, "" };
	static const struct safety_verdict lost = { SAFETY_NEVER, 0, "it is not known any more whom it was for" };
	int purpose = purpose_of(row);
	struct contact_row contact;

	if (purpose == TO_ROSTER)
		return send;
	if (purpose == SAFETY_CAMPAIGN)
		return outbound_judge(core, row);
	if (!row->contact_id || !contact_get(core->store, row->contact_id, &contact))
		return lost;
	return gate_foresee(core, &contact, (enum safety_purpose)purpose, row->has_discreet);
}
