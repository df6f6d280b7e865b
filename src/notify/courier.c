#include "notify/courier.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/notify.h"
#include "modem/uplink.h"
#include "notify/message.h"
#include "notify/verdict.h"

#define ANSWER_MAX 4096 /* octets of a webhook's answer that are read */

struct job {
	struct courier *owner;
	struct wire_note note;
	bool begun;              /* had its go */
	CURL *easy;
	struct curl_slist *list; /* recipients or headers */
	char *body;
	size_t body_len, given;
	bool all_given;
	char answer[ANSWER_MAX];
	size_t answer_len;
	char trouble[CURL_ERROR_SIZE];
};

struct courier {
	struct event_base *base;
	const struct settings *settings;
	struct uplink *uplink;
	CURLM *multi;
	struct event *timer;
	struct job *jobs[WIRE_HOLDING_MAX];
	struct wire_link_msg outcomes[WIRE_HOLDING_MAX]; /* the last ones, told again after a welcome */
	size_t outcome_count;
	struct wire_modem told;
};

/* ---- what was given to it ---------------------------------------------------------------------------------------- */

static struct job **place_of(struct courier *c, int64_t id)
{
	for (size_t i = 0; i < WIRE_HOLDING_MAX; i++)
		if (c->jobs[i] ? id && c->jobs[i]->note.id == id : id == 0)
			return &c->jobs[i];
	return NULL;
}

static void drop(struct courier *c, struct job *j)
{
	for (size_t i = 0; i < WIRE_HOLDING_MAX; i++)
		if (c->jobs[i] == j)
			c->jobs[i] = NULL;
	if (j->easy) {
		curl_multi_remove_handle(c->multi, j->easy);
		curl_easy_cleanup(j->easy);
	}
	curl_slist_free_all(j->list);
	free(j->body);
	explicit_bzero(j, sizeof(*j));
	free(j);
}

static void forget_outcome(struct courier *c, int64_t id)
{
	size_t kept = 0;

	for (size_t i = 0; i < c->outcome_count; i++)
		if ((c->outcomes[i].type == WIRE_SENT ? c->outcomes[i].u.sent.id : c->outcomes[i].u.failed.id) != id)
			c->outcomes[kept++] = c->outcomes[i];
	c->outcome_count = kept;
}

static void tell(struct courier *c, struct job *j, const struct wire_link_msg *msg)
{
	if (c->outcome_count == WIRE_HOLDING_MAX)
		memmove(&c->outcomes[0], &c->outcomes[1], --c->outcome_count * sizeof(c->outcomes[0]));
	c->outcomes[c->outcome_count++] = *msg;
	uplink_send(c->uplink, msg);
	drop(c, j);
}

static bool says_read(const struct job *j)
{
	json_t *o = json_loadb(j->answer, j->answer_len, 0, NULL);
	bool read = json_is_true(json_object_get(o, "read"));

	json_decref(o);
	return read;
}

static void tell_verdict(struct courier *c, struct job *j, const struct verdict *v, long answer)
{
	struct wire_link_msg msg = { .type = v->outcome == VERDICT_SENT ? WIRE_SENT : v->outcome == VERDICT_UNKNOWN ? WIRE_UNKNOWN :
		WIRE_FAILED };

	if (v->outcome != VERDICT_SENT)
		hl_log(HL_LOG_NOTICE, "courier", "not_sent id=%lld channel=%s why=\"%s\"", (long long)j->note.id, j->note.channel, v->why);
	if (msg.type == WIRE_SENT) {
		msg.u.sent.id = j->note.id;
		msg.u.sent.read = says_read(j);
	} else {
		msg.u.failed.id = j->note.id;
		msg.u.failed.final = v->outcome == VERDICT_FINAL;
		msg.u.failed.code = answer;
		hl_strlcpy(msg.u.failed.why, sizeof(msg.u.failed.why), v->why);
	}
	tell(c, j, &msg);
}

/* ---- transfers --------------------------------------------------------------------------------------------------- */

static size_t on_read(char *to, size_t size, size_t count, void *arg)
{
	struct job *j = arg;
	size_t n = j->body_len - j->given;

	if (n > size * count)
		n = size * count;
	memcpy(to, j->body + j->given, n);
	j->given += n;
	j->all_given |= n == 0; /* the end of the mail: the final dot follows */
	return n;
}

static size_t on_write(char *from, size_t size, size_t count, void *arg)
{
	struct job *j = arg;
	size_t n = size * count;

	if (n > sizeof(j->answer) - j->answer_len)
		return 0;
	memcpy(j->answer + j->answer_len, from, n);
	j->answer_len += n;
	return n;
}

#define SET(option, value) curl_easy_setopt(j->easy, option, value)

static bool is_loopback_url(const char *url)
{
	return strncmp(url, "smtp://127.0.0.1", 16) == 0;
}

