/* hotline-ussd: answers operators' USSD callbacks with the core's menu. It has no keys and no database. */
#include <event2/event.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sysexits.h>

#include "base/log.h"
#include "base/notify.h"
#include "ussd/gateway.h"
#include "ussd/walls.h"
#include "wire/wipe.h"

static const char usage[] =
	"usage: hotline-ussd [--check] [FILE]\n"
	"\n"
	"Answers the callbacks of operators' USSD gateways with hotlined's menu, until SIGTERM.\n"
	"\n"
	"  FILE     its configuration (" HL_SYSCONFDIR "/ussd-gateway.conf)\n"
	"  --check  read it, list every error, and end\n"
	"  --help   this text\n"
	"\n"
	"Exit codes: 0 ended by a signal, 64 wrong usage, 71 no socket or no sandbox, 78 errors in the configuration.\n";

static void on_signal(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	event_base_loopbreak(arg);
}

static void on_watchdog(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	(void)arg;
	hl_notify("WATCHDOG=1");
}

/* As many connections as the system lets us have. */
static void want_descriptors(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
		limit.rlim_cur = limit.rlim_max;
		setrlimit(RLIMIT_NOFILE, &limit);
	}
}

static struct event *need(struct event *e, const struct timeval *every)
{
	if (!e || event_add(e, every))
		hl_fatal(EX_OSERR, "cannot make an event");
	return e;
}

static void listen_all(const struct settings *settings, int *fds)
{
	struct hl_reason why;

	for (size_t i = 0; i < settings->count; i++) {
		fds[i] = gateway_listen(&settings->listener[i], &why);
		if (fds[i] < 0)
			hl_fatal(EX_OSERR, "%s", why.text);
	}
}

static void confine(const struct settings *settings)
{
	struct hl_reason why;

	if (walls_enter(&why) == 0)
		return;
	if (!settings->no_sandbox)
		hl_fatal(EX_OSERR,
			"%s; or set no_sandbox = true in ussd-gateway.conf, "
			"knowing that whoever breaks in by a request is not held back then",
			why.text);
	hl_log(HL_LOG_ERR, "main", "RUNNING_WITHOUT_SANDBOX why=\"%s\"", why.text);
}

static void serve(const struct settings *settings)
{
	struct event_base *base = event_base_new();
	int64_t watchdog_ms = hl_notify_watchdog_ms();
	const struct timeval every = { watchdog_ms / 1000, watchdog_ms % 1000 * 1000 };
	struct event *term, *intr, *watchdog = NULL;
	int fds[SETTINGS_LISTENERS_MAX];
	struct gateway *gateway;
	struct hl_reason why;

	if (!base)
		hl_fatal(EX_OSERR, "cannot make an event loop");
	term = need(evsignal_new(base, SIGTERM, on_signal, base), NULL);
	intr = need(evsignal_new(base, SIGINT, on_signal, base), NULL);
	if (watchdog_ms > 0)
		watchdog = need(event_new(base, -1, EV_PERSIST, on_watchdog, NULL), &every);
	listen_all(settings, fds);
	gateway = gateway_new(base, settings, fds, &why);
	if (!gateway)
		hl_fatal(EX_OSERR, "%s", why.text);
	hl_notify("STATUS=Starting"); /* opens its socket while it may */
	confine(settings);
	hl_notify("READY=1\nSTATUS=Waiting for hotlined");
	event_base_dispatch(base);
	gateway_free(gateway);
	event_free(term);
	event_free(intr);
	if (watchdog)
		event_free(watchdog);
	event_base_free(base);
}

int main(int argc, char **argv)
{
	static struct conf_errors errors;
	static struct settings settings;
	const char *path = HL_SYSCONFDIR "/ussd-gateway.conf";
	bool check = argc > 1 && strcmp(argv[1], "--check") == 0;
	int rest = check ? 2 : 1;

	if (argc > 1 && strcmp(argv[1], "--help") == 0) {
		fputs(usage, stdout);
		return 0;
	}
	if (argc > rest + 1 || (argc > rest && argv[rest][0] == '-')) {
		fputs(usage, stderr);
		return EX_USAGE;
	}
	if (argc > rest)
		path = argv[rest];
	hl_log_open("hotline-ussd", HL_LOG_INFO);
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	wire_wipe_freed();
	signal(SIGPIPE, SIG_IGN);
	if (!settings_read(path, &settings, &errors)) {
		conf_errors_print(stderr, &errors);
		return EX_CONFIG;
	}
	if (check)
		return 0;
	if (sodium_init() < 0)
		hl_fatal(EX_OSERR, "libsodium cannot start");
	want_descriptors();
	serve(&settings);
	explicit_bzero(&settings, sizeof(settings));
	return 0;
}
