/* What links tell becomes states of the outbox. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/link/links.h"
#include "core/outbound/dispatch_inside.h"
#include "core/outbound/gate.h"
#include "core/outbound/outbound_hooks.h"
#include "core/turn.h"
#include "store/store.h"

/* ---- things told ------------------------------------------------------------------------------------------------- */

/* Everything that a former run had handed out: the links forget what they had not begun, and what they had begun is
 * unknown until one of them says that it is still at it. */
static void told_restart(struct dispatch *d, const struct told *t)
{
	static struct outbox_row rows[SLOTS_MAX];
	static const struct outbox_detail why = { .why = "the core was restarted while it was being sent" };
	size_t n;

	(void)t;
	while ((n = store_outbox_in_flight(d->core->store, rows, SLOTS_MAX)) > 0 && !store_error(d->core->store)) {
		for (size_t i = 0; i < n; i++) {
			bool begun = rows[i].state == OUTBOX_SUBMITTING;
			outbox_move(d->core, &rows[i], begun ? OUTBOX_EV_UNKNOWN : OUTBOX_EV_TAKE_BACK, begun ? &why : NULL);
		}
	}
	/* Last, so that it meets what was taken back too. */
	if (!d->core->same_boot)
		store_outbox_all_due(d->core->store);
	store_outbox_clamp_due(d->core->store, hl_boot_ms(d->core->clock) + d->core->config->retry_most_s * 1000);
}

static bool holds(const struct told *t, int64_t id)
{
	for (size_t i = 0; i < t->u.holding.count; i++)
		if (t->u.holding.ids[i] == id)
			return true;
	return false;
}

static void told_held(struct dispatch *d, const char *link, int64_t id)
{
	struct slot *slot;

	if (dispatch_text_event(d, link, id, OUTBOX_EV_HELD, NULL) != OUTBOX_IGNORE || slot_find(d, link, id))
		return;
	slot = slot_add(d, link, id, LANE_ALERT, strcmp(link, WIRE_NOTIFY_NAME) == 0 ? CHANNEL_MAIL : CHANNEL_SMS);
	if (slot)
		slot->foreign = true;
}

static void told_hello(struct dispatch *d, const struct told *t)
{
	static const struct outbox_detail why = { .why = "the link was restarted while it was sending it" };

	for (size_t i = d->now.count; i-- > 0;) {
		struct slot slot = d->now.list[i]; /* a copy: the event may move the list's last one here */
		if (strcmp(slot.link, t->link) != 0 || holds(t, slot.id))
			continue;
		if (slot.foreign)
			slot_drop(d, &d->now.list[i]);
		else if (slot.submitting)
			dispatch_text_event(d, t->link, slot.id, OUTBOX_EV_UNKNOWN, &why);
		else
			dispatch_text_event(d, t->link, slot.id, OUTBOX_EV_TAKE_BACK, NULL);
	}
	for (size_t i = 0; i < t->u.holding.count; i++)
		told_held(d, t->link, t->u.holding.ids[i]);
}

static void told_down(struct dispatch *d, const struct told *t)
{
	for (size_t i = d->now.count; i-- > 0;) {
		struct slot *slot = &d->now.list[i];
		if (strcmp(slot->link, t->link) != 0 || slot->foreign)
			continue;
		if (!slot->submitting)
			dispatch_text_event(d, t->link, slot->id, OUTBOX_EV_TAKE_BACK, NULL);
		else if (!slot->lost_ms)
			slot->lost_ms = hl_boot_ms(d->core->clock) + 1; /* never 0 */
	}
}

/* ---- go ---------------------------------------------------------------------------------------------------------- */

/* The answer to `submitting`, given once it is on disk. */
struct go {
	struct core *core;
	int64_t id;
	enum wire_link_type type; /* WIRE_GO or WIRE_FORGET */
	char link[WIRE_NAME_MAX + 1];
};

