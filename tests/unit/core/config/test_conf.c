/* The configuration: every error of a bad file is told, at its line, and nothing else. The files of tests/data/conf
 * say in a comment what is wrong with a line: //! a piece of the message. */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "cm.h"
#include "conf/conf.h"
#include "core/config/config.h"

#define EXPECTED_MAX 32

struct expected {
	int line; /* 0: the whole file */
	char text[120];
	bool told;
};

static size_t read_expected(const char *path, struct expected *list)
{
	FILE *f = fopen(path, "re");
	char *line = NULL, *at;
	size_t size = 0, count = 0;
	int number = 0;

	assert_non_null(f);
	while (getline(&line, &size, f) >= 0) {
		number++;
		/* a NUL octet may stand before */
		for (at = strstr(*line ? line : line + 1, "//! "); at; at = strstr(at, "//! ")) {
			at += 4;
			assert_true(count < EXPECTED_MAX);
			list[count].line = number;
			list[count].told = false;
			hl_strlcpy(list[count].text, sizeof(list[count].text), at);
			list[count].text[strcspn(list[count].text, "\n")] = '\0';
			if (strstr(list[count].text, " //!"))
				*strstr(list[count].text, " //!") = '\0';
			count++;
		}
	}
	free(line);
	fclose(f);
	return count;
}

/* "path:12: text" -> 12 and text. */
static const char *split_error(const char *path, const char *text, int *line)
{
	char *end;

	assert_int_equal(strncmp(text, path, strlen(path)), 0);
	text += strlen(path);
	assert_int_equal(*text, ':');
	*line = (int)strtol(text + 1, &end, 10);
	return *line ? end + 2 : text + 2;
}

static bool claim(struct expected *list, size_t count, int line, const char *text)
{
	for (size_t i = 0; i < count; i++) {
		bool here = list[i].line == line || line == 0 || strstr(text, "is missing");
		if (!list[i].told && here && strstr(text, list[i].text))
			return list[i].told = true;
	}
	return false;
}

static void check_file(const char *path)
{
	struct expected list[EXPECTED_MAX];
	struct conf_errors e = { .count = 0 };
	size_t count = read_expected(path, list);
	struct config *c = config_load(path, &e);

	for (size_t i = 0; i < e.count && i < CONF_ERRORS_MAX; i++) {
		int line;
		const char *text = split_error(path, e.list[i].text, &line);
		if (!claim(list, count, line, text))
			fail_msg("not expected: %s", e.list[i].text);
	}
	for (size_t i = 0; i < count; i++)
		if (!list[i].told)
			fail_msg("%s:%d: nobody told: %s", path, list[i].line, list[i].text);
	assert_int_equal(c == NULL, count > e.gentle);
	config_free(c);
}

static void test_files(void **state)
{
	glob_t g;

	(void)state;
	assert_int_equal(glob(HL_TEST_DATA "/conf/*.conf", 0, NULL, &g), 0);
	assert_true(g.gl_pathc >= 10);
	for (size_t i = 0; i < g.gl_pathc; i++)
		check_file(g.gl_pathv[i]);
	globfree(&g);
}

static void test_values(void **state)
{
	struct conf_errors e = { .count = 0 };
	struct config *c = config_load(HL_TEST_DATA "/conf/good.conf", &e);

	(void)state;
	assert_non_null(c);
	assert_string_equal(c->database, HL_TEST_DATA "/conf/t.db");
	assert_string_equal(c->link_socket, "/run/hotlined/link.sock");
	assert_string_equal(c->wording, HL_TEST_DATA "/conf/wording");
	assert_true(c->receipts);
	assert_false(c->discreet);
	assert_int_equal(c->receipts_per_day, 0);
	assert_int_equal(c->escalate_emergency_s, 120);
	assert_int_equal(c->modem_count, 2);
	assert_string_equal(c->modems[0].tty, HL_TEST_DATA "/conf/pty/m1");
	assert_string_equal(c->modems[0].profile_name, "generic");
	assert_int_equal(c->modems[0].sweep_s, 60);
	assert_false(c->modems[0].reserved);
	assert_string_equal(c->modems[1].tty, "/dev/ttyUSB0");
	assert_string_equal(c->modems[1].pin, "1234");
	assert_true(c->modems[1].reserved);
	assert_true(c->modems[1].no_sandbox);
	assert_non_null(c->modems[1].profile);
	config_free(c);
}

