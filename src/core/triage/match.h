/* Finds which rules match which words of a folded text: whole words, beginnings and phrases, on each of the three keys. Says
 * nothing about what they mean together (evidence.h). Internal to triage. */
#ifndef HL_CORE_TRIAGE_MATCH_H
#define HL_CORE_TRIAGE_MATCH_H

#include "core/triage/rules.h"
#include "text/fold.h"

/* Matches over this are not looked at; a text that reaches it has cues enough. */
#define TRIAGE_MATCHES_MAX 512

struct triage_match {
	const struct triage_rule *rule;
	uint32_t first, last; /* words: indices into fold_text.words */
};

/* Fills matches[TRIAGE_MATCHES_MAX], in the order of the words, and returns how many. */
size_t triage_match_text(const struct triage_rules *rules, const struct fold_text *text, struct triage_match *matches);

/* Whether a part fits a word on the key of its layer. */
bool triage_part_fits(const struct triage_part *part, enum triage_layer layer, const struct fold_token *word);

#endif