static void set_mail(struct job *j)
{
	const struct settings *s = j->owner->settings;
	char from[300], to[300];

	snprintf(from, sizeof(from), "<%s>", s->from);
	snprintf(to, sizeof(to), "<%s>", j->note.address);
	j->body = message_mail(&j->note, s->from, time(NULL));
	j->body_len = strlen(j->body);
	j->list = curl_slist_append(NULL, to);
	SET(CURLOPT_URL, s->smtp_url);
	SET(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	SET(CURLOPT_USE_SSL, s->http_loopback && is_loopback_url(s->smtp_url) ? (long)CURLUSESSL_TRY : (long)CURLUSESSL_ALL);
	SET(CURLOPT_MAIL_FROM, from);
	SET(CURLOPT_MAIL_RCPT, j->list);
	SET(CURLOPT_UPLOAD, 1L);
	SET(CURLOPT_READFUNCTION, on_read);
	SET(CURLOPT_READDATA, j);
	if (*s->smtp_user) {
		SET(CURLOPT_USERNAME, s->smtp_user);
		SET(CURLOPT_PASSWORD, s->password);
	}
}

static void set_webhook(struct job *j)
{
	const struct settings *s = j->owner->settings;
	char line[256], signature[MESSAGE_SIGNATURE_MAX];

	j->body = message_webhook(&j->note);
	j->list = curl_slist_append(NULL, "Content-Type: application/json");
	snprintf(line, sizeof(line), "%s: %s", s->key_header, j->note.key);
	j->list = curl_slist_append(j->list, line);
	if (*s->secret) {
		message_sign(s->secret, strlen(s->secret), time(NULL), j->body, signature);
		snprintf(line, sizeof(line), "%s: %s", s->signature_header, signature);
		j->list = curl_slist_append(j->list, line);
	}
	SET(CURLOPT_URL, j->note.address);
	SET(CURLOPT_PROTOCOLS_STR, s->http_loopback ? "https,http" : "https");
	SET(CURLOPT_POSTFIELDS, j->body);
	SET(CURLOPT_HTTPHEADER, j->list);
	SET(CURLOPT_FOLLOWLOCATION, 0L);
}

static void begin(struct job *j)
{
	const struct settings *s = j->owner->settings;

	j->begun = true;
	j->easy = curl_easy_init();
	if (!j->easy)
		hl_fatal(EX_OSERR, "libcurl makes no transfer");
	SET(CURLOPT_PRIVATE, j);
	SET(CURLOPT_ERRORBUFFER, j->trouble);
	SET(CURLOPT_WRITEFUNCTION, on_write);
	SET(CURLOPT_WRITEDATA, j);
	SET(CURLOPT_NOSIGNAL, 1L);
	SET(CURLOPT_PROXY, "");
	SET(CURLOPT_TIMEOUT, (long)s->timeout_s);
	SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (*s->ca_file)
		SET(CURLOPT_CAINFO, s->ca_file);
	if (strcmp(j->note.channel, "mail") == 0)
		set_mail(j);
	else
		set_webhook(j);
	curl_multi_add_handle(j->owner->multi, j->easy);
}

static void ended(struct courier *c, struct job *j, CURLcode code)
{
	struct verdict_facts f = { .all_given = j->all_given };
	struct verdict v;

	curl_easy_getinfo(j->easy, CURLINFO_RESPONSE_CODE, &f.answer);
	f.trouble = code == CURLE_OK ? NULL : curl_easy_strerror(code);
	f.certificate = code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE;
	f.refused_login = code == CURLE_LOGIN_DENIED;
	(strcmp(j->note.channel, "mail") == 0 ? verdict_mail : verdict_webhook)(&f, &v);
	tell_verdict(c, j, &v, f.answer);
}

static void reap(struct courier *c)
{
	CURLMsg *m;
	int left;

	while ((m = curl_multi_info_read(c->multi, &left))) {
		struct job *j = NULL;
		CURLcode code = m->data.result;
		curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, (char **)&j);
		if (m->msg == CURLMSG_DONE && j)
			ended(c, j, code);
	}
}

/* ---- libcurl on libevent ----------------------------------------------------------------------------------------- */

static void on_socket(evutil_socket_t fd, short what, void *arg)
{
	struct courier *c = arg;
	int running;

	curl_multi_socket_action(c->multi, fd, (what & EV_READ ? CURL_CSELECT_IN : 0) | (what & EV_WRITE ? CURL_CSELECT_OUT : 0),
		&running);
	reap(c);
}

static void on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct courier *c = arg;
	int running;

	(void)fd;
	(void)what;
	curl_multi_socket_action(c->multi, CURL_SOCKET_TIMEOUT, 0, &running);
	reap(c);
}

