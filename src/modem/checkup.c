#include "modem/checkup.h"

#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "modem/worker.h"

#define CREG_HOME 1
#define CREG_ROAMING 5
#define SIGNAL_UNKNOWN 99

struct checkup_step {
	const char *text, *prefix; /* prefix "": a bare number */
	unsigned min_fields;
	bool network;  /* among the questions of checkup_start_network() */
	void (*info)(void *arg, const char *line, const char *pdu);
};

/* TS 27.005 3.4.1: mode and mt as we set them, or the modem was restarted behind our back. */
static void check_notify(void *arg, const char *line, const char *pdu)
{
	struct worker *w = arg;
	int mode, mt, wanted = w->profile.notify.item[w->setup.notify][0] - '0';

	(void)pdu;
	if (at_field_int(line, 0, &mode) && at_field_int(line, 1, &mt) && (mode != wanted || mt != 1))
		worker_event(w, EVENT_RESTARTED, "the modem has lost its settings");
}

static void check_format(void *arg, const char *line, const char *pdu)
{
	struct worker *w = arg;
	int format;

	(void)pdu;
	if (at_field_int(line, 0, &format) && format != 0)
		worker_event(w, EVENT_RESTARTED, "the modem has lost its settings");
}

/* Another SIM's slots are other slots (TS 27.007 5.6). No more is compared than is kept: what tells too many digits is no other SIM
 * each time. */
static void check_sim(void *arg, const char *line, const char *pdu)
{
	struct worker *w = arg;

	(void)pdu;
	if (strncmp(line, w->told.imsi, sizeof(w->told.imsi) - 1) != 0)
		worker_event(w, EVENT_RESTARTED, "another SIM is in the modem");
}

static void take_signal(void *arg, const char *line, const char *pdu)
{
	struct worker *w = arg;
	int signal;

	(void)pdu;
	if (at_field_int(line, 0, &signal) && signal >= 0 && signal <= 199)
		w->told.signal = signal;
}

static void take_registration(void *arg, const char *line, const char *pdu)
{
	int stat;

	(void)pdu;
	if (at_field_int(line, 1, &stat))
		checkup_take_registration(arg, stat);
}

/* +CSCA: <sca>,<tosca> (TS 27.005 3.3.1). An empty one may do where texts go over IMS: only a refused text proves more. */
static void take_centre(void *arg, const char *line, const char *pdu)
{
	struct worker *w = arg;
	char centre[32];

	(void)pdu;
	w->checkup.no_centre = at_field_text(line, 0, centre, sizeof(centre)) && !centre[0];
	if (!w->checkup.no_centre)
		w->checkup.refused_centre = false;
}

static void take_operator(void *arg, const char *line, const char *pdu)
{
	struct worker *w = arg;
	char name[sizeof(w->told.operator_name)];

	(void)pdu;
	if (!at_field_text(line, 2, name, sizeof(name)))
		return;
	at_plain(w->told.operator_name, sizeof(w->told.operator_name), name);
}

static const struct checkup_step steps[] = {
	{ "AT+CNMI?", "+CNMI:", 2, false, check_notify },
	{ "AT+CMGF?", "+CMGF:", 1, false, check_format },
	{ "AT+CIMI", "", 1, false, check_sim },
	{ "AT+CSQ", "+CSQ:", 1, true, take_signal },
	{ "AT+CSCA?", "+CSCA:", 1, true, take_centre },
	{ "AT+CREG?", "+CREG:", 2, true, take_registration },
	{ "AT+COPS?", "+COPS:", 1, true, take_operator },
};
#define STEPS (sizeof(steps) / sizeof(steps[0]))
#define FIRST_NETWORK_STEP 3

static const char no_centre[] = "the SIM has no service centre number, so texts may fail: store it on the SIM in a telephone";

void checkup_no_centre(struct worker *w)
{
	w->checkup.refused_centre = true;
	if (state_can_send(w->state))
		worker_event(w, EVENT_NO_NETWORK, no_centre);
}

void checkup_take_registration(struct worker *w, int stat)
{
	bool registered = stat == CREG_HOME || stat == CREG_ROAMING;

	if (!state_can_receive(w->state))
		return;
	if (registered && w->checkup.refused_centre)
		return;
	if (registered && w->state == STATE_REGISTERING)
		worker_event(w, EVENT_NETWORK, w->checkup.no_centre ? no_centre : stat == CREG_ROAMING ? "registered, roaming" :
			     "registered");
	else if (!registered && w->state != STATE_REGISTERING)
		worker_event(w, EVENT_NO_NETWORK, "no network: check antenna and SIM; texts are still read from the SIM");
}

static void on_done(void *arg, const struct at_reply *reply)
{
	struct worker *w = arg;

	if (!worker_gave_up(w, reply, "a question about its state") && w->checkup.step < STEPS)
		w->checkup.step++;
}

static void ask(struct worker *w, const struct checkup_step *step, void (*done)(void *arg, const struct at_reply *reply))
{
	struct at_command c = {
		.expect = { .shape = step->prefix[0] ? AT_SHAPE_PREFIX : AT_SHAPE_DIGITS, .prefix = step->prefix,
			    .min_fields = step->min_fields },
		.timeout_ms = worker_limit_ms(w, w->profile.command_ms),
		.info = step->info,
		.done = done,
	};

	worker_command(w, c, "%s", step->text);
}

bool checkup_next(struct worker *w)
{
	if (w->checkup.step >= STEPS)
		return false;
	ask(w, &steps[w->checkup.step], on_done);
	return true;
}

void checkup_start(struct worker *w)
{
	w->checkup.step = 0;
}

void checkup_start_network(struct worker *w)
{
	if (w->checkup.step >= STEPS)
		w->checkup.step = FIRST_NETWORK_STEP;
	worker_pump(w);
}

/* ---- the watch -------------------------------------------------------------------------------------------------- */

static const struct checkup_step watched[] = {
	{ "AT+CNMI?", "+CNMI:", 2, false, check_notify },
	{ "AT+CIMI", "", 1, false, check_sim },
};
#define WATCHED (sizeof(watched) / sizeof(watched[0]))

static void on_watched(void *arg, const struct at_reply *reply)
{
	worker_gave_up(arg, reply, "whether it is there");
}

static void on_watch_timer(evutil_socket_t fd, short what, void *arg)
{
	struct worker *w = arg;

	(void)fd;
	(void)what;
	checkup_start_watch(w);
	if (!at_is_idle(w->at)) /* what is going on tells as much */
		return;
	for (size_t i = 0; i < WATCHED; i++)
		ask(w, &watched[i], on_watched);
}

void checkup_start_watch(struct worker *w)
{
	if (w->profile.watch_ms)
		timer_set(w->checkup.watch, w->profile.watch_ms);
}

void checkup_stop(struct worker *w)
{
	w->checkup.step = STEPS;
	evtimer_del(w->checkup.timer);
	evtimer_del(w->checkup.watch);
}

/* +CREG: is told on change (AT+CREG=1), but a lost line must not keep a modem idle for ever. */
static void on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct worker *w = arg;

	(void)fd;
	(void)what;
	timer_set(w->checkup.timer, w->profile.register_ms);
	checkup_start_network(w);
}

void checkup_init(struct worker *w)
{
	w->checkup.step = STEPS;
	w->told.signal = SIGNAL_UNKNOWN;
	w->checkup.timer = timer_new(w->base, on_timer, w);
	w->checkup.watch = timer_new(w->base, on_watch_timer, w);
}

void checkup_free(struct worker *w)
{
	event_free(w->checkup.timer);
	event_free(w->checkup.watch);
}
