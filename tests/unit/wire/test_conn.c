/* Connections that carry lines: whole lines arrive, bounds close the peer, what is queued leaves before a close. */
#include "cm.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "wire/conn.h"

struct fixture {
	struct event_base *base;
	int peer;
	struct wire_conn *conn;
	char got[8][64];
	size_t got_count;
	size_t longest;
	char why[64];
	int closed;
	int close_on; /* close the connection inside the callback of this line (counted from 1) */
};

static void on_line(struct wire_conn *conn, char *line, size_t len, void *arg)
{
	struct fixture *f = arg;

	if (f->got_count < 8)
		hl_strlcpy(f->got[f->got_count], 64, line);
	f->got_count++;
	if (len > f->longest)
		f->longest = len;
	if ((int)f->got_count == f->close_on) {
		wire_conn_send(conn, "bye");
		wire_conn_close(conn);
	}
}

static void on_closed(struct wire_conn *conn, const char *why, void *arg)
{
	struct fixture *f = arg;

	(void)conn;
	hl_strlcpy(f->why, sizeof(f->why), why);
	f->closed++;
}

static const struct wire_conn_ops ops = { on_line, on_closed };

static int setup(void **state)
{
	struct fixture *f = hl_calloc(1, sizeof(*f));
	int fds[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds), 0);
	f->base = event_base_new();
	f->peer = fds[0];
	f->conn = wire_conn_new(f->base, fds[1], &ops, f);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	close(f->peer);
	while (!f->closed && !f->close_on)
		event_base_loop(f->base, EVLOOP_ONCE);
	event_base_free(f->base);
	free(f);
	return 0;
}

static void put(struct fixture *f, const char *text, size_t len)
{
	while (len > 0) {
		ssize_t n = write(f->peer, text, len);
		if (n > 0) {
			text += n;
			len -= (size_t)n;
		} else if (errno != EAGAIN) {
			return; /* it closed on us */
		}
		event_base_loop(f->base, EVLOOP_NONBLOCK);
	}
	event_base_loop(f->base, EVLOOP_NONBLOCK);
	event_base_loop(f->base, EVLOOP_NONBLOCK);
}

static void test_lines(void **state)
{
	struct fixture *f = *state;

	put(f, "one\ntwo\nthr", 11);
	assert_int_equal(f->got_count, 2);
	put(f, "ee\n\n", 4);
	assert_int_equal(f->got_count, 4);
	assert_string_equal(f->got[0], "one");
	assert_string_equal(f->got[2], "three");
	assert_string_equal(f->got[3], "");
}

static void test_line_bound(void **state)
{
	struct fixture *f = *state;
	char *line = hl_calloc(1, WIRE_LINE_MAX + 2);

	memset(line, 'x', WIRE_LINE_MAX + 1);
	line[WIRE_LINE_MAX] = '\n';
	put(f, line, WIRE_LINE_MAX + 1);
	assert_int_equal(f->longest, WIRE_LINE_MAX);
	assert_int_equal(f->closed, 0);
	line[WIRE_LINE_MAX] = 'x';
	put(f, line, WIRE_LINE_MAX + 1);
	assert_int_equal(f->closed, 1);
	assert_string_equal(f->why, "a line is too long");
	assert_int_equal(f->got_count, 1);
	free(line);
}

static void test_close_inside_callback(void **state)
{
	struct fixture *f = *state;
	char out[16] = "";

	f->close_on = 2;
	put(f, "1\n2\n3\n", 6);
	assert_int_equal(f->got_count, 2);
	assert_int_equal(read(f->peer, out, sizeof(out)), 4);
	assert_string_equal(out, "bye\n");
	assert_int_equal(read(f->peer, out, sizeof(out)), 0);
	assert_int_equal(f->closed, 0);
}

static void test_peer_that_does_not_read(void **state)
{
	struct fixture *f = *state;
	char *line = hl_calloc(1, 60001);
	size_t sent = 0;

	memset(line, 'x', 60000);
	while (!f->closed && sent < 2 * WIRE_BACKLOG_MAX) {
		wire_conn_send(f->conn, line);
		sent += 60001;
		event_base_loop(f->base, EVLOOP_NONBLOCK);
	}
	assert_int_equal(f->closed, 1);
	assert_string_equal(f->why, "the peer does not read what it is sent");
	free(line);
}

static void test_a_peer_may_be_limited(void **state)
{
	struct fixture *f = *state;
	char *line = hl_calloc(1, 60001);
	size_t sent = 0;

	memset(line, 'x', 60000);
	wire_conn_limit(f->conn, 1u << 20);
	while (!f->closed && sent < WIRE_BACKLOG_MAX / 2) {
		wire_conn_send(f->conn, line);
		sent += 60001;
		event_base_loop(f->base, EVLOOP_NONBLOCK);
	}
	assert_int_equal(f->closed, 1);
	free(line);
}

static void test_listen(void **state)
{
	char dir[] = "/tmp/hl-conn-XXXXXX", path[64], longer[200];
	struct hl_reason why;
	struct stat st;
	int fd, other;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/s", dir);
	fd = wire_listen(path, 0600, &why);
	assert_true(fd >= 0);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(wire_listen(path, 0600, &why), HL_EEXIST);
	other = wire_connect(path, &why);
	assert_true(other >= 0);
	close(other);
	close(fd);
	assert_int_equal(wire_connect(path, &why), HL_EIO); /* the dead socket file is still there */
	fd = wire_listen(path, 0660, &why);
	assert_true(fd >= 0);
	close(fd);
	unlink(path);
	rmdir(dir);
	memset(longer, 'x', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	assert_int_equal(wire_listen(longer, 0600, &why), HL_ERANGE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_lines, setup, teardown),
		cmocka_unit_test_setup_teardown(test_line_bound, setup, teardown),
		cmocka_unit_test_setup_teardown(test_close_inside_callback, setup, teardown),
		cmocka_unit_test_setup_teardown(test_peer_that_does_not_read, setup, teardown),
		cmocka_unit_test_setup_teardown(test_a_peer_may_be_limited, setup, teardown),
		cmocka_unit_test(test_listen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
