#include "core/service/ussd.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/log.h"
#include "base/mem.h"
#include "core/control/control.h"
#include "core/counters.h"
#include "core/link/links.h"
#include "core/service/service.h"
#include "core/turn.h"
#include "store/audit.h"

#define RECORDS_PER_HOUR 60 /* of what networks begin: a broken modem, or one that plays a network, fills no disk */
#define HOUR_MS (3600 * (int64_t)1000)

enum phase { PHASE_NONE, PHASE_COMMIT, PHASE_ASKED, PHASE_OPEN };

/* One for each modem that ever connected. */
struct modem_session {
	struct core *core;
	char modem[WIRE_NAME_MAX + 1];
	enum phase phase;
	int64_t id;
	ussd_done done; /* of the request under way */
	void *arg;
	char code[WIRE_USSD_MAX + 1]; /* until it is sent */
	struct event *timer;
};

struct ussd_sessions {
	struct core *core;
	ussd_menu menu;
	int64_t last_id;
	int64_t hour_ms;  /* boot time at which the hour of `records` began */
	int records;
	struct modem_session list[SERVICE_MODEMS_MAX];
	size_t count;
};

static struct modem_session *of_modem(const struct core *core, const char *modem)
{
	struct ussd_sessions *all = core->service->ussd;

	for (size_t i = 0; i < all->count; i++)
		if (strcmp(all->list[i].modem, modem) == 0)
			return &all->list[i];
	return NULL;
}

static void on_timer(evutil_socket_t fd, short what, void *arg);

static struct modem_session *add(struct core *core, const char *modem)
{
	struct ussd_sessions *all = core->service->ussd;
	struct modem_session *s;

	if (all->count == SERVICE_MODEMS_MAX)
		return NULL; /* links knows no more of them */
	s = &all->list[all->count++];
	s->core = core;
	hl_strlcpy(s->modem, sizeof(s->modem), modem);
	s->timer = evtimer_new(core->base, on_timer, s);
	if (!s->timer)
		hl_fatal(EX_OSERR, "making a timer failed");
	return s;
}

static bool is_known(const struct core *core, const char *modem)
{
	struct link_view v;

	for (size_t i = 0; links_view(core->links, i, &v); i++)
		if (strcmp(v.name, modem) == 0)
			return true;
	return false;
}

static struct modem_session *of_id(const struct core *core, int64_t id)
{
	struct ussd_sessions *all = core->service ? core->service->ussd : NULL;

	for (size_t i = 0; all && i < all->count; i++)
		if (all->list[i].phase != PHASE_NONE && all->list[i].id == id)
			return &all->list[i];
	return NULL;
}

static void set_timer(struct modem_session *s, int seconds)
{
	const struct timeval tv = { seconds, 0 };

	event_add(s->timer, &tv);
}

/* ---- results ----------------------------------------------------------------------------------------------------- */

/* The session is what it is before its owner hears of it: the owner may begin the next one. */
static void settle(struct modem_session *s, const struct ussd_result *r)
{
	ussd_done done = s->done;
	void *arg = s->arg;
	bool open = strcmp(r->state, "open") == 0;

	s->phase = open ? PHASE_OPEN : PHASE_NONE;
	s->done = NULL;
	s->arg = NULL;
	explicit_bzero(s->code, sizeof(s->code));
	if (open)
		set_timer(s, USSD_ANSWER_S);
	else
		event_del(s->timer);
	if (done)
		done(s->core, arg, r);
}

static void end(struct modem_session *s, const char *state, const char *why)
{
	const struct ussd_result r = { s->id, state, "", why, 0 };

	settle(s, &r);
}

static int send_to_link(const struct modem_session *s, enum wire_link_type type, const char *text)
{
	struct wire_link_msg msg = { .type = type };
	int err;

	if (type == WIRE_USSD_CANCEL) {
		msg.u.id.id = s->id;
	} else {
		msg.u.ussd_say.id = s->id;
		hl_strlcpy(msg.u.ussd_say.text, sizeof(msg.u.ussd_say.text), text);
	}
	err = links_send(s->core->links, s->modem, &msg);
	explicit_bzero(&msg, sizeof(msg));
	return err;
}

