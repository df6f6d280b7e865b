/* The control socket over real connections, a real store and real turns, with requests of the test's own: what is
 * asked wrongly, who may ask, answers after the commit and after an abort, answers given later, watching, bounds. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/mem.h"
#include "cm.h"
#include "core/case/case.h"
#include "core/config/config.h"
#include "core/control/control.h"
#include "core/control/control_inside.h"
#include "core/counters.h"
#include "core/turn.h"
#include "store/audit.h"
#include "store/store.h"
#include "wire/conn.h"

#define NO_LINE "{\"ok\":false,\"code\":\"bad request\"," \
	"\"error\":\"a request is one line with one JSON object: {\\\"op\\\":\\\"status\\\"}\"}"
#define NO_OP "{\"ok\":false,\"code\":\"bad request\"," \
	"\"error\":\"a request is an object with \\\"op\\\": {\\\"op\\\":\\\"status\\\"}\"}"
#define PEERS_MAX (CONTROL_CONNECTIONS_MAX + 1)

/* ---- rooms that are not tested here ---------------------------------------------------------- */

struct session { enum person_role role; };

static size_t sessions;

struct session *session_new(struct core *core, uid_t uid)
{
	(void)core;
	(void)uid;
	sessions++;
	return hl_calloc(1, sizeof(struct session));
}

void session_free(struct session *s)
{
	sessions--;
	free(s);
}

/* Officers know of unit 7, auditors of all but 9, others of none. */
struct cases_filter case_filter(const struct core *core, const struct session *s)
{
	(void)core;
	return s->role == PERSON_OFFICER ? (struct cases_filter){ 7, true } : s->role == PERSON_AUDITOR ?
		(struct cases_filter){ 9, false } : (struct cases_filter){ 0, true };
}

void session_touch(struct session *s)
{
	(void)s;
}

const char *session_name(const struct session *s)
{
	(void)s;
	return "";
}

void session_end_of(struct session *s, const char *name)
{
	(void)s;
	(void)name;
}

uid_t session_uid(const struct session *s)
{
	(void)s;
	return 1;
}

enum person_role session_role(const struct session *s)
{
	return s->role;
}

/* ---- requests of the test -------------------------------------------------------------------- */

static struct control_call *kept;
static bool committed_before_answer;

static void op_echo(struct control_call *call)
{
	const char *text = control_need(call, "text", 8);

	if (text)
		control_ok(call, json_pack("{s:s}", "text", text));
}

static void op_become(struct control_call *call)
{
	call->session->role = (enum person_role)json_integer_value(json_object_get(call->request, "role"));
	control_ok(call, NULL);
}

static void op_write(struct control_call *call)
{
	audit_append(call->core->store, 1, "tester", "write", "x", "");
	if (json_is_true(json_object_get(call->request, "fail")))
		store_fail(call->core->store, HL_EFULL);
	control_event(call->core, "written", json_pack("{s:s}", "code", "1234567"));
	control_ok(call, json_pack("{s:b}", "written", 1));
}

static void op_fail(struct control_call *call)
{
	control_fail(call, HL_ESTATE, "case %s is closed", "1234567");
}

static void op_tell(struct control_call *call)
{
	control_event_for(call->core, json_integer_value(json_object_get(call->request, "unit")), "case", NULL);
	control_ok(call, NULL);
}

static void op_later(struct control_call *call)
{
	kept = control_keep(call);
}

static const struct control_op ops[] = {
	{ "echo", op_echo, CONTROL_ANYBODY, false, CONTROL_UNAUDITED },
	{ "become", op_become, CONTROL_ANYBODY, false, CONTROL_UNAUDITED },
	{ "write", op_write, CONTROL_ANYBODY, true, CONTROL_UNAUDITED },
	{ "fail", op_fail, CONTROL_ANYBODY, false, CONTROL_UNAUDITED },
	{ "tell", op_tell, CONTROL_ANYBODY, false, CONTROL_UNAUDITED },
	{ "later", op_later, CONTROL_ANYBODY, false, CONTROL_UNAUDITED },
	{ "watch", control_watch, CONTROL_ANYBODY, false, CONTROL_UNAUDITED },
	{ "officers", op_fail, CONTROL_CASEWORK, false, CONTROL_UNAUDITED },
	{ NULL, NULL, CONTROL_ANYBODY, false, CONTROL_UNAUDITED },
};

