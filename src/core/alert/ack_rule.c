#include "core/alert/ack_rule.h"

#define GUESSES_PER_HIT 2500

/* Lengths that no code of a case has. */
static const struct { size_t digits; int64_t codes; } lengths[] = { { 4, 10000 }, { 6, 1000000 }, { ACK_DIGITS_MAX, 100000000 } };
#define LENGTHS (sizeof(lengths) / sizeof(lengths[0]))

static bool is_calm(const struct ack_tries *t, int64_t now)
{
	return t->wrong == 0 || (now >= t->from_boot_ms && now - t->from_boot_ms >= ACK_CALM_MS);
}

size_t ack_digits(const struct ack_tries *t, size_t valid, int64_t now_boot_ms)
{
	size_t i = 0;

	if (t->wrong >= ACK_TRIES && !is_calm(t, now_boot_ms))
		return ACK_DIGITS_MAX;
	while (i + 1 < LENGTHS && ((int64_t)valid + 1) * GUESSES_PER_HIT > lengths[i].codes)
		i++;
	return lengths[i].digits;
}

bool ack_is_code_long(size_t digits)
{
	for (size_t i = 0; i < LENGTHS; i++)
		if (lengths[i].digits == digits)
			return true;
	return false;
}

bool ack_wrong(struct ack_tries *t, int64_t now_boot_ms)
{
	if (is_calm(t, now_boot_ms))
		*t = (struct ack_tries){ 0, now_boot_ms };
	t->wrong++;
	if (t->wrong >= ACK_TRIES || now_boot_ms < t->from_boot_ms)
		t->from_boot_ms = now_boot_ms;
	return t->wrong == ACK_TRIES;
}
