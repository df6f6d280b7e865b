#include "notify/courier.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/notify.h"
#include "notify/carrier.h"
#include "notify/message.h"
#include "wire/uplink.h"

struct job {
	struct wire_note note;
	bool taken; /* this place is in use */
	bool begun; /* had its go */
};

struct courier {
	struct event_base *base;
	const struct settings *settings;
	struct uplink *uplink;
	struct carrier *carrier;
	struct event *watchdog;
	struct job jobs[WIRE_HOLDING_MAX];
	struct wire_link_msg outcomes[WIRE_HOLDING_MAX]; /* the last ones, told again after a welcome */
	size_t outcome_count;
	struct wire_modem told;
	bool stopping;
};

/* ---- what was given to it ---------------------------------------------------------------------------------------- */

static struct job *job_find(struct courier *c, int64_t id)
{
	for (size_t i = 0; i < WIRE_HOLDING_MAX; i++)
		if (c->jobs[i].taken && c->jobs[i].note.id == id)
			return &c->jobs[i];
	return NULL;
}

static struct job *job_place(struct courier *c)
{
	for (size_t i = 0; i < WIRE_HOLDING_MAX; i++)
		if (!c->jobs[i].taken)
			return &c->jobs[i];
	return NULL;
}

static bool is_busy(const struct courier *c)
{
	for (size_t i = 0; i < WIRE_HOLDING_MAX; i++)
		if (c->jobs[i].begun)
			return true;
	return false;
}

static void drop(struct courier *c, struct job *j)
{
	explicit_bzero(j, sizeof(*j));
	if (c->stopping && !is_busy(c))
		event_base_loopbreak(c->base);
}

static int64_t id_of(const struct wire_link_msg *outcome)
{
	return outcome->type == WIRE_SENT ? outcome->u.sent.id : outcome->u.failed.id;
}

static void forget_outcome(struct courier *c, int64_t id)
{
	size_t kept = 0;

	for (size_t i = 0; i < c->outcome_count; i++)
		if (id_of(&c->outcomes[i]) != id)
			c->outcomes[kept++] = c->outcomes[i];
	c->outcome_count = kept;
}

static void tell_outcome(struct courier *c, const struct wire_link_msg *msg)
{
	if (c->outcome_count == WIRE_HOLDING_MAX)
		memmove(&c->outcomes[0], &c->outcomes[1], --c->outcome_count * sizeof(c->outcomes[0]));
	c->outcomes[c->outcome_count++] = *msg;
	uplink_send(c->uplink, msg);
}

/* ---- outcomes ---------------------------------------------------------------------------------------------------- */

static const enum wire_link_type types[] = {
	[VERDICT_SENT] = WIRE_SENT, [VERDICT_FAILED] = WIRE_FAILED, [VERDICT_FINAL] = WIRE_FAILED, [VERDICT_UNKNOWN] = WIRE_UNKNOWN,
};

static void end_job(struct courier *c, struct job *j, const struct outcome *out)
{
	struct wire_link_msg msg = { .type = types[out->verdict.outcome] };

	if (msg.type == WIRE_SENT) {
		msg.u.sent.id = out->id;
		msg.u.sent.read = out->read;
		c->told.sent++;
	} else {
		hl_log(HL_LOG_NOTICE, "courier", "not_sent id=%lld channel=%s why=\"%s\"", (long long)out->id, j->note.channel,
			out->verdict.why);
		msg.u.failed.id = out->id;
		msg.u.failed.final = out->verdict.outcome == VERDICT_FINAL;
		msg.u.failed.code = out->answer > 0 && out->answer <= UINT16_MAX ? out->answer : 0;
		hl_strlcpy(msg.u.failed.why, sizeof(msg.u.failed.why), out->verdict.why);
	}
	tell_outcome(c, &msg);
	drop(c, j);
}

static void on_ended(void *arg, const struct outcome *out)
{
	struct job *j = job_find(arg, out->id);

	if (j)
		end_job(arg, j, out);
}

/* What no server needs to be asked about. */
static bool is_impossible(const struct settings *s, const struct wire_note *note, struct verdict *v)
{
	bool mail = strcmp(note->channel, "mail") == 0;
	const char *why = message_check(note, s->http_loopback);

	v->outcome = why ? VERDICT_FINAL : VERDICT_FAILED;
	if (!why && mail && !*s->smtp_url)
		why = "notify.conf names no mail server: set smtp_url and from, restart hotline-notify";
	if (!why && !mail && !*s->secret)
		why = "notify.conf names no secret for webhooks: set webhook_secret_file, restart hotline-notify";
	if (why)
		hl_strlcpy(v->why, sizeof(v->why), why);
	return why != NULL;
}

/* ---- the core ---------------------------------------------------------------------------------------------------- */

