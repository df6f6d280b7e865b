/* The worker's way through its states: the one function that enters a state, and what each begins and ends. */
#include <assert.h>

#include "base/log.h"
#include "base/mem.h"
#include "modem/worker.h"

#define OPEN_PAUSE_MAX_MS 4000 /* trying costs nothing, and not every system tells when a tty is back */

/* Plain ASCII, whatever a path or an error text holds. */
static void set_detail(struct worker *w, const char *why)
{
	at_plain(w->told.detail, sizeof(w->told.detail), why);
}

void worker_remark(struct worker *w, const char *why)
{
	set_detail(w, why);
	worker_tell_soon(w);
}

/* ---- entering states -------------------------------------------------------------------------------------------- */

static bool is_busy_kind(enum modem_state state)
{
	return state_can_send(state);
}

/* What every state but the usable ones puts an end to. */
static void stop_work(struct worker *w)
{
	setup_stop(w);
	checkup_stop(w);
	ladder_stop(w);
	reception_stop(w);
	submission_stop(w);
	ussd_stop(w);
	call_stop(w);
	evtimer_del(w->sweep_timer);
	evtimer_del(w->retry_timer);
	evtimer_del(w->pumping.listen_timer);
	worker_forget_turns(w);
}

void worker_wait_for_tty(struct worker *w)
{
	if (tty_watch_arm(w->watch, w->welcome.tty[0] ? w->welcome.tty : "/dev/hotline/any"))
		hl_log(HL_LOG_NOTICE, "modem", "polling reason=\"the system does not tell when the tty comes back\"");
	/* Also without an event: a driver can give a line back under its old name. */
	timer_set(w->open_timer, w->open_pause_ms);
	w->open_pause_ms = w->open_pause_ms * 2 < OPEN_PAUSE_MAX_MS ? w->open_pause_ms * 2 : OPEN_PAUSE_MAX_MS;
}

static void enter_absent(struct worker *w)
{
	at_close(w->at);
	worker_wait_for_tty(w);
}

static void enter_opening(struct worker *w)
{
	tty_watch_disarm(w->watch);
	worker_event(w, EVENT_OPENED, "the line is open");
}

static void enter_probing(struct worker *w)
{
	w->epoch++;
	setup_start(w);
}

static void enter_registering(struct worker *w)
{
	submission_stop(w);
	timer_set(w->checkup.timer, w->profile.register_ms);
}

static void enter_ready(struct worker *w)
{
	evtimer_del(w->checkup.timer);
	w->open_pause_ms = WORKER_OPEN_PAUSE_MIN_MS;
	submission_resume(w);
	worker_show_busy(w);
	worker_pump(w);
}

static void enter_broken(struct worker *w)
{
	at_abort(w->at);
	w->broken_lock = w->setup.lock;
	timer_set(w->retry_timer, WORKER_RETRY_PAUSE_MS);
}

static void enter_stuck(struct worker *w)
{
	at_abort(w->at);
	ladder_climb(w);
}

static const struct {
	bool stops_work;
	void (*enter)(struct worker *w);
} entries[STATE_COUNT] = {
	[STATE_ABSENT] = { true, enter_absent },
	[STATE_OPENING] = { true, enter_opening },
	[STATE_PROBING] = { true, enter_probing },
	[STATE_PIN] = { false, NULL },
	[STATE_REGISTERING] = { false, enter_registering },
	[STATE_READY] = { false, enter_ready },
	[STATE_SWEEPING] = { false, NULL },
	[STATE_SENDING] = { false, NULL },
	[STATE_STUCK] = { true, enter_stuck },
	[STATE_RESETTING] = { true, NULL },
	[STATE_BROKEN] = { true, enter_broken },
};

void worker_begin_service(struct worker *w)
{
	checkup_start(w);
	checkup_start_watch(w);
	reception_start_sweep(w);
}

void worker_event(struct worker *w, enum modem_event event, const char *why)
{
	enum modem_state old = w->state, new = state_next(old, event);
	bool small = is_busy_kind(old) && is_busy_kind(new);

	assert(new != STATE_NONE);
	if (new == old)
		return;
	hl_log(small ? HL_LOG_DEBUG : HL_LOG_INFO, "modem", "state old=%s new=%s event=%s why=\"%s\"", state_name(old),
	       state_name(new), event_name(event), why);
	w->state = new;
	hl_strlcpy(w->told.state, sizeof(w->told.state), state_name(new));
	if (small) {
		worker_tell_soon(w);
	} else {
		set_detail(w, why);
		worker_tell(w);
	}
	if (entries[new].stops_work)
		stop_work(w);
	if (entries[new].enter)
		entries[new].enter(w);
	if (event == EVENT_UNLOCKED)
		worker_begin_service(w);
}

void worker_show_busy(struct worker *w)
{
	enum modem_event event = EVENT_IDLE;

	if (!state_can_send(w->state))
		return;
	if (submission_is_busy(w))
		event = EVENT_SUBMIT;
	else if (w->reception.sweeping)
		event = EVENT_SWEEP;
	if (state_next(w->state, event) != w->state)
		worker_event(w, event, "");
}
