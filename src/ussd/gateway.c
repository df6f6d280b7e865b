#include "ussd/gateway.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/notify.h"
#include "base/seldom.h"
#include "ussd/cumulative.h"
#include "ussd/http.h"
#include "ussd/rate.h"
#include "ussd/sessions.h"
#include "ussd/target.h"
#include "wire/uplink.h"

#define WAITING_MAX 16384 /* steps that the core has not answered yet */
#define RATE_SETS 16384   /* numbers, and as many sources, that are told apart */
#define BACKLOG 1024      /* connections that wait to be accepted; the kernel caps it (net.core.somaxconn) */
#define BURST_S 2         /* of a source: so many seconds' worth at once */

enum refused { REFUSED_TRUST, REFUSED_SOURCE, REFUSED_NUMBER, REFUSED_FORM, REFUSED_ORDER, REFUSED_FULL, REFUSED_AWAY, REFUSED_CORE, REFUSED_KINDS };

static const char *const refused_names[REFUSED_KINDS] = {
	[REFUSED_TRUST] = "not_trusted", [REFUSED_SOURCE] = "source_too_often", [REFUSED_NUMBER] = "number_too_often",
	[REFUSED_FORM] = "malformed", [REFUSED_ORDER] = "out_of_order", [REFUSED_FULL] = "too_many_sessions", [REFUSED_AWAY] = "no_core",
	[REFUSED_CORE] = "refused_by_core",
};

struct listener {
	struct gateway *owner;
	const struct settings_listener *settings;
	size_t index;
	struct http_server *server;
	struct rate *sources, *numbers, *beginnings;
	struct hl_seldom seldom[REFUSED_KINDS];
};

/* A step on its way to the core. */
struct waiting {
	struct gateway *owner;
	struct listener *listener;
	struct http_exchange *x;
	struct codec_asked asked;
	struct wire_link_msg step; /* kept: it is offered again to a core that comes back in time */
	size_t input_at, slot;
	struct event *timer;
};

struct gateway {
	struct event_base *base;
	const struct settings *settings;
	struct uplink *uplink;
	struct sessions *sessions;
	struct waiting *waiting[WAITING_MAX];
	uint16_t free_slots[WAITING_MAX];
	size_t free_count;
	int64_t serial, down_since;
	struct wire_modem told;
	size_t count;
	struct listener listener[SETTINGS_LISTENERS_MAX];
};

static int64_t now_ms(void)
{
	return hl_boot_ms(&hl_clock_system);
}

/* The reason names a field or a rule, never a value. */
static void count_refused(struct listener *l, enum refused kind, const char *why)
{
	uint64_t left_out;

	l->owner->told.refused++;
	if (hl_seldom(&l->seldom[kind], now_ms(), &left_out))
		hl_log(HL_LOG_NOTICE, "gateway", "refused listener=%s why=%s detail=\"%s\" left_out=%llu", l->settings->name,
			refused_names[kind], why, (unsigned long long)left_out);
}

/* ---- answers -------------------------------------------------------------------------------------------------------- */

static void answer(struct listener *l, struct http_exchange *x, const struct codec_asked *asked, const char *text, bool end)
{
	const struct codec_answer a = { text, end };
	char *body = l->settings->codec->write(asked, &a);

	http_answer(x, 200, l->settings->codec->reply_type, body);
	explicit_bzero(body, strlen(body));
	free(body);
}

static void drop_waiting(struct waiting *w)
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

/* The last screen, in place of one that the core did not give; forget: what is known of the session goes with it. */
static void give_up(struct waiting *w, const char *words, bool forget)
{
	struct ussd_session *session = session_of(w);

	if (session && forget)
		sessions_drop(w->owner->sessions, session);
	answer(w->listener, w->x, &w->asked, words, true);
	drop_waiting(w);
}

static int64_t next_ref(struct gateway *g, size_t slot)
{
	return (++g->serial % (INT64_MAX / WAITING_MAX)) * WAITING_MAX + (int64_t)slot;
}

static void tell_end(struct gateway *g, const struct listener *l, const char *session, const char *why)
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
	count_refused(w->listener, REFUSED_AWAY, "hotlined did not answer in time");
	tell_end(w->owner, w->listener, w->asked.session, "error");
	give_up(w, w->listener->settings->words->away, true);
}

/* ---- steps ---------------------------------------------------------------------------------------------------------- */

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

