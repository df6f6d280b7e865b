/* Who may get a campaign: each fact alone is enough against it, and what a person decided comes first. */
#include "cm.h"
#include "core/contacts/eligible.h"
#include "core/dialogue/contact_safety.h"

#define DAY_MS (86400 * INT64_C(1000))
#define NOW (20000 * DAY_MS)

struct row { const char *what; struct contacts_facts f; enum contacts_reason want; };

#define GOOD .known = true, .active = true, .consent_ms = NOW - DAY_MS

static const struct row rows[] = {
	{ "agreed", { .kept = { GOOD } }, CONTACTS_OK },
	{ "told that it is safe", { .kept = { GOOD, .safety = CONTACT_OK } }, CONTACTS_OK },
	{ "never agreed", { .kept = { .known = false } }, CONTACTS_UNKNOWN },
	{ "on the list of STOP alone", { .kept = { .stopped = true } }, CONTACTS_STOPPED },
	{ "agreed, then STOP", { .kept = { GOOD, .stopped = true } }, CONTACTS_STOPPED },
	{ "not active", { .kept = { .known = true, .consent_ms = NOW - DAY_MS } }, CONTACTS_STOPPED },
	{ "no date", { .kept = { .known = true, .active = true } }, CONTACTS_NO_CONSENT },
	{ "a day too old", { .kept = { GOOD }, .consent_days = 1 }, CONTACTS_NO_CONSENT },
	{ "a day left", { .kept = { GOOD }, .consent_days = 2 }, CONTACTS_OK },
	{ "a report of theirs is open", { .kept = { GOOD, .open_case = true } }, CONTACTS_OPEN_CASE },
	{ "discreet", { .kept = { GOOD, .safety = CONTACT_DISCREET } }, CONTACTS_UNSAFE },
	{ "no reply", { .kept = { GOOD, .safety = CONTACT_SILENT } }, CONTACTS_UNSAFE },
	{ "a state of a newer program", { .kept = { GOOD, .safety = 99 } }, CONTACTS_UNSAFE },
	{ "asked for silence", { .kept = { GOOD, .refused = true } }, CONTACTS_UNSAFE },
	{ "of the roster", { .kept = { GOOD }, .roster = true }, CONTACTS_ROSTER },
	{ "an old consent is told, not the report", { .kept = { GOOD, .open_case = true }, .consent_days = 1 }, CONTACTS_NO_CONSENT },
	{ "an old consent is told, not the silence", { .kept = { GOOD, .refused = true }, .consent_days = 1 }, CONTACTS_NO_CONSENT },
	{ "STOP comes before all else", { .kept = { GOOD, .stopped = true, .open_case = true, .refused = true }, .roster = true }, CONTACTS_STOPPED },
};

static void test_decide(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct contacts_facts f = rows[i].f;
		f.now_ms = NOW;
		if (contacts_decide(&f) != rows[i].want)
			fail_msg("%s: %s", rows[i].what, contacts_reason_name(contacts_decide(&f)));
	}
}

static void test_nobody_is_given_away(void **state)
{
	(void)state;
	assert_string_equal(contacts_reason_name(CONTACTS_OPEN_CASE), contacts_reason_name(CONTACTS_ROSTER));
	assert_string_equal(contacts_reason_name(CONTACTS_OPEN_CASE), contacts_reason_name(CONTACTS_UNSAFE));
	for (int i = 0; i < CONTACTS_REASONS; i++) {
		enum contacts_reason shown = contacts_reason_shown((enum contacts_reason)i);
		assert_true(shown != CONTACTS_OPEN_CASE && shown != CONTACTS_UNSAFE && shown != CONTACTS_ROSTER);
		assert_true(*contacts_reason_name((enum contacts_reason)i));
	}
	assert_int_equal(contacts_reason_shown(CONTACTS_STOPPED), CONTACTS_STOPPED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_decide),
		cmocka_unit_test(test_nobody_is_given_away),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
