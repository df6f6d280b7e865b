#include "core/contacts/import_groups.h"

#include <string.h>

#include "base/mem.h"
#include "store/subscriber.h"

void import_groups_begin(struct import_groups *g, struct store *s)
{
	g->there = subscriber_groups_count(s);
	g->count = 0;
	g->last[0] = '\0';
}

static bool fits(struct import_groups *g, struct store *s, const char *name)
{
	for (size_t i = 0; i < g->count; i++)
		if (strcmp(g->made[i], name) == 0)
			return true;
	if (subscriber_group_id(s, name, false, 0))
		return true;
	if (g->there + g->count >= CONTACTS_GROUPS_MOST)
		return false;
	hl_strlcpy(g->made[g->count++], SUBSCRIBER_GROUP_SIZE, name);
	return true;
}

bool import_groups_fit(struct import_groups *g, struct store *s, const char *list)
{
	char name[SUBSCRIBER_GROUP_SIZE];

	if (strcmp(g->last, list) == 0)
		return true;
	for (const char *at = list; *at; at += strcspn(at, "\n") + (at[strcspn(at, "\n")] == '\n')) {
		size_t len = strcspn(at, "\n");
		if (len >= sizeof(name))
			return false;
		memcpy(name, at, len);
		name[len] = '\0';
		if (!fits(g, s, name))
			return false;
	}
	hl_strlcpy(g->last, sizeof(g->last), list);
	return true;
}
