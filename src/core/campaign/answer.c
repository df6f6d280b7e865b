#include "core/campaign/answer.h"

#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "core/campaign/campaign_inside.h"
#include "store/contact.h"
#include "vault/vault.h"

#define LOOKED_AT 8            /* campaigns that reached somebody, the newest: what an answer can be to */
#define LATE_MOST_MS (30 * 86400 * INT64_C(1000)) /* after that it is an answer to nothing */

void answer_day(int64_t wall_ms, char day[ANSWER_DAY_SIZE])
{
	time_t t = (time_t)(wall_ms / 1000);
	struct tm tm;

	if (!localtime_r(&t, &tm) || !strftime(day, ANSWER_DAY_SIZE, "%Y-%m-%d", &tm))
		hl_strlcpy(day, ANSWER_DAY_SIZE, "?");
}

/* Whether answers are taken, or were not long ago. */
static void place_times(struct core *core, const struct campaign_row *row, struct answer_place *p)
{
	int64_t now_ms = hl_wall_ms(core->clock);

	p->open = row->answers_until_ms > now_ms && row->state != CAMPAIGN_CANCELLED && row->state != CAMPAIGN_ARCHIVED;
	p->closed = !p->open && row->answers_until_ms > 0 && now_ms - row->answers_until_ms < LATE_MOST_MS;
}

/* The better the sooner it is taken: an option in time, anything in time, an option too late. */
static int rank(const struct answer_verdict *v)
{
	bool option = v->reading == ANSWER_IS_OPTION;

	if (v->reading == ANSWER_IS_NONE || (v->late && !option))
		return 0;
	return v->late ? 1 : v->again ? 2 : option ? 4 : 3;
}

struct search { struct core *core; const struct process_text *t; const struct triage_verdict *v; bool start; struct answer_found *found; int rank; };

static void try_campaign(struct search *s, const struct campaign_row *row, const struct campaign_recipient_row *r)
{
	struct answer_place place = { .def = campaign_def_of(s->core, row->id), .step = r->step };
	struct answer_verdict v;

	if (!place.def)
		return;
	place_times(s->core, row, &place);
	v = answer_match(&place, s->t->text, s->t->len, s->v, s->start);
	if (rank(&v) <= s->rank)
		return;
	s->rank = rank(&v);
	s->found->verdict = v;
	s->found->campaign = *row;
	s->found->recipient = *r;
}

/* The newest first: it wins among equals. */
static void try_those_that_reached(struct search *s, const struct subscriber_row *sub)
{
	struct campaign_recipient_row rows[LOOKED_AT];
	struct campaign_row row;
	size_t n = campaign_recipient_of(s->core->store, sub->id, rows, LOOKED_AT);

	for (size_t i = 0; i < n; i++)
		if (campaign_get(s->core->store, rows[i].campaign_id, &row))
			try_campaign(s, &row, &rows[i]);
}

/* Whom it was not sent to has no row that says where they are; their answers do. One that could not be read is asked for once more. */
static void place_by_answers(struct core *core, const struct campaign_def *def, struct campaign_recipient_row *r)
{
	struct answer_row of = { .campaign_id = r->campaign_id, .subscriber_id = r->subscriber_id }, row;

	r->right = 0;
	for (r->step = 1; r->step <= (int64_t)def->question_count; r->step++) {
		const struct campaign_question *q = &def->questions[r->step - 1];
		of.question = r->step;
		if (!answer_counted(core->store, &of, &row) ||
			(row.option == ANSWER_UNREAD && answer_unread(core->store, of.campaign_id, of.subscriber_id, of.question) < 2))
			return;
		r->right += row.option > 0 && row.option <= (int64_t)q->option_count && q->options[row.option - 1].right;
	}
}

/* Anybody may answer by its keyword, also who got nothing of it. */
static void try_keyword(struct search *s, const struct subscriber_row *sub)
{
	struct campaign_recipient_row r = { .subscriber_id = sub ? sub->id : -s->t->contact->id }; /* one answer counts of a stranger, too */
	const struct campaign_def *def;
	char keyword[CAMPAIGN_WORD_SIZE];
	struct campaign_row row;
	const char *text = s->t->text;
	size_t len = strcspn(text, " \t\r\n.,:;!?-");

	campaign_word_fold(text, len < s->t->len ? len : s->t->len, keyword);
	if (!*keyword || !campaign_get_keyword(s->core->store, keyword, &row))
		return;
	r.campaign_id = row.id;
	def = campaign_def_of(s->core, row.id);
	if (sub && campaign_recipient_get(s->core->store, row.id, sub->id, &r))
		r.step = r.step < 1 ? 1 : r.step;
	else if (def)
		place_by_answers(s->core, def, &r);
	if (sub && !*r.district) {
		r.language = (int)campaign_language(sub);
		hl_strlcpy(r.district, sizeof(r.district), sub->district);
	}
	try_campaign(s, &row, &r);
}

