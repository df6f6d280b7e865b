/* Brings back a modem that is silent or refuses what it must not refuse: one measure after another (state.h), each
 * harsher, with bounded pauses; at the end the program exits and systemd starts it anew. */
#ifndef HL_MODEM_LADDER_H
#define HL_MODEM_LADDER_H

#include <event2/event.h>
#include <stdbool.h>

struct worker;

struct ladder {
	unsigned failures;    /* in a row, since the last whole sweep */
	const void *rung;     /* the measure in progress */
	unsigned asked;       /* how often the modem was asked for a sign since */
	struct event *timer;
};

void ladder_init(struct worker *w);
void ladder_free(struct worker *w);

/* The next measure. */
void ladder_climb(struct worker *w);
/* The state changed otherwise: nothing more is to be done. */
void ladder_stop(struct worker *w);
/* The modem said something that only a modem that starts says. */
void ladder_heard_start(struct worker *w);

#endif
