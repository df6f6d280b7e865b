/* Handing over after the commit, and the one timer. */
#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/link/links.h"
#include "core/outbound/dispatch_inside.h"
#include "core/outbound/notice.h"
#include "core/triage/triage.h"
#include "core/turn.h"
#include "store/case.h"
#include "store/store.h"

const struct carried *dispatch_carried(const struct dispatch *d, enum outbox_channel channel)
{
	return &d->carried[channel];
}

/* ---- what is due ------------------------------------------------------------------------------------------------- */

static void find_next_due(struct dispatch *d)
{
	int64_t now = hl_boot_ms(d->core->clock);

	for (int lane = 0; lane < LANE_COUNT; lane++)
		for (int channel = 0; channel < CHANNEL_COUNT; channel++)
			dispatch_wake_at(d, store_outbox_next_due(d->core->store, lane, channel, now));
}

static void on_before_commit(struct core *core)
{
	struct dispatch *d = core->dispatch;

	d->wake_ms = INT64_MAX;
	dispatch_replay(d);
	dispatch_expire(d);
	if (core->links && store_error(core->store) == 0)
		dispatch_lease(d);
	find_next_due(d);
}

/* ---- handing over ------------------------------------------------------------------------------------------------ */

/* What could not be handed over is known to the next turn as if a link had told it. */
static void not_handed(struct dispatch *d, const struct slot *slot, enum told_kind kind)
{
	struct told t = { .kind = kind, .id = slot->id };

	hl_strlcpy(t.link, sizeof(t.link), slot->link);
	turn_begin(d->core->turn);
	dispatch_tell(d, &t);
}

static void fill_send(struct wire_link_msg *msg, const struct outbox_row *row, const char *to, const char *body)
{
	msg->type = WIRE_SEND;
	msg->u.send.id = row->id;
	msg->u.send.report = row->report;
	msg->u.send.yields = row->lane == LANE_CAMPAIGN;
	hl_strlcpy(msg->u.send.to, sizeof(msg->u.send.to), to);
	hl_strlcpy(msg->u.send.text, sizeof(msg->u.send.text), body);
}

/* The key has the time in it, so that a database that was restored does not use one again. */
static void fill_note(struct core *core, struct wire_link_msg *msg, const struct outbox_row *row, const char *to, const char *body)
{
	struct wire_note *n = &msg->u.note;
	size_t subject_len = strcspn(body, "\n");
	struct case_row of;

	msg->type = WIRE_NOTE;
	n->id = row->id;
	hl_strlcpy(n->channel, sizeof(n->channel), outbox_channel_name((enum outbox_channel)row->channel));
	hl_strlcpy(n->address, sizeof(n->address), to);
	snprintf(n->key, sizeof(n->key), "%" PRId64 "-%" PRId64 "-%" PRIx64, row->id, row->alert_id, (uint64_t)row->created_ms);
	hl_strlcpy(n->purpose, sizeof(n->purpose), outbox_purpose_name((enum outbox_purpose)row->purpose));
	if (row->purpose == OUTBOX_ALERT && notice_tells(core, (enum outbox_channel)row->channel) != NOTICE_CODE)
		hl_strlcpy(n->priority, sizeof(n->priority), triage_urgency_name((enum triage_urgency)row->urgency));
	if (row->case_id && cases_get(core->store, row->case_id, &of))
		hl_strlcpy(n->code, sizeof(n->code), of.code);
	snprintf(n->subject, sizeof(n->subject), "%.*s", (int)subject_len, body);
	hl_strlcpy(n->text, sizeof(n->text), body[subject_len] ? body + subject_len + 1 : body);
}

