#include "modem/ussd.h"

#include <string.h>

#include "base/error.h"
#include "base/log.h"
#include "base/mem.h"
#include "modem/ussd_inside.h"
#include "modem/worker.h"

bool ussd_is_over(const struct ussd *u)
{
	return u->state == USSD_IDLE;
}

static enum profile_ussd encoding_of_answers(const struct worker *w)
{
	return (enum profile_ussd)w->profile.ussd_answer;
}

/* ---- telling the core ------------------------------------------------------------------------------------------ */

static void keep_notice(struct ussd *u, const struct wire_ussd *said)
{
	if (u->notice_count == USSD_NOTICES_MAX) {
		hl_log(HL_LOG_WARNING, "ussd", "notice_dropped reason=\"no core is there\"");
		memmove(&u->notice[0], &u->notice[1], --u->notice_count * sizeof(u->notice[0]));
	}
	u->notice[u->notice_count++] = *said;
}

static void fill(struct wire_ussd *said, int64_t id, const char *state, const struct ussd_heard *heard, const char *why)
{
	memset(said, 0, sizeof(*said));
	said->id = id;
	hl_strlcpy(said->state, sizeof(said->state), state);
	hl_strlcpy(said->why, sizeof(said->why), why);
	if (heard) {
		hl_strlcpy(said->text, sizeof(said->text), heard->text);
		said->dcs = heard->dcs;
	}
}

static void tell(struct worker *w, int64_t id, const char *state, const struct ussd_heard *heard, const char *why)
{
	struct wire_link_msg msg = { .type = WIRE_USSD };
	struct wire_ussd *said = &msg.u.ussd;

	fill(said, id, state, heard, why);
	hl_log(HL_LOG_INFO, "ussd", "told id=%lld state=%s octets=%zu why=\"%s\"", (long long)id, state, strlen(said->text), why);
	if (!uplink_send(w->uplink, &msg) && id == 0)
		keep_notice(&w->ussd, said);
	explicit_bzero(said->text, sizeof(said->text));
}

void ussd_tell_again(struct worker *w)
{
	struct ussd *u = &w->ussd;

	for (size_t i = 0; i < u->notice_count; i++) {
		const struct wire_link_msg msg = { .type = WIRE_USSD, .u.ussd = u->notice[i] };
		uplink_send(w->uplink, &msg);
	}
	explicit_bzero(u->notice, sizeof(u->notice));
	u->notice_count = 0;
}

/* The session is over: what the profile wanted before it is undone. */
static void end(struct worker *w)
{
	struct ussd *u = &w->ussd;

	u->state = USSD_IDLE;
	u->undo |= u->prelude > 0;
	u->begun = false;
	u->prelude = u->postlude = 0;
	explicit_bzero(u->command, sizeof(u->command));
	explicit_bzero(&u->asked, sizeof(u->asked));
	evtimer_del(u->timer);
}

void ussd_finish(struct worker *w, const char *state, const struct ussd_heard *heard, const char *why)
{
	int64_t id = w->ussd.id;

	end(w);
	tell(w, id, state, heard, why);
	worker_pump(w);
}

/* ---- what the network says ------------------------------------------------------------------------------------- */

/* TS 27.007 7.15. */
static const char *const told_states[] = { "done", "open", "ended", "elsewhere", "unsupported", "timeout" };

static void session_opens(struct worker *w, int64_t id, const struct ussd_heard *heard)
{
	w->ussd.id = id;
	w->ussd.state = USSD_OPEN;
	w->ussd.begun = true;
	timer_set(w->ussd.timer, USSD_OPEN_MS);
	if (id == 0)
		fill(&w->ussd.asked, 0, "done", heard, "");
	tell(w, id, "open", heard, "");
}

/* What nobody asked for, or an answer that came too late. One that waits for an answer gets none where no core is, or where we
 * are about to ask something ourselves. */
static void network_begins(struct worker *w, const struct ussd_heard *heard)
{
	bool asks = heard->m == 1;

	if (asks && ussd_is_over(&w->ussd) && uplink_is_up(w->uplink)) {
		session_opens(w, 0, heard);
		return;
	}
	w->ussd.cancel |= asks;
	if (asks || (heard->said && heard->text[0]))
		tell(w, 0, "done", heard, "");
}

/* Huawei and others say "+CUSD: 2" before the text that ended the session. */
static void await_last_words(struct worker *w)
{
	w->ussd.state = USSD_ENDING;
	timer_set(w->ussd.timer, USSD_GRACE_MS);
}