/* Where the text does not go on from the session's last one, or overtakes one that is still with the core: false. */
static bool place_step(const struct listener *l, const struct ussd_session *session, const struct codec_asked *asked,
	struct cumulative_step *out)
{
	const struct cumulative_had had = { session->text ? session->text : "", session->input_at, session->step };

	if (!l->settings->codec->cumulative) {
		*out = (struct cumulative_step){ .step = asked->begin && !asked->step ? 1 : asked->step };
		return true;
	}
	if (session->flying && strcmp(session->flying, asked->text) != 0)
		return false;
	return cumulative_next(&had, asked->text, out) && out->step <= WIRE_STEP_MAX;
}

static struct ussd_session *find_session(struct listener *l, const struct codec_asked *asked)
{
	struct gateway *g = l->owner;
	struct ussd_session *session;

	sessions_expire(g->sessions, now_ms());
	session = sessions_find(g->sessions, l->index, asked->session);
	if (session)
		sessions_use(g->sessions, session, session->ended, now_ms());
	return session ? session : sessions_add(g->sessions, l->index, asked->session, now_ms());
}

static bool comes_too_often(struct listener *l, const struct codec_asked *asked)
{
	size_t len = strlen(asked->number);

	return !rate_take(l->numbers, asked->number, len, now_ms()) ||
		(asked->begin && !rate_take(l->beginnings, asked->number, len, now_ms()));
}

static void refuse_step(struct listener *l, struct http_exchange *x, const struct codec_asked *asked, enum refused kind, const char *why)
{
	const struct settings_words *words = l->settings->words;

	count_refused(l, kind, why);
	answer(l, x, asked, kind == REFUSED_AWAY ? words->away : words->again, true);
}

static void take_step(struct listener *l, struct http_exchange *x, const struct codec_asked *asked)
{
	struct gateway *g = l->owner;
	struct cumulative_step step;
	struct ussd_session *session;
	struct waiting *w;

	if (!uplink_is_up(g->uplink) && now_ms() - g->down_since >= l->settings->reply_ms) {
		refuse_step(l, x, asked, REFUSED_AWAY, "hotlined is not connected");
	} else if (!(session = find_session(l, asked))) {
		refuse_step(l, x, asked, REFUSED_FULL, "sessions_max sessions are alive");
	} else if (!place_step(l, session, asked, &step)) {
		refuse_step(l, x, asked, REFUSED_ORDER, "a step does not follow from the one before");
	} else if (!(w = wait_for_core(l, x, asked))) {
		refuse_step(l, x, asked, REFUSED_FULL, "too many steps wait for hotlined");
	} else {
		if (l->settings->codec->cumulative)
			session_set(&session->flying, asked->text);
		w->input_at = step.input_at;
		fill_step(w, step.step, asked->text + step.input_at);
		g->told.received++;
		uplink_send(g->uplink, &w->step);
	}
}

/* ---- requests ------------------------------------------------------------------------------------------------------- */

/* Where the proxy in front connects, the address that it tells. */
static bool find_source(const struct listener *l, struct http_exchange *x, struct source *out)
{
	const char *header;

	*out = x->source;
	if (!source_is_in(&l->settings->proxies, &x->source))
		return true;
	header = http_header(x, l->settings->forwarded_header);
	return header && source_forwarded(header, out);
}

static bool is_trusted(const struct listener *l, struct http_exchange *x, const struct source *from)
{
	const struct settings_listener *s = l->settings;
	char value[sizeof(s->secret)] = "";
	bool in_query;

	if (s->allowed.count > 0 && !source_is_in(&s->allowed, from))
		return false;
	if (!*s->secret)
		return true;
	in_query = *s->secret_query && target_query(x->target, s->secret_query, value, sizeof(value));
	in_query = source_secret_is(s->secret, in_query ? value : NULL);
	explicit_bzero(value, sizeof(value));
	return in_query || source_secret_is(s->secret, http_header(x, s->secret_header));
}

/* The number first: an operator's whole traffic comes from one address, and a phone that floods must not use it up for all others. */
static bool has_room(struct listener *l, struct http_exchange *x, const struct codec_asked *asked)
{
	if (asked->kind == CODEC_STEP && comes_too_often(l, asked)) {
		refuse_step(l, x, asked, REFUSED_NUMBER, "one number comes too often");
		return false;
	}
	if (rate_take(l->sources, x->source.octets, sizeof(x->source.octets), now_ms()))
		return true;
	count_refused(l, REFUSED_SOURCE, "more than source_per_s");
	http_answer(x, 429, "text/plain; charset=utf-8", "Too often; try again later.\n");
	return false;
}

