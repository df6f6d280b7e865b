/* The states of a worker and what leads from one to the next, as one table; and the ladder of measures against a modem
 * that does not answer, as another. Pure: worker.c does what a state means. */
#ifndef HL_MODEM_STATE_H
#define HL_MODEM_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "wire/link.h"

enum modem_state {
	STATE_NONE, /* no such transition */
	STATE_ABSENT, STATE_OPENING, STATE_PROBING, STATE_PIN, STATE_REGISTERING, STATE_READY, STATE_SWEEPING,
	STATE_SENDING, STATE_STUCK, STATE_RESETTING, STATE_BROKEN,
	STATE_COUNT
};

enum modem_event {
	EVENT_OPEN,        /* the tty is to be opened */
	EVENT_OPENED,
	EVENT_GONE,        /* the tty is not there, or went away */
	EVENT_ANSWERED,    /* the modem answers; now its SIM */
	EVENT_UNLOCKED,    /* the SIM is usable and everything is set */
	EVENT_NETWORK,     /* registered */
	EVENT_NO_NETWORK,
	EVENT_SWEEP, EVENT_SUBMIT, EVENT_IDLE, /* what a usable modem is busy with */
	EVENT_SILENT,      /* a command was not answered, or refused beyond patience */
	EVENT_RESTARTED,   /* the modem lost its settings */
	EVENT_RESET,       /* the ladder restarts it */
	EVENT_RECOVERED,   /* it answers again */
	EVENT_REFUSED,     /* a person is needed: PIN, PUK, no SIM */
	EVENT_RETRY,
	EVENT_COUNT
};

/* Where event leads from state: STATE_NONE where it cannot come, which is a bug of the caller's. */
enum modem_state state_next(enum modem_state state, enum modem_event event);

/* As on the wire: "absent" and so on. */
const char *state_name(enum modem_state state);
const char *event_name(enum modem_event event);

/* Initialised and with a usable SIM: texts can be read and deleted. */
bool state_can_receive(enum modem_state state);
/* And registered: texts can be sent. */
bool state_can_send(enum modem_state state);

struct ladder_rung {
	enum wire_measure measure;
	unsigned times;      /* in the first round; a measure that costs nothing is taken twice as often each round */
	int64_t pause_ms;    /* before it */
};

#define LADDER_ROUNDS_MAX 6 /* after so many times up the whole ladder systemd is asked for a restart */
#define LADDER_TIMES_MAX 32

/* The measure for the n-th failure in a row (from 0): one rung higher each time, round after round. What takes the modem away
 * for a while comes more and more seldom, but it is asked for a sign of life all the time, so that one that comes back by
 * itself is noticed at once. NULL after the last round. */
const struct ladder_rung *ladder_step(unsigned n);

#endif
