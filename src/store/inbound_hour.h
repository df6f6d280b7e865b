/* How many texts came in each hour, for a month: what is usual. Hours since 1970 UTC. */
#ifndef HL_STORE_INBOUND_HOUR_H
#define HL_STORE_INBOUND_HOUR_H

#include "store/store.h"

void store_inbound_hour_add(struct store *s, int64_t hour, int64_t texts);
int64_t store_inbound_hour_get(struct store *s, int64_t hour); /* 0 where nothing came */
int64_t store_inbound_hour_first(struct store *s);             /* the oldest kept, 0 where none is */
void store_inbound_hour_forget(struct store *s, int64_t before);

#endif
