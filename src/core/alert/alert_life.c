/* How alerts change their states: who has it, who does nothing, who acts. The table is alert_state.c's. */
#include <inttypes.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/alert/alert_inside.h"
#include "store/alert_pace.h"
#include "store/audit.h"

bool alert_enter(struct core *core, struct alert_row *a, enum alert_event event)
{
	int next = alert_state_next((enum alert_state)a->state, event);

	if (next == ALERT_IGNORE)
		return false;
	core->alerts->now.counts[a->state]--;
	core->alerts->now.counts[next]++;
	hl_log(HL_LOG_DEBUG, "alert", "state id=%" PRId64 " old=%s new=%s", a->id, alert_state_name((enum alert_state)a->state),
		alert_state_name((enum alert_state)next));
	a->state = next;
	return true;
}

static bool is_worked_on(const struct case_row *row)
{
	return row->state == CASE_IN_WORK || row->state == CASE_REFERRED;
}

/* What comes after the acknowledgement: it is over, or whoever has it has so long to act. */
static void await_action(struct core *core, struct alert_row *a, const struct case_row *row)
{
	const struct alert_policies *all = core->policies;
	int64_t minutes = all ? all->act_min[a->urgency] : 0;

	a->idle = 0;
	a->due_boot_ms = minutes ? hl_boot_ms(core->clock) + minutes * 60000 : INT64_MAX;
	if (row->state == CASE_CLOSED)
		alert_enter(core, a, ALERT_EV_CLOSE);
	else if (is_worked_on(row))
		alert_enter(core, a, ALERT_EV_ACT);
}

/* One that was open again because its owner did nothing becomes that of whoever answers now. */
static void hand_over(struct core *core, const struct alert_row *a, struct case_row *row, const char *person)
{
	if (!a->idle || row->state != CASE_ACKNOWLEDGED || strcmp(row->owner, person) == 0)
		return;
	audit_append(core->store, hl_wall_ms(core->clock), person, "case.claim", row->code, row->owner);
	case_happen(core, row, CASE_EVENT_CLAIM, person);
	if (core->control)
		case_tell(core, row);
}

void alert_end(struct core *core, struct alert_row *a, const struct case_row *of, const char *person)
{
	int64_t now = hl_wall_ms(core->clock);
	struct case_row row = *of;

	hand_over(core, a, &row, person);
	core->alerts->now.exhausted -= a->exhausted;
	a->exhausted = false;
	alert_enter(core, a, ALERT_EV_ACKNOWLEDGE);
	a->acknowledged_ms = now > 0 ? now : 1; /* NULL would be open, whatever the clock says */
	hl_strlcpy(a->acknowledged_by, sizeof(a->acknowledged_by), person);
	audit_append(core->store, now, person, "alert.acknowledge", row.code, "");
	hl_log(HL_LOG_INFO, "alert", "acknowledged case=%s person=\"%s\"", row.code, person);
	alert_tell(core, "acknowledged", a, &row, person);
	await_action(core, a, &row);
	store_alert_update(core->store, a);
	outbox_cancel_alert(core, a->id);
	store_held_drop_alert(core->store, a->id);
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

/* ---- acting ------------------------------------------------------------------------------------------------------ */

static void finish(struct core *core, int64_t case_id, enum alert_event event)
{
	struct alert_row a;

	if (!core->alerts)
		return;
	while (store_alert_of_case_idle(core->store, case_id, &a) && alert_enter(core, &a, event)) {
		store_alert_update(core->store, &a);
		outbox_cancel_alert(core, a.id); /* a reminder on its way */
		if (store_error(core->store))
			return;
	}
}

void alert_case_acted(struct core *core, int64_t case_id)
{
	finish(core, case_id, ALERT_EV_ACT);
}

void alert_case_closed(struct core *core, int64_t case_id)
{
	finish(core, case_id, ALERT_EV_CLOSE);
}

/* ---- not acting -------------------------------------------------------------------------------------------------- */

static void remind(struct core *core, struct alert_row *a, const struct case_row *row)
{
	const struct roster_person *p = roster_find_name(core->roster, row->owner);
	const struct alert_policies *all = core->policies;

	a->idle++;
	a->due_boot_ms = hl_boot_ms(core->clock) + (all && all->act_min[a->urgency] ? all->act_min[a->urgency] : 1) * 60000;
	store_alert_update(core->store, a);
	hl_log(HL_LOG_NOTICE, "alert", "idle case=%s person=\"%s\"", row->code, row->owner);
	alert_tell(core, "idle", a, row, row->owner);
	if (p && alert_is_for(core, row, p))
		alert_ring_person(core, a, row, p, ALERT_TEXT_IDLE, 0);
}

/* It rings on from where it stood, so the next who hears of it is another; whoever has it may still act. */
static void reopen(struct core *core, struct alert_row *a, const struct case_row *row)
{
	struct alert_people people = *alert_people_at(core, row, a->id, a->step + 1, false);
	struct alert_rules rules = alert_rules_of(core, a, &people);
	struct alert_verdict v;

	hl_log(HL_LOG_NOTICE, "alert", "open_again case=%s person=\"%s\" why=\"acknowledged, and nothing was done\"", row->code, row->owner);
	alert_enter(core, a, ALERT_EV_IDLE);
	a->acknowledged_ms = 0;
	a->acknowledged_by[0] = '\0';
	a->idle++;
	a->due_boot_ms = 0;
	alert_decide_due(&rules, &(struct alert_facts){ (enum triage_urgency)a->urgency, a->step, 0 }, hl_boot_ms(core->clock), &v);
	alert_carry_out(core, a, row, &v);
}

void alert_idle_due(struct core *core, struct alert_row *a, const struct case_row *row)
{
	const struct alert_policies *all = core->policies;

	if (row->state == CASE_CLOSED || is_worked_on(row)) {
		alert_enter(core, a, row->state == CASE_CLOSED ? ALERT_EV_CLOSE : ALERT_EV_ACT);
		store_alert_update(core->store, a);
	} else if (!all || !all->act_min[a->urgency]) { /* the file no longer asks for it */
		a->due_boot_ms = INT64_MAX;
		store_alert_update(core->store, a);
	} else if (alert_decide_idle(a->idle) == ALERT_IDLE_REMIND) {
		remind(core, a, row);
	} else {
		reopen(core, a, row);
	}
}
