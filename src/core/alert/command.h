/* Reads the short texts by which people of the roster answer alerts and ask: `OK 4711`, `АВЛАА 4711`, `1`, `BUSY 4711`, `WHO`. Pure:
 * what the words are is one table in command.c. It is strict: besides a command's own word there may be its digits, a name where it
 * takes one, and words that say nothing (thanks, please); a text with any other word is no command and goes through triage, so that no
 * tip is taken for an answer. */
#ifndef HL_CORE_ALERT_COMMAND_H
#define HL_CORE_ALERT_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

enum alert_verb {
	ALERT_VERB_NONE, /* not a command */
	ALERT_VERB_OK,   /* takes the alert */
	ALERT_VERB_BUSY, /* passes it to the next person at once */
	ALERT_VERB_TAKE, /* takes the case, also from whoever has it */
	ALERT_VERB_DONE, /* something was done about it */
	ALERT_VERB_WHO,  /* who is on duty */
	ALERT_VERB_SWAP, /* asks somebody to change shifts */
	ALERT_VERB_HELP, /* which commands there are; from the word HELP it may also be a call for help */
	ALERT_VERB_LIST, /* which commands there are, and nothing else */
	ALERT_VERB_TYPO, /* a word that is nearly one, and digits: whoever wrote it meant a command */
	ALERT_VERBS
};

#define ALERT_COMMAND_DIGITS_MAX 15 /* more are not a code with a slip in it */
#define ALERT_COMMAND_NAME 160

struct alert_command {
	enum alert_verb verb;
	char code[ALERT_COMMAND_DIGITS_MAX + 1]; /* the digits, bare; "" where there are none, or only the 1 of "1" and "OK 1" */
	bool one;                                /* that 1 was there */
	bool only_digits;                        /* no word: perhaps no command at all */
	char name[ALERT_COMMAND_NAME];           /* of SWAP: whom and when, as it was written, one space between words and numbers */
};

/* text is any octets of a message. */
void alert_command_read(const char *text, size_t len, struct alert_command *out);

/* "ok", "busy" ...: for the audit trail. */
const char *alert_verb_name(enum alert_verb verb);

/* Whether two names are the same to a person: in any case, letters of either alphabet that look alike, and spaces aside. */
bool alert_command_same_name(const char *a, const char *b);

/* Likewise, whether a name begins with these words, the last of which may be cut: "B", "Duty". */
bool alert_command_begins_name(const char *name, const char *start);

#endif
