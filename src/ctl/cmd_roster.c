/* roster show, who, override: who is on duty, and who is instead. Times are those of the core's time zone. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ctl/client.h"
#include "ctl/list.h"
#include "ctl/text.h"

#define NAMES_SIZE 512

/* The names, a comma between; "nobody" for none. */
static const char *names_of(const json_t *list, char out[NAMES_SIZE])
{
	size_t at = 0, i;
	json_t *name;

	snprintf(out, NAMES_SIZE, "nobody");
	json_array_foreach(list, i, name) {
		if (at < NAMES_SIZE)
			at += (size_t)snprintf(out + at, NAMES_SIZE - at, "%s%s", i ? ", " : "", json_string_value(name));
	}
	return out;
}

static void cell_names(struct table *t, const json_t *list)
{
	char names[NAMES_SIZE];

	table_text(t, names_of(list, names));
	if (json_array_size(list) == 0)
		table_colour(t, COLOUR_RED);
}

static void show_people(const struct ctl *ctl, const json_t *people)
{
	static const char *const titles[] = { "PERSON", "ROLE", "UNIT", "LANGUAGE", "QUIET", NULL };
	struct table *t = table_new(titles);
	json_t *p;
	size_t i;

	json_array_foreach(people, i, p) {
		table_text(t, ctl_text(p, "name"));
		table_text(t, ctl_text(p, "role"));
		table_text(t, *ctl_text(p, "unit") ? ctl_text(p, "unit") : "-");
		table_text(t, ctl_text(p, "language"));
		table_text(t, *ctl_text(p, "quiet") ? ctl_text(p, "quiet") : "-");
	}
	table_end(t, stdout, ctl->colour, "The roster has nobody.");
	putchar('\n');
}

static void show_rotations(const struct ctl *ctl, const json_t *rotations)
{
	static const char *const titles[] = { "ROTATION", "UNIT", "SHIFT", "ON DUTY NOW", "PEOPLE", NULL };
	struct table *t = table_new(titles);
	json_t *r;
	size_t i;

	json_array_foreach(rotations, i, r) {
		table_text(t, ctl_text(r, "name"));
		table_text(t, ctl_text(r, "unit"));
		table_text(t, ctl_text(r, "shift"));
		cell_names(t, json_object_get(r, "now"));
		cell_names(t, json_object_get(r, "people"));
	}
	table_end(t, stdout, ctl->colour, "No rotations: all officers of a unit are always on duty, in the order of the roster.");
	putchar('\n');
}

static void show_overrides(const struct ctl *ctl, const json_t *overrides)
{
	static const char *const titles[] = { ">OVERRIDE", "UNIT", "ROTATION", "FROM", "TO", "ON DUTY INSTEAD", NULL };
	struct table *t = table_new(titles);
	json_t *o;
	size_t i;

	json_array_foreach(overrides, i, o) {
		if (ctl_int(o, "id"))
			table_int(t, ctl_int(o, "id"));
		else
			table_text(t, "file");
		table_text(t, ctl_text(o, "unit"));
		table_text(t, *ctl_text(o, "rotation") ? ctl_text(o, "rotation") : "all");
		table_text(t, ctl_text(o, "from"));
		table_text(t, ctl_text(o, "to"));
		cell_names(t, json_object_get(o, "people"));
	}
	table_end(t, stdout, ctl->colour, "No overrides.");
}

/* Only where somebody waits for a colleague. */
static void show_swaps(const struct ctl *ctl, const json_t *swaps)
{
	static const char *const titles[] = { "SWAP ASKED BY", "OF", "UNIT", "ROTATION", "FROM", "TO", "ANSWER UNTIL", NULL };
	static const char *const fields[] = { "asker", "taker", "unit", "rotation", "from", "to", "until" };
	struct table *t;
	json_t *o;
	size_t i;

	if (json_array_size(swaps) == 0)
		return;
	t = table_new(titles);
	putchar('\n');
	json_array_foreach(swaps, i, o)
		for (size_t k = 0; k < sizeof(fields) / sizeof(fields[0]); k++)
			table_text(t, ctl_text(o, fields[k]));
	table_end(t, stdout, ctl->colour, "");
}

static void show_cover(const struct ctl *ctl, const json_t *list, const char *what, const char *nothing)
{
	const char *titles[] = { what, "FROM", "TO", NULL };
	struct table *t = table_new(titles);
	json_t *c;
	size_t i;

	putchar('\n');
	json_array_foreach(list, i, c) {
		table_text(t, ctl_text(c, "unit"));
		table_text(t, ctl_text(c, "from"));
		table_text(t, ctl_text(c, "to"));
	}
	table_end(t, stdout, ctl->colour, nothing);
}