/* ---- a core of what is needed ---------------------------------------------------------------- */

struct bench {
	struct core core;
	struct config config;
	char dir[32], db[64], sock[64];
	int peers[PEERS_MAX];
	size_t count;
	char rest[PEERS_MAX][512];
};

static int setup(void **state)
{
	struct bench *b = hl_calloc(1, sizeof(*b));
	struct hl_reason why;
	int fd;

	hl_strlcpy(b->dir, sizeof(b->dir), "/tmp/test_control.XXXXXX");
	assert_non_null(mkdtemp(b->dir));
	snprintf(b->db, sizeof(b->db), "%s/db", b->dir);
	snprintf(b->sock, sizeof(b->sock), "%s/s", b->dir);
	assert_int_equal(store_create(b->db, &why), 0);
	assert_int_equal(store_open(b->db, &b->core.store, &why), 0);
	b->core.base = event_base_new();
	event_base_priority_init(b->core.base, TURN_PRIORITIES);
	b->core.clock = &hl_clock_system;
	b->core.config = &b->config;
	b->core.counters = counters_new(&b->core);
	b->core.turn = turn_new(&b->core);
	fd = wire_listen(b->sock, 0600, &why);
	assert_true(fd >= 0);
	b->core.control = control_new(&b->core, fd, ops, &why);
	assert_non_null(b->core.control);
	*state = b;
	return 0;
}

static int teardown(void **state)
{
	struct bench *b = *state;
	char path[80];
	static const char *const files[] = { "db", "db-wal", "db-shm", "s" };

	control_free(b->core.control);
	b->core.control = NULL;
	turn_free(b->core.turn);
	counters_free(b->core.counters);
	store_close(b->core.store);
	event_base_free(b->core.base);
	for (size_t i = 0; i < b->count; i++)
		if (b->peers[i] >= 0)
			close(b->peers[i]);
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		snprintf(path, sizeof(path), "%s/%s", b->dir, files[i]);
		unlink(path);
	}
	rmdir(b->dir);
	assert_int_equal(sessions, 0);
	free(b);
	return 0;
}

/* Turns the loop until nothing is ready. */
static void spin(struct bench *b)
{
	for (int i = 0; i < 20; i++)
		event_base_loop(b->core.base, EVLOOP_NONBLOCK);
}

static size_t dial(struct bench *b)
{
	struct hl_reason why;

	assert_true(b->count < PEERS_MAX);
	b->peers[b->count] = wire_connect(b->sock, &why);
	assert_true(b->peers[b->count] >= 0);
	spin(b);
	return b->count++;
}

static void say(const struct bench *b, size_t peer, const char *line)
{
	assert_int_equal(write(b->peers[peer], line, strlen(line)), strlen(line));
	assert_int_equal(write(b->peers[peer], "\n", 1), 1);
}

/* The next line said to a peer; NULL where nothing was said, or at the end (*end). */
static json_t *hear(struct bench *b, size_t peer, bool *end)
{
	char *rest = b->rest[peer], *lf;
	ssize_t n;
	json_t *object;

	spin(b);
	if (!strchr(rest, '\n')) {
		size_t len = strlen(rest);
		n = read(b->peers[peer], rest + len, sizeof(b->rest[0]) - 1 - len);
		if (end)
			*end = n == 0;
		if (n <= 0)
			return NULL;
		rest[len + (size_t)n] = '\0';
	}
	lf = strchr(rest, '\n');
	assert_non_null(lf);
	*lf = '\0';
	object = json_loads(rest, 0, NULL);
	assert_non_null(object);
	memmove(rest, lf + 1, strlen(lf + 1) + 1);
	return object;
}

static void expect(struct bench *b, size_t peer, const char *json)
{
	json_t *said = hear(b, peer, NULL), *wanted = json_loads(json, 0, NULL);
	char *text;

	assert_non_null(wanted);
	assert_non_null(said);
	text = json_dumps(said, JSON_COMPACT | JSON_SORT_KEYS);
	if (!json_equal(said, wanted))
		fail_msg("%s instead of %s", text, json);
	free(text);
	json_decref(said);
	json_decref(wanted);
}

