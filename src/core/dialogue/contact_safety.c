#include "core/dialogue/contact_safety.h"

#include <assert.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* What a state allows: the standard words, the discreet ones, what the house does where nothing is known, the standard
 * ones only where the house is not discreet, nothing. */
enum rule { STANDARD, DISCREET, HOUSE, OPEN_HOUSE, NOTHING };

static const enum rule rules[CONTACT_SAFETIES][SAFETY_PURPOSES] = {
	[CONTACT_UNKNOWN] = { HOUSE, HOUSE, OPEN_HOUSE, STANDARD, HOUSE, STANDARD },
	[CONTACT_OK] = { STANDARD, STANDARD, STANDARD, STANDARD, STANDARD, STANDARD },
	[CONTACT_DISCREET] = { DISCREET, DISCREET, NOTHING, NOTHING, DISCREET, NOTHING },
	[CONTACT_SILENT] = { NOTHING, NOTHING, NOTHING, NOTHING, HOUSE, NOTHING },
};

static const char *const whys[CONTACT_SAFETIES] = {
	[CONTACT_UNKNOWN] = "nobody knows whether it is safe, and the text has no discreet form",
	[CONTACT_OK] = "",
	[CONTACT_DISCREET] = "only discreet texts may go to this phone",
	[CONTACT_SILENT] = "this texter is not to be texted",
};

static bool in_window(const struct contact_hours *h, int now)
{
	if (h->from_min <= h->to_min)
		return now >= h->from_min && now < h->to_min;
	return now >= h->from_min || now < h->to_min;
}

bool contact_hours_open(const struct contact_hours *h, int now_min, int *wait_min)
{
	*wait_min = 0;
	if (h->from_min == h->to_min || in_window(h, now_min))
		return true;
	*wait_min = (h->from_min - now_min + SAFETY_DAY_MIN) % SAFETY_DAY_MIN;
	return false;
}

static enum safety_action by_rule(enum rule rule, const struct safety_facts *f)
{
	if (rule == HOUSE)
		rule = f->house_discreet ? DISCREET : STANDARD;
	if (rule == OPEN_HOUSE)
		rule = f->house_discreet ? NOTHING : STANDARD;
	if (rule == DISCREET)
		return f->has_discreet ? SAFETY_SEND_DISCREET : SAFETY_NEVER;
	return rule == STANDARD ? SAFETY_SEND : SAFETY_NEVER;
}

struct safety_verdict contact_safety_decide(const struct safety_facts *f, enum safety_purpose purpose)
{
	enum contact_safety state = f->state == CONTACT_OK && !f->fresh ? CONTACT_UNKNOWN : f->state;
	struct safety_verdict v = { SAFETY_NEVER, 0, "" };
	int wait;

	assert((unsigned)state < CONTACT_SAFETIES && (unsigned)purpose < SAFETY_PURPOSES);
	v.action = by_rule(rules[state][purpose], f);
	if (v.action == SAFETY_NEVER) {
		v.why = whys[state];
	} else if (!contact_hours_open(&f->hours, f->now_min, &wait) &&
		(purpose == SAFETY_LAST_WORD || purpose == SAFETY_ADVICE || purpose == SAFETY_MENU)) {
		v.action = SAFETY_NEVER; /* said later it would make no sense */
		v.why = "outside the hours in which this texter may be texted";
	} else if (!contact_hours_open(&f->hours, f->now_min, &wait)) {
		v.action = SAFETY_HOLD;
		v.wait_min = wait < SAFETY_HOLD_MOST_MIN ? wait : SAFETY_HOLD_MOST_MIN;
		v.why = "waits for the hours in which this texter may be texted";
	}
	return v;
}

/* ---- names ------------------------------------------------------------------------------------------------- */

static const char *const names[CONTACT_SAFETIES] = { "unknown", "reply-ok", "discreet", "no-reply" };

const char *contact_safety_name(enum contact_safety state)
{
	return (unsigned)state < CONTACT_SAFETIES ? names[state] : "?";
}

bool contact_safety_from_name(const char *name, enum contact_safety *state)
{
	for (int i = 0; i < CONTACT_SAFETIES; i++) {
		if (strcmp(names[i], name) == 0) {
			*state = (enum contact_safety)i;
			return true;
		}
	}
	return false;
}

static bool two_digits(const char *s, int most, int *value)
{
	if (s[0] < '0' || s[0] > '9' || s[1] < '0' || s[1] > '9')
		return false;
	*value = (s[0] - '0') * 10 + s[1] - '0';
	return *value <= most;
}

/* "18:30" at s; 24:00 is the end of the day. */
static bool time_read(const char *s, int *minutes)
{
	int hour, minute;

	if (!two_digits(s, 24, &hour) || s[2] != ':' || !two_digits(s + 3, 59, &minute))
		return false;
	*minutes = hour * 60 + minute;
	return *minutes <= SAFETY_DAY_MIN;
}

bool contact_hours_read(const char *text, struct contact_hours *h)
{
	if (strcmp(text, "always") == 0) {
		*h = (struct contact_hours){ 0, 0 };
		return true;
	}
	if (strlen(text) != 11 || text[5] != '-' || !time_read(text, &h->from_min) || !time_read(text + 6, &h->to_min))
		return false;
	return h->from_min != h->to_min && h->from_min < SAFETY_DAY_MIN;
}

void contact_hours_print(const struct contact_hours *h, char out[CONTACT_HOURS_TEXT])
{
	if (h->from_min == h->to_min)
		snprintf(out, CONTACT_HOURS_TEXT, "always");
	else
		snprintf(out, CONTACT_HOURS_TEXT, "%02u:%02u-%02u:%02u", (unsigned)h->from_min / 60 % 25, (unsigned)h->from_min % 60,
			(unsigned)h->to_min / 60 % 25, (unsigned)h->to_min % 60);
}
