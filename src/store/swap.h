/* Shifts that one person of the roster asked another to take: whom, which, until when the answer is good for something. Codes come and
 * go sealed. Kept for some weeks after they ended, for the digest. */
#ifndef HL_STORE_SWAP_H
#define HL_STORE_SWAP_H

#include "store/store.h"

#define SWAP_CODE_BODY 64

enum swap_state { SWAP_OPEN, SWAP_TAKEN, SWAP_DECLINED, SWAP_EXPIRED, SWAP_WITHDRAWN }; /* stored: never renumber */

struct swap_row {
	int64_t id;
	char asker[64], taker[64], unit[16], rotation[32];
	int64_t from_ms, to_ms, asked_ms, expires_ms; /* wall time */
	int64_t wrong;                                /* codes in the taker's name that were not this one */
	uint8_t code[SWAP_CODE_BODY];
	size_t code_len;
};

/* Sets row->id. */
void store_swap_insert(struct store *s, struct swap_row *row);
/* It ended so. */
void store_swap_end(struct store *s, int64_t id, enum swap_state state, int64_t now_ms);
void store_swap_wrong(struct store *s, int64_t id, int64_t wrong);
/* The open one that this person asked for; there is at most one. */
bool store_swap_of(struct store *s, const char *asker, struct swap_row *row);
/* The open ones that this person is asked to take, the newest first; returns how many were written. */
size_t store_swap_for(struct store *s, const char *taker, struct swap_row *rows, size_t max);
/* All open ones, the oldest first; returns how many were written. */
size_t store_swap_open(struct store *s, struct swap_row *rows, size_t max);
/* The first open one whose time is over. */
bool store_swap_over(struct store *s, int64_t now_ms, struct swap_row *row);
/* How many this person asked for since then. */
int64_t store_swap_count(struct store *s, const char *asker, int64_t since_ms);
/* Those taken in this time, the oldest first; returns how many were written. */
size_t store_swap_taken(struct store *s, int64_t from_ms, int64_t to_ms, struct swap_row *rows, size_t max);
/* Deletes those that were asked before and are not open. */
void store_swap_forget(struct store *s, int64_t before_ms);

#endif
