/* case ask, case answers, case contact: the dialogue with a texter whose number nobody sees. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "ctl/client.h"
#include "ctl/marked.h"
#include "ctl/table.h"
#include "ctl/terminal.h"
#include "ctl/text.h"

#define FREE_TEXT_MAX 4096

/* The rest of standard input, without the line ends at its end. False where it is too long. */
static bool read_text(char text[FREE_TEXT_MAX + 1])
{
	size_t len = 0;
	int c;

	while (len < FREE_TEXT_MAX && (c = getchar()) != EOF)
		text[len++] = (char)c;
	while (len && (text[len - 1] == '\n' || text[len - 1] == '\r'))
		len--;
	text[len] = '\0';
	return len < FREE_TEXT_MAX;
}

static int print_done(const struct ctl *ctl, json_t *answer)
{
	const json_t *q = json_object_get(answer, "question");
	const char *state = ctl_text(q, "state");

	if (ctl->json) {
		ctl_print_json(answer);
		return CTL_OK;
	}
	if (ctl_int(answer, "parts"))
		printf("%lld units, %lld short messages.\n", (long long)ctl_int(answer, "units"), (long long)ctl_int(answer, "parts"));
	if (strcmp(state, "waiting") == 0)
		printf("Question %lld waits: the one before it is not answered yet (first of all whether it is safe to text).\n",
			(long long)ctl_int(q, "number"));
	else if (strcmp(state, "open") == 0)
		printf("Question %lld is on its way. Its answer joins the case; from another phone it begins with %s.\n",
			(long long)ctl_int(q, "number"), ctl_text(q, "reply_code"));
	else
		printf("Question %lld is %s: see hotlinectl case answers.\n", (long long)ctl_int(q, "number"), state);
	json_decref(answer);
	return CTL_OK;
}

static int simply(struct ctl *ctl, const char *op, const char *code, const char *done)
{
	json_t *answer;
	int err = client_ask_once(ctl, json_pack("{s:s, s:s}", "op", op, "code", code), &answer);

	if (err)
		return err;
	if (ctl->json)
		ctl_print_json(answer);
	else
		puts(done);
	if (!ctl->json)
		json_decref(answer);
	return CTL_OK;
}

int cmd_case_ask(struct ctl *ctl, const struct ctl_args *args)
{
	const char *question = args->option[0];
	char text[FREE_TEXT_MAX + 1] = "";
	json_t *request, *answer;
	int err;

	if (args->option[2])
		return simply(ctl, "case.remind", args->word[0], "It is asked once more.");
	if (args->option[3])
		return simply(ctl, "case.unask", args->word[0], "What was not answered is asked no more.");
	if (!question && isatty(STDIN_FILENO))
		fprintf(stderr, "The text, ended with Ctrl-D:\n");
	if (!question && !read_text(text))
		return ctl_fail(CTL_USAGE, "the text is too long");
	request = json_pack("{s:s, s:s, s:s*, s:s*}", "op", "case.ask", "code", args->word[0], "question", question, "text",
		question ? NULL : text);
	explicit_bzero(text, sizeof(text));
	if (!request)
		return ctl_fail(CTL_USAGE, "the text must be UTF-8");
	if (args->option[1])
		json_object_set_new(request, "discreet", json_true());
	err = client_ask_once(ctl, request, &answer);
	return err ? err : print_done(ctl, answer);
}

static void print_words(const struct ctl *ctl, const char *text)
{
	struct span none[1];

	marked_print(stdout, text, strlen(text), none, 0, ctl->colour);
}

static void print_question(const struct ctl *ctl, const json_t *q)
{
	char asked[TEXT_SHORT], answered[TEXT_SHORT];

	printf("%s%lld%s  %s, %s (%s, by %s)%s%s\n", colour_code(COLOUR_BOLD, ctl->colour), (long long)ctl_int(q, "number"),
		colour_code(COLOUR_NONE, ctl->colour), ctl_text(q, "name"), ctl_text(q, "state"), text_time(ctl_int(q, "asked_ms"), asked),
		ctl_text(q, "by"), *ctl_text(q, "why") ? ": " : "", ctl_text(q, "why"));
	if (*ctl_text(q, "text"))
		print_words(ctl, ctl_text(q, "text"));
	if (ctl_int(q, "answered_ms")) {
		printf("   <- %s%s%s\n", text_time(ctl_int(q, "answered_ms"), answered), *ctl_text(q, "value") ? ": " : "",
			ctl_text(q, "value"));
		if (*ctl_text(q, "answer"))
			print_words(ctl, ctl_text(q, "answer"));
	}
}

int cmd_case_answers(struct ctl *ctl, const struct ctl_args *args)
{
	json_t *answer, *q;
	size_t i;
	int err = client_ask(ctl, json_pack("{s:s, s:s}", "op", "case.answers", "code", args->word[0]), &answer);

	if (err || ctl_printed_json(ctl, answer))
		return err;
	json_array_foreach(json_object_get(answer, "questions"), i, q)
		print_question(ctl, q);
	if (json_array_size(json_object_get(answer, "questions")) == 0)
		puts("Nothing was asked.");
	json_decref(answer);
	return CTL_OK;
}

int cmd_case_contact(struct ctl *ctl, const struct ctl_args *args)
{
	const json_t *c;
	json_t *answer;
	int err = client_ask_once(ctl, json_pack("{s:s, s:s, s:s*, s:s*}", "op", "case.contact", "code", args->word[0], "safety",
		args->option[0], "hours", args->option[1]), &answer);

	if (err || ctl_printed_json(ctl, answer))
		return err;
	c = json_object_get(answer, "contact");
	printf("Safe contact: %s%s; hours: %s%s\n", ctl_text(c, "safety"), ctl_true(c, "fresh") ? " (said not long ago)" : "",
		ctl_text(c, "hours"), ctl_true(c, "asked_for_silence") ? "; asked for silence and has not written since" : "");
	json_decref(answer);
	return CTL_OK;
}
