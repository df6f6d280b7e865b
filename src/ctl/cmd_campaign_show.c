/* campaign list, show, preview, progress, unknown. */
#include <stdio.h>
#include <string.h>

#include "ctl/client.h"
#include "ctl/list.h"
#include "ctl/table.h"
#include "ctl/text.h"

#define PREVIEW_S 120 /* a plan of many people while much else happens */

static int64_t states_sum(const json_t *campaign, const char *const *names)
{
	const json_t *r = json_object_get(campaign, "recipients");
	int64_t n = 0;

	for (; *names; names++)
		n += ctl_int(r, *names);
	return n;
}

static const char *const gone[] = { "sent", "delivered", "undelivered", NULL };
static const char *const open[] = { "waiting", "queued", NULL };
static const char *const bad[] = { "failed", NULL };
static const char *const unknown[] = { "unknown", NULL };
static const char *const skipped[] = { "skipped", NULL };

static void print_row(struct table *t, const json_t *c, int64_t now_ms)
{
	table_text(t, ctl_text(c, "name"));
	table_text(t, ctl_text(c, "kind"));
	list_word(t, ctl_text(c, "state"));
	table_int(t, states_sum(c, gone));
	table_int(t, states_sum(c, open));
	table_int(t, states_sum(c, bad));
	table_int(t, states_sum(c, unknown));
	table_int(t, states_sum(c, skipped));
	table_text(t, ctl_text(c, "made_by"));
	list_age(t, now_ms, ctl_int(c, "made_ms"));
}

int cmd_campaign_list(struct ctl *ctl, const struct ctl_args *args)
{
	static const char *const titles[] = { "NAME", "KIND", "STATE", ">SENT", ">LEFT", ">FAILED", ">UNKNOWN", ">SKIPPED", "BY", "MADE", NULL };
	static const struct list list = { "campaign.list", "campaigns", titles, print_row, "There is no campaign.", true };

	return list_run(ctl, &list, args->option[0] ? json_pack("{s:b}", "all", 1) : NULL);
}

/* ---- texts ---------------------------------------------------------------------------------------------------------------------- */

static void print_texts(const json_t *texts)
{
	const json_t *t;
	size_t i;

	json_array_foreach(texts, i, t) {
		printf("%s (%s): %lld units of %s, %lld short message%s%s%s\n", ctl_text(t, "what"), ctl_text(t, "language"),
			(long long)ctl_int(t, "units"), ctl_text(t, "coding"), (long long)ctl_int(t, "parts"), ctl_int(t, "parts") == 1 ? "" : "s",
			*ctl_text(t, "forced_by") ? ", because of " : "", ctl_text(t, "forced_by"));
		printf("    %s\n", *ctl_text(t, "error") ? ctl_text(t, "error") : ctl_text(t, "text"));
	}
}

static void print_head(const json_t *c)
{
	char when[TEXT_SHORT];

	printf("%s: %s, %s%s%s\n", ctl_text(c, "name"), ctl_text(c, "kind"), ctl_text(c, "state"), *ctl_text(c, "why") ? ": " : "",
		ctl_text(c, "why"));
	printf("Made by %s, %s", ctl_text(c, "made_by"), text_time(ctl_int(c, "made_ms"), when));
	if (ctl_int(c, "approved_ms"))
		printf("; approved by %s, %s", ctl_text(c, "approved_by"), text_time(ctl_int(c, "approved_ms"), when));
	if (ctl_int(c, "start_ms"))
		printf("; to start %s", text_time(ctl_int(c, "start_ms"), when));
	if (ctl_int(c, "started_ms"))
		printf("; started %s", text_time(ctl_int(c, "started_ms"), when));
	if (ctl_int(c, "expires_ms"))
		printf("; too old to send from %s", text_time(ctl_int(c, "expires_ms"), when));
	if (ctl_int(c, "answers_until_ms"))
		printf("; answers until %s", text_time(ctl_int(c, "answers_until_ms"), when));
	puts(".");
}

static int ask(struct ctl *ctl, const char *op, const char *name, int seconds, json_t **answer)
{
	int err = client_ask_within(ctl, json_pack("{s:s, s:s}", "op", op, "name", name), seconds, answer);

	if (err || !ctl->json)
		return err;
	ctl_print_json(*answer);
	*answer = NULL;
	return CTL_OK;
}

int cmd_campaign_show(struct ctl *ctl, const struct ctl_args *args)
{
	json_t *answer;
	int err = ask(ctl, "campaign.show", args->word[0], CTL_ANSWER_S, &answer);

	if (err || !answer)
		return err;
	print_head(json_object_get(answer, "campaign"));
	print_texts(json_object_get(answer, "texts"));
	printf("\n%s\n", ctl_text(answer, "definition"));
	json_decref(answer);
	return CTL_OK;
}

