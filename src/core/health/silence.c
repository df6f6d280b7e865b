#include "core/health/silence.h"

#include <math.h>

#define BELIEVABLE 1e-5

/* P(X <= seen) of a Poisson distribution; expected is small here, and a large one underflows to the right answer, 0. */
static double chance_of_at_most(int64_t seen, double expected)
{
	double term = exp(-expected), sum = term;

	for (int64_t k = 1; k <= seen && sum < 1; k++) {
		term *= expected / (double)k;
		sum += term;
	}
	return sum;
}

size_t silence_hours(const struct silence_hour *hours, size_t count, size_t weeks)
{
	double expected = 0;
	int64_t seen = 0;

	if (weeks < 2)
		return 0;
	for (size_t i = 0; i < count && i < SILENCE_HOURS; i++) {
		expected += (double)hours[i].before / (double)weeks;
		seen += hours[i].texts;
		if ((double)seen < expected && chance_of_at_most(seen, expected) < BELIEVABLE)
			return i + 1;
	}
	return 0;
}
