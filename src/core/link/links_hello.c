/* Who connects: the modem that a worker's hello is about, or why there is no use for it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/config/profiles.h"
#include "core/link/identity.h"
#include "core/link/link_hooks.h"
#include "core/link/links_inside.h"
#include "core/link/refused_pin.h"
#include "core/turn.h"

#define ADOPTED_SWEEP_S 60 /* as the default of sweep_s */

/* ---- no use ---------------------------------------------------------------------------------- */

/* The connection stays, so that people see what was found; it may ask again when another one has gone. */
static void turn_away(struct link *link, const struct wire_hello *hello, const struct hl_reason *why)
{
	struct links *l = link->owner;
	struct wire_link_msg msg = { .type = WIRE_UNWELCOME };

	if (l->waiting == LINKS_WAITING_MAX) {
		link_refuse(link, "too many modems that there is no use for");
		return;
	}
	link_log_refused(l, NULL, why->text);
	evtimer_del(link->hello_due);
	l->strangers--;
	l->waiting++;
	link->found = hl_calloc(1, sizeof(*link->found));
	link->found->hello = *hello;
	hl_strlcpy(link->found->why, sizeof(link->found->why), why->text);
	hl_strlcpy(msg.u.unwelcome.why, sizeof(msg.u.unwelcome.why), why->text);
	link_send(link, &msg);
}

void links_ask_again(struct links *l)
{
	struct link *next;

	for (struct link *link = l->first; link; link = next) {
		next = link->next;
		if (link->found)
			link_end(link, true);
	}
}

/* ---- which modem ----------------------------------------------------------------------------- */

static struct slot *adopted_find(const struct links *l, const char *imei)
{
	for (size_t i = l->core->config->modem_count; i < l->slot_count; i++)
		if (strcmp(l->slots[i].own.imei, imei) == 0)
			return &l->slots[i];
	return NULL;
}

static struct slot *adopted_add(struct links *l, const struct wire_hello *hello)
{
	struct slot *s = &l->slots[l->slot_count];
	struct config_modem *m = &s->own;

	identity_name(hello->imei, false, m->name);
	if (link_slot_find(l, m->name))
		identity_name(hello->imei, true, m->name);
	hl_strlcpy(m->imei, sizeof(m->imei), hello->imei);
	m->profile_auto = true;
	m->sweep_s = ADOPTED_SWEEP_S;
	s->config = m;
	l->slot_count++;
	hl_log(HL_LOG_NOTICE, "links", "adopted modem=%s port=%s imei=%s mend=\"hotlinectl modems tells the line for hotlined.conf\"",
		m->name, hello->port, hello->imei);
	return s;
}

static struct slot *adopt(struct links *l, const struct wire_hello *hello, struct hl_reason *why)
{
	const struct config *config = l->core->config;
	struct slot *s;

	if (!hello->imei[0]) {
		hl_fail(why, 0, "nobody answers AT at %s: not a modem's AT port, or it is switched off; it is asked again now and then",
			hello->port);
		return NULL;
	}
	s = adopted_find(l, hello->imei);
	if (s)
		return s;
	if (!config->adopt)
		hl_fail(why, 0, "not in hotlined.conf, and adopt is false: write its line there to use it");
	else if (l->slot_count >= CONFIG_MODEMS_MAX) /* what all rooms that keep something of each modem have room for */
		hl_fail(why, 0, "more than %d modems in all: name those that are yours in hotlined.conf, and restart hotlined", CONFIG_MODEMS_MAX);
	else
		return adopted_add(l, hello);
	return NULL;
}

static struct slot *slot_of(struct links *l, const struct wire_hello *hello, struct hl_reason *why)
{
	const struct config *config = l->core->config;
	const struct config_modem *m = identity_find(config->modems, config->modem_count, hello);

	if (m)
		return &l->slots[m - config->modems];
	if (hello->port[0])
		return adopt(l, hello, why);
	hl_fail(why, 0, "no modem named %.32s in hotlined.conf: write it there, or end its worker", hello->name);
	return NULL;
}

