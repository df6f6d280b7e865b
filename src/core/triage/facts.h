/* Facts of a whole text that are learned about beside its words: how long, a question mark, an age, which cues and fields
 * of meaning the rules found. What the rules decide is none: on the messages that they were tuned on it is always right.
 * Pure. Internal to triage. */
#ifndef HL_CORE_TRIAGE_FACTS_H
#define HL_CORE_TRIAGE_FACTS_H

#include "core/triage/evidence.h"

#define TRIAGE_FACTS_MAX 256
#define TRIAGE_FACT_NAME_MAX 32

/* Fills out[TRIAGE_FACTS_MAX] with the numbers of those that hold, each at most once, and returns how many. */
size_t triage_facts_find(const struct triage_evidence *e, uint8_t *out);

/* The name of a fact, "@...", by these rules, which name the fields; false where there is none of this number. */
bool triage_fact_name(const struct triage_rules *rules, size_t fact, char out[TRIAGE_FACT_NAME_MAX]);

#endif
