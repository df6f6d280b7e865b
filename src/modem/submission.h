/* Sending: texts that the core leased to this link, one at a time, each given to the modem only after `go`, and
 * its outcome told for certain (outcome.h). A text is never given to the modem twice. */
#ifndef HL_MODEM_SUBMISSION_H
#define HL_MODEM_SUBMISSION_H

#include <event2/event.h>
#include <stdbool.h>
#include <stdint.h>

#include "modem/pdu.h"
#include "wire/link.h"

#define TEXTS_MAX (2 * WIRE_LINK_WINDOW) /* more than the core may give; one too many is given back */

struct worker;

enum text_state {
	TEXT_HELD,   /* not begun */
	TEXT_ASKED,  /* `submitting` sent, waiting for `go` */
	TEXT_GO,     /* may be given to the modem */
	TEXT_GIVEN,  /* a part is with the modem */
};

struct text {
	enum text_state state;
	struct wire_send send;
	struct pdu_submit *parts;
	struct wire_sent sent;  /* the TP-MRs so far */
	size_t part_count, part;
	unsigned waits;         /* for a busy network */
	bool got_mr;
};

struct submission {
	struct text *text[TEXTS_MAX]; /* in the order they came */
	size_t count;
	uint8_t next_ref;             /* of a concatenated text */
	bool pausing;                 /* a busy network is given time */
	bool slow;                    /* the part with the modem takes so long that nothing shall wait behind it */
	struct event *hold_timer, *pause_timer, *slow_timer;
};

void submission_init(struct worker *w);
void submission_free(struct worker *w);

/* ---- from the core */
void submission_take(struct worker *w, const struct wire_send *send);
void submission_go(struct worker *w, int64_t id);
void submission_forget(struct worker *w, int64_t id);              /* gives back what was not begun */
void submission_hello(struct worker *w, struct wire_hello *hello); /* forgets what was not begun */

/* ---- from the states: the modem cannot send now, or can again */
void submission_stop(struct worker *w);
void submission_resume(struct worker *w);

/* ---- from the pump, which knows when the modem is idle (worker_pump.c) */
/* Whether the oldest text can be begun or its next part be given. Only then: */
bool submission_is_due(const struct worker *w);
/* Asks the core for its `go`; false where it has that already. */
bool submission_ask(struct worker *w);
/* Gives the modem its next part. */
void submission_give(struct worker *w);

/* All that is here may wait for what arrives. */
bool submission_yields(const struct worker *w);
bool submission_is_busy(const struct worker *w);

#endif
