/* Imports of subscribers: a file's rows are staged, and once it is decided that all of them come, they are applied in pieces that a restart goes
 * on with. What is staged is nobody's subscriber yet. */
#ifndef HL_STORE_SUBSCRIBER_IMPORT_H
#define HL_STORE_SUBSCRIBER_IMPORT_H

#include "store/subscriber.h"

/* Stored: never renumber. */
enum import_state { IMPORT_STAGING, IMPORT_APPLYING, IMPORT_DONE, IMPORT_DROPPED };

#define IMPORT_PERSON_SIZE 96
#define IMPORT_GROUPS_SIZE 400 /* names with a line feed between */

struct import_row {
	int64_t id;
	int state;                      /* enum import_state */
	char person[IMPORT_PERSON_SIZE];
	char source[SUBSCRIBER_SOURCE_SIZE]; /* of the consent, where a row names none; "" where each row must */
	int64_t consent_ms, begun_ms;
	int64_t staged, applied;        /* rows */
	int64_t added, changed, doubled, stopped; /* of the applied: stopped ones said STOP before and are not taken */
};

/* Sets row->id. */
void subscriber_import_insert(struct store *s, struct import_row *row);
bool subscriber_import_get(struct store *s, int64_t id, struct import_row *row);
/* State and counts. */
void subscriber_import_update(struct store *s, const struct import_row *row);
void subscriber_import_delete(struct store *s, int64_t id);
/* The oldest that is to be applied or dropped; false where there is none. */
bool subscriber_import_next(struct store *s, struct import_row *row);
/* Those whose file did not come to its end before a restart are to be dropped. */
void subscriber_import_abandon(struct store *s);

struct staged_row {
	int64_t id;
	uint8_t alias[SUBSCRIBER_ALIAS], number[SUBSCRIBER_NUMBER_MAX];
	size_t number_len;
	int language, script;           /* -1: not said */
	char district[SUBSCRIBER_DISTRICT_SIZE], groups[IMPORT_GROUPS_SIZE], source[SUBSCRIBER_SOURCE_SIZE];
	int64_t consent_ms;
};

void subscriber_stage(struct store *s, int64_t import_id, const struct staged_row *row);
/* The first of what is left, in the file's order; returns how many. */
size_t subscriber_staged(struct store *s, int64_t import_id, struct staged_row *rows, size_t max);
/* Up to this one. */
void subscriber_unstage(struct store *s, int64_t import_id, int64_t last_id);

#endif
