/* Intake: what links read becomes rows. In one transaction: de-duplication, assembly of parts, triage, contact, case, sealed
 * message, alert, receipt, audit. Nothing that arrives is dropped: what cannot be read is quarantined. */
#ifndef HL_CORE_INTAKE_H
#define HL_CORE_INTAKE_H

#include "core/core.h"
#include "wire/link.h"

struct intake;

struct intake *intake_new(struct core *core);
void intake_free(struct intake *in);

/* Each takes one message from a link inside the turn's transaction, and answers `stored` after the commit or `later` after an
 * abort (through turn_reply). */
void intake_inbound(struct core *core, const char *link, const struct wire_inbound *msg);
void intake_refused(struct core *core, const char *link, const struct wire_refused *msg);
void intake_report(struct core *core, const char *link, const struct wire_report *msg); /* de-duplicates, then dispatch_report() */

#endif
