/* The file of agencies: each mistake is told with its line; what an agency may be told is told, and nothing else. */
#include "cm.h"

#include <stdlib.h>
#include <string.h>

#include "core/case/agencies.h"
#include "core/case/outcome.h"
#include "conf/conf.h"
#include "scratch.h"

static struct agencies *load(const char *text, struct conf_errors *e)
{
	struct scratch scratch;
	char path[300];
	struct agencies *a;
	FILE *f;

	scratch_new(&scratch);
	snprintf(path, sizeof(path), "%s/agencies.conf", scratch.dir);
	f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	memset(e, 0, sizeof(*e));
	a = agencies_load(path, e);
	scratch_remove(&scratch);
	return a;
}

#define GOOD "name = \"OPG\"; title = \"Prosecutor\"; contact = \"desk\"; channel = \"phone\"; tell = \"code child\";"

static const struct { const char *text, *error; } mistakes[] = {
	{ "agencies = (\n{ name = \"OPG\"; title = \"P\"; contact = \"c\"; channel = \"pigeon\"; tell = \"code\"; });", ":2: channel \"pigeon\"" },
	{ "agencies = (\n{ " GOOD " },\n{ " GOOD " });", ":3: two agencies are named \"OPG\"" },
	{ "agencies = (\n{ name = \"OPG\"; title = \"P\"; contact = \"c\"; channel = \"phone\";\ntell = \"code number\"; });", ":3: \"number\" is nothing" },
	{ "agencies = (\n{ name = \"O P\"; title = \"P\"; contact = \"c\"; channel = \"phone\"; tell = \"code\"; });", ":2: name \"O P\"" },
	{ "agencies = (\n{ name = \"OPG\"; contact = \"c\"; channel = \"phone\"; tell = \"code\"; });", "title" },
	{ "agencies = ( { " GOOD " phone = \"x\"; } );", "phone" },
	{ "people = ();", "agencies" },
};

static void test_mistakes(void **state)
{
	struct conf_errors *e = calloc(1, sizeof(*e));

	(void)state;
	for (size_t i = 0; i < sizeof(mistakes) / sizeof(mistakes[0]); i++) {
		print_message("%s\n", mistakes[i].error);
		assert_null(load(mistakes[i].text, e));
		assert_true(e->count > 0);
		assert_non_null(strstr(e->list[0].text, mistakes[i].error));
	}
	free(e);
}

static void test_what_may_be_told(void **state)
{
	const struct case_row row = { .code = "1234567", .urgency = TRIAGE_HIGH, .child = true, .district = "Bayangol" };
	struct conf_errors *e = calloc(1, sizeof(*e));
	struct agencies *a = load("agencies = ( { " GOOD " } );", e);
	json_t *tell;

	(void)state;
	assert_non_null(a);
	assert_null(agency_find(a, "FCYDA"));
	tell = agency_may_hear(agency_find(a, "opg"), &row);
	assert_int_equal(json_object_size(tell), 2);
	assert_string_equal(json_string_value(json_object_get(tell, "code")), "1234567");
	assert_true(json_is_true(json_object_get(tell, "child")));
	json_decref(tell);
	agencies_free(a);
	free(e);
}

static void test_as_shipped_and_none(void **state)
{
	struct conf_errors *e = calloc(1, sizeof(*e));
	struct agencies *a = agencies_load(HL_SRCDIR "/etc/agencies.conf", e);

	(void)state;
	assert_non_null(a);
	assert_non_null(agency_find(a, "GASI"));
	agencies_free(a);
	a = agencies_load("", e);
	assert_non_null(a);
	assert_null(agency_at(a, 0));
	agencies_free(a);
	assert_null(agencies_load("/nonexistent/agencies.conf", e));
	free(e);
}

/* Malicious takes two; the others one. */
static void test_outcomes(void **state)
{
	enum outcome outcome;

	(void)state;
	for (int i = 0; i < OUTCOMES; i++) {
		assert_true(outcome_from_name(outcome_name((enum outcome)i), &outcome));
		assert_int_equal(outcome, i);
		assert_non_null(strstr(outcome_names(), outcome_name((enum outcome)i)));
		assert_int_equal(outcome_decide((enum outcome)i, "A", true, "A"), OUTCOME_STEP_NOTHING);
		assert_int_equal(outcome_decide((enum outcome)i, NULL, false, "A"),
			i == OUTCOME_MALICIOUS ? OUTCOME_STEP_WAITS : OUTCOME_STEP_COUNTS);
	}
	assert_int_equal(outcome_decide(OUTCOME_MALICIOUS, "A", false, "A"), OUTCOME_STEP_REFUSED);
	assert_int_equal(outcome_decide(OUTCOME_MALICIOUS, "A", false, "B"), OUTCOME_STEP_CONFIRMS);
	assert_false(outcome_from_name("guilty", &outcome));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_mistakes), cmocka_unit_test(test_what_may_be_told), cmocka_unit_test(test_as_shipped_and_none),
		cmocka_unit_test(test_outcomes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