static int on_head(void *arg, struct http_exchange *x)
{
	struct listener *l = arg;
	struct source from;

	if (!find_source(l, x, &from)) {
		count_refused(l, REFUSED_TRUST, "the proxy does not tell who asks");
		return 403;
	}
	if (!is_trusted(l, x, &from)) {
		count_refused(l, REFUSED_TRUST, "the secret, or the address, is not the operator's");
		return rate_take(l->sources, from.octets, sizeof(from.octets), now_ms()) ? 403 : 429;
	}
	x->source = from;
	return target_path(x->target, l->settings->path) ? 0 : 404;
}

static void on_request(void *arg, struct http_exchange *x)
{
	struct listener *l = arg;
	struct codec_request r = { x->method, target_path(x->target, l->settings->path), x->type, x->body, x->body_len,
		l->owner->settings->country };
	struct codec_asked asked;
	struct ussd_session *session;
	struct hl_reason why;
	int status;

	*strchrnul(x->target, '?') = '\0';
	status = l->settings->codec->read(&r, &asked, &why);
	if (status) {
		char words[sizeof(why.text) + 1];
		count_refused(l, REFUSED_FORM, why.text);
		snprintf(words, sizeof(words), "%s\n", why.text);
		http_answer(x, status, "text/plain; charset=utf-8", words);
		return;
	}
	if (!has_room(l, x, &asked))
		return;
	session = asked.kind == CODEC_STEP ? NULL : sessions_find(l->owner->sessions, l->index, asked.session);
	if (asked.kind == CODEC_STEP) {
		take_step(l, x, &asked);
	} else if (asked.kind == CODEC_STATUS) {
		answer(l, x, &asked, "", !session || session->ended);
	} else {
		tell_end(l->owner, l, asked.session, asked.why);
		if (session)
			sessions_drop(l->owner->sessions, session);
		answer(l, x, &asked, "", true);
	}
	explicit_bzero(&asked, sizeof(asked));
}

static void on_gone(void *arg, struct http_exchange *x)
{
	(void)arg;
	if (x->data)
		drop_waiting(x->data);
}

/* ---- the core ------------------------------------------------------------------------------------------------------- */

static struct waiting *waiting_of(struct gateway *g, int64_t ref)
{
	struct waiting *w = ref > 0 ? g->waiting[ref % WAITING_MAX] : NULL;

	return w && w->step.u.ussd_step.ref == ref ? w : NULL;
}

static void on_screen(struct waiting *w, const struct wire_ussd_screen *screen)
{
	struct ussd_session *session = session_of(w);

	if (session) {
		if (w->listener->settings->codec->cumulative) {
			session_set(&session->flying, NULL);
			session_set(&session->text, w->asked.text);
			session->input_at = w->input_at;
			session->step = w->step.u.ussd_step.step;
		}
		sessions_use(w->owner->sessions, session, screen->end, now_ms());
	}
	answer(w->listener, w->x, &w->asked, screen->text, screen->end);
	drop_waiting(w);
}

static void on_refused(struct waiting *w, const char *why)
{
	static const char *const known[] = { "unknown_session", "order", "other_number", "busy", "limit" };
	const char *name = "other", *words;

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strcmp(known[i], why) == 0)
			name = known[i];
	count_refused(w->listener, REFUSED_CORE, name);
	words = strcmp(name, "busy") == 0 ? w->listener->settings->words->away : w->listener->settings->words->again;
	give_up(w, words, strcmp(name, "unknown_session") == 0);
}

static void on_welcome(struct gateway *g)
{
	struct wire_link_msg state = { .type = WIRE_MODEM, .u.modem = g->told };

	uplink_send(g->uplink, &state);
	for (size_t i = 0; i < WAITING_MAX; i++)
		if (g->waiting[i])
			uplink_send(g->uplink, &g->waiting[i]->step);
	hl_notify("STATUS=Answering operators' USSD callbacks");
}

static void on_message(void *arg, struct wire_link_msg *msg)
{
	struct gateway *g = arg;
	struct waiting *w;

	if (msg->type == WIRE_WELCOME)
		on_welcome(g);
	else if (msg->type == WIRE_USSD_SCREEN && (w = waiting_of(g, msg->u.ussd_screen.ref)))
		on_screen(w, &msg->u.ussd_screen);
	else if (msg->type == WIRE_USSD_REFUSED && (w = waiting_of(g, msg->u.ussd_refused.ref)))
		on_refused(w, msg->u.ussd_refused.why);
}

