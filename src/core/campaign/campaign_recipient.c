/* Recipients on their way: every move counts where it happened, and the gate asks anew what planning asked long ago. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "core/campaign/campaign_inside.h"
#include "core/contacts/eligible.h"
#include "store/store.h"

#define MINUTE_MS 60000

static void local_day(int64_t wall_ms, char day[16])
{
	time_t t = (time_t)(wall_ms / 1000);
	struct tm tm;

	if (!localtime_r(&t, &tm) || !strftime(day, 16, "%Y-%m-%d", &tm))
		hl_strlcpy(day, 16, "?");
}

static void count(struct core *core, const struct campaign_recipient_row *r, int sign)
{
	struct campaign_count_row n = { .language = r->language, .state = (int)recipient_state_counted(r->state),
		.recipients = sign, .parts = sign * r->parts };
	char day[16];

	hl_strlcpy(n.district, sizeof(n.district), r->district);
	hl_strlcpy(n.operator_name, sizeof(n.operator_name), r->operator_name);
	campaign_count_add(core->store, r->campaign_id, &n);
	if (r->state == RECIPIENT_WAITING || r->state == RECIPIENT_QUEUED)
		return;
	local_day(r->updated_ms, day);
	campaign_day_add(core->store, r->campaign_id, day, r->district, n.state, sign);
}

static void count_speed(struct campaigns *c)
{
	int64_t minute = hl_boot_ms(c->core->clock) / MINUTE_MS;
	size_t slot = (size_t)(minute % SPEED_SLOTS);

	if (c->speed[slot].minute != minute) {
		c->speed[slot].minute = minute;
		c->speed[slot].sent = 0;
	}
	c->speed[slot].sent++;
}

/* What the campaign's own row keeps of it. */
static void account(struct core *core, const struct campaign_recipient_row *r, int from)
{
	struct live *l = campaign_live(core->campaigns, r->campaign_id);
	struct campaign_row other, *row = l ? &l->row : &other;
	int64_t cost = campaign_cost(core, r->operator_name, r->parts);
	bool never = r->state == RECIPIENT_SKIPPED || r->state == RECIPIENT_WITHHELD, ended = from == RECIPIENT_QUEUED && !never;

	if (!l && !campaign_get(core->store, r->campaign_id, &other))
		return;
	if (l && (from == RECIPIENT_QUEUED || r->state == RECIPIENT_QUEUED))
		l->queued += r->state == RECIPIENT_QUEUED ? 1 : -1;
	if (l && from == RECIPIENT_WAITING)
		l->waiting--;
	if (r->state == RECIPIENT_QUEUED && from != RECIPIENT_UNKNOWN) /* a link that came back is still at one of which nobody knew */
		row->spent += cost;
	else if (from == RECIPIENT_QUEUED && (never || r->state == RECIPIENT_FAILED))
		row->spent -= cost; /* it never went out */
	if (ended)
		campaign_recent_add(&row->recent, &row->recent_count, r->state != RECIPIENT_SENT);
	if (r->state == RECIPIENT_SENT)
		count_speed(core->campaigns);
	campaign_update(core->store, row);
}

void campaign_recipient_move(struct core *core, struct campaign_recipient_row *r, enum recipient_state state, const char *why)
{
	int from = r->state;

	campaign_live(core->campaigns, r->campaign_id); /* memory is read before the counts change, or it would count this twice */
	count(core, r, -1);
	r->state = (int)state;
	r->updated_ms = hl_wall_ms(core->clock);
	if (state == RECIPIENT_QUEUED)
		r->queued_ms = r->updated_ms;
	hl_strlcpy(r->why, sizeof(r->why), why ? why : "");
	count(core, r, 1);
	campaign_recipient_update(core->store, r);
	account(core, r, from);
	campaign_touch(core->campaigns);
}

void campaign_outbox_changed(struct core *core, const struct outbox_row *row, enum outbox_state now)
{
	enum recipient_state state = recipient_state_of_text(now);
	struct campaign_recipient_row r;

	if (!core->campaigns || row->purpose != OUTBOX_CAMPAIGN || state == RECIPIENT_STATES ||
		!campaign_recipient_get(core->store, row->campaign_id, row->subscriber_id, &r) || r.outbox_id != row->id ||
		r.state == (int)state)
		return;
	if (state == RECIPIENT_SKIPPED && strcmp(row->why, contacts_reason_name(CONTACTS_OPEN_CASE)) == 0) /* the gate's word */
		state = RECIPIENT_WITHHELD;
	campaign_recipient_move(core, &r, state, row->why);
}

enum wording_language campaign_language(const struct subscriber_row *s)
{
	if (s->language == SUBSCRIBER_EN)
		return WORDING_EN;
	return s->script == SUBSCRIBER_LATN ? WORDING_MN_LATN : WORDING_MN;
}

/* ---- the gate ---------------------------------------------------------------------------------------------------------------- */

static struct safety_verdict never(const char *why)
{
	return (struct safety_verdict){ SAFETY_NEVER, 0, why };
}

static struct safety_verdict hold(int minutes, const char *why)
{
	return (struct safety_verdict){ SAFETY_HOLD, minutes < 1 ? 1 : minutes < SAFETY_HOLD_MOST_MIN ? minutes : SAFETY_HOLD_MOST_MIN, why };
}

/* What is in the outbox was within the budget. Who answers is answered whatever holds up the plan, but for a person. */
static bool holds(enum campaign_state state, bool reply)
{
	return state == CAMPAIGN_PAUSED || (!reply && campaign_state_is_paused(state) && state != CAMPAIGN_PAUSED_BUDGET);
}

/* Whether the campaign lets its texts out. */
static struct safety_verdict ask_campaign(struct core *core, const struct outbox_row *text, const struct campaign_row *row)
{
	static const struct safety_verdict send = { SAFETY_SEND, 0, "" };
	const struct campaign_def *def = campaign_def_of(core, row->id);
	bool reply = text->purpose == OUTBOX_CAMPAIGN_REPLY;
	int64_t until = reply ? row->answers_until_ms : row->expires_ms;
	int wait;

	if (row->state == CAMPAIGN_CANCELLED || row->state == CAMPAIGN_ARCHIVED)
		return never("the campaign is over");
	if (!def || (until && hl_wall_ms(core->clock) >= until))
		return never("too old to send");
	if (holds((enum campaign_state)row->state, reply))
		return hold(SAFETY_HOLD_MOST_MIN, "waits until the campaign is resumed");
	if (!reply && !campaign_is_open(core, def, &wait))
		return hold(wait, "waits for the hours of the campaign");
	return send;
}

struct safety_verdict campaign_gate(struct core *core, const struct outbox_row *text)
{
	struct safety_verdict v;
	struct campaign_row row;
	struct subscriber_row s;
	struct subscriber_facts facts;
	enum contacts_reason reason;
	int wait;

	if (!core->campaigns || !campaign_get(core->store, text->campaign_id, &row) ||
		!subscriber_get(core->store, text->subscriber_id, &s))
		return never("it is not known any more whom it was for");
	v = ask_campaign(core, text, &row);
	if (v.action != SAFETY_SEND)
		return v;
	subscriber_look(core->store, s.alias, &facts);
	reason = contacts_judge(core, &s, &facts, NULL);
	if (reason != CONTACTS_OK)
		return never(contacts_reason_name(reason));
	wait = contacts_wait_min(core, &facts);
	return wait > 0 ? hold(wait, "waits for the hours in which this person may be texted") : v;
}
