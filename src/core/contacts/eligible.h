/* Whether a campaign may text somebody: asked when it is planned and again at the moment of sending, by the same rules. Unsure is no.
 * The decision is pure; the facts are gathered here and nowhere else. It says nothing of quiet hours of the house, budgets or pace. */
#ifndef HL_CORE_CONTACTS_ELIGIBLE_H
#define HL_CORE_CONTACTS_ELIGIBLE_H

#include "core/core.h"
#include "core/number.h"
#include "store/subscriber.h"

/* Stored with a campaign's recipients: never renumber. */
enum contacts_reason {
	CONTACTS_OK,
	CONTACTS_UNKNOWN,    /* never agreed, or is erased */
	CONTACTS_NO_CONSENT, /* the consent has no date, or is too old */
	CONTACTS_STOPPED,    /* said STOP */
	CONTACTS_OPEN_CASE,  /* a report of theirs is open */
	CONTACTS_UNSAFE,     /* safe-contact state: discreet or no reply, or they asked for silence */
	CONTACTS_ROSTER,     /* works here */
	CONTACTS_REASONS
};

struct contacts_facts {
	struct subscriber_facts kept;
	bool roster;
	int64_t now_ms, consent_days; /* consent_days 0: consent does not age */
};

enum contacts_reason contacts_decide(const struct contacts_facts *f);

/* By the tables as they are in this transaction. number is the subscriber's, where the caller has it open; NULL: it is opened here. */
enum contacts_reason contacts_may_get_campaign(struct core *core, const uint8_t alias[SUBSCRIBER_ALIAS], const struct number *number);
/* The same with facts that subscriber_select_stretch() brought along: for planning. */
enum contacts_reason contacts_judge(struct core *core, const struct subscriber_row *row, const struct subscriber_facts *facts,
	const struct number *number);

/* Outside their own hours (as they told an officer): a text of a campaign waits so many minutes; 0: it may go now. */
int contacts_wait_min(struct core *core, const struct subscriber_facts *facts);

/* "ok", "opted out", ...: for tables, JSON and people. The last three read alike,
 * and of one person none of them is shown at all (contacts_reason_shown()): whoever plans campaigns learns of nobody that they reported
 * something. */
const char *contacts_reason_name(enum contacts_reason reason);
/* What a list of people says: CONTACTS_OK in the place of what nobody shall learn of one of them. */
enum contacts_reason contacts_reason_shown(enum contacts_reason reason);

#endif
