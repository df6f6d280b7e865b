#include "core/retention/policy.h"

#include "core/triage/triage.h"

#define DAY_MS (86400 * (int64_t)1000)

static const char *const class_names[RETENTION_CLASSES] = {
	[RETENTION_TIP] = "tips", [RETENTION_UNFOUNDED] = "unfounded", [RETENTION_SPAM] = "spam", [RETENTION_OTHER] = "other",
	[RETENTION_QUARANTINE] = "quarantine", [RETENTION_OUTBOX] = "outbox", [RETENTION_CONTACT] = "contacts",
	[RETENTION_CALL] = "calls", [RETENTION_HASH] = "hashes", [RETENTION_CONSENT] = "subscribers",
	[RETENTION_CAMPAIGN] = "campaigns",
};

const char *retention_class_name(enum retention_class c)
{
	return (unsigned)c < RETENTION_CLASSES ? class_names[c] : "?";
}

enum retention_verdict retention_by_age(const struct retention_periods *p, enum retention_class c, int64_t since_ms, int64_t now_ms)
{
	int64_t left_ms = since_ms + p->days[c] * DAY_MS - now_ms;

	if (p->days[c] == 0 || left_ms > p->warn_days * DAY_MS)
		return RETENTION_KEEP;
	return left_ms > 0 ? RETENTION_SOON : RETENTION_ERASE;
}

enum retention_class retention_class_of_case(const struct retention_case *c)
{
	switch ((enum triage_kind)c->kind) {
	case TRIAGE_TIP:
		return c->unfounded ? RETENTION_UNFOUNDED : RETENTION_TIP;
	case TRIAGE_SPAM:
	case TRIAGE_ABUSE:
	case TRIAGE_TEST:
	case TRIAGE_WRONG_NUMBER:
		return RETENTION_SPAM;
	case TRIAGE_CAMPAIGN_REPLY:
	case TRIAGE_OPT_OUT:
	case TRIAGE_OPT_IN:
	case TRIAGE_QUESTION:
	case TRIAGE_THANKS:
	case TRIAGE_ACK:
		return RETENTION_OTHER;
	}
	return RETENTION_TIP; /* of a newer program: the longest */
}

enum retention_verdict retention_of_case(const struct retention_periods *p, const struct retention_case *c, int64_t now_ms)
{
	enum retention_class class = retention_class_of_case(c);
	bool tip = class == RETENTION_TIP || class == RETENTION_UNFOUNDED;

	if (c->held || c->busy || (!c->closed && (tip || c->owned)))
		return RETENTION_KEEP;
	return retention_by_age(p, class, c->closed ? c->closed_ms : c->updated_ms, now_ms);
}

/* The end of the longest period of a text that came at this time; INT64_MAX where one is for ever. */
static int64_t longest_end_ms(const struct retention_periods *p, int64_t since_ms)
{
	int64_t most = 0;

	for (int i = 0; i <= RETENTION_QUARANTINE; i++) {
		if (p->days[i] == 0)
			return INT64_MAX;
		most = p->days[i] > most ? p->days[i] : most;
	}
	return since_ms + most * DAY_MS;
}

enum retention_key retention_of_week(const struct retention_periods *p, const struct retention_week *w, int64_t now_ms)
{
	if (w->end_ms == 0 || w->end_ms > now_ms)
		return RETENTION_KEY_KEEP;
	if (!w->any)
		return RETENTION_KEY_DESTROY;
	if (w->erased_ms && w->erased_ms + p->shred_days * DAY_MS <= now_ms)
		return RETENTION_KEY_MOVE;
	return !w->waiting && longest_end_ms(p, w->end_ms) <= now_ms ? RETENTION_KEY_MOVE : RETENTION_KEY_KEEP;
}

bool retention_clock_ok(int64_t before_ms, int64_t now_ms)
{
	return now_ms >= before_ms - DAY_MS && now_ms - before_ms <= RETENTION_GAP_DAYS * DAY_MS;
}
