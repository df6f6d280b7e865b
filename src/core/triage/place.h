/* Which district a text names, and which khoroo. Abbreviations that are also everyday words of texters are taken only where
 * something beside them says that a place is meant. Internal to triage. */
#ifndef HL_CORE_TRIAGE_PLACE_H
#define HL_CORE_TRIAGE_PLACE_H

#include "core/triage/ages.h"
#include "core/triage/match.h"

struct triage_place {
	const struct triage_district *district; /* NULL if none is named */
	const struct triage_match *match;       /* what named it */
	int khoroo;                             /* 0 if none */
	uint32_t khoroo_token;                  /* of its number */
};

/* Of two districts the one beside a khoroo number is the place, else the first. A khoroo that the district does not have is
 * not taken. */
struct triage_place triage_find_place(const struct triage_rules *rules, const struct fold_text *text,
	const struct triage_match *matches, size_t match_count, const struct triage_age *ages, size_t age_count);

#endif
