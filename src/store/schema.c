#include "store/schema.h"

#include <sysexits.h>

static size_t read_all(struct store *s, sqlite3_stmt *st, struct schema_reference out[SCHEMA_REFERENCES_MAX])
{
	size_t n = 0;

	while (store_row(s, st)) {
		if (n == SCHEMA_REFERENCES_MAX)
			hl_fatal(EX_SOFTWARE, "more tables hang on one than erasing knows to look at: raise SCHEMA_REFERENCES_MAX");
		store_column_text(st, 0, out[n].table, sizeof(out[n].table));
		store_column_text(st, 1, out[n].column, sizeof(out[n].column));
		n++;
	}
	return n;
}

size_t schema_references(struct store *s, const char *table, struct schema_reference out[SCHEMA_REFERENCES_MAX])
{
	static struct store_sql sql = {
		"SELECT m.name, f.\"from\" FROM sqlite_schema m, pragma_foreign_key_list(m.name) f "
		"WHERE m.type = 'table' AND f.\"table\" = ? ORDER BY 1, 2", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "t", table);
	return read_all(s, st, out);
}

size_t schema_with_column(struct store *s, const char *column, struct schema_reference out[SCHEMA_REFERENCES_MAX])
{
	static struct store_sql sql = {
		"SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c "
		"WHERE m.type = 'table' AND c.name = ? ORDER BY 1", 0
	};
	sqlite3_stmt *st = store_stmt(s, &sql);

	store_bind(s, st, "t", column);
	return read_all(s, st, out);
}
