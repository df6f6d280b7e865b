#include "modem/state.h"

#include <stddef.h>

static const char *const state_names[STATE_COUNT] = {
	[STATE_NONE] = "none", [STATE_ABSENT] = "absent", [STATE_OPENING] = "opening", [STATE_PROBING] = "probing",
	[STATE_PIN] = "pin", [STATE_REGISTERING] = "registering", [STATE_READY] = "ready",
	[STATE_SWEEPING] = "sweeping", [STATE_SENDING] = "sending", [STATE_STUCK] = "stuck",
	[STATE_RESETTING] = "resetting", [STATE_BROKEN] = "broken",
};

static const char *const event_names[EVENT_COUNT] = {
	[EVENT_OPEN] = "open", [EVENT_OPENED] = "opened", [EVENT_GONE] = "gone", [EVENT_ANSWERED] = "answered",
	[EVENT_UNLOCKED] = "unlocked", [EVENT_NETWORK] = "network", [EVENT_NO_NETWORK] = "no_network",
	[EVENT_SWEEP] = "sweep", [EVENT_SUBMIT] = "submit", [EVENT_IDLE] = "idle", [EVENT_SILENT] = "silent",
	[EVENT_RESTARTED] = "restarted", [EVENT_RESET] = "reset", [EVENT_RECOVERED] = "recovered",
	[EVENT_REFUSED] = "refused", [EVENT_RETRY] = "retry",
};

/* In any state with an open tty it can go away. */
#define GONE [EVENT_GONE] = STATE_ABSENT
/* Whoever talks to the modem can find it silent, restarted or in need of a person. */
#define TALKING GONE, [EVENT_SILENT] = STATE_STUCK, [EVENT_RESTARTED] = STATE_PROBING, [EVENT_REFUSED] = STATE_BROKEN
#define USABLE TALKING, [EVENT_NO_NETWORK] = STATE_REGISTERING

static const unsigned char table[STATE_COUNT][EVENT_COUNT] = {
	[STATE_ABSENT] = { GONE, [EVENT_OPEN] = STATE_OPENING },
	[STATE_OPENING] = { GONE, [EVENT_OPENED] = STATE_PROBING },
	[STATE_PROBING] = { TALKING, [EVENT_ANSWERED] = STATE_PIN },
	[STATE_PIN] = { TALKING, [EVENT_UNLOCKED] = STATE_REGISTERING },
	[STATE_REGISTERING] = { USABLE, [EVENT_NETWORK] = STATE_READY },
	[STATE_READY] = { USABLE, [EVENT_NETWORK] = STATE_READY, [EVENT_SWEEP] = STATE_SWEEPING,
			  [EVENT_SUBMIT] = STATE_SENDING, [EVENT_IDLE] = STATE_READY },
	[STATE_SWEEPING] = { USABLE, [EVENT_NETWORK] = STATE_SWEEPING, [EVENT_SWEEP] = STATE_SWEEPING,
			     [EVENT_SUBMIT] = STATE_SENDING, [EVENT_IDLE] = STATE_READY },
	[STATE_SENDING] = { USABLE, [EVENT_NETWORK] = STATE_SENDING, [EVENT_SWEEP] = STATE_SWEEPING,
			    [EVENT_SUBMIT] = STATE_SENDING, [EVENT_IDLE] = STATE_READY },
	[STATE_STUCK] = { GONE, [EVENT_RESTARTED] = STATE_STUCK, [EVENT_SILENT] = STATE_STUCK,
			  [EVENT_RESET] = STATE_RESETTING, [EVENT_RECOVERED] = STATE_PROBING },
	[STATE_RESETTING] = { GONE, [EVENT_RESTARTED] = STATE_RESETTING, [EVENT_SILENT] = STATE_STUCK,
			      [EVENT_RECOVERED] = STATE_PROBING },
	[STATE_BROKEN] = { GONE, [EVENT_RESTARTED] = STATE_BROKEN, [EVENT_RETRY] = STATE_PROBING },
};

enum modem_state state_next(enum modem_state state, enum modem_event event)
{
	return (enum modem_state)table[state][event];
}

const char *state_name(enum modem_state state)
{
	return state_names[state];
}

const char *event_name(enum modem_event event)
{
	return event_names[event];
}

bool state_can_receive(enum modem_state state)
{
	return state == STATE_REGISTERING || state_can_send(state);
}

bool state_can_send(enum modem_state state)
{
	return state == STATE_READY || state == STATE_SWEEPING || state == STATE_SENDING;
}

/* From what costs nothing to what takes the modem away for a while. */
static const struct ladder_rung rungs[] = {
	{ WIRE_MEASURE_ESCAPE, 1, 0 },       /* it may wait for a text at a prompt (TS 27.005 4.3) */
	{ WIRE_MEASURE_ASK, 2, 500 },
	{ WIRE_MEASURE_DEFAULTS, 1, 500 },   /* echo off, words for results: someone changed how it talks */
	{ WIRE_MEASURE_RESET, 1, 0 },        /* the profile's command, CFUN=1,1 of TS 27.007 8.2 */
	{ WIRE_MEASURE_REOPEN, 1, 0 },       /* drops DTR; a USB driver starts anew */
	{ WIRE_MEASURE_POWER, 1, 0 },        /* its USB port is switched off and on, by systemd's unit */
};
#define RUNGS (sizeof(rungs) / sizeof(rungs[0]))

static unsigned times_of(const struct ladder_rung *rung, unsigned round)
{
	unsigned times = rung->measure == WIRE_MEASURE_ASK ? rung->times << round : rung->times;

	return times < LADDER_TIMES_MAX ? times : LADDER_TIMES_MAX;
}

const struct ladder_rung *ladder_step(unsigned n)
{
	for (unsigned round = 0; round < LADDER_ROUNDS_MAX; round++) {
		for (size_t i = 0; i < RUNGS; i++) {
			unsigned times = times_of(&rungs[i], round);
			if (n < times)
				return &rungs[i];
			n -= times;
		}
	}
	return NULL;
}
