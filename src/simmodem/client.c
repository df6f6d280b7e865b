#include "simmodem/client.h"

#include <fcntl.h>
#include <getopt.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "wire/conn.h"

#define TEXT_MAX 16384

struct client_args {
	const char *control, *from;
	int modem;
	const char *word; /* TEXT, NUMBER or the request; NULL: none */
	FILE *to, *back;
};

struct client_row {
	const char *name;
	int (*run)(struct client_args *args);
	const char *usage;
};

/* ---- requests ---------------------------------------------------------------------------------------------------- */

static void connect_to(struct client_args *args)
{
	struct hl_reason why;
	int fd = args->control ? wire_connect(args->control, &why) : -1;

	if (!args->control) {
		fprintf(stderr, "hotline-simmodem: --control SOCK is needed\n");
		exit(EX_USAGE);
	}
	if (fd < 0) {
		fprintf(stderr, "hotline-simmodem: %s\n", why.text);
		exit(EX_UNAVAILABLE);
	}
	fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
	args->to = fdopen(fd, "w");
	args->back = fdopen(dup(fd), "r");
	if (!args->to || !args->back)
		hl_fatal(EX_OSERR, "cannot use the connection");
}

/* The next line as JSON; NULL at the end. */
static json_t *receive(struct client_args *args)
{
	char *line = NULL;
	size_t size = 0;
	json_t *value = NULL;

	if (getline(&line, &size, args->back) > 0)
		value = json_loads(line, 0, NULL);
	free(line);
	return value;
}

static json_t *ask(struct client_args *args, json_t *request)
{
	char *line = json_dumps(request, JSON_COMPACT);

	json_decref(request);
	if (!line)
		hl_fatal(EX_DATAERR, "the text is not UTF-8");
	fprintf(args->to, "%s\n", line);
	fflush(args->to);
	free(line);
	return receive(args);
}

/* 0 where the simulator said ok, else 1 and its reason on standard error. */
static int verdict(const json_t *reply)
{
	const char *error = json_string_value(json_object_get(reply, "error"));

	if (json_is_true(json_object_get(reply, "ok")))
		return 0;
	fprintf(stderr, "hotline-simmodem: %s\n", error ? error : "the simulator is gone");
	return 1;
}

static void show_text(const json_t *text, const char *when)
{
	printf("%s%s  %s\n", when, json_string_value(json_object_get(text, "number")),
		json_string_value(json_object_get(text, "text")));
	fflush(stdout);
}

/* ---- commands ---------------------------------------------------------------------------------------------------- */

static char *text_of(const struct client_args *args)
{
	char *text;
	size_t len;

	if (strcmp(args->word, "-") != 0)
		return hl_strdup(args->word);
	text = hl_calloc(TEXT_MAX + 1, 1);
	len = fread(text, 1, TEXT_MAX, stdin);
	while (len && text[len - 1] == '\n')
		text[--len] = '\0';
	return text;
}

static int run_text(struct client_args *args)
{
	json_t *reply;
	char *text;
	int code;

	if (!args->from || !args->word) {
		fprintf(stderr, "hotline-simmodem text: --from NUMBER and TEXT (or -) are needed\n");
		return EX_USAGE;
	}
	text = text_of(args);
	reply = ask(args, json_pack("{s:s, s:s, s:i, s:s}", "op", "text", "from", args->from, "modem", args->modem,
		"text", text));
	free(text);
	code = verdict(reply);
	json_decref(reply);
	return code;
}

static int run_phone(struct client_args *args)
{
	json_t *request = json_pack("{s:s}", "op", "phone"), *reply, *text;
	size_t i;
	int code;

	if (args->word)
		json_object_set_new(request, "number", json_string(args->word));
	reply = ask(args, request);
	code = verdict(reply);
	json_array_foreach(json_object_get(reply, "texts"), i, text)
		show_text(text, "");
	json_decref(reply);
	return code;
}

static int run_watch(struct client_args *args)
{
	json_t *event = ask(args, json_pack("{s:s, s:[s]}", "op", "watch", "events", "phone"));
	int code = verdict(event);

	while (event && code == 0) {
		char when[16];
		time_t now = time(NULL);
		struct tm tm;
		strftime(when, sizeof(when), "%H:%M:%S  ", localtime_r(&now, &tm));
		if (json_object_get(event, "event"))
			show_text(event, when);
		json_decref(event);
		event = receive(args);
	}
	json_decref(event);
	return code;
}

static int run_do(struct client_args *args)
{
	json_t *request = args->word ? json_loads(args->word, 0, NULL) : NULL, *reply;
	char *line;
	int code;

	if (!request) {
		fprintf(stderr, "hotline-simmodem do: a request as JSON is needed, such as '{\"op\":\"help\"}'\n");
		return EX_USAGE;
	}
	reply = ask(args, request);
	line = json_dumps(reply, JSON_INDENT(2) | JSON_REAL_PRECISION(6));
	printf("%s\n", line ? line : "");
	free(line);
	code = json_is_true(json_object_get(reply, "ok")) ? 0 : 1;
	json_decref(reply);
	return code;
}

static const struct client_row rows[] = {
	{ "text", run_text,
	  "usage: hotline-simmodem text --control SOCK --from NUMBER [--modem N] TEXT\n"
	  "A simulated phone texts modem N (default 0). TEXT - is read from standard input.\n" },
	{ "phone", run_phone,
	  "usage: hotline-simmodem phone --control SOCK [NUMBER]\n"
	  "Shows what the simulated phone, or every phone, received.\n" },
	{ "watch", run_watch,
	  "usage: hotline-simmodem watch --control SOCK\n"
	  "Shows each text as a simulated phone receives it.\n" },
	{ "do", run_do,
	  "usage: hotline-simmodem do --control SOCK REQUEST\n"
	  "Sends one request (JSON) and prints the answer; '{\"op\":\"help\"}' lists what can be asked.\n" },
};

static const struct client_row *find(const char *word)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strcmp(rows[i].name, word) == 0)
			return &rows[i];
	return NULL;
}

bool client_knows(const char *word)
{
	return find(word) != NULL;
}

int client_main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "control", required_argument, NULL, 'c' },
		{ "from", required_argument, NULL, 'f' },
		{ "modem", required_argument, NULL, 'm' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	const struct client_row *row = find(argv[0]);
	struct client_args args = { 0 };
	int c;

	while ((c = getopt_long(argc, argv, "h", longs, NULL)) != -1) {
		switch (c) {
		case 'c':
			args.control = optarg;
			break;
		case 'f':
			args.from = optarg;
			break;
		case 'm':
			args.modem = atoi(optarg);
			break;
		default:
			fputs(row->usage, c == 'h' ? stdout : stderr);
			return c == 'h' ? 0 : EX_USAGE;
		}
	}
	args.word = optind < argc ? argv[optind] : NULL;
	connect_to(&args);
	return row->run(&args);
}
