/* Requests that were done, by the token they came with, and what they were told, so that one which is repeated does nothing again.
 * Nobody asks here what a token or an answer says: tokens are keyed hashes, answers are sealed. */
#ifndef HL_STORE_ANSWERED_H
#define HL_STORE_ANSWERED_H

#include "store/store.h"

#define ANSWERED_HASH 32

struct answered_row {
	uint8_t request[ANSWERED_HASH]; /* of what was asked */
	int64_t made_ms;
	uint8_t *body;                  /* malloc()ed, the caller frees it */
	size_t body_len;
};

/* False where there is none. */
bool answered_get(struct store *s, const uint8_t token[ANSWERED_HASH], struct answered_row *row);
/* In the open transaction. */
void answered_put(struct store *s, const uint8_t token[ANSWERED_HASH], const struct answered_row *row);
/* Those made before this time go. */
void answered_forget(struct store *s, int64_t before_ms);

#endif
