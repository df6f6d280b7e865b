/* The quiz of the running campaign in the menu: its questions one after the other, and what was chosen counts as an answer of theirs. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "core/campaign/answer.h"
#include "core/campaign/campaign.h"
#include "core/campaign/campaign_state.h"
#include "core/ussd/session.h"
#include "store/subscriber.h"

#define LOOKED_AT 32          /* campaigns, the newest: one of them is the quiz that runs */
#define QUESTIONS_PER_ID 64   /* a question's name is its campaign's id times this, and its number from 1 */

_Static_assert(CAMPAIGN_QUESTIONS_MAX < QUESTIONS_PER_ID, "a question has a name of its own");

static bool is_running_quiz(struct core *core, const struct campaign_row *row)
{
	return row->kind == CAMPAIGN_QUIZ && row->started_ms > 0 && row->answers_until_ms > hl_wall_ms(core->clock) &&
		row->state != CAMPAIGN_CANCELLED && row->state != CAMPAIGN_ARCHIVED;
}

static bool find_quiz(struct core *core, struct campaign_row *row)
{
	static struct campaign_row rows[LOOKED_AT];
	size_t n = core->campaigns ? campaign_list(core->store, false, 0, rows, LOOKED_AT) : 0;

	for (size_t i = 0; i < n; i++) {
		if (is_running_quiz(core, &rows[i])) {
			*row = rows[i];
			return true;
		}
	}
	return false;
}

static const char *label_of(const struct campaign_option *o)
{
	return *o->label ? o->label : o->key;
}

/* The question after this one (0: the first); one that asks for words, or has too many options for a menu, is left out. */
static bool next_question(struct core *core, int64_t campaign_id, int64_t after, enum wording_language lang, struct menu_quiz *q)
{
	const struct campaign_recipient_row to = { .campaign_id = campaign_id, .language = lang };
	const struct campaign_def *def = campaign_def_of(core, campaign_id);
	char text[sizeof(((struct campaign_text *)0)->in[0])];

	for (size_t i = (size_t)after; def && i < def->question_count; i++) {
		const struct campaign_question *asked = &def->questions[i];
		if (asked->option_count == 0 || asked->option_count > MENU_OPTIONS_MAX)
			continue;
		memset(q, 0, sizeof(*q));
		q->id = campaign_id * QUESTIONS_PER_ID + (int64_t)i + 1;
		for (size_t k = 0; k < asked->option_count; k++)
			hl_strlcpy(q->options[q->option_count++], sizeof(q->options[0]), label_of(&asked->options[k]));
		hl_strlcpy(text, sizeof(text), campaign_text_pick(&asked->text, lang));
		if (campaign_words(core, &to, text, NULL, q->text, sizeof(q->text)) < 0) /* def may be another from here on */
			q->option_count = 0; /* too long: passed over */
		return true;
	}
	return false;
}

static bool ask(struct core *core, const struct contact_row *contact, enum wording_language lang, int64_t after, struct menu_quiz *q)
{
	struct campaign_row row;

	(void)contact;
	if (!find_quiz(core, &row) || (after && after / QUESTIONS_PER_ID != row.id))
		return false; /* another quiz began meanwhile: the next session asks it */
	return next_question(core, row.id, after % QUESTIONS_PER_ID, lang, q);
}

/* The number of the right option, as the menu showed it; 0 where there is none. */
static int right_one(const struct campaign_question *q)
{
	for (size_t i = 0; i < q->option_count; i++)
		if (q->options[i].right)
			return (int)i + 1;
	return 0;
}

static void count(struct core *core, const struct contact_row *contact, int64_t campaign_id, int question, int option)
{
	uint8_t alias[CONTACT_ALIAS], number[CONTACT_NUMBER_MAX];
	struct subscriber_row sub = { .id = 0 };

	if (!contact_get_number(core->store, contact->id, alias, number) || !subscriber_get_alias(core->store, alias, &sub))
		sub = (struct subscriber_row){ .id = 0 };
	answer_add(core, campaign_id, sub.id, sub.district, question, option);
}

static enum menu_quiz_way answer(struct core *core, const struct contact_row *contact, const struct menu_quiz *q, int choice, char *right,
	size_t size)
{
	int64_t campaign_id = q->id / QUESTIONS_PER_ID, question = q->id % QUESTIONS_PER_ID;
	const struct campaign_def *def = campaign_def_of(core, campaign_id);
	struct campaign_row row;
	bool is_right;
	int good;

	if (!def || question < 1 || (size_t)question > def->question_count || !campaign_get(core->store, campaign_id, &row) ||
		!is_running_quiz(core, &row) || (size_t)choice >= def->questions[question - 1].option_count)
		return MENU_QUIZ_END; /* it is over */
	good = def->results_told ? right_one(&def->questions[question - 1]) : 0;
	is_right = def->questions[question - 1].options[choice].right;
	snprintf(right, size, "%d", good);
	count(core, contact, campaign_id, (int)question, choice + 1); /* def may be another from here on */
	if (!good)
		return MENU_QUIZ_TAKEN;
	return is_right ? MENU_QUIZ_RIGHT : MENU_QUIZ_WRONG;
}

void ussd_campaign_start(struct core *core)
{
	static const struct ussd_quiz_source source = { ask, answer };

	ussd_set_quiz(core, &source);
}
