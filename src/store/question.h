/* What officers asked, as rows: which question of which case stands where. The words are in messages, sealed; a free text
 * that waits is under the transit key until it is sent. */
#ifndef HL_STORE_QUESTION_H
#define HL_STORE_QUESTION_H

#include "store/store.h"

#define QUESTION_BODY_MAX 2048 /* octets of a sealed free text */

struct question_row {
	int64_t id, case_id, contact_id, number; /* number: within its case, from 1 */
	int state;                 /* enum question_state of core/dialogue/question.h */
	char name[24];             /* of its key; "" for a free text */
	bool discreet;             /* the officer says of a free text that anybody may read it */
	char asked_by[64];
	int64_t asked_ms, sent_ms, answered_ms; /* 0 where not yet */
	int64_t outbox_id, out_id, in_id;       /* its text on the way, the message that it is, the message that answers */
};

/* Sets id and number. body_len 0: it has none. */
void question_insert(struct store *s, struct question_row *row, const uint8_t *body, size_t body_len);
/* Writes state, times and ids; erases the body if told to. */
void question_update(struct store *s, const struct question_row *row, bool erase);
bool question_get(struct store *s, int64_t id, struct question_row *row);
bool question_get_number(struct store *s, int64_t case_id, int64_t number, struct question_row *row);
bool question_get_outbox(struct store *s, int64_t outbox_id, struct question_row *row);
/* The waiting free text; 0 where there is none. */
size_t question_get_body(struct store *s, int64_t id, uint8_t body[QUESTION_BODY_MAX]);

/* The contact's question that is asked, and their first that waits. */
bool question_get_open(struct store *s, int64_t contact_id, struct question_row *row);
bool question_get_waiting(struct store *s, int64_t contact_id, struct question_row *row);
int64_t question_count_waiting(struct store *s, int64_t contact_id);

/* The case's questions with numbers above `after`, in order. Returns how many were written. */
size_t question_list(struct store *s, int64_t case_id, int64_t after, struct question_row *rows, size_t max);

#endif
