/* Calls: somebody rings and gives up, because a call that nobody answers costs nothing: a request to be texted. The worker never
 * answers and never hangs up (the phone network tells the caller "busy" then, which looks like a line that works); it tells the
 * core once of each ringing, again after a lost connection, until the core has it on disk. A number is never logged. */
#ifndef HL_MODEM_CALL_H
#define HL_MODEM_CALL_H

#include <event2/event.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire/link.h"

#define CALLS_MAX 32            /* kept for a core that is away; more are dropped, the oldest first */
#define CALL_SILENCE_MS 12000   /* a ringing is over when no RING came for so long; networks ring every 5 s */

struct worker;

struct call {
	int rings;              /* 0: nobody rings */
	char from[WIRE_NUMBER_MAX + 1];
	struct wire_call kept[CALLS_MAX];
	size_t count;
	int64_t last_ref;       /* counts down from 0 */
	struct event *timer;
};

void call_init(struct worker *w);
void call_free(struct worker *w);

/* ---- from the modem */
void call_rings(struct worker *w);                      /* RING */
void call_is_from(struct worker *w, const char *line);  /* +CLIP (TS 27.007 7.6) */
void call_ends(struct worker *w);                       /* NO CARRIER */
/* The modem is gone or starts anew: what rang until now rang. */
void call_stop(struct worker *w);

/* ---- from the core */
void call_stored(struct worker *w, int64_t ref);
void call_offer_all(struct worker *w);

#endif