/* A letter or a word of an option says nothing of the language that somebody reads; the text that they answer was in it. */
static enum triage_script script_of(const struct campaign_recipient_row *r, enum triage_script guess)
{
	static const enum triage_script scripts[WORDING_LANGUAGES] = {
		[WORDING_MN] = TRIAGE_SCRIPT_CYRILLIC, [WORDING_MN_LATN] = TRIAGE_SCRIPT_LATIN, [WORDING_EN] = TRIAGE_SCRIPT_ENGLISH,
	};

	return r->subscriber_id > 0 && (unsigned)r->language < WORDING_LANGUAGES ? scripts[r->language] : guess;
}

void answer_find(struct core *core, const struct process_text *t, const struct contacts_heard *heard, struct triage_verdict *v,
	struct answer_found *found)
{
	struct search s = { core, t, v, heard->word == CONTACTS_START, found, 0 };
	uint8_t alias[CONTACT_ALIAS], number[CONTACT_NUMBER_MAX];
	struct subscriber_row sub;
	bool known;

	memset(found, 0, sizeof(*found));
	if (!core->campaigns || t->amends || t->parts_missing || !t->contact->answerable || heard->word == CONTACTS_STOP || !answer_may_be(v))
		return;
	known = contact_get_number(core->store, t->contact->id, alias, number) && subscriber_get_alias(core->store, alias, &sub);
	if (known)
		try_those_that_reached(&s, &sub);
	if (s.rank < 4)
		try_keyword(&s, known ? &sub : NULL);
	if (found->verdict.reading != ANSWER_IS_OPTION)
		return;
	v->kind = TRIAGE_CAMPAIGN_REPLY;
	v->script = script_of(&found->recipient, v->script);
	v->exploitation = TRIAGE_EXPL_NONE;
	v->urgency = TRIAGE_URGENCY_NONE;
}

/* ---- words that a person sorts ----------------------------------------------------------------------------------------- */

static struct vault_binding binding_of(const struct answer_row *row)
{
	return (struct vault_binding){ .table = "campaign_answer", .row = row->id, .case_id = row->campaign_id, .time_ms = row->time_ms };
}

void answer_words(struct core *core, const struct answer_row *row, char *out, size_t size)
{
	struct vault_binding b = binding_of(row);

	*out = '\0';
	if (row->words_len && vault_transit_open(core->vault, &b, row->words, row->words_len, out, size) < 0)
		*out = '\0';
}

/* As many as fit, up to a whole character. */
static void keep_words(struct core *core, struct answer_row *row, const char *text, size_t len)
{
	struct vault_binding b = binding_of(row);
	size_t max = sizeof(row->words) - VAULT_AEAD_EXTRA;

	if (len > max)
		for (len = max; len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80; len--)
			;
	row->words_len = len ? vault_transit_seal(core->vault, &b, text, len, row->words) : 0;
}

/* ---- counting ---------------------------------------------------------------------------------------------------------- */

static void count(struct core *core, const struct answer_row *row, int64_t question, int64_t option, int64_t n)
{
	struct result_key key = { .campaign_id = row->campaign_id, .question = question, .option = option };

	answer_day(row->time_ms, key.day);
	hl_strlcpy(key.district, sizeof(key.district), row->district);
	result_add(core->store, &key, n);
}

/* After a change: had is the one that counted before, NULL for none. */
static void recount(struct core *core, const struct answer_row *of, const struct answer_row *had)
{
	const struct campaign_def *def = campaign_def_of(core, of->campaign_id);
	struct answer_row now;
	bool has = answer_choose(core->store, of, def && def->policy == CAMPAIGN_LAST, &now);

	if (had)
		count(core, had, had->question, had->option, -1);
	if (has)
		count(core, &now, now.question, now.option, 1);
	answer_mark(core->store, of, has ? &now : NULL);
}

void answer_sort(struct core *core, const struct answer_row *row, int64_t option, const char *person)
{
	struct answer_row old;
	bool had = answer_counted(core->store, row, &old);

	answer_set_option(core->store, row->id, option, person);
	recount(core, row, had ? &old : NULL);
}

