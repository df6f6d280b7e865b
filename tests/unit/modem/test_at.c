/* The conversation over a socket pair: what a modem may say, in any order and cut anywhere, and what comes of it. */
#include "cm.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "modem/at.h"

struct fixture {
	struct event_base *base;
	struct at *at;
	int peer;
	char heard[2048]; /* what the callbacks were told */
	int done;
};

static void note(struct fixture *f, const char *what, const char *a, const char *b)
{
	size_t n = strlen(f->heard);

	snprintf(f->heard + n, sizeof(f->heard) - n, "%s(%s%s%s)", what, a, b ? "|" : "", b ? b : "");
}

static void on_urc(void *arg, const char *line, const char *pdu)
{
	note(arg, "urc", line, pdu);
}

static void on_lost(void *arg, const char *why)
{
	(void)why;
	note(arg, "lost", "", NULL);
}

static void on_info(void *arg, const char *line, const char *pdu)
{
	note(arg, "info", line, pdu);
}

static void on_done(void *arg, const struct at_reply *r)
{
	static const char *const names[] = { "ok", "error", "timeout", "noprompt", "lost" };
	struct fixture *f = arg;
	char code[32];

	snprintf(code, sizeof(code), "%d%s", r->code, r->data_given ? ",given" : "");
	note(f, names[r->result], code, NULL);
	f->done++;
}

static const struct at_ops ops = { on_urc, on_lost, NULL, NULL };

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	int fds[2];

	f->base = event_base_new();
	f->at = at_new(f->base, &ops, f);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, fds), 0);
	at_open(f->at, fds[0]);
	f->peer = fds[1];
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	at_free(f->at);
	event_base_free(f->base);
	if (f->peer >= 0)
		close(f->peer);
	free(f);
	return 0;
}

static struct at_command command(struct fixture *f, const char *text, enum at_shape shape, const char *prefix)
{
	struct at_command c = { .expect = { true, shape, prefix, 0 }, .timeout_ms = 2000, .prompt_ms = 2000,
				.info = on_info, .done = on_done, .arg = f };

	strcpy(c.text, text);
	return c;
}

static void say(struct fixture *f, const char *s)
{
	assert_int_equal(write(f->peer, s, strlen(s)), (ssize_t)strlen(s));
}

static void run_until_done(struct fixture *f, int done)
{
	while (f->done < done)
		assert_int_equal(event_base_loop(f->base, EVLOOP_ONCE), 0);
}

static void expect_written(struct fixture *f, const char *want)
{
	char got[2048];
	ssize_t n = read(f->peer, got, sizeof(got) - 1);

	assert_true(n >= 0);
	got[n] = '\0';
	assert_string_equal(got, want);
}

