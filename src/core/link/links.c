#include "core/link/links.h"

#include <event2/listener.h>
#include <inttypes.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/config/config.h"
#include "core/config/profiles.h"
#include "core/counters.h"
#include "core/link/link_hooks.h"
#include "core/link/links_inside.h"
#include "core/turn.h"
#include "wire/conn.h"

bool slot_is_modem(const struct links *l, const struct slot *s)
{
	return s >= l->slots && s < l->slots + CONFIG_MODEMS_MAX;
}

void link_end(struct link *link, bool close)
{
	struct links *l = link->owner;
	struct slot *s = link->slot;

	if (link->prev)
		link->prev->next = link->next;
	else
		l->first = link->next;
	if (link->next)
		link->next->prev = link->prev;
	if (s) {
		s->link = NULL;
		s->session = 0;
		slot_set_ready(l, s, false);
		if (link->kind == LINK_MODEM)
			link_tell_gone(l->core, s->config->name);
		slot_tell(l, s);
	} else if (link->found) {
		l->waiting--;
	} else {
		l->strangers--;
	}
	event_free(link->hello_due);
	if (close)
		wire_conn_close(link->conn);
	free(link->found);
	free(link);
	if (s && slot_is_modem(l, s))
		links_ask_again(l);
}

void link_log_refused(struct links *l, struct slot *s, const char *why)
{
	uint64_t left_out;

	if (hl_seldom(s ? &s->refused : &l->refused, hl_boot_ms(l->core->clock), &left_out))
		hl_log(HL_LOG_WARNING, "links", "refused modem=%s left_out=%" PRIu64 " why=\"%s\"", s ? s->config->name : "-",
			left_out, why);
}

void link_refuse(struct link *link, const char *why)
{
	link_log_refused(link->owner, link->slot, why);
	link_end(link, true);
}

void link_send(struct link *link, const struct wire_link_msg *msg)
{
	char *line = wire_link_encode(msg);

	wire_conn_send(link->conn, line);
	hl_wipe_free(line);
}

struct slot *link_slot_find(const struct links *l, const char *name)
{
	for (size_t i = 0; i < l->slot_count; i++)
		if (strcmp(l->slots[i].config->name, name) == 0)
			return &l->slots[i];
	for (int kind = LINK_MODEM + 1; kind < LINK_KINDS; kind++)
		if (l->doors[kind].listener && strcmp(name, l->doors[kind].slot.config->name) == 0)
			return (struct slot *)&l->doors[kind].slot;
	return NULL;
}

static void on_line(struct wire_conn *conn, char *line, size_t len, void *arg)
{
	struct link *link = arg;
	struct core *core = link->owner->core;
	struct wire_link_msg msg;
	struct hl_reason why = { "not a message that a link may send now" };
	int err;

	(void)conn;
	err = wire_link_decode(line, len, &msg, &why);
	explicit_bzero(line, len);
	if (err || (link->slot ? !link_may_say(link->kind, msg.type) : link->found || msg.type != WIRE_HELLO)) {
		counter_add(core, COUNT_BAD_LINES, 1);
		link_refuse(link, why.text);
	} else if (!link->slot) {
		link_hello(link, &msg.u.hello);
	} else {
		link_said(link->owner, link->slot, &msg);
	}
	if (!err)
		wire_link_clear(&msg);
	if (!err && (msg.type == WIRE_INBOUND || msg.type == WIRE_USSD_STEP))
		explicit_bzero(&msg.u, sizeof(msg.u));
}

static void on_closed(struct wire_conn *conn, const char *why, void *arg)
{
	struct link *link = arg;

	(void)conn;
	if (link->slot)
		hl_log(HL_LOG_NOTICE, "links", "gone modem=%s why=\"%s\"", link->slot->config->name, why);
	link_end(link, false);
}

static void on_hello_due(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	link_refuse(arg, "said no hello in time");
}

static const struct wire_conn_ops link_ops = { on_line, on_closed };

static bool peer_allowed(const struct door *d, struct wire_conn *conn)
{
	uid_t uid;
	gid_t gid;
	pid_t pid;

	if (wire_conn_peer(conn, &uid, &gid, &pid))
		return false;
	if (uid == 0 || uid == geteuid())
		return true;
	return d->has_uid && uid == d->uid;
}

static void on_accept(struct evconnlistener *listener, evutil_socket_t fd, struct sockaddr *sa, int len, void *arg)
{
	struct links *l = arg;
	struct link *link;
	const struct timeval due = { LINKS_HELLO_S, 0 };
	static const char *const refusals[LINK_KINDS] = {
		[LINK_MODEM] = "its user may not be a link: see link_user in hotlined.conf",
		[LINK_NOTIFY] = "its user may not be hotline-notify: see notify_user in hotlined.conf",
		[LINK_USSD] = "its user may not be hotline-ussd: see ussd_user in hotlined.conf",
	};

	(void)sa;
	(void)len;
	if (l->strangers >= LINKS_STRANGERS_MAX) {
		link_log_refused(l, NULL, "too many connections without hello");
		close(fd);
		return;
	}
	link = hl_calloc(1, sizeof(*link));
	link->owner = l;
	while (link->kind + 1 < LINK_KINDS && l->doors[link->kind].listener != listener)
		link->kind++;
	link->conn = wire_conn_new(l->core->base, fd, &link_ops, link);
	link->hello_due = evtimer_new(l->core->base, on_hello_due, link);
	link->next = l->first;
	if (l->first)
		l->first->prev = link;
	l->first = link;
	l->strangers++;
	if (!peer_allowed(&l->doors[link->kind], link->conn))
		link_refuse(link, refusals[link->kind]);
	else
		evtimer_add(link->hello_due, &due);
}

