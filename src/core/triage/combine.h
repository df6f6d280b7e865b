/* Finds the combinations that fit a text: words of several fields of meaning near one another. Internal to triage. */
#ifndef HL_CORE_TRIAGE_COMBINE_H
#define HL_CORE_TRIAGE_COMBINE_H

#include "core/triage/match.h"

/* Words past this one are not looked at. */
#define TRIAGE_COMBINE_WORDS_MAX 512

/* Appends to matches[count] of TRIAGE_MATCHES_MAX and returns how many there are then; *fields are those that the text
 * has a word of. minor: the text tells of one. */
size_t triage_combine(const struct triage_rules *rules, const struct fold_text *text, bool minor,
	struct triage_match *matches, size_t count, struct triage_fields *fields);

#endif
