/* Whether it is unusually quiet: fewer texts than the same hours of the weeks before make believable. Pure. A broken SIM, a
 * number that was switched off or a network that lost us looks like a quiet night; this tells them apart by counting. */
#ifndef HL_CORE_HEALTH_SILENCE_H
#define HL_CORE_HEALTH_SILENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SILENCE_HOURS 24 /* the longest stretch that is looked at */
#define SILENCE_WEEKS 4  /* of the past that are compared with */
#define SILENCE_WEEK_HOURS (7 * 24)

/* An hour: how many texts came in it, and in the same hour of the weeks before, together. */
struct silence_hour { int64_t texts, before; };

/* hours: the last complete hours, the newest first; weeks: how many of the past are in `before`, at least 2 to say anything.
 * Returns for how many of the newest hours together it has been too quiet to be chance (once in a hundred thousand, Poisson), 0 if it
 * has not. */
size_t silence_hours(const struct silence_hour *hours, size_t count, size_t weeks);

#endif
