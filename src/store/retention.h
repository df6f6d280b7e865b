/* Erasing rows, and moving sealed texts to another week's key: what core/retention/ decided, as SQL. Everything in the open
 * transaction and in bounded pieces. What refers to a case goes with it, by the schema's own references. */
#ifndef HL_STORE_RETENTION_H
#define HL_STORE_RETENTION_H

#include "store/store.h"

#define RETENTION_WEEK 9     /* "2026-W47" and a NUL */
#define RETENTION_WRAP 256   /* octets of wrapped keys, at most */

/* ---- cases ------------------------------------------------------------------------------------------------------------ */

/* The first case above this id; 0 where there is none. */
int64_t retention_next_case(struct store *s, int64_t after);
/* Whether one of its texts is still on its way out, or another case was merged into it. */
bool retention_case_is_needed(struct store *s, int64_t case_id);

/* What memory counts of the rows that go. */
struct retention_gone {
	void (*outbox)(void *arg, int lane, int state);
	void (*alert)(void *arg, int state);
	void *arg;
};

/* The case and everything that refers to it. Marks the weeks of its texts as erased from. */
void retention_erase_case(struct store *s, int64_t case_id, int64_t now_ms, const struct retention_gone *gone);

/* ---- the rest ---------------------------------------------------------------------------------------------------------- */

/* The first row above this id, with the time since which it is old (0: not yet, nobody has looked); false where there is none. */
bool retention_next_quarantine(struct store *s, int64_t after, int64_t *id, int64_t *since_ms);
void retention_erase_quarantine(struct store *s, int64_t id, int64_t now_ms);

/* A stretch of the table, in order of its key: those last changed before before_ms are erased or, with dry, only counted. Goes on
 * from what *after says, and moves it; false at the end. */
struct retention_stretch { int64_t after; uint8_t hash[32]; size_t hash_len; int64_t found; };
bool retention_outbox(struct store *s, struct retention_stretch *at, int64_t before_ms, bool dry, const struct retention_gone *gone);
bool retention_hashes(struct store *s, struct retention_stretch *at, int64_t before_ms, bool dry);
/* Missed calls. */
bool retention_calls(struct store *s, struct retention_stretch *at, int64_t before_ms, bool dry);
/* People whose consent is older than this, or who said STOP before: their row, not the keyed hash of who said it. */
bool retention_subscribers(struct store *s, struct retention_stretch *at, int64_t before_ms, bool dry);
/* Recipients and answers of campaigns that were over before this, at most some hundred a call; found counts these rows. The campaign and
 * its sums stay. */
bool retention_campaigns(struct store *s, struct retention_stretch *at, int64_t before_ms, bool dry);
/* Numbers to which nothing refers any more. */
bool retention_contacts(struct store *s, struct retention_stretch *at, int64_t before_ms, bool dry);

/* ---- weeks ------------------------------------------------------------------------------------------------------------- */

struct retention_week_row { int64_t erased_ms; bool any, waiting, unknown; }; /* unknown: a table that we cannot move has texts of it */
void retention_look_week(struct store *s, const char *week, struct retention_week_row *row);

/* A sealed text of this week, of a family of texts that are bound alike; rows until each() returns false. */
struct retention_text { const char *table; int64_t id, case_id, time_ms; int direction; const uint8_t *wrap; size_t wrap_len; };
size_t retention_texts_of_week(struct store *s, const char *week, size_t max,
	bool (*each)(const struct retention_text *text, void *arg), void *arg);
void retention_move_text(struct store *s, const char *table, int64_t id, const uint8_t *wrap, size_t wrap_len, const char *week);
/* Its key is gone. */
void retention_forget_week(struct store *s, const char *week);

#endif