static void hand_over(struct dispatch *d, const struct slot *slot)
{
	struct wire_link_msg msg = { .type = WIRE_SEND };
	struct outbox_row row;
	char to[OUTBOX_ADDRESS_SIZE], body[OUTBOX_BODY_SIZE];
	int err;

	if (!store_outbox_get(d->core->store, slot->id, &row))
		return;
	err = outbox_open(d->core, &row, slot->discreet, to, body, sizeof(body));
	if (err) {
		hl_log(HL_LOG_ERR, "dispatch", "unreadable id=%" PRId64 " error=\"%s\"", slot->id, hl_strerror(err));
		not_handed(d, slot, TOLD_UNREADABLE);
	} else {
		if (row.channel == CHANNEL_SMS)
			fill_send(&msg, &row, to, body);
		else
			fill_note(d->core, &msg, &row, to, body);
		err = links_send(d->core->links, slot->link, &msg);
		if (err)
			not_handed(d, slot, TOLD_NOT_HANDED);
	}
	sodium_memzero(&msg, sizeof(msg));
	sodium_memzero(to, sizeof(to));
	sodium_memzero(body, sizeof(body));
}

static void arm_timer(struct dispatch *d)
{
	int64_t wait_ms = d->wake_ms - hl_boot_ms(d->core->clock);
	struct timeval tv;

	if (d->wake_ms == INT64_MAX) {
		event_del(d->timer);
		return;
	}
	if (wait_ms < 0)
		wait_ms = 0;
	tv = (struct timeval){ .tv_sec = (time_t)(wait_ms / 1000), .tv_usec = (suseconds_t)(wait_ms % 1000 * 1000) };
	event_add(d->timer, &tv);
}

static void on_after_commit(struct core *core)
{
	struct dispatch *d = core->dispatch;
	struct slot fresh[SLOTS_MAX];
	size_t n = 0;

	d->told_count = d->told_applied = 0;
	for (size_t i = 0; i < d->now.count; i++) {
		if (d->now.list[i].fresh)
			fresh[n++] = d->now.list[i];
		d->now.list[i].fresh = false;
	}
	d->sure.count = d->now.count;
	memcpy(d->sure.list, d->now.list, d->now.count * sizeof(d->now.list[0]));
	outbox_settle(core->outbox, 0);
	arm_timer(d);
	for (size_t i = 0; i < n; i++)
		hand_over(d, &fresh[i]);
}

/* Nothing of the turn is on disk: memory goes back to the last commit. What links told is kept and written again
 * soon. */
static void on_after_abort(struct core *core, int err)
{
	struct dispatch *d = core->dispatch;

	d->now.count = d->sure.count;
	memcpy(d->now.list, d->sure.list, d->sure.count * sizeof(d->sure.list[0]));
	d->told_applied = 0;
	d->sim_count = 0;
	outbox_settle(core->outbox, err);
	if (d->told_count)
		dispatch_wake_at(d, hl_boot_ms(core->clock) + RETRY_TOLD_MS);
	arm_timer(d);
}

static void on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct dispatch *d = arg;

	(void)fd;
	(void)what;
	turn_begin(d->core->turn);
}

/* ---- life -------------------------------------------------------------------------------------------------------- */

struct dispatch *dispatch_new(struct core *core)
{
	static const struct turn_hooks hooks = { on_before_commit, on_after_commit, on_after_abort };
	struct dispatch *d = hl_calloc(1, sizeof(*d));
	const struct told restart = { .kind = TOLD_RESTART };

	d->core = core;
	core->dispatch = d;
	core->outbox = outbox_new(core);
	d->wake_ms = INT64_MAX;
	d->timer = evtimer_new(core->base, on_timer, d);
	if (!d->timer)
		hl_fatal(EX_OSERR, "making a timer failed");
	turn_add_hooks(core->turn, &hooks);
	dispatch_listen(core);
	turn_begin(core->turn);
	dispatch_tell(d, &restart);
	return d;
}

void dispatch_free(struct dispatch *d)
{
	if (!d)
		return;
	event_free(d->timer);
	outbox_free(d->core->outbox);
	d->core->outbox = NULL;
	free(d->told);
	free(d);
}
