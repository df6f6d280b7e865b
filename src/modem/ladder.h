/* Brings back a modem that is silent or refuses what it must not refuse: one measure after another (state.h), each
 * harsher, with bounded pauses. What this program may not do itself it asks systemd for, by its exit code: to switch the
 * modem's USB port off and on (EXIT_POWER, see systemd/hotline-usb-reset), or just to be started anew. */
#ifndef HL_MODEM_LADDER_H
#define HL_MODEM_LADDER_H

#include <event2/event.h>
#include <stdbool.h>

struct worker;

#define EXIT_POWER 69 /* EX_UNAVAILABLE */
#define POWER_ENV "HOTLINE_POWER" /* set where somebody switches the port at that */

struct ladder {
	unsigned failures;    /* in a row, since the last whole sweep */
	const struct ladder_rung *rung; /* the measure in progress */
	bool taken;           /* the modem said OK to its reset */
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
