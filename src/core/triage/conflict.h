/* Whether a text names the police, an official or the hotline itself as involved in the harm, so that the report must not
 * reach them. It errs towards yes where somebody is named in a leading part, and never says it of a mere call for the
 * police. Internal to triage. */
#ifndef HL_CORE_TRIAGE_CONFLICT_H
#define HL_CORE_TRIAGE_CONFLICT_H

#include "core/triage/evidence.h"

bool triage_decide_conflict(const struct triage_evidence *e);

#endif
