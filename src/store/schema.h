/* What the schema says of itself: which tables hang on a row of another, and which keep sealed texts. Erasing asks here instead
 * of a list somebody would forget to add a new table to. Only for the files of src/store/. */
#ifndef HL_STORE_SCHEMA_H
#define HL_STORE_SCHEMA_H

#include "store/store.h"

#define SCHEMA_REFERENCES_MAX 32
#define SCHEMA_NAME_SIZE 48

struct schema_reference { char table[SCHEMA_NAME_SIZE], column[SCHEMA_NAME_SIZE]; };

/* The columns that refer to `table` (REFERENCES). Returns how many were written; more than fit is a bug and ends the program. */
size_t schema_references(struct store *s, const char *table, struct schema_reference out[SCHEMA_REFERENCES_MAX]);

/* The tables that have a column of this name, with that column. */
size_t schema_with_column(struct store *s, const char *column, struct schema_reference out[SCHEMA_REFERENCES_MAX]);

#endif
