/* Texts whose link has not told for too long what became of them. */
#include "core/outbound/dispatch_inside.h"
#include "store/store.h"

/* Its link is still at it, so another one shall take it. */
static void leave_to_another(struct dispatch *d, const struct slot *slot)
{
	static const struct outbox_detail why = { .why = "its modem has not told for long whether it was sent" };
	struct slot old = *slot; /* a copy: the event ends the slot */
	struct slot *foreign;

	if (dispatch_text_event(d, old.link, old.id, OUTBOX_EV_UNKNOWN, &why) == OUTBOX_IGNORE)
		return;
	foreign = slot_add(d, old.link, old.id, old.lane, old.channel);
	if (foreign) {
		foreign->foreign = true;
		foreign->slow = old.slow;
	}
}

static bool is_alert(struct dispatch *d, int64_t id)
{
	struct outbox_row row;

	return store_outbox_get(d->core->store, id, &row) && row.purpose == OUTBOX_ALERT;
}

/* When the wait for a slot's link is over; INT64_MAX: never. */
static int64_t slot_ends_ms(const struct slot *slot)
{
	if (slot->lost_ms)
		return slot->lost_ms + LOST_WAIT_MS;
	if (slot->submitting && !slot->foreign && slot->lane == LANE_ALERT &&
		slot->channel == CHANNEL_SMS && !slot->told_off)
		return slot->begun_ms + HEDGE_MS;
	return INT64_MAX;
}

void dispatch_expire(struct dispatch *d)
{
	static const struct outbox_detail why = { .why = "its link went while it was sending it, and did not come back in "
		"time" };
	int64_t now = hl_boot_ms(d->core->clock);

	for (size_t i = d->now.count; i-- > 0;) {
		struct slot *slot = &d->now.list[i];
		int64_t ends_ms = slot_ends_ms(slot);
		if (ends_ms > now) {
			dispatch_wake_at(d, ends_ms);
		} else if (slot->lost_ms) {
			struct slot lost = *slot;
			dispatch_text_event(d, lost.link, lost.id, OUTBOX_EV_UNKNOWN, &why);
		} else {
			slot->told_off = true;
			if (is_alert(d, slot->id))
				leave_to_another(d, slot);
		}
	}
}