static int ask_show(struct ctl *ctl, json_t **answer)
{
	int err = client_ask(ctl, json_pack("{s:s}", "op", "roster.show"), answer);

	if (!err && ctl->json) {
		ctl_print_json(*answer);
		*answer = NULL;
	}
	return err;
}

int cmd_roster_show(struct ctl *ctl, const struct ctl_args *args)
{
	json_t *answer, *warning;
	int err = ask_show(ctl, &answer);
	size_t i;

	(void)args;
	if (err || !answer)
		return err;
	if (strcmp(ctl_text(answer, "source"), "import") == 0)
		printf("Imported by %s; the file is not used.\n", ctl_text(answer, "imported_by"));
	json_array_foreach(json_object_get(answer, "warnings"), i, warning)
		printf("%s! %s%s\n", colour_code(COLOUR_RED, ctl->colour), json_string_value(warning), colour_code(COLOUR_NONE, ctl->colour));
	show_people(ctl, json_object_get(answer, "people"));
	show_rotations(ctl, json_object_get(answer, "rotations"));
	show_overrides(ctl, json_object_get(answer, "overrides"));
	show_swaps(ctl, json_object_get(answer, "swaps"));
	show_cover(ctl, json_object_get(answer, "gaps"), "NOBODY OF", "No gaps within 30 days.");
	show_cover(ctl, json_object_get(answer, "double"), "DOUBLE COVER OF", "No double cover within 30 days.");
	json_decref(answer);
	return CTL_OK;
}

int cmd_roster_who(struct ctl *ctl, const struct ctl_args *args)
{
	char names[NAMES_SIZE];
	json_t *answer, *u;
	size_t i;
	int err = client_ask(ctl, json_pack("{s:s, s:s*}", "op", "roster.who", "at", args->option[0]), &answer);

	if (err || ctl_printed_json(ctl, answer))
		return err;
	json_array_foreach(json_object_get(answer, "units"), i, u)
		printf("%s: %s%s%s\n", ctl_text(u, "unit"), names_of(json_object_get(u, "people"), names), *ctl_text(u, "until") ? ", until " : "",
			ctl_text(u, "until"));
	if (json_array_size(json_object_get(answer, "units")) == 0)
		puts("No rotations: all officers of a unit are always on duty, in the order of the roster.");
	json_decref(answer);
	return CTL_OK;
}

int cmd_roster_override_list(struct ctl *ctl, const struct ctl_args *args)
{
	json_t *answer;
	int err = ask_show(ctl, &answer);

	(void)args;
	if (err || !answer)
		return err;
	show_overrides(ctl, json_object_get(answer, "overrides"));
	json_decref(answer);
	return CTL_OK;
}

int cmd_roster_override_add(struct ctl *ctl, const struct ctl_args *args)
{
	const char *const *o = args->option; /* from, to, unit, rotation, nobody */
	json_t *people = json_array(), *request, *answer;
	int err;

	for (size_t i = 0; i < args->words; i++)
		json_array_append_new(people, json_string(args->word[i]));
	if ((args->words == 0) != (o[4] != NULL) || !o[1]) {
		json_decref(people);
		return ctl_fail(CTL_USAGE, !o[1] ? "until when? --to \"2026-12-24 08:00\"" : "who? Names of the roster, or --nobody");
	}
	request = json_pack("{s:s, s:o, s:s*, s:s, s:s*, s:s*}", "op", "roster.override.add", "people", people, "from", o[0], "to", o[1], "unit",
		o[2], "rotation", o[3]);
	if (!request)
		return ctl_fail(CTL_USAGE, "names must be valid UTF-8");
	err = client_ask_once(ctl, request, &answer);
	if (err || ctl_printed_json(ctl, answer))
		return err;
	printf("Override %lld of %s.\n", (long long)ctl_int(answer, "override"), ctl_text(answer, "unit"));
	json_decref(answer);
	return CTL_OK;
}

int cmd_roster_override_remove(struct ctl *ctl, const struct ctl_args *args)
{
	char *end;
	long long id = strtoll(args->word[0], &end, 10);
	json_t *answer;
	int err;

	if (*end || id <= 0)
		return ctl_fail(CTL_USAGE, "\"%s\" is no number of hotlinectl roster override list", args->word[0]);
	err = client_ask_once(ctl, json_pack("{s:s, s:I}", "op", "roster.override.remove", "override", (json_int_t)id), &answer);
	if (err || ctl_printed_json(ctl, answer))
		return err;
	printf("Override %lld has ended.\n", id);
	json_decref(answer);
	return CTL_OK;
}
