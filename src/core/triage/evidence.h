/* What the matches of a text say together: which rules count, and how much each category weighs. Decides nothing yet
 * (verdict.h). Internal to triage. */
#ifndef HL_CORE_TRIAGE_EVIDENCE_H
#define HL_CORE_TRIAGE_EVIDENCE_H

#include "core/triage/ages.h"
#include "core/triage/limits.h"
#include "core/triage/match.h"
#include "core/triage/place.h"

struct triage_evidence {
	const struct triage_rules *rules;
	const struct triage_limits *limits;
	const struct fold_text *text;
	struct triage_match matches[TRIAGE_MATCHES_MAX];
	bool counted[TRIAGE_MATCHES_MAX]; /* not counted: lacks its context, or a heavier rule of its category has its words */
	size_t match_count;
	struct triage_age ages[TRIAGE_AGES_MAX];
	size_t age_count;
	struct triage_place place;
	struct triage_fields fields;      /* of meaning: those that the text has a word of */
	bool minor;                       /* by an age or a grade */
	bool child;                       /* a minor is mentioned, in whatever way */
	bool adult;                       /* an age of 18 or more is told, and none below */
	int sum[TRIAGE_CATEGORIES];       /* of the weights that count, without their sign */
	uint32_t flags;                   /* of the rules that count */
	uint32_t seen;                    /* of all rules that match */
	uint32_t strong;                  /* categories, by bit, of which a rule that counts is flagged strong */
	bool risk_seen;                   /* a risk rule of some weight matches, counted or not */
	int risk;                         /* of the risk categories, with the bonus for a minor */
};

/* Fills e from a folded text, which must outlive it. */
void triage_gather(struct triage_evidence *e, const struct triage_rules *rules, const struct fold_text *text);

#endif
