/* The end of the audit trail, kept beside it under a key of ours, so that rows cut off there are seen: with each commit, how
 * many rows there are and the hash of the last. Where the trail does not fit its anchor when the core starts, the anchor is left
 * as it is, so that starting again hides nothing. It never mends anything. */
#ifndef HL_CORE_PEOPLE_ANCHOR_H
#define HL_CORE_PEOPLE_ANCHOR_H

#include "core/core.h"
#include "store/audit.h"
#include "vault/vault.h"

struct anchor;

/* After core->turn, store and vault. */
struct anchor *anchor_new(struct core *core);
void anchor_free(struct anchor *a);

/* Whether the trail did not fit when the core started. */
bool anchor_is_broken(const struct anchor *a);

/* Where the walk must look (core->store's anchor), and afterwards whether the trail was as anchored there. */
struct audit_mark anchor_mark(const struct core *core);
bool anchor_fits(const struct core *core, const struct audit_mark *mark);

/* Anchors the trail as it is, in the open transaction: what a new database begins with. */
void anchor_write(struct store *s, const struct vault *vault);

#endif
