/* From the plan to the outbox: a few recipients at a time, so that what is queued is small, whatever is planned. */
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "core/campaign/campaign_inside.h"
#include "core/contacts/eligible.h"
#include "core/link/links.h"
#include "core/number.h"
#include "store/store.h"
#include "vault/vault.h"
#include "wire/link.h"

#define WINDOW_LEAST 8     /* recipients of a campaign in the outbox */
#define WINDOW_PER_LINK 4
#define WINDOW_MOST 64
#define LOOK_MAX 48        /* recipients that are looked at in a turn, of all campaigns */

static const char out_of_budget[] = "it has spent what it may: resume it with a higher budget, or cancel it";

/* ---- facts ------------------------------------------------------------------------------------------------------------------ */

void campaign_local_time(const struct core *core, int *weekday, int *minute)
{
	time_t now = (time_t)(hl_wall_ms(core->clock) / 1000);
	struct tm tm = { .tm_wday = 1 };

	localtime_r(&now, &tm);
	*weekday = (tm.tm_wday + 6) % 7;
	*minute = tm.tm_hour * 60 + tm.tm_min;
}

bool campaign_is_open(const struct core *core, const struct campaign_def *def, int *wait_min)
{
	const struct campaign_hours house = { core->config->campaign_open.from_min, core->config->campaign_open.to_min, 0x7F };
	const struct campaign_hours own = { def->from_min, def->to_min, def->days };
	int weekday, now, wait;
	bool open;

	campaign_local_time(core, &weekday, &now);
	open = campaign_hours_open(&house, weekday, now, wait_min);
	open = campaign_hours_open(&own, weekday, now, &wait) && open;
	if (wait > *wait_min)
		*wait_min = wait;
	return open;
}

int campaign_operator(const struct core *core, const char *name)
{
	for (size_t i = 0; i < core->config->operator_count; i++)
		if (strcmp(core->config->operators[i].name, name) == 0)
			return (int)i;
	return OPERATOR_NONE;
}

int64_t campaign_cost(const struct core *core, const char *operator_name, int64_t parts)
{
	int i = campaign_operator(core, operator_name);

	return i == OPERATOR_NONE ? 0 : parts * core->config->operators[i].part_cost;
}

/* ---- one recipient ------------------------------------------------------------------------------------------------------------ */

enum fed { FED_QUEUED, FED_SKIPPED, FED_LATER, FED_BUDGET, FED_FAILED };

static enum fed skip(struct core *core, struct campaign_recipient_row *r, const char *why)
{
	campaign_recipient_move(core, r, RECIPIENT_SKIPPED, why);
	return FED_SKIPPED;
}

/* Who was planned and may not be texted now. */
static enum fed pass_over(struct core *core, struct campaign_recipient_row *r, enum contacts_reason reason)
{
	bool told = contacts_reason_shown(reason) == reason;

	campaign_recipient_move(core, r, told ? RECIPIENT_SKIPPED : RECIPIENT_WITHHELD, contacts_reason_name(reason));
	return FED_SKIPPED;
}

static enum fed queue(struct core *core, struct campaign_recipient_row *r, const struct campaign_def *def, const struct number *to)
{
	char text[WIRE_TEXT_MAX + 1];
	struct outbox_item item = { .lane = LANE_CAMPAIGN, .purpose = OUTBOX_CAMPAIGN, .to = *to, .text = text, .modem = "",
		.campaign_id = r->campaign_id, .subscriber_id = r->subscriber_id, .report = def->reports };
	const char *words = campaign_text_pick(campaign_def_opening(def), (enum wording_language)r->language);
	int64_t id;

	if (campaign_words(core, r, words, NULL, text, sizeof(text)) <= 0)
		return skip(core, r, "its text could not be filled");
	id = outbox_add(core, &item);
	if (id < 0)
		return FED_FAILED;
	r->outbox_id = id;
	if (def->question_count && campaign_text_is_empty(&def->text))
		r->step = 1; /* the first question is what they get */
	campaign_recipient_move(core, r, RECIPIENT_QUEUED, "");
	return FED_QUEUED;
}

static enum fed feed_one(struct core *core, struct live *l, struct campaign_recipient_row *r, const struct campaign_def *def)
{
	int64_t cost = campaign_cost(core, r->operator_name, r->parts);
	struct subscriber_facts facts;
	struct subscriber_row s;
	struct number to = { "" };
	enum contacts_reason reason;
	enum fed fed;

