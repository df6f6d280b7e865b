/* campaign.answers, campaign.sort (core/control/control.h): what no program could read, for a person to sort. Words that may be a report are shown
 * to nobody here; who may know of their case finds its code, and to others such an answer is not there. */
#include <stdio.h>
#include <string.h>

#include "core/campaign/answer.h"
#include "core/campaign/campaign_asked.h"
#include "core/case/case.h"
#include "core/control/control_list.h"
#include "store/message.h"

#define PAGE 50

/* The case that has the text, for those who may know of it. */
static bool code_of(struct control_call *call, const struct answer_row *row, char code[CASE_CODE_SIZE])
{
	struct message_row m;
	struct case_row c;

	if (!row->message_id || !message_get(call->core->store, row->message_id, &m) || case_find(call->core, m.case_id, &c) ||
		!case_visible(call->core, call->session, &c))
		return false;
	memcpy(code, c.code, CASE_CODE_SIZE);
	return true;
}

/* Whether whoever asks may know that there is such an answer. */
static bool may_sort(struct control_call *call, const struct answer_row *row)
{
	char code[CASE_CODE_SIZE];

	return row->words_len || code_of(call, row, code);
}

/* NULL: nothing is told of it. */
static json_t *json_of(struct control_call *call, const struct answer_row *row)
{
	char words[ANSWER_WORDS_MAX + 1], code[CASE_CODE_SIZE];
	bool known = code_of(call, row, code);
	json_t *o, *text;

	answer_words(call->core, row, words, sizeof(words));
	if (!row->words_len && !known)
		return NULL;
	text = json_string(words);
	o = json_pack("{s:I, s:I, s:s, s:I, s:b, s:o}", "id", (json_int_t)row->id, "question", (json_int_t)row->question, "district", row->district,
		"time_ms", (json_int_t)row->time_ms, "late", row->late, "words", text ? text : json_string(""));
	explicit_bzero(words, sizeof(words));
	if (known)
		json_object_set_new(o, "code", json_string(code));
	return o;
}

void control_campaign_answers(struct control_call *call)
{
	struct answer_row rows[PAGE];
	struct campaign_row campaign;
	struct control_list list;
	int64_t after = control_list_after(call->request);
	bool fits = true, unread = !json_is_true(json_object_get(call->request, "words"));
	size_t n;

	if (!campaign_asked(call, &campaign))
		return;
	control_list_begin(&list, "answers");
	do {
		n = answer_list(call->core->store, campaign.id, unread, after, rows, PAGE);
		for (size_t i = 0; i < n && fits; i++) {
			json_t *o = json_of(call, &rows[i]);
			fits = !o || control_list_add(&list, o);
			after = rows[i].id;
		}
	} while (fits && n == PAGE);
	control_ok(call, control_list_end(&list, fits));
}

/* The option by its key; "none" is none of them. False where the question has no such. */
static bool option_of(const struct campaign_def *def, const struct answer_row *row, const char *key, int64_t *option)
{
	bool has_question = row->question >= 1 && row->question <= (int64_t)def->question_count;
	const struct campaign_question *q = has_question ? &def->questions[row->question - 1] : NULL;

	*option = ANSWER_NONE_OF_THEM;
	if (q && strcmp(key, "none") != 0)
		*option = answer_option(q, key, strlen(key));
	return q && *option != 0;
}

void control_campaign_sort(struct control_call *call)
{
	struct core *core = call->core;
	const char *key = control_need(call, "option", CAMPAIGN_WORD_SIZE);
	int64_t id = json_integer_value(json_object_get(call->request, "answer")), option;
	const struct campaign_def *def;
	struct campaign_row campaign;
	struct answer_row row;
	char detail[64];

	if (!key || !campaign_asked(call, &campaign))
		return;
	if (!answer_get(core->store, id, &row) || row.campaign_id != campaign.id || row.option != ANSWER_UNREAD || !may_sort(call, &row)) {
		control_fail(call, HL_ENOENT, "there is no such answer to be sorted: hotlinectl campaign answers %s", campaign.name);
		return;
	}
	def = campaign_def_of(core, campaign.id);
	if (!def || !option_of(def, &row, key, &option)) {
		control_fail(call, HL_EINVAL, "the question has no such option: one of its keys, or none");
		return;
	}
	answer_sort(core, &row, option, session_name(call->session));
	snprintf(detail, sizeof(detail), "answer %lld", (long long)row.id);
	campaign_record(call, "campaign.sort", campaign.name, detail);
	control_ok(call, NULL);
}