static void network_answers(struct worker *w, const struct ussd_heard *heard)
{
	struct ussd *u = &w->ussd;

	if (u->state == USSD_ENDING)
		ussd_finish(w, heard->m == 1 ? "ended" : told_states[heard->m], heard, "");
	else if (heard->m == 1)
		session_opens(w, u->id, heard);
	else if (heard->m == 2 && !heard->said && u->state != USSD_OPEN)
		await_last_words(w);
	else
		ussd_finish(w, told_states[heard->m], heard, "");
}

void ussd_heard(struct worker *w, const char *line)
{
	struct ussd_heard heard;

	if (ussd_read(line, encoding_of_answers(w), &heard)) {
		hl_log(HL_LOG_NOTICE, "ussd", "not_understood");
		return;
	}
	if (!w->ussd.begun)
		network_begins(w, &heard);
	else
		network_answers(w, &heard);
	explicit_bzero(&heard, sizeof(heard));
	worker_pump(w);
}

/* ---- time ------------------------------------------------------------------------------------------------------ */

static const struct {
	const char *told;
	const char *why;
} late[USSD_STATES] = {
	[USSD_WANTED] = { "refused", "the modem had no network, or was busy, for too long: try again" },
	[USSD_GIVEN] = { "timeout", "" },
	[USSD_WAITING] = { "timeout", "" },
	[USSD_ENDING] = { "ended", "" },
	[USSD_OPEN] = { "timeout", "" },
};

static void on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct worker *w = arg;
	enum ussd_state state = w->ussd.state;

	(void)fd;
	(void)what;
	if (state == USSD_IDLE)
		return;
	w->ussd.cancel |= w->ussd.begun && state != USSD_ENDING;
	ussd_finish(w, late[state].told, NULL, late[state].why);
}

/* ---- the core -------------------------------------------------------------------------------------------------- */

/* Begins to say something; false where it cannot be said, which is told. */
static void say(struct worker *w, const struct wire_ussd_say *what)
{
	struct ussd *u = &w->ussd;
	struct hl_reason why;

	u->id = what->id;
	u->state = USSD_WANTED;
	if (ussd_write(what->text, (enum profile_ussd)w->profile.ussd_request, (int)w->profile.ussd_dcs, u->command, &why)) {
		ussd_finish(w, "refused", NULL, why.text);
		return;
	}
	timer_set(u->timer, w->profile.ussd_ms);
	worker_pump(w);
}

void ussd_dial(struct worker *w, const struct wire_ussd_say *what)
{
	if (!ussd_is_over(&w->ussd))
		tell(w, what->id, "refused", NULL, "another USSD session is under way at this modem: try again when it is over");
	else if (w->profile.ussd_request == PROFILE_USSD_NONE)
		tell(w, what->id, "refused", NULL, "this family of modems has no USSD (ussd_request in its profile)");
	else if (!state_can_receive(w->state))
		tell(w, what->id, "refused", NULL, "the modem is not ready: see hotlinectl modems");
	else
		say(w, what);
}

void ussd_answer(struct worker *w, const struct wire_ussd_say *what)
{
	struct ussd *u = &w->ussd;

	if (u->state != USSD_OPEN || u->id != what->id) {
		tell(w, what->id, "refused", NULL, "the session is over");
		return;
	}
	say(w, what);
	if (ussd_is_over(u)) { /* it could not be said */
		u->cancel = true;
		worker_pump(w);
	}
}

void ussd_cancel(struct worker *w, int64_t id)
{
	struct ussd *u = &w->ussd;

	if (ussd_is_over(u) || u->id != id)
		return; /* its end has been told */
	u->cancel |= u->begun;
	ussd_finish(w, "cancelled", NULL, "");
}

void ussd_link_down(struct worker *w)
{
	struct ussd *u = &w->ussd;

	if (ussd_is_over(u))
		return;
	if (u->id == 0) /* it may not have heard of it */
		keep_notice(u, &u->asked);
	u->cancel |= u->begun;
	end(w);
	worker_pump(w);
}

/* ---- the states ------------------------------------------------------------------------------------------------ */

/* A modem that starts anew has no session any more, and its settings are made anew. */
void ussd_stop(struct worker *w)
{
	struct ussd *u = &w->ussd;
	bool over = ussd_is_over(u);
	int64_t id = u->id;

	end(w);
	u->cancel = u->undo = false;
	if (!over && id)
		tell(w, id, "lost", NULL, "the modem went away or had to be set up again: try again");
}

void ussd_init(struct worker *w)
{
	w->ussd.timer = timer_new(w->base, on_timer, w);
}

void ussd_free(struct worker *w)
{
	event_free(w->ussd.timer);
	explicit_bzero(&w->ussd, sizeof(w->ussd));
}
