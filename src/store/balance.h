/* The credit of SIMs as their operators last told it, by IMSI. */
#ifndef HL_STORE_BALANCE_H
#define HL_STORE_BALANCE_H

#include "store/store.h"

struct balance_row {
	int64_t amount;  /* whole units of the operator's currency */
	int64_t told_ms; /* wall time */
	bool low;        /* below the mark: warned of */
};

/* False where it was never told. */
bool store_balance_get(struct store *s, const char *imsi, struct balance_row *row);
void store_balance_put(struct store *s, const char *imsi, const struct balance_row *row);

#endif
