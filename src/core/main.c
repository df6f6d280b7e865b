/* hotlined: the core of the hotline. It holds the database and the keys and speaks only on two UNIX sockets; it never
 * touches a modem, the network or another process. */
#include <getopt.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/log.h"
#include "base/notify.h"
#include "core/backup/restore.h"
#include "conf/conf.h"
#include "core/config/config.h"
#include "core/people/init.h"
#include "core/roster/roster.h"
#include "core/start.h"
#include "core/turn.h"
#include "wire/wipe.h"

#ifdef HAVE_CONFIG_H
#include <config.h>
#endif

#define CONFIG_DEFAULT HL_SYSCONFDIR "/hotlined.conf"

struct options {
	const char *config, *restore;
	bool check, init, verbose;
};

static const char usage[] =
	"usage: hotlined [--config FILE] [--verbose]\n"
	"       hotlined --check [FILE]\n"
	"       hotlined --init [--config FILE]\n"
	"       hotlined --restore BACKUP [--config FILE]\n"
	"\n"
	"The core of the hotline: takes what modem workers read, stores it, triages it, alerts people.\n"
	"\n"
	"  -c, --config FILE  the configuration (" CONFIG_DEFAULT ")\n"
	"      --check        read the configuration and all it names, list every error, and end\n"
	"      --init         make keys and database, once; prints the recovery key, and ends\n"
	"      --restore FILE make the database from a backup, where there is none; the recovery key is the first line\n"
	"                     of standard input (hotlinectl restore asks for it)\n"
	"  -v, --verbose      log more\n"
	"  -h, --help         this text\n"
	"  -V, --version      the version\n"
	"\n"
	"Exit codes: 0 all is well; 64 wrong usage; 66 no database or keys; 73 a socket is in use; 74 the disk failed;\n"
	"78 errors in the configuration. Signals: TERM and INT end it.\n";

static int read_options(int argc, char **argv, struct options *o)
{
	static const struct option options[] = {
		{ "config", required_argument, NULL, 'c' },
		{ "check", optional_argument, NULL, 'k' },
		{ "init", no_argument, NULL, 'i' },
		{ "restore", required_argument, NULL, 'r' },
		{ "verbose", no_argument, NULL, 'v' },
		{ "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	while ((c = getopt_long(argc, argv, "c:vhV", options, NULL)) != -1) {
		if (c == 'c' || (c == 'k' && optarg))
			o->config = optarg;
		if (c == 'r')
			o->restore = optarg;
		o->check |= c == 'k';
		o->init |= c == 'i';
		o->verbose |= c == 'v';
		if (c == 'h' || c == 'V') {
			fputs(c == 'h' ? usage : "hotlined " PACKAGE_VERSION "\n", stdout);
			return -1;
		}
		if (c == '?') {
			fputs("hotlined --help lists the options\n", stderr);
			return EX_USAGE;
		}
	}
	if (o->check && optind + 1 == argc)
		o->config = argv[optind++];
	if (optind < argc) {
		fprintf(stderr, "hotlined: %s: no such option; see hotlined --help\n", argv[optind]);
		return EX_USAGE;
	}
	return 0;
}

/* Nothing that this process holds may reach a core dump, another user's debugger or a file that others can read. */
static void harden(void)
{
	const struct rlimit none = { 0, 0 };

	umask(077);
	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) || setrlimit(RLIMIT_CORE, &none))
		hl_fatal(EX_OSERR, "cannot switch core dumps off");
	signal(SIGPIPE, SIG_IGN);
}

static int run_init(const struct core *core)
{
	struct hl_reason why = { "" };

	if (core_init(core->config, true, stdout, &why) == 0)
		return 0;
	fprintf(stderr, "hotlined: %s\n", why.text);
	return EX_CANTCREAT;
}

static int run_restore(const struct core *core, const char *file)
{
	struct hl_reason why = { "" };

	if (core_restore(core->config, file, stdin, stdout, &why) == 0)
		return 0;
	fprintf(stderr, "hotlined: %s\n", why.text);
	return EX_CANTCREAT;
}

/* ---- service ----------------------------------------------------------------------------------------------- */

static void on_signal(evutil_socket_t fd, short what, void *arg)
{
	(void)what;
	hl_log(HL_LOG_NOTICE, "core", "ending signal=%d", (int)fd);
	event_base_loopbreak(arg);
}

static void on_watchdog(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	(void)arg;
	hl_notify("WATCHDOG=1");
}

static void serve(struct core *core)
{
	struct event *term = evsignal_new(core->base, SIGTERM, on_signal, core->base);
	struct event *interrupt = evsignal_new(core->base, SIGINT, on_signal, core->base);
	struct event *watchdog = event_new(core->base, -1, EV_PERSIST, on_watchdog, NULL);
	int64_t every_ms = hl_notify_watchdog_ms();
	const struct timeval every = { every_ms / 1000, every_ms % 1000 * 1000 };

	evsignal_add(term, NULL);
	evsignal_add(interrupt, NULL);
	if (every_ms)
		event_add(watchdog, &every);
	hl_log(HL_LOG_NOTICE, "core", "ready database=%s", core->config->database);
	hl_notify("READY=1\nSTATUS=Taking texts");
	if (event_base_dispatch(core->base) < 0)
		hl_fatal(EX_SOFTWARE, "the event loop failed");
	hl_notify("STOPPING=1");
	event_free(term);
	event_free(interrupt);
	event_free(watchdog);
}

/* --check of a configuration without an error: what hotlinectl status would warn of, said before anybody relies on it. */
static void print_warnings(const struct core *core)
{
	const char *roster = core->config->roster;

	if (roster_count_role(core->roster, ROSTER_OFFICER) + roster_count_role(core->roster, ROSTER_COORDINATOR) == 0)
		printf("%s: warning: %s\n", roster, ROSTER_EMPTY);
	else if (roster_count_role(core->roster, ROSTER_OFFICER) == 0)
		printf("%s: warning: %s\n", roster, ROSTER_NO_OFFICER);
	if (core->config->conflict_unit[0] && !roster_has_unit(core->roster, core->config->conflict_unit))
		printf("%s: warning: %s\n", roster, ROSTER_NOBODY_APART);
}

int main(int argc, char **argv)
{
	struct options options = { .config = CONFIG_DEFAULT };
	struct core core = { 0 };
	int exit_code = read_options(argc, argv, &options);

	if (exit_code)
		return exit_code < 0 ? 0 : exit_code;
	hl_log_open("hotlined", options.verbose ? HL_LOG_DEBUG : HL_LOG_INFO);
	harden();
	wire_wipe_freed();
	exit_code = core_configure(&core, options.config, options.check, stderr);
	if (exit_code == 0 && options.check) {
		printf("%s: no errors\n", options.config);
		print_warnings(&core);
	} else if (exit_code == 0 && options.init) {
		exit_code = run_init(&core);
	} else if (exit_code == 0 && options.restore) {
		exit_code = run_restore(&core, options.restore);
	} else if (exit_code == 0) {
		exit_code = core_start(&core);
		if (exit_code == 0)
			serve(&core);
	}
	core_stop(&core);
	if (exit_code == 0 && !options.check && !options.init && !options.restore)
		hl_log(HL_LOG_NOTICE, "core", "ended");
	return exit_code;
}
