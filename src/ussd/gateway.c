#include "ussd/gateway_inside.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/notify.h"

#define RATE_SETS 16384   /* numbers, and as many sources, that are told apart */
#define BACKLOG 1024      /* connections that wait to be accepted; the kernel caps it (net.core.somaxconn) */
#define BURST_S 2         /* of a source: so many seconds' worth at once */

static const char *const refused_names[REFUSED_KINDS] = {
	[REFUSED_TRUST] = "not_trusted", [REFUSED_SOURCE] = "source_too_often", [REFUSED_NUMBER] = "number_too_often",
	[REFUSED_FORM] = "malformed", [REFUSED_ORDER] = "out_of_order", [REFUSED_FULL] = "too_many_sessions",
		[REFUSED_AWAY] = "no_core",
	[REFUSED_CORE] = "refused_by_core",
};

void gateway_count_refused(struct listener *l, enum refused kind, const char *why)
{
	uint64_t left_out;

	l->owner->told.refused++;
	if (hl_seldom(&l->seldom[kind], gateway_now_ms(), &left_out))
		hl_log(HL_LOG_NOTICE, "gateway", "refused listener=%s why=%s detail=\"%s\" left_out=%llu", l->settings->name,
			refused_names[kind], why, (unsigned long long)left_out);
}

/* ---- the core -------------------------------------------------------------------------------------------------- */

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

	if (msg->type == WIRE_WELCOME)
		on_welcome(g);
	else if (msg->type == WIRE_USSD_SCREEN)
		step_on_screen(g, &msg->u.ussd_screen);
	else if (msg->type == WIRE_USSD_REFUSED)
		step_on_refused(g, &msg->u.ussd_refused);
}

static void on_hello(void *arg, struct wire_hello *hello)
{
	(void)arg;
	hl_strlcpy(hello->kind, sizeof(hello->kind), WIRE_USSD_NAME);
}

/* A step that the core can tell from its repetition (it has a number) waits for it to come back; another one might
 * count twice. */
static void on_down(void *arg)
{
	struct gateway *g = arg;

	g->down_since = gateway_now_ms();
	for (size_t i = 0; i < WAITING_MAX; i++)
		if (g->waiting[i] && !g->waiting[i]->step.u.ussd_step.step)
			step_give_up(g->waiting[i], g->waiting[i]->listener->settings->words->away, true);
}

static void on_gone(void *arg, struct http_exchange *x)
{
	(void)arg;
	if (x->data)
		step_drop(x->data);
}

/* ---- life ------------------------------------------------------------------------------------------------------ */

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
		ntohs(at.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)(void *)&at)->sin6_port :
			((struct sockaddr_in *)(void *)&at)->sin_port));
	return fd;
}

static bool start_listener(struct gateway *g, size_t i, int fd, struct hl_reason *why)
{
	static const struct http_ops ops = { gateway_on_head, gateway_on_request, on_gone };
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

struct gateway *gateway_new(struct event_base *base, const struct settings *settings, const int *fds,
	struct hl_reason *why)
{
	static const struct uplink_ops ops = { on_hello, on_message, on_down };
	struct gateway *g = hl_calloc(1, sizeof(*g));

	g->base = base;
	g->settings = settings;
	g->down_since = gateway_now_ms();
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
			step_give_up(g->waiting[i], g->waiting[i]->listener->settings->words->away, true);
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
