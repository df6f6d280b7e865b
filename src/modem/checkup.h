/* What is asked of a usable modem at each sweep: whether it still has its settings (a silent restart loses them),
 * signal, network; and every few seconds, all at one waking, whether it is there at all, as it was set, with the same SIM.
 * That is a poll, because many a modem that restarts, hangs or gets another SIM says nothing. */
#ifndef HL_MODEM_CHECKUP_H
#define HL_MODEM_CHECKUP_H

#include <event2/event.h>
#include <stdbool.h>
#include <stddef.h>

struct worker;

struct checkup {
	size_t step;            /* row of the table; its length when nothing is to be asked */
	bool got;
	struct event *timer;    /* asks for a network while there is none */
	bool no_centre;         /* the SIM has no service centre */
	bool refused_centre;    /* and a text failed for that */
	struct event *watch;    /* an idle modem is looked at now and then */
};

void checkup_init(struct worker *w);
void checkup_free(struct worker *w);
void checkup_start(struct worker *w);
/* Only the network: after a change of registration, and now and then while there is none. */
void checkup_start_network(struct worker *w);
void checkup_stop(struct worker *w);

/* Looks at the modem from now on. */
void checkup_start_watch(struct worker *w);

/* Gives the idle modem the next question; false if none is left. */
bool checkup_next(struct worker *w);

/* A text was refused because no service centre is known: no others are taken until there is one. */
void checkup_no_centre(struct worker *w);

/* <stat> of +CREG (TS 27.007 7.2), asked for or told. */
void checkup_take_registration(struct worker *w, int stat);

#endif