static void on_hello(void *arg, struct wire_hello *hello)
{
	(void)arg;
	hl_strlcpy(hello->kind, sizeof(hello->kind), WIRE_USSD_NAME);
}

/* A step that the core can tell from its repetition (it has a number) waits for it to come back; another one might count twice. */
static void on_down(void *arg)
{
	struct gateway *g = arg;

	g->down_since = now_ms();
	for (size_t i = 0; i < WAITING_MAX; i++)
		if (g->waiting[i] && !g->waiting[i]->step.u.ussd_step.step)
			give_up(g->waiting[i], g->waiting[i]->listener->settings->words->away, true);
}

static int fail_listen(const struct settings_listener *s, int fd, const char *what, struct hl_reason *why)
{
	int err = errno;

	if (fd >= 0)
		close(fd);
	return hl_fail(why, HL_EIO, "listener %s: cannot %s %s: %s", s->name, what, s->listen, strerror(err));
}

int gateway_listen(const struct settings_listener *s, struct hl_reason *why)
{
	int on = 1, fd = socket(s->address.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	struct sockaddr_storage at;
	socklen_t len = sizeof(at);

	if (fd < 0)
		return fail_listen(s, fd, "make a socket for", why);
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (s->address.ss_family == AF_INET6)
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on));
	if (bind(fd, (const struct sockaddr *)&s->address, s->address_len) || listen(fd, BACKLOG) ||
	    getsockname(fd, (struct sockaddr *)&at, &len))
		return fail_listen(s, fd, "listen on", why);
	hl_log(HL_LOG_INFO, "gateway", "listening listener=%s profile=%s port=%u", s->name, s->codec->name,
		ntohs(at.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)(void *)&at)->sin6_port : ((struct sockaddr_in *)(void *)&at)->sin_port));
	return fd;
}

/* ---- life ----------------------------------------------------------------------------------------------------------- */

static bool start_listener(struct gateway *g, size_t i, int fd, struct hl_reason *why)
{
	static const struct http_ops ops = { on_head, on_request, on_gone };
	const struct settings_listener *s = &g->settings->listener[i];
	const struct http_limits limits = { (size_t)s->header_max, (size_t)s->body_max, (unsigned)s->connections_max,
		(unsigned)s->connections_per_source, s->request_ms, s->idle_ms };
	struct listener *l = &g->listener[i];

	*l = (struct listener){ .owner = g, .settings = s, .index = i };
	l->sources = rate_new(s->source_per_s * BURST_S, s->source_per_s * 60, RATE_SETS / RATE_WAYS);
	l->numbers = rate_new(s->number_per_min, s->number_per_min, RATE_SETS);
	l->beginnings = rate_new(s->sessions_per_min, s->sessions_per_min, RATE_SETS);
	l->server = http_new(g->base, fd, &limits, &ops, l, why);
	return l->server != NULL;
}

struct gateway *gateway_new(struct event_base *base, const struct settings *settings, const int *fds, struct hl_reason *why)
{
	static const struct uplink_ops ops = { on_hello, on_message, on_down };
	struct gateway *g = hl_calloc(1, sizeof(*g));

	g->base = base;
	g->settings = settings;
	g->down_since = now_ms();
	g->told = (struct wire_modem){ .state = "ready", .signal = 99 };
	g->sessions = sessions_new((size_t)settings->sessions_max, settings->session_s * 1000);
	while (g->free_count < WAITING_MAX) {
		g->free_slots[g->free_count] = (uint16_t)(WAITING_MAX - 1 - g->free_count);
		g->free_count++;
	}
	g->uplink = uplink_new(base, settings->socket, "", &ops, g);
	for (; g->count < settings->count; g->count++) {
		if (start_listener(g, g->count, fds[g->count], why))
			continue;
		gateway_free(g);
		return NULL;
	}
	uplink_start(g->uplink);
	return g;
}

void gateway_free(struct gateway *g)
{
	for (size_t i = 0; i < WAITING_MAX; i++)
		if (g->waiting[i])
			give_up(g->waiting[i], g->waiting[i]->listener->settings->words->away, true);
	for (size_t i = 0; i < g->count; i++) {
		http_free(g->listener[i].server);
		rate_free(g->listener[i].sources);
		rate_free(g->listener[i].numbers);
		rate_free(g->listener[i].beginnings);
	}
	uplink_free(g->uplink);
	sessions_free(g->sessions);
	free(g);
}
