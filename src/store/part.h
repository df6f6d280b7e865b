/* Long texts whose parts are arriving: a set for each (contact, reference width, reference, total), its parts under
 * the transit key. Two sets may have one key, because senders use references again. */
#ifndef HL_STORE_PART_H
#define HL_STORE_PART_H

#include "store/store.h"

struct part_key {
	int64_t contact_id, width, ref, total;
};

struct part_set_row {
	int64_t id;
	struct part_key key;
	char modem[33];
	int64_t have;
	int64_t case_id;      /* 0, or the case that a part alone opened, or that the partial message is in */
	int64_t message_id;   /* 0, or the partial message that is shown */
	int64_t first_ms;     /* wall time of the first part */
	int64_t due_boot_ms;  /* to be shown as partial; once shown: to be forgotten */
};

struct part_row {
	int64_t set_id, seq;
	int64_t time_ms;
	bool damaged;
	const uint8_t *body;  /* sealed; valid only inside part_each() */
	size_t body_len;
};

/* Ids of the sets with this key, newest first; how many were written to ids[max]. */
size_t part_set_find(struct store *s, const struct part_key *key, int64_t *ids, size_t max);
bool part_set_get(struct store *s, int64_t id, struct part_set_row *row);
void part_set_insert(struct store *s, struct part_set_row *row); /* sets row->id */
void part_set_update(struct store *s, const struct part_set_row *row); /* have, case, message, due */
void part_set_delete(struct store *s, int64_t id); /* and its parts */

/* The set due first; false where there is none. */
bool part_set_first_due(struct store *s, struct part_set_row *row);
/* After another boot: what is not shown yet is due, what is shown is forgotten at forget_boot_ms. */
void part_set_reset_due(struct store *s, int64_t forget_boot_ms);
/* In the same boot: what would wait beyond these instants becomes due then. */
void part_set_clamp_due(struct store *s, int64_t show_boot_ms, int64_t forget_boot_ms);

void part_insert(struct store *s, const struct part_row *row);
/* Whether the set has this part. The sealed body is copied to out[max], its length to *len. */
bool part_get(struct store *s, int64_t set_id, int64_t seq, struct part_row *row, uint8_t *out, size_t max,
	size_t *len);
/* In order of seq, until each() returns false. */
void part_each(struct store *s, int64_t set_id, bool (*each)(const struct part_row *row, void *arg), void *arg);

#endif
