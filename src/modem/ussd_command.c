/* What a USSD session gives the modem: the profile's commands before it and after it, the code or answer itself, its end. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/log.h"
#include "base/mem.h"
#include "modem/ussd_inside.h"
#include "modem/worker.h"

static bool prelude_command(const struct worker *w, size_t i, char *out, size_t size)
{
	const struct modem_profile *p = &w->profile;

	if (i < p->ussd_before.count)
		hl_strlcpy(out, size, p->ussd_before.item[i]);
	else if (i == p->ussd_before.count && p->ussd_charset[0])
		snprintf(out, size, "AT+CSCS=\"%s\"", p->ussd_charset);
	else
		return false;
	return true;
}

static bool postlude_command(const struct worker *w, size_t i, char *out, size_t size)
{
	const struct modem_profile *p = &w->profile;
	bool charset = p->ussd_charset[0] && p->charset[0];

	if (i == 0 && charset)
		snprintf(out, size, "AT+CSCS=\"%s\"", p->charset);
	else if (i - charset < p->ussd_after.count)
		hl_strlcpy(out, size, p->ussd_after.item[i - charset]);
	else
		return false;
	return true;
}

static void on_prelude(void *arg, const struct at_reply *reply)
{
	struct worker *w = arg;
	char why[128];

	if (worker_gave_up(w, reply, "a command before USSD") || w->ussd.state != USSD_WANTED || reply->result == AT_OK)
		return;
	snprintf(why, sizeof(why), "the modem refuses a command before USSD (error %d): check ussd_before in its profile", reply->code);
	ussd_finish(w, "refused", NULL, why);
}

static void on_postlude(void *arg, const struct at_reply *reply)
{
	struct worker *w = arg;

	w->ussd.postlude++;
	if (!worker_gave_up(w, reply, "a command after USSD") && reply->result != AT_OK)
		hl_log(HL_LOG_WARNING, "ussd", "not_restored code=%d mend=\"check ussd_after in the modem's profile\"", reply->code);
}

static void on_cancelled(void *arg, const struct at_reply *reply)
{
	struct worker *w = arg;

	worker_gave_up(w, reply, "the end of USSD"); /* ERROR: there was nothing to cancel any more */
}

/* The answer may have come before this OK; then the session is further on, or over. */
static void on_said(void *arg, const struct at_reply *reply)
{
	struct worker *w = arg;
	char why[128];

	if (worker_gave_up(w, reply, "a USSD request") || w->ussd.state != USSD_GIVEN)
		return;
	if (reply->result == AT_OK) {
		w->ussd.state = USSD_WAITING;
		return;
	}
	snprintf(why, sizeof(why), "the modem refuses the request (error %d): check signal and SIM, and USSD in its profile",
		 reply->code);
	ussd_finish(w, "refused", NULL, why);
}

static void give(struct worker *w, void (*done)(void *arg, const struct at_reply *reply), int64_t timeout_ms, const char *text)
{
	const struct at_command c = { .expect.shape = AT_SHAPE_NONE, .timeout_ms = timeout_ms, .done = done };

	worker_command(w, c, "%s", text);
}

/* Only with a network; one that a change of radio technology took away comes back, or the time runs out. */
static bool next_wanted(struct worker *w)
{
	struct ussd *u = &w->ussd;
	char text[2 * PROFILE_ITEM_MAX];

	if (u->state != USSD_WANTED || !state_can_send(w->state))
		return false;
	if (prelude_command(w, u->prelude, text, sizeof(text))) {
		u->prelude++; /* given is as good as done: a session that ends meanwhile undoes it */
		give(w, on_prelude, w->profile.list_ms, text);
		return true;
	}
	u->state = USSD_GIVEN;
	u->begun = true;
	give(w, on_said, w->profile.list_ms, u->command); /* some modems say OK only when the network has answered */
	explicit_bzero(u->command, sizeof(u->command));
	return true;
}

bool ussd_next(struct worker *w)
{
	struct ussd *u = &w->ussd;
	char text[2 * PROFILE_ITEM_MAX];

	if (u->cancel) {
		u->cancel = false;
		give(w, on_cancelled, w->profile.command_ms, "AT+CUSD=2");
		return true;
	}
	if (u->undo && ussd_is_over(u)) {
		if (postlude_command(w, u->postlude, text, sizeof(text))) {
			give(w, on_postlude, w->profile.list_ms, text);
			return true;
		}
		u->undo = false;
	}
	return next_wanted(w);
}
