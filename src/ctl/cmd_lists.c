/* The commands that are one list each. */
#include <stdio.h>
#include <string.h>

#include "ctl/list.h"
#include "ctl/text.h"

static json_t *all_or_open(const struct ctl_args *args)
{
	return args->option[0] ? json_pack("{s:b}", "all", 1) : NULL;
}

/* ---- cases ----------------------------------------------------------------------------------- */

static void place(struct table *t, const json_t *c)
{
	char text[64];

	if (ctl_int(c, "khoroo"))
		snprintf(text, sizeof(text), "%.40s %lld", ctl_text(c, "district"), (long long)ctl_int(c, "khoroo"));
	else
		snprintf(text, sizeof(text), "%.40s", ctl_text(c, "district"));
	table_text(t, *text ? text : "-");
}

/* Nothing worth a look is no number. */
static void count(struct table *t, int64_t n)
{
	if (n)
		table_int(t, n);
	else
		table_text(t, "-");
}

static void due(struct table *t, const json_t *c, int64_t now_ms)
{
	char age[TEXT_SHORT], text[96];

	if (!ctl_int(c, "due_ms")) {
		table_text(t, "-");
		return;
	}
	text_age(now_ms, ctl_int(c, "due_ms"), age);
	snprintf(text, sizeof(text), "%s %s%s", ctl_text(c, "waits_for"), age, ctl_true(c, "overdue") ? " OVERDUE" : "");
	table_text(t, text);
	if (ctl_true(c, "overdue"))
		table_colour(t, COLOUR_RED);
}

static void case_row(struct table *t, const json_t *c, int64_t now_ms)
{
	const char *type = ctl_text(c, "exploitation");

	table_text(t, ctl_text(c, "code"));
	list_word(t, ctl_text(c, "urgency"));
	list_word(t, ctl_text(c, "state"));
	table_text(t, strcmp(ctl_text(c, "kind"), "tip") == 0 ? type : ctl_text(c, "kind"));
	place(t, c);
	table_text(t, *ctl_text(c, "owner") ? ctl_text(c, "owner") : "-");
	due(t, c, now_ms);
	table_text(t, ctl_true(c, "child") ? "child" : "-");
	table_text(t, ctl_text(c, "unit"));
	table_int(t, ctl_int(c, "messages"));
	count(t, ctl_int(c, "partial"));
	count(t, ctl_int(c, "corroboration"));
	list_age(t, now_ms, ctl_int(c, "opened_ms"));
	list_age(t, now_ms, ctl_int(c, "updated_ms"));
}

#define FILED_COUNTED 10000 /* the core counts no further */

/* What is not in the queue, and where it is. */
static void say_beside(const json_t *answer)
{
	long long filed = (long long)ctl_int(answer, "filed");

	if (filed)
		printf("Filed, nobody's work: %lld%s with answers to campaigns, STOP or START: hotlinectl queue --filed\n", filed,
			filed >= FILED_COUNTED ? " or more" : "");
	if (ctl_true(answer, "hidden"))
		printf("Open: %lld. People see those of their unit: hotlinectl --as NAME queue\n", (long long)ctl_int(answer, "open"));
}

int cmd_queue(struct ctl *ctl, const struct ctl_args *args)
{
	static const char *const titles[] = { "CASE", "URGENCY", "STATE", "ABOUT", "PLACE", "OWNER", "WAITS FOR", "CHILD",
		"UNIT", ">TEXTS", ">PARTIAL", ">OTHERS", "OPENED", "LAST", NULL };
	const struct list list = { "case.list", "cases", titles, case_row, args->option[3] ? "Nothing was filed." : "The queue is empty.", true };
	json_t *more = json_object();

	if (args->option[0])
		json_object_set_new(more, "all", json_true());
	if (args->option[1])
		json_object_set_new(more, "aside", json_true());
	if (args->option[2])
		json_object_set_new(more, "kind", json_string(args->option[2]));
	if (args->option[3])
		json_object_set_new(more, "filed", json_true());
	return list_run_then(ctl, &list, more, args->option[3] ? NULL : say_beside);
}

/* ---- drills ---------------------------------------------------------------------------------- */

static void drill_row(struct table *t, const json_t *d, int64_t now_ms)
{
	char text[64];

	table_text(t, ctl_text(d, "person"));
	list_age(t, now_ms, ctl_int(d, "sent_ms"));
	if (ctl_int(d, "answered_ms"))
		snprintf(text, sizeof(text), "after %lld s", (long long)(ctl_int(d, "answered_ms") - ctl_int(d, "sent_ms")) / 1000);
	else
		snprintf(text, sizeof(text), "%s", ctl_true(d, "missed") ? "NO" : "not yet");
	table_text(t, text);
	if (ctl_true(d, "missed") && !ctl_int(d, "answered_ms"))
		table_colour(t, COLOUR_RED);
}

int cmd_alert_drills(struct ctl *ctl, const struct ctl_args *args)
{
	static const char *const titles[] = { "PERSON", "SENT", "ANSWERED", NULL };
	static const struct list list = { "drill.list", "drills", titles, drill_row, "No drill yet: hotlinectl alert drill", false };

	(void)args;
	return list_run(ctl, &list, NULL);
}

/* ---- alerts and texts ------------------------------------------------------------------------ */

