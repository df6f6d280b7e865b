/* The link socket: who may connect, what they may say, and that one bad peer harms nobody else. */
#include "cm.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "core/config/config.h"
#include "core/control/control.h"
#include "core/counters.h"
#include "core/link/link_hooks.h"
#include "core/turn.h"
#include "scratch.h"
#include "store/store.h"
#include "wire/conn.h"

struct env {
	struct scratch scratch;
	struct core core;
	struct config config;
	char path[256], notify[256];
	char log[1024]; /* what the rooms were told, in order */
};

static struct env *env;

static void note(const char *fmt, const char *link, long long id)
{
	size_t len = strlen(env->log);

	snprintf(env->log + len, sizeof(env->log) - len, "%s %s %lld;", fmt, link, id);
}

/* ---- the rooms above --------------------------------------------------------------------------------------- */

static int64_t number_of(const struct wire_link_msg *msg)
{
	const int64_t by_type[WIRE_LINK_TYPES] = {
		[WIRE_INBOUND] = msg->u.inbound.ref, [WIRE_REFUSED] = msg->u.refused.ref, [WIRE_REPORT] = msg->u.report.ref,
		[WIRE_CALL] = msg->u.call.ref, [WIRE_SUBMITTING] = msg->u.id.id, [WIRE_RELEASED] = msg->u.id.id,
		[WIRE_SENT] = msg->u.sent.id, [WIRE_FAILED] = msg->u.failed.id, [WIRE_UNKNOWN] = msg->u.failed.id,
		[WIRE_USSD] = msg->u.ussd.id,
	};

	return by_type[msg->type];
}

static void on_told(struct core *core, const char *link, const struct wire_link_msg *msg)
{
	assert_true(store_in_transaction(core->store));
	note(wire_link_type_name(msg->type), link, number_of(msg));
}

static void on_hello(struct core *core, const char *link, const struct wire_hello *hello)
{
	assert_true(store_in_transaction(core->store));
	note("hello", link, (long long)hello->holding_count);
}

static void on_ready(struct core *core, const char *link, bool ready)
{
	assert_true(store_in_transaction(core->store));
	note(ready ? "up" : "down", link, 0);
}

static const struct link_hooks hooks = { .hello = on_hello, .ready = on_ready, .told = {
	[WIRE_INBOUND] = on_told, [WIRE_REFUSED] = on_told, [WIRE_REPORT] = on_told, [WIRE_CALL] = on_told,
	[WIRE_SUBMITTING] = on_told, [WIRE_SENT] = on_told, [WIRE_FAILED] = on_told, [WIRE_UNKNOWN] = on_told,
	[WIRE_RELEASED] = on_told, [WIRE_USSD] = on_told,
} };

void control_event(struct core *core, const char *event, json_t *body)
{
	(void)core;
	(void)event;
	json_decref(body);
}

/* ---- setup ------------------------------------------------------------------------------------------------- */

static int setup(void **state)
{
	struct hl_reason why;
	char db[256];
	int fd, notify_fd;

	env = *state = calloc(1, sizeof(*env));
	scratch_new(&env->scratch);
	scratch_path(&env->scratch, "db", db);
	scratch_path(&env->scratch, "link.sock", env->path);
	scratch_path(&env->scratch, "notify.sock", env->notify);
	assert_int_equal(store_create(db, &why), 0);
	assert_int_equal(store_open(db, &env->core.store, &why), 0);
	env->core.config = &env->config;
	env->core.clock = &hl_clock_system;
	env->core.base = event_base_new();
	event_base_priority_init(env->core.base, TURN_PRIORITIES);
	env->core.counters = counters_new(&env->core);
	env->core.turn = turn_new(&env->core);
	env->config.modem_count = 2;
	env->config.modems[0] = (struct config_modem){ .name = "m1", .tty = "/dev/m1", .pin = "1234", .sweep_s = 60 };
	env->config.modems[1] = (struct config_modem){ .name = "m2", .tty = "/dev/m2", .sweep_s = 30, .reserved = true,
		.profile = json_pack("{s:s}", "name", "generic") };
	fd = wire_listen(env->path, 0600, &why);
	assert_true(fd >= 0);
	notify_fd = wire_listen(env->notify, 0600, &why);
	assert_true(notify_fd >= 0);
	links_add_hooks(&env->core, &hooks);
	env->core.links = links_new(&env->core, (const int[LINK_KINDS]){ fd, notify_fd, -1 }, &why);
	assert_non_null(env->core.links);
	return 0;
}

