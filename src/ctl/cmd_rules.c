/* rules check, explain and classify: triage at the desk, without a core. Texts are read, shown and forgotten. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ctl/marked.h"
#include "ctl/rules.h"
#include "ctl/table.h"

#define LEARNED_WORDS 8 /* that are shown */

int cmd_rules_check(struct ctl *ctl, const struct ctl_args *args)
{
	struct triage_rules *rules;
	size_t districts = 0;
	int err = rules_open(ctl, args, &rules);

	if (err)
		return err;
	while (triage_district_name(rules, districts, NULL))
		districts++;
	if (ctl->json)
		ctl_print_json(json_pack("{s:I, s:I, s:I}", "stems", (json_int_t)triage_rules_count(rules), "districts",
			(json_int_t)districts, "weights", (json_int_t)triage_weights_loaded(rules)));
	else
		printf("The rules are in order: %zu stems, %zu districts, %zu learned weights.\n", triage_rules_count(rules), districts,
			triage_weights_loaded(rules));
	if (triage_weights_loaded(rules) == 0)
		fprintf(stderr, "There are no learned weights, so the rules decide alone and find less: copy weights.tsv as it is shipped "
			"beside the rules.\n");
	triage_free(rules);
	return CTL_OK;
}

/* ---- explain --------------------------------------------------------------------------------- */

static void print_verdict(const struct ctl *ctl, const struct triage_verdict *v)
{
	const char *urgency = triage_urgency_name(v->urgency);

	printf("%s, %s%s%s, %s%s%s; score %d, script %s\n", triage_kind_name(v->kind),
		colour_code(colour_of_word(urgency), ctl->colour), urgency, colour_code(COLOUR_NONE, ctl->colour),
		triage_exploitation_name(v->exploitation),
		v->child ? ", a child is mentioned" : "", v->conflict ? ", an official is named as involved" : "", v->score, triage_script_name(v->script));
	if (*v->district && v->khoroo)
		printf("Place: %s, khoroo %d\n", v->district, v->khoroo);
	else if (*v->district || v->khoroo)
		printf("Place: %s%.0d\n", *v->district ? v->district : "khoroo ", v->khoroo);
}

static void print_cues(const struct ctl *ctl, const struct triage_verdict *v, const char *text)
{
	static const char *const titles[] = { ">WEIGHT", "CATEGORY", "STEM", "IN THE TEXT", NULL };
	struct table *t = table_new(titles);

	for (size_t i = 0; i < v->cue_count; i++) {
		const struct triage_cue *c = &v->cues[i];
		char *piece = hl_strndup(text + c->start, c->end - c->start);
		table_int(t, c->weight);
		table_text(t, triage_category_name(c->category));
		table_text(t, c->stem);
		table_text(t, piece);
		free(piece);
	}
	table_end(t, stdout, ctl->colour, "No cue fired.");
}

/* What was learned said of the whole, and which words said most. */
static void print_learned(const struct triage_verdict *v, const struct triage_rules *rules, const char *text, size_t len)
{
	struct triage_learned_word words[LEARNED_WORDS];
	size_t count = triage_explain(rules, text, len, words, LEARNED_WORDS);

	if (!v->learned) {
		puts("Nothing was learned (no weights.tsv): the rules decide alone.");
		return;
	}
	printf("Learned: report %+.1f, urgent %+.1f, emergency %+.1f (log odds; the rules have their say beside it)\n",
		v->tip / TRIAGE_LEARNED_ONE, v->urgent / TRIAGE_LEARNED_ONE, v->emergency / TRIAGE_LEARNED_ONE);
	for (size_t i = 0; i < count; i++)
		printf("  %+5.1f report %+5.1f urgent  %.*s (%s)\n", words[i].tip / TRIAGE_LEARNED_ONE, words[i].urgent / TRIAGE_LEARNED_ONE,
			(int)(words[i].end - words[i].start), text + words[i].start, words[i].piece);
}

