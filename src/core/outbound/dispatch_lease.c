/* Leasing: which waiting text goes to which link. */
#include <string.h>

#include "base/mem.h"
#include "core/link/links.h"
#include "core/outbound/dispatch_inside.h"
#include "core/outbound/gate.h"
#include "core/outbound/lane.h"
#include "core/outbound/outbound_hooks.h"
#include "core/outbound/sim_use.h"

#define BATCH 32      /* rows of a lane that are looked at together */
#define LOOK_MAX 4096 /* rows of a lane that are looked at in one turn: more than come while one is patient */

/* ---- the links ---------------------------------------------------------------------------------------------------- */

/* Read once an hour, and again when the SIM has sent something. */
static struct sim_use use_of(struct dispatch *d, const char *imsi)
{
	int64_t hour = sim_use_hour(d->core);
	struct sim_seen *seen;

	for (size_t i = 0; i < d->sim_count; i++)
		if (strcmp(d->sims[i].imsi, imsi) == 0 && d->sims[i].hour == hour)
			return d->sims[i].use;
	if (d->sim_count == CONFIG_MODEMS_MAX)
		d->sim_count = 0;
	seen = &d->sims[d->sim_count++];
	hl_strlcpy(seen->imsi, sizeof(seen->imsi), imsi);
	seen->hour = hour;
	seen->use = sim_use_get(d->core, imsi);
	return seen->use;
}

/* Whether its SIM has to rest between two texts of campaigns. */
static bool is_paced(struct dispatch *d, const struct config_modem *m, size_t index)
{
	if (m->campaign_per_minute == 0 || d->rested_ms[index] <= hl_boot_ms(d->core->clock))
		return false;
	dispatch_wake_at(d, d->rested_ms[index]);
	return true;
}

static void set_spent(struct dispatch *d, const struct link_view *v, struct lane_link *l, size_t index)
{
	const struct config_modem *m = v->config;
	struct sim_use use;

	l->spent[LANE_CAMPAIGN] = !d->campaigns_open || !outbound_link_allows(d->core, v->name, LANE_CAMPAIGN) ||
		is_paced(d, m, index);
	if (!m->per_hour && !m->per_day)
		return;
	use = use_of(d, v->modem->imsi);
	for (int lane = 0; lane < LANE_COUNT; lane++) {
		bool capped = lane_is_spent((enum outbox_lane)lane, use.in_hour + (int64_t)l->open, m->per_hour) ||
			lane_is_spent((enum outbox_lane)lane, use.in_day + (int64_t)l->open, m->per_day);
		l->spent[lane] |= capped;
		if (capped)
			dispatch_wake_at(d, sim_use_next_hour(d->core));
	}
}

static const char *operator_of(const struct config *c, const char *imsi)
{
	int i = operator_of_imsi(c, imsi);

	return i == OPERATOR_NONE ? "" : c->operators[i].name;
}

static void count_open(const struct dispatch *d, struct lane_link *l)
{
	int64_t now = hl_boot_ms(d->core->clock);

	for (size_t i = 0; i < d->now.count; i++) {
		if (strcmp(d->now.list[i].link, l->name) != 0)
			continue;
		l->open++;
		l->ready &= !d->now.list[i].slow;
		if (d->now.list[i].submitting && now - d->now.list[i].begun_ms > l->busy_ms)
			l->busy_ms = now - d->now.list[i].begun_ms;
	}
}

/* hotline-notify, a link for each channel: what hangs on one holds up nothing of the other. */
static size_t gather_notify(struct dispatch *d, struct lane_link *links)
{
	struct link_view v;
	size_t n = 0;

	if (!links_program(d->core->links, LINK_NOTIFY, &v))
		return 0;
	for (int channel = CHANNEL_SMS + 1; channel < CHANNEL_COUNT; channel++) {
		struct lane_link *l = &links[n++];
		*l = (struct lane_link){ .name = v.name, .operator_name = "", .channel = (enum outbox_channel)channel, .ready = v.ready };
		for (size_t k = 0; k < d->now.count; k++)
			l->open += d->now.list[k].channel == l->channel && strcmp(d->now.list[k].link, v.name) == 0;
	}
	return n;
}

static size_t gather_links(struct dispatch *d, struct lane_link links[LINKS_MAX])
{
	struct link_view v;
	size_t n = 0;

	for (size_t i = 0; n < CONFIG_MODEMS_MAX && links_view(d->core->links, i, &v); i++) {
		struct lane_link *l = &links[n++];
		*l = (struct lane_link){ .name = v.name, .ready = v.ready && v.connected, .reserved = v.config->reserved,
			.stranger = v.stranger, .operator_name = "", .sent = d->leases[i] };
		if (!l->ready)
			continue;
		l->operator_name = operator_of(d->core->config, v.modem->imsi);
		count_open(d, l);
		set_spent(d, &v, l, i);
		l->rest_ms = v.config->campaign_per_minute ? 60000 / v.config->campaign_per_minute : 0;
	}
	return n + gather_notify(d, &links[n]);
}

