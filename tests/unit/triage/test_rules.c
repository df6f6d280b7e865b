/* Loading rules: what is wrong is refused with file, line and the mend; what is shipped loads. */
#include "cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/triage/triage.h"

static char dir[32];

static void write_file(const char *name, const char *text)
{
	char path[64];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void remove_file(const char *name)
{
	char path[64];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	unlink(path);
}

static int setup(void **state)
{
	(void)state;
	strcpy(dir, "/tmp/hl-rules-XXXXXX");
	return mkdtemp(dir) ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	remove_file("a.conf");
	remove_file("b.conf");
	remove_file("c.txt");
	return rmdir(dir);
}

static void test_errors(void **state)
{
	static const struct { const char *text; int err; const char *where, *mend; } rows[] = {
		{ "хүүхэд* | K1 | 1 | - | -\n", HL_EINVAL, "a.conf:1:", "[child]" },
		{ "# remark\n\n[nonsense]\n", HL_EINVAL, "a.conf:3:", "[district Name]" },
		{ "[child\n", HL_EINVAL, "a.conf:1:", "[name]" },
		{ "[child] x\n", HL_EINVAL, "a.conf:1:", "[name]" },
		{ "[child]\nхүүхэд*\n", HL_EINVAL, "a.conf:2:", "stem | K0, K1 or K2 | weight | flags | gloss" },
		{ "[child]\nхүүхэд* | K1 | 1 | - | - | -\n", HL_EINVAL, "a.conf:2:", "stem |" },
		{ "[child]\nхүүхэд* | K3 | 1 | - | -\n", HL_EINVAL, "a.conf:2:", "K0, K1 or K2" },
		{ "[child]\nхүүхэд* | K1 | 6 | - | -\n", HL_ERANGE, "a.conf:2:", "-3 to 5" },
		{ "[child]\nхүүхэд* | K1 | one | - | -\n", HL_ERANGE, "a.conf:2:", "-3 to 5" },
		{ "[child]\nхүүхэд* | K1 | 1 | big | -\n", HL_EINVAL, "a.conf:2:", "child.conf" },
		{ "[child]\n | K1 | 1 | - | -\n", HL_EINVAL, "a.conf:2:", "missing" },
		{ "[child]\n15 | K1 | 1 | - | -\n", HL_EINVAL, "a.conf:2:", "letters" },
		{ "[child]\nь | K1 | 1 | - | -\n", HL_EINVAL, "a.conf:2:", "letters" },
		{ "[child]\n\xFF | K1 | 1 | - | -\n", HL_EINVAL, "a.conf:2:", "UTF-8" },
		{ "[child]\nнас | K2 | 1 | - | -\n", HL_EINVAL, "a.conf:2:", "use K1" },
		{ "[child]\nсонгинохайрхан* | K2 | 1 | - | -\n", HL_EINVAL, "a.conf:2:", "use K1" },
		{ "[child]\na b c d e f g | K0 | 1 | - | -\n", HL_ERANGE, "a.conf:2:", "6 words" },
		{ "[child]\nхүү | K1 | 1 | - | -\nхуу | K1 | 1 | - | -\n", HL_EEXIST, "a.conf:3:", "remove one" },
		{ "[child]\nхүү | K1 | 1 | - | -\n[district]\n", HL_EINVAL, "a.conf:3:", "[district Name]" },
		{ "[district Abcdefghijklmnopqrstu]\n", HL_ERANGE, "a.conf:1:", "19 letters" },
		{ "[district A]\n[district A]\n", HL_EEXIST, "a.conf:2:", "remove one" },
		{ "[district A]\nkhoroos many\n", HL_ERANGE, "a.conf:2:", "1 to 99" },
		{ "[district A]\ntarget maybe\n", HL_EINVAL, "a.conf:2:", "yes or no" },
		{ "[limits]\nnamed-min 0\n", HL_ERANGE, "a.conf:2:", "1 to 20" },
		{ "[limits]\nnamed-min\n", HL_ERANGE, "a.conf:2:", "1 to 20" },
		{ "[limits]\nunknown 3\n", HL_EINVAL, "a.conf:2:", "limits.conf" },
		{ "[district A]\ncolour red\n", HL_EINVAL, "a.conf:2:", "careful-kin" },
		{ "[district A]\nprefix\n", HL_EINVAL, "a.conf:2:", "missing" },
		{ "[child]\n*сонгинохайрхан | K2 | 1 | - | -\n", HL_EINVAL, "a.conf:2:", "use K1" },
		{ "[field beat]\nK1 | зодо*\n", HL_EINVAL, "a.conf:2:", "stem, stem, ..." },
		{ "[field beat]\nK7 | зодо* | -\n", HL_EINVAL, "a.conf:2:", "K0, K1 or K2" },
		{ "[field beat]\nK1 | зодо*, | -\n", HL_EINVAL, "a.conf:2:", "missing" },
		{ "[field beat]\nK1 | зодо*, zodo* | -\n", HL_EEXIST, "a.conf:2:", "remove one" },
		{ "[combine field]\n", HL_EINVAL, "a.conf:1:", "[combine child]" },
		{ "[field]\n", HL_EINVAL, "a.conf:1:", "[district Name]" },
		{ "[field abcdefghijklmnopqrstu]\n", HL_ERANGE, "a.conf:1:", "19 letters" },
		{ "[combine nothing]\n", HL_EINVAL, "a.conf:1:", "[combine child]" },
		{ "[combine sex]\n@a @b | 3 | 1\n", HL_EINVAL, "a.conf:2:", "weight" },
		{ "[combine sex]\n@a @b | 0 | 1 | - | -\n", HL_ERANGE, "a.conf:2:", "1 to 40" },
		{ "[combine sex]\n@a @b | 3 | 9 | - | -\n", HL_ERANGE, "a.conf:2:", "-3 to 5" },
		{ "[combine sex]\n@a what | 3 | 1 | - | -\n", HL_EINVAL, "a.conf:2:", "neg or minor" },
		{ "[combine sex]\n@a #what | 3 | 1 | - | -\n", HL_EINVAL, "a.conf:2:", "neg or minor" },
		{ "[combine sex]\n!child | 3 | 1 | - | -\n", HL_EINVAL, "a.conf:2:", "a word that is there" },
		{ "[combine sex]\nchild child child child child | 9 | 1 | - | -\n", HL_ERANGE, "a.conf:2:", "4 conditions" },
		{ "[field b]\nK1 | зодо* | -\n[combine sex]\n@b @a | 3 | 1 | - | -\n", HL_ENOENT, "a.conf:4:", "[field a]" },
		{ "", HL_ENOENT, dir, "copy etc/triage" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct triage_rules *rules = NULL;
		struct hl_reason why = { "" };
		int err;

		write_file("a.conf", rows[i].text);
		err = triage_load(dir, &rules, &why);
		if (err != rows[i].err || !strstr(why.text, rows[i].where) || !strstr(why.text, rows[i].mend))
			fail_msg("row %zu: %d %s", i, err, why.text);
		assert_null(rules);
	}
}

struct told { size_t count; int lines[8]; };

static void on_told(void *arg, const char *file, int line, const char *text)
{
	struct told *t = arg;

	assert_non_null(strstr(file, ".conf"));
	assert_true(*text);
	if (t->count < sizeof(t->lines) / sizeof(t->lines[0]))
		t->lines[t->count] = line;
	t->count++;
}

/* One run tells all that must be mended; rows below a bad section are not told beside it. */
static void test_every_bad_line_is_told(void **state)
{
	static const int expect[] = { 2, 4, 5, 9, 1 };
	struct triage_rules *rules = NULL;
	struct hl_reason why = { "" };
	struct told t = { 0 };
	char text[2000];

	(void)state;
	snprintf(text, sizeof(text), "[child]\nхүүхэд* | K9 | 1 | - | -\nхүү | K1 | 1 | - | -\nхүү | K1 | 1 | - | -\n%0*d\n"
		"[district A]\ntarget yes\nkhoroos 5\n[what]\nanything\n[tone]\n", 1100, 7);
	write_file("a.conf", text);
	write_file("b.conf", "nothing\n");
	assert_int_equal(triage_load_telling(dir, &rules, on_told, &t, &why), HL_EINVAL);
	assert_null(rules);
	assert_non_null(strstr(why.text, "a.conf:2:"));
	assert_int_equal(t.count, sizeof(expect) / sizeof(expect[0]));
	for (size_t i = 0; i < t.count; i++)
		assert_int_equal(t.lines[i], expect[i]);
	remove_file("b.conf");
}

static void test_line_too_long(void **state)
{
	struct triage_rules *rules = NULL;
	struct hl_reason why = { "" };
	char line[1100];

	(void)state;
	memset(line, 'a', sizeof(line) - 1);
	line[sizeof(line) - 1] = '\0';
	write_file("a.conf", line);
	assert_int_equal(triage_load(dir, &rules, &why), HL_ERANGE);
	assert_non_null(strstr(why.text, "a.conf:1:"));
}

static void test_no_such_folder(void **state)
{
	struct triage_rules *rules = NULL;
	struct hl_reason why = { "" };

	(void)state;
	assert_int_equal(triage_load("/nonexistent", &rules, &why), HL_EIO);
	assert_non_null(strstr(why.text, "/nonexistent"));
}

static void test_several_files(void **state)
{
	struct triage_rules *rules = NULL;
	struct hl_reason why = { "" };
	bool target = false;

	(void)state;
	write_file("a.conf", "[child]\nхүүхэд* | K1 | 1 | - | child\n");
	write_file("b.conf", "[district Far]\ntarget yes\nkhoroos 7\nprefix алслагд*\n[sex]\nбуудал* | K1 | 2 | context | hotel\n");
	write_file("c.txt", "not a rule file");
	assert_int_equal(triage_load(dir, &rules, &why), 0);
	assert_int_equal(triage_rules_count(rules), 3);
	assert_string_equal(triage_district_name(rules, 0, &target), "Far");
	assert_true(target);
	assert_null(triage_district_name(rules, 1, NULL));
	triage_free(rules);
	triage_free(NULL);
}

static bool has_cue(const struct triage_rules *rules, const char *text, const char *stem)
{
	struct triage_verdict v;

	triage_classify(rules, text, strlen(text), &v);
	for (size_t i = 0; i < v.cue_count; i++)
		if (strcmp(v.cues[i].stem, stem) == 0)
			return true;
	return false;
}

/* Fields near one another, in order, with a negative, without a word; and words known by their ending. */
static void test_combinations(void **state)
{
	static const struct { const char *text, *cue; bool fits; } rows[] = {
		{ "хүүхэд зодсон", "@who @beat", true }, { "zodson huuhed", "@who @beat", true },
		{ "хүүхэд нэг хоёр зодсон", "@who @beat", true }, { "хүүхэд нэг хоёр гурав зодсон", "@who @beat", false },
		{ "хүүхэд", "@who @beat", false }, { "зодсон", "@who @beat", false },
		{ "хүүхэд явсан", "@who @go", true }, { "явсан хүүхэд", "@who @go", false },
		{ "гарах чадахгүй", "@go neg", true }, { "гарах чадна", "@go neg", false },
		{ "хүүхэд гарах", "@go @who !@beat", true }, { "хүүхэд гарах зодсон", "@go @who !@beat", false },
		{ "15 настай гарах", "@go minor", true }, { "25 настай гарах", "@go minor", false },
		{ "ирээрэй", "@please", true }, { "ireerei", "@please", false }, { "рэй", "@please", false },
	};
	struct triage_rules *rules = NULL;
	struct hl_reason why = { "" };

	(void)state;
	write_file("a.conf", "[combine sex]\n@who @beat | 4 | 3 | - | -\n@who @go | >4 | 1 | - | -\n@go neg | 3 | 1 | - | -\n"
		"@go minor | 3 | 1 | - | -\n@please | 1 | 1 | - | -\n[combine labour]\n@go @who !@beat | 3 | 1 | - | -\n");
	write_file("b.conf", "[field who]\nK1 | хүүхэд* | -\n[field beat]\nK1 | зодо*, зодсон | -\n[field go]\nK1 | явсан, гарах | -\n"
		"[field please]\nK0 | *ээрэй | -\n");
	if (triage_load(dir, &rules, &why))
		fail_msg("%s", why.text);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (has_cue(rules, rows[i].text, rows[i].cue) != rows[i].fits)
			fail_msg("%s: %s", rows[i].text, rows[i].cue);
	triage_free(rules);
	remove_file("b.conf");
}

/* Rules are read into a new struct: bad files leave those in use as they are. */
/* A threshold of the files decides, and what no file sets is as shipped. */
static void test_limits(void **state)
{
	static const struct { const char *limits; enum triage_exploitation exploitation; enum triage_urgency urgency; } rows[] = {
		{ "", TRIAGE_EXPL_LABOUR, TRIAGE_HIGH },
		{ "[limits]\nnamed-min 2\n", TRIAGE_EXPL_LABOUR, TRIAGE_HIGH },
		{ "[limits]\nnamed-min 4\n", TRIAGE_EXPL_UNCLEAR, TRIAGE_HIGH },
		{ "[limits]\nalone-weight 3\n", TRIAGE_EXPL_LABOUR, TRIAGE_EMERGENCY },
	};
	static const char text[] = "нүүрс зөөж хашгирав";

	(void)state;
	write_file("a.conf", "[labour]\nнүүрс* | K1 | 3 | - | coal\n[emergency]\nхашгир* | K1 | 3 | - | cries\n");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct triage_rules *rules = NULL;
		struct triage_verdict v;
		struct hl_reason why;
		write_file("b.conf", rows[i].limits);
		assert_int_equal(triage_load(dir, &rules, &why), 0);
		triage_classify(rules, text, sizeof(text) - 1, &v);
		assert_int_equal(v.exploitation, rows[i].exploitation);
		assert_int_equal(v.urgency, rows[i].urgency);
		triage_free(rules);
	}
}

static void test_old_rules_stay(void **state)
{
	struct triage_rules *rules = NULL, *same;
	struct hl_reason why = { "" };

	(void)state;
	write_file("a.conf", "[control]\nтүгж* | K1 | 3 | held | lock\n");
	assert_int_equal(triage_load(dir, &rules, &why), 0);
	same = rules;
	write_file("a.conf", "[control]\nтүгж* | K1 | 3 | what | lock\n");
	assert_int_equal(triage_load(dir, &rules, &why), HL_EINVAL);
	assert_ptr_equal(rules, same);
	assert_true(has_cue(rules, "намайг түгжсэн", "түгж*"));
	triage_free(rules);
}

static void test_shipped(void **state)
{
	struct triage_rules *rules = NULL;
	struct hl_reason why = { "" };
	size_t targets = 0, districts = 0;
	bool target;

	(void)state;
	if (triage_load(HL_SRCDIR "/etc/triage", &rules, &why))
		fail_msg("%s", why.text);
	assert_true(triage_rules_count(rules) > 800);
	for (; triage_district_name(rules, districts, &target); districts++)
		targets += target;
	assert_int_equal(districts, 9);
	assert_int_equal(targets, 5);
	triage_free(rules);
}

static void test_names(void **state)
{
	(void)state;
	for (enum triage_kind k = TRIAGE_TIP; k < TRIAGE_KINDS; k++) {
		enum triage_kind back;
		assert_true(triage_kind_from_name(triage_kind_name(k), &back));
		assert_int_equal(back, k);
	}
	for (enum triage_exploitation x = TRIAGE_EXPL_NONE; x < TRIAGE_EXPLOITATIONS; x++) {
		enum triage_exploitation back;
		assert_true(triage_exploitation_from_name(triage_exploitation_name(x), &back));
		assert_int_equal(back, x);
	}
	for (enum triage_urgency u = TRIAGE_URGENCY_NONE; u < TRIAGE_URGENCIES; u++) {
		enum triage_urgency back;
		assert_true(triage_urgency_from_name(triage_urgency_name(u), &back));
		assert_int_equal(back, u);
	}
	for (enum triage_category c = TRIAGE_CAT_CHILD; c < TRIAGE_CATEGORIES; c++) {
		enum triage_category back;
		assert_true(triage_category_from_name(triage_category_name(c), &back));
		assert_int_equal(back, c);
	}
	for (enum triage_script s = TRIAGE_SCRIPT_CYRILLIC; s < TRIAGE_SCRIPTS; s++)
		assert_true(triage_script_name(s)[0] != '\0');
	assert_false(triage_kind_from_name("gossip", &(enum triage_kind){ TRIAGE_TIP }));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_every_bad_line_is_told), cmocka_unit_test(test_line_too_long),
		cmocka_unit_test(test_no_such_folder),
		cmocka_unit_test(test_several_files),
		cmocka_unit_test(test_combinations), cmocka_unit_test(test_limits), cmocka_unit_test(test_old_rules_stay),
		cmocka_unit_test(test_shipped),
		cmocka_unit_test(test_names),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