/* ---- preview -------------------------------------------------------------------------------------------------------------------- */

static void print_sums(const struct ctl *ctl, const json_t *list, const char *key, const char *title, const char *cost_title)
{
	const char *titles[] = { title, ">PEOPLE", ">SHORT MESSAGES", cost_title, NULL };
	struct table *t = table_new(titles);
	const json_t *o;
	size_t i;

	json_array_foreach(list, i, o) {
		table_text(t, *ctl_text(o, key) ? ctl_text(o, key) : "not known");
		table_int(t, ctl_int(o, "recipients"));
		table_int(t, ctl_int(o, "parts"));
		table_int(t, ctl_int(o, "cost"));
	}
	table_end(t, stdout, ctl->colour, "");
}

static void print_time(int64_t seconds)
{
	char span[TEXT_SHORT];

	if (seconds < 0)
		puts("No modem is ready that could send it: hotlinectl modems");
	else
		printf("It takes about %s, its hours included.\n", text_span(seconds, span));
}

int cmd_campaign_preview(struct ctl *ctl, const struct ctl_args *args)
{
	char cost[32];
	json_t *answer;
	const json_t *o;
	size_t i;
	int err = ask(ctl, "campaign.preview", args->word[0], PREVIEW_S, &answer);

	if (err || !answer)
		return err;
	print_head(json_object_get(answer, "campaign"));
	print_texts(json_object_get(answer, "texts"));
	snprintf(cost, sizeof(cost), ">COST %s", ctl_text(answer, "currency"));
	printf("\n%lld people, %lld short messages, cost %lld %s.\n\n", (long long)ctl_int(answer, "recipients"), (long long)ctl_int(answer, "parts"),
		(long long)ctl_int(answer, "cost"), ctl_text(answer, "currency"));
	print_sums(ctl, json_object_get(answer, "operators"), "operator", "OPERATOR", cost);
	print_sums(ctl, json_object_get(answer, "districts"), "district", "DISTRICT", cost);
	json_array_foreach(json_object_get(answer, "left_out"), i, o)
		printf("Left out: %lld, %s\n", (long long)ctl_int(o, "people"), ctl_text(o, "reason"));
	print_time(ctl_int(answer, "takes_s"));
	if (ctl_int(answer, "recipients") < ctl_int(answer, "least"))
		printf("Too few: a campaign has at least %lld recipients (campaign_least).\n", (long long)ctl_int(answer, "least"));
	if (ctl_true(answer, "two_people"))
		puts("Somebody else than who made it must approve it.");
	json_decref(answer);
	return CTL_OK;
}

/* ---- progress ------------------------------------------------------------------------------------------------------------------- */

int cmd_campaign_progress(struct ctl *ctl, const struct ctl_args *args)
{
	char span[TEXT_SHORT];
	const json_t *c;
	json_t *answer;
	int err = ask(ctl, "campaign.progress", args->word[0], CTL_ANSWER_S, &answer);

	if (err || !answer)
		return err;
	c = json_object_get(answer, "campaign");
	print_head(c);
	printf("%lld of %lld left; sent %lld, failed %lld, unknown %lld, skipped %lld.\n", (long long)ctl_int(answer, "left"),
		(long long)ctl_int(answer, "total"), (long long)states_sum(c, gone), (long long)states_sum(c, bad), (long long)states_sum(c, unknown),
		(long long)states_sum(c, skipped));
	printf("Spent %lld", (long long)ctl_int(c, "spent"));
	if (ctl_int(c, "budget"))
		printf(" of %lld", (long long)ctl_int(c, "budget"));
	printf("%s%s; %lld texts an hour of late.", *ctl_text(answer, "currency") ? " " : "", ctl_text(answer, "currency"),
		(long long)ctl_int(answer, "per_hour"));
	if (ctl_int(answer, "left_s") > 0)
		printf(" About %s left.", text_span(ctl_int(answer, "left_s"), span));
	putchar('\n');
	json_decref(answer);
	return CTL_OK;
}

static void print_unknown(struct table *t, const json_t *r, int64_t now_ms)
{
	table_int(t, ctl_int(r, "id"));
	table_text(t, ctl_text(r, "district"));
	table_text(t, ctl_text(r, "operator"));
	table_text(t, ctl_text(r, "modem"));
	list_age(t, now_ms, ctl_int(r, "updated_ms"));
	table_text(t, ctl_text(r, "why"));
}

int cmd_campaign_unknown(struct ctl *ctl, const struct ctl_args *args)
{
	static const char *const titles[] = { ">ID", "DISTRICT", "OPERATOR", "MODEM", "SINCE", "WHY", NULL };
	static const struct list list = { "campaign.unknown", "recipients", titles, print_unknown, "Nobody's text is unknown.", true };

	return list_run(ctl, &list, json_pack("{s:s}", "name", args->word[0]));
}