static int teardown(void **state)
{
	struct env *e = *state;

	links_free(e->core.links);
	turn_free(e->core.turn);
	counters_free(e->core.counters);
	store_close(e->core.store);
	event_base_loop(e->core.base, EVLOOP_NONBLOCK);
	event_base_free(e->core.base);
	json_decref(e->config.modems[1].profile);
	scratch_remove(&e->scratch);
	free(e);
	return 0;
}

/* ---- a link, as the other side ----------------------------------------------------------------------------- */

static int dial_to(const char *path)
{
	struct hl_reason why;
	int fd = wire_connect(path, &why);

	assert_true(fd >= 0);
	return fd;
}

static int dial(struct env *e)
{
	return dial_to(e->path);
}

static void say(int fd, const char *line)
{
	assert_int_equal(write(fd, line, strlen(line)), (ssize_t)strlen(line));
	assert_int_equal(write(fd, "\n", 1), 1);
}

/* Runs the core's loop until the link hears something; returns it, "" once it is closed. */
static const char *hear(struct env *e, int fd)
{
	static char text[8192];
	ssize_t n;

	while ((n = read(fd, text, sizeof(text) - 1)) < 0 && errno == EAGAIN)
		event_base_loop(e->core.base, EVLOOP_ONCE);
	text[n > 0 ? n : 0] = '\0';
	return text;
}

static void run_until(struct env *e, const char *noted)
{
	while (!strstr(e->log, noted))
		event_base_loop(e->core.base, EVLOOP_ONCE);
}

#define HELLO(name) "{\"type\":\"hello\",\"version\":1,\"kind\":\"modem\",\"name\":\"" name "\"}"
#define MODEM(state) "{\"type\":\"modem\",\"state\":\"" state "\",\"signal\":20}"

static int dial_as_m1(struct env *e)
{
	int fd = dial(e);

	say(fd, HELLO("m1"));
	assert_non_null(strstr(hear(e, fd), "welcome"));
	return fd;
}

/* ---- tests ------------------------------------------------------------------------------------------------- */

static void test_welcome(void **state)
{
	struct env *e = *state;
	int one = dial(e), two = dial(e);

	say(one, HELLO("m1"));
	assert_string_equal(hear(e, one),
		"{\"type\":\"welcome\",\"version\":1,\"name\":\"m1\",\"tty\":\"/dev/m1\",\"pin\":\"1234\",\"sweep_s\":60}\n");
	say(two, "{\"type\":\"hello\",\"version\":1,\"kind\":\"modem\",\"name\":\"m2\",\"holding\":[3,4],\"more\":1}");
	assert_string_equal(hear(e, two),
		"{\"type\":\"welcome\",\"version\":1,\"name\":\"m2\",\"tty\":\"/dev/m2\",\"sweep_s\":30,\"profile\":{\"name\":\"generic\"}}\n");
	assert_string_equal(e->log, "hello m1 0;hello m2 2;");
	close(one);
	close(two);
}

#define NOTIFY_HELLO "{\"type\":\"hello\",\"version\":1,\"kind\":\"notify\",\"holding\":[1,2,3,4,5,6,7,8]}"

/* hotline-notify has a socket of its own, where no modem is taken, and may say nothing that a modem receives. */
static void test_notify(void **state)
{
	static const char *const not_its[] = { "{\"type\":\"call\",\"ref\":-1,\"key\":\"00\"}",
		"{\"type\":\"inbound\",\"ref\":1,\"pdu\":\"00\",\"from\":\"+97600001234\",\"text\":\"x\"}", HELLO("m1") };
	struct env *e = *state;
	struct link_view view;
	int fd = dial(e);

	say(fd, NOTIFY_HELLO);
	assert_string_equal(hear(e, fd), "");
	close(fd);
	fd = dial_to(e->notify);
	say(fd, HELLO("m1"));
	assert_string_equal(hear(e, fd), "");
	close(fd);
	for (size_t i = 0; i < sizeof(not_its) / sizeof(not_its[0]); i++) {
		fd = dial_to(e->notify);
		say(fd, NOTIFY_HELLO);
		assert_non_null(strstr(hear(e, fd), "\"name\":\"notify\""));
		say(fd, not_its[i]);
		assert_string_equal(hear(e, fd), "");
		close(fd);
	}
	assert_null(strstr(e->log, "inbound"));
	assert_null(strstr(e->log, "m1"));
	fd = dial_to(e->notify);
	say(fd, NOTIFY_HELLO);
	hear(e, fd);
	say(fd, "{\"type\":\"modem\",\"state\":\"ready\",\"signal\":99}");
	run_until(e, "up notify 0;");
	assert_true(links_program(e->core.links, LINK_NOTIFY, &view) && view.ready);
	assert_non_null(strstr(e->log, "hello notify 8;"));
	say(fd, "{\"type\":\"sent\",\"id\":3}");
	run_until(e, "sent notify 3;");
	close(fd);
}

