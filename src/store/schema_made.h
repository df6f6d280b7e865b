/* Statements made of what the schema says of itself, once for each place that asks: one for each table that hangs on another, so that
 * a new table cannot be forgotten. Table and column are the schema's own names, never outside input. Only for the files of src/store/. */
#ifndef HL_STORE_SCHEMA_MADE_H
#define HL_STORE_SCHEMA_MADE_H

#include "store/schema.h"

struct schema_made { struct store_sql sql[SCHEMA_REFERENCES_MAX]; char text[SCHEMA_REFERENCES_MAX][256]; size_t count; bool ready; };

/* "verb FROM table WHERE column = ?" for what find(what) gives and wanted() takes. made is static and begins empty; it is returned. */
struct schema_made *schema_make(struct store *s, struct schema_made *made, const char *verb,
	size_t (*find)(struct store *s, const char *what, struct schema_reference out[SCHEMA_REFERENCES_MAX]), const char *what,
	bool (*wanted)(const struct schema_reference *r));

#endif
