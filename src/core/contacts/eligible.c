#include "core/contacts/eligible.h"

#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "core/config/config.h"
#include "core/dialogue/contact_safety.h"
#include "core/roster/roster.h"
#include "vault/vault.h"

#define DAY_MS (86400 * (int64_t)1000)

_Static_assert(SUBSCRIBER_ALIAS == VAULT_HASH, "an alias is a hash");
_Static_assert(SUBSCRIBER_NUMBER_MAX >= NUMBER_MAX + VAULT_AEAD_EXTRA, "a sealed number fits");

static bool consents(const struct contacts_facts *f)
{
	return f->kept.consent_ms > 0 && (f->consent_days == 0 || f->now_ms - f->kept.consent_ms < f->consent_days * DAY_MS);
}

static bool is_unsafe(const struct subscriber_facts *k)
{
	return k->refused || (k->safety != CONTACT_UNKNOWN && k->safety != CONTACT_OK);
}

/* What a person decided themselves comes first, then their consent: that is what is told of them. Who may be texted but for a report, would else
 * be known by an old consent of which nothing is said. */
enum contacts_reason contacts_decide(const struct contacts_facts *f)
{
	if (f->kept.stopped)
		return CONTACTS_STOPPED;
	if (!f->kept.known)
		return CONTACTS_UNKNOWN;
	if (!f->kept.active)
		return CONTACTS_STOPPED;
	if (!consents(f))
		return CONTACTS_NO_CONSENT;
	if (f->roster)
		return CONTACTS_ROSTER;
	if (is_unsafe(&f->kept))
		return CONTACTS_UNSAFE;
	return f->kept.open_case ? CONTACTS_OPEN_CASE : CONTACTS_OK;
}

/* Unsure: the number does not open, so nobody can be texted anyhow. */
static bool is_roster(struct core *core, const struct subscriber_row *row, const struct number *number)
{
	struct number own = { "" };
	bool is;

	if (!core->roster || (!number && !row->number_len))
		return false;
	if (!number && vault_number_open(core->vault, row->alias, row->number, row->number_len, own.e164, sizeof(own.e164)))
		return true;
	is = roster_find_number(core->roster, number ? number : &own) != NULL;
	explicit_bzero(&own, sizeof(own));
	return is;
}

enum contacts_reason contacts_judge(struct core *core, const struct subscriber_row *row, const struct subscriber_facts *facts,
	const struct number *number)
{
	const struct contacts_facts f = {
		.kept = *facts,
		.roster = is_roster(core, row, number),
		.now_ms = hl_wall_ms(core->clock),
		.consent_days = core->config->retention.days[RETENTION_CONSENT],
	};

	return contacts_decide(&f);
}

enum contacts_reason contacts_may_get_campaign(struct core *core, const uint8_t alias[SUBSCRIBER_ALIAS], const struct number *number)
{
	struct subscriber_row row = { .number_len = 0 };
	struct subscriber_facts facts;

	subscriber_look(core->store, alias, &facts);
	if (facts.known && !number)
		subscriber_get_alias(core->store, alias, &row);
	return contacts_judge(core, &row, &facts, number);
}

int contacts_wait_min(struct core *core, const struct subscriber_facts *facts)
{
	const struct contact_hours hours = { facts->hours_from_min, facts->hours_to_min };
	time_t now = (time_t)(hl_wall_ms(core->clock) / 1000);
	struct tm tm = { .tm_hour = 0 };
	int wait = 0;

	localtime_r(&now, &tm);
	contact_hours_open(&hours, tm.tm_hour * 60 + tm.tm_min, &wait);
	return wait;
}

static const char *const reasons[CONTACTS_REASONS] = {
	[CONTACTS_OK] = "ok",
	[CONTACTS_UNKNOWN] = "unknown",
	[CONTACTS_NO_CONSENT] = "no consent",
	[CONTACTS_STOPPED] = "opted out",
	[CONTACTS_OPEN_CASE] = "not now",
	[CONTACTS_UNSAFE] = "not now",
	[CONTACTS_ROSTER] = "not now",
};

const char *contacts_reason_name(enum contacts_reason reason)
{
	return (unsigned)reason < CONTACTS_REASONS ? reasons[reason] : "?";
}

enum contacts_reason contacts_reason_shown(enum contacts_reason reason)
{
	return reason == CONTACTS_OPEN_CASE || reason == CONTACTS_UNSAFE || reason == CONTACTS_ROSTER ? CONTACTS_OK : reason;
}
