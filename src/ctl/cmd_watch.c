/* watch: a line an event, until somebody ends it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctl/client.h"
#include "ctl/table.h"
#include "ctl/text.h"

#define KEYS_MAX 8

/* Which fields of an event people want to see, in this order; of other events all are shown. */
static const struct {
	const char *event, *keys[KEYS_MAX];
} shown[] = {
	{ "case", { "code", "state", "urgency", "kind", "exploitation", "district", "owner" } },
	{ "alert", { "change", "code", "priority", "type", "district", "person" } },
	{ "modem", { "name", "state", "detail" } },
	{ "quarantine", { "modem", "reason" } },
};

static void print_value(const struct ctl *ctl, const json_t *value)
{
	char *text;
	enum colour colour;

	if (json_is_string(value)) {
		text = text_safe(json_string_value(value), json_string_length(value));
		colour = colour_of_word(text);
		if (*text && strcmp(text, "none") != 0)
			printf("  %s%s%s", colour ? colour_code(colour, ctl->colour) : "", text,
				colour ? colour_code(COLOUR_NONE, ctl->colour) : "");
		free(text);
	} else if (json_is_integer(value)) {
		printf("  %lld", (long long)json_integer_value(value));
	} else if (json_is_true(value)) {
		fputs("  yes", stdout);
	}
}

static void print_rest(const struct ctl *ctl, json_t *event)
{
	const char *key;
	json_t *value;

	json_object_foreach(event, key, value) {
		if (strcmp(key, "event") != 0 && strcmp(key, "time_ms") != 0)
			print_value(ctl, value);
	}
}

static void print_event(const struct ctl *ctl, json_t *event)
{
	const char *name = ctl_text(event, "event");
	char time[TEXT_SHORT];
	size_t row = 0, rows = sizeof(shown) / sizeof(*shown);

	text_time(ctl_int(event, "time_ms"), time);
	printf("%s  %-10.20s", strlen(time) > 11 ? time + 11 : time, name);
	while (row < rows && strcmp(shown[row].event, name) != 0)
		row++;
	if (row == rows)
		print_rest(ctl, event);
	for (size_t i = 0; row < rows && i < KEYS_MAX && shown[row].keys[i]; i++)
		print_value(ctl, json_object_get(event, shown[row].keys[i]));
	putchar('\n');
}

/* One line of output; false where nobody reads it any more. Takes over the event. */
static bool tell(const struct ctl *ctl, json_t *event)
{
	if (ctl->json) {
		ctl_print_json(event);
	} else {
		print_event(ctl, event);
		json_decref(event);
	}
	return fflush(stdout) == 0;
}

int cmd_watch(struct ctl *ctl, const struct ctl_args *args)
{
	json_t *event;
	int err = client_ask(ctl, json_pack("{s:s}", "op", "watch"), &event);
	bool read = true;

	(void)args;
	if (!err) { /* who waits for events must know from when on they come */
		json_decref(event);
		read = tell(ctl, json_pack("{s:s, s:I}", "event", "watching", "time_ms", (json_int_t)text_now_ms()));
	}
	while (!err && read) {
		err = client_event(ctl, &event);
		if (!err)
			read = tell(ctl, event);
	}
	return err ? err : CTL_FAILED;
}
