/* A text as it came, or what is there of a long one, on its way through the rooms that look at it: triage, contacts, campaigns, dialogue. */
#ifndef HL_CORE_INBOUND_PROCESS_TEXT_H
#define HL_CORE_INBOUND_PROCESS_TEXT_H

#include "core/number.h"
#include "core/triage/triage.h"
#include "store/contact.h"

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

#endif
