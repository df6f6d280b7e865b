/* A whole text, or what is there of a long one, becomes verdict, case, sealed message, alert, receipt and audit, all
 * in the turn's transaction. Neither a number nor a word of the text leaves this room but sealed, or as a receipt's
 * address in the outbox. */
#ifndef HL_CORE_INBOUND_PROCESS_H
#define HL_CORE_INBOUND_PROCESS_H

#include "core/core.h"
#include "core/number.h"
#include "store/contact.h"

struct process;

/* Counts on from the ids in the store. NULL where the configuration names a unit that the store does not have. */
struct process *process_new(struct core *core, struct hl_reason *reason);
void process_free(struct process *p);

/* When those on duty hear of what is being answered bit by bit. */
enum process_ring {
	PROCESS_HOLDS,     /* only where it is high or an emergency, as it becomes so */
	PROCESS_CALLS,     /* somebody is in danger now: rings, of a case that is an emergency already as of one more text */
	PROCESS_RINGS_NEW, /* now, as of a new report */
	PROCESS_RINGS_MORE /* now, as of one more text */
};

struct process_text {
	struct contact_row *contact;
	bool contact_is_new;       /* made for this very text: it has no case yet */
	const struct number *from; /* NULL: read from the store where a receipt needs it */
	const char *modem;
	const char *text;
	size_t len;
	const char *sent_at;       /* service centre time stamp, "" if not known: for showing only */
	bool damaged;
	int64_t parts, parts_missing;
	int64_t case_id;           /* the case that its first parts opened or joined, else 0 */
	bool announced;            /* officers were told of this text already: only a higher urgency rings again */
	char code[8];              /* of the case that it names, as `4821935-2 1` does; "": to be looked for in its words */
	int64_t amends;            /* id of the partial message that this replaces, else 0 */
	/* Of somebody who walks through a menu (core/ussd/): */
	bool unanswered;           /* no text goes back, and it answers no question */
	const struct triage_verdict *verdict; /* what they answered; the text only says it in words. NULL: triage finds out */
	enum process_ring rings;   /* with verdict only */
};

struct process_result {
	int64_t case_id, message_id;
	bool is_new, rang; /* the case was opened for it; those on duty were told */
};

/* Stores the text. The case is t->case_id while it is open, else the contact's open one, else a new one. */
struct process_result process_store(struct process *p, const struct process_text *t);

/* A part alone: if it is urgent, its case is opened or raised and rings now; nothing is stored yet of the text.
 * Returns the case's id, or t->case_id where nothing was to be done. */
int64_t process_early(struct process *p, const struct process_text *t);

#endif
