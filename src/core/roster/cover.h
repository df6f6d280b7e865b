/* When nobody is on duty, and when more than one rotation has somebody (double cover). Pure. */
#ifndef HL_CORE_ROSTER_COVER_H
#define HL_CORE_ROSTER_COVER_H

#include "core/roster/schedule.h"

struct cover_span {
	char unit[SCHEDULE_UNIT_SIZE];
	int64_t from_ms, to_ms;
	bool doubled;  /* else: nobody */
	bool open_end; /* still so where the look ends */
};

/* The stretches of the unit between two wall times, in their order; neighbours of a kind are one. Returns how many were written. */
size_t cover_find(const struct schedule *s, const char *unit, int64_t from_ms, int64_t to_ms, struct cover_span *out, size_t max);

/* The units that have rotations, each once; returns how many. */
size_t cover_units(const struct schedule *s, const char *units[SCHEDULE_ROTATIONS_MAX]);

#endif
