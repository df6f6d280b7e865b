/* The command line of hotlinectl, with its real table. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cm.h"
#include "ctl/args.h"
#include "ctl/help.h"

#define ARGS_MAX 10

struct row {
	const char *argv[ARGS_MAX]; /* without the program's name */
	int code;
	const char *name;           /* of the row found, NULL none */
	const char *word, *option;  /* the first of each */
};

static void test_command_lines(void **state)
{
	static const struct row rows[] = {
		{ { "status" }, CTL_OK, "status", NULL, NULL },
		{ { "case", "show", "1234567" }, CTL_OK, "case show", "1234567", NULL },
		{ { "case", "show" }, CTL_USAGE, NULL, NULL, NULL },
		{ { "case", "show", "1", "2" }, CTL_USAGE, NULL, NULL, NULL },
		{ { "case" }, CTL_USAGE, NULL, NULL, NULL },
		{ { "case", "--help" }, CTL_OK, NULL, NULL, NULL },
		{ { "case", "burn", "1" }, CTL_USAGE, NULL, NULL, NULL },
		{ { "audit" }, CTL_OK, "audit", NULL, NULL },
		{ { "audit", "verify" }, CTL_OK, "audit verify", NULL, NULL },
		{ { "audit", "burn" }, CTL_USAGE, NULL, NULL, NULL },
		{ { "queue", "--all" }, CTL_OK, "queue", NULL, "" },
		{ { "queue", "--rules", "x" }, CTL_USAGE, NULL, NULL, NULL },
		{ { "--all", "queue" }, CTL_USAGE, NULL, NULL, NULL },
		{ { "person", "add", "bold", "--role", "officer" }, CTL_OK, "person add", "bold", "officer" },
		{ { "person", "add", "--role=officer", "bold" }, CTL_OK, "person add", "bold", "officer" },
		{ { "person", "add", "bold", "--role" }, CTL_USAGE, NULL, NULL, NULL },
		{ { "rules", "explain" }, CTL_OK, "rules explain", NULL, NULL },
		{ { "rules", "explain", "--", "--rules" }, CTL_OK, "rules explain", "--rules", NULL },
		{ { "status", "--help" }, CTL_OK, NULL, NULL, NULL },
		{ { "--version" }, CTL_OK, NULL, NULL, NULL },
		{ { NULL }, CTL_USAGE, NULL, NULL, NULL },
		{ { "dance" }, CTL_USAGE, NULL, NULL, NULL },
		{ { "status", "--jason" }, CTL_USAGE, NULL, NULL, NULL },
		{ { "status", "a" }, CTL_USAGE, NULL, NULL, NULL },
		{ { "send-test", "a", "b", "c", "d", "e" }, CTL_USAGE, NULL, NULL, NULL },
		{ { "--socket" }, CTL_USAGE, NULL, NULL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char *argv[ARGS_MAX + 1] = { (char *)(uintptr_t)"hotlinectl" };
		struct ctl ctl = { .json = false };
		struct ctl_args args = { .words = 0 };
		const struct ctl_command *row;
		int argc = 1;
		for (; rows[i].argv[argc - 1]; argc++)
			argv[argc] = (char *)(uintptr_t)rows[i].argv[argc - 1];
		assert_int_equal(args_read(argc, argv, &ctl, &args, &row), rows[i].code);
		assert_int_equal(row != NULL, rows[i].name != NULL);
		if (!row)
			continue;
		assert_string_equal(row->name, rows[i].name);
		assert_int_equal(args.words, rows[i].word ? 1 : 0);
		if (rows[i].word)
			assert_string_equal(args.word[0], rows[i].word);
		assert_int_equal(args.option[0] != NULL, rows[i].option != NULL);
		if (rows[i].option)
			assert_string_equal(args.option[0], rows[i].option);
	}
}

static void test_options_of_everybody_stand_anywhere(void **state)
{
	static const char *const argv[] = { "hotlinectl", "--json", "case", "show", "--socket=/s", "1234567", "--as", "bold",
		"--config", "f", "--password-stdin", NULL };
	struct ctl ctl = { .json = false };
	struct ctl_args args = { .words = 0 };
	const struct ctl_command *row;

	(void)state;
	assert_int_equal(args_read(11, (char **)(uintptr_t)argv, &ctl, &args, &row), CTL_OK);
	assert_string_equal(row->name, "case show");
	assert_true(ctl.json && ctl.password_stdin);
	assert_string_equal(ctl.socket_path, "/s");
	assert_string_equal(ctl.as, "bold");
	assert_string_equal(ctl.config, "f");
	assert_string_equal(args.word[0], "1234567");
}

/* What the table promises of itself. */
static void test_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < ctl_command_count; i++) {
		const struct ctl_command *c = &ctl_commands[i];
		assert_true(c->run && c->name && c->args && c->help);
		assert_true(c->words_max <= CTL_WORDS_MAX && c->words_min <= c->words_max);
		assert_int_equal(c->words_max > 0, strcspn(c->args, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") < strlen(c->args));
		assert_null(strchr(c->help, '\n'));
		assert_true(c->core || c->person == CTL_NOBODY || strcmp(c->args, "FILE") == 0); /* which is looked at first */
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(ctl_commands[j].name, c->name);
	}
}

static void test_help_has_every_command_once(void **state)
{
	char *text = NULL, line[128];
	size_t len;
	FILE *f = open_memstream(&text, &len);

	(void)state;
	help_all(f);
	fclose(f);
	for (size_t i = 0; i < ctl_command_count; i++) {
		const struct ctl_command *c = &ctl_commands[i];
		int times = 0;
		snprintf(line, sizeof(line), "\n  %s%s%s ", c->name, *c->args ? " " : "", c->args);
		for (const char *at = text; (at = strstr(at, line)); ) {
			at += strlen(line);
			at += strspn(at, " ");
			times += strncmp(at, c->help, strlen(c->help)) == 0;
		}
		if (times != 1)
			fail_msg("%s is in --help %d times: give its first word one place in the groups of help.c", c->name, times);
	}
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_command_lines),
		cmocka_unit_test(test_options_of_everybody_stand_anywhere),
		cmocka_unit_test(test_table),
		cmocka_unit_test(test_help_has_every_command_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
