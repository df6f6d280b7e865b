/* case show, and a case in a few lines. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ctl/case_print.h"
#include "ctl/client.h"
#include "ctl/marked.h"
#include "ctl/table.h"
#include "ctl/text.h"

void case_print(const struct ctl *ctl, const json_t *c)
{
	char opened[TEXT_SHORT], age[TEXT_SHORT], khoroo[32] = "";
	const char *urgency = ctl_text(c, "urgency"), *owner = ctl_text(c, "owner"), *district = ctl_text(c, "district");

	if (ctl_int(c, "khoroo"))
		snprintf(khoroo, sizeof(khoroo), ", khoroo %lld", (long long)ctl_int(c, "khoroo"));
	printf("%sCase %s%s  %s%s%s, %s", colour_code(COLOUR_BOLD, ctl->colour), ctl_text(c, "code"),
		colour_code(COLOUR_NONE, ctl->colour), colour_code(colour_of_word(urgency), ctl->colour), urgency,
		colour_code(COLOUR_NONE, ctl->colour), ctl_text(c, "state"));
	printf(*owner ? " (%s)\n" : "%s\n", owner);
	printf("About: %s, %s%s; place: %s%s; unit %s\n", ctl_text(c, "kind"), ctl_text(c, "exploitation"),
		ctl_true(c, "child") ? ", a child is mentioned" : "", *district ? district : "not named", khoroo, ctl_text(c,
		"unit"));
	if (ctl_int(c, "due_ms"))
		printf("Waits for %s: %s%s\n", ctl_text(c, "waits_for"), text_time(ctl_int(c, "due_ms"), opened),
			ctl_true(c, "overdue") ? ", OVERDUE" : "");
	if (*ctl_text(c, "reason"))
		printf("Closed: %s %s\n", ctl_text(c, "reason"), ctl_text(c, "merged_into"));
	if (ctl_int(c, "corroboration"))
		printf("Other senders who seem to tell of the same: %lld\n", (long long)ctl_int(c, "corroboration"));
	printf("Opened %s (%s); texts: %lld\n", text_time(ctl_int(c, "opened_ms"), opened),
		text_age(text_now_ms(), ctl_int(c, "opened_ms"), age), (long long)ctl_int(c, "messages"));
}

/* What stands above a text: when, which way, what triage made of it, what is wrong with it. */
static void print_message_head(const struct ctl *ctl, const json_t *m)
{
	bool in = strcmp(ctl_text(m, "direction"), "in") == 0;
	char time[TEXT_SHORT];

	bool note = strcmp(ctl_text(m, "direction"), "note") == 0;

	printf("\n%s%lld %s %s%s", colour_code(COLOUR_BOLD, ctl->colour), (long long)ctl_int(m, "id"),
		in ? "<- in " : note ? "   note" : "-> out", text_time(ctl_int(m, "time_ms"), time),
		colour_code(COLOUR_NONE, ctl->colour));
	if (*ctl_text(m, "author"))
		printf("  by %s", ctl_text(m, "author"));
	if (ctl_true(m, "other_phone"))
		fputs("  (from another phone)", stdout);
	if (in)
		printf("  %s, %s, %s%s%s", ctl_text(m, "kind"), ctl_text(m, "urgency"), ctl_text(m, "exploitation"),
			*ctl_text(m, "district") ? ", " : "", ctl_text(m, "district"));
	if (ctl_int(m, "parts_missing"))
		printf("  (%lld of %lld parts are missing)", (long long)ctl_int(m, "parts_missing"), (long long)ctl_int(m, "parts"));
	if (ctl_true(m, "damaged"))
		fputs("  (damaged on the way)", stdout);
	putchar('\n');
}

static size_t read_spans(const json_t *cues, struct span *spans)
{
	size_t count = 0, i;
	json_t *cue;

	json_array_foreach(cues, i, cue) {
		if (count < MARKED_SPANS_MAX && ctl_int(cue, "start") >= 0 && ctl_int(cue, "end") > ctl_int(cue, "start"))
			spans[count++] = (struct span){ (size_t)ctl_int(cue, "start"), (size_t)ctl_int(cue, "end") };
	}
	return count;
}

