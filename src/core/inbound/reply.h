/* What a text is answered with, if anything: a receipt, what follows from an answer, advice in an emergency; and what is
 * kept of that with the contact. Replies are what is limited, never messages. */
#ifndef HL_CORE_INBOUND_REPLY_H
#define HL_CORE_INBOUND_REPLY_H

#include "core/contacts/hear.h"
#include "core/dialogue/dialogue.h"
#include "core/inbound/process.h"
#include "core/triage/triage.h"

/* What is known of a text when it is answered. */
struct reply {
	const struct process_text *t;
	const struct case_row *row;   /* the one that the sender may hear of */
	const struct triage_verdict *v;
	const struct dialogue_match *answers; /* NULL: it is no answer */
	int64_t message_id;
	bool first;                   /* the first message of its case */
	const struct contacts_word_reply *word; /* instead of a receipt: the answer to STOP and START */
};

/* In the turn's transaction; writes the contact. */
void reply_give(struct core *core, const struct reply *r);

/* Whether all senders together have one more answer left in this hour (receipts_per_hour), and takes it: for whatever is texted to a number
 * only because a text came that says it is from there. */
bool reply_is_left(struct core *core);

#endif
