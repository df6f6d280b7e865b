/* Which texts a person has opened within a day, so that somebody who reads very many is noticed. No text; it is forgotten with the day. */
#ifndef HL_STORE_TEXT_VIEW_H
#define HL_STORE_TEXT_VIEW_H

#include "store/store.h"

#define TEXT_VIEW_DAY 24 /* hours */

struct text_view_counts { int64_t hour, day; };

/* How many different ones in this hour (since 1970) and in the 24 that end with it; own: only of cases that are theirs. Forgets
 * what is older, and what a clock that was wrong left in the future. In the open transaction. */
struct text_view_counts text_view_count(struct store *s, const char *person, int64_t hour, bool own);

/* Whether this text is among them already, of whichever kind. */
bool text_view_has(struct store *s, const char *person, int64_t text, int64_t hour);
/* Whether anybody has opened a text of this case. */
bool text_view_of_case(struct store *s, int64_t case_id);
void text_view_put(struct store *s, const char *person, int64_t text, int64_t hour, bool own);

/* What is older than a day, of everybody. */
void text_view_expire(struct store *s, int64_t hour);

/* Begins anew for this person. */
void text_view_forget(struct store *s, const char *person);

/* The hour in which others were told of this person; INT64_MIN never. */
int64_t text_view_told(struct store *s, const char *person);
void text_view_set_told(struct store *s, const char *person, int64_t hour);

#endif
