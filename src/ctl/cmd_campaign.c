/* campaign new, test, and what changes a campaign's state. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "conf/conf.h"
#include "core/campaign/campaign_def.h"
#include "ctl/client.h"
#include "ctl/terminal.h"

#define FILE_MOST CAMPAIGN_FILE_MAX

static int print_state(const struct ctl *ctl, json_t *answer)
{
	const json_t *c = json_object_get(answer, "campaign");

	if (ctl->json) {
		ctl_print_json(answer);
		return CTL_OK;
	}
	printf("%s is %s.\n", ctl_text(c, "name"), ctl_text(c, "state"));
	json_decref(answer);
	return CTL_OK;
}

static int ask_state(struct ctl *ctl, json_t *request)
{
	json_t *answer;
	int err = client_ask_once(ctl, request, &answer);

	return err ? err : print_state(ctl, answer);
}

static int simply(struct ctl *ctl, const char *op, const struct ctl_args *args)
{
	return ask_state(ctl, json_pack("{s:s, s:s}", "op", op, "name", args->word[0]));
}

int cmd_campaign_approve(struct ctl *ctl, const struct ctl_args *args) { return simply(ctl, "campaign.approve", args); }
int cmd_campaign_withdraw(struct ctl *ctl, const struct ctl_args *args) { return simply(ctl, "campaign.withdraw", args); }
int cmd_campaign_start(struct ctl *ctl, const struct ctl_args *args) { return simply(ctl, "campaign.start", args); }
int cmd_campaign_pause(struct ctl *ctl, const struct ctl_args *args) { return simply(ctl, "campaign.pause", args); }
int cmd_campaign_cancel(struct ctl *ctl, const struct ctl_args *args) { return simply(ctl, "campaign.cancel", args); }
int cmd_campaign_archive(struct ctl *ctl, const struct ctl_args *args) { return simply(ctl, "campaign.archive", args); }

int cmd_campaign_schedule(struct ctl *ctl, const struct ctl_args *args)
{
	return ask_state(ctl, json_pack("{s:s, s:s, s:s}", "op", "campaign.schedule", "name", args->word[0], "at", args->word[1]));
}

int cmd_campaign_resume(struct ctl *ctl, const struct ctl_args *args)
{
	json_t *request = json_pack("{s:s, s:s}", "op", "campaign.resume", "name", args->word[0]);
	char *end = NULL;
	long long budget = args->option[0] ? strtoll(args->option[0], &end, 10) : 0;

	if (end && (*end || budget < 0)) {
		json_decref(request);
		return ctl_fail(CTL_USAGE, "--budget is a whole number");
	}
	if (args->option[0])
		json_object_set_new(request, "budget", json_integer(budget));
	return ask_state(ctl, request);
}

/* ---- new --------------------------------------------------------------------------------------------------------------------- */

static int print_taken(const struct ctl *ctl, json_t *answer)
{
	bool taken = ctl_true(answer, "taken");
	const json_t *c = json_object_get(answer, "campaign");
	json_t *text;
	size_t i;

	if (ctl->json) {
		ctl_print_json(answer);
		return taken ? CTL_OK : CTL_FAILED;
	}
	json_array_foreach(json_object_get(answer, "errors"), i, text)
		fprintf(stderr, "%s\n", json_string_value(text));
	if (taken)
		printf("%s is a draft: see whom it reaches with hotlinectl campaign preview %s\n", ctl_text(c, "name"), ctl_text(c, "name"));
	else
		ctl_fail(CTL_FAILED, "refused with %lld error%s", (long long)ctl_int(answer, "count"), ctl_int(answer, "count") == 1 ? "" : "s");
	json_decref(answer);
	return taken ? CTL_OK : CTL_FAILED;
}

/* What the file says wrong by itself. The core looks at it again, and at what it alone knows: groups, districts, other campaigns. */
static int check(const struct ctl *ctl, const char *name, const char *text, size_t len)
{
	struct conf_errors *errors = hl_calloc(1, sizeof(*errors));
	struct campaign_def *d = campaign_def_read(name, text, len, errors);
	json_t *list = json_array();
	bool good = d != NULL;

	for (size_t i = 0; i < errors->count && i < CONF_ERRORS_MAX; i++)
		json_array_append_new(list, json_string(errors->list[i].text));
	if (good)
		json_decref(list);
	else
		print_taken(ctl, json_pack("{s:b, s:I, s:o}", "taken", 0, "count", (json_int_t)errors->count, "errors", list));
	campaign_def_free(d);
	free(errors);
	return good ? CTL_OK : CTL_FAILED;
}

static int make(struct ctl *ctl, const char *path, FILE *f, bool replace)
{
	const char *slash = strrchr(path, '/'), *name = f == stdin ? "stdin" : slash ? slash + 1 : path;
	char *text = hl_calloc(1, FILE_MOST + 2);
	size_t len = fread(text, 1, FILE_MOST + 1, f);
	json_t *request = len && len <= FILE_MOST ? json_pack("{s:s, s:s%, s:s, s:b}", "op", "campaign.new", "text", text, len, "file", name, "replace",
		(int)replace) : NULL, *answer;
	int err = CTL_FAILED;

	if (len == 0 || len > FILE_MOST)
		ctl_fail(CTL_FAILED, len ? "%s has more than %d octets: leave out its comments" : "%s is empty", path, FILE_MOST);
	else if (!request)
		ctl_fail(CTL_FAILED, "%s is not valid UTF-8: save the file as UTF-8", path);
	else
		err = check(ctl, name, text, len);
	free(text);
	if (!err && f != stdin)
		err = terminal_begin(ctl, CTL_MUST);
	if (err) {
		json_decref(request);
		return err;
	}
	err = client_ask_once(ctl, request, &answer);
	return err ? err : print_taken(ctl, answer);
}

int cmd_campaign_new(struct ctl *ctl, const struct ctl_args *args)
{
	FILE *f = ctl_open(args->word[0]);
	int err = !f ? CTL_FAILED : f == stdin ? terminal_begin(ctl, CTL_MUST) : CTL_OK; /* the password may stand before the file */

	if (!err)
		err = make(ctl, args->word[0], f, args->option[0] != NULL);
	if (f && f != stdin)
		fclose(f);
	return err;
}

/* ---- test ---------------------------------------------------------------------------------------------------------------------- */

int cmd_campaign_test(struct ctl *ctl, const struct ctl_args *args)
{
	char number[TERMINAL_SECRET_MAX] = "";
	json_t *request, *answer;
	int err = args->words < 2 ? terminal_secret(ctl, "Your number (it is not shown): ", number, sizeof(number)) : CTL_OK;

	if (err)
		return err;
	request = json_pack("{s:s, s:s, s:s*, s:s*, s:s*, s:s*}", "op", "campaign.test", "name", args->word[0], "to",
		args->words > 1 ? args->word[1] : NULL, "number", args->words > 1 ? NULL : number, "language", args->option[0], "district",
		args->option[1]);
	explicit_bzero(number, sizeof(number));
	err = client_ask_once(ctl, request, &answer);
	if (err)
		return err;
	if (ctl->json) {
		ctl_print_json(answer);
		return CTL_OK;
	}
	printf("On its way:\n%s\n", ctl_text(answer, "text"));
	json_decref(answer);
	return CTL_OK;
}