static void send_go(void *arg, int err)
{
	struct go *go = arg;
	const struct slot *slot = slot_find(go->core->dispatch, go->link, go->id);
	struct wire_link_msg msg;

	/* The link may have gone, come back and been given the text anew, all in one turn. */
	if (!err && slot && slot->submitting == (go->type == WIRE_GO)) {
		msg.type = go->type;
		msg.u.id = (struct wire_id){ go->id };
		links_send(go->core->links, go->link, &msg); /* a link that has gone told so, or will */
	}
	free(go);
}

/* The texter may have asked for silence, or the question been withdrawn, since the link was given it. */
static bool may_go(struct dispatch *d, const struct told *t)
{
	const struct slot *slot = slot_find(d, t->link, t->id);
	struct safety_verdict v;
	struct outbox_row row;

	if (!slot || slot->submitting || !store_outbox_get(d->core->store, t->id, &row) || row.state != OUTBOX_LEASED)
		return true; /* judged before, or for the table to judge */
	if (!gate_is_asked(&row))
		return true;
	v = gate_ask(d->core, &row);
	return row.has_body && (v.action == SAFETY_SEND || (v.action == SAFETY_SEND_DISCREET && slot->discreet));
}

/* What may not leave stays leased until the link has given it back; the next lease asks the gate what becomes of it. */
static void told_submitting(struct dispatch *d, const struct told *t)
{
	struct go *go;
	bool may = may_go(d, t);

	if (may && dispatch_text_event(d, t->link, t->id, OUTBOX_EV_SUBMIT, NULL) != OUTBOX_SUBMITTING)
		return;
	go = hl_calloc(1, sizeof(*go));
	*go = (struct go){ .core = d->core, .id = t->id, .type = may ? WIRE_GO : WIRE_FORGET };
	hl_strlcpy(go->link, sizeof(go->link), t->link);
	turn_reply(d->core->turn, send_go, go);
}

static void told_sent(struct dispatch *d, const struct told *t)
{
	const struct outbox_detail detail = { .imsi = dispatch_imsi_of(d->core, t->link), .mrs = t->u.sent.mrs,
		.mrs_count = t->u.sent.mrs_count };

	dispatch_text_event(d, t->link, t->id, OUTBOX_EV_SENT, &detail);
	if (t->u.sent.read)
		dispatch_text_event(d, t->link, t->id, OUTBOX_EV_READ, NULL);
	outbound_tell_sent(d->core, t->link, t->u.sent.mrs_count);
}

static void told_failed(struct dispatch *d, const struct told *t)
{
	const struct outbox_detail detail = { .code = t->u.failed.code, .why = t->u.failed.why };

	dispatch_text_event(d, t->link, t->id, t->u.failed.final ? OUTBOX_EV_FAILED_FINAL : OUTBOX_EV_FAILED, &detail);
}

static void told_unknown(struct dispatch *d, const struct told *t)
{
	const struct outbox_detail detail = { .code = t->u.failed.code, .why = t->u.failed.why };

	dispatch_text_event(d, t->link, t->id, OUTBOX_EV_UNKNOWN, &detail);
}

/* A link that gives texts back while it is at another gets no more until it is done with that one: it would give back those, too. */
static void told_released(struct dispatch *d, const struct told *t)
{
	for (size_t i = 0; i < d->now.count; i++) {
		struct slot *slot = &d->now.list[i];
		slot->slow |= slot->id != t->id && (slot->submitting || slot->foreign) && strcmp(slot->link, t->link) == 0;
	}
	dispatch_text_event(d, t->link, t->id, OUTBOX_EV_RELEASED, NULL);
}

static void told_unreadable(struct dispatch *d, const struct told *t)
{
	static const struct outbox_detail why = { .why = "its number or text could not be opened: are these the right "
		"keys?" };

	dispatch_text_event(d, t->link, t->id, OUTBOX_EV_FAILED_FINAL, &why);
}

