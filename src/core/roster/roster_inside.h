/* What a roster is made of: for roster.c, which reads it, and roster_apart.c, which puts a part of one in place of that of another. Nobody
 * else looks inside. */
#ifndef HL_CORE_ROSTER_ROSTER_INSIDE_H
#define HL_CORE_ROSTER_ROSTER_INSIDE_H

#include "core/roster/roster.h"

struct roster {
	struct roster_person list[ROSTER_MAX];
	size_t count;
	struct schedule schedule;
	size_t own_overrides; /* of the file; those behind them were put */
	struct roster_stamp stamp;
};

#endif
