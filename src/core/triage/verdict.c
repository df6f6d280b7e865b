#include "core/triage/verdict.h"

#include <string.h>

/* A report: the weight from which risk decides alone. */
#define REPORT_MIN 3
/* Another kind: the weight from which it is clear. */
#define CLEAR_MIN 2
/* Commands are short, and every word of them is known. */
#define COMMAND_WORDS_MAX 4
#define COVER_WORDS_MAX 12

#define BIT(category) (1u << (category))
#define RISK_BITS (BIT(TRIAGE_RISKS) - 1)

static bool has(const struct triage_evidence *e, uint32_t flags)
{
	return (e->flags & flags) != 0;
}

/* Which categories have each word: the words of a short text. False where it is no short text. */
static bool cover_words(const struct triage_evidence *e, uint32_t cover[COVER_WORDS_MAX])
{
	if (e->text->word_count > COVER_WORDS_MAX)
		return false;
	memset(cover, 0, COVER_WORDS_MAX * sizeof(cover[0]));
	for (size_t i = 0; i < e->match_count; i++)
		for (size_t w = e->matches[i].first; w <= e->matches[i].last; w++)
			cover[w] |= BIT(e->matches[i].rule->category);
	return true;
}

/* Whether every word is one of `category` or of those that go with it, and at least one is of it. */
static bool is_whole(const struct triage_evidence *e, enum triage_category category, uint32_t with, size_t words_max)
{
	uint32_t cover[COVER_WORDS_MAX], seen = 0;

	if (e->text->word_count == 0 || e->text->word_count > words_max || !cover_words(e, cover))
		return false;
	for (size_t i = 0; i < e->text->word_count; i++) {
		if (!(cover[i] & (BIT(category) | with)))
			return false;
		seen |= cover[i];
	}
	return (seen & BIT(category)) != 0;
}

#define SMALL_TALK (BIT(TRIAGE_CAT_FILLER) | BIT(TRIAGE_CAT_GREETING) | BIT(TRIAGE_CAT_TONE) | BIT(TRIAGE_CAT_NEGATION))

static bool names_nobody(const struct triage_evidence *e)
{
	return e->risk == 0 && !e->child && e->age_count == 0 && !e->place.match;
}

/* Single letters and small numbers: "A", "2", "1-А, 2-Б". */
static bool is_quiz_answer(const struct triage_evidence *e)
{
	if (e->text->count == 0 || e->text->word_count > COVER_WORDS_MAX)
		return false;
	for (size_t i = 0; i < e->text->count; i++) {
		const struct fold_token *t = &e->text->tokens[i];
		if (t->kind != FOLD_MARK && t->letters > (t->kind == FOLD_WORD ? 1 : 2))
			return false;
	}
	return e->text->tokens[0].kind != FOLD_MARK;
}

enum triage_kind triage_decide_kind(const struct triage_evidence *e)
{
	static const struct { enum triage_category category; enum triage_kind kind; } others[] = {
		{ TRIAGE_CAT_SPAM, TRIAGE_SPAM }, { TRIAGE_CAT_CAMPAIGN, TRIAGE_CAMPAIGN_REPLY }, { TRIAGE_CAT_THANKS, TRIAGE_THANKS },
		{ TRIAGE_CAT_ACK, TRIAGE_ACK }, { TRIAGE_CAT_TEST, TRIAGE_TEST }, { TRIAGE_CAT_QUESTION, TRIAGE_QUESTION },
		{ TRIAGE_CAT_ABUSE, TRIAGE_ABUSE }, { TRIAGE_CAT_WRONG_NUMBER, TRIAGE_WRONG_NUMBER },
	};
	int other = 0, best = 0;
	enum triage_kind kind = TRIAGE_TIP;

	if (is_quiz_answer(e))
		return TRIAGE_CAMPAIGN_REPLY;
	if (names_nobody(e) && is_whole(e, TRIAGE_CAT_OPT_OUT, SMALL_TALK, COMMAND_WORDS_MAX))
		return TRIAGE_OPT_OUT;
	if (names_nobody(e) && is_whole(e, TRIAGE_CAT_OPT_IN, SMALL_TALK, COMMAND_WORDS_MAX))
		return TRIAGE_OPT_IN;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		int sum = e->sum[others[i].category];
		other += sum;
		if (sum > best) {
			best = sum;
			kind = others[i].kind;
		}
	}
	if (e->risk - other >= REPORT_MIN)
		return TRIAGE_TIP;
	return best >= CLEAR_MIN && best > e->risk ? kind : TRIAGE_TIP;
}

enum triage_exploitation triage_decide_exploitation(const struct triage_evidence *e)
{
	int sex = e->sum[TRIAGE_CAT_SEX], labour = e->sum[TRIAGE_CAT_LABOUR], online = e->sum[TRIAGE_CAT_ONLINE];

	if (sex >= 2 && sex >= labour && sex >= online)
		return TRIAGE_EXPL_SEX;
	if (online >= 2 && online > labour)
		return TRIAGE_EXPL_ONLINE;
	if (labour >= 2)
		return TRIAGE_EXPL_LABOUR;
	return TRIAGE_EXPL_UNCLEAR;
}

enum triage_urgency triage_decide_urgency(const struct triage_evidence *e, enum triage_exploitation exploitation)
{
	(void)exploitation;
	if (has(e, TRIAGE_RETRACT))
		return TRIAGE_NORMAL;
	if (has(e, TRIAGE_HARM) || (has(e, TRIAGE_HELD) && has(e, TRIAGE_ME)))
		return TRIAGE_EMERGENCY;
	if (has(e, TRIAGE_NOW | TRIAGE_SOON) && has(e, TRIAGE_HELD | TRIAGE_TAKEN | TRIAGE_HURT))
		return TRIAGE_EMERGENCY;
	if (e->risk >= REPORT_MIN && e->child)
		return TRIAGE_HIGH;
	return TRIAGE_NORMAL;
}

enum triage_script triage_decide_script(const struct triage_evidence *e)
{
	size_t cyrillic = 0, english = 0, latin;

	for (size_t i = 0; i < e->text->word_count; i++)
		cyrillic += e->text->tokens[e->text->words[i]].cyrillic;
	latin = e->text->word_count - cyrillic;
	for (size_t i = 0; i < e->match_count; i++)
		english += (e->matches[i].rule->flags & TRIAGE_ENGLISH) != 0;
	if (cyrillic >= latin)
		return TRIAGE_SCRIPT_CYRILLIC;
	return english > 0 ? TRIAGE_SCRIPT_ENGLISH : TRIAGE_SCRIPT_LATIN;
}
