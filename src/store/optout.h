/* Who said STOP: keyed hashes, never numbers, so that the list outlives every contact and tells nobody who is on it. */
#ifndef HL_STORE_OPTOUT_H
#define HL_STORE_OPTOUT_H

#include "store/store.h"

#define OPTOUT_ALIAS 32

/* Goes onto the list; message_id is the text that said so, 0 where they told a person. The first time stays: false where it is there. */
bool optout_add(struct store *s, const uint8_t alias[OPTOUT_ALIAS], int64_t message_id, int64_t time_ms);
/* Only an opt-in of their own takes it off again; false where it is not there. */
bool optout_remove(struct store *s, const uint8_t alias[OPTOUT_ALIAS]);
/* When they said so; 0: never. */
int64_t optout_time(struct store *s, const uint8_t alias[OPTOUT_ALIAS]);
bool optout_has(struct store *s, const uint8_t alias[OPTOUT_ALIAS]);

#endif
