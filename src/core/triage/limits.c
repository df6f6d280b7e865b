#include "core/triage/limits.h"

#include <stddef.h>
#include <string.h>

static const struct { const char *name; size_t offset; int min, max; } rows[] = {
	{ "category-max", offsetof(struct triage_limits, category_max), 1, 20 },
	{ "minor-bonus", offsetof(struct triage_limits, minor_bonus), 0, 10 },
	{ "named-min", offsetof(struct triage_limits, named_min), 1, 20 },
	{ "suspicion-below", offsetof(struct triage_limits, suspicion_below), 0, 20 },
	{ "call-min", offsetof(struct triage_limits, call_min), 1, 20 },
	{ "call-words", offsetof(struct triage_limits, call_words), 1, 12 },
	{ "bare-words", offsetof(struct triage_limits, bare_words), 1, 12 },
	{ "bare-weight", offsetof(struct triage_limits, bare_weight), 1, 5 },
	{ "alone-weight", offsetof(struct triage_limits, alone_weight), 1, 5 },
	{ "pair-weight", offsetof(struct triage_limits, pair_weight), 1, 5 },
	{ "unknown-words", offsetof(struct triage_limits, unknown_words), 1, 99 },
	{ "clear-min", offsetof(struct triage_limits, clear_min), 1, 20 },
	{ "command-words", offsetof(struct triage_limits, command_words), 1, 6 },
	{ "code-digits", offsetof(struct triage_limits, code_digits), 1, 12 },
	{ "strong-margin", offsetof(struct triage_limits, strong_margin), 0, 20 },
	{ "strong-margin-general", offsetof(struct triage_limits, strong_margin_general), 0, 20 },
	{ "advert-min", offsetof(struct triage_limits, advert_min), 1, 20 },
	{ "time-only-max", offsetof(struct triage_limits, time_only_max), 0, 20 },
	{ "near-before", offsetof(struct triage_limits, near_before), 0, 20 },
	{ "near-after", offsetof(struct triage_limits, near_after), 0, 20 },
	{ "number-after", offsetof(struct triage_limits, number_after), 0, 20 },
	{ "learned-tip", offsetof(struct triage_limits, learned_tip), -160, 160 },
	{ "learned-urgent", offsetof(struct triage_limits, learned_urgent), -160, 160 },
	{ "learned-emergency", offsetof(struct triage_limits, learned_emergency), -160, 160 },
	{ "rules-sure", offsetof(struct triage_limits, rules_sure), 0, 160 },
	{ "rules-lift", offsetof(struct triage_limits, rules_lift), 0, 160 },
	{ "rules-kind", offsetof(struct triage_limits, rules_kind), 0, 160 },
	{ "rules-urgent", offsetof(struct triage_limits, rules_urgent), 0, 160 },
	{ "rules-emergency", offsetof(struct triage_limits, rules_emergency), 0, 160 },
	{ "rules-exploitation", offsetof(struct triage_limits, rules_exploitation), 0, 160 },
	{ "opt-out-sure", offsetof(struct triage_limits, opt_out_sure), 0, 160 },
};

const struct triage_limits triage_limits_shipped = {
	.category_max = 6, .minor_bonus = 2,
	.named_min = 2, .suspicion_below = 5, .call_min = 3, .call_words = 4, .bare_words = 2, .bare_weight = 2, .alone_weight = 4,
	.pair_weight = 2, .unknown_words = 7,
	.clear_min = 2, .command_words = 4, .code_digits = 4, .strong_margin = 3, .strong_margin_general = 5, .advert_min = 3,
	.time_only_max = 2,
	.near_before = 3, .near_after = 4, .number_after = 2,
	.learned_tip = 0, .learned_urgent = 0, .learned_emergency = 0,
	.rules_sure = 32, .rules_lift = 48, .rules_kind = 40, .rules_urgent = 8, .rules_emergency = 24, .rules_exploitation = 16, .opt_out_sure = 48,
};

int triage_parse_limit(struct triage_limits *limits, const struct triage_parse_at *at, const char *name, const char *value)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strcmp(rows[i].name, name) == 0)
			return triage_parse_int(at, name, value, rows[i].min, rows[i].max,
				(int *)(void *)((char *)limits + rows[i].offset));
	return triage_parse_fail(at, HL_EINVAL, "unknown limit '%.40s': limits.conf as shipped names all there are", name);
}
