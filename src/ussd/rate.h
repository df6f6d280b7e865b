/* How often somebody may come: a bucket of tokens for each key (a number, an address), in a table of fixed size. Keys
 * are kept as keyed hashes only. Where a set of the table is full, the fullest bucket gives way: it is the one whose
 * owner asks least, so a flood of keys cannot push out the bucket that holds a flooder back. Time is injected. */
#ifndef HL_USSD_RATE_H
#define HL_USSD_RATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rate;

/* burst tokens at most, per_minute new ones a minute; sets is a power of 2, with RATE_WAYS buckets each. */
#define RATE_WAYS 4
struct rate *rate_new(int64_t burst, int64_t per_minute, size_t sets);
void rate_free(struct rate *r);

/* Takes a token; false where there is none. */
bool rate_take(struct rate *r, const void *key, size_t len, int64_t now_ms);

#endif
