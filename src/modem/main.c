/* hotline-modem: the worker of one modem, by its name (hotline-modem@NAME.service, or a shell) or for a port where one was
 * plugged in (hotline-modem-port@TTY.service, started by udev). */
#include <event2/event.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/log.h"
#include "base/notify.h"
#include "modem/guard.h"
#include "modem/probe.h"
#include "modem/trim.h"
#include "modem/worker.h"
#include "wire/wipe.h"

#define LINK_DEFAULT "/run/hotlined/link.sock"

static const char usage[] =
	"usage: hotline-modem NAME [--link SOCKET] [--verbose]\n"
	"       hotline-modem --port TTY [--link SOCKET] [--verbose]\n"
	"       hotline-modem --probe TTY... [--plan FILE] [--json] [--colour]\n"
	"\n"
	"Drives a GSM modem: connects to hotlined and carries texts between the two. Runs until SIGTERM; keeps the modem\n"
	"while hotlined is away.\n"
	"\n"
	"  NAME           the modem that the configuration of hotlined calls so: hotlined tells its tty, PIN and profile;\n"
	"                 one that comes back under another tty is found again by its IMEI\n"
	"  --port TTY     whatever modem is at this port: it is asked for its IMEI, and hotlined tells its name. Ends by\n"
	"                 itself when the port is unplugged\n"
	"  --probe TTY... looks whether the modem at each of these ports is fit for use, says what ails it, and ends; it\n"
	"                 changes nothing. `hotlinectl modem probe` runs it with the profiles there are (--plan)\n"
	"  --json         with --probe: for programs; --colour: for terminals; --red: the exit code is 1 in any case\n"
	"  --link SOCKET  hotlined's socket for links (default " LINK_DEFAULT ")\n"
	"  --verbose      log every step, too\n"
	"  --help         this text\n"
	"\n"
	"Exit codes: 0 ended by a signal or unplugged, 64 wrong arguments, 69 switch its USB port off and on, 71 no sandbox, 75 the\n"
	"modem was given up or another one sits there (start again), 78 the profile is not understood. Of --probe: 0 all is\n"
	"green, 1 something is red.\n";

struct arguments {
	const char *name, *port, *link;
	bool verbose, probe;
	struct probe_options what; /* to probe */
};

static int refuse(const char *why)
{
	fprintf(stderr, "hotline-modem: %s\n%s", why, usage);
	return EX_USAGE;
}

static int read_ttys(int argc, char **argv, struct arguments *a)
{
	if (argc == optind || argc - optind > PROBE_TTYS_MAX)
		return refuse("--probe needs one to 32 TTYs") + 1;
	while (optind < argc)
		a->what.tty[a->what.tty_count++] = argv[optind++];
	return 0;
}

static int take_option(struct arguments *a, int c)
{
	switch (c) {
	case 'l':
		a->link = optarg;
		return 0;
	case 'p':
		a->port = optarg;
		return 0;
	case 'P':
		a->probe = true;
		return 0;
	case 'f':
		a->what.plan = optarg;
		return 0;
	case 'j':
		a->what.json = true;
		return 0;
	case 'c':
		a->what.colour = true;
		return 0;
	case 'r':
		a->what.red = true;
		return 0;
	case 'v':
		a->verbose = true;
		return 0;
	case 'h':
		fputs(usage, stdout);
		return 1;
	default:
		return refuse("unknown option") + 1;
	}
}

static int read_modem(int argc, char **argv, struct arguments *a)
{
	if (argc - optind != (a->port ? 0 : 1))
		return refuse("one NAME or one --port is needed") + 1;
	if (a->port && (a->port[0] != '/' || strlen(a->port) > WIRE_PATH_MAX))
		return refuse("a TTY is a whole path, such as /dev/ttyUSB2, of at most 107 characters") + 1;
	a->name = a->port ? "" : argv[optind];
	if (!a->port && (!*a->name || strlen(a->name) > WIRE_NAME_MAX ||
	    strspn(a->name, "abcdefghijklmnopqrstuvwxyz0123456789-_") != strlen(a->name)))
		return refuse("a NAME has 1 to 32 of a-z, 0-9, - and _") + 1;
	return 0;
}

/* 0 to go on, else the exit code + 1. */
static int read_arguments(int argc, char **argv, struct arguments *a)
{
	static const struct option longs[] = {
		{ "link", required_argument, NULL, 'l' },
		{ "port", required_argument, NULL, 'p' },
		{ "probe", no_argument, NULL, 'P' },
		{ "plan", required_argument, NULL, 'f' },
		{ "json", no_argument, NULL, 'j' },
		{ "colour", no_argument, NULL, 'c' },
		{ "red", no_argument, NULL, 'r' },
		{ "verbose", no_argument, NULL, 'v' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	int c, code;

	while ((c = getopt_long(argc, argv, "", longs, NULL)) != -1)
		if ((code = take_option(a, c)))
			return code;
	return a->probe ? read_ttys(argc, argv, a) : read_modem(argc, argv, a);
}

static void on_signal(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	event_base_loopbreak(arg);
}

int main(int argc, char **argv)
{
	struct arguments a = { .link = LINK_DEFAULT };
	static struct worker worker;
	struct event *term, *intr;
	struct event_base *base;
	int code = read_arguments(argc, argv, &a);

	wire_wipe_freed();
	if (code)
		return code - 1;
	hl_log_open("hotline-modem", a.verbose ? HL_LOG_DEBUG : HL_LOG_INFO);
	signal(SIGPIPE, SIG_IGN);
	if (a.probe)
		return probe_run(&a.what);
	guard_init();
	trim_memory(); /* the libraries are linked */
	hl_notify("STATUS=waiting for hotlined"); /* opens its socket while it may */
	base = event_base_new();
	if (!base)
		hl_fatal(EX_OSERR, "cannot make an event loop");
	term = evsignal_new(base, SIGTERM, on_signal, base);
	intr = evsignal_new(base, SIGINT, on_signal, base);
	if (!term || !intr || event_add(term, NULL) || event_add(intr, NULL))
		hl_fatal(EX_OSERR, "cannot wait for signals");
	worker_init(&worker, base, a.name, a.port, a.link);
	event_base_dispatch(base);
	worker_free(&worker);
	event_free(term);
	event_free(intr);
	event_base_free(base);
	return 0;
}
