/* The triage rules for the commands that need no core. */
#ifndef HL_CTL_RULES_H
#define HL_CTL_RULES_H

#include "core/triage/triage.h"
#include "ctl/ctl.h"

#define RULES_TEXT_MAX 65536 /* octets of one text */

/* Loads the rules of option 0 (--rules), else of the configuration, else of the default folder. CTL_FAILED after
 * saying what is wrong; freed by triage_free(). */
int rules_open(const struct ctl *ctl, const struct ctl_args *args, struct triage_rules **rules);

/* A verdict as JSON: kind, exploitation, urgency, child, district, khoroo, script, score, cues. */
json_t *rules_json(const struct triage_verdict *v);

#endif