static void test_refused(void **state)
{
	static const struct { const char *line; int64_t bad; } rows[] = {
		{ "{\"type\":\"hello\",\"version\":2,\"kind\":\"modem\",\"name\":\"m1\"}", 0 },
		{ "{\"type\":\"hello\",\"version\":1,\"kind\":\"other\",\"name\":\"m1\"}", 0 },
		{ MODEM("ready"), 1 },
		{ "{\"type\":\"submitting\",\"id\":1}", 1 },
		{ "nonsense", 1 },
		{ "{}", 1 },
		{ "", 1 },
	};
	struct env *e = *state;
	int other = dial_as_m1(e);
	int64_t bad = 0;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int fd = dial(e);
		say(fd, rows[i].line);
		assert_string_equal(hear(e, fd), "");
		bad += rows[i].bad;
		assert_int_equal(counter_get(&e->core, COUNT_BAD_LINES), bad);
		close(fd);
	}
	say(other, "{\"type\":\"submitting\",\"id\":5}"); /* the neighbour does not notice */
	run_until(e, "submitting m1 5;");
	close(other);
}

static void test_bad_line_after_hello(void **state)
{
	static const char *const lines[] = {
		"nonsense", HELLO("m1"), "{\"type\":\"stored\",\"ref\":1}", "{\"type\":\"send\",\"id\":1,\"to\":\"1\",\"text\":\"\"}",
		"{\"type\":\"inbound\",\"ref\":1,\"pdu\":\"zz\",\"from\":\"1\",\"text\":\"\"}",
	};
	struct env *e = *state;

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		int fd = dial_as_m1(e);
		e->log[0] = '\0';
		say(fd, MODEM("ready"));
		say(fd, lines[i]);
		say(fd, "{\"type\":\"released\",\"id\":9}"); /* nothing after the bad line is heard */
		assert_string_equal(hear(e, fd), "");
		assert_string_equal(e->log, "up m1 0;down m1 0;");
		assert_int_equal(counter_get(&e->core, COUNT_BAD_LINES), (int64_t)i + 1);
		close(fd);
	}
}

static void test_a_line_without_end(void **state)
{
	struct env *e = *state;
	int fd = dial_as_m1(e);
	char *junk = malloc(WIRE_LINE_MAX);
	struct link_view v;

	memset(junk, 'x', WIRE_LINE_MAX);
	do {
		struct pollfd p = { .fd = fd, .events = POLLOUT };
		if (poll(&p, 1, 0) == 1 && (p.revents & POLLOUT) && write(fd, junk, WIRE_LINE_MAX) < 0 && errno != EAGAIN)
			break;
		event_base_loop(e->core.base, EVLOOP_NONBLOCK);
		assert_true(links_view(e->core.links, 0, &v));
	} while (v.connected);
	free(junk);
	close(fd);
}

static void test_readiness(void **state)
{
	struct env *e = *state;
	struct link_view v;
	int fd = dial_as_m1(e);

	e->log[0] = '\0';
	say(fd, MODEM("opening"));
	say(fd, MODEM("ready"));
	say(fd, MODEM("sweeping"));
	say(fd, MODEM("sending"));
	say(fd, MODEM("stuck"));
	say(fd, MODEM("never heard of"));
	say(fd, MODEM("ready"));
	run_until(e, "up m1 0;down m1 0;up m1 0;");
	assert_true(links_view(e->core.links, 0, &v));
	assert_true(v.connected);
	assert_true(v.ready);
	assert_false(v.config->reserved);
	assert_string_equal(v.modem->state, "ready");
	assert_int_equal(v.modem->signal, 20);
	close(fd);
	run_until(e, "up m1 0;down m1 0;up m1 0;down m1 0;");
	assert_true(links_view(e->core.links, 0, &v));
	assert_false(v.connected);
	assert_false(v.ready);
	assert_true(links_view(e->core.links, 1, &v));
	assert_true(v.config->reserved);
	assert_false(links_view(e->core.links, 2, &v));
}

