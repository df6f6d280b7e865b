/* Deadlines of alerts, and the life of the room. Disk is the truth: what is due is found there, by an index, and the next
 * deadline again after each commit. */
#include <stdlib.h>
#include <sysexits.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/alert/alert_inside.h"
#include "core/turn.h"
#include "store/alert_notice.h"
#include "store/alert_pace.h"
#include "store/store.h"

#define AGAIN_MS 1000          /* after an aborted turn: a full disk is no reason to spin */
#define NO_CASE_MS 3600000     /* the log says every hour that an alert has lost its case */

/* ---- deadlines --------------------------------------------------------------------------------------------------- */

/* Closed, but by no way that ends its alerts: there is nothing more to ring for. */
static void end_closed(struct core *core, struct alert_row *a, const struct case_row *row)
{
	if (!a->acknowledged_ms)
		alert_end(core, a, row, row->owner);
	else
		alert_idle_due(core, a, row);
}

static void run_one(struct core *core, struct alert_row *a, int64_t now)
{
	const struct alert_facts f = { (enum triage_urgency)a->urgency, a->step, a->due_boot_ms };
	struct alert_people people;
	struct alert_rules rules;
	struct alert_verdict v;
	struct case_row row;
	char rung[1][64];

	if (case_find(core, a->case_id, &row) != 0) {
		/* Foreign keys forbid it. It must not stop the alerts of other cases, and not spin. */
		hl_log(HL_LOG_ERR, "alert", "without_case alert=%lld mend=\"the database is damaged: restore the backup\"",
			(long long)a->id);
		a->due_boot_ms = now + NO_CASE_MS;
		store_alert_update(core->store, a);
	} else if (row.state == CASE_CLOSED) {
		end_closed(core, a, &row);
	} else if (a->acknowledged_ms) {
		alert_idle_due(core, a, &row);
	} else {
		people = *alert_people_of(core, &row);
		if (alert_wait_for_morning(core, a, &people))
			return;
		rules = alert_rules_of(core, a, &people);
		if (store_outbox_alert_recipients(core->store, a->id, rung, 1) == 0)
			alert_decide_new(&rules, f.urgency, now, &v); /* it came in the night: nobody was rung yet */
		else
			alert_decide_due(&rules, &f, now, &v);
		alert_carry_out(core, a, &row, &v);
	}
}

void alert_run_due(struct core *core)
{
	static struct alert_row due[ALERT_TURN_MAX];
	int64_t now = hl_boot_ms(core->clock);
	size_t n = store_alert_due(core->store, now, due, ALERT_TURN_MAX);

	for (size_t i = 0; i < n; i++)
		run_one(core, &due[i], now);
	alert_pace_run(core);
	alert_notice_run(core);
}

static void on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct alerts *as = arg;

	(void)fd;
	(void)what;
	turn_begin(as->core->turn);
	alert_run_due(as->core);
}

static int64_t next_due(struct store *s)
{
	int64_t due = store_alert_next_due(s), held = store_held_next_due(s), notice = store_notice_next_due(s);

	due = held < due ? held : due;
	return notice < due ? notice : due;
}

static void arm_timer(struct alerts *as, int64_t least_ms)
{
	int64_t due = next_due(as->core->store), wait_ms = due - hl_boot_ms(as->core->clock);
	struct timeval tv;

	if (due == INT64_MAX) {
		event_del(as->timer);
		return;
	}
	if (wait_ms < least_ms)
		wait_ms = least_ms;
	tv = (struct timeval){ .tv_sec = (time_t)(wait_ms / 1000), .tv_usec = (suseconds_t)(wait_ms % 1000 * 1000) };
	event_add(as->timer, &tv);
}

/* ---- turns and life ---------------------------------------------------------------------------------------------- */

/* A deadline of another boot is due; one that no deadline of this configuration can be is brought nearer. */
static void resume(struct alerts *as)
{
	const struct core *core = as->core;
	int64_t now = hl_boot_ms(core->clock), longest = policies_longest_ms(core->policies);

	for (int u = 0; u < TRIAGE_URGENCIES; u++)
		if (as->people.rules.wait_ms[u] > longest)
			longest = as->people.rules.wait_ms[u];
	if (!core->same_boot) {
		store_alert_new_boot(core->store, now, hl_wall_ms(core->clock));
		store_pace_new_boot(core->store);
		store_notice_new_boot(core->store);
	}
	store_alert_clamp_due(core->store, now + longest);
	as->resuming = true;
}

static void on_before_commit(struct core *core)
{
	if (!core->alerts->resumed)
		resume(core->alerts);
}

static void on_after_commit(struct core *core)
{
	struct alerts *as = core->alerts;

	as->resumed |= as->resuming;
	as->sure = as->now;
	alert_siren_sync(as);
	arm_timer(as, 0);
}

static void on_after_abort(struct core *core, int err)
{
	struct alerts *as = core->alerts;

	(void)err;
	as->resuming = false;
	as->now = as->sure;
	arm_timer(as, AGAIN_MS);
}

void alert_forget(struct core *core, int state)
{
	if ((unsigned)state < ALERT_STATES)
		core->alerts->now.counts[state]--;
}

static void count_row(void *arg, int state, int64_t count)
{
	struct alert_ledger *l = arg;

	if ((unsigned)state < ALERT_STATES)
		l->counts[state] += count;
}

struct alerts *alerts_new(struct core *core)
{
	static const struct turn_hooks hooks = { on_before_commit, on_after_commit, on_after_abort };
	struct alerts *as = hl_calloc(1, sizeof(*as));

	as->core = core;
	core->alerts = as;
	alert_people_read(as);
	store_alert_count(core->store, count_row, &as->now);
	as->now.exhausted = store_alert_count_exhausted(core->store);
	as->sure = as->now;
	as->timer = evtimer_new(core->base, on_timer, as);
	if (!as->timer)
		hl_fatal(EX_OSERR, "making a timer failed");
	turn_add_hooks(core->turn, &hooks);
	alert_listen(core);
	turn_begin(core->turn);
	return as;
}

void alerts_free(struct alerts *as)
{
	if (!as)
		return;
	event_free(as->timer);
	free(as);
}
