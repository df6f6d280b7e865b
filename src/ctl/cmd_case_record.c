/* What people record about a case: corrections, referrals, outcomes, notes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "ctl/case_print.h"
#include "ctl/client.h"
#include "ctl/list.h"
#include "ctl/text.h"

#define NOTE_MAX 4000

int cmd_case_relabel(struct ctl *ctl, const struct ctl_args *args)
{
	static const char *const fields[] = { "kind", "exploitation", "urgency", "child", "district" };
	json_t *request = json_pack("{s:s, s:s}", "op", "case.relabel", "code", args->word[0]);

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (args->option[i])
			json_object_set_new(request, fields[i], json_string(args->option[i]));
	return case_change(ctl, request);
}

/* ---- agencies ---------------------------------------------------------------------------------------------- */

static void words(const json_t *list, char *out, size_t size)
{
	size_t i, len = 0;
	json_t *word;

	*out = '\0';
	json_array_foreach(list, i, word) {
		snprintf(out + len, size - len, "%s%s", i ? " " : "", json_string_value(word) ? json_string_value(word) : "");
		len = strlen(out);
	}
}

static void agency_row(struct table *t, const json_t *a, int64_t now_ms)
{
	char tell[128];

	(void)now_ms;
	words(json_object_get(a, "tell"), tell, sizeof(tell));
	table_text(t, ctl_text(a, "name"));
	table_text(t, ctl_text(a, "title"));
	table_text(t, ctl_text(a, "channel"));
	table_text(t, ctl_text(a, "contact"));
	table_text(t, tell);
}

int cmd_agencies(struct ctl *ctl, const struct ctl_args *args)
{
	static const char *const titles[] = { "AGENCY", "NAME", "BY", "WHOM", "MAY BE TOLD", NULL };
	static const struct list list = { "agency.list", "agencies", titles, agency_row,
		"No agency is configured: agencies in hotlined.conf names the file.", false };

	(void)args;
	return list_run(ctl, &list, NULL);
}

static void tally_row(struct table *t, const json_t *tally, int64_t now_ms)
{
	(void)now_ms;
	table_text(t, ctl_text(tally, "topic"));
	table_text(t, ctl_text(tally, "key"));
	table_int(t, ctl_int(tally, "value"));
}

int cmd_tallies(struct ctl *ctl, const struct ctl_args *args)
{
	static const char *const titles[] = { "WHAT", "WHICH", ">TIMES", NULL };
	static const struct list list = { "tally.list", "tallies", titles, tally_row, "Nothing was counted yet.", false };

	(void)args;
	return list_run(ctl, &list, NULL);
}

/* What the officer may say, a line each. */
static void print_tell(const json_t *tell)
{
	const char *key;
	json_t *value;
	char time[TEXT_SHORT];

	json_object_foreach((json_t *)(uintptr_t)tell, key, value) {
		if (strcmp(key, "texts") == 0)
			puts("  texts: what they say, not the number");
		else if (strcmp(key, "opened") == 0)
			printf("  opened: %s\n", text_time(json_integer_value(value), time));
		else if (json_is_boolean(value))
			printf("  %s: %s\n", key, json_is_true(value) ? "yes" : "no");
		else if (json_is_integer(value))
			printf("  %s: %lld\n", key, (long long)json_integer_value(value));
		else
			printf("  %s: %s\n", key, *json_string_value(value) ? json_string_value(value) : "-");
	}
}

int cmd_case_refer(struct ctl *ctl, const struct ctl_args *args)
{
	const json_t *agency;
	json_t *answer;
	int err = client_ask_once(ctl, json_pack("{s:s, s:s, s:s}", "op", "case.refer", "code", args->word[0], "agency",
		args->word[1]), &answer);

	if (err || ctl_printed_json(ctl, answer))
		return err;
	agency = json_object_get(answer, "agency");
	case_print(ctl, json_object_get(answer, "case"));
	printf("\n%s %s by %s: %s\nSay this, and nothing else:\n", ctl_true(answer, "already") ? "Referred before: reach" : "Reach",
		ctl_text(agency, "title"), ctl_text(agency, "channel"), ctl_text(agency, "contact"));
	print_tell(json_object_get(answer, "tell"));
	json_decref(answer);
	return CTL_OK;
}

/* ---- outcomes and notes ------------------------------------------------------------------------------------ */

int cmd_case_outcome(struct ctl *ctl, const struct ctl_args *args)
{
	json_t *request = json_pack("{s:s, s:s, s:s}", "op", "case.outcome", "code", args->word[0], "outcome", args->word[1]),
		*answer;
	int err;

	if (args->option[0])
		json_object_set_new(request, "withdraw", json_true());
	err = client_ask_once(ctl, request, &answer);
	if (err || ctl_printed_json(ctl, answer))
		return err;
	case_print(ctl, json_object_get(answer, "case"));
	puts(ctl_true(answer, "waits") ? "Recorded; it counts once a second person of the unit records the same."
		: args->option[0] ? "Withdrawn." : "Recorded.");
	json_decref(answer);
	return CTL_OK;
}

int cmd_case_note(struct ctl *ctl, const struct ctl_args *args)
{
	char *text = hl_calloc(NOTE_MAX + 2, 1);
	json_t *request;
	size_t len;

	if (isatty(STDIN_FILENO))
		puts("The note; end it with Ctrl-D on a line of its own:");
	len = fread(text, 1, NOTE_MAX + 1, stdin);
	while (len && (text[len - 1] == '\n' || text[len - 1] == '\r'))
		text[--len] = '\0';
	request = len && len <= NOTE_MAX ? json_pack("{s:s, s:s, s:s#}", "op", "case.note", "code", args->word[0], "text", text,
		(int)len) : NULL;
	explicit_bzero(text, NOTE_MAX + 2);
	free(text);
	if (!request)
		return ctl_fail(CTL_USAGE, "a note has 1 to %d octets of UTF-8 on standard input", NOTE_MAX);
	return case_change(ctl, request);
}
