/* What a later text of somebody does to their last case. Pure.
 *
 * An open case takes it. After the close, for a time (reopen_within_s), what is news opens the case again: it most
 * likely goes on with the same matter, whose people know it, and the answers that the texter got still hold. What is no
 * news (thanks, an answer to a campaign) is kept with the closed case and wakes nobody. Later, a report opens a case of
 * its own, linked to the old one: deadlines and figures of something new must not be those of something long finished.
 * What was filed takes only its like: anything else is work from its first word, and is answered as somebody's first text. */
#ifndef HL_CORE_CASE_CASE_JOIN_H
#define HL_CORE_CASE_CASE_JOIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/triage/triage.h"
#include "store/case.h"

enum case_join { CASE_JOIN_OPEN, CASE_JOIN_REOPEN, CASE_JOIN_CLOSED, CASE_JOIN_NEW };

struct case_join_facts {
	enum case_state state;  /* of the last case, or of what it was merged into */
	int64_t closed_for_ms;
	int64_t reopen_within_ms;
	enum triage_kind kind;  /* of the text */
	bool case_filed, text_filed; /* nobody's work: surely an answer to a campaign, STOP or START */
};

enum case_join case_join_decide(const struct case_join_facts *f);

/* Finds the code that a text names as its first or its last word (or as the whole text, digits apart), with a right check
 * digit. Nothing else in a text is taken for a code: reports are full of numbers. */
bool case_code_in(const char *text, size_t len, char code[CASE_CODE_SIZE]);

#endif