static int watch_socket(CURL *easy, curl_socket_t fd, int what, void *arg, void *of_socket)
{
	struct courier *c = arg;
	struct event *e = of_socket;
	short events = EV_PERSIST;

	(void)easy;
	if (e)
		event_free(e);
	e = NULL;
	if (what != CURL_POLL_REMOVE) {
		events |= what != CURL_POLL_OUT ? EV_READ : 0;
		events |= what != CURL_POLL_IN ? EV_WRITE : 0;
		e = event_new(c->base, fd, events, on_socket, c);
		event_add(e, NULL);
	}
	curl_multi_assign(c->multi, fd, e);
	return 0;
}

static int watch_time(CURLM *multi, long ms, void *arg)
{
	struct courier *c = arg;
	const struct timeval tv = { ms / 1000, ms % 1000 * 1000 };

	(void)multi;
	return ms < 0 ? evtimer_del(c->timer) : evtimer_add(c->timer, &tv);
}

/* ---- the core ---------------------------------------------------------------------------------------------------- */

static void take(struct courier *c, const struct wire_note *note)
{
	struct wire_link_msg msg = { .type = WIRE_SUBMITTING, .u.id.id = note->id };
	bool mail = strcmp(note->channel, "mail") == 0;
	struct job **place = place_of(c, 0);
	static const struct verdict none = { VERDICT_FAILED, "notify.conf names no mail server (smtp_url)" };

	if (!place || place_of(c, note->id)) {
		msg.type = WIRE_RELEASED;
		uplink_send(c->uplink, &msg);
		return;
	}
	forget_outcome(c, note->id);
	*place = hl_calloc(1, sizeof(**place));
	(*place)->owner = c;
	(*place)->note = *note;
	if (mail && !*c->settings->smtp_url)
		tell_verdict(c, *place, &none, 0);
	else
		uplink_send(c->uplink, &msg);
}

static void on_message(void *arg, struct wire_link_msg *msg)
{
	struct courier *c = arg;
	struct wire_link_msg state = { .type = WIRE_MODEM };
	struct job **place;

	if (msg->type == WIRE_WELCOME) {
		for (size_t i = 0; i < c->outcome_count; i++)
			uplink_send(c->uplink, &c->outcomes[i]);
		state.u.modem = c->told;
		uplink_send(c->uplink, &state);
		hl_notify("READY=1\nSTATUS=Carrying mail and webhooks");
	} else if (msg->type == WIRE_NOTE) {
		take(c, &msg->u.note);
	} else if (msg->type == WIRE_GO) {
		place = msg->u.id.id > 0 ? place_of(c, msg->u.id.id) : NULL;
		if (place && !(*place)->begun)
			begin(*place);
	}
}

static void on_hello(void *arg, struct wire_hello *hello)
{
	struct courier *c = arg;

	hl_strlcpy(hello->kind, sizeof(hello->kind), WIRE_NOTIFY_NAME);
	for (size_t i = 0; i < WIRE_HOLDING_MAX; i++)
		if (c->jobs[i] && c->jobs[i]->begun)
			hello->holding[hello->holding_count++] = c->jobs[i]->note.id;
}

/* What had no go the core takes back. */
static void on_down(void *arg)
{
	struct courier *c = arg;

	for (size_t i = 0; i < WIRE_HOLDING_MAX; i++)
		if (c->jobs[i] && !c->jobs[i]->begun)
			drop(c, c->jobs[i]);
}

struct courier *courier_new(struct event_base *base, const struct settings *settings)
{
	static const struct uplink_ops ops = { on_hello, on_message, on_down };
	struct courier *c = hl_calloc(1, sizeof(*c));

	c->base = base;
	c->settings = settings;
	c->multi = curl_multi_init();
	c->timer = evtimer_new(base, on_timer, c);
	if (!c->multi || !c->timer)
		hl_fatal(EX_OSERR, "libcurl or libevent cannot start");
	curl_multi_setopt(c->multi, CURLMOPT_SOCKETFUNCTION, watch_socket);
	curl_multi_setopt(c->multi, CURLMOPT_SOCKETDATA, c);
	curl_multi_setopt(c->multi, CURLMOPT_TIMERFUNCTION, watch_time);
	curl_multi_setopt(c->multi, CURLMOPT_TIMERDATA, c);
	c->told = (struct wire_modem){ .state = "ready", .signal = 99 };
	c->uplink = uplink_new(base, settings->socket, "", &ops, c);
	uplink_start(c->uplink);
	return c;
}

void courier_free(struct courier *c)
{
	for (size_t i = 0; i < WIRE_HOLDING_MAX; i++)
		if (c->jobs[i])
			drop(c, c->jobs[i]);
	uplink_free(c->uplink);
	curl_multi_cleanup(c->multi);
	event_free(c->timer);
	free(c);
}
