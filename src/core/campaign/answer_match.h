/* To which campaign and question a text is an answer, and which option it is. Pure: facts in, a verdict out. A report is never an answer, and an
 * option only in its exact words; what is not one is unread, for a person to sort. */
#ifndef HL_CORE_CAMPAIGN_ANSWER_MATCH_H
#define HL_CORE_CAMPAIGN_ANSWER_MATCH_H

#include "core/campaign/campaign_def.h"
#include "core/triage/triage.h"
#include "store/campaign_answer.h"

/* The option of the question that the text is, from 1; 0 where it is none. */
int answer_option(const struct campaign_question *q, const char *text, size_t len);

/* Whether the text begins with the (folded) keyword: then *rest is where the answer begins. */
bool answer_keyword(const char *folded, const char *text, size_t len, size_t *rest);

/* One campaign that reached the sender, as it stands for them. */
struct answer_place {
	const struct campaign_def *def;
	int64_t step;                   /* the question they are at: 0 none yet */
	bool open, closed;              /* answers are taken; they were, and are late now */
};

enum campaign_reading {
	ANSWER_IS_NONE,    /* no answer to this campaign */
	ANSWER_IS_OPTION,
	ANSWER_IS_WORDS,   /* to a question that asks for words */
	ANSWER_IS_UNREAD,
	ANSWER_IS_YES      /* to an invitation: they want the first question */
};

struct answer_verdict {
	enum campaign_reading reading;
	int question, option;           /* from 1 */
	bool late;
	bool again;                     /* to a question that they have answered before */
	size_t from;                    /* octets of the text before the answer: the keyword */
	/* Triage found no report, and it is an option's word, or one word for yes, and nothing beside it: nobody needs to read it. */
	bool sure;
};

/* start: the text is START and nothing else. */
struct answer_verdict answer_match(const struct answer_place *place, const char *text, size_t len, const struct triage_verdict *v, bool start);

/* Whether v may be the verdict of an answer at all: unsure may, an urgent report never. */
bool answer_may_be(const struct triage_verdict *v);

#endif