static void test_each_message_finds_its_room(void **state)
{
	struct env *e = *state;
	int fd = dial_as_m1(e);

	e->log[0] = '\0';
	say(fd, "{\"type\":\"inbound\",\"ref\":1,\"pdu\":\"00\",\"from\":\"1\",\"text\":\"t\"}");
	say(fd, "{\"type\":\"refused\",\"ref\":2,\"raw\":\"r\",\"reason\":\"w\"}");
	say(fd, "{\"type\":\"report\",\"ref\":3,\"pdu\":\"00\",\"to\":\"1\",\"mr\":1,\"status\":0}");
	say(fd, "{\"type\":\"submitting\",\"id\":4}");
	say(fd, "{\"type\":\"sent\",\"id\":5,\"mrs\":[1]}");
	say(fd, "{\"type\":\"failed\",\"id\":6,\"final\":true,\"why\":\"w\"}");
	say(fd, "{\"type\":\"unknown\",\"id\":7,\"why\":\"w\"}");
	say(fd, "{\"type\":\"released\",\"id\":8}");
	say(fd, "{\"type\":\"call\",\"ref\":-9,\"key\":\"00\"}");
	say(fd, "{\"type\":\"ussd\",\"id\":10,\"state\":\"done\"}");
	run_until(e, "ussd");
	assert_string_equal(e->log, "inbound m1 1;refused m1 2;report m1 3;submitting m1 4;sent m1 5;failed m1 6;unknown m1 7;released m1 8;"
		"call m1 -9;ussd m1 10;");
	close(fd);
}

static void test_the_second_replaces_the_first(void **state)
{
	struct env *e = *state;
	struct wire_link_msg stored = { .type = WIRE_STORED, .u.ref.ref = 7 };
	int first = dial_as_m1(e), second;
	uint64_t session = links_session(e->core.links, "m1");

	assert_true(session > 0);
	say(first, MODEM("ready"));
	run_until(e, "up m1 0;");
	second = dial_as_m1(e);
	assert_string_equal(e->log, "hello m1 0;up m1 0;down m1 0;hello m1 0;");
	assert_string_equal(hear(e, first), ""); /* closed */
	assert_true(links_session(e->core.links, "m1") > session);
	links_answer(e->core.links, "m1", session, &stored); /* meant for the first: the second must not hear it */
	stored.u.ref.ref = 8;
	links_answer(e->core.links, "m1", links_session(e->core.links, "m1"), &stored);
	assert_string_equal(hear(e, second), "{\"type\":\"stored\",\"ref\":8}\n");
	close(first);
	close(second);
}

static void test_sending_to_nobody(void **state)
{
	struct env *e = *state;
	struct wire_link_msg go = { .type = WIRE_GO, .u.id.id = 7 };

	assert_int_equal(links_send(e->core.links, "m1", &go), HL_ENOENT);
	assert_int_equal(links_send(e->core.links, "m9", &go), HL_ENOENT);
	assert_int_equal(links_session(e->core.links, "m1"), 0);
}

/* ---- plugged in: a port, and who answers there ---------------------------------------------------------------- */

#define PLUG(port, imei) \
	"{\"type\":\"hello\",\"version\":1,\"kind\":\"modem\",\"port\":\"" port "\",\"imei\":\"" imei "\",\"model\":\"M\"}"
#define IMEI_1 "355000000000001"
#define IMEI_2 "355000000123456"
#define IMEI_3 "355000001123456" /* ends like the one before */

static void test_a_name_that_nobody_knows(void **state)
{
	struct env *e = *state;
	struct link_found found;
	int fd = dial(e);

	say(fd, HELLO("m3"));
	assert_non_null(strstr(hear(e, fd), "\"unwelcome\",\"why\":\"no modem named m3"));
	assert_true(links_found(e->core.links, 0, &found));
	assert_string_equal(found.hello->name, "m3");
	assert_false(links_found(e->core.links, 1, &found));
	say(fd, MODEM("ready")); /* which it may not say */
	assert_string_equal(hear(e, fd), "");
	assert_false(links_found(e->core.links, 0, &found));
	close(fd);
}

