/* The groups that a list of contacts would make, counted while it comes in: there are so many groups at most, and a column of something else that was
 * taken for groups must not make one of each line. It writes nothing: a list that is refused leaves no group behind. */
#ifndef HL_CORE_CONTACTS_IMPORT_GROUPS_H
#define HL_CORE_CONTACTS_IMPORT_GROUPS_H

#include "core/contacts/contacts.h"
#include "store/subscriber_import.h"

struct import_groups {
	size_t there;                                             /* when the import began */
	char made[CONTACTS_GROUPS_MOST][SUBSCRIBER_GROUP_SIZE];   /* that it would make */
	size_t count;
	char last[IMPORT_GROUPS_SIZE];                            /* of the last line that fitted: most lines are alike */
};

void import_groups_begin(struct import_groups *g, struct store *s);

/* Whether the groups of a line (names with a line feed between) fit beside those there are; then they are counted. */
bool import_groups_fit(struct import_groups *g, struct store *s, const char *list);

#endif
