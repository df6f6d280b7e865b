/* Counters a monitor needs. Kept in memory, changed inside the turn's transaction, written to the store before its
 * commit and put back after an abort, so that they agree with the rows they count. */
#ifndef HL_CORE_COUNTERS_H
#define HL_CORE_COUNTERS_H

#include <stdint.h>

#include "core/core.h"

enum counter {
	COUNT_RECEIVED,     /* offered by links: whole texts, parts and what was refused */
	COUNT_STORED,       /* texts stored whole (joined ones once) */
	COUNT_PARTS,        /* parts of longer texts, stored one by one */
	COUNT_DUPLICATES, COUNT_QUARANTINED,
	COUNT_PARTIAL,      /* long texts shown with a gap because parts did not come in time */
	COUNT_DAMAGED,
	COUNT_REPORTS, COUNT_CASES, COUNT_FILED, COUNT_ALERTS, COUNT_ESCALATIONS, COUNT_ACKNOWLEDGED, COUNT_RECEIPTS,
	COUNT_RECEIPTS_HELD, /* not sent: cap, alphanumeric sender, or a kind that gets none */
	COUNT_COMMANDS,     /* texts of the roster that were commands */
	COUNT_COMMANDS_REFUSED, /* of these: not done; wrong, missing or unclear codes */
	COUNT_CALLS,        /* missed calls */
	COUNT_CALLS_ANSWERED, /* with a text */
	COUNT_USSD,         /* requests dialled */
	COUNT_USSD_NOTICES, /* what networks began by themselves */
	COUNT_USSD_SESSIONS, /* begun in the menu, by whatever way */
	COUNT_USSD_STEPS,   /* inputs taken */
	COUNT_USSD_DROPPED, /* sessions that broke off */
	COUNT_USSD_REFUSED, /* requests of them: unknown, out of order, another's, too many */
	COUNT_USSD_REPORTS, /* sessions that became a report */
	COUNT_BAD_LINES,    /* malformed lines from links */
	COUNT_ABORTS,       /* turns that could not be committed */
	COUNTERS
};

struct counters *counters_new(struct core *core); /* loads from the store */
void counters_free(struct counters *c);
/* Inside a turn it counts with the turn; outside it counts at once and is written with the next turn. */
void counter_add(struct core *core, enum counter which, int64_t n);
int64_t counter_get(const struct core *core, enum counter which);
const char *counter_name(enum counter which); /* "received", ... */

/* For turn.c: the last write of a transaction, and what became of it. */
void counters_write(struct core *core);
void counters_settle(struct core *core, int err);

#endif
