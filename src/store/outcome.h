/* What came of cases: outcomes, and agencies that were told. Kinds are the numbers of core/case/outcome.h. No text. */
#ifndef HL_STORE_OUTCOME_H
#define HL_STORE_OUTCOME_H

#include "store/store.h"

struct outcome_row {
	int64_t case_id;
	int kind;
	char person[64], second[64];   /* who recorded it; who confirmed it, "" nobody */
	int64_t time_ms, confirmed_ms; /* confirmed_ms 0: waits for a second person */
};

bool outcome_get(struct store *s, int64_t case_id, int kind, struct outcome_row *row);
/* Inserts, or writes second and confirmed_ms where it is there. */
void outcome_put(struct store *s, const struct outcome_row *row);
void outcome_delete(struct store *s, int64_t case_id, int kind);
void outcome_each(struct store *s, int64_t case_id, void (*each)(const struct outcome_row *row, void *arg), void *arg);

struct referral_row { int64_t case_id, time_ms; char agency[32], person[64]; };

/* False where the agency was told of the case before. */
bool referral_insert(struct store *s, const struct referral_row *row);
void referral_each(struct store *s, int64_t case_id, void (*each)(const struct referral_row *row, void *arg), void *arg);

/* All of them become those of the other case; what that has already is not doubled. */
void outcome_move(struct store *s, int64_t from, int64_t into);

#endif
