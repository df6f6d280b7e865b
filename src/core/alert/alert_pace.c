/* A flood must not bury the one text that matters: at most one text a minute (text_every_s) to a person, emergencies left out; and no
 * more than a few that wait for a modem, of whatever urgency, because the next emergency would stand behind them. What comes meanwhile
 * is held on disk and told in one text with the count, the highest urgency and the newest code; what somebody took meanwhile is not
 * told at all. */
#include "base/log.h"
#include "core/alert/alert_inside.h"
#include "store/alert_pace.h"

#define PACE_TURN_MAX 64 /* people told in one turn */
#define WAITING_MOST 5   /* texts to one person that no modem has taken yet */

static bool has_many_waiting(struct core *core, const char *person)
{
	return store_outbox_person_waiting(core->store, LANE_ALERT, person, WAITING_MOST) >= WAITING_MOST;
}

bool alert_pace_hold(struct core *core, const struct alert_row *alert, const struct roster_person *person, enum alert_text text)
{
	int64_t every_ms = core->policies ? core->policies->text_every_s * 1000 : 0, now = hl_boot_ms(core->clock);
	int64_t next;
	bool soon, hold;

	if (!every_ms)
		return false;
	next = store_pace_next(core->store, person->name);
	soon = next > now && next <= now + every_ms;
	hold = (alert->urgency < TRIAGE_EMERGENCY && soon) || has_many_waiting(core, person->name);
	if (hold)
		store_held_add(core->store, person->name, alert->id, (int)text);
	if (!hold || !soon)
		store_pace_set(core->store, person->name, now + every_ms);
	return hold;
}

bool alert_pace_hold_full(struct core *core, const struct alert_row *alert, const struct roster_person *person, enum alert_text text)
{
	int64_t every_ms = core->policies ? core->policies->text_every_s * 1000 : 0, now = hl_boot_ms(core->clock);
	int64_t next;

	if (!every_ms || !has_many_waiting(core, person->name))
		return false;
	next = store_pace_next(core->store, person->name);
	store_held_add(core->store, person->name, alert->id, (int)text);
	if (next <= now || next > now + every_ms)
		store_pace_set(core->store, person->name, now + every_ms);
	return true;
}

static void tell_held(struct core *core, const struct roster_person *p, const struct held_row *held)
{
	struct alert_row newest;
	struct case_row row;

	if (!store_alert_get(core->store, held->newest_id, &newest) || case_find(core, newest.case_id, &row) != 0)
		return;
	if (held->count == 1)
		alert_ring_person(core, &newest, &row, p, (enum alert_text)held->text, ALERT_RING_NOW);
	else
		alert_digest_person(core, &newest, &row, p, held->count, (enum triage_urgency)held->urgency);
	hl_log(HL_LOG_INFO, "alert", "digest person=\"%s\" alerts=%lld", p->name, (long long)held->count);
}

void alert_pace_run(struct core *core)
{
	int64_t every_ms = core->policies ? core->policies->text_every_s * 1000 : 0, now = hl_boot_ms(core->clock);
	char name[64];

	for (int i = 0; i < PACE_TURN_MAX && store_held_person(core->store, now, name); i++) {
		const struct roster_person *p = roster_find_name(core->roster, name);
		struct held_row held;
		if (has_many_waiting(core, name)) {
			store_pace_set(core->store, name, now + every_ms);
			continue;
		}
		store_held_read(core->store, name, &held);
		store_held_told(core->store, name);
		if (!p || held.count == 0)
			continue;
		tell_held(core, p, &held);
		store_pace_set(core->store, name, now + every_ms);
	}
}
