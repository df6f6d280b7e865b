/* A whole text, or what is there of a long one, becomes verdict, case, sealed message, alert, receipt and audit, all
 * in the turn's transaction. Neither a number nor a word of the text leaves this room but sealed, or as a receipt's
 * address in the outbox. */
#ifndef HL_CORE_INBOUND_PROCESS_H
#define HL_CORE_INBOUND_PROCESS_H

#include "core/core.h"
#include "core/inbound/process_text.h"

struct process;

/* Counts on from the ids in the store. NULL where the configuration names a unit that the store does not have. */
struct process *process_new(struct core *core, struct hl_reason *reason);
void process_free(struct process *p);

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
