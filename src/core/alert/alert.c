/* Alerts, done: rows, rings, deadlines. What is decided stands in policy.c. */
#include "core/alert/alert.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/alert/alert_inside.h"
#include "core/control/control.h"
#include "core/counters.h"
#include "core/turn.h"
#include "store/audit.h"
#include "store/outbox.h"

#define FOLD_MS 60000          /* a texter who writes on: at most one alert.more a minute to whoever has the case */
#define AGAIN_MS 1000          /* after an aborted turn: a full disk is no reason to spin */
#define NO_CASE_MS 3600000     /* the log says every hour that an alert has lost its case */
#define NOBODY_AGAIN_MS 600000 /* the log says every ten minutes that nobody is on duty */

const char *alert_state_name(enum alert_state state)
{
	static const char *const names[ALERT_STATES] = { "created", "handed", "delivered", "acknowledged" };

	return (unsigned)state < ALERT_STATES ? names[state] : "?";
}

/* ---- telling ----------------------------------------------------------------------------------------------------- */

static void tell(struct core *core, const char *change, const struct alert_row *a, const struct case_row *row,
	const char *person)
{
	json_t *body;

	if (!core->control)
		return;
	body = json_object();
	json_object_set_new(body, "change", json_string(change));
	json_object_set_new(body, "code", json_string(row->code));
	json_object_set_new(body, "priority", json_string(triage_urgency_name((enum triage_urgency)a->urgency)));
	json_object_set_new(body, "district", json_string(row->district));
	json_object_set_new(body, "type",
		json_string(triage_exploitation_name((enum triage_exploitation)row->exploitation)));
	json_object_set_new(body, "state", json_string(alert_state_name((enum alert_state)a->state)));
	json_object_set_new(body, "person", json_string(person));
	control_event_for(core, case_is_apart(core, row) ? row->unit_id : 0, "alert", body);
}

static void warn_nobody(struct alerts *as, const struct case_row *row)
{
	int64_t now = hl_boot_ms(as->core->clock);

	if (as->told_nobody_ms && now - as->told_nobody_ms < NOBODY_AGAIN_MS)
		return;
	as->told_nobody_ms = now + 1;
	hl_log(HL_LOG_WARNING, "alert", "nobody_on_duty case=%s mend=\"name an officer in the roster\"",
		row->code);
}

/* The one place where an alert changes its state. */
static void enter(struct core *core, struct alert_row *a, enum alert_state state)
{
	core->alerts->now.counts[a->state]--;
	core->alerts->now.counts[state]++;
	hl_log(HL_LOG_DEBUG, "alert", "state id=%" PRId64 " old=%s new=%s", a->id,
		alert_state_name((enum alert_state)a->state),
		alert_state_name(state));
	a->state = (int)state;
}

/* ---- ringing ----------------------------------------------------------------------------------------------------- */

static struct alert_facts facts_of(const struct alert_row *a)
{
	return (struct alert_facts){ (enum triage_urgency)a->urgency, a->step, a->due_boot_ms };
}

/* Nobody may be woken for it: it goes on when the first of them may. */
static void wait_for_morning(struct core *core, struct alert_row *a, const struct alert_people *people)
{
	int64_t due = hl_boot_ms(core->clock) + alert_quiet_left_ms(core, people);

	if (due >= a->due_boot_ms)
		return;
	a->due_boot_ms = due;
	store_alert_update(core->store, a);
}

/* Returns the first who was rung, NULL where nobody was. */
static const struct roster_person *ring_all(struct core *core, struct alert_row *a, const struct case_row *row,
	const struct alert_verdict *v)
{
	const struct alert_people *people = alert_people_at(core, row, a->id, a->step, false);
	const struct roster_person *first = NULL;

	if (people->rules.chain.officers == 0)
		warn_nobody(core->alerts, row);
	for (size_t i = 0; i < v->ring_count; i++) {
		const struct roster_person *p = people->chain[v->rings[i].person];
		if (alert_is_quiet(core, a, p))
			continue;
		alert_ring_person(core, a, row, p, v->rings[i].text, false);
		first = first ? first : p;
	}
	if (v->ring_count && !first)
		wait_for_morning(core, a, people);
	return first;
}

/* Writes what was decided of an alert that is there, and rings. */
static void carry_out(struct core *core, struct alert_row *a, const struct case_row *row, const struct alert_verdict *v)
{
	const struct roster_person *rang;

	a->step = v->step;
	a->due_boot_ms = v->due_boot_ms;
	a->urgency = (int)v->urgency;
	store_alert_update(core->store, a);
	rang = ring_all(core, a, row, v);
	if (!v->escalated || !rang)
		return;
	counter_add(core, COUNT_ESCALATIONS, 1);
	hl_log(HL_LOG_NOTICE, "alert", "escalated case=%s step=%" PRId64 " person=\"%s\"", row->code, a->step, rang->name);
	tell(core, "escalated", a, row, rang->name);
}

