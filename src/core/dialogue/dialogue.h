/* The dialogue: an officer asks the texter of a case, who stays a case. One question at a time for each texter, the
 * others wait; before the first, and whenever it was not said for a while, whether it is safe to text. "No" ends it at
 * once: one last word, then silence. Whatever is answered is a message of the case like any other, triaged like any
 * other. Nobody here sees a number, and nothing reminds anybody by itself. */
#ifndef HL_CORE_DIALOGUE_DIALOGUE_H
#define HL_CORE_DIALOGUE_DIALOGUE_H

#include "core/core.h"
#include "core/dialogue/answer.h"
#include "core/outbound/outbox_row.h"
#include "store/case.h"
#include "store/contact.h"
#include "store/question.h"

/* ---- officers ---------------------------------------------------------------------------------------------- */

struct dialogue_ask {
	const struct question_key *key; /* NULL: free text */
	const char *text;               /* the free text */
	bool discreet;                  /* of which the officer says that anybody may read it */
	const char *by;
};

/* Queues the question; it leaves at once where it may. Inside a turn. HL_ESTATE, HL_EUNSUPPORTED, HL_EFULL or HL_ERANGE
 * with the reason where it may not be asked. out is the question as it stands then. */
int dialogue_ask(struct core *core, const struct case_row *row, const struct dialogue_ask *ask, struct question_row *out,
	struct hl_reason *reason);

/* Sends the case's open question once more, because an officer wants it so. HL_ENOENT: none is open; HL_ESTATE. */
int dialogue_remind(struct core *core, const struct case_row *row, const char *by, struct hl_reason *reason);

/* The case's questions that have no answer are asked no more. Returns how many. */
size_t dialogue_withdraw(struct core *core, const struct case_row *row, const char *by);

/* What an officer knows of the texter's safety; safety or hours may be NULL: as they are. HL_ESTATE: the texter asked for
 * silence and has not written since. */
struct contact_hours;
int dialogue_set_contact(struct core *core, const struct case_row *row, const int *safety, const struct contact_hours *hours,
	const char *by, struct hl_reason *reason);

/* ---- texters ----------------------------------------------------------------------------------------------- */

struct dialogue_match {
	struct question_row question;
	struct answer answer;
	bool other_phone;         /* it came from another than was asked, with its code */
	int64_t case_id;          /* open; where the answer goes */
};

/* Whether the text answers an open question: of this texter, or, by its code, from another phone. */
bool dialogue_match(struct core *core, const struct contact_row *contact, const char *text, size_t len,
	struct dialogue_match *m);

/* The text is stored as this message: what follows from it. Changes contact, which the caller writes. quiet: send
 * nothing but what safety asks for. */
void dialogue_take(struct core *core, struct contact_row *contact, const struct dialogue_match *m, int64_t message_id,
	bool quiet);

/* Any text of theirs: the silence is over. True where contact was changed. */
bool dialogue_heard(struct contact_row *contact);

/* "yes", "3": the answer for people; "" where it is none of a closed question. */
#define DIALOGUE_VALUE 24
void dialogue_value(const struct dialogue_match *m, char out[DIALOGUE_VALUE]);

/* ---- life -------------------------------------------------------------------------------------------------- */

/* Listens to the outbox for questions that do not leave: before the first turn that may move one. */
void dialogue_start(struct core *core);

#endif
