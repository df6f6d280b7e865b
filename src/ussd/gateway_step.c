#include "ussd/gateway_inside.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/log.h"
#include "base/mem.h"
#include "ussd/cumulative.h"

/* ---- answers --------------------------------------------------------------------------------------------------- */

void step_answer(struct listener *l, struct http_exchange *x, const struct codec_asked *asked, const char *text,
	bool end)
{
	const struct codec_answer a = { text, end };
	char *body = l->settings->codec->write(asked, &a);

	http_answer(x, 200, l->settings->codec->reply_type, body);
	explicit_bzero(body, strlen(body));
	free(body);
}

void step_drop(struct waiting *w)
{
	struct gateway *g = w->owner;

	g->waiting[w->slot] = NULL;
	g->free_slots[g->free_count++] = (uint16_t)w->slot;
	event_free(w->timer);
	explicit_bzero(w, sizeof(*w));
	free(w);
}

static struct ussd_session *session_of(const struct waiting *w)
{
	return sessions_find(w->owner->sessions, w->listener->index, w->asked.session);
}

void step_give_up(struct waiting *w, const char *words, bool forget)
{
	struct ussd_session *session = session_of(w);

	if (session && forget)
		sessions_drop(w->owner->sessions, session);
	else if (session)
		session_set(&session->flying, NULL);
	step_answer(w->listener, w->x, &w->asked, words, true);
	step_drop(w);
}

static int64_t next_ref(struct gateway *g, size_t slot)
{
	return (++g->serial % (INT64_MAX / WAITING_MAX)) * WAITING_MAX + (int64_t)slot;
}

void step_tell_end(struct gateway *g, const struct listener *l, const char *session, const char *why)
{
	struct wire_link_msg msg = { .type = WIRE_USSD_END };

	msg.u.ussd_end.ref = next_ref(g, 0);
	hl_strlcpy(msg.u.ussd_end.transport, sizeof(msg.u.ussd_end.transport), l->settings->name);
	hl_strlcpy(msg.u.ussd_end.session, sizeof(msg.u.ussd_end.session), session);
	hl_strlcpy(msg.u.ussd_end.why, sizeof(msg.u.ussd_end.why), why);
	uplink_send(g->uplink, &msg);
}

static void on_late(evutil_socket_t fd, short what, void *arg)
{
	struct waiting *w = arg;

	(void)fd;
	(void)what;
	gateway_count_refused(w->listener, REFUSED_AWAY, "hotlined did not answer in time");
	step_tell_end(w->owner, w->listener, w->asked.session, "error");
	step_give_up(w, w->listener->settings->words->away, true);
}

/* ---- steps ----------------------------------------------------------------------------------------------------- */

static struct waiting *wait_for_core(struct listener *l, struct http_exchange *x, const struct codec_asked *asked)
{
	struct gateway *g = l->owner;
	const struct timeval tv = { l->settings->reply_ms / 1000, l->settings->reply_ms % 1000 * 1000 };
	struct waiting *w;

	if (g->free_count == 0)
		return NULL;
	w = hl_calloc(1, sizeof(*w));
	w->owner = g;
	w->listener = l;
	w->x = x;
	w->asked = *asked;
	w->slot = g->free_slots[--g->free_count];
	g->waiting[w->slot] = w;
	w->timer = evtimer_new(g->base, on_late, w);
	if (!w->timer || evtimer_add(w->timer, &tv))
		hl_fatal(EX_OSERR, "cannot make a timer");
	x->data = w;
	return w;
}

/* Where nothing is known of the session here, all of it may have been dialled behind the code ("*123*1*2#"): the core knows whether
 * it is that, or a session of before a restart. One that is too long is neither. */
static void fill_dialled(struct wire_ussd_step *s, const struct waiting *w, const struct ussd_session *session)
{
	const char *text = w->asked.text;

	if (w->listener->settings->codec->cumulative && session->step == 0 && strlen(text) < sizeof(s->dialled))
		hl_strlcpy(s->dialled, sizeof(s->dialled), text);
}

static void fill_step(struct waiting *w, int64_t step, const char *input)
{
	struct wire_ussd_step *s = &w->step.u.ussd_step;

	w->step.type = WIRE_USSD_STEP;
	s->ref = next_ref(w->owner, w->slot);
	hl_strlcpy(s->transport, sizeof(s->transport), w->listener->settings->name);
	hl_strlcpy(s->session, sizeof(s->session), w->asked.session);
	hl_strlcpy(s->number, sizeof(s->number), w->asked.number);
	hl_strlcpy(s->operator, sizeof(s->operator), w->asked.operator);
	hl_strlcpy(s->code, sizeof(s->code), w->asked.code);
	codec_cut(input, s->input, sizeof(s->input));
	s->step = step;
	s->begin = w->asked.begin;
}

