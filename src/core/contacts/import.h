/* An import on its way: one at a time, its rows staged, then applied in steps between the turns of the loop, so that a tip waits for a step at
 * most. Once it is decided, it comes to its end, also after a restart; before that nobody is a subscriber because of it. */
#ifndef HL_CORE_CONTACTS_IMPORT_H
#define HL_CORE_CONTACTS_IMPORT_H

#include "core/contacts/contacts.h"
#include "core/contacts/fields.h"

struct import;

struct import *import_new(struct core *core);
void import_free(struct import *m);
bool import_is_applying(const struct import *m);

/* A turn failed: what was staged in memory's count may not be there, so the whole of it is dropped. */
void import_aborted(struct import *m);

struct import_order {
	const char *person, *source;  /* source "": each row says */
	int64_t consent_ms;
	int language, script;         /* -1: not said */
	const char *groups;           /* with line feeds between */
	bool skip_bad;                /* lines with errors are left out; else one is enough to refuse all */
};

/* Begins in the open turn; the id, or HL_EBUSY where another one is under way. */
int64_t import_begin(struct import *m, const struct import_order *order, struct hl_reason *why);

/* Stages one line. NULL, or what is wrong with it (valid until the next call); counts that. *err: HL_ENOENT where this
 * import is not the one under way, HL_EFULL where it has too many lines, the store's error. */
const char *import_line(struct import *m, int64_t id, const struct fields_written *w, int *err);
/* Lines with errors so far. */
int64_t import_bad(const struct import *m, int64_t id);

/* Decides in the open turn that all of it comes: HL_EINVAL where a line was bad, or there is none. */
int import_commit(struct import *m, int64_t id, struct hl_reason *why);
/* Or nothing of it. */
int import_drop(struct import *m, int64_t id, struct hl_reason *why);

/* Tells once of the next progress, after it is on disk; at once where it is over. Only one may wait. */
typedef void (*import_told)(void *arg, const struct import_row *row);
bool import_is_waited(const struct import *m);
void import_tell(struct import *m, int64_t id, import_told told, void *arg);

#endif
