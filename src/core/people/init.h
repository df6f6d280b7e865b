/* `hotlined --init`: makes what a new hotline needs, once: key files (in development), the keyring folder, the database with the units
 * ATPU, MDTF and IND, and the recovery key, which is printed and kept nowhere. It never touches what is there. */
#ifndef HL_CORE_PEOPLE_INIT_H
#define HL_CORE_PEOPLE_INIT_H

#include <stdbool.h>
#include <stdio.h>

#include "core/config/config.h"

/* make_keys: make the key files where config->keys has none; a service gets them as systemd credentials instead. out gets the
 * recovery key and what to do with it. The database appears under its name only when all of this has worked. HL_EEXIST: there is a
 * database; HL_ENOENT: keys are missing; HL_ECORRUPT, HL_EIO, HL_EFULL with the reason. */
int core_init(const struct config *config, bool make_keys, FILE *out, struct hl_reason *reason);

#endif
