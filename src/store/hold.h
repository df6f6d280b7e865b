/* Legal holds: a case that has one is not erased, whatever its age. */
#ifndef HL_STORE_HOLD_H
#define HL_STORE_HOLD_H

#include "store/store.h"

bool hold_get(struct store *s, int64_t case_id);
void hold_set(struct store *s, int64_t case_id, const char *person, int64_t time_ms);
void hold_clear(struct store *s, int64_t case_id);

#endif
