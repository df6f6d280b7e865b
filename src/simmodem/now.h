/* The time that events and latencies carry: CLOCK_MONOTONIC in nanoseconds, comparable between processes of one
 * machine. */
#ifndef HL_SIMMODEM_NOW_H
#define HL_SIMMODEM_NOW_H

#include <stdint.h>
#include <time.h>

#define NS_PER_MS 1000000LL

static inline int64_t now_ns(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000000000LL + ts.tv_nsec;
}

#endif
