/* campaign answers, sort, results, export, activities. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctl/client.h"
#include "ctl/list.h"
#include "ctl/text.h"
#include "text/csv.h"

/* ---- answers ----------------------------------------------------------------------------------------------------------- */

static void answer_row(struct table *t, const json_t *a, int64_t now_ms)
{
	table_int(t, ctl_int(a, "id"));
	table_int(t, ctl_int(a, "question"));
	list_age(t, now_ms, ctl_int(a, "time_ms"));
	table_text(t, *ctl_text(a, "district") ? ctl_text(a, "district") : "?");
	table_text(t, ctl_true(a, "late") ? "late" : "");
	table_text(t, *ctl_text(a, "words") ? ctl_text(a, "words") : *ctl_text(a, "code") ? ctl_text(a, "code") : "(for officers)");
}

int cmd_campaign_answers(struct ctl *ctl, const struct ctl_args *args)
{
	static const char *const titles[] = { ">ID", ">QUESTION", "CAME", "DISTRICT", "", "WORDS", NULL };
	static const struct list list = { "campaign.answers", "answers", titles, answer_row, "None.", true };

	return list_run(ctl, &list, json_pack("{s:s, s:b}", "name", args->word[0], "words", args->option[0] != NULL));
}

int cmd_campaign_sort(struct ctl *ctl, const struct ctl_args *args)
{
	char *end;
	long long id = strtoll(args->word[1], &end, 10);
	json_t *answer;
	int err;

	if (id <= 0 || *end)
		return ctl_fail(CTL_USAGE, "ID is a number of hotlinectl campaign answers");
	err = client_ask(ctl, json_pack("{s:s, s:s, s:I, s:s}", "op", "campaign.sort", "name", args->word[0], "answer", (json_int_t)id, "option",
		args->word[2]), &answer);
	if (err)
		return err;
	if (ctl->json)
		ctl_print_json(answer);
	else
		json_decref(answer);
	return CTL_OK;
}

/* ---- results ----------------------------------------------------------------------------------------------------------- */

static const char *const sums[] = { "recipients", "sent", "delivered", "failed", "unknown", "answered", "right", "late", "opted out", "tips" };
#define SUMS (sizeof(sums) / sizeof(sums[0]))

static void put_sums(struct table *t, const json_t *o, size_t first)
{
	for (size_t i = first; i < SUMS; i++) {
		const json_t *n = json_object_get(o, sums[i]);
		if (json_is_null(n))
			table_text(t, "few");
		else
			table_int(t, json_integer_value(n));
	}
}

static void print_questions(const struct ctl *ctl, const json_t *questions)
{
	static const char *const titles[] = { ">QUESTION", "OPTION", "", ">ANSWERS", NULL };
	static const char *const others[] = { "words", "none", "unread" };
	struct table *t = table_new(titles);
	const json_t *q, *o;
	size_t i, k;

	json_array_foreach(questions, i, q) {
		json_array_foreach(json_object_get(q, "options"), k, o) {
			table_int(t, ctl_int(q, "question"));
			table_text(t, ctl_text(o, "label"));
			table_text(t, ctl_true(o, "right") ? "right" : "");
			table_int(t, ctl_int(o, "answers"));
		}
		for (k = 0; k < 3; k++) {
			if (!ctl_int(q, others[k]))
				continue;
			table_int(t, ctl_int(q, "question"));
			table_text(t, others[k]);
			table_text(t, "");
			table_int(t, ctl_int(q, others[k]));
		}
	}
	table_end(t, stdout, ctl->colour, "No questions.");
}

static void print_parts(const struct ctl *ctl, const json_t *list, const char *key, const char *title)
{
	const char *titles[] = { title, ">PEOPLE", ">SENT", ">DELIVERED", ">FAILED", ">UNKNOWN", ">ANSWERED", ">RIGHT", ">LATE", ">OPTED OUT",
		">REPORTS", NULL };
	struct table *t = table_new(titles);
	const json_t *o;
	size_t i;

	json_array_foreach(list, i, o) {
		table_text(t, ctl_text(o, key));
		put_sums(t, o, 0);
	}
	putchar('\n');
	table_end(t, stdout, ctl->colour, "Nothing yet.");
}

