/* What a digest counts: cases and acknowledgements of a stretch of time, and what is open now. Reads only; times are wall time. */
#ifndef HL_STORE_DIGEST_H
#define HL_STORE_DIGEST_H

#include "store/store.h"

#define STORE_DIGEST_AGES 4 /* open for less than a day, a week, 30 days, and longer */
#define STORE_DIGEST_EMERGENCY 4 /* TRIAGE_EMERGENCY, which is stored and never renumbered */

struct store_digest {
	int64_t opened, emergencies, closed;  /* in the time */
	int64_t open[STORE_DIGEST_AGES];      /* now, by age */
	int64_t waiting;                      /* of them, nobody has acknowledged */
	int64_t acknowledged;                 /* alerts, in the time */
	int64_t ack_median_ms, ack_p90_ms;    /* from raised to acknowledged; 0 where there was none */
};

/* Of the cases of every unit but one (0: of all), from..to, the end not with it. */
void store_digest_read(struct store *s, int64_t but_unit, int64_t from_ms, int64_t to_ms, struct store_digest *d);

#endif
