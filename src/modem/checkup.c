#include "modem/checkup.h"

#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "modem/worker.h"

#define CREG_HOME 1
#define CREG_ROAMING 5
#define SIGNAL_UNKNOWN 99

struct checkup_step {
	const char *text, *prefix;
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

static void take_operator(void *arg, const char *line, const char *pdu)
{
	struct worker *w = arg;
	char name[sizeof(w->told.operator_name)];

	(void)pdu;
	if (!at_field_text(line, 2, name, sizeof(name)))
		return;
	for (char *p = name; *p; p++)
		if (*p < 0x20 || *p > 0x7E)
			*p = '?';
	hl_strlcpy(w->told.operator_name, sizeof(w->told.operator_name), name);
}

static const struct checkup_step steps[] = {
	{ "AT+CNMI?", "+CNMI:", 2, false, check_notify },
	{ "AT+CMGF?", "+CMGF:", 1, false, check_format },
	{ "AT+CSQ", "+CSQ:", 1, true, take_signal },
	{ "AT+CREG?", "+CREG:", 2, true, take_registration },
	{ "AT+COPS?", "+COPS:", 1, true, take_operator },
};
#define STEPS (sizeof(steps) / sizeof(steps[0]))
#define FIRST_NETWORK_STEP 2

void checkup_take_registration(struct worker *w, int stat)
{
	bool registered = stat == CREG_HOME || stat == CREG_ROAMING;

	if (!state_can_receive(w->state))
		return;
	if (registered && w->state == STATE_REGISTERING)
		worker_event(w, EVENT_NETWORK, stat == CREG_ROAMING ? "registered, roaming" : "registered");
	else if (!registered && w->state != STATE_REGISTERING)
		worker_event(w, EVENT_NO_NETWORK, "no network: check antenna and SIM; texts are still read from the SIM");
}

static void on_done(void *arg, const struct at_reply *reply)
{
	struct worker *w = arg;

	if (!worker_gave_up(w, reply, "a question about its state") && w->checkup.step < STEPS)
		w->checkup.step++;
}

bool checkup_next(struct worker *w)
{
	const struct checkup_step *step = &steps[w->checkup.step];
	struct at_command c = { .timeout_ms = w->profile.command_ms, .done = on_done };

	if (w->checkup.step >= STEPS)
		return false;
	c.expect = (struct at_expect){ .shape = AT_SHAPE_PREFIX, .prefix = step->prefix, .min_fields = step->min_fields };
	c.info = step->info;
	worker_command(w, c, "%s", step->text);
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

void checkup_stop(struct worker *w)
{
	w->checkup.step = STEPS;
	evtimer_del(w->checkup.timer);
}

/* +CREG: is told on change (AT+CREG=1), but a lost line must not keep a modem idle for ever. */
static void on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct worker *w = arg;

	(void)fd;
	(void)what;
	worker_set_timer(w->checkup.timer, w->profile.register_ms);
	checkup_start_network(w);
}

void checkup_init(struct worker *w)
{
	w->checkup.step = STEPS;
	w->told.signal = SIGNAL_UNKNOWN;
	w->checkup.timer = evtimer_new(w->base, on_timer, w);
	if (!w->checkup.timer)
		hl_fatal(71, "cannot make a timer");
}

void checkup_free(struct worker *w)
{
	event_free(w->checkup.timer);
}
