/* The room: what memory keeps of live campaigns, the hooks into the turn, the one timer. */
#include "core/campaign/campaign.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/log.h"
#include "base/mem.h"
#include "conf/conf.h"
#include "core/campaign/answer.h"
#include "core/campaign/campaign_inside.h"
#include "core/campaign/plan.h"
#include "core/contacts/leave.h"
#include "core/link/links.h"
#include "core/service/balance.h"
#include "core/turn.h"
#include "store/alert.h"

/* ---- what memory keeps ------------------------------------------------------------------------------------------------ */

static void load_one(struct campaigns *c, const struct campaign_row *row)
{
	struct live *l = &c->live[c->live_count++];
	struct campaign_pace pace = l->row.id == row->id ? l->pace : (struct campaign_pace){ 0 };

	*l = (struct live){ .row = *row, .pace = pace };
	l->queued = campaign_count_of(c->core->store, row->id, RECIPIENT_QUEUED);
	l->waiting = campaign_count_of(c->core->store, row->id, RECIPIENT_WAITING);
	if (row->state != CAMPAIGN_SCHEDULED)
		l->operator_count = campaign_recipient_operators(c->core->store, row->id, l->operators, OPERATORS_MAX + 1);
}

static void load(struct campaigns *c)
{
	struct campaign_row *rows = hl_calloc(CAMPAIGNS_LIVE_MAX, sizeof(*rows));
	size_t n = campaign_list_live(c->core->store, 0, rows, CAMPAIGNS_LIVE_MAX);

	c->live_count = 0;
	for (size_t i = 0; i < n; i++)
		load_one(c, &rows[i]);
	c->stale = false;
	c->due = c->live_count > 0;
	free(rows);
}

struct live *campaign_live(struct campaigns *c, int64_t id)
{
	if (c->stale)
		load(c);
	for (size_t i = 0; i < c->live_count; i++)
		if (c->live[i].row.id == id)
			return &c->live[i];
	return NULL;
}

void campaign_touch(struct campaigns *c)
{
	c->due = true;
}

void campaign_changed(struct core *core, int64_t id)
{
	(void)id;
	core->campaigns->stale = core->campaigns->due = true;
}

void campaign_wake_at(struct campaigns *c, int64_t boot_ms)
{
	if (boot_ms < c->wake_ms)
		c->wake_ms = boot_ms;
}

/* ---- definitions -------------------------------------------------------------------------------------------------------- */

const struct campaign_def *campaign_def_of(struct core *core, int64_t id)
{
	struct campaigns *c = core->campaigns;
	struct conf_errors *errors;
	char *text;

	for (size_t i = 0; i < DEFS_MAX; i++)
		if (c->defs[i].def && c->defs[i].id == id)
			return c->defs[i].def;
	text = campaign_get_definition(core->store, id);
	if (!text)
		return NULL;
	errors = hl_calloc(1, sizeof(*errors));
	c->def_next = (c->def_next + 1) % DEFS_MAX;
	campaign_def_free(c->defs[c->def_next].def);
	c->defs[c->def_next].def = campaign_def_read("campaign", text, strlen(text), errors);
	c->defs[c->def_next].id = id;
	if (!c->defs[c->def_next].def) /* it was taken by another version of this program */
		hl_log(HL_LOG_ERR, "campaign", "unreadable id=%lld why=\"%s\"", (long long)id, errors->list[0].text);
	free(errors);
	free(text);
	return c->defs[c->def_next].def;
}

void campaign_forget_def(struct campaigns *c, int64_t id)
{
	for (size_t i = 0; i < DEFS_MAX; i++) {
		if (c->defs[i].id == id) {
			campaign_def_free(c->defs[i].def);
			c->defs[i].def = NULL;
		}
	}
}

/* ---- the world around ----------------------------------------------------------------------------------------------------- */

static bool emergency_waits(struct campaigns *c)
{
	int64_t within_ms = c->core->config->campaign_emergency_s * 1000, raised_ms, now = hl_boot_ms(c->core->clock);

	if (within_ms == 0)
		return false;
	raised_ms = store_alert_emergency_ms(c->core->store);
	if (raised_ms == INT64_MIN || now - raised_ms >= within_ms)
		return false;
	campaign_wake_at(c, raised_ms + within_ms);
	return true;
}

/* None of them goes to a link while an emergency waits for an officer. */
static bool lane_open(struct core *core, enum outbox_lane lane)
{
	return lane != LANE_CAMPAIGN || !core->campaigns || !emergency_waits(core->campaigns);
}

