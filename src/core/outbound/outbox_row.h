/* The outbox as the dispatcher sees it: rows that change their state, and what memory keeps of them. Every change of
 * a row's state goes through outbox_move() or outbox_lease(), so that the table in outbox_state.c, the counts and
 * the rooms that queued it (outbound_hooks.h) agree with the disk. */
#ifndef HL_CORE_OUTBOUND_OUTBOX_ROW_H
#define HL_CORE_OUTBOUND_OUTBOX_ROW_H

#include "core/outbound/outbox.h"
#include "core/outbound/outbox_state.h"
#include "store/outbox.h"
#include "wire/link.h"

/* What memory keeps of the outbox: the last id and the counts, as of the open turn and as of the last commit. */
struct outbox;

/* Reads them from the store. */
struct outbox *outbox_new(struct core *core);
void outbox_free(struct outbox *o);
/* The turn was committed (err 0) or aborted: what memory keeps follows. */
void outbox_settle(struct outbox *o, int err);
int64_t outbox_count(const struct outbox *o, enum outbox_lane lane, enum outbox_state state);

/* A row in this state was erased (core/retention/): it counts no more. Inside a turn. */
void outbox_forget(struct core *core, int lane, int state);

/* What came with an event; all may be zero or NULL. */
struct outbox_detail {
	int64_t code;            /* +CMS ERROR */
	const char *why;         /* in words; no number, no text */
	const char *imsi;        /* of the SIM that sent */
	const int64_t *mrs;      /* TP-MR of each part */
	size_t mrs_count;
};

/* Enters the next state of a row as read from the store, if the event has one: writes it, counts, keeps the parts,
 * erases the body of what is over, tells the room that queued it. Returns the new state or OUTBOX_IGNORE. */
int outbox_move(struct core *core, struct outbox_row *row, enum outbox_event event, const struct outbox_detail *detail);
/* The same for a lease, which touches less. */
void outbox_lease(struct core *core, const struct outbox_row *row, const char *modem);

/* A waiting row waits so much longer, for a reason that people can read. */
void outbox_hold(struct core *core, const struct outbox_row *row, int64_t wait_ms, const char *why);

#define OUTBOX_ADDRESS_SIZE (WIRE_ADDRESS_MAX + 1)
#define OUTBOX_BODY_SIZE (WIRE_SUBJECT_MAX + 1 + WIRE_TEXT_MAX + 1)

/* Opens number (or address) and text (or its discreet form), at the moment they are handed to a link; the caller wipes both.
 * A mail's or webhook's text is its subject, a line feed and the text.
 * HL_ENOENT: erased; HL_ECORRUPT: not sealed by these keys. */
int outbox_open(struct core *core, const struct outbox_row *row, bool discreet, char to[OUTBOX_ADDRESS_SIZE], char *text,
	size_t size);

#endif
