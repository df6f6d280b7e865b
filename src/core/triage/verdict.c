#include "core/triage/verdict.h"

#include <stdlib.h>

static bool has(const struct triage_evidence *e, uint32_t flags)
{
	return (e->flags & flags) != 0;
}

int triage_topical_risk(const struct triage_evidence *e)
{
	return e->risk - e->sum[TRIAGE_CAT_CHILD] - e->sum[TRIAGE_CAT_AGE] - (e->minor ? e->limits->minor_bonus : 0);
}

/* ---- exploitation ---------------------------------------------------------- */

/* More is told than that somebody cries: that is heard where people are held, too. */
static bool tells_of_violence(const struct triage_evidence *e)
{
	for (size_t i = 0; i < e->match_count; i++)
		if (e->counted[i] && (e->matches[i].rule->flags & (TRIAGE_HURT | TRIAGE_CRY)) == TRIAGE_HURT)
			return true;
	return false;
}

/* Violence or neglect, and no word of anything that is gained by it. */
static bool is_home_harm(const struct triage_evidence *e)
{
	static const enum triage_category gain[] = {
		TRIAGE_CAT_SEX, TRIAGE_CAT_LABOUR, TRIAGE_CAT_ONLINE, TRIAGE_CAT_RECRUITMENT
	};

	if (has(e, TRIAGE_HOME) && !has(e, TRIAGE_TAKEN) && e->sum[TRIAGE_CAT_LABOUR] <= e->limits->named_min
	    && e->sum[TRIAGE_CAT_ONLINE] <= e->limits->named_min && e->sum[TRIAGE_CAT_RECRUITMENT] <= e->limits->named_min)
		return true;
	for (size_t i = 0; i < sizeof(gain) / sizeof(gain[0]); i++)
		if (e->sum[gain[i]] > 1)
			return false;
	return (has(e, TRIAGE_NEGLECT) || tells_of_violence(e)) && (e->child || has(e, TRIAGE_KIN))
		&& !has(e, TRIAGE_HELD | TRIAGE_TAKEN | TRIAGE_HARM);
}

enum triage_exploitation triage_decide_exploitation(const struct triage_evidence *e)
{
	int sex = e->sum[TRIAGE_CAT_SEX], labour = e->sum[TRIAGE_CAT_LABOUR], online = e->sum[TRIAGE_CAT_ONLINE];

	/* A girl at such a place is there for one thing more often than for the other. */
	if (sex >= e->limits->named_min && has(e, TRIAGE_GIRL))
		sex++;
	if (is_home_harm(e))
		return TRIAGE_EXPL_NONE;
	if (sex >= e->limits->named_min && sex >= labour && sex >= online && online < e->limits->category_max)
		return TRIAGE_EXPL_SEX;
	if (online >= e->limits->named_min && online > labour && online >= sex)
		return TRIAGE_EXPL_ONLINE;
	if (sex >= e->limits->named_min && sex >= labour)
		return TRIAGE_EXPL_SEX;
	return labour >= e->limits->named_min ? TRIAGE_EXPL_LABOUR : TRIAGE_EXPL_UNCLEAR;
}

/* ---- urgency --------------------------------------------------------------- */

static bool is_now(const struct triage_evidence *e)
{
	return has(e, TRIAGE_SOON) || (has(e, TRIAGE_NOW) && !has(e, TRIAGE_STILL));
}

/* Two emergency rows of some weight, or one that decides alone. */
static bool emergency_rows(const struct triage_evidence *e)
{
	int pairs = 0;

	for (size_t i = 0; i < e->match_count; i++) {
		const struct triage_rule *rule = e->matches[i].rule;
		if (!e->counted[i] || rule->category != TRIAGE_CAT_EMERGENCY)
			continue;
		if (rule->weight >= e->limits->alone_weight)
			return true;
		pairs += rule->weight >= e->limits->pair_weight;
	}
	return pairs >= 2;
}