static void take(struct courier *c, const struct wire_note *note)
{
	struct wire_link_msg msg = { .type = WIRE_SUBMITTING, .u.id.id = note->id };
	struct job *j = job_place(c);

	if (!j || c->stopping || job_find(c, note->id)) {
		msg.type = WIRE_RELEASED;
	} else {
		forget_outcome(c, note->id);
		j->note = *note;
		j->taken = true;
	}
	uplink_send(c->uplink, &msg);
}

/* Also what cannot be: an outcome is heard only of what has had its go. */
static void go(struct courier *c, struct job *j)
{
	struct outcome out = { .id = j->note.id };

	j->begun = true;
	if (is_impossible(c->settings, &j->note, &out.verdict))
		end_job(c, j, &out);
	else
		carrier_begin(c->carrier, &j->note);
}

static void on_welcome(struct courier *c)
{
	struct wire_link_msg state = { .type = WIRE_MODEM };

	for (size_t i = 0; i < c->outcome_count; i++)
		uplink_send(c->uplink, &c->outcomes[i]);
	state.u.modem = c->told;
	uplink_send(c->uplink, &state);
	hl_notify("STATUS=Carrying mail and webhooks");
}

static void on_message(void *arg, struct wire_link_msg *msg)
{
	struct courier *c = arg;
	struct job *j;

	if (msg->type == WIRE_WELCOME) {
		on_welcome(c);
	} else if (msg->type == WIRE_NOTE) {
		take(c, &msg->u.note);
		explicit_bzero(&msg->u.note, sizeof(msg->u.note));
	} else if (msg->type == WIRE_GO || msg->type == WIRE_FORGET) {
		j = job_find(c, msg->u.id.id);
		if (j && !j->begun && msg->type == WIRE_GO) {
			go(c, j);
		} else if (j && !j->begun) {
			drop(c, j);
			uplink_send(c->uplink, &(struct wire_link_msg){ .type = WIRE_RELEASED, .u.id.id = msg->u.id.id });
		}
	}
}

static void on_hello(void *arg, struct wire_hello *hello)
{
	struct courier *c = arg;

	hl_strlcpy(hello->kind, sizeof(hello->kind), WIRE_NOTIFY_NAME);
	for (size_t i = 0; i < WIRE_HOLDING_MAX; i++)
		if (c->jobs[i].begun)
			hello->holding[hello->holding_count++] = c->jobs[i].note.id;
}

/* What had no go the core takes back. */
static void on_down(void *arg)
{
	struct courier *c = arg;

	for (size_t i = 0; i < WIRE_HOLDING_MAX; i++)
		if (c->jobs[i].taken && !c->jobs[i].begun)
			drop(c, &c->jobs[i]);
}

/* ---- life -------------------------------------------------------------------------------------------------------- */

static void on_watchdog(evutil_socket_t fd, short what, void *arg)
{
	struct courier *c = arg;
	int64_t ms = hl_notify_watchdog_ms();
	const struct timeval tv = { ms / 1000, ms % 1000 * 1000 };

	(void)fd;
	(void)what;
	hl_notify("WATCHDOG=1");
	evtimer_add(c->watchdog, &tv);
}

/* Half of what could be carried: the core shows it to people. */
static void tell_what_is_missing(const struct settings *s, struct wire_modem *told)
{
	if (!*s->smtp_url)
		hl_strlcpy(told->detail, sizeof(told->detail), "webhooks only: notify.conf has no smtp_url");
	else if (!*s->secret)
		hl_strlcpy(told->detail, sizeof(told->detail), "mail only: notify.conf has no webhook_secret_file");
}

struct courier *courier_new(struct event_base *base, const struct settings *settings)
{
	static const struct uplink_ops ops = { on_hello, on_message, on_down };
	struct courier *c = hl_calloc(1, sizeof(*c));

	c->base = base;
	c->settings = settings;
	c->told = (struct wire_modem){ .state = "ready", .signal = 99 };
	tell_what_is_missing(settings, &c->told);
	c->carrier = carrier_new(base, settings, on_ended, c);
	c->watchdog = evtimer_new(base, on_watchdog, c);
	if (!c->watchdog)
		hl_fatal(EX_OSERR, "cannot make a timer");
	if (hl_notify_watchdog_ms())
		on_watchdog(-1, 0, c);
	c->uplink = uplink_new(base, settings->socket, "", &ops, c);
	uplink_start(c->uplink);
	return c;
}

void courier_stop(struct courier *c)
{
	struct wire_link_msg state = { .type = WIRE_MODEM };

	c->stopping = true;
	hl_strlcpy(c->told.state, sizeof(c->told.state), "stopping");
	hl_strlcpy(c->told.detail, sizeof(c->told.detail), "hotline-notify is being stopped");
	state.u.modem = c->told;
	uplink_send(c->uplink, &state); /* the core takes back what had no go, and gives nothing more */
	on_down(c);
	if (!is_busy(c))
		event_base_loopbreak(c->base);
}

void courier_free(struct courier *c)
{
	uplink_free(c->uplink);
	carrier_free(c->carrier);
	event_free(c->watchdog);
	explicit_bzero(c, sizeof(*c));
	free(c);
}
