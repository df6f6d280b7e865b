/* Subscribers of a selection, in pages by id: a campaign is planned over any number of them without holding more than a page, and goes on
 * after a restart from the last id. Facts for eligibility come with each row, by the same rules as subscriber_look(). */
#ifndef HL_STORE_SUBSCRIBER_SELECT_H
#define HL_STORE_SUBSCRIBER_SELECT_H

#include "store/subscriber.h"

#define SUBSCRIBER_SELECT_SIZE 512

/* Everybody where nothing is said. Lists are of words between line feeds, with one before and one behind: subscriber_select_add(). */
struct subscriber_selection {
	char districts[SUBSCRIBER_SELECT_SIZE]; /* keys; "?" for those of whom none is known */
	char groups[SUBSCRIBER_SELECT_SIZE];    /* ids of groups: in any of them */
	int language;                           /* enum subscriber_language, or -1 */
};

/* Adds a word to a list of a selection: false where it does not fit or has a line feed in it. */
bool subscriber_select_add(char list[SUBSCRIBER_SELECT_SIZE], const char *word);

struct subscriber_found { struct subscriber_row row; struct subscriber_facts facts; };

/* The first of the selection above *after, in order of id; returns how many. It looks at no more than SUBSCRIBER_STRETCH ids, however few of them
 * are of the selection, and moves *after to where it goes on; *end once nobody is left. Stopped ones are among them: the facts say so. */
#define SUBSCRIBER_STRETCH 2000
size_t subscriber_select_stretch(struct store *s, const struct subscriber_selection *sel, int64_t *after, struct subscriber_found *found, size_t max,
	bool *end);

#endif
