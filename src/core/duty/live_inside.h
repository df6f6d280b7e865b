/* What the files of this room share about the running roster; no other file includes it. */
#ifndef HL_CORE_DUTY_LIVE_INSIDE_H
#define HL_CORE_DUTY_LIVE_INSIDE_H

#include "core/duty/live.h"

#define LIVE_TOLD_MAX 5

struct live_words { size_t count; char list[LIVE_TOLD_MAX][256]; };

struct roster_live {
	struct core *core;
	struct roster_stamp seen;     /* of the file, when it was looked at last */
	struct live_words refused;    /* why the file, or what was imported, is not in force */
	struct live_words dropped;    /* overrides that nobody can follow */
	char imported_by[64];         /* "": the roster is the file's */
	struct roster *next;          /* in force after the commit */
	char next_by[64];
	bool stale;                   /* the overrides of the database are others after the commit */
	struct cover_span cover[ROSTER_LIVE_COVER_MAX];
	size_t cover_count;
	int64_t cover_slot;           /* the quarter of an hour in which that was found */
};

/* Adds words for people; beyond LIVE_TOLD_MAX they are only counted. */
void live_keep_words(struct live_words *w, const char *text);

/* Reads the overrides of the database again and puts them into the roster that is in force; what cannot be followed is kept in l->dropped
 * (live_override.c). */
void live_put_overrides(struct roster_live *l);

/* Looks anew for gaps, if a new quarter of an hour has begun or force is true. */
void live_cover(struct roster_live *l, bool force);

/* Tells of shifts that begin and of those that nobody has (shift.c). */
void live_shifts(struct roster_live *l);

#endif
