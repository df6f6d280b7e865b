#include "core/outbound/backoff.h"

int64_t backoff_ms(int64_t attempts, int64_t first_s, int64_t most_s, uint32_t random)
{
	int64_t wait_s = first_s > 0 ? first_s : 1, wait_ms;

	if (most_s < wait_s)
		most_s = wait_s;
	for (int64_t i = 1; i < attempts && wait_s < most_s; i++)
		wait_s *= 2;
	if (wait_s > most_s)
		wait_s = most_s;
	wait_ms = wait_s * 1000;
	return wait_ms - (int64_t)(random % (uint64_t)(wait_ms / 4 + 1));
}
