/* hotline-notify: carries the core's mails and webhooks. It has no keys, no database and no number of a texter. */
#include <curl/curl.h>
#include <event2/event.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/log.h"
#include "base/notify.h"
#include "notify/courier.h"
#include "notify/walls.h"
#include "wire/wipe.h"

static const char usage[] =
	"usage: hotline-notify [--check] [FILE]\n"
	"\n"
	"Carries mails and webhooks for hotlined, until SIGTERM; what it carries waits in hotlined while it is away.\n"
	"\n"
	"  FILE     its configuration (" HL_SYSCONFDIR "/notify.conf), which explains itself\n"
	"  --check  read it, list every error with its line, and end\n"
	"  --help   this text\n"
	"\n"
	"SIGTERM: takes no more, ends what it is at, so that nothing is sent twice; a second one ends it at once.\n"
	"Try it: hotlinectl send-test NAME --by mail. How it goes: hotlinectl status.\n"
	"\n"
	"Exit codes: 0 ended by a signal, 64 wrong usage, 71 no sandbox, 78 errors in the configuration.\n";

static void on_signal(evutil_socket_t number, short what, void *arg)
{
	static bool asked;

	(void)what;
	if (asked)
		hl_log(HL_LOG_NOTICE, "main", "ending_at_once signal=%d", (int)number);
	if (asked)
		_exit(0); /* threads may be at work: nothing of theirs is pulled away */
	asked = true;
	courier_stop(*(struct courier **)arg);
}

/* What would make the libraries write down the keys of connections, trust other certificates, or load other code. */
static void forget_environment(void)
{
	static const char *const names[] = { "SSLKEYLOGFILE", "SSL_CERT_FILE", "SSL_CERT_DIR", "OPENSSL_CONF", "OPENSSL_MODULES",
		"OPENSSL_ENGINES", "RES_OPTIONS", "LOCALDOMAIN", "HOSTALIASES" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		unsetenv(names[i]);
}

static void confine(const struct settings *settings)
{
	struct hl_reason why;

	if (walls_enter(settings, &why) == 0)
		return;
	if (!settings->no_sandbox)
		hl_fatal(EX_OSERR, "%s; or set no_sandbox = true in notify.conf, knowing that whoever breaks in by an answer of a server "
			"is not held back then", why.text);
	hl_log(HL_LOG_ERR, "main", "RUNNING_WITHOUT_SANDBOX why=\"%s\"", why.text);
}

static void serve(const struct settings *settings)
{
	static struct courier *courier;
	struct event_base *base = event_base_new();
	struct event *term = base ? evsignal_new(base, SIGTERM, on_signal, &courier) : NULL;
	struct event *intr = base ? evsignal_new(base, SIGINT, on_signal, &courier) : NULL;

	if (!term || !intr || event_add(term, NULL) || event_add(intr, NULL))
		hl_fatal(EX_OSERR, "cannot make an event loop");
	hl_notify("STATUS=Starting"); /* opens its socket while it may */
	confine(settings);
	courier = courier_new(base, settings);
	hl_notify("READY=1\nSTATUS=Waiting for hotlined");
	event_base_dispatch(base);
	courier_free(courier);
	event_base_loop(base, EVLOOP_NONBLOCK); /* the last words to the core */
	event_free(term);
	event_free(intr);
	event_base_free(base);
}

static int check_arguments(int argc, char **argv, bool *check, const char **path)
{
	int rest = 1;

	*check = argc > 1 && strcmp(argv[1], "--check") == 0;
	rest += *check;
	if (argc > rest + 1 || (argc > rest && argv[rest][0] == '-'))
		return EX_USAGE;
	if (argc > rest)
		*path = argv[rest];
	return 0;
}

int main(int argc, char **argv)
{
	static struct conf_errors errors;
	static struct settings settings;
	const char *path = HL_SYSCONFDIR "/notify.conf";
	bool check;

	if (argc > 1 && strcmp(argv[1], "--help") == 0) {
		fputs(usage, stdout);
		return 0;
	}
	if (check_arguments(argc, argv, &check, &path)) {
		fputs(usage, stderr);
		return EX_USAGE;
	}
	hl_log_open("hotline-notify", HL_LOG_INFO);
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
	wire_wipe_freed();
	signal(SIGPIPE, SIG_IGN);
	if (!settings_read(path, &settings, &errors)) {
		conf_errors_print(stderr, &errors);
		return EX_CONFIG;
	}
	if (check)
		return 0;
	forget_environment();
	if (sodium_init() < 0 || curl_global_init(CURL_GLOBAL_DEFAULT))
		hl_fatal(EX_OSERR, "libsodium or libcurl cannot start");
	serve(&settings);
	curl_global_cleanup();
	explicit_bzero(&settings, sizeof(settings));
	return 0;
}