/* ---- the texts ---------------------------------------------------------------------------------------------------- */

static void lease(struct dispatch *d, const struct outbox_row *row, bool discreet, struct lane_link *link, size_t index)
{
	struct slot *slot = slot_add(d, link->name, row->id, (enum outbox_lane)row->lane, link->channel);

	if (!slot)
		return;
	slot->fresh = true;
	slot->discreet = discreet;
	link->open++;
	link->sent = ++d->leases[index];
	if (row->lane == LANE_CAMPAIGN && link->rest_ms) {
		d->rested_ms[index] = hl_boot_ms(d->core->clock) + link->rest_ms;
		link->spent[LANE_CAMPAIGN] = true;
		dispatch_wake_at(d, d->rested_ms[index]);
	}
	outbox_lease(d->core, row, link->name);
}

/* Whether the gate lets it out now, and in which form; if not, it waits or is refused. */
static bool gate_opens(struct dispatch *d, const struct outbox_row *waiting, bool *discreet)
{
	struct safety_verdict v = gate_ask(d->core, waiting);
	struct outbox_row row;

	*discreet = v.action == SAFETY_SEND_DISCREET;
	if (v.action == SAFETY_HOLD) {
		outbox_hold(d->core, waiting, v.wait_min * (int64_t)60000, v.why);
		return false;
	}
	if (v.action != SAFETY_NEVER)
		return true;
	if (store_outbox_get(d->core->store, waiting->id, &row))
		outbox_move(d->core, &row, OUTBOX_EV_REFUSE, &(struct outbox_detail){ .why = v.why });
	return false;
}

/* Leases what it can of one batch. False: none behind it could be leased either. */
static bool lease_batch(struct dispatch *d, enum outbox_lane lane, struct lane_link *links, size_t count,
	const struct outbox_row rows[BATCH], size_t n)
{
	int64_t now = hl_boot_ms(d->core->clock);

	for (size_t i = 0; i < n; i++) {
		const struct lane_text t = { .lane = lane, .channel = (enum outbox_channel)rows[i].channel, .modem = rows[i].modem,
			.operator_name = rows[i].operator_name, .tried = rows[i].attempts > 0 || lane == LANE_ALERT,
			.pinned = rows[i].purpose == OUTBOX_LOOP,
			.patient = now < rows[i].not_before_boot_ms + PATIENCE_MS };
		int choice = lane_choose(&t, links, count);
		bool discreet;
		if (choice == LANE_NONE)
			return false;
		if (choice == LANE_WAIT && t.pinned)
			continue; /* its modem's coming wakes it */
		if (choice == LANE_WAIT) {
			dispatch_wake_at(d, rows[i].not_before_boot_ms + PATIENCE_MS);
			continue;
		}
		if (slot_find(d, links[choice].name, rows[i].id))
			continue; /* that link is still at it; its word of that, or another link, comes */
		if (gate_opens(d, &rows[i], &discreet))
			lease(d, &rows[i], discreet, &links[choice], (size_t)choice);
	}
	return n == BATCH;
}

/* Those that wait for their own modem, however many, do not hide what stands behind them. */
static void lease_lane(struct dispatch *d, enum outbox_lane lane, enum outbox_channel channel, struct lane_link *links,
	size_t count)
{
	struct outbox_row rows[BATCH], last;
	size_t looked = 0, n;

	do {
		if (!lane_has_room(lane, channel, links, count))
			return;
		n = store_outbox_waiting(d->core->store, (int)lane, (int)channel, hl_boot_ms(d->core->clock), looked ? &last : NULL,
			rows, BATCH);
		looked += n;
		if (n)
			last = rows[n - 1];
	} while (lease_batch(d, lane, links, count, rows, n) && looked < LOOK_MAX);
}

void dispatch_lease(struct dispatch *d)
{
	struct lane_link links[LINKS_MAX];
	size_t count;

	d->campaigns_open = outbox_count(d->core->outbox, LANE_CAMPAIGN, OUTBOX_QUEUED) == 0 || outbound_lane_open(d->core, LANE_CAMPAIGN);
	count = gather_links(d, links);

	for (int lane = 0; lane < LANE_COUNT; lane++)
		for (int channel = 0; channel < CHANNEL_COUNT; channel++)
			lease_lane(d, (enum outbox_lane)lane, (enum outbox_channel)channel, links, count);
}
