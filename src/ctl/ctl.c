#include <config.h>

#include "ctl/ctl.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ctl/args.h"
#include "ctl/client.h"
#include "ctl/terminal.h"
#include "ctl/wrap.h"
#include "wire/wipe.h"

int ctl_fail(int code, const char *fmt, ...)
{
	va_list ap;

	fflush(stdout);
	fputs("hotlinectl: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	return code;
}

FILE *ctl_open(const char *path)
{
	struct stat st;
	FILE *f = strcmp(path, "-") == 0 ? stdin : fopen(path, "rb");

	if (f && f != stdin && fstat(fileno(f), &st) == 0 && S_ISDIR(st.st_mode)) {
		fclose(f);
		f = NULL;
		errno = EISDIR; /* opening one is no error yet, and reading it looks like an empty file */
	}
	if (!f)
		ctl_fail(CTL_FAILED, "cannot read %s: %s", path, strerror(errno));
	return f;
}

void ctl_print_json(json_t *answer)
{
	json_object_del(answer, "ok");
	json_dumpf(answer, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(answer);
}

bool ctl_printed_json(const struct ctl *ctl, json_t *answer)
{
	if (ctl->json)
		ctl_print_json(answer);
	return ctl->json;
}

const char *ctl_text(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

int64_t ctl_int(const json_t *object, const char *key)
{
	return json_integer_value(json_object_get(object, key));
}

bool ctl_true(const json_t *object, const char *key)
{
	return json_is_true(json_object_get(object, key));
}

int ctl_begin(struct ctl *ctl, enum ctl_person person)
{
	int err = client_connect(ctl);

	return err ? err : terminal_login(ctl, person);
}

static int run(struct ctl *ctl, const struct ctl_command *row, const struct ctl_args *args)
{
	int err = row->core ? ctl_begin(ctl, row->person) : CTL_OK;

	return err ? err : row->run(ctl, args);
}

/* What people read fits their terminal. */
static void fit_terminal(void)
{
	size_t out = wrap_terminal(STDOUT_FILENO), err = wrap_terminal(STDERR_FILENO);

	if (out)
		stdout = wrap_new(stdout, out);
	if (err)
		stderr = wrap_new(stderr, err);
}

int ctl_main(int argc, char **argv)
{
	struct ctl ctl = { .program = argc ? argv[0] : "hotlinectl" };
	struct ctl_args args = { .words = 0 };
	const struct rlimit none = { 0, 0 };
	const struct ctl_command *row;
	FILE *plain = stdout;
	int err;

	fit_terminal();
	err = args_read(argc, argv, &ctl, &args, &row);
	if (err || !row)
		return err;
	if (ctl.json)
		stdout = plain; /* programs read lines as they are */
	signal(SIGPIPE, SIG_IGN);
	setrlimit(RLIMIT_CORE, &none); /* passwords and texts pass through here: none of them into a core dump */
	wire_wipe_freed();
	ctl.colour = !ctl.json && terminal_has_colour();
	err = run(&ctl, row, &args);
	client_close(&ctl);
	client_forget_login(&ctl);
	if (fflush(stdout) || ferror(stdout))
		return ctl_fail(CTL_FAILED, "standard output takes nothing");
	return err;
}