static void create(struct core *core, const struct case_row *row)
{
	int64_t now = hl_boot_ms(core->clock);
	const struct roster_person *rang;
	struct alert_verdict v;
	struct alert_row a;

	alert_decide_new(&alert_people_of(core, row)->rules, (enum triage_urgency)row->urgency, now, &v);
	a = (struct alert_row){ .case_id = row->id, .state = ALERT_CREATED, .urgency = row->urgency, .step = v.step,
		.due_boot_ms = v.due_boot_ms, .raised_boot_ms = now, .created_ms = hl_wall_ms(core->clock) };
	a.id = store_alert_insert(core->store, &a);
	core->alerts->now.counts[ALERT_CREATED]++;
	counter_add(core, COUNT_ALERTS, 1);
	rang = ring_all(core, &a, row, &v);
	tell(core, "created", &a, row, rang ? rang->name : "");
}

/* Whoever is first now may have come on duty since, or was not to be woken for less. */
static void ring_first(struct core *core, struct alert_row *a, const struct case_row *row, char names[][64], size_t n)
{
	const struct roster_person *p = alert_people_of(core, row)->chain[0];

	for (size_t i = 0; p && i < n; i++)
		if (strcmp(names[i], p->name) == 0)
			return;
	if (p)
		alert_ring_person(core, a, row, p, ALERT_TEXT_NEW, false);
}

/* Those who were rung are told that it became more urgent; nobody is told twice, because urgency only rises. */
static void rise(struct core *core, struct alert_row *a, const struct case_row *row)
{
	const struct alert_facts f = facts_of(a);
	char names[ROSTER_MAX][64];
	struct alert_verdict v;
	size_t n;

	alert_decide_rise(&alert_people_of(core, row)->rules, &f, (enum triage_urgency)row->urgency, hl_boot_ms(core->clock), &v);
	if (v.urgency == f.urgency)
		return;
	n = store_outbox_alert_recipients(core->store, a->id, names, ROSTER_MAX);
	carry_out(core, a, row, &v);
	for (size_t i = 0; i < n; i++) {
		const struct roster_person *p = roster_find_name(core->roster, names[i]);
		if (p && alert_is_for(core, row, p))
			alert_ring_person(core, a, row, p, ALERT_TEXT_MORE, true);
	}
	ring_first(core, a, row, names, n);
	tell(core, "raised", a, row, "");
}

/* Whoever has the case learns that the texter wrote again; somebody who is not in the roster is stood in for by the
 * first. */
static void tell_owner(struct core *core, const struct alert_row *last, const struct case_row *row, bool fold)
{
	const struct roster_person *p = roster_find_name(core->roster, row->owner);
	int64_t rang, now = hl_boot_ms(core->clock);

	if (!p || !alert_is_for(core, row, p))
		p = alert_people_of(core, row)->chain[0];
	if (!p)
		return;
	rang = store_outbox_alert_last(core->store, last->id, p->name);
	if (!fold || rang <= now - FOLD_MS || rang > now) /* later than now: of another boot, or still waiting, which is seen to below */
		alert_ring_person(core, last, row, p, ALERT_TEXT_MORE, false);
}

void alert_raise(struct core *core, const struct case_row *row)
{
	struct alert_row a;

	if (store_alert_of_case(core->store, row->id, true, &a))
		rise(core, &a, row);
	else
		create(core, row);
}

static void more(struct core *core, const struct case_row *row, bool fold)
{
	struct alert_row a;

	if (store_alert_of_case(core->store, row->id, true, &a)) {
		rise(core, &a, row);
		return;
	}
	if (!store_alert_of_case(core->store, row->id, false, &a) || !row->owner[0]) {
		create(core, row); /* nobody has it and nothing runs: a human must hear of it */
		return;
	}
	a.urgency = row->urgency;
	tell_owner(core, &a, row, fold);
}

void alert_more(struct core *core, const struct case_row *row)
{
	more(core, row, true);
}

/* There are no more of them than questions. */
void alert_answered(struct core *core, const struct case_row *row)
{
	more(core, row, false);
}

void alert_moved(struct core *core, const struct case_row *row)
{
	struct alert_verdict v;
	struct alert_row a;

	if (!store_alert_of_case(core->store, row->id, true, &a)) {
		create(core, row);
		return;
	}
	outbox_cancel_alert(core, a.id);
	alert_decide_new(&alert_people_of(core, row)->rules, (enum triage_urgency)row->urgency, hl_boot_ms(core->clock), &v);
	carry_out(core, &a, row, &v);
}

/* ---- what happens to its texts ----------------------------------------------------------------------------------- */

static void text_arrived(struct core *core, struct alert_row *a, const char *recipient, enum alert_state state)
{
	struct case_row row;

	if (a->state >= (int)state || case_find(core, a->case_id, &row) != 0)
		return;
	if (a->state == ALERT_CREATED)
		case_mark_alerted(core, a->case_id);
	enter(core, a, state);
	store_alert_update(core->store, a);
	tell(core, alert_state_name(state), a, &row, recipient);
}

