#include "core/retention/retention_step.h"

#include <stdio.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/alert/alert.h"
#include "core/case/case.h"
#include "core/case/case_reason.h"
#include "core/case/reading.h"
#include "core/config/config.h"
#include "core/control/once.h"
#include "core/outbound/outbox_row.h"
#include "core/retention/shred.h"
#include "store/alert.h"
#include "store/audit.h"
#include "store/campaign_answer.h"
#include "store/hold.h"
#include "store/meta.h"
#include "store/retention.h"

#define LOOK_MAX 100    /* cases looked at in a step */
#define ERASE_MAX 4     /* of these erased: a step is a few ms, most of it the disk */
#define WEEKS_MAX 2000
#define DAY_MS (86400 * (int64_t)1000)

static void forget_outbox(void *arg, int lane, int state)
{
	outbox_forget(arg, lane, state);
}

static void forget_alert(void *arg, int state)
{
	alert_forget(arg, state);
}

static struct retention_gone gone_of(struct core *core)
{
	return (struct retention_gone){ forget_outbox, forget_alert, core };
}

static bool alert_rings(struct core *core, int64_t case_id)
{
	struct alert_row alert;

	return store_alert_of_case(core->store, case_id, true, &alert);
}

/* Closed for a reason by which nothing came of it. A case that was merged has its texts elsewhere. */
static bool is_unfounded(enum case_reason reason)
{
	static const bool unfounded[CASE_REASONS] = {
		[CASE_REASON_NO_ANSWER] = true, [CASE_REASON_NOT_ENOUGH] = true, [CASE_REASON_UNFOUNDED] = true,
		[CASE_REASON_NOT_OURS] = true, [CASE_REASON_NO_TIP] = true, [CASE_REASON_MALICIOUS] = true, [CASE_REASON_MERGED] = true,
	};

	return (unsigned)reason < CASE_REASONS && unfounded[reason];
}

static struct retention_case facts_of(struct core *core, const struct case_row *row)
{
	return (struct retention_case){
		.kind = row->kind,
		.closed = row->closed_ms != 0,
		.unfounded = is_unfounded((enum case_reason)row->reason),
		.owned = row->owner[0] != '\0',
		.held = hold_get(core->store, row->id),
		.busy = alert_rings(core, row->id) || retention_case_is_needed(core->store, row->id),
		.closed_ms = row->closed_ms,
		.updated_ms = row->updated_ms,
	};
}

static void erase_case(struct core *core, const struct retention_run *run, const struct case_row *row, enum retention_class class)
{
	struct retention_gone gone = gone_of(core);

	audit_append(core->store, run->now_ms, "core", "case.erase", row->code, retention_class_name(class));
	retention_erase_case(core->store, row->id, run->now_ms, &gone);
}

/* Returns whether it was erased. */
static bool step_case(struct core *core, struct retention_run *run, const struct case_row *row)
{
	struct retention_case facts = facts_of(core, row);
	enum retention_class class = retention_class_of_case(&facts);
	enum retention_verdict v = retention_of_case(&core->config->retention, &facts, run->now_ms);

	run->report.held += facts.held;
	run->report.soon[class] += v == RETENTION_SOON;
	run->report.erased[class] += v == RETENTION_ERASE;
	if (v != RETENTION_KEEP && run->order.on_case)
		run->order.on_case(run->order.arg, row, class, v);
	if (v != RETENTION_ERASE || run->order.dry)
		return false;
	erase_case(core, run, row, class);
	return true;
}

static int step_cases(struct core *core, struct retention_run *run)
{
	int erased = 0;

	for (int i = 0; i < LOOK_MAX && erased < ERASE_MAX; i++) {
		int64_t id = retention_next_case(core->store, run->after);
		struct case_row row;
		if (!id)
			return RETENTION_NEXT_PHASE;
		run->after = id;
		if (cases_get(core->store, id, &row))
			erased += step_case(core, run, &row);
	}
	return RETENTION_SAME_PHASE;
}

static int step_quarantine(struct core *core, struct retention_run *run)
{
	const struct retention_periods *p = &core->config->retention;

	for (int i = 0; i < LOOK_MAX; i++) {
		int64_t id, since_ms;
		enum retention_verdict v;
		if (!retention_next_quarantine(core->store, run->after, &id, &since_ms))
			return RETENTION_NEXT_PHASE;
		run->after = id;
		v = since_ms ? retention_by_age(p, RETENTION_QUARANTINE, since_ms, run->now_ms) : RETENTION_KEEP;
		run->report.soon[RETENTION_QUARANTINE] += v == RETENTION_SOON;
		run->report.erased[RETENTION_QUARANTINE] += v == RETENTION_ERASE;
		if (v == RETENTION_ERASE && !run->order.dry)
			retention_erase_quarantine(core->store, id, run->now_ms);
	}
	return RETENTION_SAME_PHASE;
}

/* What is older than this goes; INT64_MIN where nothing ever does. */
static int64_t before_ms(const struct core *core, const struct retention_run *run, enum retention_class c)
{
	int64_t days = core->config->retention.days[c];

	return days ? run->now_ms - days * DAY_MS : INT64_MIN;
}

static int step_outbox(struct core *core, struct retention_run *run)
{
	struct retention_gone gone = gone_of(core);
	bool more = retention_outbox(core->store, &run->stretch, before_ms(core, run, RETENTION_OUTBOX), run->order.dry, &gone);

	run->report.erased[RETENTION_OUTBOX] = run->stretch.found;
	return more ? RETENTION_SAME_PHASE : RETENTION_NEXT_PHASE;
}

