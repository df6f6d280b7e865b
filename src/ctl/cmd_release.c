/* case release, release list, approve, refuse, show: a number is opened by two people, and shown once. */
#include <stdio.h>
#include <stdlib.h>

#include "ctl/client.h"
#include "ctl/list.h"
#include "ctl/terminal.h"

#define REASON_SIZE 300

int cmd_case_release(struct ctl *ctl, const struct ctl_args *args)
{
	char asked[REASON_SIZE] = "";
	const char *reason = args->option[0];
	const json_t *release;
	json_t *answer, *request;
	int err;

	if (!reason && terminal_ask("Reason (no names, no numbers; it is kept): ", asked, sizeof(asked)))
		reason = asked;
	if (!reason || !*reason)
		return ctl_fail(CTL_USAGE, "why? --reason TEXT");
	request = json_pack("{s:s, s:s, s:s}", "op", "release.ask", "code", args->word[0], "reason", reason);
	if (!request)
		return ctl_fail(CTL_USAGE, "the reason is not valid UTF-8");
	err = client_ask_once(ctl, request, &answer);
	if (err || ctl_printed_json(ctl, answer))
		return err;
	release = json_object_get(answer, "release");
	printf("Request %lld waits for another person: hotlinectl release approve %lld. Then: hotlinectl release show %lld\n",
		(long long)ctl_int(release, "id"), (long long)ctl_int(release, "id"), (long long)ctl_int(release, "id"));
	json_decref(answer);
	return CTL_OK;
}

static void release_row(struct table *t, const json_t *r, int64_t now_ms)
{
	table_int(t, ctl_int(r, "id"));
	table_text(t, ctl_text(r, "code"));
	list_word(t, ctl_text(r, "state"));
	table_text(t, ctl_text(r, "requester"));
	table_text(t, *ctl_text(r, "decider") ? ctl_text(r, "decider") : "-");
	list_age(t, now_ms, ctl_int(r, "asked_ms"));
	list_age(t, now_ms, ctl_int(r, "expires_ms"));
	table_text(t, ctl_text(r, "reason"));
}

int cmd_release_list(struct ctl *ctl, const struct ctl_args *args)
{
	static const char *const titles[] = { ">ID", "CASE", "STATE", "ASKED BY", "DECIDED BY", "AGE", "EXPIRES", "REASON", NULL };
	static const struct list list = { "release.list", "releases", titles, release_row, "No number was asked for.", false };

	(void)args;
	return list_run(ctl, &list, NULL);
}

static int ask_about(struct ctl *ctl, const char *op, const char *word, json_t **answer)
{
	char *end;
	long long id = strtoll(word, &end, 10);

	if (id <= 0 || *end)
		return ctl_fail(CTL_USAGE, "%.40s is not the id of a request: hotlinectl release list", word);
	return client_ask_once(ctl, json_pack("{s:s, s:I}", "op", op, "release", (json_int_t)id), answer);
}

static int decide(struct ctl *ctl, const char *op, const char *word)
{
	json_t *answer;
	int err = ask_about(ctl, op, word, &answer);

	if (err || ctl_printed_json(ctl, answer))
		return err;
	printf("Request %s is %s.\n", word, ctl_text(json_object_get(answer, "release"), "state"));
	json_decref(answer);
	return CTL_OK;
}

int cmd_release_approve(struct ctl *ctl, const struct ctl_args *args)
{
	return decide(ctl, "release.approve", args->word[0]);
}

int cmd_release_refuse(struct ctl *ctl, const struct ctl_args *args)
{
	return decide(ctl, "release.refuse", args->word[0]);
}

int cmd_release_show(struct ctl *ctl, const struct ctl_args *args)
{
	json_t *answer;
	int err = ask_about(ctl, "release.show", args->word[0], &answer);

	if (err || ctl_printed_json(ctl, answer))
		return err;
	printf("%s: %s\nThis is shown once, and on record.\n", ctl_text(answer, "code"), ctl_text(answer, "number"));
	json_decref(answer);
	return CTL_OK;
}
