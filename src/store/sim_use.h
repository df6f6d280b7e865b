/* How many parts of texts each SIM has sent, by the hour: what caps of a day and an hour are measured by. */
#ifndef HL_STORE_SIM_USE_H
#define HL_STORE_SIM_USE_H

#include "store/store.h"

/* hour: hours since 1970 UTC. */
void store_sim_use_add(struct store *s, const char *imsi, int64_t hour, int64_t parts);

/* The sum over the hours from..to, both with. */
int64_t store_sim_use_sum(struct store *s, const char *imsi, int64_t from, int64_t to);

/* Hours before this one are not needed any more. */
void store_sim_use_forget(struct store *s, const char *imsi, int64_t before);

#endif