static void alert_row(struct table *t, const json_t *a, int64_t now_ms)
{
	bool taken = ctl_int(a, "acknowledged_ms") != 0;

	table_text(t, ctl_text(a, "code"));
	list_word(t, ctl_text(a, "urgency"));
	list_word(t, ctl_text(a, "state"));
	table_int(t, ctl_int(a, "step") + 1);
	list_age(t, now_ms, ctl_int(a, "created_ms"));
	if (taken)
		table_text(t, "-");
	else
		list_age(t, now_ms, now_ms + ctl_int(a, "due_s") * 1000);
	list_age(t, now_ms, ctl_int(a, "acknowledged_ms"));
	table_text(t, ctl_text(a, "acknowledged_by"));
}

int cmd_alerts(struct ctl *ctl, const struct ctl_args *args)
{
	static const char *const titles[] = { "CASE", "URGENCY", "STATE", ">STEP", "AGE", "NEXT", "TAKEN", "BY", NULL };
	static const struct list list = { "alert.list", "alerts", titles, alert_row, "No alert is open.", true };

	return list_run(ctl, &list, all_or_open(args));
}

static void outbox_row(struct table *t, const json_t *o, int64_t now_ms)
{
	table_int(t, ctl_int(o, "id"));
	table_text(t, ctl_text(o, "lane"));
	table_text(t, ctl_text(o, "purpose"));
	list_word(t, ctl_text(o, "state"));
	table_text(t, *ctl_text(o, "code") ? ctl_text(o, "code") : "-");
	table_text(t, ctl_text(o, "recipient"));
	table_text(t, *ctl_text(o, "modem") ? ctl_text(o, "modem") : "-");
	table_int(t, ctl_int(o, "attempts"));
	list_age(t, now_ms, ctl_int(o, "created_ms"));
	list_age(t, now_ms, ctl_int(o, "updated_ms"));
	table_text(t, ctl_text(o, "why"));
}

int cmd_outbox(struct ctl *ctl, const struct ctl_args *args)
{
	static const char *const titles[] = { ">ID", "LANE", "PURPOSE", "STATE", "CASE", "TO", "MODEM", ">TRIES", "AGE",
		"CHANGED", "WHY", NULL };
	static const struct list list = { "outbox.list", "outbox", titles, outbox_row, "Nothing waits to be sent.",
		true };

	return list_run(ctl, &list, all_or_open(args));
}

/* ---- people and records ---------------------------------------------------------------------- */

static void person_row(struct table *t, const json_t *p, int64_t now_ms)
{
	char time[TEXT_SHORT];

	(void)now_ms;
	table_text(t, ctl_text(p, "name"));
	table_text(t, ctl_text(p, "role"));
	table_text(t, *ctl_text(p, "unit") ? ctl_text(p, "unit") : "-");
	table_text(t, text_time(ctl_int(p, "created_ms"), time));
	table_text(t, text_time(ctl_int(p, "removed_ms"), time));
}

int cmd_person_list(struct ctl *ctl, const struct ctl_args *args)
{
	static const char *const titles[] = { "NAME", "ROLE", "UNIT", "ADDED", "REMOVED", NULL };
	static const struct list list = { "person.list", "people", titles, person_row,
		"Nobody yet: hotlinectl person add NAME --role ROLE", false };

	(void)args;
	return list_run(ctl, &list, NULL);
}

static void quarantine_row(struct table *t, const json_t *q, int64_t now_ms)
{
	table_int(t, ctl_int(q, "id"));
	table_text(t, ctl_text(q, "modem"));
	list_age(t, now_ms, ctl_int(q, "time_ms"));
	list_age(t, now_ms, ctl_int(q, "seen_ms"));
	table_text(t, ctl_text(q, "reason"));
	table_text(t, ctl_text(q, "raw"));
}

int cmd_quarantine(struct ctl *ctl, const struct ctl_args *args)
{
	static const char *const titles[] = { ">ID", "MODEM", "AGE", "SEEN", "REASON", "RAW", NULL };
	static const struct list list = { "quarantine.list", "quarantine", titles, quarantine_row,
		"Nothing is in quarantine.", false };

	(void)args;
	return list_run(ctl, &list, NULL);
}

static void audit_row(struct table *t, const json_t *a, int64_t now_ms)
{
	char time[TEXT_SHORT];

	(void)now_ms;
	table_int(t, ctl_int(a, "id"));
	table_text(t, text_time(ctl_int(a, "time_ms"), time));
	table_text(t, ctl_text(a, "actor"));
	table_text(t, ctl_text(a, "action"));
	table_text(t, ctl_text(a, "object"));
	table_text(t, ctl_text(a, "detail"));
}

int cmd_audit_list(struct ctl *ctl, const struct ctl_args *args)
{
	static const char *const titles[] = { ">ID", "TIME", "WHO", "DID", "TO", "DETAIL", NULL };
	const struct list list = { "audit.list", "audit", titles, audit_row, "The audit trail is empty.", args->option[0] != NULL };
	json_t *more = NULL;
	char *end;

	if (args->option[1]) {
		long long before = strtoll(args->option[1], &end, 10);
		if (before <= 0 || *end)
			return ctl_fail(CTL_USAGE, "--before is the number of an entry, as the list has them");
		more = json_pack("{s:I}", "after", (json_int_t)before);
	}
	return list_run(ctl, &list, more);
}
