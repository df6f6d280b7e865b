/* People with a key: rows of the table person. The secret key is only here as their password sealed it, the unit's only as it was
 * sealed to them. */
#ifndef HL_STORE_PERSON_H
#define HL_STORE_PERSON_H

#include "store/unit.h"

#define PERSON_NAME_SIZE 64
#define PERSON_BLOB 104    /* vault_person_seal() */
#define PERSONS_MAX 200    /* so that a list of them fits one answer */

struct person_row {
	int64_t id;
	char name[PERSON_NAME_SIZE];
	char role[16];                     /* officer, coordinator, auditor, outreach */
	int64_t unit_id;                   /* 0 where none; then unit_sealed is unused */
	uint8_t public_key[UNIT_KEY];
	uint8_t secret_blob[PERSON_BLOB];
	uint8_t unit_sealed[UNIT_SEALED];
	int64_t created_ms;
	char added_by[PERSON_NAME_SIZE];   /* whose password did it; "": the recovery key */
};

/* How many there are, removed ones too. */
int64_t person_row_count(struct store *s);

/* In the open transaction; sets row->id. HL_EEXIST sticks where the name is taken. */
void person_row_insert(struct store *s, struct person_row *row);

/* They are nobody from now on: what their password opened is overwritten, their name is never another's. False where there was none. */
bool person_row_remove(struct store *s, const char *name, int64_t now_ms);

/* Whether somebody has or had this name. */
bool person_row_is_known(struct store *s, const char *name);

/* One who was not removed. HL_ENOENT, HL_ECORRUPT (blobs of wrong sizes). */
int person_row_find(struct store *s, const char *name, struct person_row *row);

/* Those who were not removed, by name: without their blobs. Returns how many were written to rows[max]. */
size_t person_row_list(struct store *s, struct person_row *rows, size_t max);

#endif
