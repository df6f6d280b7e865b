/* What people do with a case: claim, start, close, reopen. */
#include "ctl/case_print.h"
#include "ctl/client.h"

int case_change(struct ctl *ctl, json_t *request)
{
	json_t *answer;
	int err = client_ask_once(ctl, request, &answer);

	if (err || ctl_printed_json(ctl, answer))
		return err;
	case_print(ctl, json_object_get(answer, "case"));
	json_decref(answer);
	return CTL_OK;
}

/* Of a command whose first option is --takeover. */
static json_t *request_of(const char *op, const struct ctl_args *args)
{
	json_t *request = json_pack("{s:s, s:s}", "op", op, "code", args->word[0]);

	if (args->option[0])
		json_object_set_new(request, "takeover", json_true());
	return request;
}

int cmd_case_claim(struct ctl *ctl, const struct ctl_args *args)
{
	return case_change(ctl, request_of("case.claim", args));
}

int cmd_case_start(struct ctl *ctl, const struct ctl_args *args)
{
	return case_change(ctl, request_of("case.start", args));
}

int cmd_case_close(struct ctl *ctl, const struct ctl_args *args)
{
	json_t *request = request_of("case.close", args);

	json_object_set_new(request, "reason", json_string(args->word[1]));
	return case_change(ctl, request);
}

int cmd_case_reopen(struct ctl *ctl, const struct ctl_args *args)
{
	return case_change(ctl, json_pack("{s:s, s:s}", "op", "case.reopen", "code", args->word[0]));
}