	if (!subscriber_get(core->store, r->subscriber_id, &s))
		return skip(core, r, contacts_reason_name(CONTACTS_UNKNOWN));
	subscriber_look(core->store, s.alias, &facts);
	if (s.number_len && vault_number_open(core->vault, s.alias, s.number, s.number_len, to.e164, sizeof(to.e164)))
		return skip(core, r, "the number could not be opened");
	reason = contacts_judge(core, &s, &facts, *to.e164 ? &to : NULL);
	if (reason == CONTACTS_OK && contacts_wait_min(core, &facts) > 0)
		fed = FED_LATER;
	else if (reason == CONTACTS_OK && l->row.budget > 0 && l->row.spent + cost > l->row.budget)
		fed = FED_BUDGET;
	else if (reason == CONTACTS_OK)
		fed = queue(core, r, def, &to);
	else
		fed = pass_over(core, r, reason);
	explicit_bzero(&to, sizeof(to));
	return fed;
}

/* ---- one campaign --------------------------------------------------------------------------------------------------------------- */

static int64_t window_of(struct campaigns *c)
{
	int64_t links = 0, running = 0, window;
	struct link_view v;

	for (size_t i = 0; c->core->links && links_view(c->core->links, i, &v); i++)
		links += v.ready && v.connected && !v.config->reserved && !v.stranger;
	for (size_t i = 0; i < c->live_count; i++)
		running += c->live[i].row.state == CAMPAIGN_RUNNING;
	window = links * WINDOW_PER_LINK / (running ? running : 1);
	return window < WINDOW_LEAST ? WINDOW_LEAST : window > WINDOW_MOST ? WINDOW_MOST : window;
}

/* Nobody of this operator is left in this pass. */
static void operator_done(struct live *l, size_t k)
{
	memcpy(l->operators[k], l->operators[l->operator_count - 1], CAMPAIGN_OPERATOR_SIZE);
	l->after[k] = l->after[l->operator_count - 1];
	l->operator_count--;
}

static bool operator_paced(struct campaigns *c, const char *name, int64_t now)
{
	int i = campaign_operator(c->core, name);
	int64_t per_minute = i == OPERATOR_NONE ? 0 : c->core->config->operators[i].campaign_per_minute;

	if (campaign_pace_allows(&c->operator_pace[i == OPERATOR_NONE ? 0 : i], per_minute, now))
		return false;
	campaign_wake_at(c, c->operator_pace[i].next_ms);
	return true;
}

static void take_pace(struct campaigns *c, struct live *l, const struct campaign_def *def, const char *operator_name, int64_t now)
{
	int i = campaign_operator(c->core, operator_name);

	campaign_pace_take(&l->pace, def->per_minute, now);
	if (i != OPERATOR_NONE)
		campaign_pace_take(&c->operator_pace[i], c->core->config->operators[i].campaign_per_minute, now);
}

/* One of an operator. False: no more can be queued now. */
static bool feed_operator(struct campaigns *c, struct live *l, size_t k, const struct campaign_def *def, int64_t now)
{
	struct campaign_recipient_row r;
	enum fed fed;

	if (campaign_recipient_waiting(c->core->store, l->row.id, l->operators[k], l->after[k], &r, 1) == 0) {
		operator_done(l, k);
		return true;
	}
	l->after[k] = r.subscriber_id;
	fed = feed_one(c->core, l, &r, def);
	if (fed == FED_QUEUED)
		take_pace(c, l, def, r.operator_name, now);
	if (fed == FED_LATER)
		l->again_ms = now + CLOCKS_MAY_CHANGE_MS;
	if (fed == FED_BUDGET)
		campaign_enter(c->core, &l->row, CAMPAIGN_EV_BUDGET, out_of_budget);
	return fed != FED_BUDGET && fed != FED_FAILED;
}

/* Round the operators, so that a slow one holds up nobody of another. */
static void fill_window(struct campaigns *c, struct live *l, const struct campaign_def *def)
{
	int64_t now = hl_boot_ms(c->core->clock), window = window_of(c);
	size_t before, paced = 0, k = 0;

	while (l->queued < window && l->operator_count && paced < l->operator_count && !store_error(c->core->store)) {
		if (c->looked >= LOOK_MAX) {
			c->due = true; /* the rest in another turn */
			return;
		}
		if (!campaign_pace_allows(&l->pace, def->per_minute, now)) {
			campaign_wake_at(c, l->pace.next_ms);
			return;
		}
		k %= l->operator_count;
		if (operator_paced(c, l->operators[k], now)) {
			paced++;
			k++;
			continue;
		}
		paced = 0;
		before = l->operator_count;
		c->looked++;
		if (!feed_operator(c, l, k, def, now))
			return;
		k += l->operator_count == before;
	}
}

