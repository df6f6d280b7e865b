/* Whether the copy of a backup is sound in every page, index and reference, looked at in a thread of its own: reading all of a large
 * database would hold up the loop. It opens the copy, never the database; it decides nothing. */
#ifndef HL_CORE_BACKUP_CHECK_H
#define HL_CORE_BACKUP_CHECK_H

#include <event2/event.h>

#include "base/error.h"

struct check;

/* Begins to look at the file, which stays as it is until then; done is called once, from the loop, with 0 or HL_ECORRUPT and what is
 * wrong (which page, table or index; no content), or HL_EIO. */
struct check *check_start(struct event_base *base, const char *path, void (*done)(void *arg, int err, const struct hl_reason *why), void *arg);

/* After done, or instead of it: then it waits for the thread. NULL is nothing. */
void check_end(struct check *c);

#endif
