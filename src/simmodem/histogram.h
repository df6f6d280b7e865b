/* Times counted in buckets that grow with them (error at most 1/32), so that a million of them need no memory. Pure. */
#ifndef HL_SIMMODEM_HISTOGRAM_H
#define HL_SIMMODEM_HISTOGRAM_H

#include <stdint.h>

#define HISTOGRAM_BUCKETS 2048

struct histogram {
	uint64_t count;
	int64_t max;
	uint64_t bucket[HISTOGRAM_BUCKETS];
};

/* Counts a value of at least 0 (less counts as 0). */
void histogram_add(struct histogram *h, int64_t value);

/* The value that the share of percent (0..100) does not exceed; 0 where nothing was counted. */
int64_t histogram_percentile(const struct histogram *h, double percent);

#endif
