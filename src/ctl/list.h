/* Commands that show a list of the core as a table: ask, print a row each, or the JSON. */
#ifndef HL_CTL_LIST_H
#define HL_CTL_LIST_H

#include "ctl/ctl.h"
#include "ctl/table.h"

struct list {
	const char *op, *key;         /* the request and the array in its answer */
	const char *const *titles;
	void (*row)(struct table *t, const json_t *item, int64_t now_ms);
	const char *nothing;          /* said where the list is empty */
	bool pieces;                  /* an answer with "more" is gone on with: list_goes_on() */
};

/* Takes over more, fields beside "op" (may be NULL). */
int list_run(struct ctl *ctl, const struct list *list, json_t *more);
/* after() says more below the table. */
int list_run_then(struct ctl *ctl, const struct list *list, json_t *more, void (*after)(const json_t *answer));

/* Where a list goes on, for "after" of the next request: what the answer says (some look at part of what there is only, and may have found nothing
 * there), else its last item. 0: it is complete. */
int64_t list_goes_on(const json_t *answer, const char *key);

/* A cell with a word that has a colour of its own. */
void list_word(struct table *t, const char *word);
void list_age(struct table *t, int64_t now_ms, int64_t then_ms);

#endif
