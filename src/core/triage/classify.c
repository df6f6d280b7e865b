#include "core/triage/triage.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/triage/conflict.h"
#include "core/triage/facts.h"
#include "core/triage/features.h"
#include "core/triage/learned.h"
#include "core/triage/verdict.h"

#define OTHER_LETTERS_MIN 2 /* of an alphabet that is not read: one is a slip, or the end of a name */

static int heavier(int a, int b)
{
	return abs(a) > abs(b);
}

/* Keeps the cues heaviest first; of equal ones the first stays. */
static void add_cue(struct triage_verdict *out, struct triage_cue cue)
{
	size_t at = out->cue_count;

	while (at > 0 && heavier(cue.weight, out->cues[at - 1].weight))
		at--;
	if (at == TRIAGE_CUES_MAX)
		return;
	if (out->cue_count < TRIAGE_CUES_MAX)
		out->cue_count++;
	memmove(&out->cues[at + 1], &out->cues[at], (out->cue_count - at - 1) * sizeof(cue));
	out->cues[at] = cue;
}

static struct triage_cue cue_of_match(const struct fold_text *text, const struct triage_match *m, int number)
{
	return (struct triage_cue){
		.stem = m->rule->stem, .category = m->rule->category, .weight = m->rule->weight, .number = number,
		.start = text->tokens[text->words[m->first]].start, .end = text->tokens[text->words[m->last]].end,
	};
}

/* What weighs nothing is shown only where it tells of time or of how the sender knows. */
static bool is_shown(const struct triage_rule *rule, bool conflict)
{
	if (rule->category == TRIAGE_CAT_CONFLICT && !conflict)
		return false;
	return rule->weight != 0 || rule->category == TRIAGE_CAT_TONE;
}

static void add_cues(const struct triage_evidence *e, struct triage_verdict *out)
{
	const struct fold_text *text = e->text;

	for (size_t i = 0; i < e->match_count; i++)
		if (e->counted[i] && is_shown(e->matches[i].rule, out->conflict))
			add_cue(out, cue_of_match(text, &e->matches[i], 0));
	for (size_t i = 0; i < e->age_count; i++)
		add_cue(out, (struct triage_cue){
			.stem = triage_age_name(e->ages[i].kind), .category = TRIAGE_CAT_AGE, .weight = 1, .number = e->ages[i].number,
			.start = text->tokens[e->ages[i].token].start, .end = text->tokens[e->ages[i].last].end,
		});
	if (e->place.match)
		add_cue(out, cue_of_match(text, e->place.match, e->place.khoroo));
}

/* By the rules alone; whether they are sure of the kind. */
static bool decide(const struct triage_evidence *e, struct triage_verdict *out)
{
	bool sure;

	out->kind = triage_decide_kind(e, &sure);
	out->child = e->child;
	out->conflict = triage_decide_conflict(e);
	out->script = triage_decide_script(e);
	out->score = e->risk;
	if (e->place.district)
		hl_strlcpy(out->district, sizeof(out->district), e->place.district->name);
	out->khoroo = e->place.khoroo;
	return sure;
}

static void decide_rest_by_rules(const struct triage_evidence *e, struct triage_verdict *out)
{
	if (out->kind != TRIAGE_TIP)
		return;
	out->exploitation = triage_decide_exploitation(e);
	out->urgency = triage_decide_urgency(e);
}

static void settle(const struct triage_evidence *e, bool sure, struct triage_verdict *out)
{
	uint8_t facts[TRIAGE_FACTS_MAX];
	struct triage_scores scores;

	triage_weigh(e->rules->weights, e->text, facts, triage_facts_find(e, facts), &scores);
	triage_settle(e, &scores, sure, out);
	out->learned = true;
	out->tip = scores.lane[TRIAGE_LANE_TIP];
	out->urgent = scores.lane[TRIAGE_LANE_URGENT];
	out->emergency = scores.lane[TRIAGE_LANE_EMERGENCY];
}

/* "A", and then a sentence in letters that are not read here: a text like "OK" by what was read of it. Unsure goes up. */
static void mind_unread(const struct fold_text *text, struct triage_verdict *out)
{
	static const bool says_little[TRIAGE_KINDS] = { [TRIAGE_OPT_OUT] = true, [TRIAGE_OPT_IN] = true, [TRIAGE_TEST] = true,
		[TRIAGE_THANKS] = true, [TRIAGE_ACK] = true, [TRIAGE_CAMPAIGN_REPLY] = true };

	if (text->other_letters < OTHER_LETTERS_MIN || !says_little[out->kind])
		return;
	out->kind = TRIAGE_TIP;
	out->urgency = TRIAGE_NORMAL;
	out->exploitation = TRIAGE_EXPL_UNCLEAR;
}

void triage_classify(const struct triage_rules *rules, const char *text, size_t len, struct triage_verdict *out)
{
	struct triage_evidence e;
	struct fold_text folded;
	bool sure;

	memset(out, 0, sizeof(*out));
	fold_text_open(&folded, text, len);
	triage_gather(&e, rules, &folded);
	sure = decide(&e, out);
	if (rules->weights)
		settle(&e, sure, out);
	else
		decide_rest_by_rules(&e, out);
	mind_unread(&folded, out);
	add_cues(&e, out);
	fold_text_close(&folded);
}

size_t triage_explain(const struct triage_rules *rules, const char *text, size_t len, struct triage_learned_word *out, size_t max)
{
	struct fold_text folded;
	size_t count;

	if (!rules->weights)
		return 0;
	fold_text_open(&folded, text, len);
	count = triage_weigh_words(rules->weights, &folded, out, max);
	fold_text_close(&folded);
	return count;
}

static void tell_words(const struct fold_text *text, triage_tell_feature tell, void *arg)
{
	struct triage_feature features[TRIAGE_WORD_FEATURES];
	char name[2 * TRIAGE_WORD_SYMBOLS + 3];

	for (size_t word = 0; word < text->word_count && word < TRIAGE_FEATURE_WORDS_MAX; word++) {
		size_t pieces, count = triage_features_of_word(text, word, features, &pieces);
		for (size_t i = 0; i < count; i++) {
			triage_feature_name(text, word, &features[i], name, sizeof(name));
			tell(arg, name);
		}
	}
}

void triage_features(const struct triage_rules *rules, const char *text, size_t len, triage_tell_feature tell, void *arg)
{
	struct triage_evidence e;
	struct fold_text folded;
	uint8_t facts[TRIAGE_FACTS_MAX];
	char name[TRIAGE_FACT_NAME_MAX];
	size_t count;

	fold_text_open(&folded, text, len);
	triage_gather(&e, rules, &folded);
	count = triage_facts_find(&e, facts);
	for (size_t i = 0; i < count; i++)
		if (triage_fact_name(rules, facts[i], name))
			tell(arg, name);
	tell_words(&folded, tell, arg);
	fold_text_close(&folded);
}
