/* What an answer is answered with, in one text: right or not, and the next question or thanks. A wrong answer is never called wrong. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "core/campaign/answer.h"
#include "core/campaign/campaign_inside.h"
#include "core/contacts/eligible.h"
#include "store/store.h"
#include "wire/link.h"

/* A text of pieces, a line each. */
struct text { char s[WIRE_TEXT_MAX + 1]; size_t len; bool bad; };

static void put(struct text *to, const char *piece, int len)
{
	size_t gap = to->len > 0;

	if (len <= 0) {
		to->bad = to->bad || len < 0;
		return;
	}
	if (to->len + gap + (size_t)len > WIRE_TEXT_MAX) {
		to->bad = true;
		return;
	}
	if (gap)
		to->s[to->len++] = '\n';
	memcpy(to->s + to->len, piece, (size_t)len + 1);
	to->len += (size_t)len;
}

/* The definition's words where it has some, else the wording's. */
static void put_either(struct core *core, struct text *to, const struct campaign_recipient_row *r, const struct campaign_text *own, const char *key,
	const struct template_values *values)
{
	const struct wording_arg args[] = { { "ans", values->of[TEMPLATE_ANSWER] }, { "n", values->of[TEMPLATE_RIGHT] }, { NULL, NULL } };
	char piece[WIRE_TEXT_MAX + 1];

	if (own && !campaign_text_is_empty(own))
		put(to, piece, campaign_words(core, r, campaign_text_pick(own, (enum wording_language)r->language), values, piece, sizeof(piece)));
	else if (key)
		put(to, piece, wording_render(core->wording, key, (enum wording_language)r->language, args, piece, sizeof(piece)));
}

static const char *right_key(const struct campaign_question *q)
{
	for (size_t i = 0; i < q->option_count; i++)
		if (q->options[i].right)
			return q->options[i].key;
	return "";
}

/* "Please answer A, B or C" fits such questions only; others are asked once more. */
static bool has_letters(const struct campaign_question *q)
{
	static const char *const letters[] = { "a", "b", "v" };
	static const char *const latin[] = { "a", "b", "c" };
	char folded[CAMPAIGN_WORD_SIZE];
	bool is = q->option_count == 3;

	for (size_t i = 0; i < q->option_count && is; i++) {
		campaign_word_fold(q->options[i].key, strlen(q->options[i].key), folded);
		is = strcmp(folded, letters[i]) == 0 || strcmp(folded, latin[i]) == 0;
	}
	return is;
}

static void compose(struct core *core, const struct campaign_def *def, const struct campaign_recipient_row *r, const struct answer_verdict *a,
	bool once_more, struct text *to)
{
	const struct campaign_question *q = &def->questions[a->question - 1];
	bool right = a->option && q->options[a->option - 1].right, more = a->question < (int)def->question_count;
	char n[24];
	struct template_values values = { { [TEMPLATE_ANSWER] = right_key(q), [TEMPLATE_RIGHT] = n } };

	snprintf(n, sizeof(n), "%lld", (long long)r->right);
	if (a->reading == ANSWER_IS_YES || (once_more && !has_letters(q))) {
		put_either(core, to, r, &q->text, NULL, &values);
		return;
	}
	if (once_more) {
		put_either(core, to, r, NULL, "quiz.invalid", &values);
		return;
	}
	if (a->option && def->kind == CAMPAIGN_QUIZ && def->results_told)
		put_either(core, to, r, right ? &q->right : &q->wrong, right ? "quiz.right" : "quiz.wrong", &values);
	if (more)
		put_either(core, to, r, &def->questions[a->question].text, NULL, &values);
	else if (def->kind == CAMPAIGN_QUIZ && def->results_told && def->question_count > 1)
		put_either(core, to, r, &def->thanks, "quiz.done", &values);
	else
		put_either(core, to, r, &def->thanks, to->len ? NULL : "quiz.received", &values);
}

static bool may_be_texted(struct core *core, int64_t subscriber_id)
{
	struct subscriber_row sub;
	struct subscriber_facts facts;

	if (subscriber_id <= 0 || !subscriber_get(core->store, subscriber_id, &sub))
		return false;
	subscriber_look(core->store, sub.alias, &facts);
	return contacts_judge(core, &sub, &facts, NULL) == CONTACTS_OK;
}

/* Where they stand now. */
static void go_on(struct core *core, struct campaign_recipient_row *r, const struct campaign_def *def, const struct answer_verdict *a, bool once_more)
{
	struct campaign_recipient_row there;

	if (a->option && def->questions[a->question - 1].options[a->option - 1].right)
		r->right++;
	if (!once_more)
		r->step = a->reading == ANSWER_IS_YES ? 1 : a->question + 1;
	if (campaign_recipient_get(core->store, r->campaign_id, r->subscriber_id, &there)) {
		there.step = r->step;
		there.right = r->right;
		campaign_recipient_update(core->store, &there);
	}
}

bool answer_reply(struct core *core, struct campaign_recipient_row *r, const struct answer_verdict *a, bool once_more)
{
	const struct campaign_def *def = campaign_def_of(core, r->campaign_id);
	struct text text = { .len = 0 };

	if (!def || a->question < 1 || a->question > (int)def->question_count)
		return false;
	go_on(core, r, def, a, once_more);
	if (!may_be_texted(core, r->subscriber_id))
		return false;
	compose(core, def, r, a, once_more, &text);
	return text.len > 0 && !text.bad && campaign_reply(core, r, text.s) > 0;
}
