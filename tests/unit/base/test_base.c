/* The base library: hexadecimal digits, bounded copies, error texts, log lines that cannot be forged, clocks. */
#include "cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/hex.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/seldom.h"

static void test_hex(void **state)
{
	static const struct { const char *in; size_t max; int want; } rows[] = {
		{ "", 4, 0 }, { "00ff", 4, 2 }, { "ABcdEF", 3, 3 },
		{ "0", 4, HL_EINVAL }, { "0g", 4, HL_EINVAL }, { "0 ", 4, HL_EINVAL }, { "@0", 4, HL_EINVAL },
		{ "001122", 2, HL_ERANGE },
	};
	uint8_t octets[256], back[256];
	char text[513];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(hl_hex_decode(rows[i].in, strlen(rows[i].in), back, rows[i].max), rows[i].want);
	for (int i = 0; i < 256; i++)
		octets[i] = (uint8_t)i;
	hl_hex_encode(octets, 256, text);
	assert_int_equal(hl_hex_decode(text, 512, back, 256), 256);
	assert_memory_equal(octets, back, 256);
}

static void test_strlcpy(void **state)
{
	char out[4];

	(void)state;
	assert_int_equal(hl_strlcpy(out, sizeof(out), "abc"), 0);
	assert_string_equal(out, "abc");
	assert_int_equal(hl_strlcpy(out, sizeof(out), "abcd"), HL_ERANGE);
	assert_string_equal(out, "abc");
}

static void test_errors(void **state)
{
	struct hl_reason why;

	(void)state;
	for (int e = 0; e >= HL_ERROR_LAST; e--)
		assert_string_not_equal(hl_strerror(e), "unknown error");
	assert_string_equal(hl_strerror(HL_ERROR_LAST - 1), "unknown error");
	assert_string_equal(hl_strerror(1), "unknown error");
	assert_int_equal(hl_fail(&why, HL_EFULL, "%d %s", 7, "x"), HL_EFULL);
	assert_string_equal(why.text, "7 x");
	assert_int_equal(hl_fail(NULL, HL_EIO, "x"), HL_EIO);
}

/* Runs hl_log with standard error in a pipe and returns what was written. */
static size_t logged(const char *text, char *out, size_t size)
{
	int pipe_fd[2], saved = dup(STDERR_FILENO);
	ssize_t n;

	assert_int_equal(pipe(pipe_fd), 0);
	dup2(pipe_fd[1], STDERR_FILENO);
	hl_log(HL_LOG_INFO, "test", "%s", text);
	hl_log(HL_LOG_DEBUG, "test", "below the verbosity");
	dup2(saved, STDERR_FILENO);
	close(saved);
	close(pipe_fd[1]);
	n = read(pipe_fd[0], out, size - 1);
	close(pipe_fd[0]);
	assert_true(n > 0);
	out[n] = '\0';
	return (size_t)n;
}

static void test_log(void **state)
{
	char out[4096], longer[3000];
	size_t n;

	(void)state;
	unsetenv("JOURNAL_STREAM");
	hl_log_open("program", HL_LOG_INFO);
	logged("event key=1\nforged event", out, sizeof(out));
	assert_string_equal(out, "program: test event key=1 forged event\n");
	logged("a\x1b[31mb\x7f" "c\xc2\x9b" "31m\xe2\x80\xae" "d\xe2\x81\xa6" "e\xe2\x80\xa8" "f \xd0\x96\xd2\xaf \xe2\x80\x9cg\xe2", out, sizeof(out));
	assert_string_equal(out, "program: test a [31mb c  31m   d   e   f \xd0\x96\xd2\xaf \xe2\x80\x9cg\xe2\n"); /* what is shown stays */
	memset(longer, 'x', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	n = logged(longer, out, sizeof(out));
	assert_true(n <= 1024);
	assert_int_equal(out[n - 1], '\n');
	setenv("JOURNAL_STREAM", "8:1", 1);
	logged("event", out, sizeof(out));
	assert_string_equal(out, "<6>test event\n");
	unsetenv("JOURNAL_STREAM");
}

static void test_clock(void **state)
{
	char utc[21], id[37], again[37];

	(void)state;
	hl_format_utc(0, utc);
	assert_string_equal(utc, "1970-01-01T00:00:00Z");
	hl_format_utc(1795336205999, utc);
	assert_string_equal(utc, "2026-11-22T08:30:05Z");
	assert_int_equal(hl_boot_id(id), 0);
	assert_int_equal(hl_boot_id(again), 0);
	assert_string_equal(id, again);
	assert_true(hl_boot_ms(&hl_clock_system) > 0);
}

static void test_seldom(void **state)
{
	struct hl_seldom s = { 0 };
	uint64_t left_out = 9;

	(void)state;
	assert_true(hl_seldom(&s, 5, &left_out));
	assert_int_equal(left_out, 0);
	for (int i = 0; i < 1000; i++)
		assert_false(hl_seldom(&s, 5 + i, &left_out));
	assert_true(hl_seldom(&s, 5 + HL_SELDOM_MS, &left_out));
	assert_int_equal(left_out, 1000);
	assert_false(hl_seldom(&s, 6 + HL_SELDOM_MS, &left_out));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hex),
		cmocka_unit_test(test_strlcpy),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_log),
		cmocka_unit_test(test_clock),
		cmocka_unit_test(test_seldom),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