/* NULL and false where there is no such user. */
static bool find_user(const char *key, const char *name, uid_t *uid, bool *has, struct hl_reason *reason)
{
	const struct passwd *pw = name[0] ? getpwnam(name) : NULL;

	if (name[0] && !pw) {
		hl_fail(reason, HL_ENOENT, "%s: there is no user %s: make it, or leave %s out", key, name, key);
		return false;
	}
	*has = pw != NULL;
	if (pw)
		*uid = pw->pw_uid;
	return true;
}

/* Takes over fd. */
static struct evconnlistener *listen_on(struct links *l, int fd, const char *what, struct hl_reason *reason)
{
	struct evconnlistener *made = evconnlistener_new(l->core->base, on_accept, l, LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC,
		0, fd);

	if (made)
		return made;
	close(fd);
	hl_fail(reason, HL_EIO, "cannot watch the %s socket", what);
	return NULL;
}

static struct links *make(struct core *core)
{
	static const struct config_modem none[LINK_KINDS] = {
		[LINK_NOTIFY] = { .name = WIRE_NOTIFY_NAME }, [LINK_USSD] = { .name = WIRE_USSD_NAME },
	};
	struct links *l = hl_calloc(1, sizeof(*l));

	l->core = core;
	l->slot_count = core->config->modem_count;
	l->slots = hl_calloc(CONFIG_MODEMS_MAX, sizeof(*l->slots));
	l->profiles = profiles_load(core->config->modems_dir);
	for (size_t i = 0; i < l->slot_count; i++)
		l->slots[i].config = &core->config->modems[i];
	for (int kind = 0; kind < LINK_KINDS; kind++)
		l->doors[kind].slot.config = &none[kind];
	return l;
}

/* Takes over fd; it is closed where this fails. */
static bool open_door(struct links *l, enum link_kind kind, int fd, struct hl_reason *reason)
{
	const struct config *c = l->core->config;
	const struct { const char *key, *user, *what; } rows[LINK_KINDS] = {
		[LINK_MODEM] = { "link_user", c->link_user, "link" },
		[LINK_NOTIFY] = { "notify_user", c->notify_user, "notify" },
		[LINK_USSD] = { "ussd_user", c->ussd_user, "ussd" },
	};
	struct door *d = &l->doors[kind];

	if (!find_user(rows[kind].key, rows[kind].user, &d->uid, &d->has_uid, reason)) {
		if (fd >= 0)
			close(fd);
		return false;
	}
	if (fd >= 0)
		d->listener = listen_on(l, fd, rows[kind].what, reason);
	return fd < 0 || d->listener;
}

struct links *links_new(struct core *core, const int fds[LINK_KINDS], struct hl_reason *reason)
{
	struct links *l = make(core);
	bool all = true;

	for (int kind = 0; kind < LINK_KINDS; kind++) {
		if (all)
			all = open_door(l, (enum link_kind)kind, fds[kind], reason);
		else if (fds[kind] >= 0)
			close(fds[kind]);
	}
	if (all)
		return l;
	links_free(l);
	return NULL;
}

/* Tells dispatch nothing: what was leased comes back when the core starts again. */
void links_free(struct links *l)
{
	struct link *link;

	if (!l)
		return;
	while ((link = l->first)) {
		l->first = link->next;
		event_free(link->hello_due);
		wire_conn_close(link->conn);
		free(link->found);
		free(link);
	}
	profiles_free(l->profiles);
	for (int kind = 0; kind < LINK_KINDS; kind++)
		if (l->doors[kind].listener)
			evconnlistener_free(l->doors[kind].listener);
	free(l->slots);
	free(l);
}

static void fill_view(const struct links *l, const struct slot *s, struct link_view *view)
{
	*view = (struct link_view){
		.name = s->config->name,
		.connected = s->link != NULL,
		.ready = s->ready,
		.config = s->config,
		.adopted = s->config == &s->own,
		.stranger = s->config == &s->own && l->core->config->modem_count > 0,
		.imei = s->modem.imei[0] ? s->modem.imei : s->config->imei,
		.port = s->modem.port[0] ? s->modem.port : s->config->tty,
		.modem = &s->modem,
		.told_ms = s->told_ms,
	};
}

bool links_view(const struct links *l, size_t i, struct link_view *view)
{
	if (!l || i >= l->slot_count)
		return false;
	fill_view(l, &l->slots[i], view);
	return true;
}

bool links_program(const struct links *l, enum link_kind kind, struct link_view *view)
{
	if (!l || !l->doors[kind].listener)
		return false;
	fill_view(l, &l->doors[kind].slot, view);
	return true;
}

bool links_found(const struct links *l, size_t i, struct link_found *found)
{
	for (const struct link *link = l ? l->first : NULL; link; link = link->next) {
		if (!link->found || i--)
			continue;
		*found = (struct link_found){ &link->found->hello, link->found->why };
		return true;
	}
	return false;
}

int links_send(struct links *l, const char *name, const struct wire_link_msg *msg)
{
	const struct slot *s = l ? link_slot_find(l, name) : NULL;

	if (!s || !s->link)
		return HL_ENOENT;
	link_send(s->link, msg);
	return 0;
}

uint64_t links_session(const struct links *l, const char *name)
{
	const struct slot *s = l ? link_slot_find(l, name) : NULL;

	return s ? s->session : 0;
}

void links_answer(struct links *l, const char *name, uint64_t session, const struct wire_link_msg *msg)
{
	if (session && links_session(l, name) == session)
		links_send(l, name, msg);
}
