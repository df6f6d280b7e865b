/* The room of those who agreed to campaigns: imports that are taken whole or not at all, joining and leaving by text. A number comes in here,
 * is sealed at once and never leaves but into the outbox. No text that is a report goes through here before triage has had it. */
#ifndef HL_CORE_CONTACTS_CONTACTS_H
#define HL_CORE_CONTACTS_CONTACTS_H

#include "core/core.h"

struct contacts;

#define CONTACTS_IMPORT_MOST 1000000 /* rows of one file */
#define CONTACTS_IMPORT_IDLE_S 600   /* after which a file that stopped coming makes room for another */
#define CONTACTS_GROUPS_MOST 500     /* groups there may be */

/* Goes on with an import that was decided before a restart, and drops one that was not. */
struct contacts *contacts_new(struct core *core);
void contacts_free(struct contacts *c);

/* For the files of this room; NULL once it ends. */
struct import;
struct import *contacts_import(const struct core *core);

/* Whether an import is being applied just now: a campaign planned meanwhile would have some of its people and not the others. */
bool contacts_import_is_applying(const struct core *core);

#endif
