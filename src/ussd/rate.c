#include "ussd/rate.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define MS 60000 /* a token is counted as so many parts, so that what grows in a millisecond is a whole number */

struct bucket { uint64_t key; int64_t at_ms, parts; };

struct rate {
	uint8_t secret[crypto_shorthash_KEYBYTES];
	int64_t most, per_ms; /* in parts */
	size_t mask;
	struct bucket *buckets;
};

struct rate *rate_new(int64_t burst, int64_t per_minute, size_t sets)
{
	struct rate *r = hl_calloc(1, sizeof(*r));

	randombytes_buf(r->secret, sizeof(r->secret));
	r->most = burst * MS;
	r->per_ms = per_minute;
	r->mask = sets - 1;
	r->buckets = hl_calloc(sets * RATE_WAYS, sizeof(*r->buckets));
	return r;
}

void rate_free(struct rate *r)
{
	free(r->buckets);
	free(r);
}

static int64_t parts_now(const struct rate *r, const struct bucket *b, int64_t now_ms)
{
	int64_t passed = now_ms > b->at_ms ? now_ms - b->at_ms : 0;

	if (b->key == 0 || passed > r->most / r->per_ms)
		return r->most;
	return b->parts + passed * r->per_ms < r->most ? b->parts + passed * r->per_ms : r->most;
}

bool rate_take(struct rate *r, const void *key, size_t len, int64_t now_ms)
{
	struct bucket *set, *b;
	uint64_t hash;
	int64_t parts;

	crypto_shorthash((uint8_t *)&hash, key, len, r->secret);
	set = b = &r->buckets[(hash & r->mask) * RATE_WAYS];
	hash |= hash == 0; /* 0 is an empty place */
	for (size_t i = 0; i < RATE_WAYS; i++) {
		if (set[i].key == hash) {
			b = &set[i];
			break;
		}
		if (parts_now(r, &set[i], now_ms) > parts_now(r, b, now_ms) || set[i].key == 0)
			b = &set[i];
	}
	if (b->key != hash)
		*b = (struct bucket){ hash, now_ms, r->most };
	parts = parts_now(r, b, now_ms);
	b->at_ms = now_ms;
	b->parts = parts >= MS ? parts - MS : parts;
	return parts >= MS;
}
