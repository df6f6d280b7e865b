/* Local dates and times as people write them in the roster: "2026-12-24", "2026-12-24 08:00", "08:00". Pure but for the time
 * zone of the process. */
#ifndef HL_CORE_ROSTER_LOCAL_TIME_H
#define HL_CORE_ROSTER_LOCAL_TIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A moment as its local day (days since 1970), weekday (0 is Monday) and minute of the day. */
struct local_moment { int64_t day; int weekday; int64_t minute; };
struct local_moment local_moment_of(int64_t wall_ms);
/* The wall time of a minute of a local day; minutes beyond the day are of the next. */
int64_t local_time_of(int64_t day, int64_t minute);

/* Each returns false where the text is no such thing, in every detail: 2026-02-30 is no date. */
bool local_day_read(const char *text, int64_t *day);
bool local_minute_read(const char *text, int64_t *minute); /* "00:00" to "24:00" */
bool local_time_read(const char *text, int64_t *wall_ms);  /* date and time, or a date alone: its midnight */

/* "2026-12-24 08:00"; out has 17 octets. */
void local_time_write(int64_t wall_ms, char out[17]);

#endif
