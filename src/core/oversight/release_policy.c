#include "core/oversight/release_policy.h"

#include <string.h>

#define DIGITS_MAX 4 /* in a row: more may be a phone number */

static int no(const char **why, int err, const char *text)
{
	*why = text;
	return err;
}

static bool over(const struct release_row *row, int64_t now_ms)
{
	return now_ms >= row->expires_ms || now_ms < row->asked_ms - 60000; /* a clock set back brings nothing to life again */
}

int release_may_ask(const struct release_person *p, bool asked_already, int64_t open, const char **why)
{
	if (!p->of_unit || (p->role != PERSON_OFFICER && p->role != PERSON_COORDINATOR))
		return no(why, HL_EAUTH, "only people of the unit that has the case ask for its number");
	if (asked_already)
		return no(why, HL_EEXIST, "a request about this case waits already: hotlinectl release list");
	if (open >= RELEASE_OPEN_MAX)
		return no(why, HL_EBUSY, "too many of your requests wait already");
	return 0;
}

int release_may_decide(const struct release_person *p, const struct release_row *row, int64_t now_ms, const char **why)
{
	bool right = (p->role == PERSON_COORDINATOR && p->may_know) || (p->role == PERSON_OFFICER && p->of_unit);

	if (!right)
		return no(why, HL_EAUTH, "a coordinator, or another officer of the unit that has the case, decides");
	if (strcmp(p->name, row->requester) == 0)
		return no(why, HL_EAUTH, "who asked cannot decide: it takes two people");
	if (p->same_hand)
		return no(why, HL_EAUTH, "one of you was added by the other, or both by the same person within the week: somebody else decides");
	if (row->state != RELEASE_ASKED)
		return no(why, HL_ESTATE, "this request is decided already");
	return over(row, now_ms) ? no(why, HL_ETIME, "this request has expired: it must be asked anew") : 0;
}

int release_may_see(const struct release_person *p, const struct release_row *row, int64_t now_ms, const char **why)
{
	if (strcmp(p->name, row->requester) != 0)
		return no(why, HL_EAUTH, "only who asked sees the number");
	if (!p->of_unit)
		return no(why, HL_EAUTH, "the case belongs to another unit by now");
	if (row->state == RELEASE_SHOWN)
		return no(why, HL_ESTATE, "it was shown already, and is shown once: ask anew, with a reason");
	if (row->state != RELEASE_APPROVED)
		return no(why, HL_ESTATE, row->state == RELEASE_REFUSED ? "this request was refused" : "nobody has decided yet");
	return over(row, now_ms) ? no(why, HL_ETIME, "this request has expired: it must be asked anew") : 0;
}

int release_check_reason(const char *reason, const char **why)
{
	size_t digits = 0;

	if (strlen(reason) < RELEASE_REASON_MIN)
		return no(why, HL_EINVAL, "say why, in some words");
	if (strlen(reason) > RELEASE_REASON_MAX)
		return no(why, HL_ERANGE, "a reason has at most 124 octets (62 Cyrillic letters)");
	for (; *reason; reason++) {
		if ((unsigned char)*reason < ' ' || *reason == 0x7f)
			return no(why, HL_EINVAL, "a reason is one line");
		if (*reason >= '0' && *reason <= '9')
			digits++;
		else if (*reason != ' ' && *reason != '-')
			digits = 0;
		if (digits > DIGITS_MAX)
			return no(why, HL_EINVAL, "no numbers in a reason: it is kept readable");
	}
	return 0;
}

const char *release_state_name(const struct release_row *row, int64_t now_ms)
{
	switch (row->state) {
	case RELEASE_ASKED:
		return over(row, now_ms) ? "expired" : "asked";
	case RELEASE_APPROVED:
		return over(row, now_ms) ? "expired" : "approved";
	case RELEASE_REFUSED:
		return "refused";
	case RELEASE_SHOWN:
		return "shown";
	}
	return "?";
}