static void ask(struct bench *b, size_t peer, const char *line, const char *answer)
{
	say(b, peer, line);
	expect(b, peer, answer);
}

/* ---- tests ----------------------------------------------------------------------------------- */

static void test_wrong_requests_get_an_answer(void **state)
{
	static const struct { const char *line, *answer; } rows[] = {
		{ "hello", NO_LINE },
		{ "[1]", NO_LINE },
		{ "", NO_LINE },
		{ "{\"op\":\"a\",\"op\":\"b\"}", NO_LINE },
		{ "{}", NO_OP },
		{ "{\"op\":7}", NO_OP },
		{ "{\"op\":\"dance\",\"id\":3}",
			"{\"ok\":false,\"code\":\"bad request\",\"error\":\"there is no operation \\\"dance\\\"\",\"id\":3}" },
		{ "{\"op\":\"echo\"}", "{\"ok\":false,\"code\":\"bad request\",\"error\":\"the request lacks \\\"text\\\"\"}" },
		{ "{\"op\":\"echo\",\"text\":\"123456789\"}",
			"{\"ok\":false,\"code\":\"out of range\",\"error\":\"\\\"text\\\" is longer than 8 octets\"}" },
		{ "{\"op\":\"fail\",\"id\":\"a\"}",
			"{\"ok\":false,\"code\":\"wrong state\",\"error\":\"case 1234567 is closed\",\"id\":\"a\"}" },
		{ "{\"op\":\"echo\",\"text\":\"12345678\",\"id\":[1]}", "{\"ok\":true,\"text\":\"12345678\"}" },
	};
	struct bench *b = *state;
	size_t one = dial(b), other = dial(b);

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		ask(b, one, rows[i].line, rows[i].answer);
	ask(b, other, "{\"op\":\"echo\",\"text\":\"x\"}", "{\"ok\":true,\"text\":\"x\"}");
}

static void test_roles(void **state)
{
	struct bench *b = *state;
	size_t p = dial(b);

	ask(b, p, "{\"op\":\"officers\"}",
		"{\"ok\":false,\"code\":\"not authorised\",\"error\":\"officers needs a person: log in first\"}");
	ask(b, p, "{\"op\":\"become\",\"role\":3}", "{\"ok\":true}"); /* auditor */
	ask(b, p, "{\"op\":\"officers\"}",
		"{\"ok\":false,\"code\":\"not authorised\",\"error\":\"officers is not for people of your role\"}");
	ask(b, p, "{\"op\":\"become\",\"role\":1}", "{\"ok\":true}"); /* officer */
	ask(b, p, "{\"op\":\"officers\"}", "{\"ok\":false,\"code\":\"wrong state\",\"error\":\"case 1234567 is closed\"}");
	/* a session is one connection's */
	ask(b, dial(b), "{\"op\":\"officers\"}",
		"{\"ok\":false,\"code\":\"not authorised\",\"error\":\"officers needs a person: log in first\"}");
}

static void test_events_of_cases_go_to_those_who_may_know(void **state)
{
	struct bench *b = *state;
	const size_t officer = dial(b), auditor = dial(b), nobody = dial(b), teller = dial(b);
	static const struct { const char *tell; bool officer, auditor, nobody; } rows[] = {
		{ "{\"op\":\"tell\",\"unit\":7}", true, true, false },
		{ "{\"op\":\"tell\",\"unit\":8}", false, true, false },
		{ "{\"op\":\"tell\",\"unit\":9}", false, false, false },
		{ "{\"op\":\"tell\",\"unit\":0}", true, true, true }, /* of no case */
	};

	ask(b, officer, "{\"op\":\"become\",\"role\":1}", "{\"ok\":true}");
	ask(b, auditor, "{\"op\":\"become\",\"role\":3}", "{\"ok\":true}");
	for (size_t p = officer; p <= nobody; p++)
		ask(b, p, "{\"op\":\"watch\"}", "{\"ok\":true}");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const bool hears[] = { rows[i].officer, rows[i].auditor, rows[i].nobody };
		ask(b, teller, rows[i].tell, "{\"ok\":true}");
		for (size_t p = officer; p <= nobody; p++) {
			json_t *said = hear(b, p, NULL);
			assert_int_equal(said != NULL, hears[p - officer]);
			json_decref(said);
		}
	}
}

