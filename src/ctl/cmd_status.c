/* status: warnings first, then what a person at the desk asks next. */
#include <stdio.h>
#include <string.h>

#include "ctl/client.h"
#include "ctl/table.h"
#include "ctl/text.h"

static void print_head(const struct ctl *ctl, const json_t *s)
{
	char up[TEXT_SHORT], size[TEXT_SHORT];
	const json_t *warnings = json_object_get(s, "warnings");
	const json_t *roster = json_object_get(s, "roster");

	printf("hotlined %s, up %s, database %s, officers: %lld, coordinators: %lld\n", ctl_text(s, "version"),
		text_span(ctl_int(s, "uptime_s"), up), text_bytes(ctl_int(s, "database_bytes"), size),
		(long long)ctl_int(roster, "officers"), (long long)ctl_int(roster, "coordinators"));
	for (size_t i = 0; i < json_array_size(warnings); i++)
		printf("%s! %s%s\n", colour_code(COLOUR_RED, ctl->colour), json_string_value(json_array_get(warnings, i)),
			colour_code(COLOUR_NONE, ctl->colour));
	putchar('\n');
}

static void print_modems(const struct ctl *ctl, json_t *modems)
{
	static const char *const titles[] = { "MODEM", "STATE", "SIM", ">RECEIVED", ">SENT", ">FAILED", ">RESETS", "TOLD",
		NULL };
	struct table *t = table_new(titles);
	char text[64], age[TEXT_SHORT];
	const char *name;
	json_t *m;

	json_object_foreach(modems, name, m) {
		const char *state = *ctl_text(m, "state") ? ctl_text(m, "state") : "-";
		table_text(t, name);
		table_text(t, state);
		table_colour(t, colour_of_word(state));
		snprintf(text, sizeof(text), "%lld/%lld", (long long)ctl_int(m, "sim_used"), (long long)ctl_int(m, "sim_total"));
		table_text(t, text);
		table_int(t, ctl_int(m, "received"));
		table_int(t, ctl_int(m, "sent"));
		table_int(t, ctl_int(m, "failed"));
		table_int(t, ctl_int(m, "resets"));
		table_text(t, text_age(text_now_ms(), ctl_int(m, "told_ms"), age));
	}
	table_end(t, stdout, ctl->colour, "No modem is configured.");
	putchar('\n');
}

/* "12 min ago" of each way to end, and why it failed where that was the last. */
static void print_notify(const struct ctl *ctl, const json_t *notify)
{
	static const char *const titles[] = { "NOTIFY", "STATE", "LAST SENT", "LAST FAILED", "WHY", NULL };
	static const char *const channels[] = { "mail", "webhook" };
	const char *state = ctl_true(notify, "ready") ? "ready" : ctl_true(notify, "connected") ? "waits" : "absent";
	struct table *t;
	char age[TEXT_SHORT];

	if (!notify)
		return;
	t = table_new(titles);
	for (size_t i = 0; i < sizeof(channels) / sizeof(*channels); i++) {
		const json_t *c = json_object_get(notify, channels[i]);
		table_text(t, channels[i]);
		table_text(t, state);
		table_colour(t, colour_of_word(state));
		table_text(t, ctl_int(c, "sent_ms") ? text_age(text_now_ms(), ctl_int(c, "sent_ms"), age) : "-");
		table_text(t, ctl_int(c, "failed_ms") ? text_age(text_now_ms(), ctl_int(c, "failed_ms"), age) : "-");
		table_text(t, ctl_true(c, "fails") ? ctl_text(c, "why") : "");
	}
	table_end(t, stdout, ctl->colour, "");
	if (*ctl_text(notify, "detail"))
		printf("%s\n", ctl_text(notify, "detail"));
	putchar('\n');
}

static void print_outbox(const struct ctl *ctl, json_t *lanes)
{
	static const char *const states[] = { "queued", "leased", "submitting", "sent", "delivered", "undelivered", "failed",
		"unknown", "cancelled" };
	static const char *const titles[] = { "OUTBOX", ">QUEUED", ">LEASED", ">SUBMITTING", ">SENT", ">DELIVERED",
		">UNDELIVERED", ">FAILED", ">UNKNOWN", ">CANCELLED", NULL };
	struct table *t = table_new(titles);
	const char *lane;
	json_t *counts;

	json_object_foreach(lanes, lane, counts) {
		table_text(t, lane);
		for (size_t i = 0; i < sizeof(states) / sizeof(*states); i++) {
			table_int(t, ctl_int(counts, states[i]));
			if (i >= 5 && ctl_int(counts, states[i]))
				table_colour(t, colour_of_word(states[i]));
		}
	}
	table_end(t, stdout, ctl->colour, "The outbox has no lanes.");
	putchar('\n');
}

/* "Alerts: created 1, handed 0 ..." */
static void print_counts(const char *title, json_t *counts)
{
	const char *name, *between = " ";
	json_t *value;

	printf("%s:", title);
	json_object_foreach(counts, name, value) {
		printf("%s%s %lld", between, name, (long long)json_integer_value(value));
		between = ", ";
	}
	putchar('\n');
}

int cmd_status(struct ctl *ctl, const struct ctl_args *args)
{
	json_t *s;
	int err = client_ask(ctl, json_pack("{s:s}", "op", "status"), &s);

	(void)args;
	if (err || ctl_printed_json(ctl, s))
		return err;
	print_head(ctl, s);
	print_modems(ctl, json_object_get(s, "modems"));
	print_notify(ctl, json_object_get(s, "notify"));
	print_outbox(ctl, json_object_get(s, "outbox"));
	print_counts("Alerts", json_object_get(s, "alerts"));
	print_counts("Counters", json_object_get(s, "counters"));
	json_decref(s);
	return CTL_OK;
}