/* The operator's number of the step, or ours: the one behind the last that was answered, so that a step that is repeated because its
 * answer did not get through is the same step to the core. 0 in a session that began with another gateway. */
static int64_t number_step(const struct ussd_session *session, const struct codec_asked *asked)
{
	if (asked->step || asked->begin)
		return asked->step ? asked->step : 1;
	return session->step && session->step < WIRE_STEP_MAX ? session->step + 1 : 0;
}

/* Where the text does not go on from the session's last one, or overtakes one that is still with the core: false. */
static bool place_step(const struct listener *l, const struct ussd_session *session, const struct codec_asked *asked,
	struct cumulative_step *out)
{
	const struct cumulative_had had = { session->text ? session->text : "", session->input_at, session->step };

	if (!asked->step && session->flying && strcmp(session->flying, asked->text) != 0)
		return false;
	if (!l->settings->codec->cumulative) {
		*out = (struct cumulative_step){ .step = number_step(session, asked) };
		return true;
	}
	return cumulative_next(&had, asked->text, out) && out->step <= WIRE_STEP_MAX;
}

static struct ussd_session *find_session(struct listener *l, const struct codec_asked *asked)
{
	struct gateway *g = l->owner;
	struct ussd_session *session;

	sessions_expire(g->sessions, gateway_now_ms());
	session = sessions_find(g->sessions, l->index, asked->session);
	if (session)
		sessions_use(g->sessions, session, session->ended, gateway_now_ms());
	return session ? session : sessions_add(g->sessions, l->index, asked->session, gateway_now_ms());
}

void step_refuse(struct listener *l, struct http_exchange *x, const struct codec_asked *asked, enum refused kind,
	const char *why)
{
	const struct settings_words *words = l->settings->words;

	gateway_count_refused(l, kind, why);
	step_answer(l, x, asked, kind == REFUSED_AWAY ? words->away : words->again, true);
}

void step_take(struct listener *l, struct http_exchange *x, const struct codec_asked *asked)
{
	struct gateway *g = l->owner;
	struct cumulative_step step;
	struct ussd_session *session;
	struct waiting *w;

	if (!uplink_is_up(g->uplink) && gateway_now_ms() - g->down_since >= l->settings->reply_ms) {
		step_refuse(l, x, asked, REFUSED_AWAY, "hotlined is not connected");
	} else if (!(session = find_session(l, asked))) {
		step_refuse(l, x, asked, REFUSED_FULL, "sessions_max sessions are alive");
	} else if (!place_step(l, session, asked, &step)) {
		step_refuse(l, x, asked, REFUSED_ORDER, "a step does not follow from the one before");
	} else if (!(w = wait_for_core(l, x, asked))) {
		step_refuse(l, x, asked, REFUSED_FULL, "too many steps wait for hotlined");
	} else {
		session_set(&session->flying, asked->text);
		w->input_at = step.input_at;
		fill_step(w, step.step, asked->text + step.input_at);
		fill_dialled(&w->step.u.ussd_step, w, session);
		g->told.received++;
		uplink_send(g->uplink, &w->step);
	}
}

/* ---- what the core says ---------------------------------------------------------------------------------------- */

static struct waiting *waiting_of(struct gateway *g, int64_t ref)
{
	struct waiting *w = ref > 0 ? g->waiting[ref % WAITING_MAX] : NULL;

	return w && w->step.u.ussd_step.ref == ref ? w : NULL;
}

void step_on_screen(struct gateway *g, const struct wire_ussd_screen *screen)
{
	struct waiting *w = waiting_of(g, screen->ref);
	struct ussd_session *session = w ? session_of(w) : NULL;

	if (!w)
		return;
	if (session) {
		session_set(&session->flying, NULL);
		session->step = w->step.u.ussd_step.step;
		if (w->listener->settings->codec->cumulative) {
			session_set(&session->text, w->asked.text);
			session->input_at = w->input_at;
		}
		sessions_use(w->owner->sessions, session, screen->end, gateway_now_ms());
	}
	step_answer(w->listener, w->x, &w->asked, screen->text, screen->end);
	step_drop(w);
}

void step_on_refused(struct gateway *g, const struct wire_ussd_refused *refused)
{
	static const char *const known[] = { "unknown_session", "order", "other_number", "busy", "limit" };
	struct waiting *w = waiting_of(g, refused->ref);
	const char *name = "other", *words;

	if (!w)
		return;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strcmp(known[i], refused->why) == 0)
			name = known[i];
	gateway_count_refused(w->listener, REFUSED_CORE, name);
	words = strcmp(name, "busy") == 0 ? w->listener->settings->words->away : w->listener->settings->words->again;
	step_give_up(w, words, strcmp(name, "unknown_session") == 0);
}
