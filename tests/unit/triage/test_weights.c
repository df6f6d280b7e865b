/* Learned weights: a file is read whole or refused with its line; without one the rules decide alone; what is learned is what is
 * served; and the same text has the same verdict each time. */
#include "cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/triage/triage.h"
#include "core/triage/weights.h"

#define TITLES "name\ttip\turgent\temergency\tcampaign_reply\topt_out\topt_in\tquestion\tthanks\tack\tspam\tabuse\ttest\t" \
	"sex\tlabour\tonline\tnone\n"
#define ZEROS "\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0\t0"
#define BIAS "bias\t-10" ZEROS "\n"

static int read_text(const char *text, struct triage_weights **weights, struct hl_reason *why)
{
	/* The const is cast away for a stream that is only read. */
	FILE *file = fmemopen((void *)(uintptr_t)text, strlen(text), "r");
	static const struct triage_rules no_rules;
	int err = triage_weights_read(file, "w.tsv", &no_rules, weights, NULL, why);

	fclose(file);
	return err;
}

static void test_bad_files(void **state)
{
	static const struct { const char *text, *says; } rows[] = {
		{ "# only words\n", "w.tsv:1: the file ends without a line 'bias'" },
		{ "name\ttip\n" BIAS, "w.tsv:1: the first line must be the titles" },
		{ TITLES "bias\t1\t2\n", "w.tsv:2: 16 numbers are needed" },
		{ TITLES BIAS "_ab\t1" ZEROS "\t9\n", "w.tsv:3: more than 16 numbers" },
		{ TITLES BIAS "_ab\tmuch" ZEROS "\n", "w.tsv:3: column 2 is no number" },
		{ TITLES BIAS "_ab\t128" ZEROS "\n", "w.tsv:3: column 2 must be from -127 to 127" },
		{ TITLES BIAS "\n_ab\n", "w.tsv:4: a name and 16 numbers are needed" },
		{ TITLES BIAS BIAS, "w.tsv:3: bias is there already" },
		{ TITLES BIAS "@weather\t1" ZEROS "\n", "w.tsv:3: unknown fact '@weather'" },
		{ TITLES BIAS "_ab\t1" ZEROS "\n_ab\t2" ZEROS "\n", "'_ab' stands twice" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct triage_weights *weights = NULL;
		struct hl_reason why = { "" };
		if (read_text(rows[i].text, &weights, &why) == 0 || !strstr(why.text, rows[i].says))
			fail_msg("%zu: \"%s\" instead of \"%s\"", i, why.text, rows[i].says);
	}
}

/* What a word adds is divided by the root of how many pieces there are; facts and the bias count whole. */
static void test_sums(void **state)
{
	static const char file[] = TITLES BIAS "=ohin\t100" ZEROS "\n_oh\t60" ZEROS "\n@asks\t7" ZEROS "\n@field:none\t9" ZEROS "\n";
	struct triage_weights *weights = NULL;
	struct triage_scores scores;
	struct fold_text text;
	struct hl_reason why;
	uint8_t asks = 0;

	(void)state;
	assert_int_equal(read_text(file, &weights, &why), 0);
	fold_text_open(&text, "ohin", 4);
	triage_weigh(weights, &text, NULL, 0, &scores);
	/* _ohin_ has 5 + 4 + 3 pieces, and is one word */
	assert_in_range(scores.lane[TRIAGE_LANE_TIP], 100 + 17 - 10 - 1, 100 + 17 - 10 + 1);
	triage_weigh(weights, &text, &asks, 1, &scores);
	assert_in_range(scores.lane[TRIAGE_LANE_TIP], 100 + 17 - 10 + 7 - 1, 100 + 17 - 10 + 7 + 1);
	assert_int_equal(scores.lane[TRIAGE_LANE_URGENT], 0);
	fold_text_close(&text);
	triage_weights_free(weights);
}

static struct triage_rules *load(const char *dir)
{
	struct triage_rules *rules = NULL;
	struct hl_reason why = { "" };

	if (triage_load(dir, &rules, &why))
		fail_msg("%s", why.text);
	return rules;
}

static void has_name(void *arg, const char *name)
{
	char *all = arg;

	strncat(strncat(all, name, 100), " ", 2);
}

/* Learning takes the names from here, serving the numbers that they make. */
static void test_features(void **state)
{
	struct triage_rules *rules = load(HL_SRCDIR "/etc/triage");
	char all[4096] = " ";

	(void)state;
	triage_features(rules, "\xD0\x9E\xD1\x85\xD0\xB8\xD0\xBD uu?", 12, has_name, all); /* Охин uu? */
	for (const char *const *name = (const char *const[]){ " @asks ", " @mixed ", " @field:helpless ", " _o ", " _ohi ", " hin_ ", " =ohin ", " =ohin=o ", NULL };
	     *name; name++)
		if (!strstr(all, *name))
			fail_msg("%s not in %s", *name, all);
	assert_null(strstr(all, "kind:"));
	triage_free(rules);
}

/* Reports in words that no rule has, and everyday words that sound like one: what is learned for. */
static void test_shipped(void **state)
{
	static const struct { const char *text; bool tip, urgent; } rows[] = {
		{ "Туслаач, 14 настай дүүг минь зочид буудалд хүмүүст өгч байна", true, true },
		{ "manai hajuu ailiin ohin tend ajilluulj bn, surguulid ch yvdaggui", true, true },
		{ "children are made to carry coal at night", true, true },
		{ "Маргааш хурал 10 цагт болно шүү, бүгд цагтаа ирээрэй", false, false },
		{ "huuhdee tsetserlegees n avaarai bi udlaa", false, false },
		{ "Зөв хариулт нь Б гэж бодож байна", false, false },
		{ "Барьцаагүй зээл 5 минутад, хүү 2 хувь", false, false },
		{ "What time does your office open?", false, false },
	};
	struct triage_rules *rules = load(HL_SRCDIR "/etc/triage");

	(void)state;
	assert_true(triage_weights_loaded(rules) > 1000);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct triage_verdict v, again;
		triage_classify(rules, rows[i].text, strlen(rows[i].text), &v);
		triage_classify(rules, rows[i].text, strlen(rows[i].text), &again);
		assert_true(v.learned);
		assert_int_equal(v.tip, again.tip);
		assert_int_equal(v.kind, again.kind);
		if ((v.kind == TRIAGE_TIP) != rows[i].tip || (v.urgency >= TRIAGE_HIGH) != rows[i].urgent)
			fail_msg("%s: %s %s", rows[i].text, triage_kind_name(v.kind), triage_urgency_name(v.urgency));
	}
	triage_free(rules);
}

