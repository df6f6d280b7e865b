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
	{ LADDER_ESCAPE, "escape", 0 },         /* it may wait for a text at a prompt */
	{ LADDER_ASK, "ask", 500 },
	{ LADDER_ASK, "ask", 1000 },
	{ LADDER_DEFAULTS, "defaults", 1000 },  /* echo off, words for results: someone changed how it talks */
	{ LADDER_RESET, "reset", 0 },
	{ LADDER_REOPEN, "reopen", 0 },         /* drops DTR; a USB driver starts anew */
};
#define RUNGS (sizeof(rungs) / sizeof(rungs[0]))

const struct ladder_rung *ladder_step(unsigned n, int64_t *pause_ms)
{
	unsigned round = n / RUNGS;
	const struct ladder_rung *rung = &rungs[n % RUNGS];

	if (round >= LADDER_ROUNDS_MAX)
		return NULL;
	*pause_ms = rung->pause_ms;
	if (round && n % RUNGS == 0) /* 2 s, 4 s ... between rounds */
		*pause_ms = INT64_C(1000) << round;
	if (*pause_ms > LADDER_PAUSE_MAX_MS)
		*pause_ms = LADDER_PAUSE_MAX_MS;
	return rung;
}
