/* Links between cases, and the keyed hashes by which tips of one matter are found. Kinds are the numbers of
 * core/case/case_link.h. The hashes tell nothing without the key; they are kept for a time only. */
#ifndef HL_STORE_CASE_LINK_H
#define HL_STORE_CASE_LINK_H

#include "store/store.h"

#define FEATURE_HASH 16
#define FEATURE_SKETCH 6 /* numbers that stand for a text's words */

struct case_link_row { int64_t case_id, other_id, created_ms; int kind; };

/* False where it is there already. */
bool case_link_insert(struct store *s, int64_t a, int64_t b, int kind, int64_t created_ms);
/* The links of a case, newest first, at most max; other_id is the other one. Returns how many were written. */
size_t case_link_list(struct store *s, int64_t case_id, struct case_link_row *rows, size_t max);
/* Senders other than the case's own whose cases are linked to it by one of two kinds. */
int64_t case_link_senders(struct store *s, int64_t case_id, int kind_a, int kind_b);
/* Links and features of one case become those of another; a link between the two ends. */
void case_link_move(struct store *s, int64_t from, int64_t into);

/* The case that id is part of by now, as far as linking asks. */
struct case_link_facts { int64_t id, unit_id, corroboration; };
bool case_link_facts(struct store *s, int64_t id, struct case_link_facts *facts);

/* Sets how many senders tell of the same; false where the case says so already, or is gone. */
bool case_set_corroboration(struct store *s, int64_t id, int64_t senders);

struct feature_row {
	uint8_t hash[FEATURE_HASH];
	uint32_t sketch[FEATURE_SKETCH]; /* of the text it stands for; zeros where it stands for a place */
	int64_t case_id, contact_id, time_ms;
	int kind, exploitation;
};

/* Nothing where the case has it already. */
void feature_insert(struct store *s, const struct feature_row *row);
/* Those with the hash, not older than since_ms and not of this contact, newest last id first; returns how many were written. */
size_t feature_find(struct store *s, const uint8_t hash[FEATURE_HASH], int64_t contact_id, int64_t since_ms,
	struct feature_row *rows, size_t max);
/* Removes some of those that are older. */
void feature_prune(struct store *s, int64_t before_ms);

#endif