/* Rows that go by their age alone, a stretch of them. */
static int step_rows(struct core *core, struct retention_run *run, enum retention_class c,
	bool (*erase)(struct store *s, struct retention_stretch *at, int64_t before_ms, bool dry))
{
	bool more = erase(core->store, &run->stretch, before_ms(core, run, c), run->order.dry);

	run->report.erased[c] = run->stretch.found;
	return more ? RETENTION_SAME_PHASE : RETENTION_NEXT_PHASE;
}

static int step_contacts(struct core *core, struct retention_run *run)
{
	return step_rows(core, run, RETENTION_CONTACT, retention_contacts);
}

static int step_calls(struct core *core, struct retention_run *run)
{
	return step_rows(core, run, RETENTION_CALL, retention_calls);
}

static int step_subscribers(struct core *core, struct retention_run *run)
{
	return step_rows(core, run, RETENTION_CONSENT, retention_subscribers);
}

static int step_campaigns(struct core *core, struct retention_run *run)
{
	return step_rows(core, run, RETENTION_CAMPAIGN, retention_campaigns);
}

/* What somebody answered to a campaign in words goes with the texts of that kind. */
static int step_answers(struct core *core, struct retention_run *run)
{
	bool more = !run->order.dry && answer_forget_words(core->store, &run->after, before_ms(core, run, RETENTION_OTHER));

	return more ? RETENTION_SAME_PHASE : RETENTION_NEXT_PHASE;
}

static int step_hashes(struct core *core, struct retention_run *run)
{
	return step_rows(core, run, RETENTION_HASH, retention_hashes);
}

static int list_weeks(struct core *core, struct retention_run *run)
{
	struct hl_reason why = { "" };

	run->weeks = hl_calloc(WEEKS_MAX, sizeof(*run->weeks));
	run->week_count = vault_weeks(core->vault, run->weeks, WEEKS_MAX, &why);
	if (run->week_count >= 0)
		return RETENTION_SAME_PHASE;
	hl_log(HL_LOG_ERR, "retention", "no_keyring why=\"%s\"", why.text);
	return run->week_count;
}

/* One week, or some texts of it, a step. A week that cannot be moved is kept: its texts are worth more than an erased one's copy. */
static int step_weeks(struct core *core, struct retention_run *run)
{
	const char *week;
	enum retention_key key;
	int moved = 0;

	if (!run->weeks)
		return list_weeks(core, run);
	if (run->week == run->week_count)
		return RETENTION_NEXT_PHASE;
	week = run->weeks[run->week];
	key = shred_look(core, week, run->now_ms);
	if (key == RETENTION_KEY_MOVE && !run->order.dry) {
		moved = shred_move(core, week, run->now_ms);
		run->report.moved += moved > 0 ? moved : 0;
	}
	if (moved > 0)
		return RETENTION_SAME_PHASE;
	if (key != RETENTION_KEY_KEEP && moved == 0 && (run->order.dry || shred_destroy(core, week, run->now_ms) == 0))
		run->report.keys++;
	run->week++;
	return RETENTION_SAME_PHASE;
}

static int step_end(struct core *core, struct retention_run *run)
{
	const int64_t *n = run->report.erased;
	char detail[192];

	if (run->order.dry)
		return RETENTION_NEXT_PHASE;
	snprintf(detail, sizeof(detail), "cases %lld, quarantine %lld, outbox %lld, contacts %lld, calls %lld, subscribers %lld, campaigns %lld, "
		"hashes %lld, keys %lld",
		(long long)(n[RETENTION_TIP] + n[RETENTION_UNFOUNDED] + n[RETENTION_SPAM] + n[RETENTION_OTHER]),
		(long long)n[RETENTION_QUARANTINE], (long long)n[RETENTION_OUTBOX], (long long)n[RETENTION_CONTACT],
		(long long)n[RETENTION_CALL], (long long)n[RETENTION_CONSENT], (long long)n[RETENTION_CAMPAIGN],
		(long long)n[RETENTION_HASH], (long long)run->report.keys);
	once_forget(core);
	reading_expire(core);
	audit_append(core->store, run->now_ms, run->actor, "retention.run", "", detail);
	meta_set_int(core->store, "retention_ms", run->now_ms);
	if (run->report.keys)
		meta_set_int(core->store, "destroyed_ms", hl_wall_ms(core->clock));
	run->soon = run->report.soon[RETENTION_TIP] + run->report.soon[RETENTION_UNFOUNDED] + run->report.soon[RETENTION_SPAM]
		+ run->report.soon[RETENTION_OTHER];
	meta_set_int(core->store, "retention_soon", run->soon);
	hl_log(HL_LOG_NOTICE, "retention", "done %s", detail);
	return RETENTION_NEXT_PHASE;
}

static int (*const steps[])(struct core *core, struct retention_run *run) = {
	step_cases, step_quarantine, step_outbox, step_contacts, step_calls, step_subscribers, step_answers, step_campaigns, step_hashes, step_weeks,
	step_end,
};

int retention_step(struct core *core, struct retention_run *run)
{
	return steps[run->phase](core, run);
}

bool retention_step_next_phase(struct retention_run *run)
{
	run->phase++;
	run->after = 0;
	run->stretch = (struct retention_stretch){ 0 };
	return run->phase < (int)(sizeof(steps) / sizeof(steps[0]));
}
