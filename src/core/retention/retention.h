/* The run that erases what has been kept long enough, and the same walk that only tells what would go. It works in small steps between
 * the turns of the core, each in a transaction of its own, so that it delays no text, and that a step which fails takes nothing else
 * with it. Erased means: the row is gone and overwritten, its log is emptied, and in time its week's key is destroyed. Counters stay. */
#ifndef HL_CORE_RETENTION_RETENTION_H
#define HL_CORE_RETENTION_RETENTION_H

#include "core/core.h"
#include "core/retention/policy.h"
#include "store/case.h"

#define RETENTION_RUN_MS 8000   /* then a run answers that there is more, and is asked to go on */

struct retention;

struct retention *retention_new(struct core *core);
/* A run under way ends with HL_ESTATE. */
void retention_free(struct retention *r);

struct retention_report {
	int64_t erased[RETENTION_CLASSES], soon[RETENTION_CLASSES]; /* in a preview: erased would be */
	int64_t held;                     /* cases under legal hold */
	int64_t keys;                     /* weekly keys destroyed */
	int64_t moved;                    /* texts that went to this week's key */
	bool more;
};

struct retention_order {
	bool dry;                         /* tell only */
	void (*on_case)(void *arg, const struct case_row *row, enum retention_class c, enum retention_verdict v); /* may be NULL */
	void (*done)(void *arg, int err, const struct retention_report *report); /* exactly once, not from inside the start */
	void *arg;
	const char *actor;                /* copied */
};

/* HL_EBUSY: one is under way. HL_ETIME: the clock is far from the time of the run before, and believe_clock is false. */
int retention_start(struct core *core, const struct retention_order *order, bool believe_clock);

/* Cases that the last run saw coming; for the status. */
int64_t retention_soon(const struct retention *r);

#endif
