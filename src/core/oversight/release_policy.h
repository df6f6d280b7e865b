/* Who may open a phone number: it takes two different people. One of the case's unit asks, with a reason; another of that unit, or a
 * coordinator, decides; the one who asked sees it once, before the request expires. Facts in, verdict out: no SQL, no clock. */
#ifndef HL_CORE_OVERSIGHT_RELEASE_POLICY_H
#define HL_CORE_OVERSIGHT_RELEASE_POLICY_H

#include "core/people/session.h"
#include "store/release.h"

#define RELEASE_REASON_MIN 10
#define RELEASE_OPEN_MAX 3   /* requests of one person that wait */

struct release_person {
	enum person_role role;
	const char *name;
	bool of_unit;            /* of the unit that has the case */
	bool may_know;           /* of the case at all */
	bool same_hand;          /* to decide: may be who asked under another name (lineage.h) */
};

/* Each: 0, or an error with the reason in *why. */
int release_may_ask(const struct release_person *p, bool asked_already, int64_t open, const char **why);
int release_may_decide(const struct release_person *p, const struct release_row *row, int64_t now_ms, const char **why);
int release_may_see(const struct release_person *p, const struct release_row *row, int64_t now_ms, const char **why);

/* A reason is some words, and no number: it is kept readable, and for ever. */
int release_check_reason(const char *reason, const char **why);

/* "asked", "approved", "refused", "shown", "expired". */
const char *release_state_name(const struct release_row *row, int64_t now_ms);

#endif
