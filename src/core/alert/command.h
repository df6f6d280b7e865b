/* Reads the short texts by which people of the roster answer an alert: `ACK 1234567`, `OK 123-45 67`, `АВЛАА
 * 1234567`, `1`. Pure. It is strict: a text with any other word in it is not a command and goes through triage, so
 * that no tip is taken for an answer. */
#ifndef HL_CORE_ALERT_COMMAND_H
#define HL_CORE_ALERT_COMMAND_H

#include <stddef.h>

enum alert_command_kind {
	ALERT_COMMAND_NONE, /* not a command */
	ALERT_COMMAND_CODE, /* a word of taking and digits: code, which may be no code at all */
	ALERT_COMMAND_ONE,  /* "1", "OK 1" */
	ALERT_COMMAND_WORD, /* a word of taking alone */
	ALERT_COMMAND_TYPO  /* a word that is nearly one, and digits: whoever wrote it meant a command */
};

#define ALERT_COMMAND_DIGITS_MAX 15 /* more are not a code with a slip in it */

struct alert_command {
	enum alert_command_kind kind;
	char code[ALERT_COMMAND_DIGITS_MAX + 1]; /* the digits, bare */
};

/* text is any octets of a message. */
void alert_command_read(const char *text, size_t len, struct alert_command *out);

#endif
