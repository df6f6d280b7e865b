/* USSD: one session at a time that the core dials, answers or cancels, or that the network begins; one more job for the idle
 * modem, so that texts go on coming and going while the network thinks. Every session that the core began ends with exactly one
 * word of how, unless the core went away: then it is cancelled. What is said in it is never logged. */
#ifndef HL_MODEM_USSD_H
#define HL_MODEM_USSD_H

#include <event2/event.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "modem/ussd_code.h"

#define USSD_OPEN_MS 180000  /* a network that waits for an answer is not kept waiting for longer */
#define USSD_GRACE_MS 3000   /* for the text after "+CUSD: 2", which some modems say first (Huawei) */
#define USSD_NOTICES_MAX 4   /* kept for a core that is away; more are dropped, the oldest first */

struct worker;

enum ussd_state {
	USSD_IDLE,
	USSD_WANTED,   /* something is to be said */
	USSD_GIVEN,    /* the modem has it and has not said OK */
	USSD_WAITING,  /* for the network */
	USSD_ENDING,   /* the network has ended it; its text may follow */
	USSD_OPEN,     /* the network waits for an answer */
	USSD_STATES
};

struct ussd {
	enum ussd_state state;
	int64_t id;               /* 0: the network began it */
	char command[USSD_COMMAND_MAX];
	size_t prelude;           /* commands of the profile that are done before it */
	size_t postlude;          /* and after it; counts up to their number */
	bool undo;                /* the postlude is due */
	bool cancel;              /* AT+CUSD=2 is due */
	bool begun;               /* the network knows of it */
	struct wire_ussd asked;   /* by the network, in a session that it began */
	struct wire_ussd notice[USSD_NOTICES_MAX];
	size_t notice_count;
	struct event *timer;
};

void ussd_init(struct worker *w);
void ussd_free(struct worker *w);

/* ---- from the core */
void ussd_dial(struct worker *w, const struct wire_ussd_say *say);
void ussd_answer(struct worker *w, const struct wire_ussd_say *say);
void ussd_cancel(struct worker *w, int64_t id);
void ussd_link_down(struct worker *w);  /* nobody is there who could answer */
void ussd_tell_again(struct worker *w); /* notices of the time without a core */

/* ---- from the modem */
void ussd_heard(struct worker *w, const char *line); /* +CUSD */

/* The modem cannot do anything now. */
void ussd_stop(struct worker *w);

/* Gives the idle modem the next command; false if there is none. */
bool ussd_next(struct worker *w);

#endif