static void test_shipped(void **state)
{
	(void)state;
	check_file(HL_SRCDIR "/etc/hotlined.conf");
}

static void test_credentials_come_first(void **state)
{
	char dir[] = "/tmp/test_conf.XXXXXX", path[64];
	struct conf_errors e = { .count = 0 };
	struct config *c;
	FILE *f;

	(void)state;
	assert_non_null(mkdtemp(dir));
	setenv("CREDENTIALS_DIRECTORY", dir, 1);
	c = config_load(HL_TEST_DATA "/conf/good.conf", &e);
	assert_string_equal(c->keys, HL_TEST_DATA "/conf/keys"); /* no keys among the credentials */
	config_free(c);
	snprintf(path, sizeof(path), "%s/number.key", dir);
	f = fopen(path, "we");
	assert_non_null(f);
	fclose(f);
	c = config_load(HL_TEST_DATA "/conf/good.conf", &e);
	unsetenv("CREDENTIALS_DIRECTORY");
	assert_string_equal(c->keys, dir);
	config_free(c);
	remove(path);
	remove(dir);
}

static void check_profile(const char *profile, const char *expected)
{
	char path[] = "/tmp/test_conf.XXXXXX";
	struct conf_errors e = { .count = 0 };
	struct config *c;
	int fd = mkstemp(path);

	dprintf(fd, "database = \"a\"; keys = \"b\"; keyring = \"c\"; modems_dir = \"" HL_TEST_DATA "/conf/modems\";\n"
		"modems = ( { name = \"m\"; tty = \"t\"; profile = \"%s\"; } );\n", profile);
	close(fd);
	c = config_load(path, &e);
	assert_non_null(c); /* the others work */
	assert_int_equal(e.count, 1);
	assert_int_equal(e.gentle, 1);
	assert_null(c->modems[0].profile);
	assert_non_null(strstr(c->modems[0].profile_error, expected));
	config_free(c);
	if (!strstr(e.list[0].text, expected))
		fail_msg("%s instead of %s", e.list[0].text, expected);
	remove(path);
}

static void test_bad_profile_names_its_own_file(void **state)
{
	(void)state;
	check_profile("torn", "modems/torn.conf:2: syntax error");
	check_profile("odd", "modems/odd.conf:2: unknown key in a modem profile: rest");
	check_profile("slow", "modems/slow.conf:3: command_ms: an integer from ");
}

static void test_missing_file(void **state)
{
	struct conf_errors e = { .count = 0 };

	(void)state;
	assert_null(config_load("/nonexistent/h.conf", &e));
	assert_int_equal(e.count, 1);
	assert_string_equal(e.list[0].text, "/nonexistent/h.conf: cannot open: No such file or directory");
	assert_null(config_load("/tmp", &e)); /* a folder */
	assert_int_equal(e.count, 2);
}

static void test_many_errors_are_counted(void **state)
{
	struct conf_errors e = { .count = 0 };
	char *shown = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&shown, &len);

	(void)state;
	for (int i = 0; i < CONF_ERRORS_MAX + 7; i++)
		conf_error(&e, "f", i, "x");
	conf_errors_print(f, &e);
	fclose(f);
	assert_non_null(strstr(shown, "f:99: x\nand 7 more errors\n"));
	free(shown);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_shipped),
		cmocka_unit_test(test_credentials_come_first),
		cmocka_unit_test(test_bad_profile_names_its_own_file),
		cmocka_unit_test(test_missing_file),
		cmocka_unit_test(test_many_errors_are_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
