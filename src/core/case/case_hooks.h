/* What the rooms above are told of cases: alerts begin, go on and end with them. Each adds a struct when it starts; every function is
 * called inside the turn's transaction, after the case's row is written, may be NULL, and may write there, but it neither ends the turn
 * nor changes the case's state. */
#ifndef HL_CORE_CASE_CASE_HOOKS_H
#define HL_CORE_CASE_CASE_HOOKS_H

#include "core/core.h"
#include "store/case.h"

struct case_hooks {
	/* Somebody works on it (a note and an outcome are work, too): nobody is reminded of it any more. */
	void (*acted)(struct core *core, int64_t case_id);
	/* It was referred to an agency, which may let it lie. */
	void (*referred)(struct core *core, const struct case_row *row);
	/* It is over. */
	void (*closed)(struct core *core, int64_t case_id);
	/* A person took it otherwise than by an answer to an alert: nobody else need be rung. */
	void (*taken)(struct core *core, int64_t case_id, const char *person);
	/* A person's correction, or what was merged into it, says that it matters more than was thought, and nobody has it. */
	void (*raised)(struct core *core, const struct case_row *row);
};

/* The struct must live as long as the core. */
void case_add_hooks(struct core *core, const struct case_hooks *hooks);

/* ---- for this room: each calls who has the function */

void case_tell_acted(struct core *core, int64_t case_id);
void case_tell_referred(struct core *core, const struct case_row *row);
void case_tell_closed(struct core *core, int64_t case_id);
void case_tell_taken(struct core *core, int64_t case_id, const char *person);
void case_tell_raised(struct core *core, const struct case_row *row);

#endif
