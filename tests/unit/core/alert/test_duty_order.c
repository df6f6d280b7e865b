/* Who is rung in which order: duty first, hand-overs in the middle of an alert, quiet hours, units apart. */
#include "cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/alert/duty_order.h"
#include "conf/conf.h"
#include "core/roster/local_time.h"

#define PERSON(n, role, num, more) "{ name = \"" n "\"; role = \"" role "\"; number = \"+9760000100" num "\"; " more " }"

static const char people[] = "people = (" PERSON("A", "officer", "1", "") "," PERSON("B", "officer", "2", "") ","
	PERSON("C", "officer", "3", "") "," PERSON("Q", "officer", "4", "quiet = \"22:00-07:00\";") ","
	PERSON("I", "officer", "5", "unit = \"IND\";") "," PERSON("T", "coordinator", "6", "") ","
	PERSON("U", "coordinator", "7", "quiet = \"23:00-06:30\";") "," PERSON("M", "officer", "8", "unit = \"MDTF\";") ","
	PERSON("O", "operator", "9", "") ");\n";

/* C leads from 08:00 of even days, B of odd ones; then nobody but the file's order. */
#define DAILY "rotations = ( { name = \"d\"; people = [\"C\", \"B\"]; shift = \"daily\"; start = \"2026-11-01\"; } );\n"

static struct roster *load(const char *more)
{
	static struct conf_errors e;
	struct roster *r;
	char text[4096];

	e.count = 0;
	snprintf(text, sizeof(text), "%s%s", people, more);
	r = roster_load_text("roster", text, strlen(text), "976", &e);
	if (e.count)
		fail_msg("%s", e.list[0].text);
	return r;
}

static const char *letters(const struct roster *r, const char *unit, const char *when, enum triage_urgency urgency, int64_t step,
	const char *rung)
{
	static char out[ROSTER_MAX + 1];
	char names[8][64] = { "" };
	struct duty_question q = { .roster = r, .unit = unit, .apart = "IND", .urgency = urgency, .step = step,
		.rung = (const char (*)[64])names };
	struct duty_chain chain;
	size_t n;

	assert_true(local_time_read(when, &q.wall_ms));
	for (; rung && rung[q.rung_count]; q.rung_count++)
		names[q.rung_count][0] = rung[q.rung_count];
	duty_order(&q, &chain);
	n = chain.count.officers + chain.count.coordinators;
	for (size_t i = 0; i < n; i++)
		out[i] = chain.list[i]->name[0];
	out[n] = '\0';
	return out;
}

