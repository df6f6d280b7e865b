#include "ussd/target.h"

#include <string.h>

#include "ussd/form.h"

const char *target_path(const char *target, const char *path)
{
	size_t len = strcmp(path, "/") == 0 ? 0 : strlen(path);

	if (strncmp(target, path, len) != 0)
		return NULL;
	if (len == 0 && (strcmp(target, "/") == 0 || strncmp(target, "/?", 2) == 0))
		return target + 1;
	return strchr("/?", target[len]) ? target + len : NULL;
}

bool target_query(const char *target, const char *name, char *value, size_t size)
{
	const char *query = strchr(target, '?');
	struct form_field fields[] = { { name, value, size, false }, { NULL, NULL, 0, false } };

	return query && form_read(query + 1, strlen(query + 1), fields, NULL) == 0 && fields[0].seen;
}
