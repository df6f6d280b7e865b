/* Reads what a texter wrote as the answer to a closed question: a digit, a number, or yes and no in Cyrillic, Latin
 * letters or English. Pure. It decides nothing about the text itself: that is triage's, whatever is read here. */
#ifndef HL_CORE_DIALOGUE_ANSWER_H
#define HL_CORE_DIALOGUE_ANSWER_H

#include <stddef.h>

#include "core/dialogue/question.h"

enum answer_reading {
	ANSWER_CLEAR,   /* value is it */
	ANSWER_IN_WORDS, /* an answer of its own, for an officer to read */
	ANSWER_UNCLEAR  /* too short to say anything else */
};

struct answer {
	enum answer_reading reading;
	int value;      /* of a clear one: the choice (1 yes, 2 no, 3 not sure), or the number */
};

/* question NULL: a free text was asked. A "no" to whether it is safe is read wherever one may be meant; a "yes" only
 * where nothing else is said. */
struct answer answer_read(const struct question_key *question, const char *text, size_t len);

#define ANSWER_SHORT_WORDS 3 /* words and numbers of a text that is only an answer */

/* Another phone's answer: `4821935-2 1` is the answer 1 to question 2 of case 4821935. The text's first digits must be a
 * code with a right check digit (core/case/case.h), a hyphen, point or slash, and the number. False where it is none. */
struct reply_code {
	char code[8];
	int number;
	size_t rest; /* octet at which the answer begins */
};
bool reply_code_read(const char *text, size_t len, struct reply_code *out);

#endif
