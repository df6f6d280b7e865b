/* Units (ATPU, MDTF) and the recovery key, as intake needs them: public keys, read once from the store. */
#ifndef HL_CORE_PEOPLE_UNITS_H
#define HL_CORE_PEOPLE_UNITS_H

#include <stdint.h>

#include "core/core.h"

struct units;

struct unit { int64_t id; char name[16]; uint8_t public_key[32]; };

struct units *units_new(struct core *core, struct hl_reason *reason);
void units_free(struct units *u);
const struct unit *unit_by_id(const struct units *u, int64_t id);      /* or NULL; u may be NULL: there are none */
const struct unit *unit_by_name(const struct units *u, const char *name); /* the same */
const uint8_t *unit_recovery_public(const struct units *u);

#endif
