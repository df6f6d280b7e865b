/* `hotlined --restore FILE`: a backup becomes the database of a core that is stopped. It looks first, at everything: the recovery key, the
 * version, every page, the audit trail, the keys; only what passes gets the database's name, and never in place of one that is there. */
#ifndef HL_CORE_BACKUP_RESTORE_H
#define HL_CORE_BACKUP_RESTORE_H

#include <stdio.h>

#include "core/config/config.h"

/* The recovery key is the first line of in. out gets what was found. HL_EEXIST: there is a database; HL_EAUTH: another recovery key;
 * HL_EVERSION, HL_ECORRUPT, HL_EIO, HL_EFULL, HL_ENOENT with the reason: then nothing has changed. */
int core_restore(const struct config *config, const char *file, FILE *in, FILE *out, struct hl_reason *reason);

#endif
