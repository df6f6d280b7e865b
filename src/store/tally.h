/* Numbers that outlive the cases they count: how often what was corrected, recorded or referred, by month. A topic and a key
 * are words of tables and of the configuration, never anything a texter or an officer wrote. */
#ifndef HL_STORE_TALLY_H
#define HL_STORE_TALLY_H

#include "store/store.h"

/* Adds n (may be negative) in the open transaction; the month is that of wall_ms in UTC. */
void tally_add(struct store *s, int64_t wall_ms, const char *topic, const char *key, int64_t n);

/* Over all months, in order of key. */
void tally_each(struct store *s, const char *topic, void (*each)(const char *key, int64_t value, void *arg), void *arg);

#endif
