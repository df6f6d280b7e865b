#include "store/schema_made.h"

#include <stdio.h>

struct schema_made *schema_make(struct store *s, struct schema_made *made, const char *verb,
	size_t (*find)(struct store *s, const char *what, struct schema_reference out[SCHEMA_REFERENCES_MAX]), const char *what,
	bool (*wanted)(const struct schema_reference *r))
{
	struct schema_reference found[SCHEMA_REFERENCES_MAX];
	size_t n = made->ready ? 0 : find(s, what, found);

	if (made->ready)
		return made;
	made->count = 0;
	for (size_t i = 0; i < n; i++) {
		if (!wanted(&found[i]))
			continue;
		snprintf(made->text[made->count], sizeof(made->text[0]), "%s FROM \"%.47s\" WHERE \"%.47s\" = ?", verb, found[i].table,
			found[i].column);
		made->sql[made->count].sql = made->text[made->count];
		made->count++;
	}
	made->ready = store_error(s) == 0;
	return made;
}
