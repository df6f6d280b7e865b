/* Makes a modem that answers usable: a table of commands, one after another, with the PIN among them. Whatever
 * state the modem was in, afterwards it stores and tells of texts, talks PDU mode, and its SIM is known. */
#ifndef HL_MODEM_SETUP_H
#define HL_MODEM_SETUP_H

#include <event2/event.h>
#include <stdbool.h>
#include <stddef.h>

struct at_reply;
struct modem_profile;
struct worker;

enum sim_lock { SIM_UNKNOWN, SIM_OPEN, SIM_WANTS_PIN, SIM_WANTS_PUK, SIM_OTHER };

/* STEP_STOPPED: the state changed, or the step goes on later. */
enum step_end { STEP_NEXT, STEP_STOPPED };

#define SETUP_TRIES_MAX 5         /* of a command that must be accepted */
#define SETUP_TRY_PAUSE_MS 1000
#define SETUP_AGAIN_MAX 5         /* in a row, where the modem says each time that it restarted meanwhile */

struct setup {
	size_t step;            /* row of the table */
	size_t item;            /* within a step that has several commands */
	unsigned tries;         /* of this command */
	bool got;               /* the line that the command asks for came */
	bool suspect;           /* the modem restarted meanwhile: once more from the start */
	unsigned again;         /* so often in a row */
	enum sim_lock lock;
	int pin_left;           /* attempts, -1 unknown */
	bool pin_given;         /* in this setup */
	bool pin_refused;       /* until the core gives another PIN, which remembers it (core/link/refused_pin.h) */
	bool pin_changed;       /* the configuration has another one than the one that was refused */
	bool pin_unsure;        /* given at some time, and the SIM was not seen open since */
	bool needs_ack;         /* +CSMS service 1: status reports are to be acknowledged (TS 27.005 3.4.1) */
	size_t notify;          /* the AT+CNMI value that was accepted */
	char imsi[17];          /* of the SIM before: another one means other slots */
	struct event *timer;
};

void setup_init(struct worker *w);
void setup_free(struct worker *w);
/* From the first command. */
void setup_start(struct worker *w);
void setup_stop(struct worker *w);
/* An error that means "wait and ask again", by the profile. */
bool setup_code_is_busy(const struct modem_profile *profile, const struct at_reply *reply);

#endif
