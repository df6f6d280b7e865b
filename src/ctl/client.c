#include "ctl/client.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "base/hex.h"
#include "base/log.h"
#include "base/mem.h"
#include "conf/conf.h"
#include "wire/conn.h"

struct client {
	int fd;
	char *in; /* what was read and is no whole line yet */
	size_t len, room;
	const char *why; /* what broke it */
	bool late;       /* it was the time: the core has the request, and is slow */
};

bool client_config_path(const struct ctl *ctl, const char *key, char *out, size_t size)
{
	const char *path = ctl->config ? ctl->config : CTL_CONFIG_DEFAULT, *value = NULL;
	struct conf_errors *errors = hl_calloc(1, sizeof(*errors));
	bool found = false;
	config_t cfg;

	if (conf_read(path, &cfg, errors) == 0 && config_lookup_string(&cfg, key, &value) && strlen(value) < size) {
		hl_strlcpy(out, size, value);
		found = conf_resolve_path(path, out, size) == 0;
	}
	config_destroy(&cfg);
	free(errors);
	return found;
}

int client_connect(struct ctl *ctl)
{
	char path[256] = CTL_SOCKET_DEFAULT;
	struct hl_reason why;
	int fd;

	if (ctl->client)
		return CTL_OK;
	if (ctl->socket_path)
		hl_strlcpy(path, sizeof(path), ctl->socket_path);
	else
		client_config_path(ctl, "control_socket", path, sizeof(path));
	fd = wire_connect(path, &why);
	if (fd < 0 && access(path, F_OK) == 0 && access(path, W_OK) && errno == EACCES)
		return ctl_fail(CTL_UNAUTHORISED,
			"%s is not for this user: ask to be made a member of its group, then log in again", path);
	if (fd < 0)
		return ctl_fail(CTL_UNREACHABLE, "%s; is hotlined running? See systemctl status hotlined (--socket PATH names another socket)", why.text);
	ctl->client = hl_calloc(1, sizeof(*ctl->client));
	ctl->client->fd = fd;
	return CTL_OK;
}

void client_close(struct ctl *ctl)
{
	struct client *c = ctl->client;

	if (!c)
		return;
	close(c->fd);
	if (c->in)
		explicit_bzero(c->in, c->room);
	free(c->in);
	free(c);
	ctl->client = NULL;
}

/* ---- lines ----------------------------------------------------------------------------------- */

static int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* Waits until the socket is ready; until_ms 0: for ever. False when the time is over. */
static bool wait_for(const struct client *c, short what, int64_t until_ms)
{
	struct pollfd p = { c->fd, what, 0 };
	int n;

	do {
		int64_t left = until_ms - now_ms();
		n = poll(&p, 1, until_ms == 0 ? -1 : left > 0 ? (int)left : 0);
	} while (n < 0 && errno == EINTR);
	return n > 0;
}

static int gone(struct client *c, const char *why)
{
	c->why = why;
	return CTL_UNREACHABLE;
}

static int too_late(struct client *c, const char *why)
{
	c->late = true;
	return gone(c, why);
}

static int say_gone(const struct ctl *ctl)
{
	return ctl_fail(CTL_UNREACHABLE, "the core did not answer: %s", ctl->client->why);
}

static int send_all(struct client *c, const char *text, size_t len, int64_t until_ms)
{
	while (len > 0) {
		ssize_t n = write(c->fd, text, len);
		if (n > 0) {
			text += n;
			len -= (size_t)n;
		} else if (n < 0 && errno == EAGAIN) {
			if (!wait_for(c, POLLOUT, until_ms))
				return too_late(c, "it takes nothing");
		} else if (n < 0 && errno == EPIPE) {
			return CTL_OK; /* it may have said why before it closed */
		} else if (n < 0 && errno != EINTR) {
			return gone(c, strerror(errno));
		}
	}
	return CTL_OK;
}

/* Reads some octets; CTL_OK when there are more than before. */
static int read_more(struct client *c, int64_t until_ms)
{
	ssize_t n;

	if (c->len == c->room) {
		if (c->room >= CTL_ANSWER_MAX)
			return gone(c, "its answer is too long");
		c->room = c->room ? 2 * c->room : 65536;
		c->in = hl_realloc_array(c->in, c->room, 1);
	}
	if (!wait_for(c, POLLIN, until_ms))
		return too_late(c, "it takes too long; see its log");
	n = read(c->fd, c->in + c->len, c->room - c->len);
	if (n == 0)
		return gone(c, "it closed the connection");
	if (n < 0)
		return errno == EINTR || errno == EAGAIN ? CTL_OK : gone(c, strerror(errno));
	c->len += (size_t)n;
	return CTL_OK;
}

static int read_object(struct client *c, int64_t until_ms, json_t **object)
{
	size_t line;
	char *lf;

	while (!(lf = c->len ? memchr(c->in, '\n', c->len) : NULL)) {
		int err = read_more(c, until_ms);
		if (err)
			return err;
	}
	line = (size_t)(lf - c->in);
	*object = json_loadb(c->in, line, 0, NULL);
	memmove(c->in, lf + 1, c->len - line - 1);
	c->len -= line + 1;
	if (json_is_object(*object))
		return CTL_OK;
	json_decref(*object);
	return gone(c, "what it says is no JSON object");
}

