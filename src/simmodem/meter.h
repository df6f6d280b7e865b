/* What a benchmark reads: how many, from when to when, and how long. From stored on the SIM (and announced) to
 * deleted; from arrival to the first text for a number that is tracked, first in first out. Pure: it is told the
 * time. */
#ifndef HL_SIMMODEM_METER_H
#define HL_SIMMODEM_METER_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "simmodem/histogram.h"

#define METER_TRACKS_MAX 16
#define METER_ARRIVALS_MAX 1000000 /* of a tracked number, not answered yet; later ones are not counted */

struct meter_track {
	char number[24];
	int64_t *arrival;   /* ring of METER_ARRIVALS_MAX, made when tracking begins */
	size_t first, count;
	struct histogram latency_us;
};

struct meter {
	uint64_t stored, deleted, submitted;
	int64_t first_stored_ns, last_stored_ns, last_deleted_ns, first_submitted_ns, last_submitted_ns;
	struct histogram delete_us; /* stored to deleted */
	struct meter_track track[METER_TRACKS_MAX];
	int tracks;
};

void meter_stored(struct meter *m, int64_t now_ns);
void meter_deleted(struct meter *m, int64_t stored_ns, int64_t now_ns);
/* A PDU for the number came from the program under test. */
void meter_submitted(struct meter *m, const char *to, int64_t now_ns);

/* Begins to track a number; again: forgets what was measured. HL_EFULL beyond METER_TRACKS_MAX. */
int meter_track_number(struct meter *m, const char *number);

/* Forgets all that was measured; the tracked numbers stay. */
void meter_reset(struct meter *m);
void meter_free(struct meter *m);

#endif
