#include "simmodem/server.h"

#include <event2/event.h>
#include <getopt.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/log.h"
#include "simmodem/control.h"
#include "simmodem/sim.h"

static const char usage[] =
	"usage: hotline-simmodem --control SOCK --dir DIR [options]     simulate modems until SIGTERM\n"
	"       hotline-simmodem text|phone|watch|do --help             talk to a running one\n"
	"\n"
	"Simulates GSM modems: DIR/modem0, DIR/modem1 ... are their serial lines. Prints one line of JSON when ready.\n"
	"\n"
	"  --control SOCK    the control socket (newline-delimited JSON; {\"op\":\"help\"} lists the requests)\n"
	"  --dir DIR         where the lines' names go; made if missing\n"
	"  --modems N        how many (default 1, at most 256)\n"
	"  --slots N         messages a SIM holds (default 50, at most 255)\n"
	"  --radio-delay MS  from a text's last octet to its +CMGS (default 0)\n"
	"  --report-delay MS from +CMGS to the delivery report (default 0)\n"
	"  --pin PIN         SIMs ask for this PIN (default: none)\n"
	"  --family NAME     with the oddities of a family, such as huawei-e173 (default: none; the request quirks sets each)\n";

struct server_options {
	const char *control;
	struct sim_options sim;
};

static long number(const char *name, const char *text, long min, long max)
{
	char *end;
	long n = strtol(text, &end, 10);

	if (*text == '\0' || *end || n < min || n > max) {
		fprintf(stderr, "hotline-simmodem: --%s must be %ld to %ld\n", name, min, max);
		exit(EX_USAGE);
	}
	return n;
}

static void refuse_family(const char *name)
{
	fprintf(stderr, "hotline-simmodem: --family %s is not known; those that are have a row in quirk.c and a profile\n", name);
	exit(EX_USAGE);
}

static void take_option(struct server_options *o, const char *name, const char *value)
{
	if (strcmp(name, "control") == 0)
		o->control = value;
	else if (strcmp(name, "dir") == 0)
		o->sim.dir = value;
	else if (strcmp(name, "modems") == 0)
		o->sim.modems = (int)number(name, value, 1, SIM_MODEMS_MAX);
	else if (strcmp(name, "slots") == 0)
		o->sim.slots = (int)number(name, value, 1, SLOTS_MAX);
	else if (strcmp(name, "radio-delay") == 0)
		o->sim.radio_ms = number(name, value, 0, 86400000);
	else if (strcmp(name, "report-delay") == 0)
		o->sim.report_ms = number(name, value, 0, 86400000);
	else if (strcmp(name, "pin") == 0)
		o->sim.pin = value;
	else if (!quirks_of_family(value, &o->sim.quirks))
		refuse_family(value);
}

static struct server_options read_options(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "control", required_argument, NULL, 'o' },
		{ "dir", required_argument, NULL, 'o' },
		{ "modems", required_argument, NULL, 'o' },
		{ "slots", required_argument, NULL, 'o' },
		{ "radio-delay", required_argument, NULL, 'o' },
		{ "report-delay", required_argument, NULL, 'o' },
		{ "pin", required_argument, NULL, 'o' },
		{ "family", required_argument, NULL, 'o' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	struct server_options o = { .sim = { .modems = 1, .slots = 50, .pin = "" } };
	int which = 0, c;

	while ((c = getopt_long(argc, argv, "h", longs, &which)) != -1) {
		if (c == 'h') {
			fputs(usage, stdout);
			exit(0);
		}
		if (c != 'o')
			exit(EX_USAGE);
		take_option(&o, longs[which].name, optarg);
	}
	if (optind < argc || !o.control || !o.sim.dir) {
		fputs(usage, stderr);
		exit(EX_USAGE);
	}
	return o;
}

static void on_signal(evutil_socket_t number, short what, void *arg)
{
	(void)number;
	(void)what;
	event_base_loopbreak(arg);
}

static void say_ready(const struct sim *sim, const char *control)
{
	json_t *paths = json_array(), *ready;
	char *line;

	for (int i = 0; i < sim->count; i++)
		json_array_append_new(paths, json_string(sim->modem[i].pty.link));
	ready = json_pack("{s:b, s:s, s:o}", "ready", 1, "control", control, "modems", paths);
	line = json_dumps(ready, JSON_COMPACT);
	printf("%s\n", line ? line : "{}");
	fflush(stdout);
	free(line);
	json_decref(ready);
}

int server_main(int argc, char **argv)
{
	struct server_options o = read_options(argc, argv);
	struct event_base *base = event_base_new();
	struct event *term = evsignal_new(base, SIGTERM, on_signal, base);
	struct event *intr = evsignal_new(base, SIGINT, on_signal, base);
	static struct sim sim;
	struct control *control = NULL;
	struct hl_reason why = { "" };

	hl_log_open("hotline-simmodem", HL_LOG_NOTICE);
	signal(SIGPIPE, SIG_IGN);
	event_add(term, NULL);
	event_add(intr, NULL);
	if (sim_init(&sim, base, &o.sim, &why) == 0 && (control = control_open(&sim, base, o.control, &why))) {
		say_ready(&sim, o.control);
		event_base_dispatch(base);
		control_close(control);
	}
	sim_free(&sim);
	event_base_loop(base, EVLOOP_NONBLOCK); /* deferred callbacks hold closed connections; the base would drop them unfreed */
	event_free(term);
	event_free(intr);
	event_base_free(base);
	if (!control)
		hl_log(HL_LOG_ERR, "simmodem", "%s", why.text);
	return control ? 0 : EX_UNAVAILABLE;
}
