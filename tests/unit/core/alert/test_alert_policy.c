/* Who rings when, and what an officer's text means: tables. */
#include "cm.h"

#include <stdio.h>
#include <string.h>

#include "core/alert/policy.h"

#define S 1000

static struct alert_rules rules(size_t officers, size_t coordinators)
{
	return (struct alert_rules){ { officers, coordinators }, { 3600 * S, 3600 * S, 900 * S, 300 * S, 120 * S }, NULL };
}

/* A verdict as a word: persons with the letter of their text, e.g. "0n 2n". */
static const char *rings(const struct alert_verdict *v, char out[64])
{
	static const char letters[ALERT_TEXTS] = { 'n', 'm', 'e', 'r', 'i' };
	size_t at = 0;

	out[0] = '\0';
	for (size_t i = 0; i < v->ring_count; i++)
		at += (size_t)snprintf(out + at, 64 - at, "%s%zu%c", i ? " " : "", v->rings[i].person, letters[v->rings[i].text]);
	return out;
}

static void test_new(void **state)
{
	static const struct { size_t officers, coordinators; const char *rings; } rows[] = {
		{ 0, 0, "" }, { 1, 0, "0n" }, { 3, 0, "0n" }, { 2, 1, "0n 2n" }, { 2, 2, "0n 2n 3n" }, { 0, 2, "0n 1n" },
	};
	char out[64];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct alert_rules r = rules(rows[i].officers, rows[i].coordinators);
		struct alert_verdict v;
		alert_decide_new(&r, TRIAGE_EMERGENCY, 5000, &v);
		assert_string_equal(rings(&v, out), rows[i].rings);
		assert_int_equal(v.step, 0);
		assert_int_equal(v.due_boot_ms, 5000 + 120 * S);
		assert_false(v.escalated);
	}
}

static void test_due(void **state)
{
	static const struct { size_t officers, coordinators; int64_t step; const char *rings; } rows[] = {
		{ 2, 1, 0, "1e" }, { 2, 1, 1, "2e" }, { 2, 1, 2, "0r" }, { 2, 1, 3, "1r" }, { 2, 1, 4, "2r" }, { 2, 1, 5, "0r" },
		{ 1, 0, 0, "0r" }, { 1, 0, 1000000, "0r" }, { 0, 1, 0, "0r" }, { 0, 2, 0, "1e" },
	};
	char out[64];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct alert_rules r = rules(rows[i].officers, rows[i].coordinators);
		const struct alert_facts f = { TRIAGE_HIGH, rows[i].step, 7000 };
		struct alert_verdict v;
		alert_decide_due(&r, &f, 6999, &v);
		assert_string_equal(rings(&v, out), "");
		assert_int_equal(v.step, rows[i].step);
		alert_decide_due(&r, &f, 7000, &v);
		assert_string_equal(rings(&v, out), rows[i].rings);
		assert_int_equal(v.step, rows[i].step + 1);
		assert_int_equal(v.due_boot_ms, 7000 + 300 * S);
		assert_true(v.escalated);
	}
}

static void test_nobody_keeps_it_open(void **state)
{
	const struct alert_rules r = rules(0, 0);
	const struct alert_facts f = { TRIAGE_NORMAL, 0, 10 };
	struct alert_verdict v;

	(void)state;
	alert_decide_due(&r, &f, 20, &v);
	assert_int_equal(v.ring_count, 0);
	assert_int_equal(v.step, 0);
	assert_int_equal(v.due_boot_ms, 20 + 900 * S);
	assert_false(v.escalated);
	alert_decide_failed(&r, &f, 0, 20, &v);
	assert_int_equal(v.ring_count, 0);
}

static void test_failed(void **state)
{
	static const struct { int64_t step; size_t person; const char *rings; } rows[] = {
		{ 0, 0, "1e" },  /* whose turn it is: the next at once */
		{ 0, 2, "" },    /* the coordinator beside: nothing waits for them */
		{ 1, 0, "" },    /* late news of somebody whose turn is over */
		{ 1, 1, "2e" },
		{ 2, 2, "" },    /* the end of a round waits */
		{ 3, 0, "1r" },
		{ 5, 2, "" },
	};
	const struct alert_rules r = rules(2, 1), one = rules(1, 0);
	struct alert_facts f = { TRIAGE_LOW, 0, 9000 };
	struct alert_verdict v;
	char out[64];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		f.step = rows[i].step;
		alert_decide_failed(&r, &f, rows[i].person, 100, &v);
		assert_string_equal(rings(&v, out), rows[i].rings);
		assert_int_equal(v.due_boot_ms, rows[i].rings[0] ? 100 + 3600 * S : 9000);
	}
	f.step = 0;
	alert_decide_failed(&one, &f, 0, 100, &v);
	assert_int_equal(v.ring_count, 0);
}

static void test_rise(void **state)
{
	static const struct { enum triage_urgency from, to; int64_t due, now, new_due; } rows[] = {
		{ TRIAGE_NORMAL, TRIAGE_EMERGENCY, 900 * S, 0, 120 * S },
		{ TRIAGE_NORMAL, TRIAGE_EMERGENCY, 900 * S, 800 * S, 900 * S }, /* never later */
		{ TRIAGE_HIGH, TRIAGE_NORMAL, 900 * S, 0, 900 * S },
		{ TRIAGE_HIGH, TRIAGE_HIGH, 900 * S, 0, 900 * S },
		{ TRIAGE_URGENCY_NONE, TRIAGE_HIGH, 3600 * S, 10, 300 * S + 10 },
	};
	const struct alert_rules r = rules(2, 1);

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct alert_facts f = { rows[i].from, 4, rows[i].due };
		struct alert_verdict v;
		alert_decide_rise(&r, &f, rows[i].to, rows[i].now, &v);
		assert_int_equal(v.due_boot_ms, rows[i].new_due);
		assert_int_equal(v.urgency, rows[i].to > rows[i].from ? rows[i].to : rows[i].from);
		assert_int_equal(v.step, 4);
		assert_int_equal(v.ring_count, 0);
	}
}

/* Whatever happens, each person of the chain is rung within one round, and it never ends. */
static void test_a_round_reaches_everybody(void **state)
{
	(void)state;
	for (size_t officers = 0; officers < 5; officers++) {
		for (size_t coordinators = officers ? 0 : 1; coordinators < 4; coordinators++) {
			const struct alert_rules r = rules(officers, coordinators);
			size_t length = officers + coordinators, rung[8] = { 0 };
			struct alert_facts f = { TRIAGE_EMERGENCY, 0, 0 };
			for (size_t i = 0; i < 10 * length; i++) {
				struct alert_verdict v;
				alert_decide_due(&r, &f, f.due_boot_ms, &v);
				assert_int_equal(v.ring_count, 1);
				rung[v.rings[0].person]++;
				f = (struct alert_facts){ v.urgency, v.step, v.due_boot_ms };
			}
			for (size_t p = 0; p < length; p++)
				assert_int_equal(rung[p], 10);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_new),
		cmocka_unit_test(test_due),
		cmocka_unit_test(test_nobody_keeps_it_open),
		cmocka_unit_test(test_failed),
		cmocka_unit_test(test_rise),
		cmocka_unit_test(test_a_round_reaches_everybody),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
