/* Whether a definition makes a campaign: each kind has what it needs and nothing that it cannot use, texts fit, options are told
 * apart, and every first text names the way out. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "core/campaign/campaign_def_inside.h"
#include "text/fold.h"

#define WHOLE 0 /* the line of what no line is to blame for */

/* What each kind of campaign has. */
static const struct { bool text, questions, options, right, keyword; const char *mend; } kinds[CAMPAIGN_KINDS] = {
	[CAMPAIGN_BROADCAST] = { true, false, false, false, false, "a broadcast has a text and no questions: for these make it a quiz or a poll" },
	[CAMPAIGN_QUIZ] = { false, true, true, true, false, "a quiz has questions with options" },
	[CAMPAIGN_POLL] = { false, true, false, false, false, "a poll has questions, with options or without" },
	[CAMPAIGN_KEYWORD] = { false, true, false, false, true, "a keyword campaign has one question: what people answer by the keyword" },
};

static void check_parts(struct def_reader *r, int line, const char *what, const char *text)
{
	static const struct template_values widest = { { "00000000", "00000000", "00000000", "000", "000", "00000000", "0000000000000000",
		"0000000000", "00" } };
	char filled[2 * CAMPAIGN_TEXT_MAX];
	struct sms_cut cut;

	if (template_fill(text, &widest, filled, sizeof(filled)) < 0 || sms_measure(filled, strlen(filled), &cut) ||
		cut.parts > CAMPAIGN_PARTS_MAX)
		conf_error(r->e, r->path, line, "%s takes more than %d short messages: make it shorter", what, CAMPAIGN_PARTS_MAX);
}

static void check_text(struct def_reader *r, int line, const char *what, const struct campaign_text *t)
{
	for (int l = 0; l < WORDING_LANGUAGES; l++)
		if (*t->in[l])
			check_parts(r, line, what, t->in[l]);
}

/* Somebody who gets a text that they did not ask for must read in it how to get no more. */
static void check_way_out(struct def_reader *r, const struct campaign_def *d)
{
	const struct campaign_text *t = campaign_def_opening(d);

	if (d->kind == CAMPAIGN_KEYWORD)
		return; /* nobody is texted first */
	if (campaign_text_is_empty(t))
		conf_error(r->e, r->path, WHOLE, "text is missing: { mn = \"...\"; en = \"...\"; }");
	for (int l = 0; l < WORDING_LANGUAGES; l++)
		if (*t->in[l] && !template_has(t->in[l], TEMPLATE_STOP))
			conf_error(r->e, r->path, WHOLE, "the first text (%s) does not say how to leave: write {%s} into it",
				wording_language_name((enum wording_language)l), template_slot_name(TEMPLATE_STOP, l == WORDING_MN));
}

/* ---- options --------------------------------------------------------------------------------------------------------- */

void campaign_word_fold(const char *text, size_t len, char out[CAMPAIGN_WORD_SIZE])
{
	struct fold_text folded;
	const struct fold_token *word = NULL;
	size_t words = 0;

	*out = '\0';
	fold_text_open(&folded, text, len);
	for (size_t i = 0; i < folded.count; i++) {
		if (folded.tokens[i].kind == FOLD_MARK)
			continue;
		word = &folded.tokens[i];
		words++;
	}
	if (folded.other_letters)
		words = 0; /* of an alphabet that is not read: it says more than the word */
	if (words == 1 && word->kind == FOLD_NUMBER)
		snprintf(out, CAMPAIGN_WORD_SIZE, "%u", (unsigned)word->number);
	else if (words == 1)
		hl_strlcpy(out, CAMPAIGN_WORD_SIZE, word->k1.len ? word->k1.s : word->k0.s);
	fold_text_close(&folded);
}

/* Also where only the alphabet differs: people type one for the other. */
static bool same_word(const char *a, const char *b)
{
	char x[CAMPAIGN_WORD_SIZE], y[CAMPAIGN_WORD_SIZE];

	campaign_word_fold(a, strlen(a), x);
	campaign_word_fold(b, strlen(b), y);
	return (*x && strcmp(x, y) == 0) || strcmp(a, b) == 0;
}

/* The i-th word of an option, its key first; NULL behind the last. */
static const char *word_of(const struct campaign_option *o, size_t i)
{
	return i == 0 ? o->key : i <= o->word_count ? o->words[i - 1] : NULL;
}

static bool options_clash(const struct campaign_option *a, const struct campaign_option *b, const char **which)
{
	for (size_t i = 0; word_of(a, i); i++) {
		for (size_t j = 0; word_of(b, j); j++) {
			if (same_word(word_of(a, i), word_of(b, j))) {
				*which = word_of(b, j);
				return true;
			}
		}
	}
	return false;
}

static void check_options(struct def_reader *r, int line, const struct campaign_question *q)
{
	const char *which;

	for (size_t i = 0; i < q->option_count; i++)
		for (size_t j = 0; j < i; j++)
			if (options_clash(&q->options[j], &q->options[i], &which))
				conf_error(r->e, r->path, line, "\"%s\" stands for options \"%s\" and \"%s\": an answer must tell them apart", which,
					q->options[j].key, q->options[i].key);
	if (q->option_count == 1)
		conf_error(r->e, r->path, line, "a question has one option: give it two, or none for a free text");
}

static void check_question(struct def_reader *r, const struct campaign_def *d, size_t i)
{
	const struct campaign_question *q = &d->questions[i];
	int line = r->lines[i];
	size_t right = 0;

	for (size_t k = 0; k < q->option_count; k++)
		right += q->options[k].right;
	if (campaign_text_is_empty(&q->text) && d->kind != CAMPAIGN_KEYWORD)
		conf_error(r->e, r->path, line, "question %zu has no text", i + 1);
	if (kinds[d->kind].options && !q->option_count)
		conf_error(r->e, r->path, line, "question %zu has no options: %s", i + 1, kinds[d->kind].mend);
	if (kinds[d->kind].right && !right)
		conf_error(r->e, r->path, line, "question %zu has no right answer: write right = true; into an option", i + 1);
	if (kinds[d->kind].right && right && right == q->option_count)
		conf_error(r->e, r->path, line, "question %zu: every option is right", i + 1);
	if (!kinds[d->kind].right && right)
		conf_error(r->e, r->path, line, "question %zu: only a quiz has right answers", i + 1);
	check_options(r, line, q);
	check_text(r, line, "a question", &q->text);
	check_text(r, line, "right", &q->right);
	check_text(r, line, "wrong", &q->wrong);
}

void campaign_def_check(struct def_reader *r, const struct campaign_def *d)
{
	if (kinds[d->kind].questions != (d->question_count > 0) || (d->kind == CAMPAIGN_KEYWORD && d->question_count != 1))
		conf_error(r->e, r->path, WHOLE, "%s", kinds[d->kind].mend);
	if (kinds[d->kind].keyword && !*d->keyword)
		conf_error(r->e, r->path, WHOLE, "keyword is missing: the word by which people answer");
	for (size_t i = 0; i < d->question_count; i++)
		check_question(r, d, i);
	check_text(r, WHOLE, "text", &d->text);
	check_text(r, WHOLE, "thanks", &d->thanks);
	check_way_out(r, d);
	if (d->answer_h < d->expires_h)
		conf_error(r->e, r->path, WHOLE, "answers would be late (answer_h %lld) before the last text is sent (expires_h %lld): make answer_h "
			"longer", (long long)d->answer_h, (long long)d->expires_h);
}
