#include "core/triage/verdict.h"

#include <string.h>

#include "core/triage/words.h"

/* A short text, every word of which can be known. */
#define COVER_WORDS_MAX 12

#define BIT(category) (1u << (category))
#define SMALL_TALK (BIT(TRIAGE_CAT_FILLER) | BIT(TRIAGE_CAT_GREETING) | BIT(TRIAGE_CAT_TONE) | BIT(TRIAGE_CAT_NEGATION))
/* Not a category: the word may stand beside a command. */
#define POLITE (1u << 31)
#define COMMAND_TALK (POLITE | BIT(TRIAGE_CAT_GREETING) | BIT(TRIAGE_CAT_NEGATION))

static bool has(const struct triage_evidence *e, uint32_t flags)
{
	return (e->flags & flags) != 0;
}

/* ---- whole messages -------------------------------------------------------- */

/* Which categories have each word of a short text; false where it is no short text. */
static bool cover_words(const struct triage_evidence *e, uint32_t cover[COVER_WORDS_MAX])
{
	if (e->text->word_count > COVER_WORDS_MAX)
		return false;
	memset(cover, 0, COVER_WORDS_MAX * sizeof(cover[0]));
	for (size_t i = 0; i < e->match_count; i++) {
		const struct triage_match *m = &e->matches[i];
		bool gap = m->rule->part_count && m->last - m->first + 1 > m->rule->part_count, polite = (m->rule->flags & TRIAGE_POLITE) != 0;
		/* A word that stands between those of a phrase is not known by it. */
		for (size_t w = m->first; w <= m->last; w += gap ? m->last - m->first : 1)
			cover[w] |= BIT(m->rule->category) | (polite ? POLITE : 0);
	}
	return true;
}

/* Whether every word is of `category` or one of `with`, and at most max are only of the category. */
static bool is_whole(const struct triage_evidence *e, enum triage_category category, uint32_t with, size_t max)
{
	uint32_t cover[COVER_WORDS_MAX];
	size_t content = 0;

	if (!cover_words(e, cover))
		return false;
	for (size_t i = 0; i < e->text->word_count; i++) {
		if (!(cover[i] & (BIT(category) | with)))
			return false;
		content += !(cover[i] & with);
	}
	return content > 0 && content <= max;
}

bool triage_tells_nothing(const struct triage_evidence *e)
{
	return !e->risk_seen && !e->child && e->age_count == 0 && !e->place.match;
}

/* A word of the category itself is there, not only one that supports it; a greeting needs none. */
static bool weighs(const struct triage_evidence *e, enum triage_category category)
{
	return e->sum[category] > 0 || category == TRIAGE_CAT_GREETING;
}

static bool decide_whole(const struct triage_evidence *e, enum triage_kind *kind)
{
	const size_t command_words = (size_t)e->limits->command_words;
	const struct { enum triage_category category; enum triage_kind kind; uint32_t with; size_t words_max; } rows[] = {
		{ TRIAGE_CAT_OPT_OUT, TRIAGE_OPT_OUT, COMMAND_TALK, command_words },
		{ TRIAGE_CAT_OPT_IN, TRIAGE_OPT_IN, COMMAND_TALK, command_words },
		{ TRIAGE_CAT_TEST, TRIAGE_TEST, SMALL_TALK, COVER_WORDS_MAX },
		{ TRIAGE_CAT_THANKS, TRIAGE_THANKS, SMALL_TALK, COVER_WORDS_MAX },
		{ TRIAGE_CAT_ACK, TRIAGE_ACK, SMALL_TALK, COVER_WORDS_MAX },
		{ TRIAGE_CAT_CAMPAIGN, TRIAGE_CAMPAIGN_REPLY, SMALL_TALK, COVER_WORDS_MAX },
		{ TRIAGE_CAT_GREETING, TRIAGE_QUESTION, POLITE, COVER_WORDS_MAX },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]) && triage_tells_nothing(e); i++)
		if (weighs(e, rows[i].category) && is_whole(e, rows[i].category, rows[i].with, rows[i].words_max)) {
			*kind = rows[i].kind;
			return true;
		}
	return false;
}

