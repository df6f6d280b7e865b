/* When something that happens each day, month or so many seconds is due. Pure; local time is that of the process. */
#ifndef HL_CORE_REPORT_DUE_H
#define HL_CORE_REPORT_DUE_H

#include <stdbool.h>
#include <stdint.h>

/* The newest time of day `minute` (of the local day) that is not after now, as wall time. */
int64_t due_daily(int64_t now_ms, int64_t minute);
/* The same on day `date` (1 to 28) of a month. */
int64_t due_monthly(int64_t now_ms, int date, int64_t minute);

/* Whether what was done last at last_ms (0: never) is to be done for the time due_ms. What never was done waits for the next
 * time, so that a new installation does not begin with reports about nothing. */
bool due_is_now(int64_t due_ms, int64_t last_ms);

#endif
