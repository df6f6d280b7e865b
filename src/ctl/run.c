/* From the command line to a command's exit code. */
#include <config.h>

#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "ctl/args.h"
#include "ctl/client.h"
#include "ctl/run.h"
#include "ctl/terminal.h"
#include "ctl/wrap.h"
#include "wire/wipe.h"

static int run(struct ctl *ctl, const struct ctl_command *row, const struct ctl_args *args)
{
	int err = row->core ? terminal_begin(ctl, row->person) : CTL_OK;

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
