/* Counters a monitor needs. Kept in memory, changed inside the turn's transaction, written to the store before its commit and put
 * back after an abort, so that they agree with the rows they count. */
#ifndef HL_CORE_COUNTERS_H
#define HL_CORE_COUNTERS_H

#include <stdint.h>

#include "core/core.h"

enum counter {
	COUNT_RECEIVED,     /* offered by links: whole texts and parts */
	COUNT_STORED,       /* texts stored whole (joined ones once) */
	COUNT_PARTS, COUNT_DUPLICATES, COUNT_QUARANTINED, COUNT_PARTIAL, COUNT_DAMAGED,
	COUNT_REPORTS, COUNT_CASES, COUNT_ALERTS, COUNT_ESCALATIONS, COUNT_ACKNOWLEDGED, COUNT_RECEIPTS,
	COUNT_RECEIPTS_HELD, /* not sent: cap, alphanumeric sender, or a kind that gets none */
	COUNT_BAD_LINES,    /* malformed lines from links */
	COUNT_ABORTS,       /* turns that could not be committed */
	COUNTERS
};

struct counters *counters_new(struct core *core); /* loads from the store; adds its turn hooks when the turn exists */
void counters_free(struct counters *c);
void counter_add(struct core *core, enum counter which, int64_t n);
int64_t counter_get(const struct core *core, enum counter which);
const char *counter_name(enum counter which); /* "received", ... */

#endif
