/* What STOP and START in a text do, once it is stored as any other: triage has had it, and a report that names one of these words stays a
 * report. People of the roster neither join nor leave. */
#ifndef HL_CORE_CONTACTS_HEAR_H
#define HL_CORE_CONTACTS_HEAR_H

#include "core/contacts/words.h"
#include "core/core.h"
#include "core/inbound/process_text.h"

/* What the text is, before it is stored: an exact word makes the verdict that of an opt-out or opt-in, unless triage found an urgent
 * report in it. */
struct contacts_heard {
	enum contacts_word word;
	enum triage_script script;
	char district[SUBSCRIBER_DISTRICT_SIZE];
	bool sure;     /* triage found no report in it, not even perhaps: nobody needs to read it */
};
void contacts_read(struct core *core, const struct process_text *t, struct triage_verdict *v, struct contacts_heard *heard);

/* Does it, in the turn's transaction. *key (of the wording) and *discreet are what the sender hears of it instead of a receipt: "" nothing;
 * NULL: it was no such text. *once: said however many receipts they had. */
struct contacts_word_reply { const char *key, *discreet; bool once; };
void contacts_act(struct core *core, const struct process_text *t, const struct contacts_heard *heard, int64_t message_id,
	struct contacts_word_reply *reply);

#endif