static void test_adopted_under_a_stable_name(void **state)
{
	struct env *e = *state;
	struct link_view v;
	int one, two;

	e->config.adopt = true;
	for (int i = 0; i < 2; i++) { /* another port: the same modem */
		one = dial(e);
		say(one, i ? PLUG("/dev/ttyUSB7", IMEI_2) : PLUG("/dev/ttyUSB0", IMEI_2));
		assert_non_null(strstr(hear(e, one), "\"name\":\"usb-123456\""));
		assert_true(links_view(e->core.links, 2, &v));
		assert_true(v.adopted);
		assert_true(v.connected);
		assert_string_equal(v.imei, IMEI_2);
		assert_false(links_view(e->core.links, 3, &v));
		close(one);
		do {
			event_base_loop(e->core.base, EVLOOP_ONCE);
			links_view(e->core.links, 2, &v);
		} while (v.connected);
	}
	two = dial(e);
	say(two, PLUG("/dev/ttyUSB1", IMEI_3));
	assert_non_null(strstr(hear(e, two), "\"name\":\"usb-" IMEI_3 "\""));
	assert_string_equal(e->log, "hello usb-123456 0;hello usb-123456 0;hello usb-" IMEI_3 " 0;");
	close(two);
}

static void test_not_adopted(void **state)
{
	static const struct { bool adopt; const char *line, *why; } rows[] = {
		{ false, PLUG("/dev/ttyUSB0", IMEI_2), "adopt is false" },
		{ true, PLUG("/dev/ttyUSB0", ""), "nobody answers AT at /dev/ttyUSB0" },
	};
	struct env *e = *state;
	struct link_found found;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int fd = dial(e), other;
		e->config.adopt = rows[i].adopt;
		say(fd, rows[i].line);
		assert_non_null(strstr(hear(e, fd), rows[i].why));
		assert_true(links_found(e->core.links, 0, &found));
		assert_string_equal(found.hello->port, "/dev/ttyUSB0");
		other = dial_as_m1(e);
		close(other);
		assert_string_equal(hear(e, fd), ""); /* it may ask again: a name has become free */
		close(fd);
	}
}

static void test_configured_by_imei_or_by_port(void **state)
{
	static const struct { const char *line, *name; } rows[] = {
		{ PLUG("/dev/ttyUSB0", IMEI_1), "m1" },
		{ PLUG("/dev/m2", IMEI_2), "m2" },
		{ PLUG("/dev/m2", ""), "m2" },          /* silent, but this is its place: its worker knows how to wake it */
		{ PLUG("/dev/m1", IMEI_2), "usb-123456" }, /* the place of m1, which is known by its IMEI */
		{ "{\"type\":\"hello\",\"version\":1,\"kind\":\"modem\",\"port\":\"/dev/ttyUSB0\",\"links\":\"/dev/m22 /dev/m2 /x\"}", "m2" },
	};
	struct env *e = *state;

	e->config.adopt = true;
	hl_strlcpy(e->config.modems[0].imei, sizeof(e->config.modems[0].imei), IMEI_1);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char name[64];
		int fd = dial(e);
		snprintf(name, sizeof(name), "\"name\":\"%s\",", rows[i].name);
		say(fd, rows[i].line);
		assert_non_null(strstr(hear(e, fd), name));
		close(fd);
	}
}

static void test_strangers_are_bounded(void **state)
{
	struct env *e = *state;
	int fds[LINKS_STRANGERS_MAX + 1], fd;

	for (int i = 0; i <= LINKS_STRANGERS_MAX; i++)
		fds[i] = dial(e);
	assert_string_equal(hear(e, fds[LINKS_STRANGERS_MAX]), "");
	say(fds[0], HELLO("m1")); /* one less */
	assert_non_null(strstr(hear(e, fds[0]), "welcome"));
	fd = dial(e);
	say(fd, HELLO("m2"));
	assert_non_null(strstr(hear(e, fd), "welcome"));
	close(fd);
	for (int i = 0; i <= LINKS_STRANGERS_MAX; i++)
		close(fds[i]);
}

#define ROW(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROW(test_welcome), ROW(test_notify), ROW(test_bad_line_after_hello), ROW(test_a_line_without_end), ROW(test_readiness),
		ROW(test_welcome), ROW(test_refused), ROW(test_bad_line_after_hello), ROW(test_a_line_without_end), ROW(test_readiness),
		ROW(test_each_message_finds_its_room), ROW(test_the_second_replaces_the_first), ROW(test_sending_to_nobody),
		ROW(test_strangers_are_bounded), ROW(test_a_name_that_nobody_knows), ROW(test_adopted_under_a_stable_name),
		ROW(test_not_adopted), ROW(test_configured_by_imei_or_by_port),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
