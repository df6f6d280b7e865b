/* Numbered migrations: schema_N.sql takes a database from version N - 1 to N, in one transaction. Adding one is adding a file,
 * its name to SCHEMAS in local.mk, a declaration here and a row in migrate.c. A schema that was released is never edited. */
#ifndef HL_STORE_MIGRATE_H
#define HL_STORE_MIGRATE_H

#include <sqlite3.h>

#include "base/error.h"

#define STORE_APPLICATION_ID 0x486F744C /* "HotL" in the file's header: file(1) and we know it by that */

extern const char store_schema_1[];

/* The number of the newest schema. */
int store_schema_newest(void);

/* Whether the database is ours and not newer than we are: 0, HL_ECORRUPT (another application's) or HL_EVERSION. */
int store_schema_check(sqlite3 *db, const char *path, struct hl_reason *reason);

/* Runs what is missing, each in a transaction of its own; an empty file becomes ours. HL_EFULL, HL_EIO with the reason. */
int store_migrate(sqlite3 *db, const char *path, struct hl_reason *reason);

#endif
