/* rules score: how far triage agrees with what people said of the same messages. What counts most is told first: a
 * tip that was missed, an emergency that was missed, and a tip that was taken for an opt-out. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ctl/confusion.h"
#include "ctl/rules.h"

#define COLUMNS 8 /* id script text kind exploitation urgency child district */

enum field { KIND, EXPLOITATION, URGENCY, CHILD, DISTRICT, FIELDS };

struct score {
	size_t rows, right[FIELDS], whole;
	size_t tips, tips_found, emergencies, emergencies_found, urgent, urgent_found, tips_as_opt_out, others, false_alarms,
		alerted, districts, districts_found;
	struct confusion *confusion;
};

static const char *const field_names[FIELDS] = { "kind", "exploitation", "urgency", "child", "district" };

/* Cuts at tabs, in place; returns how many columns there are, at most COLUMNS. */
static size_t cut(char *line, char *columns[COLUMNS])
{
	size_t n = 0;

	line[strcspn(line, "\r\n")] = '\0';
	while (line && n < COLUMNS) {
		columns[n++] = line;
		line = strchr(line, '\t');
		if (line)
			*line++ = '\0';
	}
	return n;
}

/* High or emergency: somebody is woken for it. */
static bool is_urgent(const char *urgency)
{
	return strcmp(urgency, "emergency") == 0 || strcmp(urgency, "high") == 0;
}

static void count_what_matters(struct score *s, const char *const said[FIELDS], const char *const ours[FIELDS])
{
	bool tip = strcmp(said[KIND], "tip") == 0, found = strcmp(ours[KIND], "tip") == 0;
	bool emergency = strcmp(said[URGENCY], "emergency") == 0, urgent = is_urgent(said[URGENCY]), district = strcmp(said[DISTRICT], "none") != 0;

	s->urgent += urgent;
	s->urgent_found += urgent && is_urgent(ours[URGENCY]);
	s->alerted += !tip && is_urgent(ours[URGENCY]);
	s->tips += tip;
	s->tips_found += tip && found;
	s->tips_as_opt_out += tip && strcmp(ours[KIND], "opt_out") == 0;
	s->others += !tip;
	s->false_alarms += !tip && found;
	s->emergencies += emergency;
	s->emergencies_found += emergency && strcmp(ours[URGENCY], "emergency") == 0;
	s->districts += district;
	s->districts_found += district && strcmp(said[DISTRICT], ours[DISTRICT]) == 0;
}

static void score_row(struct score *s, const struct triage_rules *rules, char *columns[COLUMNS], bool list)
{
	const char *const said[FIELDS] = { columns[3], columns[4], columns[5], columns[6], columns[7] };
	struct triage_verdict v;
	const char *ours[FIELDS];
	bool whole = true;

	triage_classify(rules, columns[2], strlen(columns[2]), &v);
	ours[KIND] = triage_kind_name(v.kind);
	ours[EXPLOITATION] = triage_exploitation_name(v.exploitation);
	ours[URGENCY] = triage_urgency_name(v.urgency);
	ours[CHILD] = v.child ? "yes" : "no";
	ours[DISTRICT] = *v.district ? v.district : "none";
	for (int f = 0; f < FIELDS; f++) {
		bool right = strcmp(said[f], ours[f]) == 0;
		s->right[f] += right;
		confusion_count(s->confusion, field_names[f], columns[1], said[f], ours[f]);
		whole = whole && right;
		if (!right && list)
			printf("%s\t%s\t%s instead of %s\n", columns[0], field_names[f], ours[f], said[f]);
	}
	s->rows++;
	s->whole += whole;
	count_what_matters(s, said, ours);
}

static void print_share(const char *what, size_t part, size_t of)
{
	printf("%-28s %5zu of %5zu  %5.1f %%\n", what, part, of, of ? 100.0 * (double)part / (double)of : 0.0);
}

static void print_score(const struct score *s)
{
	print_share("tips found", s->tips_found, s->tips);
	print_share("emergencies found", s->emergencies_found, s->emergencies);
	print_share("urgent, at least high", s->urgent_found, s->urgent);
	print_share("tips taken for an opt-out", s->tips_as_opt_out, s->tips);
	print_share("others taken for a tip", s->false_alarms, s->others);
	print_share("others alerted", s->alerted, s->others);
	print_share("districts found", s->districts_found, s->districts);
	for (int f = 0; f < FIELDS; f++)
		print_share(field_names[f], s->right[f], s->rows);
	print_share("all of it", s->whole, s->rows);
	confusion_print(s->confusion, stdout);
}

static json_t *score_json(const struct score *s)
{
	json_t *o = json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "rows", (json_int_t)s->rows, "tips",
		(json_int_t)s->tips, "tips_found", (json_int_t)s->tips_found, "emergencies", (json_int_t)s->emergencies,
		"emergencies_found", (json_int_t)s->emergencies_found, "tips_as_opt_out", (json_int_t)s->tips_as_opt_out, "others",
		(json_int_t)s->others, "false_alarms", (json_int_t)s->false_alarms, "districts", (json_int_t)s->districts,
		"districts_found", (json_int_t)s->districts_found, "all_right", (json_int_t)s->whole);

	json_object_set_new(o, "urgent", json_integer((json_int_t)s->urgent));
	json_object_set_new(o, "urgent_found", json_integer((json_int_t)s->urgent_found));
	json_object_set_new(o, "alerted", json_integer((json_int_t)s->alerted));
	json_object_set_new(o, "confusion", confusion_json(s->confusion));
	for (int f = 0; f < FIELDS; f++)
		json_object_set_new(o, field_names[f], json_integer((json_int_t)s->right[f]));
	return o;
}

/* Every row of the file; CTL_FAILED where one has too few columns. */
static int score_file(struct score *s, const struct triage_rules *rules, const char *path, FILE *f, bool list)
{
	char *line = NULL, *columns[COLUMNS];
	size_t size = 0, number = 0;
	int err = CTL_OK;

	while (!err && getline(&line, &size, f) >= 0) {
		number++;
		if (cut(line, columns) < COLUMNS)
			err = ctl_fail(CTL_FAILED, "%s:%zu: %d columns are needed, set apart by tabs; see --help", path, number, COLUMNS);
		else if (number > 1 || strcmp(columns[0], "id") != 0)
			score_row(s, rules, columns, list);
	}
	free(line);
	return err;
}

int cmd_rules_score(struct ctl *ctl, const struct ctl_args *args)
{
	struct score s = { .confusion = confusion_new() };
	struct triage_rules *rules = NULL;
	FILE *f = fopen(args->word[0], "re");
	int err;

	if (!f) {
		err = ctl_fail(CTL_NOT_FOUND, "cannot open %s: %s", args->word[0], strerror(errno));
		goto out;
	}
	if ((err = rules_open(ctl, args, &rules)) == CTL_OK)
		err = score_file(&s, rules, args->word[0], f, !ctl->json);
	if (!err && ctl->json)
		ctl_print_json(score_json(&s));
	else if (!err)
		print_score(&s);
out:
	if (f)
		fclose(f);
	triage_free(rules);
	confusion_free(s.confusion);
	return err;
}
