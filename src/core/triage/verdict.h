/* From evidence to a verdict: the kind, the exploitation, the urgency, the cues to show. Every step of the decision is a small
 * function in the order in which it is asked. Internal to triage. */
#ifndef HL_CORE_TRIAGE_VERDICT_H
#define HL_CORE_TRIAGE_VERDICT_H

#include "core/triage/evidence.h"

/* *sure: by exact words or figures alone, not by weighing. */
enum triage_kind triage_decide_kind(const struct triage_evidence *e, bool *sure);

/* Nothing in it that may be part of a report. */
bool triage_tells_nothing(const struct triage_evidence *e);

/* Somebody calls for help, or pleads: there is no room for context. */
bool triage_is_call(const struct triage_evidence *e);

enum triage_exploitation triage_decide_exploitation(const struct triage_evidence *e);
enum triage_urgency triage_decide_urgency(const struct triage_evidence *e);
enum triage_script triage_decide_script(const struct triage_evidence *e);

/* The risk without what merely names a child. */
int triage_topical_risk(const struct triage_evidence *e);

#endif
