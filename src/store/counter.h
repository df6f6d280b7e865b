/* Counters by name, as rows. They are kept in memory by core/counters.c, which alone decides when they are written. */
#ifndef HL_STORE_COUNTER_H
#define HL_STORE_COUNTER_H

#include "store/store.h"

/* 0 where it was never saved. */
int64_t counter_load(struct store *s, const char *name);
/* In the open transaction. */
void counter_save(struct store *s, const char *name, int64_t value);

#endif
