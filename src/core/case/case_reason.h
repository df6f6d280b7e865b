/* Why a case was closed: a table. Pure. Stored and shown by name; names are never used for another meaning. */
#ifndef HL_CORE_CASE_CASE_REASON_H
#define HL_CORE_CASE_CASE_REASON_H

#include <stdbool.h>

/* Stored: never renumber. */
enum case_reason {
	CASE_REASON_NONE,       /* not closed */
	CASE_REASON_RESOLVED, CASE_REASON_HANDED_OVER, CASE_REASON_NO_ANSWER, CASE_REASON_NOT_ENOUGH, CASE_REASON_UNFOUNDED,
	CASE_REASON_NOT_OURS, CASE_REASON_NO_TIP, CASE_REASON_MALICIOUS,
	CASE_REASON_MERGED,     /* by merge only */
	CASE_REASON_FILED       /* by the core only, at once: surely an answer to a campaign, STOP or START; nobody's work */
};
#define CASE_REASONS (CASE_REASON_FILED + 1)

/* "resolved" ...; "" of none. */
const char *case_reason_name(enum case_reason reason);
/* The ones a person may give: false where there is no such name. */
bool case_reason_from_name(const char *name, enum case_reason *reason);
/* All of those, one after the other, for a person: "resolved, handed-over, ...". */
const char *case_reason_names(void);

#endif
