/* Who rings when. Pure: facts in, a verdict out; no clock, no store, no roster of its own. People are numbered along
 * the chain: officers in the order of the roster, then coordinators. By the built-in policy each step of an alert is one
 * person; one of etc/alerts.conf names several. Past the last step it begins again, for ever: only a human ends an alert. */
#ifndef HL_CORE_ALERT_POLICY_H
#define HL_CORE_ALERT_POLICY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/alert/policies.h"
#include "core/roster/roster.h"
#include "core/triage/triage.h"

enum alert_text { ALERT_TEXT_NEW, ALERT_TEXT_MORE, ALERT_TEXT_ESCALATION, ALERT_TEXT_REMINDER,
	ALERT_TEXT_IDLE, /* acknowledged, and nobody works on it */
	ALERT_TEXTS }; /* stored: never renumber */

struct alert_chain { size_t officers, coordinators; };

struct alert_rules {
	struct alert_chain chain;
	int64_t wait_ms[TRIAGE_URGENCIES]; /* for an acknowledgement, at each step that says nothing else */
	const struct alert_policy *policy; /* NULL: the built-in one */
};

/* An open alert. */
struct alert_facts {
	enum triage_urgency urgency;
	int64_t step, due_boot_ms;
};

/* name: somebody whom the policy names, wherever they stand; NULL: the one of this place in the chain. */
struct alert_ring { size_t person; const char *name; enum alert_text text; };

struct alert_verdict {
	int64_t step, due_boot_ms;
	enum triage_urgency urgency;
	bool escalated;
	bool exhausted;            /* all steps are through, or there is nobody at all: the fallback's turn */
	bool other_modem;
	struct alert_ring rings[ROSTER_MAX + POLICY_NAMES_MAX];
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

/* The same of somebody whom the policy names. */
void alert_decide_failed_name(const struct alert_rules *r, const struct alert_facts *f, const char *name, int64_t now_boot_ms,
	struct alert_verdict *v);

/* ---- channels in order ------------------------------------------------------------------------------------------- */

/* Where a text stands: which step of the policy, and which of its channels; stored with it, so that what becomes of it is understood
 * later. 0 is no place: the step names no channels. */
int64_t policy_place(const struct alert_policy *p, int64_t step, size_t channel);
/* The step that it is of, NULL where the policy no longer has it; *channel: which of its channels. */
const struct policy_step *policy_step_at(const struct alert_policy *p, int64_t place, size_t *channel);
/* The text with which people are rung at this place. */
enum alert_text policy_text_at(int64_t place);

/* Acknowledged, and the time to act on it is over: whoever has it is reminded; the second time it is open again, for the next. */
enum alert_idle_action { ALERT_IDLE_REMIND, ALERT_IDLE_REOPEN };
enum alert_idle_action alert_decide_idle(int64_t reminders);

/* The case became more urgent: never later than the new urgency's wait from now. */
void alert_decide_rise(const struct alert_rules *r, const struct alert_facts *f, enum triage_urgency urgency,
	int64_t now_boot_ms,
	struct alert_verdict *v);

/* "alert.new" and so on: the key of the wording. */
const char *alert_text_key(enum alert_text text);

#endif
