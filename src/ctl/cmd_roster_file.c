/* roster reload, import, export: whole rosters, and calendars of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ctl/client.h"
#include "ctl/ical.h"
#include "ctl/text.h"

#define ROSTER_MOST 40000 /* octets, which one request carries */
#define NAMES_SIZE 512
#define ANSWERS_MOST 100

static int print_taken(const struct ctl *ctl, json_t *answer, const char *done)
{
	bool taken = ctl_true(answer, "taken");
	json_t *text;
	size_t i;

	if (ctl->json) {
		ctl_print_json(answer);
		return taken ? CTL_OK : CTL_FAILED;
	}
	json_array_foreach(json_object_get(answer, "errors"), i, text)
		fprintf(stderr, "%s\n", json_string_value(text));
	if (taken)
		puts(done);
	else
		ctl_fail(CTL_FAILED, "refused with %lld errors; the old roster stays", (long long)ctl_int(answer, "count"));
	json_decref(answer);
	return taken ? CTL_OK : CTL_FAILED;
}

int cmd_roster_reload(struct ctl *ctl, const struct ctl_args *args)
{
	json_t *answer;
	int err = client_ask_once(ctl, json_pack("{s:s}", "op", "roster.reload"), &answer);

	(void)args;
	return err ? err : print_taken(ctl, answer, "The file is good (and in force, unless a roster was imported).");
}

/* The file, or standard input for "-"; NULL after saying why. The caller wipes and frees it. */
static char *read_whole(const char *path, size_t *len)
{
	FILE *f = ctl_open(path);
	char *text;

	if (!f)
		return NULL;
	text = hl_calloc(1, ROSTER_MOST + 2);
	*len = fread(text, 1, ROSTER_MOST + 1, f);
	if (f != stdin)
		fclose(f);
	if (*len > 0 && *len <= ROSTER_MOST)
		return text;
	ctl_fail(CTL_FAILED, *len ? "%s has more than %d octets: leave out its comments" : "%s is empty", path, ROSTER_MOST);
	explicit_bzero(text, ROSTER_MOST + 2);
	free(text);
	return NULL;
}

int cmd_roster_import(struct ctl *ctl, const struct ctl_args *args)
{
	json_t *request, *answer;
	size_t len;
	char *text;
	int err;

	if ((args->words == 0) != (args->option[0] != NULL))
		return ctl_fail(CTL_USAGE, "a FILE, or --file to go back to the configuration's");
	if (args->option[0]) {
		request = json_pack("{s:s, s:b}", "op", "roster.import", "file", 1);
	} else {
		text = read_whole(args->word[0], &len);
		if (!text)
			return CTL_FAILED;
		request = json_pack("{s:s, s:s%}", "op", "roster.import", "text", text, len);
		explicit_bzero(text, ROSTER_MOST + 2);
		free(text);
	}
	if (!request)
		return ctl_fail(CTL_FAILED, "the roster must be UTF-8");
	err = client_ask_once(ctl, request, &answer);
	return err ? err : print_taken(ctl, answer, args->option[0] ? "The file is in force again." :
		"It is in force instead of the file, until hotlinectl roster import --file.");
}

/* ---- export ------------------------------------------------------------------------------------------------------- */

static void names_of(const json_t *list, char out[NAMES_SIZE])
{
	size_t at = 0, i;
	json_t *name;

	out[0] = '\0';
	json_array_foreach(list, i, name) {
		const char *text = json_string_value(name);
		if (at + strlen(text) + 3 > NAMES_SIZE)
			return; /* whole names only: half a character would be none */
		at += (size_t)snprintf(out + at, NAMES_SIZE - at, "%s%s", i ? ", " : "", text);
	}
}

/* Of rotation and beginning, not of the people: somebody who steps in changes the event, and makes no second one. */
static void write_event(const json_t *span, int64_t now_ms)
{
	char uid[96], summary[NAMES_SIZE + 64], names[NAMES_SIZE];
	uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a */
	const struct ical_event e = { uid, summary, ctl_text(span, "unit"), ctl_int(span, "from_ms"), ctl_int(span, "to_ms") };

	for (const char *c = ctl_text(span, "rotation"); *c; c++)
		hash = (hash ^ (unsigned char)*c) * UINT64_C(1099511628211);
	snprintf(uid, sizeof(uid), "%016llx-%lld@hotlined", (unsigned long long)hash, (long long)(e.from_ms / 1000));
	names_of(json_object_get(span, "people"), names);
	snprintf(summary, sizeof(summary), "%.15s %.31s: %s", ctl_text(span, "unit"), ctl_text(span, "rotation"), names);
	ical_event(stdout, &e, now_ms);
}

static void write_line(const json_t *span)
{
	char names[NAMES_SIZE];

	names_of(json_object_get(span, "people"), names);
	printf("%s\t%s\t%s\t%s\t%s\n", ctl_text(span, "from"), ctl_text(span, "to"), ctl_text(span, "unit"), ctl_text(span, "rotation"), names);
}

/* All spans, in as many answers as it takes. */
static int ask_spans(struct ctl *ctl, int64_t days, json_t **spans)
{
	json_t *request = json_pack("{s:s, s:I}", "op", "roster.spans", "days", (json_int_t)days), *answer;
	bool more = true;
	int err = 0;

	*spans = json_array();
	for (int n = 0; !err && more && n < ANSWERS_MOST; n++) {
		err = client_ask(ctl, json_deep_copy(request), &answer);
		if (err)
			break;
		json_array_extend(*spans, json_object_get(answer, "spans"));
		more = ctl_true(answer, "more");
		json_object_set_new(request, "after_rotation", json_integer(ctl_int(answer, "after_rotation")));
		json_object_set_new(request, "after_ms", json_integer(ctl_int(answer, "after_ms")));
		json_decref(answer);
	}
	json_decref(request);
	return err;
}

int cmd_roster_export(struct ctl *ctl, const struct ctl_args *args)
{
	int64_t days = args->option[1] ? strtoll(args->option[1], NULL, 10) : 30;
	json_t *spans, *span;
	size_t i;
	int err;

	if (days < 1 || days > 366)
		return ctl_fail(CTL_USAGE, "--days is 1 to 366");
	err = ask_spans(ctl, days, &spans);
	if (err) {
		json_decref(spans);
		return err;
	}
	if (ctl->json) {
		ctl_print_json(json_pack("{s:o}", "spans", spans));
		return CTL_OK;
	}
	if (args->option[0])
		ical_begin(stdout, "-//hotlined//roster//EN");
	json_array_foreach(spans, i, span) {
		if (args->option[0])
			write_event(span, text_now_ms());
		else
			write_line(span);
	}
	if (args->option[0])
		ical_end(stdout);
	json_decref(spans);
	return CTL_OK;
}