/* Somebody is held: the sender, or nobody else is named. */
static bool is_sender_held(const struct triage_evidence *e)
{
	return has(e, TRIAGE_HELD) && (has(e, TRIAGE_ME) || (!e->child && !has(e, TRIAGE_KIN | TRIAGE_HEARSAY)));
}

static bool is_missing_with_recruiter(const struct triage_evidence *e)
{
	return has(e, TRIAGE_MISSING) && (e->child || has(e, TRIAGE_KIN)) && !e->adult
		&& (e->sum[TRIAGE_CAT_RECRUITMENT] >= 2 || has(e, TRIAGE_LEFT | TRIAGE_TAKEN));
}

/* A bare call, "тусламж", "яаралтай": there is no room for context. */
static bool is_bare_call(const struct triage_evidence *e)
{
	if (e->text->word_count > (size_t)e->limits->bare_words)
		return false;
	for (size_t i = 0; i < e->match_count; i++) {
		const struct triage_rule *rule = e->matches[i].rule;
		if ((rule->category == TRIAGE_CAT_HELP || rule->category == TRIAGE_CAT_EMERGENCY) && rule->weight >= e->limits->bare_weight
		    && !(rule->flags & (TRIAGE_HEARSAY | TRIAGE_FOLLOW_UP)))
			return true;
	}
	return false;
}

static bool is_call_for_help(const struct triage_evidence *e)
{
	if (is_bare_call(e))
		return true;
	return e->sum[TRIAGE_CAT_HELP] >= e->limits->call_min && !has(e, TRIAGE_HEARSAY | TRIAGE_FOLLOW_UP)
		&& e->text->word_count <= (size_t)e->limits->call_words;
}

/* A plea within a longer text, for the sender or a child. */
static bool pleads(const struct triage_evidence *e)
{
	if (!e->child && !has(e, TRIAGE_ME | TRIAGE_HELD | TRIAGE_HURT | TRIAGE_TAKEN))
		return false;
	for (size_t i = 0; i < e->match_count; i++) {
		const struct triage_rule *rule = e->matches[i].rule;
		if (e->counted[i] && rule->category == TRIAGE_CAT_HELP && rule->weight >= e->limits->alone_weight)
			return true;
	}
	return false;
}

bool triage_is_call(const struct triage_evidence *e)
{
	return is_call_for_help(e) || pleads(e) || (is_sender_held(e) && e->text->word_count <= (size_t)e->limits->call_words);
}

static bool is_emergency(const struct triage_evidence *e)
{
	if (has(e, TRIAGE_HARM) || is_sender_held(e) || is_missing_with_recruiter(e) || is_call_for_help(e)
	    || emergency_rows(e))
		return true;
	if (has(e, TRIAGE_HELD) && has(e, TRIAGE_HURT))
		return true;
	if (has(e, TRIAGE_TAKEN) && has(e, TRIAGE_ME) && !has(e, TRIAGE_HEARSAY | TRIAGE_PAST))
		return true;
	if (pleads(e))
		return true;
	if (!is_now(e))
		return false;
	if (has(e, TRIAGE_HELD | TRIAGE_TAKEN | TRIAGE_HURT) || e->sum[TRIAGE_CAT_MOVEMENT] >= e->limits->pair_weight)
		return true;
	return e->child && (e->sum[TRIAGE_CAT_SEX] >= e->limits->named_min || e->sum[TRIAGE_CAT_ONLINE] > e->limits->pair_weight);
}

/* Only words of recruiting, and nobody in particular. */
static bool is_recruiting_only(const struct triage_evidence *e)
{
	int other = triage_topical_risk(e) - e->sum[TRIAGE_CAT_RECRUITMENT] - e->sum[TRIAGE_CAT_HELP];

	return e->sum[TRIAGE_CAT_RECRUITMENT] >= e->limits->named_min && other <= 0 && !e->minor && !has(e, TRIAGE_KIN | TRIAGE_ME);
}

