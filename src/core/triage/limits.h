/* The thresholds of triage: from which weight, and up to how many words, something is what it seems. Read from a section
 * [limits] of the rule files; what no file sets keeps the value that it is shipped with. Internal to triage. */
#ifndef HL_CORE_TRIAGE_LIMITS_H
#define HL_CORE_TRIAGE_LIMITS_H

#include "core/triage/parse_row.h"

/* etc/triage/limits.conf says what each is. All are small numbers. */
struct triage_limits {
	int category_max, minor_bonus;
	int named_min, suspicion_below, call_min, call_words, bare_words, bare_weight, alone_weight, pair_weight, unknown_words;
	int clear_min, command_words, code_digits, strong_margin, strong_margin_general, advert_min, time_only_max;
	int near_before, near_after, number_after;
	int learned_tip, learned_urgent, learned_emergency, rules_sure, rules_lift, rules_kind, rules_urgent, rules_emergency,
		rules_exploitation, opt_out_sure;
};

extern const struct triage_limits triage_limits_shipped;

/* Sets one by its name. */
int triage_parse_limit(struct triage_limits *limits, const struct triage_parse_at *at, const char *name, const char *value);

#endif
