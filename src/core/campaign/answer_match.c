#include "core/campaign/answer_match.h"

#include <string.h>
#include <strings.h>

#include "text/fold.h"

#define BIT(kind) (1u << (kind))
/* What a text that is no option may be, and still be meant as an answer. Unsure is a tip: it is one for officers all the same. */
#define UNREAD_KINDS (BIT(TRIAGE_CAMPAIGN_REPLY) | BIT(TRIAGE_ACK) | BIT(TRIAGE_TEST) | BIT(TRIAGE_TIP))
#define WORDS_KINDS (UNREAD_KINDS | BIT(TRIAGE_THANKS) | BIT(TRIAGE_QUESTION))
#define YES_KINDS (BIT(TRIAGE_CAMPAIGN_REPLY) | BIT(TRIAGE_ACK))

static bool is_word(const char *folded, const char *text, size_t len, const char *word)
{
	char other[CAMPAIGN_WORD_SIZE];

	if (!*word)
		return false;
	campaign_word_fold(word, strlen(word), other);
	return (*folded && strcmp(folded, other) == 0) || (strlen(word) == len && strncasecmp(word, text, len) == 0);
}

static const char *trim(const char *text, size_t *len)
{
	static const char ends[] = " \t\r\n.!,)(\"'";

	while (*len && text[0] && strchr(ends, text[0])) {
		text++;
		--*len;
	}
	while (*len && text[*len - 1] && strchr(ends, text[*len - 1]))
		--*len;
	return text;
}

int answer_option(const struct campaign_question *q, const char *text, size_t len)
{
	char folded[CAMPAIGN_WORD_SIZE];

	text = trim(text, &len);
	campaign_word_fold(text, len, folded);
	for (size_t i = 0; i < q->option_count; i++) {
		const struct campaign_option *o = &q->options[i];
		bool is = is_word(folded, text, len, o->key);
		for (size_t w = 0; w < o->word_count && !is; w++)
			is = is_word(folded, text, len, o->words[w]);
		if (is)
			return (int)i + 1;
	}
	return 0;
}

bool answer_keyword(const char *folded, const char *text, size_t len, size_t *rest)
{
	char first[CAMPAIGN_WORD_SIZE] = "";
	struct fold_text words;

	fold_text_open(&words, text, len);
	*rest = words.count ? words.tokens[0].end : 0;
	if (words.count && words.tokens[0].kind == FOLD_WORD)
		campaign_word_fold(text + words.tokens[0].start, words.tokens[0].end - words.tokens[0].start, first);
	fold_text_close(&words);
	return *first && strcmp(first, folded) == 0;
}

bool answer_may_be(const struct triage_verdict *v)
{
	return v->kind != TRIAGE_OPT_OUT && (v->kind != TRIAGE_TIP || v->urgency <= TRIAGE_NORMAL) && !v->conflict;
}

/* The question that the text would be to: the one they are at, the first where they were invited only, the last where they are through. */
static int question_of(const struct answer_place *p, bool *again)
{
	int count = (int)p->def->question_count;

	*again = p->step > count;
	return p->step < 1 ? 1 : p->step > count ? count : (int)p->step;
}

static enum campaign_reading read_rest(const struct answer_place *p, const struct campaign_question *q, const struct triage_verdict *v, bool again)
{
	unsigned kind = BIT(v->kind);

	if (p->step < 1 && !*p->def->keyword)
		return kind & YES_KINDS ? ANSWER_IS_YES : ANSWER_IS_NONE;
	if (again || !p->open)
		return ANSWER_IS_NONE; /* who is through may write anything */
	if (!q->option_count)
		return kind & WORDS_KINDS ? ANSWER_IS_WORDS : ANSWER_IS_NONE;
	return kind & UNREAD_KINDS ? ANSWER_IS_UNREAD : ANSWER_IS_NONE;
}

/* Whether there is nothing in the text but so many words and numbers, and marks that end or part them: a telephone number behind a yes, a
 * question mark, a sign of distress, or letters that nobody here reads may say more than an answer. */
static bool is_nothing_but(const char *text, size_t len, size_t words)
{
	struct fold_text folded;
	bool is;

	fold_text_open(&folded, text, len);
	is = folded.other_letters == 0 && folded.signs == 0;
	for (size_t i = 0; i < folded.count && is; i++)
		is = folded.tokens[i].kind == FOLD_MARK ? strchr(".,:;!-\n", folded.tokens[i].mark) != NULL : words-- > 0;
	fold_text_close(&folded);
	return is;
}

/* Nobody needs to read it. What is an option has its words and the keyword only; a yes may stand in a sentence. */
static bool is_sure(const struct answer_verdict *a, const struct campaign_question *q, const char *text, size_t len, const struct triage_verdict *v)
{
	if (v->kind == TRIAGE_TIP || (a->option ? q->options[a->option - 1].queue : a->reading != ANSWER_IS_YES))
		return false;
	return is_nothing_but(text, len, a->option ? len : 1);
}

struct answer_verdict answer_match(const struct answer_place *place, const char *text, size_t len, const struct triage_verdict *v, bool start)
{
	struct answer_verdict a = { .reading = ANSWER_IS_NONE, .late = place->closed };
	char keyword[CAMPAIGN_WORD_SIZE];
	const struct campaign_question *q;

	if (!place->def->question_count || (!place->open && !place->closed) || !answer_may_be(v))
		return a;
	campaign_word_fold(place->def->keyword, strlen(place->def->keyword), keyword);
	if (*keyword && !answer_keyword(keyword, text, len, &a.from))
		return a;
	a.question = question_of(place, &a.again);
	q = &place->def->questions[a.question - 1];
	if (start) {
		a.reading = place->open && place->step < 1 ? ANSWER_IS_YES : ANSWER_IS_NONE;
		return a;
	}
	a.option = answer_option(q, text + a.from, len - a.from);
	a.reading = a.option ? ANSWER_IS_OPTION : read_rest(place, q, v, a.again);
	a.sure = is_sure(&a, q, text, len, v);
	return a;
}
