/* The vectors of matching: which stem meets which text (guard.tsv), ages (ages.tsv), districts (districts.tsv). */
#include "cm.h"
#include "tsv.h"

#include <stdlib.h>
#include <unistd.h>

#include "core/triage/ages.h"
#include "core/triage/evidence.h"
#include "core/triage/match.h"

static struct triage_rules *rules;

static int setup(void **state)
{
	struct hl_reason why = { "" };

	(void)state;
	if (triage_load(HL_SRCDIR "/etc/triage", &rules, &why))
		print_error("%s\n", why.text);
	return rules ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	triage_free(rules);
	return 0;
}

/* A folder that holds one rule file of one rule. */
static struct triage_rules *one_rule(const char *stem, const char *key, const char *flags)
{
	char dir[] = "/tmp/hl-rules-XXXXXX", path[64];
	struct triage_rules *r = NULL;
	struct hl_reason why;
	FILE *f;

	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof(path), "%s/one.conf", dir);
	f = fopen(path, "w");
	assert_non_null(f);
	fprintf(f, "[control]\n%s | %s | 1 | %s | -\n", stem, key, flags);
	fclose(f);
	if (triage_load(dir, &r, &why))
		fail_msg("%s", why.text);
	unlink(path);
	rmdir(dir);
	return r;
}

static void test_guard(void **state)
{
	struct tsv t;
	int count = 0;

	(void)state;
	for (tsv_open(&t, HL_TEST_DATA "/triage/guard.tsv"); tsv_read(&t, 5); count++) {
		struct triage_match matches[TRIAGE_MATCHES_MAX];
		struct triage_rules *one = one_rule(t.columns[1], t.columns[2], t.columns[3]);
		struct fold_text text;
		size_t n;

		fold_text_open(&text, t.columns[0], strlen(t.columns[0]));
		n = triage_match_text(one, &text, matches);
		if ((n > 0) != (t.columns[4][0] == '1'))
			fail_msg("guard.tsv:%d %s: %zu matches of %s", t.number, t.columns[0], n, t.columns[1]);
		fold_text_close(&text);
		triage_free(one);
	}
	assert_int_equal(count, 28);
}

static void test_ages(void **state)
{
	static struct triage_evidence e;
	struct tsv t;
	int count = 0;

	(void)state;
	for (tsv_open(&t, HL_TEST_DATA "/triage/ages.tsv"); tsv_read(&t, 3); count++) {
		struct fold_text text;
		char got[256] = "";
		size_t n = 0;

		fold_text_open(&text, t.columns[0], strlen(t.columns[0]));
		triage_gather(&e, rules, &text);
		for (size_t i = 0; i < e.age_count; i++)
			n += (size_t)snprintf(got + n, sizeof(got) - n, "%s%s:%d", i ? " " : "", triage_age_name(e.ages[i].kind),
				e.ages[i].number);
		if (strcmp(e.age_count ? got : "-", t.columns[1]) || e.minor != (t.columns[2][0] == '1'))
			fail_msg("ages.tsv:%d %s: %s, minor %d", t.number, t.columns[0], got, e.minor);
		fold_text_close(&text);
	}
	assert_int_equal(count, 45);
}

static void test_districts(void **state)
{
	struct tsv t;
	int count = 0;

	(void)state;
	for (tsv_open(&t, HL_TEST_DATA "/triage/districts.tsv"); tsv_read(&t, 3); count++) {
		struct triage_verdict v;

		triage_classify(rules, t.columns[0], strlen(t.columns[0]), &v);
		if (strcmp(v.district[0] ? v.district : "none", t.columns[1]) || v.khoroo != atoi(t.columns[2]))
			fail_msg("districts.tsv:%d %s: %s %d", t.number, t.columns[0], v.district, v.khoroo);
	}
	assert_true(count >= 38);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_guard),
		cmocka_unit_test(test_ages),
		cmocka_unit_test(test_districts),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
