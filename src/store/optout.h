/* Who said STOP: keyed hashes, never numbers, so that the list outlives every contact and tells nobody who is on it. */
#ifndef HL_STORE_OPTOUT_H
#define HL_STORE_OPTOUT_H

#include "store/store.h"

#define OPTOUT_ALIAS 32

/* The contact's alias goes onto the list; message_id is the text that said so. The first time stays. */
void optout_add(struct store *s, int64_t contact_id, int64_t message_id, int64_t time_ms);
/* Only an opt-in of their own takes it off again. */
void optout_remove(struct store *s, int64_t contact_id);
bool optout_has(struct store *s, const uint8_t alias[OPTOUT_ALIAS]);

#endif
