/* What the rules decided and what was learned become one verdict. The rules alone know commands, ages, places, who is named and
 * what somebody takes back; what was learned is better at telling a report from everything else, and how bad it is. Where the
 * two differ, the higher counts, unless what was learned is sure. Pure; internal to triage. */
#ifndef HL_CORE_TRIAGE_LEARNED_H
#define HL_CORE_TRIAGE_LEARNED_H

#include "core/triage/evidence.h"
#include "core/triage/weights.h"

/* Changes kind, exploitation and urgency of what the rules decided. sure: they did by exact words (verdict.h). */
void triage_settle(const struct triage_evidence *e, const struct triage_scores *scores, bool sure, struct triage_verdict *verdict);

#endif
