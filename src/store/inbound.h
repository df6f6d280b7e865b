/* What was ever stored from a SIM, by hash: exactly one row for each PDU, so that reading it again is harmless. */
#ifndef HL_STORE_INBOUND_H
#define HL_STORE_INBOUND_H

#include "store/store.h"

#define INBOUND_HASH 32

/* What a PDU became; row is the id in that table, 0 where it has none. Stored: never renumber. */
enum inbound_kind { INBOUND_MESSAGE, INBOUND_PART, INBOUND_REPORT, INBOUND_QUARANTINE, INBOUND_COMMAND, INBOUND_LOOP,
	INBOUND_CALL, INBOUND_MENU }; /* stored: never renumber */

bool inbound_known(struct store *s, const uint8_t hash[INBOUND_HASH]);
void inbound_add(struct store *s, const uint8_t hash[INBOUND_HASH], enum inbound_kind kind, int64_t row,
	int64_t time_ms);

#endif