/* ---- requests -------------------------------------------------------------------------------- */

/* What the core's codes mean to a shell. */
static int exit_of(const char *code)
{
	if (strcmp(code, "not authorised") == 0)
		return CTL_UNAUTHORISED;
	return strcmp(code, "not found") == 0 ? CTL_NOT_FOUND : CTL_FAILED;
}

static void wipe_request(json_t *request)
{
	const char *key;
	json_t *value;

	if (!request)
		return;
	json_object_foreach(request, key, value) {
		if (json_is_string(value))
			explicit_bzero((char *)(uintptr_t)json_string_value(value), json_string_length(value));
	}
	json_decref(request);
}

static int send_request(struct client *c, json_t *request, int64_t until_ms)
{
	char *line = json_dumps(request, JSON_COMPACT);
	int err;

	wipe_request(request);
	if (!line)
		return ctl_fail(CTL_USAGE, "an argument is not valid UTF-8");
	err = send_all(c, line, strlen(line), until_ms);
	if (!err)
		err = send_all(c, "\n", 1, until_ms);
	explicit_bzero(line, strlen(line));
	free(line);
	return err;
}

/* One try, over the connection there is. Where it broke, nothing is said yet. */
static int exchange(struct ctl *ctl, json_t *request, int seconds, json_t **answer)
{
	int64_t until_ms = now_ms() + (int64_t)seconds * 1000;
	int err;

	*answer = NULL;
	ctl->client->why = NULL;
	err = send_request(ctl->client, request, until_ms);
	return err ? err : read_object(ctl->client, until_ms, answer);
}

/* What the core said, or that it said nothing. */
static int take_answer(const struct ctl *ctl, int err, json_t **answer)
{
	if (err)
		return ctl->client->why ? say_gone(ctl) : err;
	if (ctl_true(*answer, "ok"))
		return CTL_OK;
	err = ctl_fail(exit_of(ctl_text(*answer, "code")), "%s", ctl_text(*answer, "error"));
	json_decref(*answer);
	*answer = NULL;
	return err;
}

int client_ask(struct ctl *ctl, json_t *request, json_t **answer)
{
	return client_ask_within(ctl, request, CTL_ANSWER_S, answer);
}

int client_ask_within(struct ctl *ctl, json_t *request, int seconds, json_t **answer)
{
	int err = client_connect(ctl);

	*answer = NULL;
	if (!err)
		return take_answer(ctl, exchange(ctl, request, seconds, answer), answer);
	wipe_request(request);
	return err;
}

/* ---- what must not be done twice -------------------------------------------------------------------- */

void client_keep_login(struct ctl *ctl, const json_t *request)
{
	client_forget_login(ctl);
	ctl->login = json_deep_copy(request);
}

void client_forget_login(struct ctl *ctl)
{
	if (ctl->login)
		wipe_request(ctl->login);
	ctl->login = NULL;
}

/* The one that was named is for the first request of a command. */
static void make_token(struct ctl *ctl, char token[CTL_TOKEN_SIZE])
{
	uint8_t octets[12];

	if (ctl->token)
		hl_strlcpy(token, CTL_TOKEN_SIZE, ctl->token);
	else if (getentropy(octets, sizeof(octets)) == 0)
		hl_hex_encode(octets, sizeof(octets), token);
	else
		hl_fatal(EX_OSERR, "the system gives no random octets");
	ctl->token = NULL;
}

/* Another connection, of the same person. */
static int connect_again(struct ctl *ctl)
{
	json_t *said = NULL;
	int err;

	client_close(ctl);
	err = client_connect(ctl);
	if (!err && ctl->login)
		err = client_ask(ctl, json_deep_copy(ctl->login), &said);
	json_decref(said);
	return err;
}

int client_ask_once(struct ctl *ctl, json_t *request, json_t **answer)
{
	char token[CTL_TOKEN_SIZE];
	json_t *again;
	int err = request ? client_connect(ctl) : ctl_fail(CTL_USAGE, "an argument is not valid UTF-8");

	*answer = NULL;
	if (err) {
		wipe_request(request);
		return err;
	}
	make_token(ctl, token);
	json_object_set_new(request, "token", json_string(token));
	again = json_deep_copy(request);
	err = exchange(ctl, request, CTL_ANSWER_S, answer);
	if (err == CTL_UNREACHABLE && !ctl->client->late) {
		err = connect_again(ctl);
		if (!err)
			err = exchange(ctl, json_deep_copy(again), CTL_ANSWER_S, answer);
	}
	wipe_request(again);
	if (err != CTL_UNREACHABLE)
		return take_answer(ctl, err, answer);
	if (ctl->client && ctl->client->why)
		say_gone(ctl);
	return ctl_fail(err, "it is not known whether that was done. The same command with --token %s does it once, within the hour", token);
}

int client_event(struct ctl *ctl, json_t **event)
{
	int err = read_object(ctl->client, 0, event);

	return err == CTL_UNREACHABLE ? say_gone(ctl) : err;
}
