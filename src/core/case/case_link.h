/* What two cases have to do with each other. */
#ifndef HL_CORE_CASE_CASE_LINK_H
#define HL_CORE_CASE_CASE_LINK_H

#include "core/case/case.h"

/* Stored: never renumber. */
enum case_link {
	CASE_LINK_LATER,     /* the same texter, after the other one was closed for long */
	CASE_LINK_SPLIT,     /* a person took texts out of one into the other */
	CASE_LINK_SAME_TEXT, /* different senders, nearly the same words */
	CASE_LINK_SAME_PLACE /* different senders, one place and one kind of harm, close in time */
};
#define CASE_LINKS (CASE_LINK_SAME_PLACE + 1)

const char *case_link_name(enum case_link kind);

/* Links the two in the turn's transaction. False where they are linked so already. */
bool case_link(struct core *core, int64_t a, int64_t b, enum case_link kind);

/* Counts the case's corroboration anew and writes it. */
void case_corroboration_count(struct core *core, int64_t id);

#endif
