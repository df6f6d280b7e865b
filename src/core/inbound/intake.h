/* Intake: what links read becomes rows. In one transaction: de-duplication, assembly of parts, triage, contact, case,
 * sealed message, alert, receipt, audit. Nothing that arrives is dropped: what cannot be read is quarantined. */
#ifndef HL_CORE_INBOUND_INTAKE_H
#define HL_CORE_INBOUND_INTAKE_H

#include "core/core.h"
#include "wire/link.h"

struct intake;

/* NULL with the reason where the configuration names a unit that the store does not have. */
struct intake *intake_new(struct core *core, struct hl_reason *reason);
void intake_free(struct intake *in);

/* What the rooms above are asked. Each adds a struct when it starts; any function may be NULL. */
struct sender;
struct intake_hooks {
	/* Whether a whole text is an input of something of theirs, and was answered: then it is known again, and nothing else becomes of it.
	 * Inside the turn's transaction, for each text that is no officer's command: looks at memory first. */
	bool (*takes)(struct core *core, const char *link, const struct sender *from, const char *text);
};
/* The struct must live as long as the core. */
void intake_add_hooks(struct core *core, const struct intake_hooks *hooks);

/* Adds the hooks by which links tell: before links_new(). */
void intake_listen(struct core *core);

/* Each takes one message from a link inside the turn's transaction, and answers `stored` after the commit or `later`
 * after an abort (through turn_reply). */
void intake_inbound(struct core *core, const char *link, const struct wire_inbound *msg);
void intake_refused(struct core *core, const char *link, const struct wire_refused *msg);
/* de-duplicates, then dispatch_report() */
void intake_report(struct core *core, const char *link, const struct wire_report *msg);

/* somebody rang: the contact, then missed_call() (core/service/missed.h) */
void intake_call(struct core *core, const char *link, const struct wire_call *msg);

/* Where whole texts go: for the menu (core/ussd/), whose answers are texts, too. */
struct process;
struct process *intake_process(struct core *core);

/* For tests that turn their clock: see assembly_run_due(). */
void intake_run_due(struct core *core);

#endif
