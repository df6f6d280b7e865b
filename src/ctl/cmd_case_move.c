/* Two cases become one, or one becomes two. */
#include <errno.h>
#include <stdlib.h>

#include "ctl/case_print.h"
#include "ctl/client.h"

int cmd_case_merge(struct ctl *ctl, const struct ctl_args *args)
{
	json_t *answer;
	bool more = true;

	while (more) { /* a case with very many texts goes in pieces */
		int err = client_ask_once(ctl, json_pack("{s:s, s:s, s:s}", "op", "case.merge", "code", args->word[0], "into",
			args->word[1]), &answer);
		if (err)
			return err;
		more = ctl_true(answer, "more");
		if (more)
			json_decref(answer);
	}
	if (ctl->json) {
		ctl_print_json(answer);
		return CTL_OK;
	}
	case_print(ctl, json_object_get(answer, "case"));
	json_decref(answer);
	return CTL_OK;
}

/* "12,15": NULL where it is something else. */
static json_t *read_numbers(const char *text)
{
	json_t *list = json_array();

	while (*text) {
		char *end;
		long long n;
		errno = 0;
		n = strtoll(text, &end, 10);
		if (errno || end == text || n <= 0 || (*end && *end != ',')) {
			json_decref(list);
			return NULL;
		}
		json_array_append_new(list, json_integer(n));
		text = end + (*end == ',');
	}
	return list;
}

int cmd_case_split(struct ctl *ctl, const struct ctl_args *args)
{
	json_t *numbers = read_numbers(args->word[1]);

	if (!numbers)
		return ctl_fail(CTL_USAGE, "name the texts by their numbers with commas between, such as 12,15");
	return case_change(ctl, json_pack("{s:s, s:s, s:o}", "op", "case.split", "code", args->word[0], "messages", numbers));
}
