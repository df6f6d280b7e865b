/* Coordinators of the task force are told by rule that a case concerns them: by what it is, or because a referral waits. The text says
 * nothing but the code; what concerns the police or the hotline is told only where the rule asks for it by name. */
#include <string.h>

#include "base/log.h"
#include "core/alert/alert_inside.h"
#include "store/alert_notice.h"
#include "wire/link.h"

#define TASK_FORCE "MDTF"
#define NOTICE_URGENCY TRIAGE_LOW /* behind every alert that somebody must answer */
#define HOUR_MS 3600000

static bool is_target(const struct core *core, const char *district)
{
	const char *name;
	bool target = false;

	for (size_t i = 0; core->rules && (name = triage_district_name(core->rules, i, &target)); i++)
		if (strcmp(name, district) == 0)
			return target;
	return false;
}

static bool is_due_to(const struct core *core, const struct alert_notice *n, const struct case_row *row)
{
	struct policy_facts f = alert_policy_facts(core, row, (enum triage_urgency)row->urgency);

	if (n->conflict != f.apart)
		return false;
	f.apart = false; /* asked for by name */
	return policy_fits(&n->match, &f) && (!n->target_district || is_target(core, row->district));
}

static void tell_coordinators(struct core *core, const struct alert_notice *n, const struct alert_row *alert, const struct case_row *row)
{
	const struct wording_arg args[] = { { "code", row->code }, { NULL, NULL } };
	char out[WIRE_TEXT_MAX + 1];

	hl_log(HL_LOG_INFO, "alert", "notice rule=%s case=%s", n->name, row->code);
	for (size_t i = 0; i < roster_count(core->roster); i++) {
		const struct roster_person *p = roster_person(core->roster, i);
		const struct outbox_item item = { .lane = LANE_ALERT, .purpose = OUTBOX_OFFICER, .urgency = NOTICE_URGENCY, .case_id = row->id,
			.recipient = p->name, .to = p->number, .text = out, .modem = "" };
		if (p->role != ROSTER_COORDINATOR || strcmp(p->unit, TASK_FORCE) != 0)
			continue;
		if (alert && alert_pace_hold_full(core, alert, p, ALERT_TEXT_NEW))
			continue; /* a flood: they are told how many */
		if (wording_render(core->wording, "coord.notice", alert_language_of(p), args, out, sizeof(out)) > 0)
			outbox_add(core, &item);
	}
}

void alert_notice_new(struct core *core, const struct alert_row *alert, const struct case_row *row)
{
	const struct alert_policies *all = core->policies;

	for (size_t i = 0; all && i < all->notice_count; i++)
		if (!all->notices[i].referral_h && is_due_to(core, &all->notices[i], row)) {
			tell_coordinators(core, &all->notices[i], alert, row);
			return; /* one text says it */
		}
}

void alert_case_referred(struct core *core, const struct case_row *row)
{
	const struct alert_policies *all = core->policies;

	for (size_t i = 0; core->alerts && all && i < all->notice_count; i++) {
		int64_t wait_ms = all->notices[i].referral_h * HOUR_MS;
		if (wait_ms && is_due_to(core, &all->notices[i], row))
			store_notice_set(core->store, row->id, all->notices[i].name, hl_boot_ms(core->clock) + wait_ms,
				hl_wall_ms(core->clock) + wait_ms);
	}
}

static const struct alert_notice *rule_named(const struct core *core, const char *name)
{
	for (size_t i = 0; core->policies && i < core->policies->notice_count; i++)
		if (strcmp(core->policies->notices[i].name, name) == 0)
			return &core->policies->notices[i];
	return NULL;
}

void alert_notice_run(struct core *core)
{
	struct notice_row due[ALERT_TURN_MAX];
	int64_t now = hl_boot_ms(core->clock), wall = hl_wall_ms(core->clock);
	size_t n = store_notice_due(core->store, now, due, ALERT_TURN_MAX);

	for (size_t i = 0; i < n; i++) {
		const struct alert_notice *rule = rule_named(core, due[i].rule);
		int64_t left = due[i].due_ms - wall;
		struct case_row row;
		bool waits = rule && case_find(core, due[i].case_id, &row) == 0 && row.state == CASE_REFERRED;
		/* another boot: everything is looked at, and what is not due by the wall clock waits on, never longer than its rule says */
		if (waits && left > 0 && left <= rule->referral_h * HOUR_MS) {
			store_notice_set(core->store, due[i].case_id, due[i].rule, now + left, due[i].due_ms);
			continue;
		}
		store_notice_drop(core->store, due[i].case_id, due[i].rule);
		if (waits)
			tell_coordinators(core, rule, NULL, &row);
	}
}
