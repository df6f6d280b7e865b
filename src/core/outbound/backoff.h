/* How long a text that failed for now waits before it is tried again: twice as long each time, up to a most, with
 * jitter so that texts that failed together do not come back together. Pure. */
#ifndef HL_CORE_OUTBOUND_BACKOFF_H
#define HL_CORE_OUTBOUND_BACKOFF_H

#include <stdint.h>

/* Milliseconds to wait after so many failed attempts (1 or more): between three quarters and all of
 * min(first_s * 2^(attempts - 1), most_s). random is any number, new each time. */
int64_t backoff_ms(int64_t attempts, int64_t first_s, int64_t most_s, uint32_t random);

#endif