/* Those who were passed over: another pass, when its time has come. */
static void begin_pass(struct campaigns *c, struct live *l)
{
	int64_t now = hl_boot_ms(c->core->clock);

	if (l->operator_count || !l->waiting)
		return;
	if (l->again_ms > now) {
		campaign_wake_at(c, l->again_ms);
		return;
	}
	l->again_ms = 0;
	memset(l->after, 0, sizeof(l->after));
	l->operator_count = campaign_recipient_operators(c->core->store, l->row.id, l->operators, OPERATORS_MAX + 1);
}

static const char *why_of(enum campaign_event event)
{
	static const char *const whys[CAMPAIGN_EVENTS] = {
		[CAMPAIGN_EV_ERRORS] = "too many of the last texts failed: look at hotlinectl campaign progress and at the modems, then resume it",
		[CAMPAIGN_EV_BUDGET] = out_of_budget,
		[CAMPAIGN_EV_EMERGENCY] = "an emergency waits for an officer",
		[CAMPAIGN_EV_BALANCE] = "no SIM that is ready has credit for campaigns: top one up",
		[CAMPAIGN_EV_QUIET] = "outside its hours",
	};

	return whys[event] ? whys[event] : "";
}

static enum campaign_event judge(struct campaigns *c, const struct live *l, const struct campaign_def *def)
{
	struct campaign_facts f = { .emergency = c->emergency, .links = c->links, .credit = c->credit, .spent = l->row.spent,
		.budget = l->row.budget, .recent = l->row.recent, .recent_count = l->row.recent_count, .errors_percent = def->errors_percent };
	int wait;

	f.in_hours = campaign_is_open(c->core, def, &wait);
	if (!f.in_hours)
		campaign_wake_at(c, hl_boot_ms(c->core->clock) + wait * INT64_C(60000));
	return campaign_judge(&f);
}

static void wake_for_wall(struct campaigns *c, int64_t wall_ms)
{
	int64_t wait = wall_ms - hl_wall_ms(c->core->clock);

	campaign_wake_at(c, hl_boot_ms(c->core->clock) + (wait < 0 ? 0 : wait < CLOCKS_MAY_CHANGE_MS ? wait : CLOCKS_MAY_CHANGE_MS));
}

static bool is_done(const struct live *l, const struct campaign_def *def, int64_t wall_ms)
{
	return def->kind == CAMPAIGN_KEYWORD ? wall_ms >= l->row.answers_until_ms : l->waiting == 0 && l->queued == 0;
}

static void feed_live(struct campaigns *c, struct live *l)
{
	const struct campaign_def *def = campaign_def_of(c->core, l->row.id);
	int64_t wall = hl_wall_ms(c->core->clock);
	enum campaign_event event;

	if (!def)
		return; /* told; a person can cancel it */
	if (l->row.state == CAMPAIGN_SCHEDULED) {
		if (l->row.start_ms > wall) {
			wake_for_wall(c, l->row.start_ms);
			return;
		}
		campaign_begin(c->core, &l->row, "its time has come");
	}
	if (is_done(l, def, wall) || (def->kind != CAMPAIGN_KEYWORD && wall >= l->row.expires_ms)) {
		campaign_enter(c->core, &l->row, CAMPAIGN_EV_FINISH, l->waiting ? "too old to send: not everybody was texted" : "");
		return;
	}
	wake_for_wall(c, def->kind == CAMPAIGN_KEYWORD ? l->row.answers_until_ms : l->row.expires_ms);
	event = judge(c, l, def);
	campaign_enter(c->core, &l->row, event, why_of(event));
	if (l->row.state != CAMPAIGN_RUNNING)
		return;
	begin_pass(c, l);
	fill_window(c, l, def);
}

void campaign_feed(struct campaigns *c)
{
	size_t count = c->live_count;

	c->turn++;
	c->looked = 0;
	for (size_t i = 0; i < count && !store_error(c->core->store) && !c->stale; i++)
		feed_live(c, &c->live[(c->turn + i) % count]);
}
