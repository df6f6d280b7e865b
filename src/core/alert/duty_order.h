/* In which order people are rung for a case: who is on duty now, in the order of the rotations; then the other officers of the
 * unit in the order of the file; then the coordinators. Pure: roster, wall time and who was rung in, the chain out. Whom an alert
 * is for at all is decided here too, so that the two never differ. It must never give an empty chain while the roster has anybody
 * who may be told. */
#ifndef HL_CORE_ALERT_DUTY_ORDER_H
#define HL_CORE_ALERT_DUTY_ORDER_H

#include "core/alert/policy.h"

struct duty_question {
	const struct roster *roster;
	const char *unit;          /* of the case; "": not known */
	const char *apart;         /* the unit that gets conflicts of interest; "": there is none */
	int64_t wall_ms;
	enum triage_urgency urgency;
	int64_t step;              /* of the alert */
	size_t rung_count;         /* who was rung for it so far, in that order; at step 0 they do not matter */
	const char (*rung)[64];
};

struct duty_chain {
	struct alert_chain count;
	const struct roster_person *list[ROSTER_MAX]; /* officers (and whoever is on duty), then coordinators */
};

/* list[step] is the first, in the order of now, who was not rung yet: so a hand-over, an override or another roster in the middle of an
 * alert never passes over who is on duty. Those who want quiet come after the others of their kind. */
void duty_order(const struct duty_question *q, struct duty_chain *chain);

/* Whether the person is not to be woken for this now. */
bool duty_is_quiet(const struct roster_person *p, enum triage_urgency urgency, int64_t wall_ms);

/* Whether the person may be told of a case of this unit at any time. */
bool duty_may_know(const struct duty_question *q, const struct roster_person *p);

#endif