static void on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct modem_session *s = arg;

	(void)fd;
	(void)what;
	hl_log(HL_LOG_NOTICE, "ussd", "%s modem=%s id=%" PRId64, s->phase == PHASE_OPEN ? "left_open" : "no_result", s->modem,
		s->id);
	send_to_link(s, WIRE_USSD_CANCEL, NULL);
	end(s, "timeout", "");
}

/* ---- requests ---------------------------------------------------------------------------------------------------- */

struct committed {
	struct core *core;
	int64_t id;
};

static void on_committed(void *arg, int err)
{
	struct committed *c = arg;
	struct modem_session *s = of_id(c->core, c->id);

	if (s && s->phase == PHASE_COMMIT) {
		s->phase = PHASE_ASKED;
		if (err)
			end(s, "refused", "the disk did not take the record of it: see the log, then try again");
		else if (send_to_link(s, WIRE_USSD_DIAL, s->code))
			end(s, "lost", "the modem's worker went away: try again");
		explicit_bzero(s->code, sizeof(s->code));
	}
	free(c);
}

int64_t service_ussd_dial(struct core *core, const char *modem, const char *code, ussd_done done, void *arg,
	struct hl_reason *reason)
{
	struct modem_session *s = of_modem(core, modem);
	struct committed *c;

	if (!s && !is_known(core, modem))
		return hl_fail(reason, HL_ENOENT, "no modem has that name: hotlinectl modems lists them");
	if (!links_session(core->links, modem))
		return hl_fail(reason, HL_ESTATE, "modem %s has no worker: start hotline-modem %s", modem, modem);
	if (!s && !(s = add(core, modem)))
		return hl_fail(reason, HL_EFULL, "too many modems: restart hotlined");
	if (s->phase != PHASE_NONE)
		return hl_fail(reason, HL_EBUSY, "modem %s has a USSD session: try again when it is over", modem);
	s->id = ++core->service->ussd->last_id;
	s->phase = PHASE_COMMIT;
	s->done = done;
	s->arg = arg;
	hl_strlcpy(s->code, sizeof(s->code), code);
	set_timer(s, USSD_RESULT_S);
	turn_begin(core->turn);
	counter_add(core, COUNT_USSD, 1);
	c = hl_calloc(1, sizeof(*c));
	*c = (struct committed){ core, s->id };
	turn_reply(core->turn, on_committed, c);
	return s->id;
}

int service_ussd_answer(struct core *core, int64_t id, const char *text, ussd_done done, void *arg, struct hl_reason *reason)
{
	struct modem_session *s = of_id(core, id);

	if (!s)
		return hl_fail(reason, HL_ENOENT, "this USSD session is over");
	if (s->phase != PHASE_OPEN)
		return hl_fail(reason, HL_EBUSY, "this USSD session waits for the network");
	s->phase = PHASE_ASKED;
	s->done = done;
	s->arg = arg;
	set_timer(s, USSD_RESULT_S);
	if (send_to_link(s, WIRE_USSD_ANSWER, text)) {
		s->done = NULL;
		end(s, "lost", "");
		return hl_fail(reason, HL_ENOENT, "the modem's worker went away: this USSD session is over");
	}
	return 0;
}

int service_ussd_cancel(struct core *core, int64_t id)
{
	struct modem_session *s = of_id(core, id);

	if (!s)
		return HL_ENOENT;
	if (s->phase != PHASE_COMMIT)
		send_to_link(s, WIRE_USSD_CANCEL, NULL); /* its word of it comes for nobody */
	end(s, "cancelled", "");
	return 0;
}

bool service_ussd_is_free(const struct core *core, const char *modem)
{
	const struct modem_session *s = of_modem(core, modem);

	return !s || s->phase == PHASE_NONE;
}

