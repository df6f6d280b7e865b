/* Which link has which text, and what one event of one text changes: its row, the slot, what its SIM has sent. */
#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/link/links.h"
#include "core/outbound/dispatch_inside.h"
#include "store/store.h"

void dispatch_wake_at(struct dispatch *d, int64_t boot_ms)
{
	if (boot_ms < d->wake_ms)
		d->wake_ms = boot_ms;
}

/* ---- slots ------------------------------------------------------------------------------------------------------- */

struct slot *slot_find(struct dispatch *d, const char *link, int64_t id)
{
	for (size_t i = 0; i < d->now.count; i++)
		if (d->now.list[i].id == id && strcmp(d->now.list[i].link, link) == 0)
			return &d->now.list[i];
	return NULL;
}

struct slot *slot_add(struct dispatch *d, const char *link, int64_t id, enum outbox_lane lane, enum outbox_channel channel)
{
	struct slot *slot;

	if (d->now.count == SLOTS_MAX)
		return NULL;
	slot = &d->now.list[d->now.count++];
	*slot = (struct slot){ .id = id, .lane = lane, .channel = channel };
	hl_strlcpy(slot->link, sizeof(slot->link), link);
	return slot;
}

void slot_drop(struct dispatch *d, const struct slot *slot)
{
	size_t i = (size_t)(slot - d->now.list);

	assert(i < d->now.count);
	d->now.list[i] = d->now.list[--d->now.count];
}

/* ---- one event of one text --------------------------------------------------------------------------------------- */

/* The slot follows the row: it is there exactly while the row is leased or submitting at this link. */
static void slot_follow(struct dispatch *d, const struct outbox_row *row)
{
	struct slot *slot = slot_find(d, row->modem, row->id);
	bool there = row->state == OUTBOX_LEASED || row->state == OUTBOX_SUBMITTING;

	if (!there) {
		if (slot)
			slot_drop(d, slot);
		return;
	}
	if (!slot)
		slot = slot_add(d, row->modem, row->id, (enum outbox_lane)row->lane, (enum outbox_channel)row->channel);
	if (slot) {
		if (row->state == OUTBOX_SUBMITTING && !slot->submitting)
			slot->begun_ms = hl_boot_ms(d->core->clock);
		slot->submitting = row->state == OUTBOX_SUBMITTING;
		slot->foreign = false; /* it has it again */
		slot->lost_ms = 0;
	}
}

const char *dispatch_imsi_of(struct core *core, const char *link)
{
	struct link_view v;

	for (size_t i = 0; links_view(core->links, i, &v); i++)
		if (strcmp(v.name, link) == 0)
			return v.modem->imsi;
	return "";
}

/* What went out by the SIM, or may have. */
static void count_use(struct dispatch *d, const char *link, enum outbox_event event, const struct outbox_detail *detail)
{
	if (event != OUTBOX_EV_SENT && event != OUTBOX_EV_UNKNOWN)
		return;
	sim_use_add(d->core, dispatch_imsi_of(d->core, link), event == OUTBOX_EV_SENT ? (int64_t)detail->mrs_count : 1);
	d->sim_count = 0; /* read again */
}

int dispatch_text_event(struct dispatch *d, const char *link, int64_t id, enum outbox_event event,
	const struct outbox_detail *detail)
{
	const struct slot *slot = slot_find(d, link, id);
	struct outbox_row row;
	uint64_t left_out;
	int next;

	if (store_error(d->core->store))
		return OUTBOX_IGNORE; /* this turn will be aborted, and all of it told again */
	if (slot && slot->foreign && event != OUTBOX_EV_HELD)
		slot_drop(d, slot); /* the link is done with it */
	if (!store_outbox_get(d->core->store, id, &row) || strcmp(row.modem, link) != 0) {
		if (hl_seldom(&d->not_its_text, hl_boot_ms(d->core->clock), &left_out))
			hl_log(HL_LOG_NOTICE, "dispatch", "not_its_text link=%s id=%" PRId64 " event=%s left_out=%" PRIu64, link, id,
				outbox_event_name(event), left_out);
		return OUTBOX_IGNORE;
	}
	next = outbox_move(d->core, &row, event, detail);
	if (next != OUTBOX_IGNORE) {
		slot_follow(d, &row);
		count_use(d, link, event, detail);
		carried_note(&d->carried[row.channel], event, detail, hl_wall_ms(d->core->clock));
	}
	return next;
}
