/* How long what is kept is kept, as tables. */
#include "cm.h"
#include "core/retention/policy.h"
#include "core/triage/triage.h"

#define DAY (86400 * (int64_t)1000)
#define NOW (20000 * DAY)

static const struct retention_periods periods = {
	.days = { [RETENTION_TIP] = 1000, [RETENTION_UNFOUNDED] = 300, [RETENTION_SPAM] = 90, [RETENTION_OTHER] = 180,
		[RETENTION_QUARANTINE] = 60, [RETENTION_OUTBOX] = 30, [RETENTION_CONTACT] = 30, [RETENTION_HASH] = 400 },
	.warn_days = 14, .shred_days = 30,
};

static void test_cases(void **state)
{
	static const struct { const char *what; struct retention_case c; int days_ago; enum retention_verdict want; } rows[] = {
		{ "an open tip stays however old", { .kind = TRIAGE_TIP }, 5000, RETENTION_KEEP },
		{ "closed, young", { .kind = TRIAGE_TIP, .closed = true }, 900, RETENTION_KEEP },
		{ "closed, told before", { .kind = TRIAGE_TIP, .closed = true }, 990, RETENTION_SOON },
		{ "closed, the first day of the warning", { .kind = TRIAGE_TIP, .closed = true }, 986, RETENTION_SOON },
		{ "closed, its time is over", { .kind = TRIAGE_TIP, .closed = true }, 1000, RETENTION_ERASE },
		{ "legal hold", { .kind = TRIAGE_TIP, .closed = true, .held = true }, 5000, RETENTION_KEEP },
		{ "it still rings", { .kind = TRIAGE_TIP, .closed = true, .busy = true }, 5000, RETENTION_KEEP },
		{ "unfounded", { .kind = TRIAGE_TIP, .closed = true, .unfounded = true }, 300, RETENTION_ERASE },
		{ "unfounded is said by a close only", { .kind = TRIAGE_TIP, .unfounded = true }, 300, RETENTION_KEEP },
		{ "spam is never closed", { .kind = TRIAGE_SPAM }, 90, RETENTION_ERASE },
		{ "spam that somebody has", { .kind = TRIAGE_SPAM, .owned = true }, 90, RETENTION_KEEP },
		{ "spam that somebody had", { .kind = TRIAGE_SPAM, .owned = true, .closed = true }, 90, RETENTION_ERASE },
		{ "abuse, held", { .kind = TRIAGE_ABUSE, .held = true }, 900, RETENTION_KEEP },
		{ "wrong number", { .kind = TRIAGE_WRONG_NUMBER }, 80, RETENTION_SOON },
		{ "thanks", { .kind = TRIAGE_THANKS }, 90, RETENTION_KEEP },
		{ "a question", { .kind = TRIAGE_QUESTION }, 180, RETENTION_ERASE },
		{ "a kind we do not know has the longest", { .kind = 99, .closed = true }, 500, RETENTION_KEEP },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct retention_case c = rows[i].c;
		c.updated_ms = NOW - rows[i].days_ago * DAY;
		c.closed_ms = c.closed ? c.updated_ms : 0;
		if (retention_of_case(&periods, &c, NOW) != rows[i].want)
			fail_msg("%s", rows[i].what);
	}
}

static void test_for_ever(void **state)
{
	struct retention_periods p = periods;
	struct retention_case c = { .kind = TRIAGE_TIP, .closed = true, .closed_ms = 1 };

	(void)state;
	p.days[RETENTION_TIP] = 0;
	assert_int_equal(retention_of_case(&p, &c, NOW), RETENTION_KEEP);
	for (int i = 0; i < RETENTION_CLASSES; i++)
		assert_string_not_equal(retention_class_name((enum retention_class)i), "?");
}

static void test_weeks(void **state)
{
	static const struct { const char *what; struct retention_week w; int ended, erased; enum retention_key want; } rows[] = {
		{ "this week", { 0 }, -3, 0, RETENTION_KEY_KEEP },
		{ "empty", { 0 }, 1, 0, RETENTION_KEY_DESTROY },
		{ "this week, though empty", { 0 }, -1, 0, RETENTION_KEY_KEEP },
		{ "texts of open cases, young", { .any = true }, 500, 0, RETENTION_KEY_KEEP },
		{ "texts of open or held cases outlive their week", { .any = true }, 1000, 0, RETENTION_KEY_MOVE },
		{ "closed ones wait for their time", { .any = true, .waiting = true }, 1200, 0, RETENTION_KEY_KEEP },
		{ "something was erased, lately", { .any = true, .waiting = true }, 200, 29, RETENTION_KEY_KEEP },
		{ "something was erased, long enough ago", { .any = true, .waiting = true }, 200, 30, RETENTION_KEY_MOVE },
	};
	struct retention_week unknown = { .end_ms = 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct retention_week w = rows[i].w;
		w.end_ms = NOW - rows[i].ended * DAY;
		w.erased_ms = rows[i].erased ? NOW - rows[i].erased * DAY : 0;
		if (retention_of_week(&periods, &w, NOW) != rows[i].want)
			fail_msg("%s", rows[i].what);
	}
	assert_int_equal(retention_of_week(&periods, &unknown, NOW), RETENTION_KEY_KEEP);
}

static void test_clock(void **state)
{
	(void)state;
	assert_true(retention_clock_ok(NOW - DAY, NOW));
	assert_true(retention_clock_ok(NOW - 40 * DAY, NOW));
	assert_false(retention_clock_ok(NOW - 41 * DAY, NOW));
	assert_false(retention_clock_ok(NOW + 2 * DAY, NOW)); /* backwards: what was erased then was erased too early */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases), cmocka_unit_test(test_for_ever), cmocka_unit_test(test_weeks), cmocka_unit_test(test_clock),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
