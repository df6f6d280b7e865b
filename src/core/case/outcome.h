/* What may come of a case: the table of outcomes, which feed the yearly indicators. Pure. */
#ifndef HL_CORE_CASE_OUTCOME_H
#define HL_CORE_CASE_OUTCOME_H

#include <stdbool.h>

/* Stored: never renumber. */
enum outcome {
	OUTCOME_INVESTIGATION, OUTCOME_CYBER, OUTCOME_VICTIM_IDENTIFIED, OUTCOME_VICTIM_ASSISTED, OUTCOME_LABOUR_INSPECTORS,
	OUTCOME_UNFOUNDED,
	OUTCOME_MALICIOUS /* unfounded is not malicious; this takes two people */
};
#define OUTCOMES (OUTCOME_MALICIOUS + 1)

/* "investigation-opened" ...; "?" where there is none such. */
const char *outcome_name(enum outcome outcome);
bool outcome_from_name(const char *name, enum outcome *outcome);
/* All of them, one after the other, for a person. */
const char *outcome_names(void);

/* What recording it means. */
enum outcome_step {
	OUTCOME_STEP_COUNTS,  /* recorded, and counted */
	OUTCOME_STEP_WAITS,   /* recorded; counts when a second person says the same */
	OUTCOME_STEP_CONFIRMS,/* it was waiting: counted now */
	OUTCOME_STEP_NOTHING, /* it is recorded already */
	OUTCOME_STEP_REFUSED  /* it waits for somebody else */
};
/* first: who recorded it, NULL where nobody did; confirmed: it counts already. */
enum outcome_step outcome_decide(enum outcome outcome, const char *first, bool confirmed, const char *person);

#endif
