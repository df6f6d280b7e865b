/* The questions that officers can ask by name, each a row: its wording, its discreet form, what answers it. Pure. */
#ifndef HL_CORE_DIALOGUE_QUESTION_H
#define HL_CORE_DIALOGUE_QUESTION_H

#include <stdbool.h>
#include <stddef.h>

enum answer_kind {
	ANSWER_SAFE,   /* 1 yes, 2 no; whatever is not plainly yes is no permission */
	ANSWER_CHOICE, /* a digit of 1 to choices; with words for yes, no and not sure where these are the choices */
	ANSWER_NUMBER,
	ANSWER_WORDS   /* whatever is written */
};

struct question_key {
	const char *name;     /* as hotlinectl has it: "safe", "with_you" */
	const char *key;      /* of the wording */
	const char *discreet; /* of its discreet form, NULL where there is none */
	enum answer_kind kind;
	int choices;
	bool yes_no;          /* 1 is yes, 2 is no, 3 (where there is one) not sure */
};

extern const struct question_key question_keys[];
extern const size_t question_key_count;

/* The first question to anybody. */
const struct question_key *question_safe(void);

/* By name, "with_you", "with-you" or "q-with_you"; NULL where there is none. */
const struct question_key *question_find(const char *name);

/* Stored: never renumber. */
enum question_state {
	QUESTION_WAITING,   /* for an answer to another one */
	QUESTION_OPEN,      /* sent, or on its way */
	QUESTION_REPEATED,  /* and "with a number, please" behind it */
	QUESTION_ANSWERED,
	QUESTION_WORDS,     /* answered in their own words */
	QUESTION_UNSAFE,    /* not to be asked: they want silence */
	QUESTION_UNSENT,    /* the gate did not let it out, or no modem could send it */
	QUESTION_WITHDRAWN,
	QUESTION_STATES
};
const char *question_state_name(enum question_state state);

/* Whether free text from an officer holds what may be a telephone number: six digits or more with nothing but spaces,
 * dots, hyphens, brackets or a plus between. */
bool question_has_number(const char *text);

#define QUESTION_FREE_PARTS_MAX 3  /* short messages of a free text */
#define QUESTION_UNANSWERED_MAX 3  /* texts of ours without a word of theirs; more is pressure */
#define QUESTION_WAITING_MAX 5     /* for one texter */

#endif
