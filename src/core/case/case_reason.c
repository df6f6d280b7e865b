#include "core/case/case_reason.h"

#include <string.h>

#include "store/case.h"

_Static_assert(CASE_REASON_FILED == CASE_FILED, "the store's SQL and indexes have the number");

static const char *const names[CASE_REASONS] = {
	[CASE_REASON_NONE] = "",
	[CASE_REASON_RESOLVED] = "resolved",
	[CASE_REASON_HANDED_OVER] = "handed-over",
	[CASE_REASON_NO_ANSWER] = "no-answer",
	[CASE_REASON_NOT_ENOUGH] = "not-enough",
	[CASE_REASON_UNFOUNDED] = "unfounded",
	[CASE_REASON_NOT_OURS] = "not-ours",
	[CASE_REASON_NO_TIP] = "no-tip",
	[CASE_REASON_MALICIOUS] = "malicious",
	[CASE_REASON_MERGED] = "merged",
	[CASE_REASON_FILED] = "filed",
};

const char *case_reason_name(enum case_reason reason)
{
	return (unsigned)reason < CASE_REASONS ? names[reason] : "?";
}

bool case_reason_from_name(const char *name, enum case_reason *reason)
{
	for (int i = CASE_REASON_RESOLVED; i < CASE_REASON_MERGED; i++) {
		if (strcmp(names[i], name) == 0) {
			*reason = (enum case_reason)i;
			return true;
		}
	}
	return false;
}

const char *case_reason_names(void)
{
	return "resolved, handed-over, no-answer, not-enough, unfounded, not-ours, no-tip, malicious";
}
