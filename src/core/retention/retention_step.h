/* What a run does, step by step: each phase walks one kind of rows, some of them a step, and knows by its run how far it has come. It
 * asks policy.h what goes and never decides itself when a step is taken, nor in which transaction: retention.c does. */
#ifndef HL_CORE_RETENTION_RETENTION_STEP_H
#define HL_CORE_RETENTION_RETENTION_STEP_H

#include "core/retention/retention.h"
#include "store/retention.h"
#include "vault/vault.h"

enum { RETENTION_NEXT_PHASE, RETENTION_SAME_PHASE }; /* what a step returns, or an error */

struct retention_run {
	struct retention_order order;
	struct retention_report report;
	char actor[64];
	int phase;
	int64_t now_ms, began_boot_ms;   /* one time for the whole run */
	int64_t after;                   /* the id that the phase has come to */
	struct retention_stretch stretch;
	char (*weeks)[VAULT_WEEK];       /* freed by the owner of the run */
	int week_count, week;
	int64_t soon;                    /* cases that go soon, once the last phase is over */
};

int retention_step(struct core *core, struct retention_run *run);
/* False: that was the last. */
bool retention_step_next_phase(struct retention_run *run);

#endif
