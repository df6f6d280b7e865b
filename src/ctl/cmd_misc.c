/* send-test, alert drill, rules reload and audit verify: a question, a sentence. */
#include <stdio.h>
#include <stdlib.h>

#include "ctl/client.h"

int cmd_send_test(struct ctl *ctl, const struct ctl_args *args)
{
	json_t *answer, *request = json_pack("{s:s, s:s, s:s}", "op", "send.test", "name", args->word[0],
		"channel", args->option[0] ? args->option[0] : "sms");
	int err = client_ask_once(ctl, request, &answer);

	if (err || ctl_printed_json(ctl, answer))
		return err;
	printf("A test for %s is queued as text %lld; hotlinectl outbox --all shows what became of it.\n", args->word[0],
		(long long)ctl_int(answer, "id"));
	json_decref(answer);
	return CTL_OK;
}

int cmd_alert_drill(struct ctl *ctl, const struct ctl_args *args)
{
	json_t *answer;
	int err = client_ask_once(ctl, json_pack("{s:s}", "op", "drill.start"), &answer);

	(void)args;
	if (err || ctl_printed_json(ctl, answer))
		return err;
	printf("%lld people are texted a drill; hotlinectl alert drills shows who answers.\n", (long long)ctl_int(answer, "people"));
	json_decref(answer);
	return CTL_OK;
}

int cmd_rules_reload(struct ctl *ctl, const struct ctl_args *args)
{
	json_t *answer, *line;
	int err = client_ask(ctl, json_pack("{s:s}", "op", "rules.reload"), &answer);
	bool loaded;
	size_t i;

	(void)args;
	if (err)
		return err;
	loaded = ctl_true(answer, "loaded");
	if (ctl->json) {
		ctl_print_json(answer);
		return loaded ? CTL_OK : CTL_FAILED;
	}
	json_array_foreach(json_object_get(answer, "errors"), i, line)
		fprintf(stderr, "%s\n", json_string_value(line));
	if (loaded)
		printf("The rules are in force: %lld stems.\n", (long long)ctl_int(answer, "stems"));
	else
		ctl_fail(CTL_FAILED, "%lld errors: the old rules stay in force", (long long)ctl_int(answer, "count"));
	json_decref(answer);
	return loaded ? CTL_OK : CTL_FAILED;
}

/* "812:4F5A...": what an earlier audit verify said, kept where nobody on this machine can change it. */
static bool add_noted(json_t *request, const char *noted)
{
	char *end;
	long long rows = strtoll(noted, &end, 10);

	return rows > 0 && *end == ':' && json_object_set_new(request, "rows", json_integer(rows)) == 0
		&& json_object_set_new(request, "head", json_string(end + 1)) == 0;
}

int cmd_audit_verify(struct ctl *ctl, const struct ctl_args *args)
{
	json_t *answer, *request = json_pack("{s:s}", "op", "audit.verify");
	bool good;
	int err;

	if (args->option[0] && !add_noted(request, args->option[0])) {
		json_decref(request);
		return ctl_fail(CTL_USAGE, "--noted ENTRIES:HEAD, as audit verify printed them");
	}
	err = client_ask(ctl, request, &answer);
	if (err)
		return err;
	good = ctl_true(answer, "good");
	if (ctl->json) {
		ctl_print_json(answer);
		return good ? CTL_OK : CTL_FAILED;
	}
	if (good)
		printf("The audit trail is whole: %lld entries, head %s\n", (long long)ctl_int(answer, "rows"),
			ctl_text(answer, "head"));
	else if (!ctl_int(answer, "bad_id"))
		ctl_fail(CTL_FAILED, "the audit trail was CHANGED: %s", ctl_text(answer, "wrong"));
	else
		ctl_fail(CTL_FAILED, "the audit trail was CHANGED: entry %lld does not follow from the one before it",
			(long long)ctl_int(answer, "bad_id"));
	json_decref(answer);
	return good ? CTL_OK : CTL_FAILED;
}
