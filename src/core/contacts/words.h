/* Whether a text is STOP or START and nothing else. Exact words only, in any letters and case; START may name a district behind it. Pure. A
 * text that says so in a sentence is no command: it is for a person to read. */
#ifndef HL_CORE_CONTACTS_WORDS_H
#define HL_CORE_CONTACTS_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/triage/triage.h"
#include "store/subscriber.h"

enum contacts_word { CONTACTS_NO_WORD, CONTACTS_STOP, CONTACTS_START };

struct contacts_words { const char *stop, *start; }; /* words with blanks between */

/* district: of a START that names one, else "". */
enum contacts_word contacts_word_read(const struct contacts_words *words, const struct triage_rules *rules, const char *text, size_t len,
	char district[SUBSCRIBER_DISTRICT_SIZE]);

/* Of such a text: whether there is no sign beside the word. It is a command with an emoji, too, but a sign may be one of distress. */
bool contacts_word_is_bare(const char *text, size_t len);

/* In what to answer such a word: Cyrillic letters say it, and Latin ones tell no language, because "STOP" is the word that our own texts name in
 * each. listed: the subscriber, NULL for none. Earlier texts of theirs do not count: who has the phone in hand shall not learn that there are any. */
enum triage_script contacts_word_script(const char *text, size_t len, enum triage_script guess, const struct subscriber_row *listed);

#endif
