#include "core/counters.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/counter.h"
#include "store/store.h"

struct counters {
	int64_t value[COUNTERS];   /* with the open turn */
	int64_t sure[COUNTERS];    /* without it: what an abort goes back to */
	int64_t written[COUNTERS]; /* as on disk */
};

static const char *const counter_names[COUNTERS] = {
	[COUNT_RECEIVED] = "received",
	[COUNT_STORED] = "stored",
	[COUNT_PARTS] = "parts",
	[COUNT_DUPLICATES] = "duplicates",
	[COUNT_QUARANTINED] = "quarantined",
	[COUNT_PARTIAL] = "partial",
	[COUNT_DAMAGED] = "damaged",
	[COUNT_REPORTS] = "reports",
	[COUNT_CASES] = "cases",
	[COUNT_FILED] = "filed",
	[COUNT_ALERTS] = "alerts",
	[COUNT_ESCALATIONS] = "escalations",
	[COUNT_ACKNOWLEDGED] = "acknowledged",
	[COUNT_RECEIPTS] = "receipts",
	[COUNT_RECEIPTS_HELD] = "receipts_held",
	[COUNT_COMMANDS] = "commands",
	[COUNT_COMMANDS_REFUSED] = "commands_refused",
	[COUNT_CALLS] = "calls",
	[COUNT_CALLS_ANSWERED] = "calls_answered",
	[COUNT_USSD] = "ussd",
	[COUNT_USSD_NOTICES] = "ussd_notices",
	[COUNT_USSD_SESSIONS] = "ussd_sessions",
	[COUNT_USSD_STEPS] = "ussd_steps",
	[COUNT_USSD_DROPPED] = "ussd_dropped",
	[COUNT_USSD_REFUSED] = "ussd_refused",
	[COUNT_USSD_REPORTS] = "ussd_reports",
	[COUNT_BAD_LINES] = "bad_lines",
	[COUNT_ABORTS] = "aborts",
};

const char *counter_name(enum counter which)
{
	return which < COUNTERS ? counter_names[which] : "?";
}

struct counters *counters_new(struct core *core)
{
	struct counters *c = hl_calloc(1, sizeof(*c));

	for (int i = 0; i < COUNTERS; i++)
		c->value[i] = c->sure[i] = c->written[i] = counter_load(core->store, counter_names[i]);
	return c;
}

void counters_free(struct counters *c)
{
	free(c);
}

void counter_add(struct core *core, enum counter which, int64_t n)
{
	core->counters->value[which] += n;
	if (!store_in_transaction(core->store))
		core->counters->sure[which] += n;
}

int64_t counter_get(const struct core *core, enum counter which)
{
	return core->counters->value[which];
}

void counters_write(struct core *core)
{
	struct counters *c = core->counters;

	for (int i = 0; i < COUNTERS; i++)
		if (c->value[i] != c->written[i])
			counter_save(core->store, counter_names[i], c->value[i]);
}

void counters_settle(struct core *core, int err)
{
	struct counters *c = core->counters;

	if (err) {
		memcpy(c->value, c->sure, sizeof(c->value));
		c->value[COUNT_ABORTS] = ++c->sure[COUNT_ABORTS];
		return;
	}
	memcpy(c->sure, c->value, sizeof(c->sure));
	memcpy(c->written, c->value, sizeof(c->written));
}