/* Whether anything that decides about every campaign has changed. */
static bool world_changed(struct campaigns *c)
{
	bool emergency = emergency_waits(c), links = false, credit = false, changed;
	struct link_view v;

	for (size_t i = 0; c->core->links && links_view(c->core->links, i, &v); i++) {
		if (!v.ready || !v.connected || v.config->reserved || v.stranger)
			continue;
		links = true;
		credit = credit || balance_allows(c->core, v.name, LANE_CAMPAIGN);
	}
	changed = emergency != c->emergency || links != c->links || credit != c->credit;
	c->emergency = emergency;
	c->links = links;
	c->credit = credit;
	return changed;
}

/* ---- the turn --------------------------------------------------------------------------------------------------------------- */

static void on_before_commit(struct core *core)
{
	struct campaigns *c = core->campaigns;

	if (!c || (!c->stale && c->live_count == 0))
		return;
	if (c->stale)
		load(c);
	if (world_changed(c) || hl_boot_ms(core->clock) >= c->wake_ms)
		c->due = true;
	if (!c->due || store_error(core->store))
		return;
	c->due = false;
	c->wake_ms = INT64_MAX;
	emergency_waits(c); /* when it ends */
	campaign_feed(c);
}

static void arm(struct campaigns *c)
{
	int64_t wait_ms = c->due ? 0 : c->wake_ms - hl_boot_ms(c->core->clock);
	struct timeval tv;

	if (c->live_count == 0 || (!c->due && c->wake_ms == INT64_MAX)) {
		event_del(c->timer);
		return;
	}
	if (wait_ms < 0)
		wait_ms = 0;
	tv = (struct timeval){ .tv_sec = (time_t)(wait_ms / 1000), .tv_usec = (suseconds_t)(wait_ms % 1000 * 1000) };
	event_add(c->timer, &tv);
}

static void on_after_commit(struct core *core)
{
	if (core->campaigns)
		arm(core->campaigns);
}

static void on_after_abort(struct core *core, int err)
{
	struct campaigns *c = core->campaigns;

	(void)err;
	if (!c)
		return;
	if (c->live_count || c->stale) { /* what it was about to do is to be done again, but not at once */
		c->stale = true;
		c->due = false;
		c->wake_ms = hl_boot_ms(core->clock) + 1000;
		c->live_count = c->live_count ? c->live_count : 1;
		arm(c);
	}
	for (size_t i = 0; i < DEFS_MAX; i++)
		campaign_forget_def(c, c->defs[i].id);
}

static void on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct campaigns *c = arg;

	(void)fd;
	(void)what;
	c->due = true;
	turn_begin(c->core->turn);
}

void campaigns_warnings(struct core *core, json_t *warnings)
{
	const struct campaigns *c = core->campaigns;

	for (size_t i = 0; c && i < c->live_count; i++) {
		const struct campaign_row *row = &c->live[i].row;
		if (row->state == CAMPAIGN_PAUSED_ERRORS || row->state == CAMPAIGN_PAUSED_BUDGET)
			json_array_append_new(warnings, json_sprintf("campaign %s is %s: %s", row->name,
				campaign_state_name((enum campaign_state)row->state), row->why));
	}
}

/* ---- life -------------------------------------------------------------------------------------------------------------------- */

struct campaigns *campaigns_new(struct core *core)
{
	static const struct turn_hooks hooks = { on_before_commit, on_after_commit, on_after_abort };
	static const struct outbound_hooks texts = { .purposes = OUTBOUND_PURPOSE(OUTBOX_CAMPAIGN) | OUTBOUND_PURPOSE(OUTBOX_CAMPAIGN_REPLY),
		.changed = campaign_outbox_changed, .judge = campaign_gate, .lane_open = lane_open };
	static const struct contacts_hooks contacts = { .left = answer_note_stop };
	struct campaigns *c = hl_calloc(1, sizeof(*c));

	c->core = core;
	core->campaigns = c;
	c->stale = c->due = true;
	c->wake_ms = INT64_MAX;
	c->timer = evtimer_new(core->base, on_timer, c);
	if (!c->timer)
		hl_fatal(EX_OSERR, "making a timer failed");
	c->planning = planning_new(core);
	turn_add_hooks(core->turn, &hooks);
	outbound_add_hooks(core, &texts);
	contacts_add_hooks(core, &contacts);
	return c;
}

void campaigns_end_requests(struct campaigns *c)
{
	if (!c)
		return;
	planning_free(c->planning);
	c->planning = NULL;
}

void campaigns_free(struct campaigns *c)
{
	if (!c)
		return;
	campaigns_end_requests(c);
	event_free(c->timer);
	for (size_t i = 0; i < DEFS_MAX; i++)
		campaign_def_free(c->defs[i].def);
	free(c);
}
