/* hotlinectl modems: one line a modem, then what was plugged in and is not in the configuration. */
#include <stdio.h>
#include <string.h>

#include "ctl/list.h"
#include "ctl/text.h"

/* AT+CSQ 0..31 as people know it from a phone. */
static const char *bars(int64_t csq)
{
	return csq == 99 ? "-" : csq < 5 ? "weak" : csq < 12 ? "fair" : "good";
}

/* "5000 MNT", or "-" where it is not known. */
static const char *credit(const json_t *balance, char *out, size_t size)
{
	if (!balance)
		return "-";
	snprintf(out, size, "%lld %s", (long long)ctl_int(balance, "amount"), ctl_text(balance, "currency"));
	return out;
}

static void modem_row(struct table *t, const json_t *m, int64_t now_ms)
{
	char sim[48], text[48];

	table_text(t, ctl_text(m, "name"));
	list_word(t, *ctl_text(m, "state") ? ctl_text(m, "state") : "-");
	table_text(t, ctl_true(m, "reserved") ? "alerts" : "all");
	table_text(t, ctl_text(m, "operator"));
	table_text(t, bars(ctl_int(m, "signal")));
	snprintf(sim, sizeof(sim), "%lld/%lld", (long long)ctl_int(m, "sim_used"), (long long)ctl_int(m, "sim_total"));
	table_text(t, sim);
	table_text(t, credit(json_object_get(m, "balance"), text, sizeof(text)));
	if (ctl_true(json_object_get(m, "balance"), "low"))
		table_colour(t, COLOUR_RED);
	table_int(t, ctl_int(m, "received"));
	table_int(t, ctl_int(m, "refused"));
	table_int(t, ctl_int(m, "sent"));
	table_int(t, ctl_int(m, "failed"));
	table_int(t, ctl_int(m, "unknown"));
	table_int(t, ctl_int(m, "resets"));
	list_age(t, now_ms, ctl_int(m, "told_ms"));
	table_text(t, ctl_text(m, "detail"));
}

/* How often the worker had to do something about it; nothing for a modem that never failed. */
static void say_measures(const json_t *m)
{
	json_t *measures = json_object_get(m, "measures"), *times;
	const char *name, *between = ": ";

	if (ctl_int(m, "setups") <= 1)
		return;
	printf("\n%s was set up %lld times since its worker began", ctl_text(m, "name"), (long long)ctl_int(m, "setups"));
	json_object_foreach(measures, name, times) {
		if (json_integer_value(times) == 0)
			continue;
		printf("%s%s %lld", between, name, (long long)json_integer_value(times));
		between = ", ";
	}
	putchar('\n');
}

/* What was plugged in and is not in the configuration: the line to write there. */
static void say_adopted(const json_t *m)
{
	if (!ctl_true(m, "adopted"))
		return;
	if (ctl_true(m, "stranger"))
		printf("\n%s receives, but sends nothing to texters, because others are in hotlined.conf and it is not. Is it yours?",
			ctl_text(m, "name"));
	printf("\n%s, at %s, is not in hotlined.conf. To name it, set its PIN or reserve it, write among the modems there:\n"
		"  { name = \"%s\"; imei = \"%s\"; }\n", ctl_text(m, "name"), ctl_text(m, "port"), ctl_text(m, "name"),
		ctl_text(m, "imei"));
}

static void say_found(const json_t *f)
{
	const char *imei = ctl_text(f, "imei"), *port = ctl_text(f, "port"), *model = ctl_text(f, "model");

	printf("\nNot used: %s%s%s\n  %s\n", *port ? port : ctl_text(f, "name"), *model ? ", " : "", model, ctl_text(f, "why"));
	if (*imei)
		printf("  { name = \"...\"; imei = \"%s\"; }\n", imei);
}

static void say_more(const json_t *answer)
{
	const json_t *item;
	size_t i;

	json_array_foreach(json_object_get(answer, "modems"), i, item) {
		say_measures(item);
		say_adopted(item);
	}
	json_array_foreach(json_object_get(answer, "found"), i, item)
		say_found(item);
}

int cmd_modems(struct ctl *ctl, const struct ctl_args *args)
{
	static const char *const titles[] = { "MODEM", "STATE", "FOR", "OPERATOR", "SIGNAL", "SIM", "CREDIT", ">RECEIVED", ">REFUSED",
		">SENT", ">FAILED", ">UNKNOWN", ">RESETS", "TOLD", "DETAIL", NULL };
	static const struct list list = { "modems", "modems", titles, modem_row, "No modem is configured, and none was plugged in.",
		false };

	(void)args;
	return list_run_then(ctl, &list, NULL, say_more);
}
