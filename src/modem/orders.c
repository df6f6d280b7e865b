#include "modem/orders.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/notify.h"
#include "modem/sandbox.h"
#include "modem/trim.h"
#include "modem/worker.h"

/* The sandbox is built with the first welcome, before the tty is opened, and never widened; the worker of a port has it
 * already. */
static void first_welcome(struct worker *w)
{
	const char *why = w->unconfined.text;

	if (!w->locate.port[0])
		w->confined = sandbox_enter(w->welcome.tty, false, &w->unconfined) == 0;
	if (!w->confined && !w->welcome.no_sandbox)
		hl_fatal(EX_OSERR, "the sandbox cannot be set up: %s; mend it, or write no_sandbox = true for this modem in the "
			 "configuration to run it without", why);
	if (!w->confined)
		hl_log(HL_LOG_WARNING, "sandbox", "RUNNING_WITHOUT_SANDBOX reason=\"%s\" because=\"no_sandbox is set\"", why);
	trim_memory(); /* starting up took code that is not needed again */
	hl_notify("READY=1\nSTATUS=Driving the modem");
	worker_start_watchdog(w);
	w->state = STATE_ABSENT;
	hl_strlcpy(w->told.state, sizeof(w->told.state), state_name(w->state));
	event_active(w->open_timer, EV_TIMEOUT, 0);
}

static bool profile_is_new(const struct worker *w, const struct modem_profile *profile)
{
	return memcmp(profile, &w->profile, sizeof(*profile)) != 0;
}

/* A restarted core may have another configuration. What the sandbox allows for is taken over at once. */
static void later_welcome(struct worker *w, const struct wire_welcome *old, bool new_profile)
{
	if (strcmp(old->tty, w->welcome.tty) != 0 && w->confined) {
		hl_log(HL_LOG_NOTICE, "modem", "other_tty next=\"exit for a restart: the sandbox knows only the one before\"");
		exit(EX_TEMPFAIL);
	}
	if (strcmp(old->pin, w->welcome.pin) != 0 && !w->welcome.pin_refused) {
		w->setup.pin_changed = w->setup.pin_changed || w->setup.pin_refused;
		w->setup.pin_refused = w->setup.pin_unsure = false;
	} else if (strcmp(old->tty, w->welcome.tty) == 0 && strcmp(old->imei, w->welcome.imei) == 0 &&
		 old->baud == w->welcome.baud && !new_profile) {
		return;
	}
	if (w->state != STATE_ABSENT) {
		worker_event(w, EVENT_GONE, "the configuration changed: opening the tty again");
		return;
	}
	locate_stop(w);
	event_active(w->open_timer, EV_TIMEOUT, 0);
}

static void take_welcome(struct worker *w, const struct wire_welcome *welcome)
{
	struct wire_welcome old = w->welcome;
	struct modem_profile profile;
	struct hl_reason why;
	bool new_profile;

	if (modem_profile_decode(welcome->profile, &profile, &why))
		hl_fatal(EX_CONFIG, "the modem's profile is not understood: %s", why.text);
	new_profile = profile_is_new(w, &profile);
	w->profile = profile;
	w->welcome = *welcome;
	w->welcome.profile = NULL;
	w->setup.pin_refused |= welcome->pin_refused; /* by a worker before this one */
	if (!w->welcomed) {
		w->welcomed = true;
		first_welcome(w);
	} else {
		later_welcome(w, &old, new_profile);
	}
	worker_tell(w);
	outcome_tell_again(w);
	reception_offer_all(w);
	call_offer_all(w);
	ussd_tell_again(w);
	worker_pump(w);
}

/* Said once for each reason; the connection stays, and the core closes it when another try may go better. */
static void take_unwelcome(struct worker *w, const struct wire_unwelcome *no)
{
	static char said[sizeof(no->why)];

	if (strcmp(said, no->why) != 0)
		hl_log(HL_LOG_WARNING, "link", "unwelcome why=\"%s\"", no->why);
	hl_strlcpy(said, sizeof(said), no->why);
	hl_notify("STATUS=Not used: hotlinectl modems tells why");
	if (w->locate.port[0])
		locate_unwelcome(w);
}

static void on_message(void *arg, struct wire_link_msg *msg)
{
	struct worker *w = arg;

	switch ((int)msg->type) {
	case WIRE_WELCOME:
		take_welcome(w, &msg->u.welcome);
		break;
	case WIRE_UNWELCOME:
		take_unwelcome(w, &msg->u.unwelcome);
		break;
	case WIRE_STORED:
		if (msg->u.ref.ref < 0)
			call_stored(w, msg->u.ref.ref);
		else
			reception_stored(w, msg->u.ref.ref);
		break;
	case WIRE_LATER: /* it stays offered: the next sweep offers it again */
		break;
	case WIRE_SEND:
		submission_take(w, &msg->u.send);
		break;
	case WIRE_GO:
		submission_go(w, msg->u.id.id);
		break;
	case WIRE_FORGET:
		submission_forget(w, msg->u.id.id);
		break;
	case WIRE_USSD_DIAL:
		ussd_dial(w, &msg->u.ussd_say);
		break;
	case WIRE_USSD_ANSWER:
		ussd_answer(w, &msg->u.ussd_say);
		break;
	case WIRE_USSD_CANCEL:
		ussd_cancel(w, msg->u.id.id);
		break;
	default:
		hl_log(HL_LOG_ERR, "link", "unexpected type=%s", wire_link_type_name(msg->type));
		break;
	}
}

static void on_hello(void *arg, struct wire_hello *hello)
{
	submission_hello(arg, hello);
	locate_hello(arg, hello);
}

static void on_down(void *arg)
{
	struct wire_hello nobody;

	memset(&nobody, 0, sizeof(nobody));
	submission_hello(arg, &nobody);
	ussd_link_down(arg);
	worker_show_busy(arg);
}

const struct uplink_ops orders_uplink_ops = { on_hello, on_message, on_down };