void answer_add(struct core *core, int64_t campaign_id, int64_t subscriber_id, const char *district, int question, int option)
{
	struct answer_row row = { .id = answer_next_id(core->store), .campaign_id = campaign_id, .subscriber_id = subscriber_id,
		.question = question, .option = option, .time_ms = hl_wall_ms(core->clock) }, old;
	bool had = answer_counted(core->store, &row, &old);

	hl_strlcpy(row.district, sizeof(row.district), district);
	answer_insert(core->store, &row);
	recount(core, &row, had ? &old : NULL);
}

/* What a text says, as a row of its own. */
static void keep(struct core *core, const struct process_text *t, const struct triage_verdict *v, const struct answer_found *f, int64_t message_id)
{
	const struct answer_verdict *a = &f->verdict;
	bool report = a->reading != ANSWER_IS_OPTION && v->kind == TRIAGE_TIP;
	struct answer_row row = { .id = answer_next_id(core->store), .campaign_id = f->campaign.id, .subscriber_id = f->recipient.subscriber_id,
		.question = a->question, .late = a->late, .message_id = message_id, .time_ms = hl_wall_ms(core->clock) }, old;
	bool had = answer_counted(core->store, &row, &old);

	row.option = a->reading == ANSWER_IS_OPTION ? a->option : a->reading == ANSWER_IS_WORDS ? ANSWER_FREE : ANSWER_UNREAD;
	hl_strlcpy(row.district, sizeof(row.district), *f->recipient.district ? f->recipient.district : v->district);
	if (a->reading != ANSWER_IS_OPTION && !report) /* what may be a report is for officers to read */
		keep_words(core, &row, t->text + a->from, t->len - a->from);
	answer_insert(core->store, &row);
	if (a->late)
		count(core, &row, RESULT_BESIDE, RESULT_LATE, 1);
	else if (!report) /* uncounted until somebody who may know of it has sorted it: one answer more than there are to read would tell of it */
		recount(core, &row, had ? &old : NULL);
}

/* ---- what follows ------------------------------------------------------------------------------------------------------ */

void answer_take(struct core *core, const struct process_text *t, const struct triage_verdict *v, const struct answer_found *found,
	int64_t message_id, struct contacts_word_reply *word)
{
	struct campaign_recipient_row r = found->recipient;
	const struct answer_verdict *a = &found->verdict;
	bool unread_before;

	if (a->reading == ANSWER_IS_NONE)
		return;
	unread_before = answer_unread(core->store, found->campaign.id, r.subscriber_id, a->question) > 0;
	if (a->reading != ANSWER_IS_YES)
		keep(core, t, v, found, message_id);
	if (a->late || a->again || v->kind == TRIAGE_TIP)
		return; /* the text has its receipt as any other */
	if (answer_reply(core, &r, a, a->reading == ANSWER_IS_UNREAD && !unread_before))
		*word = (struct contacts_word_reply){ "", "", false };
}

/* ---- beside answers ---------------------------------------------------------------------------------------------------- */

static void note(struct core *core, const struct campaign_recipient_row *r, int64_t what)
{
	struct answer_row row = { .campaign_id = r->campaign_id, .time_ms = hl_wall_ms(core->clock) };

	hl_strlcpy(row.district, sizeof(row.district), r->district);
	count(core, &row, RESULT_BESIDE, what, 1);
}

/* Of the newest that reached them: it is what they left because of. */
void answer_note_stop(struct core *core, const uint8_t alias[SUBSCRIBER_ALIAS])
{
	struct campaign_recipient_row r;
	struct subscriber_row sub;

	if (core->campaigns && subscriber_get_alias(core->store, alias, &sub) && campaign_recipient_of(core->store, sub.id, &r, 1) == 1)
		note(core, &r, RESULT_STOPPED);
}

void answer_note_tip(struct core *core, int64_t contact_id)
{
	int64_t since_ms = hl_wall_ms(core->clock) - core->config->campaign_tip_days * 86400 * INT64_C(1000);
	uint8_t alias[CONTACT_ALIAS], number[CONTACT_NUMBER_MAX];
	struct campaign_recipient_row rows[LOOKED_AT];
	struct subscriber_row sub;
	size_t n;

	if (!core->campaigns || !contact_get_number(core->store, contact_id, alias, number) || !subscriber_get_alias(core->store, alias, &sub))
		return;
	n = campaign_recipient_of(core->store, sub.id, rows, LOOKED_AT);
	for (size_t i = 0; i < n; i++)
		if (rows[i].queued_ms >= since_ms)
			note(core, &rows[i], RESULT_TIPS);
}
