#include "store/migrate.h"

#include <stdio.h>

#include "store/inside.h"

static const char *const schemas[] = {
	store_schema_1,
};

#define SCHEMAS ((int)(sizeof(schemas) / sizeof(schemas[0])))

int store_schema_newest(void)
{
	return SCHEMAS;
}

int store_schema_check(sqlite3 *db, const char *path, struct hl_reason *reason)
{
	int64_t application, version;
	int rc = store_pragma_int(db, "PRAGMA application_id", &application);

	if (rc == SQLITE_OK)
		rc = store_pragma_int(db, "PRAGMA user_version", &version);
	if (rc == SQLITE_NOTADB)
		return hl_fail(reason, HL_ECORRUPT, "%s is not a database; restore it from a backup", path);
	if (rc != SQLITE_OK)
		return store_fail_open(db, rc, "reading", path, reason);
	if (application != STORE_APPLICATION_ID)
		return hl_fail(reason, HL_ECORRUPT, "%s was not made by hotlined; name another file as `database`", path);
	if (version > SCHEMAS)
		return hl_fail(reason, HL_EVERSION, "%s has schema %lld and this hotlined knows only %d; install the newer hotlined",
			path, (long long)version, SCHEMAS);
	return 0;
}

static int run_one(sqlite3 *db, int number)
{
	char stamp[96];
	int rc = sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL);

	if (rc != SQLITE_OK)
		return rc;
	rc = sqlite3_exec(db, schemas[number - 1], NULL, NULL, NULL);
	if (rc == SQLITE_OK) {
		snprintf(stamp, sizeof(stamp), "PRAGMA application_id = %d; PRAGMA user_version = %d", STORE_APPLICATION_ID, number);
		rc = sqlite3_exec(db, stamp, NULL, NULL, NULL);
	}
	if (rc == SQLITE_OK)
		rc = sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
	if (rc != SQLITE_OK && !sqlite3_get_autocommit(db))
		sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
	return rc;
}

int store_migrate(sqlite3 *db, const char *path, struct hl_reason *reason)
{
	int64_t version;
	int rc = store_pragma_int(db, "PRAGMA user_version", &version);

	for (int64_t n = version + 1; rc == SQLITE_OK && n <= SCHEMAS; n++)
		rc = run_one(db, (int)n);
	return rc == SQLITE_OK ? 0 : store_fail_open(db, rc, "making the tables of", path, reason);
}