/* Told by others, of nobody in particular. What happens to the sender is never hearsay. */
static bool is_hearsay(const struct triage_evidence *e)
{
	return has(e, TRIAGE_HEARSAY) && !e->minor && !has(e, TRIAGE_ME | TRIAGE_KIN);
}

/* A feeling that something is wrong, without anybody it is wrong with. */
static bool is_vague_suspicion(const struct triage_evidence *e)
{
	return has(e, TRIAGE_HEDGE) && !e->child && !has(e, TRIAGE_ME | TRIAGE_KIN | TRIAGE_HELD | TRIAGE_HURT | TRIAGE_TAKEN)
		&& triage_topical_risk(e) < e->limits->suspicion_below;
}

/* A child is left alone, and nothing worse is told. */
static bool is_mere_neglect(const struct triage_evidence *e)
{
	return has(e, TRIAGE_NEGLECT) && triage_topical_risk(e) < e->limits->suspicion_below
		&& !has(e, TRIAGE_HURT | TRIAGE_HELD | TRIAGE_TAKEN) && !is_now(e);
}

/* A longer text in which nothing is known, of any kind: a report may be told in words that no rule has, but as no question. */
static bool is_all_unknown(const struct triage_evidence *e)
{
	if (e->text->word_count < (size_t)e->limits->unknown_words || has(e, TRIAGE_ASKS))
		return false;
	for (int i = TRIAGE_CAT_SPAM; i <= TRIAGE_CAT_WRONG_NUMBER; i++)
		if (e->sum[i] > 0)
			return false;
	return true;
}

/* Unsure goes up: whatever tells of anything is high, unless it is plainly less. */
static bool is_high(const struct triage_evidence *e)
{
	int topical = triage_topical_risk(e);

	if (has(e, TRIAGE_FOLLOW_UP) && topical > 0)
		return true;
	if (is_hearsay(e) || is_vague_suspicion(e) || is_mere_neglect(e) || is_recruiting_only(e))
		return false;
	if (has(e, TRIAGE_PAST) && !is_now(e) && !e->minor)
		return false;
	return topical > 0 || is_all_unknown(e) || (e->child && (e->minor || e->place.match || has(e, TRIAGE_KIN | TRIAGE_WITNESS)));
}

static bool is_low(const struct triage_evidence *e)
{
	return has(e, TRIAGE_VAGUE | TRIAGE_PAST) && !e->minor && !e->place.match && !has(e, TRIAGE_KIN | TRIAGE_ME);
}

enum triage_urgency triage_decide_urgency(const struct triage_evidence *e)
{
	if (has(e, TRIAGE_RETRACT))
		return TRIAGE_NORMAL;
	if (is_emergency(e))
		return TRIAGE_EMERGENCY;
	if (is_low(e))
		return TRIAGE_LOW;
	return is_high(e) ? TRIAGE_HIGH : TRIAGE_NORMAL;
}

/* ---- script ---------------------------------------------------------------- */

/* English where more of the words in Latin letters are known as English than as Mongolian. */
enum triage_script triage_decide_script(const struct triage_evidence *e)
{
	size_t cyrillic = 0, english = 0, mongolian = 0;

	for (size_t i = 0; i < e->text->word_count; i++)
		cyrillic += e->text->tokens[e->text->words[i]].cyrillic;
	if (2 * cyrillic >= e->text->word_count)
		return TRIAGE_SCRIPT_CYRILLIC;
	for (size_t i = 0; i < e->match_count; i++) {
		size_t words = e->matches[i].last - e->matches[i].first + 1;
		if (e->matches[i].rule->category == TRIAGE_CAT_FIELD || e->matches[i].rule->part_count == 0)
			continue; /* words of fields and combinations say nothing of the language */
		if (e->text->tokens[e->text->words[e->matches[i].first]].cyrillic)
			continue;
		if (e->matches[i].rule->flags & TRIAGE_ENGLISH)
			english += words;
		else
			mongolian += words;
	}
	return english > mongolian ? TRIAGE_SCRIPT_ENGLISH : TRIAGE_SCRIPT_LATIN;
}
