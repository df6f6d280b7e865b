/* What became of the last mail and the last webhook since the core started, for people: is the mail server well?
 * Decides nothing. */
#ifndef HL_CORE_OUTBOUND_CARRIED_H
#define HL_CORE_OUTBOUND_CARRIED_H

#include "core/outbound/outbox_row.h"

struct carried {
	int64_t sent_ms, failed_ms; /* wall time, 0: never; a failure may be one for now, or that nobody knows */
	char why[128];              /* of the last failure, in words; no address, no text */
};

/* A transfer of this channel has had this event. */
void carried_note(struct carried *c, enum outbox_event event, const struct outbox_detail *detail, int64_t now_ms);

/* The last one failed. */
bool carried_fails(const struct carried *c);

#endif