static void text_lost(struct core *core, struct alert_row *a, const char *recipient)
{
	const struct alert_people *people;
	const struct alert_facts f = facts_of(a);
	struct alert_verdict v;
	struct case_row row;

	if (case_find(core, a->case_id, &row) != 0)
		return;
	people = alert_people_at(core, &row, a->id, a->step, true);
	for (size_t i = 0; i < people->rules.chain.officers + people->rules.chain.coordinators; i++) {
		if (strcmp(people->chain[i]->name, recipient) != 0)
			continue;
		alert_decide_failed(&people->rules, &f, i, hl_boot_ms(core->clock), &v);
		if (v.escalated)
			carry_out(core, a, &row, &v);
		return;
	}
}

void alert_outbox_changed(struct core *core, int64_t alert_id, const char *recipient, enum outbox_state state)
{
	struct alert_row a;

	if (!core->alerts || !store_alert_get(core->store, alert_id, &a) || a.acknowledged_ms)
		return;
	if (state == OUTBOX_SENT)
		text_arrived(core, &a, recipient, ALERT_HANDED);
	else if (state == OUTBOX_DELIVERED)
		text_arrived(core, &a, recipient, ALERT_DELIVERED);
	else if (state == OUTBOX_FAILED || state == OUTBOX_UNDELIVERED)
		text_lost(core, &a, recipient);
}

/* ---- its end ----------------------------------------------------------------------------------------------------- */

void alert_end(struct core *core, struct alert_row *a, const struct case_row *row, const char *person)
{
	int64_t now = hl_wall_ms(core->clock);

	enter(core, a, ALERT_ACKNOWLEDGED);
	a->acknowledged_ms = now > 0 ? now : 1; /* NULL would be open, whatever the clock says */
	hl_strlcpy(a->acknowledged_by, sizeof(a->acknowledged_by), person);
	store_alert_update(core->store, a);
	outbox_cancel_alert(core, a->id);
	audit_append(core->store, now, person, "alert.acknowledge", row->code, "");
	hl_log(HL_LOG_INFO, "alert", "acknowledged case=%s person=\"%s\"", row->code, person);
	tell(core, "acknowledged", a, row, person);
}

void alert_acknowledge_case(struct core *core, int64_t case_id, const char *person)
{
	struct alert_row a;
	struct case_row row;

	if (case_find(core, case_id, &row) != 0)
		return;
	while (store_alert_of_case(core->store, case_id, true, &a)) {
		alert_end(core, &a, &row, person);
		if (store_error(core->store))
			return;
	}
}

/* ---- deadlines --------------------------------------------------------------------------------------------------- */

void alert_run_due(struct core *core)
{
	static struct alert_row due[ALERT_TURN_MAX];
	int64_t now = hl_boot_ms(core->clock);
	size_t n = store_alert_due(core->store, now, due, ALERT_TURN_MAX);

	for (size_t i = 0; i < n; i++) {
		const struct alert_facts f = facts_of(&due[i]);
		struct alert_verdict v;
		struct case_row row;
		if (case_find(core, due[i].case_id, &row) != 0) {
			/* Foreign keys forbid it. It must not stop the alerts of other cases, and not spin. */
			hl_log(HL_LOG_ERR, "alert", "without_case alert=%lld mend=\"the database is damaged: restore the backup\"",
				(long long)due[i].id);
			due[i].due_boot_ms = now + NO_CASE_MS;
			store_alert_update(core->store, &due[i]);
			continue;
		}
		alert_decide_due(&alert_people_of(core, &row)->rules, &f, now, &v);
		carry_out(core, &due[i], &row, &v);
	}
}

static void on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct alerts *as = arg;

	(void)fd;
	(void)what;
	turn_begin(as->core->turn);
	alert_run_due(as->core);
}

static void arm_timer(struct alerts *as, int64_t least_ms)
{
	int64_t due = store_alert_next_due(as->core->store), wait_ms = due - hl_boot_ms(as->core->clock);
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
	int64_t now = hl_boot_ms(core->clock), longest = 0;

	for (int u = 0; u < TRIAGE_URGENCIES; u++)
		if (as->people.rules.wait_ms[u] > longest)
			longest = as->people.rules.wait_ms[u];
	if (!core->same_boot)
		store_alert_new_boot(core->store, now, hl_wall_ms(core->clock));
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

void alerts_roster_changed(struct core *core)
{
	if (core->alerts)
		alert_people_read(core->alerts);
}

struct alerts *alerts_new(struct core *core)
{
	static const struct turn_hooks hooks = { on_before_commit, on_after_commit, on_after_abort };
	struct alerts *as = hl_calloc(1, sizeof(*as));

	as->core = core;
	core->alerts = as;
	alert_people_read(as);
	store_alert_count(core->store, count_row, &as->now);
	as->sure = as->now;
	as->timer = evtimer_new(core->base, on_timer, as);
	if (!as->timer)
		hl_fatal(EX_OSERR, "making a timer failed");
	turn_add_hooks(core->turn, &hooks);
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
