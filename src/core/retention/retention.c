#include "core/retention/retention.h"

#include <stdlib.h>
#include <sysexits.h>

#include "base/mem.h"
#include "core/retention/retention_step.h"
#include "core/turn.h"
#include "store/meta.h"

struct retention {
	struct core *core;
	struct event *next;
	struct retention_run *run;       /* NULL where none is under way */
	int64_t soon;
};

static const struct timeval at_once = { 0, 0 };

static void finish(struct retention *r, int err)
{
	struct retention_run *run = r->run;

	if (!run->order.dry && r->core->store)
		store_scrub(r->core->store);
	r->run = NULL;
	run->order.done(run->order.arg, err, &run->report);
	free(run->weeks);
	free(run);
}

/* A turn of its own: if it fails, nothing else does. */
static int step_alone(struct core *core, struct retention_run *run)
{
	int what, err;

	turn_end(core->turn);
	turn_begin(core->turn);
	what = retention_step(core, run);
	err = turn_end(core->turn);
	return err ? err : what;
}

static void on_settled(void *arg, int err)
{
	struct retention *r = arg;

	(void)err;
	if (r->run)
		event_add(r->next, &at_once);
}

static void on_next(evutil_socket_t fd, short what, void *arg)
{
	struct retention *r = arg;
	struct retention_run *run = r->run;
	bool last;
	int rc;

	(void)fd;
	(void)what;
	if (run->order.dry && store_in_transaction(r->core->store)) { /* looks at what is, not at what may go away again */
		turn_reply(r->core->turn, on_settled, r);
		return;
	}
	rc = run->order.dry ? retention_step(r->core, run) : step_alone(r->core, run);
	last = rc == RETENTION_NEXT_PHASE && !retention_step_next_phase(run);
	if (last && !run->order.dry)
		r->soon = run->soon;
	run->report.more = rc >= 0 && !last && hl_boot_ms(r->core->clock) - run->began_boot_ms >= RETENTION_RUN_MS;
	if (rc < 0 || last || run->report.more)
		finish(r, rc < 0 ? rc : 0);
	else
		event_add(r->next, &at_once);
}

/* When there was a run last, else when the database was made. */
static int64_t ran_before_ms(struct core *core, int64_t now_ms)
{
	int64_t ms = now_ms;

	if (!meta_get_int(core->store, "retention_ms", &ms))
		meta_get_int(core->store, "created_ms", &ms);
	return ms;
}

int retention_start(struct core *core, const struct retention_order *order, bool believe_clock)
{
	struct retention *r = core->retention;
	int64_t now_ms = hl_wall_ms(core->clock);

	if (r->run)
		return HL_EBUSY;
	if (!order->dry && !believe_clock && !retention_clock_ok(ran_before_ms(core, now_ms), now_ms))
		return HL_ETIME;
	r->run = hl_calloc(1, sizeof(*r->run));
	r->run->order = *order;
	hl_strlcpy(r->run->actor, sizeof(r->run->actor), order->actor);
	r->run->now_ms = now_ms;
	r->run->began_boot_ms = hl_boot_ms(core->clock);
	event_add(r->next, &at_once);
	return 0;
}

struct retention *retention_new(struct core *core)
{
	struct retention *r = hl_calloc(1, sizeof(*r));

	r->core = core;
	r->next = evtimer_new(core->base, on_next, r);
	if (!r->next)
		hl_fatal(EX_OSERR, "out of memory for timers");
	meta_get_int(core->store, "retention_soon", &r->soon);
	return r;
}

void retention_free(struct retention *r)
{
	if (!r)
		return;
	event_del(r->next);
	if (r->run)
		finish(r, HL_ESTATE);
	event_free(r->next);
	free(r);
}

int64_t retention_soon(const struct retention *r)
{
	return r ? r->soon : 0;
}
