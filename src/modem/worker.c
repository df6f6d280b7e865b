#include "modem/worker.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/notify.h"
#include "modem/cms.h"
#include "modem/orders.h"
#include "modem/pin.h"
#include "modem/sandbox.h"
#include "modem/trim.h"
#include "modem/urc.h"

#define TELL_PAUSE_MS 250
#define LIMIT_MIN_MS 2000
#define LIMIT_TIMES 3
#define LIMIT_DOUBLINGS 8
#define SIGN_LIMIT_MS 1200

/* ---- telling the core ------------------------------------------------------------------------------------------- */

void worker_tell(struct worker *w)
{
	struct wire_link_msg msg = { .type = WIRE_MODEM };

	evtimer_del(w->tell_timer);
	w->told.pin_refused = w->setup.pin_refused;
	msg.u.modem = w->told;
	uplink_send(w->uplink, &msg);
}

void worker_tell_soon(struct worker *w)
{
	if (!evtimer_pending(w->tell_timer, NULL))
		timer_set(w->tell_timer, TELL_PAUSE_MS);
}

static void on_tell_timer(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	worker_tell(arg);
}

/* ---- work ------------------------------------------------------------------------------------------------------- */

void worker_command(struct worker *w, struct at_command command, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(command.text, sizeof(command.text), format, ap);
	va_end(ap);
	command.arg = w;
	if (at_send(w->at, &command))
		hl_log(HL_LOG_ERR, "modem", "not_queued reason=\"closed or full\"");
}

int64_t worker_limit_ms(const struct worker *w, int64_t max_ms)
{
	unsigned failures = w->ladder.failures < LIMIT_DOUBLINGS ? w->ladder.failures : LIMIT_DOUBLINGS;
	int64_t slow = LIMIT_TIMES * at_slowest_ms(w->at), limit = (slow > LIMIT_MIN_MS ? slow : LIMIT_MIN_MS) << failures;

	return limit < max_ms ? limit : max_ms;
}

/* Every other time twice as long: a slow one is heard, and one that comes back is not kept waiting. */
int64_t worker_sign_limit_ms(const struct worker *w)
{
	int64_t limit = w->ladder.failures % 2 ? 2 * SIGN_LIMIT_MS : SIGN_LIMIT_MS;

	return limit < w->profile.command_ms ? limit : w->profile.command_ms;
}

/* The modem lost its SIM, or the SIM wants its PIN: found out, and mended where possible, by setting up once more. */
static bool lost_sim(struct worker *w, const struct at_reply *reply)
{
	enum cms_sim sim = reply->result == AT_ERROR ? cms_judge_sim(reply->error, reply->code) : CMS_SIM_FINE;

	if ((sim != CMS_SIM_LOCKED && sim != CMS_SIM_GONE) || !state_can_receive(w->state))
		return false;
	worker_event(w, EVENT_RESTARTED, sim == CMS_SIM_LOCKED ? "the SIM asks for its PIN" : "the SIM is gone");
	return true;
}

bool worker_gave_up(struct worker *w, const struct at_reply *reply, const char *what)
{
	char why[128];

	if (reply->result == AT_LOST || lost_sim(w, reply))
		return true;
	if (reply->result != AT_TIMEOUT && reply->result != AT_NO_PROMPT)
		return false;
	w->told.timeouts++;
	if (!w->answered)
		hl_strlcpy(why, sizeof(why), "nothing answers AT there: is it the AT port of a modem? see hotlinectl modem probe");
	else
		snprintf(why, sizeof(why), "the modem did not answer %s", what);
	worker_event(w, EVENT_SILENT, why);
	return true;
}

void worker_sweep_in(struct worker *w, int64_t ms)
{
	int64_t due_ms = hl_boot_ms(&hl_clock_system) + ms; /* libevent tells wall time, which may jump */

	if (evtimer_pending(w->sweep_timer, NULL) && w->sweep_due_ms <= due_ms)
		return;
	w->sweep_due_ms = due_ms;
	timer_set(w->sweep_timer, ms);
}

static void on_sweep_timer(evutil_socket_t fd, short what, void *arg)
{
	struct worker *w = arg;

	(void)fd;
	(void)what;
	if (state_can_receive(w->state))
		worker_begin_service(w);
}

/* What an idle modem needs of the code is little, and stays. */
static void trim_after_work(struct worker *w)
{
	int64_t work = w->told.received + w->told.refused + w->told.sent + w->told.failed + w->told.unknown + w->told.setups;

	if (work != w->trimmed_work)
		trim_memory();
	w->trimmed_work = work;
}

void worker_swept(struct worker *w)
{
	w->ladder.failures = 0;
	call_offer_all(w); /* what the core could not store */
	trim_after_work(w);
}

/* Attempt after attempt is one event, until the reason changes. */
void worker_not_located(struct worker *w, const char *why)
{
	if (strncmp(w->told.detail, why, sizeof(w->told.detail) - 1) != 0) {
		worker_remark(w, why);
		hl_log(HL_LOG_NOTICE, "modem", "absent why=\"%s\"", why);
	}
	worker_wait_for_tty(w);
}

