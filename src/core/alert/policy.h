/* Who rings when. Pure: facts in, a verdict out; no clock, no store, no roster of its own. People are numbered along
 * the chain: officers in the order of the roster, then coordinators; each step of an alert is one person, and past
 * the last the chain begins again, for ever: only a human ends an alert. */
#ifndef HL_CORE_ALERT_POLICY_H
#define HL_CORE_ALERT_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/roster/roster.h"
#include "core/triage/triage.h"

enum alert_text { ALERT_TEXT_NEW, ALERT_TEXT_MORE, ALERT_TEXT_ESCALATION, ALERT_TEXT_REMINDER, ALERT_TEXTS };

struct alert_chain { size_t officers, coordinators; };

struct alert_rules {
	struct alert_chain chain;
	int64_t wait_ms[TRIAGE_URGENCIES]; /* for an acknowledgement, at each step */
};

/* An open alert. */
struct alert_facts {
	enum triage_urgency urgency;
	int64_t step, due_boot_ms;
};

struct alert_ring { size_t person; enum alert_text text; };

struct alert_verdict {
	int64_t step, due_boot_ms;
	enum triage_urgency urgency;
	bool escalated;
	struct alert_ring rings[ROSTER_MAX];
	size_t ring_count;
};

/* A new alert: the first of the chain, and every coordinator beside. Nobody in the chain: nobody rings, and the
 * deadline stands. */
void alert_decide_new(const struct alert_rules *r, enum triage_urgency urgency, int64_t now_boot_ms,
	struct alert_verdict *v);

/* Its deadline has come: the next person. */
void alert_decide_due(const struct alert_rules *r, const struct alert_facts *f, int64_t now_boot_ms,
	struct alert_verdict *v);

/* The text to this person cannot arrive. If it is the one whose turn it is, the next person rings at once; but the
 * end of a round waits for its deadline, so that a roster of dead numbers does not send without pause. */
void alert_decide_failed(const struct alert_rules *r, const struct alert_facts *f, size_t person, int64_t now_boot_ms,
	struct alert_verdict *v);

/* The case became more urgent: never later than the new urgency's wait from now. */
void alert_decide_rise(const struct alert_rules *r, const struct alert_facts *f, enum triage_urgency urgency,
	int64_t now_boot_ms,
	struct alert_verdict *v);

/* "alert.new" and so on: the key of the wording. */
const char *alert_text_key(enum alert_text text);

#endif
