#include "core/people/units.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/meta.h"
#include "store/unit.h"
#include "vault/vault.h"

#define UNITS_MAX 16

struct units {
	struct unit list[UNITS_MAX];
	size_t count;
	uint8_t recovery_public[VAULT_KEY];
};

struct units *units_new(struct core *core, struct hl_reason *reason)
{
	static const char mend[] = "restore the database from a backup";
	struct unit_row rows[UNITS_MAX];
	struct units *u = hl_calloc(1, sizeof(*u));

	_Static_assert(sizeof(u->list[0].name) == UNIT_NAME_SIZE && sizeof(u->list[0].public_key) == UNIT_KEY, "one size of both");
	u->count = unit_row_list(core->store, rows, UNITS_MAX);
	if (store_error(core->store) || u->count == 0)
		hl_fail(reason, HL_ECORRUPT, "the units cannot be read from the database; %s", mend);
	else if (!meta_get_blob(core->store, "recovery_public", u->recovery_public, sizeof(u->recovery_public)))
		hl_fail(reason, HL_ECORRUPT, "the public recovery key cannot be read from the database; %s", mend);
	else {
		for (size_t i = 0; i < u->count; i++) {
			u->list[i].id = rows[i].id;
			memcpy(u->list[i].name, rows[i].name, sizeof(u->list[i].name));
			memcpy(u->list[i].public_key, rows[i].public_key, sizeof(u->list[i].public_key));
		}
		return u;
	}
	free(u);
	return NULL;
}

void units_free(struct units *u)
{
	free(u);
}

const struct unit *unit_by_id(const struct units *u, int64_t id)
{
	for (size_t i = 0; u && i < u->count; i++)
		if (u->list[i].id == id)
			return &u->list[i];
	return NULL;
}

const struct unit *unit_by_name(const struct units *u, const char *name)
{
	for (size_t i = 0; u && i < u->count; i++)
		if (strcmp(u->list[i].name, name) == 0)
			return &u->list[i];
	return NULL;
}

const uint8_t *unit_recovery_public(const struct units *u)
{
	return u->recovery_public;
}