static void (*const told_table[TOLD_KINDS])(struct dispatch *d, const struct told *t) = {
	[TOLD_RESTART] = told_restart,
	[TOLD_HELLO] = told_hello,
	[TOLD_DOWN] = told_down,
	[TOLD_SUBMITTING] = told_submitting,
	[TOLD_SENT] = told_sent,
	[TOLD_FAILED] = told_failed,
	[TOLD_UNKNOWN] = told_unknown,
	[TOLD_RELEASED] = told_released,
	[TOLD_NOT_HANDED] = told_released,
	[TOLD_UNREADABLE] = told_unreadable,
};

/* ---- keeping and applying ---------------------------------------------------------------------------------------- */

void dispatch_replay(struct dispatch *d)
{
	while (d->told_applied < d->told_count) {
		const struct told *t = &d->told[d->told_applied++];
		told_table[t->kind](d, t);
	}
}

/* A bound for each link, so that one that tells without end makes nobody else's outcomes forgotten. */
static bool has_told_too_much(const struct dispatch *d, const char *link)
{
	size_t n = 0;

	for (size_t i = 0; i < d->told_count; i++)
		n += strcmp(d->told[i].link, link) == 0;
	return n >= TOLD_LINK_MAX;
}

void dispatch_tell(struct dispatch *d, const struct told *t)
{
	uint64_t left_out;

	dispatch_replay(d); /* what an aborted turn left comes first */
	if (has_told_too_much(d, t->link)) {
		if (hl_seldom(&d->forgotten, hl_boot_ms(d->core->clock), &left_out))
			hl_log(HL_LOG_ERR, "dispatch", "forgotten link=%s id=%" PRId64 " left_out=%" PRIu64 " why=\"nothing could be "
				"stored for too long\"", t->link, t->id, left_out);
		return;
	}
	if (d->told_count == d->told_room) {
		d->told_room = d->told_room ? d->told_room * 2 : 16;
		d->told = hl_realloc_array(d->told, d->told_room, sizeof(*d->told));
	}
	d->told[d->told_count++] = *t;
	dispatch_replay(d);
}

/* ---- the door ---------------------------------------------------------------------------------------------------- */

static void tell(struct core *core, enum told_kind kind, const char *link, int64_t id, const struct wire_failed *failed)
{
	struct told t = { .kind = kind, .id = id };

	hl_strlcpy(t.link, sizeof(t.link), link);
	if (failed)
		t.u.failed = *failed;
	dispatch_tell(core->dispatch, &t);
}

void dispatch_link_hello(struct core *core, const char *link, const struct wire_hello *hello)
{
	struct told t = { .kind = TOLD_HELLO };

	hl_strlcpy(t.link, sizeof(t.link), link);
	memcpy(t.u.holding.ids, hello->holding, sizeof(t.u.holding.ids));
	t.u.holding.count = hello->holding_count;
	dispatch_tell(core->dispatch, &t);
}

void dispatch_link_up(struct core *core, const char *link)
{
	(void)link;
	dispatch_replay(core->dispatch); /* the turn's end leases */
}

void dispatch_link_down(struct core *core, const char *link)
{
	tell(core, TOLD_DOWN, link, 0, NULL);
}

void dispatch_submitting(struct core *core, const char *link, int64_t id)
{
	tell(core, TOLD_SUBMITTING, link, id, NULL);
}

void dispatch_sent(struct core *core, const char *link, const struct wire_sent *msg)
{
	struct told t = { .kind = TOLD_SENT, .id = msg->id };

	hl_strlcpy(t.link, sizeof(t.link), link);
	t.u.sent = *msg;
	dispatch_tell(core->dispatch, &t);
}

void dispatch_failed(struct core *core, const char *link, const struct wire_failed *msg)
{
	tell(core, TOLD_FAILED, link, msg->id, msg);
}

void dispatch_unknown(struct core *core, const char *link, const struct wire_failed *msg)
{
	tell(core, TOLD_UNKNOWN, link, msg->id, msg);
}

void dispatch_released(struct core *core, const char *link, int64_t id)
{
	tell(core, TOLD_RELEASED, link, id, NULL);
}
