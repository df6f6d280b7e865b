/* Parts of longer texts (TS 23.040 9.2.3.24.1 and .8): kept one by one under the transit key until their set is
 * complete. Parts are of one text if contact, width and value of the reference, and total agree, and none is there
 * twice; a part that is there with other words opens another set, because senders use references again. Complete
 * means the set is complete, never "the last came". An urgent part rings at once; an incomplete text is shown with a
 * gap after a time, and amended when more comes. */
#ifndef HL_CORE_INBOUND_ASSEMBLY_H
#define HL_CORE_INBOUND_ASSEMBLY_H

#include "core/core.h"
#include "core/inbound/process.h"
#include "wire/link.h"

#define ASSEMBLY_SETS_MAX 8              /* sets of one key that a part is tried on, newest first */
#define ASSEMBLY_DUE_MAX 20              /* sets shown or forgotten in one turn */
/* a shown set waits so long for what it lacks: an SMSC keeps no longer */
#define ASSEMBLY_KEEP_MS (7 * 24 * 60 * 60 * 1000LL)
#define ASSEMBLY_AGAIN_MS 5000           /* after a turn that could not be committed */
#define ASSEMBLY_GAP " [\xE2\x80\xA6] "  /* stands where parts are missing */

struct assembly;

/* After another boot every incomplete set is due. */
struct assembly *assembly_new(struct core *core, struct process *process);
void assembly_free(struct assembly *a);

/* Whether the message is a part: its place makes sense. Any other that claims to be one is a whole, damaged text. */
bool assembly_is_part(const struct wire_inbound *msg);

/* Takes a part inside the turn's transaction; t tells where it comes from (its text is not read). Returns its set's
 * id. */
int64_t assembly_part(struct assembly *a, const struct wire_inbound *msg, const struct process_text *t);

/* Shows or forgets the sets that are due now, inside a turn of its own. Called by the timer; tests call it after
 * turning their clock. */
void assembly_run_due(struct assembly *a);

/* Looks for the next due set if sets changed: after the turn, err as it ended. */
void assembly_settle(struct assembly *a, int err);

#endif