/* ---- what the network begins ------------------------------------------------------------------------------------- */

void service_ussd_set_menu(struct core *core, ussd_menu menu)
{
	core->service->ussd->menu = menu;
}

static int characters(const char *text)
{
	int n = 0;

	for (const char *p = text; *p; p++)
		n += ((unsigned char)*p & 0xC0) != 0x80;
	return n;
}

/* What is beyond so many an hour is counted only, which the last one on record says. */
static bool may_record(struct ussd_sessions *all)
{
	int64_t now_ms = hl_boot_ms(all->core->clock);

	if (!all->hour_ms || now_ms - all->hour_ms >= HOUR_MS) {
		all->hour_ms = now_ms;
		all->records = 0;
	}
	return all->records < RECORDS_PER_HOUR && ++all->records;
}

/* The text itself is not kept: nobody asked for it, and it may name numbers. */
static void record(struct core *core, const char *modem, const char *action, const char *text)
{
	struct ussd_sessions *all = core->service->ussd;
	char detail[96];

	if (may_record(all)) {
		snprintf(detail, sizeof(detail), "%d characters%s", characters(text),
			all->records == RECORDS_PER_HOUR ? "; more in this hour are counted only" : "");
		audit_append(core->store, hl_wall_ms(core->clock), "network", action, modem, detail);
	}
	counter_add(core, COUNT_USSD_NOTICES, 1);
	control_event(core, "ussd", json_pack("{s:s, s:s, s:i}", "modem", modem, "what", action, "characters", characters(text)));
}

void service_ussd_network_answer(struct core *core, const char *modem, const char *text)
{
	struct wire_link_msg msg = { .type = text ? WIRE_USSD_ANSWER : WIRE_USSD_CANCEL };

	if (text)
		hl_strlcpy(msg.u.ussd_say.text, sizeof(msg.u.ussd_say.text), text);
	links_send(core->links, modem, &msg);
	explicit_bzero(&msg, sizeof(msg));
}

static void network_asks(struct core *core, const char *modem, const struct wire_ussd *said)
{
	ussd_menu menu = core->service->ussd->menu;

	record(core, modem, "ussd.request", said->text);
	if (!menu || !menu(core, modem, said->text))
		service_ussd_network_answer(core, modem, NULL);
}

static void network_begins(struct core *core, const char *modem, const struct wire_ussd *said)
{
	if (strcmp(said->state, "open") == 0)
		network_asks(core, modem, said);
	else if (strcmp(said->state, "done") == 0)
		record(core, modem, "ussd.notice", said->text);
}

/* ---- from links -------------------------------------------------------------------------------------------------- */

void ussd_told(struct core *core, const char *link, const struct wire_ussd *said)
{
	struct modem_session *s = core->service ? of_modem(core, link) : NULL;
	const struct ussd_result r = { said->id, said->state, said->text, said->why, said->dcs };

	if (core->service && said->id == 0)
		network_begins(core, link, said);
	else if (s && s->id == said->id && (s->phase == PHASE_ASKED || s->phase == PHASE_OPEN))
		settle(s, &r);
}

void ussd_link_gone(struct core *core, const char *link)
{
	struct modem_session *s = of_modem(core, link);

	if (s && s->phase != PHASE_NONE)
		end(s, "lost", "the modem's worker went away: try again");
}

/* ---- life -------------------------------------------------------------------------------------------------------- */

struct ussd_sessions *ussd_sessions_new(struct core *core)
{
	struct ussd_sessions *all = hl_calloc(1, sizeof(*all));

	all->core = core;
	return all;
}

void ussd_sessions_free(struct ussd_sessions *all)
{
	if (!all)
		return;
	for (size_t i = 0; i < all->count; i++) {
		if (all->list[i].phase != PHASE_NONE)
			end(&all->list[i], "lost", "the core ends: try again");
		event_free(all->list[i].timer);
	}
	free(all);
}
