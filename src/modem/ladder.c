#include "modem/ladder.h"

#include <stdlib.h>
#include <sysexits.h>

#include "base/error.h"
#include "base/log.h"
#include "modem/worker.h"

#define ASKS_AFTER_RESET 8
#define START_PAUSE_MS 1000 /* from the first word of a starting modem to the first command */

static void ask(void *arg);

static void on_answer(void *arg, const struct at_reply *reply)
{
	struct worker *w = arg;

	if (reply->result == AT_LOST)
		return;
	if (reply->result == AT_OK || reply->result == AT_ERROR) {
		w->answered = true;
		worker_event(w, EVENT_RECOVERED, "the modem answers again");
		return;
	}
	if (w->ladder.rung->measure == WIRE_MEASURE_RESET && ++w->ladder.asked < ASKS_AFTER_RESET) {
		at_settle(w->at, "", w->profile.settle_ms, ask, w);
		return;
	}
	w->told.timeouts++;
	if (w->state == STATE_STUCK)
		ladder_climb(w);
	else
		worker_event(w, EVENT_SILENT, "the modem does not answer");
}

static void ask(void *arg)
{
	struct worker *w = arg;
	int64_t limit = worker_sign_limit_ms(w);

	worker_command(w, (struct at_command){ .timeout_ms = limit, .done = on_answer }, "AT");
}

static void on_defaults(void *arg, const struct at_reply *reply)
{
	struct worker *w = arg;

	if (reply->result != AT_LOST)
		at_settle(w->at, "", w->profile.settle_ms, ask, w);
}

static void set_defaults(void *arg)
{
	struct worker *w = arg;

	worker_command(w, (struct at_command){ .timeout_ms = worker_sign_limit_ms(w), .done = on_defaults }, "ATZ");
}

/* One that heard it goes away, and comes back; one that did not may come back any moment. */
static void on_reset_sent(void *arg, const struct at_reply *reply)
{
	struct worker *w = arg;

	w->ladder.taken = reply->result == AT_OK;
	if (w->ladder.taken)
		hl_log(HL_LOG_INFO, "modem", "reset_taken");
	else if (reply->result != AT_LOST)
		timer_set(w->ladder.timer, 0);
}

static void reset_modem(struct worker *w)
{
	w->told.resets++;
	worker_event(w, EVENT_RESET, "restarting the modem");
	timer_set(w->ladder.timer, w->profile.reset_ms);
	worker_command(w, (struct at_command){ .timeout_ms = worker_sign_limit_ms(w), .done = on_reset_sent }, "%s",
		       w->profile.reset);
}

/* Only where somebody is there to do it; and a modem that must not be reset comes back from that as something else. */
static void ask_for_power(struct worker *w)
{
	if (!getenv(POWER_ENV) || !w->profile.reset[0] || !w->answered) {
		ladder_climb(w);
		return;
	}
	hl_log(HL_LOG_WARNING, "modem", "no_answer next=\"exit %d: systemd switches its USB port off and on\"", EXIT_POWER);
	exit(EXIT_POWER);
}

static void act(struct worker *w)
{
	switch (w->ladder.rung->measure) {
	case WIRE_MEASURE_ESCAPE:
		at_settle(w->at, AT_ESCAPE, w->profile.settle_ms, ask, w);
		return;
	case WIRE_MEASURE_ASK:
		at_settle(w->at, "", w->profile.settle_ms, ask, w);
		return;
	case WIRE_MEASURE_DEFAULTS:
		at_settle(w->at, AT_ESCAPE, w->profile.settle_ms, set_defaults, w);
		return;
	case WIRE_MEASURE_RESET:
		if (w->profile.reset[0] && w->answered) /* who knows what listens on a tty that is no modem's */
			reset_modem(w);
		else
			ladder_climb(w);
		return;
	case WIRE_MEASURE_REOPEN:
		worker_event(w, EVENT_GONE, "closing the tty and opening it again");
		return;
	case WIRE_MEASURE_POWER:
		ask_for_power(w);
		return;
	case WIRE_MEASURES:
		return;
	}
}

static void on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct worker *w = arg;

	(void)fd;
	(void)what;
	at_abort(w->at);
	if (w->state == STATE_RESETTING)
		at_settle(w->at, "", w->profile.settle_ms, ask, w);
	else
		act(w);
}

void ladder_climb(struct worker *w)
{
	w->ladder.rung = ladder_step(w->ladder.failures++);
	w->ladder.asked = 0;
	if (!w->ladder.rung) {
		hl_log(HL_LOG_ERR, "modem", "given_up mend=\"check power, cable and SIM of the modem\" next=\"exit for a restart\"");
		exit(EX_TEMPFAIL);
	}
	w->told.measures[w->ladder.rung->measure]++;
	hl_log(HL_LOG_WARNING, "modem", "measure name=%s failures=%u", wire_measure_name(w->ladder.rung->measure),
	       w->ladder.failures);
	timer_set(w->ladder.timer, w->ladder.rung->pause_ms);
}

void ladder_heard_start(struct worker *w)
{
	if (w->state == STATE_RESETTING)
		timer_set(w->ladder.timer, START_PAUSE_MS);
}

void ladder_stop(struct worker *w)
{
	evtimer_del(w->ladder.timer);
}

void ladder_init(struct worker *w)
{
	w->ladder.timer = timer_new(w->base, on_timer, w);
}

void ladder_free(struct worker *w)
{
	event_free(w->ladder.timer);
}
