#include "core/people/anchor.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "base/log.h"
#include "base/mem.h"
#include "core/turn.h"
#include "store/meta.h"

#define KEY "audit_anchor"
#define ROWS 8
#define ANCHOR (ROWS + VAULT_HASH) /* how many rows, and the MAC over that and the hash of the last */

struct anchor {
	struct core *core;
	int64_t rows;  /* anchored, or about to be with the open turn */
	bool broken;
};

static void put_rows(uint8_t out[ROWS], int64_t rows)
{
	for (size_t i = 0; i < ROWS; i++)
		out[i] = (uint8_t)((uint64_t)rows >> (8 * i));
}

static int64_t get_rows(const uint8_t in[ROWS])
{
	uint64_t rows = 0;

	for (size_t i = 0; i < ROWS; i++)
		rows |= (uint64_t)in[i] << (8 * i);
	return (int64_t)rows;
}

static void write_head(struct store *s, const struct vault *vault, int64_t rows, const uint8_t head[AUDIT_HASH])
{
	uint8_t octets[ANCHOR];

	_Static_assert(AUDIT_HASH == VAULT_HASH, "one size of hashes");
	put_rows(octets, rows);
	vault_audit_mac(vault, rows, head, octets + ROWS);
	meta_set_blob(s, KEY, octets, sizeof(octets));
}

void anchor_write(struct store *s, const struct vault *vault)
{
	uint8_t head[AUDIT_HASH];
	int64_t rows = audit_head(s, head);

	write_head(s, vault, rows, head);
}

struct audit_mark anchor_mark(const struct core *core)
{
	struct audit_mark mark = { 0 };
	uint8_t octets[ANCHOR];

	if (meta_get_blob(core->store, KEY, octets, sizeof(octets)))
		mark.rows = get_rows(octets);
	return mark;
}

bool anchor_fits(const struct core *core, const struct audit_mark *mark)
{
	uint8_t octets[ANCHOR], mac[VAULT_HASH];

	if (!meta_get_blob(core->store, KEY, octets, sizeof(octets)) || !mark->passed)
		return false;
	vault_audit_mac(core->vault, mark->rows, mark->hash, mac);
	return sodium_memcmp(mac, octets + ROWS, sizeof(mac)) == 0;
}

static void before_commit(struct core *core)
{
	struct anchor *a = core->anchor;
	uint8_t head[AUDIT_HASH];
	int64_t rows;

	if (a->broken || store_error(core->store))
		return;
	rows = audit_head(core->store, head);
	if (rows != a->rows)
		write_head(core->store, core->vault, rows, head);
	a->rows = rows;
}

static void after_abort(struct core *core, int err)
{
	(void)err;
	core->anchor->rows = -1; /* whatever it is, it is written with the next turn */
}

static const struct turn_hooks hooks = { before_commit, NULL, after_abort };

struct anchor *anchor_new(struct core *core)
{
	struct anchor *a = hl_calloc(1, sizeof(*a));
	struct audit_mark here = { .passed = true };
	char head[2 * AUDIT_HASH + 1];

	a->core = core;
	a->rows = here.rows = audit_head(core->store, here.hash);
	a->broken = !anchor_fits(core, &here);
	hl_hex_encode(here.hash, sizeof(here.hash), head);
	if (a->broken)
		hl_log(HL_LOG_ERR, "audit", "cut_or_changed rows=%lld mend=\"see hotlinectl audit verify, and who had the database\"",
			(long long)here.rows);
	else
		hl_log(HL_LOG_NOTICE, "audit", "head rows=%lld hash=%s", (long long)here.rows, head);
	turn_add_hooks(core->turn, &hooks);
	return a;
}

void anchor_free(struct anchor *a)
{
	free(a);
}

bool anchor_is_broken(const struct anchor *a)
{
	return a && a->broken;
}
