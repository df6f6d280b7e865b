/* Texts that change their case: opened with the unit's key and sealed again, because a text is bound to its case. Only a
 * session of the unit can do that; nothing is ever in clear on disk. */
#ifndef HL_CORE_CASE_CASE_MOVE_H
#define HL_CORE_CASE_CASE_MOVE_H

#include "core/case/case.h"
#include "store/message.h"

#define CASE_MOVE_MAX 100 /* texts in one request: about 55 ms of opening and sealing, during which nobody else is served */

struct case_mover {
	struct core *core;
	const uint8_t *secret;           /* of the unit that owns both cases */
	struct case_row *from, *into;    /* their counts are kept; the caller writes the rows */
};

/* Moves one text, note or answer. HL_ENOENT: the case has none such; HL_EIO, HL_ECORRUPT ... stick to the transaction. A text
 * that is damaged, or whose week's key was destroyed, moves as it is: nobody can read it in either case. */
int case_move_message(const struct case_mover *mover, int64_t id);

/* What the one case knows, the other learns: kind, urgency, child, exploitation and place, never less urgent. */
void case_learn(struct case_row *row, const struct case_row *from);
/* The same of one text. */
void case_learn_message(struct case_row *row, const struct message_row *m);

#endif
