/* Who may open a number, as tables. */
#include <stdio.h>
#include <string.h>

#include "cm.h"
#include "core/oversight/release_policy.h"

#define NOW 1000000000LL
#define HOUR 3600000LL

#define OFFICER(n, unit) { PERSON_OFFICER, n, unit, unit, false }
#define COORDINATOR(n, unit, know) { PERSON_COORDINATOR, n, unit, know, false }

static void test_ask(void **state)
{
	static const struct { struct release_person p; bool already; int64_t open; int want; } rows[] = {
		{ OFFICER("bat", true), false, 0, 0 },
		{ OFFICER("bat", true), false, 2, 0 },
		{ OFFICER("bat", true), false, 3, HL_EBUSY },
		{ OFFICER("bat", true), true, 0, HL_EEXIST },
		{ OFFICER("bat", false), false, 0, HL_EAUTH },
		{ COORDINATOR("saran", true, true), false, 0, 0 },
		{ COORDINATOR("saran", false, true), false, 0, HL_EAUTH },
		{ { PERSON_AUDITOR, "oyun", true, true, false }, false, 0, HL_EAUTH },
		{ { PERSON_NONE, "", true, true, false }, false, 0, HL_EAUTH },
	};
	const char *why;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(release_may_ask(&rows[i].p, rows[i].already, rows[i].open, &why), rows[i].want);
}

static void test_decide(void **state)
{
	static const struct { struct release_person p; enum release_state s; int64_t now; int want; } rows[] = {
		{ OFFICER("dorj", true), RELEASE_ASKED, NOW, 0 },
		{ COORDINATOR("saran", false, true), RELEASE_ASKED, NOW, 0 },
		{ OFFICER("bat", true), RELEASE_ASKED, NOW, HL_EAUTH },          /* who asked */
		{ COORDINATOR("bat", true, true), RELEASE_ASKED, NOW, HL_EAUTH }, /* whatever they are now */
		{ OFFICER("dorj", false), RELEASE_ASKED, NOW, HL_EAUTH },
		{ COORDINATOR("saran", false, false), RELEASE_ASKED, NOW, HL_EAUTH },
		{ { PERSON_AUDITOR, "oyun", false, true, false }, RELEASE_ASKED, NOW, HL_EAUTH },
		{ { PERSON_OFFICER, "puppet", true, true, true }, RELEASE_ASKED, NOW, HL_EAUTH },
		{ { PERSON_COORDINATOR, "puppet", true, true, true }, RELEASE_ASKED, NOW, HL_EAUTH },
		{ OFFICER("dorj", true), RELEASE_APPROVED, NOW, HL_ESTATE },
		{ OFFICER("dorj", true), RELEASE_REFUSED, NOW, HL_ESTATE },
		{ OFFICER("dorj", true), RELEASE_SHOWN, NOW, HL_ESTATE },
		{ OFFICER("dorj", true), RELEASE_ASKED, NOW + 24 * HOUR - 1, 0 },
		{ OFFICER("dorj", true), RELEASE_ASKED, NOW + 24 * HOUR, HL_ETIME },
		{ OFFICER("dorj", true), RELEASE_ASKED, NOW - HOUR, HL_ETIME },   /* a clock set back */
	};
	const char *why;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct release_row r = { .state = rows[i].s, .requester = "bat", .asked_ms = NOW, .expires_ms = NOW + 24 * HOUR };
		if (release_may_decide(&rows[i].p, &r, rows[i].now, &why) != rows[i].want)
			fail_msg("row %zu", i);
	}
}

static void test_see(void **state)
{
	static const struct { struct release_person p; enum release_state s; int64_t now; int want; const char *name; } rows[] = {
		{ OFFICER("bat", true), RELEASE_APPROVED, NOW, 0, "approved" },
		{ OFFICER("dorj", true), RELEASE_APPROVED, NOW, HL_EAUTH, "approved" }, /* who approved does not see it */
		{ OFFICER("bat", false), RELEASE_APPROVED, NOW, HL_EAUTH, "approved" },
		{ OFFICER("bat", true), RELEASE_ASKED, NOW, HL_ESTATE, "asked" },
		{ OFFICER("bat", true), RELEASE_REFUSED, NOW, HL_ESTATE, "refused" },
		{ OFFICER("bat", true), RELEASE_SHOWN, NOW, HL_ESTATE, "shown" },
		{ OFFICER("bat", true), RELEASE_APPROVED, NOW + 24 * HOUR, HL_ETIME, "expired" },
	};
	const char *why;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct release_row r = { .state = rows[i].s, .requester = "bat", .asked_ms = NOW, .expires_ms = NOW + 24 * HOUR };
		if (release_may_see(&rows[i].p, &r, rows[i].now, &why) != rows[i].want)
			fail_msg("row %zu", i);
		assert_string_equal(release_state_name(&r, rows[i].now), rows[i].name);
	}
}

static void test_reason(void **state)
{
	static const struct { const char *reason; int want; } rows[] = {
		{ "she asked to be called back", 0 }, { "эмчид холбох шаардлагатай", 0 }, { "", HL_EINVAL }, { "because", HL_EINVAL },
		{ "call +97600001234 now", HL_EINVAL }, { "call 0000 1234 now please", HL_EINVAL }, { "call 00-00-12 now please", HL_EINVAL },
		{ "she is 14 and alone", 0 }, { "two lines\nof reason", HL_EINVAL },
	};
	char longest[RELEASE_REASON_MAX + 2];
	const char *why;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (release_check_reason(rows[i].reason, &why) != rows[i].want)
			fail_msg("%s", rows[i].reason);
	memset(longest, 'x', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	assert_int_equal(release_check_reason(longest, &why), HL_ERANGE);
	longest[RELEASE_REASON_MAX] = '\0';
	assert_int_equal(release_check_reason(longest, &why), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_ask), cmocka_unit_test(test_decide), cmocka_unit_test(test_see), cmocka_unit_test(test_reason),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