static void print_cues(const json_t *cues)
{
	const char *between = "   cues: ";
	json_t *cue;
	size_t i;

	json_array_foreach(cues, i, cue) {
		printf("%s%s (%s %lld)", between, ctl_text(cue, "stem"), ctl_text(cue, "category"),
			(long long)ctl_int(cue, "weight"));
		between = ", ";
	}
	if (json_array_size(cues))
		putchar('\n');
}

/* Which question it is, or answers, and how the answer was read; the other case of a texter whose case is apart. */
static void print_dialogue(const json_t *m)
{
	const json_t *answer = json_object_get(m, "answer");

	if (ctl_int(m, "question"))
		printf("   question %lld\n", (long long)ctl_int(m, "question"));
	if (answer)
		printf("   answer to question %lld%s%s\n", (long long)ctl_int(answer, "question"), *ctl_text(answer, "value") ? ": " : "",
			ctl_text(answer, "value"));
	if (*ctl_text(m, "related"))
		printf("   the same texter has case %s, whose people know nothing of this one\n", ctl_text(m, "related"));
}

static void print_message(const struct ctl *ctl, const json_t *m)
{
	const json_t *text = json_object_get(m, "text"), *cues = json_object_get(m, "cues");
	struct span spans[MARKED_SPANS_MAX];

	print_message_head(ctl, m);
	if (!json_is_string(text)) {
		printf("   (locked: %s)\n", *ctl_text(m, "locked") ? ctl_text(m, "locked") : "log in to read it");
		return;
	}
	marked_print(stdout, json_string_value(text), json_string_length(text), spans, read_spans(cues, spans), ctl->colour);
	if (ctl_true(m, "cut"))
		puts("   (the rest is too long to show)");
	print_cues(cues);
	print_dialogue(m);
}

static void print_links(const json_t *answer)
{
	json_t *item;
	size_t i;

	json_array_foreach(json_object_get(answer, "links"), i, item)
		printf("%sCase %s: %s\n", i ? "" : "\nSee also:\n", ctl_text(item, "code"), ctl_text(item, "kind"));
	json_array_foreach(json_object_get(answer, "outcomes"), i, item)
		printf("%s%s (%s%s%s)%s\n", i ? "" : "\nOutcomes:\n", ctl_text(item, "outcome"), ctl_text(item, "person"),
			*ctl_text(item, "second") ? ", " : "", ctl_text(item, "second"),
			ctl_true(item, "counts") ? "" : ": waits for a second person");
	json_array_foreach(json_object_get(answer, "referrals"), i, item)
		printf("%s%s (%s)\n", i ? "" : "\nReferred to:\n", ctl_text(item, "agency"), ctl_text(item, "person"));
}

/* The rest of a long case comes in further answers; its messages join the first one's. */
static int ask_rest(struct ctl *ctl, const char *code, json_t *answer)
{
	json_t *messages = json_object_get(answer, "messages"), *next;
	bool more = ctl_true(answer, "more");

	while (more) {
		const json_t *last = json_array_get(messages, json_array_size(messages) - 1);
		int err = client_ask(ctl, json_pack("{s:s, s:s, s:I}", "op", "case.show", "code", code, "after",
			(json_int_t)ctl_int(last, "id")), &next);
		if (err)
			return err;
		more = ctl_true(next, "more") && json_array_size(json_object_get(next, "messages")) > 0;
		json_array_extend(messages, json_object_get(next, "messages"));
		json_decref(next);
	}
	json_object_del(answer, "more");
	return CTL_OK;
}

int cmd_case_show(struct ctl *ctl, const struct ctl_args *args)
{
	json_t *answer, *m;
	size_t i;
	int err = client_ask(ctl, json_pack("{s:s, s:s}", "op", "case.show", "code", args->word[0]), &answer);

	if (!err)
		err = ask_rest(ctl, args->word[0], answer);
	if (err) {
		json_decref(answer);
		return err;
	}
	if (ctl->json) {
		ctl_print_json(answer);
		return CTL_OK;
	}
	case_print(ctl, json_object_get(answer, "case"));
	if (ctl_true(answer, "held"))
		puts("Legal hold: it is not erased, whatever its age.");
	json_array_foreach(json_object_get(answer, "messages"), i, m)
		print_message(ctl, m);
	print_links(answer);
	json_decref(answer);
	return CTL_OK;
}
