/* What an operator's text says of the credit, and what follows from it. Pure. */
#ifndef HL_CORE_SERVICE_BALANCE_READ_H
#define HL_CORE_SERVICE_BALANCE_READ_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

/* 0, or HL_EINVAL: the pattern is no POSIX extended regular expression with a group (...) around the amount. */
int balance_check_pattern(const char *pattern, struct hl_reason *reason);

/* The amount in whole units: digits with blanks, points, commas or apostrophes between thousands; one or two digits after the last
 * point or comma are the small coin and are cut. HL_ENOENT: the pattern does not fit the text, or no number stands there. */
int balance_read(const char *pattern, const char *text, int64_t *amount);

struct balance_verdict {
	bool low;   /* below the mark */
	bool warn;  /* for the first time since it was above */
};

struct balance_verdict balance_judge(int64_t amount, int64_t low_mark, bool was_low);

#endif
