/* The audit trail: a hash chain (BLAKE2b over the row and the hash before it). Actors are names of people, "core" or "operator";
 * objects are case codes and the like. No number, no text. */
#ifndef HL_STORE_AUDIT_H
#define HL_STORE_AUDIT_H

#include "store/store.h"

/* Appends in the open transaction. detail may be "". */
void audit_append(struct store *s, int64_t time_ms, const char *actor, const char *action, const char *object, const char *detail);

#define AUDIT_HASH 32

/* How many rows there are and the hash of the last; zeros where there is none. */
int64_t audit_head(struct store *s, uint8_t hash[AUDIT_HASH]);

/* A place in the chain that somebody noted elsewhere: so many rows, the last with this hash. */
struct audit_mark { int64_t rows; uint8_t hash[AUDIT_HASH]; bool passed; }; /* the walk fills hash and passed; rows 0: none */

/* A walk along the chain in steps, so that a long one holds nobody up. */
struct audit_walk {
	int64_t rows;              /* found right */
	uint8_t hash[AUDIT_HASH];  /* so far */
	int64_t bad_id;            /* 0: none is bad */
	struct audit_mark marks[2];
};
void audit_walk_start(struct audit_walk *w);
/* Looks at up to max rows more: 1 if there may be further ones, 0 at the end, HL_ECORRUPT with bad_id, HL_EIO. */
int audit_walk_step(struct store *s, struct audit_walk *w, size_t max);

/* The whole walk: 0, or HL_ECORRUPT with the first bad row in *bad_id. head gets 64 hex digits and a NUL, *rows the length. */
int audit_verify(struct store *s, int64_t *rows, char head[65], int64_t *bad_id);

struct audit_row { int64_t id, time_ms; char actor[64], action[32], object[64], detail[128]; };
/* The last rows before this id (INT64_MAX: of all), newest first; returns how many were written to rows[max]. */
size_t audit_list_before(struct store *s, int64_t before, struct audit_row *rows, size_t max);

#endif
