#include "modem/ladder.h"

#include <stdlib.h>
#include <sysexits.h>

#include "base/error.h"
#include "base/log.h"
#include "modem/worker.h"

#define ESCAPE "\x1B"      /* ends a prompt without sending (TS 27.005 4.3) */
#define ASK_MAX_MS 2000    /* AT alone needs no longer */
#define ASKS_AFTER_RESET 5
#define START_PAUSE_MS 1000 /* from the first word of a starting modem to the first command */

static const struct ladder_rung *current(const struct worker *w)
{
	return w->ladder.rung;
}

static void ask(void *arg);

static void on_answer(void *arg, const struct at_reply *reply)
{
	struct worker *w = arg;

	if (reply->result == AT_LOST)
		return;
	if (reply->result == AT_OK || reply->result == AT_ERROR) {
		worker_event(w, EVENT_RECOVERED, "the modem answers again");
		return;
	}
	if (current(w)->action == LADDER_RESET && ++w->ladder.asked < ASKS_AFTER_RESET) {
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
	int64_t limit = w->profile.command_ms < ASK_MAX_MS ? w->profile.command_ms : ASK_MAX_MS;

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

	worker_command(w, (struct at_command){ .timeout_ms = ASK_MAX_MS, .done = on_defaults }, "ATZ");
}

/* Its answer does not matter: the modem goes away, and comes back. */
static void on_reset_sent(void *arg, const struct at_reply *reply)
{
	(void)arg;
	if (reply->result == AT_OK || reply->result == AT_ERROR)
		hl_log(HL_LOG_INFO, "modem", "reset_taken");
}

static void reset_modem(struct worker *w)
{
	w->told.resets++;
	worker_event(w, EVENT_RESET, "restarting the modem");
	worker_command(w, (struct at_command){ .timeout_ms = ASK_MAX_MS, .done = on_reset_sent }, "%s", w->profile.reset);
	worker_set_timer(w->ladder.timer, w->profile.reset_ms);
}

static void act(struct worker *w)
{
	switch (current(w)->action) {
	case LADDER_ESCAPE:
		at_settle(w->at, ESCAPE, w->profile.settle_ms, ask, w);
		return;
	case LADDER_ASK:
		at_settle(w->at, "", w->profile.settle_ms, ask, w);
		return;
	case LADDER_DEFAULTS:
		at_settle(w->at, ESCAPE, w->profile.settle_ms, set_defaults, w);
		return;
	case LADDER_RESET:
		if (w->profile.reset[0])
			reset_modem(w);
		else
			ladder_climb(w);
		return;
	case LADDER_REOPEN:
		worker_event(w, EVENT_GONE, "closing the tty and opening it again");
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
	int64_t pause_ms;

	w->ladder.rung = ladder_step(w->ladder.failures++, &pause_ms);
	w->ladder.asked = 0;
	if (!w->ladder.rung) {
		hl_log(HL_LOG_ERR, "modem", "given_up mend=\"check power, cable and SIM of the modem\" next=\"exit for a restart\"");
		exit(EX_TEMPFAIL);
	}
	hl_log(HL_LOG_WARNING, "modem", "measure name=%s failures=%u pause_ms=%lld", current(w)->name, w->ladder.failures,
	       (long long)pause_ms);
	worker_set_timer(w->ladder.timer, pause_ms);
}

void ladder_heard_start(struct worker *w)
{
	if (w->state == STATE_RESETTING)
		worker_set_timer(w->ladder.timer, START_PAUSE_MS);
}

void ladder_stop(struct worker *w)
{
	evtimer_del(w->ladder.timer);
}

void ladder_init(struct worker *w)
{
	w->ladder.timer = evtimer_new(w->base, on_timer, w);
	if (!w->ladder.timer)
		hl_fatal(EX_OSERR, "cannot make a timer");
}

void ladder_free(struct worker *w)
{
	event_free(w->ladder.timer);
}
