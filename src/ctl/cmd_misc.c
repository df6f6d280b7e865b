/* send-test and audit verify: a question, a sentence. */
#include <stdio.h>

#include "ctl/client.h"

int cmd_send_test(struct ctl *ctl, const struct ctl_args *args)
{
	json_t *answer, *request = json_pack("{s:s, s:s}", "op", "send.test", "name", args->word[0]);
	int err = request ? client_ask(ctl, request, &answer) : ctl_fail(CTL_USAGE, "the name is not valid UTF-8");

	if (err)
		return err;
	if (ctl->json) {
		ctl_print_json(answer);
		return CTL_OK;
	}
	printf("A test for %s is queued as text %lld; hotlinectl outbox --all shows what became of it.\n", args->word[0],
		(long long)ctl_int(answer, "id"));
	json_decref(answer);
	return CTL_OK;
}

int cmd_audit_verify(struct ctl *ctl, const struct ctl_args *args)
{
	json_t *answer;
	int err = client_ask(ctl, json_pack("{s:s}", "op", "audit.verify"), &answer);
	bool good;

	(void)args;
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
	else
		ctl_fail(CTL_FAILED, "the audit trail was CHANGED: entry %lld does not follow from the one before it",
			(long long)ctl_int(answer, "bad_id"));
	json_decref(answer);
	return good ? CTL_OK : CTL_FAILED;
}