static void explain(const struct ctl *ctl, const struct triage_rules *rules, const char *text, size_t len)
{
	struct triage_verdict v;
	struct span spans[MARKED_SPANS_MAX];
	json_t *object;

	triage_classify(rules, text, len, &v);
	if (ctl->json) {
		object = rules_json(&v);
		ctl_print_json(object);
		return;
	}
	for (size_t i = 0; i < v.cue_count; i++)
		spans[i] = (struct span){ v.cues[i].start, v.cues[i].end };
	print_verdict(ctl, &v);
	print_learned(&v, rules, text, len);
	putchar('\n');
	marked_print(stdout, text, len, spans, v.cue_count, ctl->colour);
	putchar('\n');
	print_cues(ctl, &v, text);
}

int cmd_rules_explain(struct ctl *ctl, const struct ctl_args *args)
{
	struct triage_rules *rules;
	char *text;
	size_t len;
	int err = rules_open(ctl, args, &rules);

	if (err)
		return err;
	text = hl_calloc(RULES_TEXT_MAX + 1, 1);
	if (args->words)
		hl_strlcpy(text, RULES_TEXT_MAX + 1, args->word[0]);
	len = args->words ? strlen(text) : fread(text, 1, RULES_TEXT_MAX, stdin);
	while (len > 0 && text[len - 1] == '\n')
		len--;
	text[len] = '\0';
	explain(ctl, rules, text, len);
	explicit_bzero(text, RULES_TEXT_MAX);
	free(text);
	triage_free(rules);
	return CTL_OK;
}

/* ---- classify -------------------------------------------------------------------------------- */

/* The stems that fired, heaviest first; "-" where none did. The stems are the rules', and hold no tab. */
static void print_stems(const struct triage_verdict *v)
{
	for (size_t i = 0; i < v->cue_count; i++) {
		printf("%s", i ? ", " : "");
		for (const char *s = v->cues[i].stem; *s; s++)
			putchar(*s == '\t' ? ' ' : *s);
	}
	puts(v->cue_count ? "" : "-");
}

static void classify_line(const struct ctl *ctl, const struct triage_rules *rules, const char *line, size_t len)
{
	struct triage_verdict v;

	triage_classify(rules, line, len, &v);
	if (ctl->json) {
		ctl_print_json(rules_json(&v));
		return;
	}
	printf("%s\t%s\t%s\t%s\t%s\t%d\t", triage_kind_name(v.kind), triage_exploitation_name(v.exploitation),
		triage_urgency_name(v.urgency), v.child ? "yes" : "no", *v.district ? v.district : "none", v.score);
	print_stems(&v);
}

/* ---- features -------------------------------------------------------------------------------- */

static void print_feature(void *arg, const char *name)
{
	bool *first = arg;

	printf("%s%s", *first ? "" : " ", name);
	*first = false;
}

static void features_line(const struct ctl *ctl, const struct triage_rules *rules, const char *line, size_t len)
{
	bool first = true;

	(void)ctl;
	triage_features(rules, line, len, print_feature, &first);
	putchar('\n');
}

/* ---- lines of standard input ----------------------------------------------------------------- */

typedef void (*on_line)(const struct ctl *ctl, const struct triage_rules *rules, const char *line, size_t len);

static int each_line(struct ctl *ctl, const struct ctl_args *args, on_line do_line)
{
	struct triage_rules *rules;
	char *line = NULL;
	size_t size = 0;
	ssize_t n;
	int err = rules_open(ctl, args, &rules);

	if (err)
		return err;
	while ((n = getline(&line, &size, stdin)) >= 0) {
		while (n > 0 && (line[n - 1] == '\n' || line[n - 1] == '\r'))
			n--;
		do_line(ctl, rules, line, (size_t)n);
	}
	if (line)
		explicit_bzero(line, size);
	free(line);
	triage_free(rules);
	return CTL_OK;
}

int cmd_rules_classify(struct ctl *ctl, const struct ctl_args *args)
{
	return each_line(ctl, args, classify_line);
}

int cmd_rules_features(struct ctl *ctl, const struct ctl_args *args)
{
	return each_line(ctl, args, features_line);
}
