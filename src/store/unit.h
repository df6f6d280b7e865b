/* Units (ATPU, MDTF): rows of the table unit. A unit's secret key is only here as it was sealed to the recovery key. */
#ifndef HL_STORE_UNIT_H
#define HL_STORE_UNIT_H

#include "store/store.h"

#define UNIT_NAME_SIZE 16
#define UNIT_KEY 32
#define UNIT_SEALED 80 /* a key sealed to a public key (vault/people.h) */

struct unit_row {
	int64_t id;
	char name[UNIT_NAME_SIZE];
	uint8_t public_key[UNIT_KEY];
	uint8_t recovery_sealed[UNIT_SEALED];
};

/* In the open transaction; sets row->id. */
void unit_row_insert(struct store *s, struct unit_row *row);

/* In order of id; returns how many were written to rows[max]. A row with blobs of wrong sizes fails with HL_ECORRUPT (store_error). */
size_t unit_row_list(struct store *s, struct unit_row *rows, size_t max);

/* HL_ENOENT where there is none. */
int unit_row_find(struct store *s, int64_t id, struct unit_row *row);

#endif
