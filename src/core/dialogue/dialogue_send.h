/* Questions on their way out, for the files of this room. */
#ifndef HL_CORE_DIALOGUE_DIALOGUE_SEND_H
#define HL_CORE_DIALOGUE_DIALOGUE_SEND_H

#include "core/dialogue/dialogue.h"

/* Sends the contact's next question, and before it, where that is not fresh, the one whether it is safe. Nothing where
 * one is open. Changes contact, which the caller writes. */
void dialogue_advance(struct core *core, struct contact_row *contact);

/* What the case asked and has no answer is asked no more; what waits of the texter's other cases goes on. Returns how many. */
size_t dialogue_end(struct core *core, const struct case_row *row);

/* Sends this question, again where again is true. False where it may not leave; it is then over. */
bool dialogue_send(struct core *core, struct contact_row *contact, struct question_row *q, const struct case_row *row, bool again);

/* A short text beside the questions: key of the wording, and of its discreet form. */
void dialogue_say(struct core *core, struct contact_row *contact, const struct case_row *row, enum outbox_purpose purpose,
	const char *key, const char *discreet);

/* Once it is known that it is safe, nobody needs to answer whether it is. */
void dialogue_settle_safe(struct core *core, const struct contact_row *contact);

/* The free text of a waiting question is sealed to this. */
struct vault_binding;
struct vault_binding dialogue_binding(const struct question_row *q);

/* The case where the dialogue goes on: the one it was merged into. False where it is closed. */
bool dialogue_case(struct core *core, int64_t case_id, struct case_row *row);

#endif
