#include "modem/call.h"

#include <string.h>
#include <sys/random.h>

#include "base/error.h"
#include "base/log.h"
#include "base/mem.h"
#include "modem/call_number.h"
#include "modem/worker.h"

/* ---- telling the core ------------------------------------------------------------------------------------------ */

static void offer(struct worker *w, const struct wire_call *call)
{
	const struct wire_link_msg msg = { .type = WIRE_CALL, .u.call = *call };

	uplink_send(w->uplink, &msg);
}

void call_offer_all(struct worker *w)
{
	for (size_t i = 0; i < w->call.count; i++)
		offer(w, &w->call.kept[i]);
}

static void drop(struct call *c, size_t i)
{
	c->count--;
	memmove(&c->kept[i], &c->kept[i + 1], (c->count - i) * sizeof(c->kept[0]));
	explicit_bzero(&c->kept[c->count], sizeof(c->kept[0]));
}

void call_stored(struct worker *w, int64_t ref)
{
	for (size_t i = 0; i < w->call.count; i++)
		if (w->call.kept[i].ref == ref) {
			drop(&w->call, i);
			return;
		}
}

static void keep(struct worker *w)
{
	struct call *c = &w->call;
	struct wire_call *call;

	if (c->count == CALLS_MAX) {
		hl_log(HL_LOG_WARNING, "call", "dropped reason=\"no core took it\"");
		drop(c, 0);
	}
	call = &c->kept[c->count++];
	memset(call, 0, sizeof(*call));
	call->ref = --c->last_ref;
	call->rings = c->rings;
	call->key_len = sizeof(call->key);
	if (getrandom(call->key, sizeof(call->key), 0) != (ssize_t)sizeof(call->key))
		hl_fatal(71, "the kernel gives no random numbers");
	hl_strlcpy(call->imsi, sizeof(call->imsi), w->told.imsi);
	hl_strlcpy(call->from, sizeof(call->from), c->from);
	offer(w, call);
}

/* ---- the modem ------------------------------------------------------------------------------------------------- */

void call_rings(struct worker *w)
{
	if (!w->profile.missed_calls || !state_can_receive(w->state))
		return;
	w->call.rings++;
	timer_set(w->call.timer, CALL_SILENCE_MS);
}

/* With each RING: a missing one does no harm. */
void call_is_from(struct worker *w, const char *line)
{
	if (!w->profile.missed_calls || !state_can_receive(w->state))
		return;
	if (w->call.rings == 0)
		w->call.rings = 1;
	timer_set(w->call.timer, CALL_SILENCE_MS);
	call_number(line, w->call.from);
}

void call_ends(struct worker *w)
{
	struct call *c = &w->call;

	evtimer_del(c->timer);
	if (c->rings == 0)
		return; /* of no call of which we know */
	hl_log(HL_LOG_INFO, "call", "missed rings=%d number=%s", c->rings, c->from[0] ? "known" : "unknown");
	keep(w);
	c->rings = 0;
	explicit_bzero(c->from, sizeof(c->from));
}

void call_stop(struct worker *w)
{
	call_ends(w);
}

static void on_timer(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	call_ends(arg);
}

void call_init(struct worker *w)
{
	w->call.timer = timer_new(w->base, on_timer, w);
}

void call_free(struct worker *w)
{
	event_free(w->call.timer);
	explicit_bzero(&w->call, sizeof(w->call));
}