void worker_located(struct worker *w, int fd)
{
	hl_strlcpy(w->told.port, sizeof(w->told.port), w->locate.tty);
	at_open(w->at, fd);
	worker_event(w, EVENT_OPEN, "the tty is there");
}

static void on_open_timer(evutil_socket_t fd, short what, void *arg)
{
	struct worker *w = arg;

	(void)fd;
	(void)what;
	if (w->state == STATE_ABSENT)
		locate_open(w);
}

static void on_tty_changed(void *arg)
{
	struct worker *w = arg;

	if (w->state == STATE_ABSENT) /* through the timer: many events come at once */
		timer_set(w->open_timer, 10);
}

/* What was wrong with the SIM is so no longer: somebody mended it. Otherwise nothing is said or done. */
static void on_looked(void *arg, const struct at_reply *reply)
{
	struct worker *w = arg;

	if (reply->result == AT_OK && w->state == STATE_BROKEN && w->setup.lock != w->broken_lock)
		worker_event(w, EVENT_RETRY, "the SIM has changed");
}

static void on_retry_timer(evutil_socket_t fd, short what, void *arg)
{
	struct worker *w = arg;

	(void)fd;
	(void)what;
	if (w->state != STATE_BROKEN)
		return;
	timer_set(w->retry_timer, WORKER_RETRY_PAUSE_MS);
	if (at_is_idle(w->at))
		pin_look(w, on_looked);
}

static void on_listen_timer(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	worker_pump(arg);
}

static void on_watchdog_timer(evutil_socket_t fd, short what, void *arg)
{
	struct worker *w = arg;

	(void)fd;
	(void)what;
	hl_notify("WATCHDOG=1");
	timer_set(w->watchdog_timer, hl_notify_watchdog_ms());
}

/* ---- the modem's line ------------------------------------------------------------------------------------------- */

static void on_urc(void *arg, const char *line, const char *pdu)
{
	urc_take(arg, line, pdu);
}

static void on_lost(void *arg, const char *why)
{
	struct hl_reason text;

	hl_fail(&text, 0, "the modem's line is gone (%s): is it plugged in?", why);
	worker_event(arg, EVENT_GONE, text.text);
}

static void on_idle(void *arg)
{
	worker_pump(arg);
}

static bool on_noise(void *arg, const char *line)
{
	const struct worker *w = arg;

	return modem_profile_lists(&w->profile.noise_urcs, line);
}

/* ---- life ------------------------------------------------------------------------------------------------------- */

/* The worker of a port knows its tty from the start, and has read what it may not read later. */
static void confine_to_port(struct worker *w, const char *port)
{
	w->confined = sandbox_enter(port, true, &w->unconfined) == 0;
	hl_notify("READY=1\nSTATUS=Asking who is at the port");
	worker_start_watchdog(w);
	locate_start_port(w);
}

void worker_start_watchdog(struct worker *w)
{
	if (hl_notify_watchdog_ms())
		timer_set(w->watchdog_timer, hl_notify_watchdog_ms());
}

void worker_init(struct worker *w, struct event_base *base, const char *name, const char *port, const char *link_path)
{
	static const struct at_ops at_ops = { on_urc, on_lost, on_idle, on_noise };

	memset(w, 0, sizeof(*w));
	w->name = name;
	w->base = base;
	w->open_pause_ms = WORKER_OPEN_PAUSE_MIN_MS;
	w->told.measures_count = WIRE_MEASURES;
	w->open_timer = timer_new(base, on_open_timer, w);
	w->sweep_timer = timer_new(base, on_sweep_timer, w);
	w->tell_timer = timer_new(base, on_tell_timer, w);
	w->retry_timer = timer_new(base, on_retry_timer, w);
	w->watchdog_timer = timer_new(base, on_watchdog_timer, w);
	w->pumping.listen_timer = timer_new(base, on_listen_timer, w);
	w->at = at_new(base, &at_ops, w);
	w->watch = tty_watch_new(base, on_tty_changed, w);
	locate_init(w, port);
	setup_init(w);
	checkup_init(w);
	ladder_init(w);
	reception_init(w);
	submission_init(w);
	ussd_init(w);
	call_init(w);
	w->uplink = uplink_new(base, link_path, name, &orders_uplink_ops, w);
	if (port)
		confine_to_port(w, port);
	else
		uplink_start(w->uplink);
}

void worker_free(struct worker *w)
{
	struct event *timers[] = { w->open_timer, w->sweep_timer, w->tell_timer, w->retry_timer, w->watchdog_timer,
				   w->pumping.listen_timer };

	uplink_free(w->uplink);
	at_free(w->at);
	call_free(w);
	ussd_free(w);
	submission_free(w);
	reception_free(w);
	ladder_free(w);
	checkup_free(w);
	setup_free(w);
	locate_free(w);
	tty_watch_free(w->watch);
	for (size_t i = 0; i < sizeof(timers) / sizeof(timers[0]); i++)
		event_free(timers[i]);
}