static void test_orders(void **state)
{
	static const struct {
		const char *more, *unit, *when;
		enum triage_urgency urgency;
		int64_t step;
		const char *rung, *order;
	} rows[] = {
		{ "", "ATPU", "2026-11-22 12:00", TRIAGE_HIGH, 0, NULL, "ABCQTU" },           /* no rotations: the file's order */
		{ "", "", "2026-11-22 12:00", TRIAGE_HIGH, 0, NULL, "ABCQMTU" },              /* not known whose: everybody's */
		{ "", "MDTF", "2026-11-22 12:00", TRIAGE_HIGH, 0, NULL, "MTU" },
		{ "", "IND", "2026-11-22 12:00", TRIAGE_HIGH, 0, NULL, "I" },
		{ DAILY, "", "2026-11-22 12:00", TRIAGE_HIGH, 0, NULL, "BACQMTU" },
		{ DAILY, "IND", "2026-11-22 12:00", TRIAGE_HIGH, 0, NULL, "I" },
		{ DAILY, "ATPU", "2026-11-01 12:00", TRIAGE_HIGH, 0, NULL, "CABQTU" },
		{ DAILY, "ATPU", "2026-11-02 07:59", TRIAGE_HIGH, 0, NULL, "CABQTU" },
		{ DAILY, "ATPU", "2026-11-02 08:00", TRIAGE_HIGH, 0, NULL, "BACQTU" },
		/* a hand-over in the middle of an alert: C was rung, B has begun and is next, though B is first of the new order */
		{ DAILY, "ATPU", "2026-11-02 08:00", TRIAGE_HIGH, 1, "C", "CBAQTU" },
		{ DAILY, "ATPU", "2026-11-02 08:00", TRIAGE_HIGH, 2, "CT", "C?B" },
		{ DAILY, "ATPU", "2026-11-02 08:00", TRIAGE_HIGH, 2, "CA", "CABQTU" },
		{ DAILY, "ATPU", "2026-11-01 12:00", TRIAGE_HIGH, 3, "CAB", "CABQTU" },
		{ DAILY, "ATPU", "2026-11-02 12:00", TRIAGE_HIGH, 4, "CABQ", "CABQTU" },
		/* somebody who was rung has left the roster: still nobody is passed over */
		{ DAILY, "ATPU", "2026-11-02 12:00", TRIAGE_HIGH, 1, "X", "?B" },
		/* quiet hours: later for what can wait, never for what cannot */
		{ "", "ATPU", "2026-11-22 23:00", TRIAGE_NORMAL, 0, NULL, "ABCQTU" },
		{ "rotations = ( { name = \"d\"; people = [\"Q\"]; start = \"2026-11-01\"; } );", "ATPU", "2026-11-22 23:00", TRIAGE_NORMAL, 0,
			NULL, "ABCQTU" },
		{ "rotations = ( { name = \"d\"; people = [\"Q\"]; start = \"2026-11-01\"; } );", "ATPU", "2026-11-22 23:00", TRIAGE_HIGH, 0,
			NULL, "QABCTU" },
		{ "rotations = ( { name = \"d\"; people = [\"Q\"]; start = \"2026-11-01\"; } );", "ATPU", "2026-11-22 07:00", TRIAGE_LOW, 0,
			NULL, "QABCTU" },
		/* an override of nobody, and double cover */
		{ DAILY "overrides = ( { from = \"2026-11-01 10:00\"; to = \"2026-11-01 14:00\"; people = []; } );", "ATPU", "2026-11-01 12:00",
			TRIAGE_HIGH, 0, NULL, "ABCQTU" },
		{ "rotations = ( { name = \"x\"; people = [\"Q\"]; start = \"2026-11-01\"; }, { name = \"y\"; people = [\"B\"]; "
			"start = \"2026-11-01\"; } );", "ATPU", "2026-11-22 12:00", TRIAGE_HIGH, 0, NULL, "QBACTU" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct roster *r = load(rows[i].more);
		const char *got = letters(r, rows[i].unit, rows[i].when, rows[i].urgency, rows[i].step, rows[i].rung), *want = rows[i].order;
		bool same = true;
		for (size_t c = 0; want[c]; c++)
			same &= want[c] == '?' || want[c] == got[c];
		if (!same)
			fail_msg("row %zu: wanted %s, got %s", i, want, got);
		assert_int_equal(strspn(got, "ABCQIMTU"), strlen(got)); /* never an operator */
		roster_free(r);
	}
}

/* An alert that nobody answers, a step each twelve hours with a hand-over in between. */
static void test_nobody_on_duty_is_passed_over(void **state)
{
	struct roster *r = load("rotations = ( { name = \"d\"; people = [\"C\", \"Q\"]; shift = \"daily\"; start = \"2026-11-01\"; } );");
	int64_t t, step = 0;
	char rung[8] = "";
	size_t n = 0;

	(void)state;
	assert_true(local_time_read("2026-11-01 09:00", &t));
	for (; step < 4; step++, t += INT64_C(12) * 60 * 60 * 1000) {
		char when[17];
		const char *order;
		local_time_write(t, when);
		order = letters(r, "ATPU", when, TRIAGE_EMERGENCY, step, rung);
		assert_null(strchr(rung, order[step]));
		rung[n++] = order[step];
		rung[n] = '\0';
	}
	assert_string_equal(rung, "CAQB"); /* C and A on the first day; Q took over at 08:00 and is next, before B */
	roster_free(r);
}

static void test_quiet_left(void **state)
{
	static const struct { const char *when; int64_t minutes; } rows[] = {
		{ "2026-11-22 21:59", 0 }, { "2026-11-22 22:00", 540 }, { "2026-11-22 23:30", 450 }, { "2026-11-23 00:00", 420 },
		{ "2026-11-23 06:59", 1 }, { "2026-11-23 07:00", 0 },
	};
	struct roster *r = load("");

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int64_t t;
		assert_true(local_time_read(rows[i].when, &t));
		assert_int_equal(roster_quiet_left_ms(roster_find_name(r, "Q"), t), rows[i].minutes * 60000);
		assert_int_equal(roster_quiet_left_ms(roster_find_name(r, "A"), t), 0);
	}
	roster_free(r);
}

/* While nobody independent is on the roster, the task force's coordinators hear that there is something; the police and everybody else do
 * not, nor does an officer of the task force. */
static void test_nobody_independent(void **state)
{
	static const char text[] = "people = (" PERSON("A", "officer", "1", "") "," PERSON("M", "officer", "2", "unit = \"MDTF\";") ","
		PERSON("T", "coordinator", "3", "unit = \"MDTF\";") "," PERSON("P", "coordinator", "4", "unit = \"ATPU\";") ","
		PERSON("O", "operator", "5", "unit = \"MDTF\";") ");\n";
	static struct conf_errors e;
	struct roster *r = roster_load_text("roster", text, strlen(text), "976", &e);
	struct duty_question q = { .roster = r, .unit = "IND", .apart = "IND", .urgency = TRIAGE_EMERGENCY };
	struct duty_chain chain;

	(void)state;
	assert_non_null(r);
	assert_true(local_time_read("2026-11-22 12:00", &q.wall_ms));
	for (size_t i = 0; i < roster_count(r); i++)
		assert_int_equal(duty_may_know(&q, roster_person(r, i)), roster_person(r, i)->name[0] == 'T');
	duty_order(&q, &chain);
	assert_int_equal(chain.count.officers, 0);
	assert_int_equal(chain.count.coordinators, 1);
	assert_string_equal(chain.list[0]->name, "T");
	roster_free(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nobody_independent), cmocka_unit_test(test_orders),
		cmocka_unit_test(test_nobody_on_duty_is_passed_over),
		cmocka_unit_test(test_quiet_left),
	};

	setenv("TZ", "Asia/Ulaanbaatar", 1);
	tzset();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