static void note_commit(struct core *core)
{
	struct bench *b = (struct bench *)core;
	char c;

	/* nothing may have been said to the peer before this */
	committed_before_answer = recv(b->peers[0], &c, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && errno == EAGAIN;
}

static void test_writing_is_answered_after_the_commit(void **state)
{
	static const struct turn_hooks hooks = { .after_commit = note_commit };
	struct bench *b = *state;
	size_t p = dial(b);
	struct audit_row row;

	committed_before_answer = false;
	turn_add_hooks(b->core.turn, &hooks);
	ask(b, p, "{\"op\":\"write\",\"id\":1}", "{\"ok\":true,\"written\":true,\"id\":1}");
	assert_true(committed_before_answer);
	assert_int_equal(audit_list_before(b->core.store, INT64_MAX, &row, 1), 1);
}

static void test_an_abort_is_told(void **state)
{
	struct bench *b = *state;
	size_t p = dial(b), watcher = dial(b);
	struct audit_row row;

	ask(b, watcher, "{\"op\":\"watch\"}", "{\"ok\":true}");
	ask(b, p, "{\"op\":\"write\",\"fail\":true,\"id\":2}", "{\"ok\":false,\"code\":\"full\",\"id\":2,"
		"\"error\":\"nothing was stored, because the disk did not take it: see the log, then try again\"}");
	ask(b, p, "{\"op\":\"write\",\"fail\":true}", "{\"ok\":false,\"code\":\"full\","
		"\"error\":\"nothing was stored, because the disk did not take it: see the log, then try again\"}");
	assert_int_equal(audit_list_before(b->core.store, INT64_MAX, &row, 1), 0);
	assert_null(hear(b, watcher, NULL)); /* what did not happen is no event */
}

static void test_watch(void **state)
{
	struct bench *b = *state;
	size_t p = dial(b), one = dial(b), two = dial(b);
	json_t *event;

	ask(b, one, "{\"op\":\"watch\"}", "{\"ok\":true}");
	ask(b, two, "{\"op\":\"watch\"}", "{\"ok\":true}");
	ask(b, two, "{\"op\":\"watch\"}", "{\"ok\":true}"); /* twice is once */
	ask(b, p, "{\"op\":\"write\"}", "{\"ok\":true,\"written\":true}");
	for (size_t i = 0; i < 2; i++) {
		event = hear(b, i ? two : one, NULL);
		assert_string_equal(json_string_value(json_object_get(event, "event")), "written");
		assert_string_equal(json_string_value(json_object_get(event, "code")), "1234567");
		assert_true(json_is_integer(json_object_get(event, "time_ms")));
		json_decref(event);
		assert_null(hear(b, i ? two : one, NULL));
	}
	close(b->peers[one]);
	b->peers[one] = -1;
	spin(b);
	control_event(&b->core, "idle", NULL); /* outside a turn: at once */
	event = hear(b, two, NULL);
	assert_non_null(event);
	json_decref(event);
}

static void test_answers_given_later(void **state)
{
	struct bench *b = *state;
	size_t p = dial(b), gone = dial(b);

	say(b, p, "{\"op\":\"later\",\"id\":9,\"password\":\"secret\"}");
	assert_null(hear(b, p, NULL));
	assert_non_null(control_session(kept));
	assert_string_equal(control_text(kept, "password"), "secret");
	ask(b, p, "{\"op\":\"echo\",\"text\":\"a\"}", "{\"ok\":true,\"text\":\"a\"}"); /* others go on */
	control_ok(kept, NULL);
	expect(b, p, "{\"ok\":true,\"id\":9}");
	say(b, gone, "{\"op\":\"later\"}");
	spin(b);
	close(b->peers[gone]);
	b->peers[gone] = -1;
	spin(b);
	assert_null(control_session(kept));
	control_fail(kept, HL_EAUTH, "nobody hears this");
	ask(b, p, "{\"op\":\"echo\",\"text\":\"a\"}", "{\"ok\":true,\"text\":\"a\"}");
}

static void test_requests_in_flight_are_bounded(void **state)
{
	struct bench *b = *state;
	struct control_call *calls[CONTROL_IN_FLIGHT_MAX];
	size_t p = dial(b);

	for (size_t i = 0; i < CONTROL_IN_FLIGHT_MAX; i++) {
		say(b, p, "{\"op\":\"later\"}");
		spin(b);
		calls[i] = kept;
	}
	ask(b, p, "{\"op\":\"later\"}",
		"{\"ok\":false,\"code\":\"busy\",\"error\":\"more than 16 requests of this connection have no answer yet\"}");
	for (size_t i = 0; i < CONTROL_IN_FLIGHT_MAX; i++) {
		control_ok(calls[i], NULL);
		expect(b, p, "{\"ok\":true}");
	}
	ask(b, p, "{\"op\":\"echo\",\"text\":\"a\"}", "{\"ok\":true,\"text\":\"a\"}");
}

static void test_connections_are_bounded(void **state)
{
	struct bench *b = *state;
	bool end = false;
	size_t last;

	for (size_t i = 0; i < CONTROL_CONNECTIONS_MAX; i++)
		dial(b);
	last = dial(b);
	expect(b, last, "{\"ok\":false,\"code\":\"busy\","
		"\"error\":\"too many control connections: end a hotlinectl watch, or try again later\"}");
	assert_null(hear(b, last, &end));
	assert_true(end);
	ask(b, 0, "{\"op\":\"echo\",\"text\":\"a\"}", "{\"ok\":true,\"text\":\"a\"}");
}

/* One user of the group cannot keep everybody else out. */
static void test_one_user_does_not_take_every_place(void **state)
{
	struct connection taken[CONTROL_USER_CONNECTIONS_MAX];
	struct control c = { .count = CONTROL_USER_CONNECTIONS_MAX };
	uid_t user = geteuid() + 1000;

	(void)state;
	for (size_t i = 0; i < CONTROL_USER_CONNECTIONS_MAX; i++) {
		taken[i] = (struct connection){ .uid = user, .next = c.first };
		assert_true(control_has_room(&c, user));
		c.first = &taken[i];
	}
	assert_false(control_has_room(&c, user));
	assert_true(control_has_room(&c, user + 1));
	assert_true(control_has_room(&c, geteuid()));
	assert_true(control_has_room(&c, 0));
	c.count = CONTROL_CONNECTIONS_MAX - CONTROL_RESERVED; /* many users together do not shut out who looks after it */
	assert_false(control_has_room(&c, user + 1));
	assert_true(control_has_room(&c, 0));
	c.count = CONTROL_CONNECTIONS_MAX;
	assert_false(control_has_room(&c, 0));
}

static void test_a_group_that_is_not_there(void **state)
{
	struct bench *b = *state;
	struct hl_reason why;
	char path[80];
	int fd;

	snprintf(path, sizeof(path), "%s/t", b->dir);
	fd = wire_listen(path, 0600, &why);
	hl_strlcpy(b->config.control_group, sizeof(b->config.control_group), "no-such-group");
	assert_null(control_new(&b->core, fd, ops, &why));
	assert_string_equal(why.text, "control_group: there is no group no-such-group: make it, or leave control_group out");
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_wrong_requests_get_an_answer, setup, teardown),
		cmocka_unit_test_setup_teardown(test_roles, setup, teardown),
		cmocka_unit_test_setup_teardown(test_events_of_cases_go_to_those_who_may_know, setup, teardown),
		cmocka_unit_test_setup_teardown(test_writing_is_answered_after_the_commit, setup, teardown),
		cmocka_unit_test_setup_teardown(test_an_abort_is_told, setup, teardown),
		cmocka_unit_test_setup_teardown(test_watch, setup, teardown),
		cmocka_unit_test_setup_teardown(test_answers_given_later, setup, teardown),
		cmocka_unit_test_setup_teardown(test_requests_in_flight_are_bounded, setup, teardown),
		cmocka_unit_test_setup_teardown(test_connections_are_bounded, setup, teardown),
		cmocka_unit_test(test_one_user_does_not_take_every_place),
		cmocka_unit_test_setup_teardown(test_a_group_that_is_not_there, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
