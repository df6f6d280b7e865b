#include "simmodem/histogram.h"

#define LINEAR 64 /* values below have a bucket each; above, 32 a power of two */

static unsigned bucket_of(int64_t v)
{
	unsigned shift;

	if (v < LINEAR)
		return v < 0 ? 0 : (unsigned)v;
	shift = 58 - (unsigned)__builtin_clzll((uint64_t)v); /* leaves 6 bits */
	return LINEAR + (shift - 1) * 32 + (unsigned)(v >> shift) - 32;
}

static int64_t upper_of(unsigned b)
{
	unsigned shift;

	if (b < LINEAR)
		return b;
	shift = (b - LINEAR) / 32 + 1;
	return (int64_t)(((uint64_t)((b - LINEAR) % 32 + 33) << shift) - 1);
}

void histogram_add(struct histogram *h, int64_t value)
{
	h->count++;
	h->bucket[bucket_of(value)]++;
	if (value > h->max)
		h->max = value;
}

int64_t histogram_percentile(const struct histogram *h, double percent)
{
	uint64_t wanted = (uint64_t)((double)h->count * percent / 100.0 + 0.999999), seen = 0;

	for (unsigned b = 0; b < HISTOGRAM_BUCKETS; b++) {
		seen += h->bucket[b];
		if (h->count && seen >= (wanted ? wanted : 1))
			return upper_of(b) < h->max ? upper_of(b) : h->max;
	}
	return 0;
}
