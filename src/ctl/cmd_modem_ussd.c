/* modem ussd: a person speaks with the network; what it says is shown, answers are read from standard input, Ctrl-C or its end
 * cancels. */
#include <config.h>

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ctl/client.h"
#include "ctl/text.h"

#define WAIT_S 360 /* the core itself waits for a link at most so long */

static volatile sig_atomic_t interrupted;

static void on_interrupt(int number)
{
	interrupted = number;
}

/* A line without its end; false at the end of input and after Ctrl-C, which does not end the program here: the network is still
 * to be told. */
static bool read_answer(char *out, size_t size)
{
	struct sigaction catch = { .sa_handler = on_interrupt }, old;
	struct pollfd input = { STDIN_FILENO, POLLIN, 0 };
	sigset_t interrupt, mask;
	bool got;

	sigemptyset(&interrupt);
	sigaddset(&interrupt, SIGINT);
	sigemptyset(&catch.sa_mask);
	sigprocmask(SIG_BLOCK, &interrupt, &mask); /* from here on Ctrl-C waits for ppoll() */
	interrupted = 0;
	sigaction(SIGINT, &catch, &old);
	setvbuf(stdin, NULL, _IONBF, 0); /* ppoll() must see what is left */
	if (isatty(STDIN_FILENO))
		fputs("answer> ", stderr);
	got = ppoll(&input, 1, NULL, &mask) > 0;
	sigprocmask(SIG_SETMASK, &mask, NULL);
	got = got && fgets(out, (int)size, stdin);
	sigaction(SIGINT, &old, NULL);
	if (got)
		out[strcspn(out, "\r\n")] = '\0';
	return got && !interrupted && *out;
}

/* Lines as they are, each made harmless for the terminal. */
static void print_text(const char *text)
{
	while (*text) {
		size_t len = strcspn(text, "\n");
		char *safe = text_safe(text, len);
		puts(safe);
		free(safe);
		text += len + (text[len] == '\n');
	}
}

static int judge(const json_t *answer)
{
	static const struct { const char *state, *words; } rows[] = {
		{ "ended", "the network ended the session without a word" },
		{ "elsewhere", "another program at the modem has taken the answer" },
		{ "unsupported", "the network does not know this code" },
		{ "timeout", "the network did not answer in time" },
		{ "cancelled", "cancelled" },
	};
	const char *state = ctl_text(answer, "state"), *why = ctl_text(answer, "why");

	if (strcmp(state, "done") == 0 || (strcmp(state, "ended") == 0 && *ctl_text(answer, "text")))
		return CTL_OK;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strcmp(rows[i].state, state) == 0)
			return ctl_fail(CTL_FAILED, "%s", rows[i].words);
	return ctl_fail(CTL_FAILED, "%s", *why ? why : state);
}

static void show(const struct ctl *ctl, const json_t *answer)
{
	if (ctl->json)
		ctl_print_json(json_deep_copy(answer));
	else
		print_text(ctl_text(answer, "text"));
	fflush(stdout);
}

static int cancel(struct ctl *ctl, json_int_t session)
{
	json_t *answer;
	int err = client_ask(ctl, json_pack("{s:s, s:I, s:b}", "op", "modem.ussd", "session", session, "cancel", 1), &answer);

	if (err)
		return err;
	json_decref(answer);
	return ctl_fail(CTL_FAILED, "cancelled: the network waited for an answer");
}

int cmd_modem_ussd(struct ctl *ctl, const struct ctl_args *args)
{
	json_t *answer, *request = json_pack("{s:s, s:s, s:s, s:b}", "op", "modem.ussd", "name", args->word[0], "code",
		args->word[1], "force", args->option[0] != NULL);
	char text[1024];
	int err = request ? CTL_OK : ctl_fail(CTL_USAGE, "an argument is not valid UTF-8");

	while (!err) {
		json_int_t session;
		bool open;
		err = client_ask_within(ctl, request, WAIT_S, &answer);
		if (err)
			return err;
		show(ctl, answer);
		session = ctl_int(answer, "session");
		open = strcmp(ctl_text(answer, "state"), "open") == 0;
		if (!open)
			err = judge(answer);
		json_decref(answer);
		if (!open)
			return err;
		if (!read_answer(text, sizeof(text)))
			return cancel(ctl, session);
		request = json_pack("{s:s, s:I, s:s}", "op", "modem.ussd", "session", session, "text", text);
		explicit_bzero(text, sizeof(text));
		if (!request) {
			cancel(ctl, session);
			return ctl_fail(CTL_USAGE, "the answer is not valid UTF-8");
		}
	}
	return err;
}