/* Another worker has it: one that lives, and is not this one connecting anew. */
static bool is_taken(const struct slot *s, const struct link *link)
{
	uid_t uid;
	gid_t gid;
	pid_t old = 0, new = 0;

	if (!s->link || wire_conn_is_gone(s->link->conn))
		return false;
	if (wire_conn_peer(s->link->conn, &uid, &gid, &old) || wire_conn_peer(link->conn, &uid, &gid, &new))
		return false;
	return old != new;
}

/* ---- welcome --------------------------------------------------------------------------------- */

static json_t *profile_of(const struct links *l, const struct slot *s, const struct wire_hello *hello)
{
	const char *name;
	json_t *found;

	if (!s->config->profile_auto || !hello->port[0])
		return s->config->profile;
	found = profiles_find(l->profiles, hello->usb, hello->model, &name);
	hl_log(HL_LOG_INFO, "links", "profile modem=%s name=%s usb=%s model=\"%s\"", s->config->name, name,
		hello->usb[0] ? hello->usb : "-", hello->model);
	return found ? found : s->config->profile;
}

static void welcome(struct link *link, const struct wire_hello *hello)
{
	const struct config_modem *c = link->slot->config;
	struct wire_link_msg msg = { .type = WIRE_WELCOME };
	struct wire_welcome *w = &msg.u.welcome;

	w->version = WIRE_LINK_VERSION;
	hl_strlcpy(w->name, sizeof(w->name), c->name);
	hl_strlcpy(w->tty, sizeof(w->tty), hello->port[0] ? hello->port : c->tty);
	hl_strlcpy(w->imei, sizeof(w->imei), c->imei);
	w->pin_refused = refused_pin_is(link->owner->core, c);
	hl_strlcpy(w->pin, sizeof(w->pin), w->pin_refused ? "" : c->pin);
	w->baud = c->baud;
	w->sweep_s = c->sweep_s ? c->sweep_s : 1; /* the other kinds sweep nothing */
	w->no_sandbox = c->no_sandbox;
	w->profile = link->kind != LINK_MODEM ? NULL : profile_of(link->owner, link->slot, hello);
	link_send(link, &msg);
	explicit_bzero(w->pin, sizeof(w->pin));
}

static void take_in(struct link *link, struct slot *s, const struct wire_hello *hello)
{
	struct links *l = link->owner;

	if (s->link) {
		hl_log(HL_LOG_NOTICE, "links", "replaced modem=%s", s->config->name);
		link_end(s->link, true);
	}
	evtimer_del(link->hello_due);
	l->strangers--;
	link->slot = s;
	s->link = link;
	s->session = ++l->sessions;
	memset(&s->modem, 0, sizeof(s->modem));
	s->told_ms = 0;
	hl_strlcpy(s->port, sizeof(s->port), hello->port);
	hl_log(HL_LOG_INFO, "links", "connected modem=%s", s->config->name);
	turn_begin(l->core->turn);
	link_tell_hello(l->core, s->config->name, hello);
	welcome(link, hello);
	slot_tell(l, s);
}

void link_hello(struct link *link, const struct wire_hello *hello)
{
	static const char *const kinds[LINK_KINDS] = { [LINK_MODEM] = "modem", [LINK_NOTIFY] = WIRE_NOTIFY_NAME, [LINK_USSD] = WIRE_USSD_NAME };
	struct hl_reason why;
	struct slot *s;

	if (hello->version != WIRE_LINK_VERSION) {
		link_refuse(link, "speaks another version of the protocol: update the older program");
		return;
	}
	if (strcmp(hello->kind, kinds[link->kind]) != 0) {
		link_refuse(link, "is no kind of link that this core knows: update the older program");
		return;
	}
	s = link->kind != LINK_MODEM ? &link->owner->doors[link->kind].slot : slot_of(link->owner, hello, &why);
	if (s && s->config->profile_error[0]) {
		hl_fail(&why, 0, "modem %s is not used: %s", s->config->name, s->config->profile_error);
		s = NULL;
	}
	if (s && is_taken(s, link)) {
		hl_fail(&why, 0, "modem %s is driven by another worker already%s%s: this is a second port of it, or two modems have one "
			"IMEI (then name them by tty)", s->config->name, s->port[0] ? ", at " : "", s->port);
		s = NULL;
	}
	if (s)
		take_in(link, s, hello);
	else
		turn_away(link, hello, &why);
}