static void write_file(const char *dir, const char *name, const char *text)
{
	char path[256];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void test_missing_or_broken(void **state)
{
	char dir[] = "/tmp/test_weights_XXXXXX", path[256];
	struct triage_rules *rules;
	struct triage_verdict v;
	struct hl_reason why = { "" };

	(void)state;
	assert_non_null(mkdtemp(dir));
	write_file(dir, "a.conf", "[child]\nohin* | K1 | 2 | - | girl\n");
	rules = load(dir);
	assert_int_equal(triage_weights_loaded(rules), 0);
	triage_classify(rules, "ohin uilaad bna", 15, &v);
	assert_false(v.learned);
	assert_int_equal(v.kind, TRIAGE_TIP);
	triage_free(rules);
	write_file(dir, "weights.tsv", TITLES BIAS "oops\n");
	rules = NULL;
	assert_int_equal(triage_load(dir, &rules, &why), HL_EINVAL);
	assert_null(rules);
	assert_non_null(strstr(why.text, "/weights.tsv:3: "));
	for (const char *const *name = (const char *const[]){ "a.conf", "weights.tsv", NULL }; *name; name++) {
		snprintf(path, sizeof(path), "%s/%s", dir, *name);
		unlink(path);
	}
	rmdir(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bad_files), cmocka_unit_test(test_sums), cmocka_unit_test(test_features),
		cmocka_unit_test(test_shipped), cmocka_unit_test(test_missing_or_broken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
