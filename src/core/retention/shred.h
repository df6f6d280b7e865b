/* The weekly keys at the end of their time: what must outlive a week goes to this week's key, then the old key is destroyed, and with it
 * every copy of what was erased, in whatever backup it is. A key is destroyed only after the rows that went are gone from the disk. */
#ifndef HL_CORE_RETENTION_SHRED_H
#define HL_CORE_RETENTION_SHRED_H

#include "core/core.h"
#include "core/retention/policy.h"
#include "vault/vault.h"

#define SHRED_TEXTS 50 /* moved in one step */

/* What is to be done with a week's key now; of unknown texts, KEEP. */
enum retention_key shred_look(struct core *core, const char *week, int64_t now_ms);

/* Moves up to SHRED_TEXTS of what is left of the week, in the open turn; returns how many were moved, 0 when none is left, or an error:
 * the week must then be kept. */
int shred_move(struct core *core, const char *week, int64_t now_ms);

/* Destroys the key: a turn of its own, then the file. HL_ESTATE where something still needs it (it is kept). */
int shred_destroy(struct core *core, const char *week, int64_t now_ms);

#endif