/* Single letters and small numbers, "A", "2", "1-А, 2-Б"; or the years of a grown-up alone, "18 нас". */
static bool is_quiz_answer(const struct triage_evidence *e)
{
	if (e->text->count == 0 || e->text->word_count > COVER_WORDS_MAX || e->text->tokens[0].kind == FOLD_MARK)
		return false;
	if (e->text->count == 2 && e->adult)
		return true;
	for (size_t i = 0; i < e->text->count; i++) {
		const struct fold_token *t = &e->text->tokens[i];
		if (t->kind != FOLD_MARK && t->letters > (t->kind == FOLD_WORD ? 1 : 2))
			return false;
	}
	return true;
}

/* "B shuu", "magadgui B": a letter of an answer, and no more than small talk beside it. */
static bool is_letter_answer(const struct triage_evidence *e)
{
	static const char *const letters[] = { "а", "б", "в", "г", "b", "c", NULL };
	bool found = false;

	if (e->text->word_count > (size_t)e->limits->command_words + 2 || !triage_tells_nothing(e) || has(e, TRIAGE_ME | TRIAGE_KIN))
		return false;
	for (size_t i = 0; i < e->text->word_count && !found; i++)
		found = words_k0_is(&e->text->tokens[e->text->words[i]], letters);
	return found;
}

/* Letters without sense: no vowel, or a walk along a row of the keyboard. */
static bool is_key_mash(const struct triage_evidence *e)
{
	static const char *const walks[] = {
		"asd", "sdf", "dfg", "qwe", "wer", "zxc", "xcv", "фыв", "ыва", "вап", "йцу", "цук", "ячс", "чсм", "фйц", NULL
	};
	const struct fold_token *t;

	if (e->text->word_count != 1 || e->text->count != 1 || e->match_count)
		return false;
	t = &e->text->tokens[0];
	for (const char *const *walk = walks; *walk; walk++)
		if (strstr(t->k0.s, *walk))
			return true;
	return t->letters >= 4 && t->k2.len == 0;
}

static bool is_only_digits(const struct triage_evidence *e)
{
	size_t digits = 0;

	for (size_t i = 0; i < e->text->count; i++) {
		if (e->text->tokens[i].kind == FOLD_WORD)
			return false;
		digits += e->text->tokens[i].kind == FOLD_NUMBER ? e->text->tokens[i].letters : 0;
	}
	return digits > (size_t)e->limits->code_digits;
}

/* ---- weighing -------------------------------------------------------------- */

static bool asks(const struct triage_evidence *e)
{
	for (size_t i = 0; i < e->text->count; i++)
		if (e->text->tokens[i].mark == '?')
			return true;
	return has(e, TRIAGE_ASKS);
}

/* Somebody tells of somebody in particular, somewhere or now. An age alone is none: questions of law have them, too. */
static bool is_account(const struct triage_evidence *e)
{
	return e->place.match || has(e, TRIAGE_KIN | TRIAGE_ME | TRIAGE_WITNESS | TRIAGE_NOW | TRIAGE_SOON
		| TRIAGE_FOLLOW_UP);
}

/* "Tomorrow" alone tells of nothing: a school's notice has it, too. */
static bool tells_only_when(const struct triage_evidence *e, int topical)
{
	return topical <= e->limits->time_only_max && topical == e->sum[TRIAGE_CAT_EMERGENCY] && has(e, TRIAGE_NOW | TRIAGE_SOON)
		&& !has(e, TRIAGE_HELD | TRIAGE_TAKEN | TRIAGE_HURT | TRIAGE_HARM | TRIAGE_MISSING);
}

/* How much speaks for a report: what happens, and more where it happens to somebody, somewhere. */
static int report_score(const struct triage_evidence *e)
{
	int topical = triage_topical_risk(e);

	if (topical == 0 || tells_only_when(e, topical))
		return (e->minor ? 1 : 0) + (e->child && has(e, TRIAGE_WITNESS) ? 2 : 0);
	return topical + (e->child ? 2 : 0) + (e->minor ? 2 : 0) + (has(e, TRIAGE_KIN | TRIAGE_ME) ? 1 : 0)
		+ (e->place.match ? 1 : 0);
}

struct other {
	enum triage_kind kind;
	enum triage_category category;
	bool may_witness; /* is this kind, even where the sender tells what was seen nearby */
	int score;
};