static void test_responses(void **state)
{
	static const struct { enum at_shape shape; const char *prefix, *reply, *heard; } rows[] = {
		{ AT_SHAPE_NONE, NULL, "\r\nOK\r\n", "ok(0)" },
		{ AT_SHAPE_NONE, NULL, "AT+X\r\r\nOK\r\n", "ok(0)" },
		{ AT_SHAPE_NONE, NULL, "T+X\r\r\nOK\r\n", "urc(T+X)ok(0)" },
		{ AT_SHAPE_NONE, NULL, "\r\nERROR\r\n", "error(0)" },
		{ AT_SHAPE_NONE, NULL, "\r\n+CMS ERROR: 38\r\n", "error(38)" },
		{ AT_SHAPE_PREFIX, "+X:", "\r\n+X: 1\r\n\r\n+CMTI: \"SM\",1\r\n\r\n+X: 2\r\n\r\nOK\r\n",
		  "info(+X: 1)urc(+CMTI: \"SM\",1)info(+X: 2)ok(0)" },
		{ AT_SHAPE_PDU, "+CMGL:", "+CMGL: 1,1,,1\r\n00AA\r\n+CMGL: 2,1,,1\r\n00BB\r\n\r\nOK\r\n",
		  "info(+CMGL: 1,1,,1|00AA)info(+CMGL: 2,1,,1|00BB)ok(0)" },
		/* a URC and a whole status report between a header and its PDU */
		{ AT_SHAPE_PDU, "+CMGL:", "+CMGL: 1,1,,1\r\n+CREG: 1\r\n+CDS: 24\r\n00CC\r\n00AA\r\nOK\r\n",
		  "urc(+CREG: 1)urc(+CDS: 24|00CC)info(+CMGL: 1,1,,1|00AA)ok(0)" },
		{ AT_SHAPE_PDU, "+CMGL:", "+CMGL: 1,1,,1\r\n+CMGL: 2,1,,1\r\n00BB\r\nOK\r\n",
		  "info(+CMGL: 1,1,,1|)info(+CMGL: 2,1,,1|00BB)ok(0)" },
		{ AT_SHAPE_PDU, "+CMGL:", "+CMGL: 1,1,,0\r\n\r\nOK\r\n", "info(+CMGL: 1,1,,0|)ok(0)" },
		{ AT_SHAPE_PDU, "+CMGL:", "+CMGL: 1,1,,0\r\n0011\xFF" "22334455\r\nOK\r\n",
		  "urc(0011\xFF" "22334455)info(+CMGL: 1,1,,0|0011\xFF" "22334455)ok(0)" },
		{ AT_SHAPE_PDU, "+CMGL:", "+CMGL: 1,1,,1\r\nCall Ready\r\n0123456789\r\n\x7F" "00AA\r\n+CMGL: 2,1,,1\r\n\r\nOK\r\n",
		  "urc(Call Ready)info(+CMGL: 1,1,,1|00AA)info(+CMGL: 2,1,,1|)ok(0)" },
		{ AT_SHAPE_DIGITS, NULL, "+CREG: 2\r\n428990000000001\r\nOK\r\n", "urc(+CREG: 2)info(428990000000001)ok(0)" },
		{ AT_SHAPE_NONE, NULL, "00AABB\r\n\xFE\xFD\r\nOK\r\n", "ok(0)" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct fixture *f = *state;
		struct at_command c = command(f, "AT+X", rows[i].shape, rows[i].prefix);
		f->heard[0] = '\0';
		f->done = 0;
		assert_int_equal(at_send(f->at, &c), 0);
		expect_written(f, "AT+X\r");
		say(f, rows[i].reply);
		run_until_done(f, 1);
		assert_string_equal(f->heard, rows[i].heard);
	}
}

static void test_queue_order_and_bound(void **state)
{
	struct fixture *f = *state;
	struct at_command c = command(f, "AT+1", AT_SHAPE_NONE, NULL);

	for (int i = 0; i < AT_QUEUE_MAX; i++) {
		c.text[3] = (char)('1' + i);
		assert_int_equal(at_send(f->at, &c), 0);
	}
	assert_int_equal(at_send(f->at, &c), HL_EFULL);
	for (int i = 0; i < AT_QUEUE_MAX; i++) {
		char want[8] = "AT+1\r";
		want[3] = (char)('1' + i);
		expect_written(f, want); /* one at a time */
		say(f, "OK\r\n");
		run_until_done(f, i + 1);
	}
	assert_true(at_is_idle(f->at));
}

static void test_prompt(void **state)
{
	struct fixture *f = *state;
	struct at_command c = command(f, "AT+CMGS=3", AT_SHAPE_PREFIX, "+CMGS:");

	c.data = "00AA";
	assert_int_equal(at_send(f->at, &c), 0);
	expect_written(f, "AT+CMGS=3\r");
	say(f, "AT+CMGS=3\r\r\n+CMTI: \"SM\",1\r\n\r\n> ");
	while (!strstr(f->heard, "urc"))
		event_base_loop(f->base, EVLOOP_ONCE);
	expect_written(f, "00AA\x1A");
	say(f, "00AA\x1A\r\n+CMGS: 7\r\n\r\nOK\r\n");
	run_until_done(f, 1);
	assert_string_equal(f->heard, "urc(+CMTI: \"SM\",1)info(+CMGS: 7)ok(0,given)");
}

static void test_prompt_refused_and_missing(void **state)
{
	struct fixture *f = *state;
	struct at_command c = command(f, "AT+CMGS=3", AT_SHAPE_PREFIX, "+CMGS:");

	c.data = "00AA";
	assert_int_equal(at_send(f->at, &c), 0);
	expect_written(f, "AT+CMGS=3\r");
	say(f, "+CMS ERROR: 304\r\n");
	run_until_done(f, 1);
	c.prompt_ms = 20;
	assert_int_equal(at_send(f->at, &c), 0);
	expect_written(f, "AT+CMGS=3\r");
	run_until_done(f, 2);
	assert_string_equal(f->heard, "error(304)noprompt(0)");
}

static void test_lost_reply_after_data(void **state)
{
	struct fixture *f = *state;
	struct at_command c = command(f, "AT+CMGS=3", AT_SHAPE_PREFIX, "+CMGS:");

	c.data = "00AA";
	c.timeout_ms = 20;
	assert_int_equal(at_send(f->at, &c), 0);
	say(f, "> ");
	run_until_done(f, 1);
	assert_string_equal(f->heard, "timeout(0,given)");
}

/* The whole late reply of another text's is not this one's, whose data the modem has not asked for yet. */
static void test_late_reply_before_the_prompt(void **state)
{
	struct fixture *f = *state;
	struct at_command c = command(f, "AT+CMGS=3", AT_SHAPE_PREFIX, "+CMGS:");

	c.data = "00AA";
	assert_int_equal(at_send(f->at, &c), 0);
	expect_written(f, "AT+CMGS=3\r");
	say(f, "\r\n+CMGS: 6\r\n\r\nOK\r\n+CREG: 1\r\n\r\n> ");
	while (!strstr(f->heard, "urc"))
		event_base_loop(f->base, EVLOOP_ONCE);
	expect_written(f, "00AA\x1A");
	assert_string_equal(f->heard, "urc(+CREG: 1)");
	say(f, "\r\n+CMGS: 7\r\n\r\nOK\r\n");
	run_until_done(f, 1);
	assert_string_equal(f->heard, "urc(+CREG: 1)info(+CMGS: 7)ok(0,given)");
}

/* After a prompt that nobody waits for, the modem would take the next command for a text. */
static void test_late_prompt_is_escaped(void **state)
{
	struct fixture *f = *state;
	struct at_command c = command(f, "AT+CMGS=3", AT_SHAPE_PREFIX, "+CMGS:");

	c.data = "00AA";
	c.prompt_ms = 20;
	assert_int_equal(at_send(f->at, &c), 0);
	expect_written(f, "AT+CMGS=3\r");
	run_until_done(f, 1);
	say(f, "\r\n> \r\n+CREG: 1\r\n");
	while (!strstr(f->heard, "urc"))
		event_base_loop(f->base, EVLOOP_ONCE);
	expect_written(f, "\x1B");
	assert_string_equal(f->heard, "noprompt(0)urc(+CREG: 1)");
}

/* Each line gives the command its time anew, but not for ever. */
static void test_response_without_end(void **state)
{
	struct fixture *f = *state;
	struct at_command c = command(f, "AT+X", AT_SHAPE_PREFIX, "+X:");

	c.info = NULL;
	assert_int_equal(at_send(f->at, &c), 0);
	for (int i = 0; i < 5000 && f->done == 0; i++) {
		say(f, "+X: 1\r\n+X: 1\r\n+X: 1\r\n+X: 1\r\n");
		assert_int_equal(event_base_loop(f->base, EVLOOP_ONCE), 0);
	}
	assert_memory_equal(f->heard, "timeout(0)", strlen("timeout(0)"));
}

static void abort_on_info(void *arg, const char *line, const char *pdu)
{
	struct fixture *f = arg;

	note(f, "info", line, pdu);
	at_abort(f->at);
}

/* What is left of the response of a command that its own callback gave up belongs to nobody, the next command least. */
static void test_abort_in_the_middle_of_a_list(void **state)
{
	struct fixture *f = *state;
	struct at_command c = command(f, "AT+CMGL=4", AT_SHAPE_PDU, "+CMGL:");

	c.info = abort_on_info;
	assert_int_equal(at_send(f->at, &c), 0);
	expect_written(f, "AT+CMGL=4\r");
	say(f, "+CMGL: 1,1,,1\r\n+CMGL: 2,1,,1\r\n");
	run_until_done(f, 1);
	f->heard[0] = '\0';
	c = command(f, "AT", AT_SHAPE_NONE, NULL);
	assert_int_equal(at_send(f->at, &c), 0);
	say(f, "OK\r\n");
	run_until_done(f, 2);
	assert_string_equal(f->heard, "ok(0)");
}

static void on_settled(void *arg)
{
	note(arg, "settled", "", NULL);
	((struct fixture *)arg)->done++;
}

/* The late OK of a lost command is not the reply of the next one. */
static void test_settle(void **state)
{
	struct fixture *f = *state;
	struct at_command c = command(f, "AT+1", AT_SHAPE_NONE, NULL);

	c.timeout_ms = 20;
	assert_int_equal(at_send(f->at, &c), 0);
	run_until_done(f, 1);
	expect_written(f, "AT+1\r");
	at_settle(f->at, "\x1B", 30, on_settled, f);
	assert_false(at_is_idle(f->at));
	c.timeout_ms = 2000;
	assert_int_equal(at_send(f->at, &c), 0);
	expect_written(f, "\x1B");
	say(f, "\r\nOK\r\n");
	run_until_done(f, 2);
	assert_string_equal(f->heard, "timeout(0)settled()");
	expect_written(f, "AT+1\r");
	say(f, "\r\nERROR\r\n");
	run_until_done(f, 3);
	assert_string_equal(f->heard, "timeout(0)settled()error(0)");
}

static void test_line_gone(void **state)
{
	struct fixture *f = *state;
	struct at_command c = command(f, "AT+1", AT_SHAPE_NONE, NULL);

	assert_int_equal(at_send(f->at, &c), 0);
	assert_int_equal(at_send(f->at, &c), 0);
	close(f->peer);
	f->peer = -1;
	run_until_done(f, 2);
	assert_string_equal(f->heard, "lost(0)lost(0)lost()");
	assert_false(at_is_open(f->at));
	assert_int_equal(at_send(f->at, &c), HL_ESTATE);
}

static void again(void *arg, const struct at_reply *r)
{
	struct fixture *f = arg;
	struct at_command c = command(f, "AT+2", AT_SHAPE_NONE, NULL);

	on_done(arg, r);
	assert_int_equal(at_send(f->at, &c), 0);
}

static void test_command_from_callback(void **state)
{
	struct fixture *f = *state;
	struct at_command c = command(f, "AT+1", AT_SHAPE_NONE, NULL);

	c.done = again;
	assert_int_equal(at_send(f->at, &c), 0);
	expect_written(f, "AT+1\r");
	say(f, "OK\r\n");
	run_until_done(f, 1);
	expect_written(f, "AT+2\r");
	say(f, "OK\r\n");
	run_until_done(f, 2);
}

int main(void)
{
#define T(t) cmocka_unit_test_setup_teardown(t, setup, teardown)
	const struct CMUnitTest tests[] = {
		T(test_responses), T(test_queue_order_and_bound), T(test_prompt), T(test_prompt_refused_and_missing),
		T(test_lost_reply_after_data), T(test_late_reply_before_the_prompt),
		T(test_late_prompt_is_escaped), T(test_response_without_end),
		T(test_abort_in_the_middle_of_a_list), T(test_settle), T(test_line_gone), T(test_command_from_callback),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
