/* Scores of the shipped rules on the development corpus (tests/data/triage/dev_tips.tsv and more_tips.tsv: id, script, text,
 * kind, exploitation, urgency, child, district, note; invented messages, no real person). The floors are what the rules
 * reach, a little rounded down, so that a change which loses reports fails here; they are no promise for unseen messages.
 * Prints every score and every report that was missed, by its number. */
#include "cm.h"
#include "tsv.h"

#include "core/triage/triage.h"

enum score {
	KIND, TIP, TIP_CYRILLIC, TIP_LATIN, TIP_SUBSTITUTES, TIP_ENGLISH, TIP_MIXED, HARD_POSITIVE, NO_TIP, HARD_NEGATIVE,
	EMERGENCY, AT_LEAST_HIGH, EXPLOITATION, CHILD, DISTRICT, NO_DISTRICT, SCRIPT, SCORES
};

static const struct { const char *name; double floor; } floors[SCORES] = {
	[KIND] = { "kind right", 0.94 },
	[TIP] = { "tips found", 0.99 },
	[TIP_CYRILLIC] = { "tips found, Cyrillic", 0.99 },
	[TIP_LATIN] = { "tips found, Latin letters", 0.98 },
	[TIP_SUBSTITUTES] = { "tips found, substitute letters", 0.96 },
	[TIP_ENGLISH] = { "tips found, English", 0.96 },
	[TIP_MIXED] = { "tips found, mixed", 0.99 },
	[HARD_POSITIVE] = { "tips found, no obvious word", 0.96 },
	[NO_TIP] = { "other kinds kept apart", 0.92 },
	[HARD_NEGATIVE] = { "other kinds kept apart, with words of tips", 0.80 },
	[EMERGENCY] = { "emergencies called so", 0.95 },
	[AT_LEAST_HIGH] = { "emergency and high, at least high", 0.94 },
	[EXPLOITATION] = { "exploitation right, of tips found", 0.90 },
	[CHILD] = { "child mentioned", 0.98 },
	[DISTRICT] = { "district named", 0.99 },
	[NO_DISTRICT] = { "no district invented", 0.99 },
	[SCRIPT] = { "script to answer in", 0.97 },
};

static struct { int right, all; } scores[SCORES];
static int tips_opted_out;

static void count(enum score score, bool right)
{
	scores[score].all++;
	scores[score].right += right;
}

static void count_tip(const struct tsv *t, const struct triage_verdict *v)
{
	static const struct { const char *script; enum score score; } rows[] = {
		{ "cyrl", TIP_CYRILLIC }, { "galig", TIP_LATIN }, { "subst", TIP_SUBSTITUTES }, { "en", TIP_ENGLISH },
		{ "mixed", TIP_MIXED },
	};
	bool found = v->kind == TRIAGE_TIP;
	const char *urgency = t->columns[5];

	count(TIP, found);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strcmp(rows[i].script, t->columns[1]) == 0)
			count(rows[i].score, found);
	if (strncmp(t->columns[8], "HP", 2) == 0)
		count(HARD_POSITIVE, found);
	if (strcmp(urgency, "emergency") == 0)
		count(EMERGENCY, v->urgency == TRIAGE_EMERGENCY);
	if (strcmp(urgency, "emergency") == 0 || strcmp(urgency, "high") == 0)
		count(AT_LEAST_HIGH, v->urgency >= TRIAGE_HIGH);
	if (found)
		count(EXPLOITATION, strcmp(triage_exploitation_name(v->exploitation), t->columns[4]) == 0);
	else
		print_message("missed %s: taken for %s\n", t->columns[0], triage_kind_name(v->kind));
	tips_opted_out += v->kind == TRIAGE_OPT_OUT;
}

static void count_row(const struct tsv *t, const struct triage_verdict *v)
{
	static const struct { const char *script; enum triage_script want; } scripts[] = {
		{ "cyrl", TRIAGE_SCRIPT_CYRILLIC }, { "subst", TRIAGE_SCRIPT_CYRILLIC }, { "galig", TRIAGE_SCRIPT_LATIN },
		{ "en", TRIAGE_SCRIPT_ENGLISH },
	};

	count(KIND, strcmp(triage_kind_name(v->kind), t->columns[3]) == 0);
	count(CHILD, v->child == (strcmp(t->columns[6], "yes") == 0));
	if (strcmp(t->columns[7], "none"))
		count(DISTRICT, strcmp(v->district, t->columns[7]) == 0);
	else
		count(NO_DISTRICT, v->district[0] == '\0');
	for (size_t i = 0; i < sizeof(scripts) / sizeof(scripts[0]); i++)
		if (strcmp(scripts[i].script, t->columns[1]) == 0)
			count(SCRIPT, v->script == scripts[i].want);
	if (strcmp(t->columns[3], "tip") == 0) {
		count_tip(t, v);
		return;
	}
	count(NO_TIP, v->kind != TRIAGE_TIP);
	if (strncmp(t->columns[8], "HN", 2) == 0)
		count(HARD_NEGATIVE, v->kind != TRIAGE_TIP);
}

static void check_verdict(const char *text, const struct triage_verdict *v)
{
	size_t len = strlen(text);

	assert_true((v->kind == TRIAGE_TIP) == (v->urgency != TRIAGE_URGENCY_NONE));
	assert_true(v->kind == TRIAGE_TIP || v->exploitation == TRIAGE_EXPL_NONE);
	assert_true(v->cue_count <= TRIAGE_CUES_MAX);
	for (size_t i = 0; i < v->cue_count; i++)
		assert_true(v->cues[i].start < v->cues[i].end && v->cues[i].end <= len && v->cues[i].stem[0]);
}

static void count_file(const struct triage_rules *rules, const char *path)
{
	struct triage_verdict v;
	struct tsv t;

	tsv_open(&t, path);
	tsv_read(&t, 9); /* the header */
	while (tsv_read(&t, 9)) {
		triage_classify(rules, t.columns[2], strlen(t.columns[2]), &v);
		check_verdict(t.columns[2], &v);
		count_row(&t, &v);
	}
}

static void test_corpus(void **state)
{
	static const char *const files[] = { HL_TEST_DATA "/triage/dev_tips.tsv", HL_TEST_DATA "/triage/more_tips.tsv" };
	struct triage_rules *rules = NULL;
	struct hl_reason why = { "" };
	int failed = 0;

	(void)state;
	if (triage_load(HL_SRCDIR "/etc/triage", &rules, &why))
		fail_msg("%s", why.text);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		count_file(rules, files[i]);
	triage_free(rules);
	for (size_t i = 0; i < SCORES; i++) {
		double share = (double)scores[i].right / scores[i].all;
		print_message("%-45s %4d of %4d  %.3f  (floor %.2f)\n", floors[i].name, scores[i].right, scores[i].all, share,
			floors[i].floor);
		failed += share < floors[i].floor;
	}
	assert_int_equal(scores[KIND].all, 457 + 171);
	assert_int_equal(tips_opted_out, 0);
	assert_int_equal(failed, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_corpus) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
