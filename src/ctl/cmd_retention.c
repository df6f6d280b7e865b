/* retention preview, retention run, case hold. */
#include <stdio.h>
#include <string.h>

#include "ctl/client.h"
#include "ctl/list.h"
#include "ctl/text.h"

static void print_numbers(const struct ctl *ctl, const json_t *answer, const char *title)
{
	const char *titles[] = { "WHAT", title, ">SOON", NULL };
	struct table *t = table_new(titles);
	const json_t *soon = json_object_get(answer, "soon");
	const char *name;
	json_t *count;

	json_object_foreach(json_object_get(answer, "erase"), name, count) {
		table_text(t, name);
		table_int(t, json_integer_value(count));
		table_int(t, ctl_int(soon, name));
	}
	table_end(t, stdout, ctl->colour, "");
}

static void print_cases(const struct ctl *ctl, const json_t *answer)
{
	static const char *const titles[] = { "CASE", "UNIT", "CLASS", "SINCE", "WHEN", NULL };
	struct table *t = table_new(titles);
	char time[TEXT_SHORT];
	json_t *c;
	size_t i;

	json_array_foreach(json_object_get(answer, "cases"), i, c) {
		table_text(t, ctl_text(c, "code"));
		table_text(t, ctl_text(c, "unit"));
		table_text(t, ctl_text(c, "class"));
		table_text(t, text_time(ctl_int(c, "since_ms"), time));
		table_text(t, ctl_true(c, "now") ? "next run" : "soon");
	}
	putchar('\n');
	table_end(t, stdout, ctl->colour, "No case is due.");
	if (ctl_true(answer, "more"))
		puts("(there are more than are shown)");
}

int cmd_retention_preview(struct ctl *ctl, const struct ctl_args *args)
{
	json_t *answer;
	int err = client_ask(ctl, json_pack("{s:s}", "op", "retention.preview"), &answer);

	(void)args;
	if (err || ctl_printed_json(ctl, answer))
		return err;
	print_numbers(ctl, answer, ">NEXT RUN");
	print_cases(ctl, answer);
	printf("\nCases under legal hold: %lld. Soon: within %lld days. Texts sent and numbers of a case go with it.\n"
		"hotlinectl case hold CODE on keeps a case.\n", (long long)ctl_int(answer, "held"), (long long)ctl_int(answer, "warn_days"));
	json_decref(answer);
	return CTL_OK;
}

/* A long run answers in pieces. What was erased in the pieces before is added up in total. */
static void add_up(json_t *total, const json_t *answer)
{
	static const char *const numbers[] = { "keys", "moved" };
	json_t *erase = json_object_get(total, "erase"), *count;
	const char *name;

	json_object_foreach(json_object_get(answer, "erase"), name, count)
		json_object_set_new(erase, name, json_integer(ctl_int(erase, name) + json_integer_value(count)));
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		json_object_set_new(total, numbers[i], json_integer(ctl_int(total, numbers[i]) + ctl_int(answer, numbers[i])));
	json_object_set(total, "soon", json_object_get(answer, "soon"));
	json_object_set(total, "held", json_object_get(answer, "held"));
}

int cmd_retention_run(struct ctl *ctl, const struct ctl_args *args)
{
	json_t *answer, *total = json_pack("{s:{}}", "erase");
	bool more = true;
	int err = CTL_OK;

	while (more && !err) {
		err = client_ask(ctl, json_pack("{s:s, s:b}", "op", "retention.run", "believe_clock", args->option[0] != NULL), &answer);
		if (err)
			break;
		add_up(total, answer);
		more = ctl_true(answer, "unfinished");
		json_decref(answer);
	}
	if (err || ctl->json) {
		if (!err)
			ctl_print_json(total);
		else
			json_decref(total);
		return err;
	}
	print_numbers(ctl, total, ">ERASED");
	printf("\nWeekly keys destroyed: %lld; texts moved to this week's key: %lld.\n", (long long)ctl_int(total, "keys"),
		(long long)ctl_int(total, "moved"));
	json_decref(total);
	return CTL_OK;
}

int cmd_case_hold(struct ctl *ctl, const struct ctl_args *args)
{
	bool on = strcmp(args->word[1], "on") == 0;
	json_t *answer;
	int err;

	if (!on && strcmp(args->word[1], "off") != 0)
		return ctl_fail(CTL_USAGE, "hold is on or off: hotlinectl case hold CODE on");
	err = client_ask_once(ctl, json_pack("{s:s, s:s, s:b}", "op", "case.hold", "code", args->word[0], "on", on), &answer);
	if (err || ctl_printed_json(ctl, answer))
		return err;
	printf("Case %s is %s.\n", ctl_text(answer, "code"), on ? "under legal hold: it is not erased until that ends" :
		"not under legal hold any more: it is erased when its time is over");
	json_decref(answer);
	return CTL_OK;
}