/* The kind other than a tip that most speaks for. */
static struct other best_other(const struct triage_evidence *e)
{
	static const struct other rows[] = {
		{ TRIAGE_SPAM, TRIAGE_CAT_SPAM, false, 0 }, { TRIAGE_CAMPAIGN_REPLY, TRIAGE_CAT_CAMPAIGN, false, 0 },
		{ TRIAGE_WRONG_NUMBER, TRIAGE_CAT_WRONG_NUMBER, true, 0 }, { TRIAGE_QUESTION, TRIAGE_CAT_QUESTION, false, 0 },
		{ TRIAGE_THANKS, TRIAGE_CAT_THANKS, true, 0 }, { TRIAGE_ACK, TRIAGE_CAT_ACK, false, 0 }, { TRIAGE_TEST, TRIAGE_CAT_TEST, false, 0 },
		{ TRIAGE_ABUSE, TRIAGE_CAT_ABUSE, false, 0 },
	};
	struct other best = { TRIAGE_TIP, TRIAGE_CAT_FILLER, false, 0 };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int score = e->sum[rows[i].category];
		if (rows[i].kind == TRIAGE_QUESTION && score > 0 && asks(e))
			score++;
		if (score > best.score) {
			best = rows[i];
			best.score = score;
		}
	}
	return best;
}

/* An advert that nobody reports: no child, nobody close, no worry. */
static bool is_advert(const struct triage_evidence *e)
{
	return (e->strong & BIT(TRIAGE_CAT_SPAM)) && e->sum[TRIAGE_CAT_SPAM] >= e->limits->advert_min && !e->child
		&& !has(e, TRIAGE_KIN | TRIAGE_ME | TRIAGE_HEARSAY) && e->sum[TRIAGE_CAT_HELP] == 0;
}

/* Somebody laughs, and no child is in it. */
static bool is_prank(const struct triage_evidence *e)
{
	return (e->strong & BIT(TRIAGE_CAT_ABUSE)) && !e->child;
}

/* "What to do?" is more than a question. */
static bool seeks_help(const struct triage_evidence *e)
{
	for (size_t i = 0; i < e->match_count; i++) {
		const struct triage_rule *rule = e->matches[i].rule;
		if ((rule->category == TRIAGE_CAT_HELP || rule->category == TRIAGE_CAT_EMERGENCY) && rule->weight > 0)
			return true;
	}
	return false;
}

/* A short question in which nothing happens to anybody. */
static bool is_bare_question(const struct triage_evidence *e)
{
	return e->text->word_count > 0 && e->text->word_count <= COVER_WORDS_MAX && asks(e) && triage_topical_risk(e) == 0 && !seeks_help(e) && !e->minor
		&& !has(e, TRIAGE_FOLLOW_UP);
}

/* Questions of law and opinions name ages without anybody in mind; other kinds do not. */
static bool minor_tells(enum triage_kind kind)
{
	return kind != TRIAGE_QUESTION && kind != TRIAGE_CAMPAIGN_REPLY;
}

/* What is told must outweigh a kind that is strongly marked, and by more where it is told of nobody in particular: a slogan, a
 * question of law and an advert name the same things as a tip. */
static enum triage_kind weigh(const struct triage_evidence *e)
{
	struct other other = best_other(e);

	if (is_advert(e))
		return TRIAGE_SPAM;
	if (is_prank(e))
		return TRIAGE_ABUSE;
	if (other.score >= e->limits->clear_min && (e->strong & BIT(other.category)) && (other.may_witness || !has(e, TRIAGE_WITNESS))) {
		if ((is_account(e) || (e->minor && minor_tells(other.kind))) ? report_score(e) >= other.score + e->limits->strong_margin
			: triage_topical_risk(e) >= other.score + e->limits->strong_margin_general)
			return TRIAGE_TIP;
		return other.kind;
	}
	if (other.score >= e->limits->clear_min && other.score > report_score(e))
		return other.kind;
	return is_bare_question(e) ? TRIAGE_QUESTION : TRIAGE_TIP;
}

enum triage_kind triage_decide_kind(const struct triage_evidence *e, bool *sure)
{
	enum triage_kind kind;

	*sure = true;
	if (has(e, TRIAGE_RETRACT | TRIAGE_HARM))
		return TRIAGE_TIP;
	if (is_quiz_answer(e) || is_letter_answer(e))
		return TRIAGE_CAMPAIGN_REPLY;
	if (is_key_mash(e) || is_only_digits(e))
		return TRIAGE_TEST;
	if (decide_whole(e, &kind))
		return kind;
	*sure = e->text->word_count == 0;
	return weigh(e);
}
