/* Group commit: everything that arrives in one turn of the event loop shares one transaction. Handlers call
 * turn_begin(), change the store, and hand their answers to turn_reply(); when the loop has run every ready event,
 * the turn pumps the dispatcher, commits, and only then lets the answers out. If the commit fails, nobody hears that
 * it worked. */
#ifndef HL_CORE_TURN_H
#define HL_CORE_TURN_H

#include "core/core.h"

/* Bounds of one turn, so that the first to come does not wait long for the last: changes (calls of turn_begin) and
 * time. */
#define TURN_CHANGES_MAX 100
#define TURN_MS_MAX 8
#define TURN_CHANGES_BUSY 8 /* from which others are coming already: the log is moved later */
#define TURN_HOOKS_MAX 16

/* Priorities of the event loop. Every other event has TURN_PRIORITY_WORK, which is libevent's default of three. */
enum { TURN_PRIORITY_FULL, TURN_PRIORITY_WORK, TURN_PRIORITY_IDLE, TURN_PRIORITIES };

struct turn;

/* A room's hooks into the turn; any may be NULL. */
struct turn_hooks {
	void (*before_commit)(struct core *core);  /* last writes of the turn, e.g. lease texts to idle links */
	void (*after_commit)(struct core *core);   /* it is on disk */
	void (*after_abort)(struct core *core, int err); /* nothing of this turn is on disk: forget it, reload from disk */
};

/* core->base must have TURN_PRIORITIES priorities (event_base_priority_init). */
struct turn *turn_new(struct core *core);
/* Ends an open turn first. */
void turn_free(struct turn *t);
/* Hooks run in the order they were added. The struct must outlive the turn. */
void turn_add_hooks(struct turn *t, const struct turn_hooks *hooks);

/* Opens the transaction of this turn if it is not open, and schedules its end. */
void turn_begin(struct turn *t);

/* Calls done(arg, 0) after the commit, or done(arg, err) if the turn was aborted; always exactly once. */
void turn_reply(struct turn *t, void (*done)(void *arg, int err), void *arg);

/* Ends the turn now instead of when the loop is idle (shutdown, tests). Returns what store_commit() returned, 0 if
 * none was open. Not from inside a hook. */
int turn_end(struct turn *t);

#endif
