/* Entering states: the one place where a campaign changes its own. */
#include <inttypes.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/campaign/campaign_inside.h"
#include "core/control/control.h"
#include "core/service/balance.h"
#include "core/service/service.h"
#include "store/store.h"

#define HOUR_MS (3600 * INT64_C(1000))
#define TAKE_BACK_BATCH 16

/* Texts of the plan that no link has yet do not leave any more; what a link has ends as it will. */
static void take_back(struct core *core, int64_t id, const char *why)
{
	struct outbox_row rows[TAKE_BACK_BATCH];
	size_t n;

	while ((n = store_outbox_campaign_waiting(core->store, id, OUTBOX_CAMPAIGN, rows, TAKE_BACK_BATCH)) > 0 && !store_error(core->store))
		for (size_t i = 0; i < n; i++)
			outbox_move(core, &rows[i], OUTBOX_EV_CANCEL, &(struct outbox_detail){ .why = why });
}

/* Memory follows at once: what is counted from here on is written with its row. */
static void keep(struct core *core, const struct campaign_row *row)
{
	struct live *l = campaign_live(core->campaigns, row->id);

	if (l && &l->row != row)
		l->row = *row;
	if (!l)
		campaign_changed(core, row->id);
}

static void log_state(const struct campaign_row *row, int from)
{
	hl_log(HL_LOG_NOTICE, "campaign", "state name=%s from=\"%s\" to=\"%s\" why=\"%s\"", row->name,
		campaign_state_name((enum campaign_state)from), campaign_state_name((enum campaign_state)row->state), row->why);
}

static void on_over(struct core *core, struct campaign_row *row)
{
	row->finished_ms = hl_wall_ms(core->clock);
	campaign_update(core->store, row);
	keep(core, row);
	take_back(core, row->id, row->state == CAMPAIGN_CANCELLED ? "the campaign was cancelled" : "too old to send");
	if (row->started_ms && core->service)
		service_balance_due(core);
	campaign_changed(core, row->id);
}

bool campaign_enter(struct core *core, struct campaign_row *row, enum campaign_event event, const char *why)
{
	int from = row->state, next = campaign_state_next((enum campaign_state)from, event);

	if (next == CAMPAIGN_IGNORE || next == from)
		return next == from;
	row->state = next;
	hl_strlcpy(row->why, sizeof(row->why), why ? why : "");
	if (next == CAMPAIGN_RUNNING && event == CAMPAIGN_EV_RESUME)
		row->recent_count = 0; /* somebody looked at it: it begins anew */
	campaign_update(core->store, row);
	keep(core, row);
	if (next == CAMPAIGN_RUNNING)
		store_outbox_campaign_due(core->store, row->id, hl_boot_ms(core->clock));
	log_state(row, from);
	control_event(core, "campaign", json_pack("{s:s, s:s, s:s}", "name", row->name, "state",
		campaign_state_name((enum campaign_state)next), "why", row->why));
	if (next == CAMPAIGN_FINISHED || next == CAMPAIGN_CANCELLED)
		on_over(core, row);
	return true;
}

bool campaign_begin(struct core *core, struct campaign_row *row, const char *why)
{
	const struct campaign_def *def = campaign_def_of(core, row->id);
	int64_t now = hl_wall_ms(core->clock);

	if (!def || campaign_state_next((enum campaign_state)row->state, CAMPAIGN_EV_START) == CAMPAIGN_IGNORE)
		return false;
	row->started_ms = now;
	row->expires_ms = now + def->expires_h * HOUR_MS;
	row->answers_until_ms = now + def->answer_h * HOUR_MS;
	return campaign_enter(core, row, CAMPAIGN_EV_START, why);
}
