/* One row of a section [combine ...]: which fields of meaning, near one another, are a sign. Internal to triage. */
#ifndef HL_CORE_TRIAGE_PARSE_COMBINATION_H
#define HL_CORE_TRIAGE_PARSE_COMBINATION_H

#include "core/triage/parse_row.h"

/* Adds a combination. The strings are the columns as written. */
int triage_parse_combination(struct triage_rules *rules, const struct triage_parse_at *at, enum triage_category category,
	const char *elements, const char *window, const char *weight, const char *flags);

/* After the last file: every field that a combination names has words. */
int triage_check_combinations(const struct triage_rules *rules, struct triage_telling *telling, struct hl_reason *reason);

/* Fills rules->needed, once all combinations are read. */
void triage_index_combinations(struct triage_rules *rules);

#endif