int cmd_campaign_results(struct ctl *ctl, const struct ctl_args *args)
{
	json_t *answer, *all;
	int err = client_ask(ctl, json_pack("{s:s, s:s}", "op", "campaign.results", "name", args->word[0]), &answer);

	if (err)
		return err;
	if (ctl->json) {
		ctl_print_json(answer);
		return CTL_OK;
	}
	print_questions(ctl, json_object_get(answer, "questions"));
	all = json_deep_copy(json_object_get(answer, "districts"));
	json_array_append_new(all, json_deep_copy(json_object_get(answer, "total")));
	json_object_set_new(json_array_get(all, json_array_size(all) - 1), "district", json_string("ALL"));
	print_parts(ctl, all, "district", "DISTRICT");
	json_decref(all);
	print_parts(ctl, json_object_get(answer, "days"), "day", "DAY");
	printf("\nREPORTS: that followed within %lld days from who was reached; few: of so few people it is not told.\n",
		(long long)ctl_int(answer, "tip_days"));
	json_decref(answer);
	return CTL_OK;
}

/* ---- export ------------------------------------------------------------------------------------------------------------ */

static void write_row(const json_t *r)
{
	char n[24], question[24];

	snprintf(n, sizeof(n), "%lld", (long long)ctl_int(r, "n"));
	snprintf(question, sizeof(question), "%lld", (long long)ctl_int(r, "question"));
	csv_write(stdout, ctl_text(r, "day"), true);
	csv_write(stdout, *ctl_text(r, "district") ? ctl_text(r, "district") : "?", false);
	csv_write(stdout, ctl_text(r, "what"), false);
	csv_write(stdout, ctl_int(r, "question") ? question : "", false);
	csv_write(stdout, ctl_text(r, "option"), false);
	csv_write(stdout, n, false);
	csv_write_end(stdout);
}

int cmd_campaign_export(struct ctl *ctl, const struct ctl_args *args)
{
	json_t *answer, *r;
	int64_t after = 0;
	bool more = true;
	size_t i;
	int err = CTL_OK;

	fputs("day,district,what,question,option,number\r\n", stdout);
	while (!err && more) {
		err = client_ask(ctl, json_pack("{s:s, s:s, s:I}", "op", "campaign.rows", "name", args->word[0], "after", (json_int_t)after), &answer);
		if (err)
			break;
		json_array_foreach(json_object_get(answer, "rows"), i, r) {
			write_row(r);
			after = ctl_int(r, "id");
		}
		more = ctl_true(answer, "more") && i > 0;
		json_decref(answer);
	}
	return err;
}

/* ---- indicators -------------------------------------------------------------------------------------------------------- */

int cmd_campaign_activities(struct ctl *ctl, const struct ctl_args *args)
{
	static const char *const titles[] = { "DISTRICT", "", ">PEOPLE REACHED", NULL };
	json_t *answer, *d;
	struct table *t;
	size_t i;
	int err = client_ask(ctl, json_pack("{s:s, s:s, s:s}", "op", "campaign.activities", "from", args->word[0], "to", args->word[1]), &answer);

	if (err)
		return err;
	if (ctl->json) {
		ctl_print_json(answer);
		return CTL_OK;
	}
	printf("Indicator 4.1, districts engaged: %lld, %lld of them target districts\nIndicator 4.2, activities: %lld campaigns\n\n",
		(long long)ctl_int(answer, "districts_engaged"), (long long)ctl_int(answer, "target_districts_engaged"),
		(long long)ctl_int(answer, "activities"));
	t = table_new(titles);
	json_array_foreach(json_object_get(answer, "districts"), i, d) {
		table_text(t, ctl_text(d, "district"));
		table_text(t, ctl_true(d, "target") ? "target" : "");
		table_int(t, ctl_int(d, "people"));
	}
	table_end(t, stdout, ctl->colour, "Nobody was reached.");
	json_decref(answer);
	return CTL_OK;
}
