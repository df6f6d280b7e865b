/* What may go to which texter: one row a rule, and every combination where something must hold for all. */
#include "cm.h"

#include <string.h>

#include "core/dialogue/contact_safety.h"

#define AT(h, m) ((h) * 60 + (m))

static const struct row {
	const char *what;
	struct safety_facts f;
	enum safety_purpose purpose;
	enum safety_action action;
} rows[] = {
	/* state, fresh, house discreet, has a discreet form, hours, now */
	{ "a receipt to a stranger, discreet house", { CONTACT_UNKNOWN, false, true, true, { 0, 0 }, 0 }, SAFETY_RECEIPT, SAFETY_SEND_DISCREET },
	{ "a receipt to a stranger, open house", { CONTACT_UNKNOWN, false, false, true, { 0, 0 }, 0 }, SAFETY_RECEIPT, SAFETY_SEND },
	{ "a question without a discreet form", { CONTACT_UNKNOWN, false, true, false, { 0, 0 }, 0 }, SAFETY_QUESTION, SAFETY_NEVER },
	{ "advice to a stranger, discreet house", { CONTACT_UNKNOWN, false, true, true, { 0, 0 }, 0 }, SAFETY_ADVICE, SAFETY_NEVER },
	{ "advice to a stranger, open house", { CONTACT_UNKNOWN, false, false, false, { 0, 0 }, 0 }, SAFETY_ADVICE, SAFETY_SEND },
	{ "safe: the question itself", { CONTACT_OK, true, true, true, { 0, 0 }, 0 }, SAFETY_QUESTION, SAFETY_SEND },
	{ "safe: advice", { CONTACT_OK, true, true, false, { 0, 0 }, 0 }, SAFETY_ADVICE, SAFETY_SEND },
	{ "safe long ago is a stranger", { CONTACT_OK, false, true, true, { 0, 0 }, 0 }, SAFETY_QUESTION, SAFETY_SEND_DISCREET },
	{ "safe long ago: no advice", { CONTACT_OK, false, true, true, { 0, 0 }, 0 }, SAFETY_ADVICE, SAFETY_NEVER },
	{ "discreet, open house", { CONTACT_DISCREET, true, false, true, { 0, 0 }, 0 }, SAFETY_RECEIPT, SAFETY_SEND_DISCREET },
	{ "discreet without a discreet form", { CONTACT_DISCREET, true, false, false, { 0, 0 }, 0 }, SAFETY_QUESTION, SAFETY_NEVER },
	{ "discreet: no advice", { CONTACT_DISCREET, true, false, true, { 0, 0 }, 0 }, SAFETY_ADVICE, SAFETY_NEVER },
	{ "discreet: no campaign", { CONTACT_DISCREET, true, false, true, { 0, 0 }, 0 }, SAFETY_CAMPAIGN, SAFETY_NEVER },
	{ "silence: the last word", { CONTACT_SILENT, false, true, true, { 0, 0 }, 0 }, SAFETY_LAST_WORD, SAFETY_SEND_DISCREET },
	{ "within the hours", { CONTACT_UNKNOWN, false, true, true, { AT(18, 0), AT(22, 0) }, AT(18, 0) }, SAFETY_RECEIPT,
		SAFETY_SEND_DISCREET },
	{ "their end is not within", { CONTACT_UNKNOWN, false, true, true, { AT(18, 0), AT(22, 0) }, AT(22, 0) }, SAFETY_RECEIPT, SAFETY_HOLD },
	{ "over midnight, before", { CONTACT_OK, true, true, true, { AT(22, 0), AT(2, 0) }, AT(23, 59) }, SAFETY_QUESTION, SAFETY_SEND },
	{ "over midnight, after", { CONTACT_OK, true, true, true, { AT(22, 0), AT(2, 0) }, AT(1, 59) }, SAFETY_QUESTION, SAFETY_SEND },
	{ "over midnight, outside", { CONTACT_OK, true, true, true, { AT(22, 0), AT(2, 0) }, AT(2, 0) }, SAFETY_QUESTION, SAFETY_HOLD },
	{ "a last word does not wait", { CONTACT_SILENT, false, false, true, { AT(18, 0), AT(22, 0) }, AT(3, 0) }, SAFETY_LAST_WORD,
		SAFETY_NEVER },
	{ "advice does not wait", { CONTACT_OK, true, false, true, { AT(18, 0), AT(22, 0) }, AT(3, 0) }, SAFETY_ADVICE, SAFETY_NEVER },
	{ "what is never sent does not wait", { CONTACT_SILENT, true, true, true, { AT(18, 0), AT(22, 0) }, AT(3, 0) }, SAFETY_RECEIPT,
		SAFETY_NEVER },
};

static void test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct safety_verdict v = contact_safety_decide(&rows[i].f, rows[i].purpose);
		if (v.action != rows[i].action)
			fail_msg("%s: %d", rows[i].what, (int)v.action);
		if ((v.action == SAFETY_NEVER || v.action == SAFETY_HOLD) && !*v.why)
			fail_msg("%s: no reason", rows[i].what);
	}
}

static void test_laws(void **state)
{
	struct safety_facts f;

	(void)state;
	for (unsigned n = 0; n < 1u << 3; n++) {
		for (int s = 0; s < CONTACT_SAFETIES; s++) {
			for (int p = 0; p < SAFETY_PURPOSES; p++) {
				f = (struct safety_facts){ (enum contact_safety)s, n & 1, n & 2, n & 4, { 0, 0 }, 0 };
				struct safety_verdict v = contact_safety_decide(&f, (enum safety_purpose)p);
				if (s == CONTACT_SILENT && p != SAFETY_LAST_WORD)
					assert_int_equal(v.action, SAFETY_NEVER);
				if (s == CONTACT_DISCREET)
					assert_int_not_equal(v.action, SAFETY_SEND);
				if (!f.has_discreet)
					assert_int_not_equal(v.action, SAFETY_SEND_DISCREET);
				if (p == SAFETY_ADVICE && f.house_discreet && (s != CONTACT_OK || !f.fresh))
					assert_int_equal(v.action, SAFETY_NEVER);
			}
		}
	}
}

static void test_the_wait_ends_in_the_window(void **state)
{
	static const struct contact_hours windows[] = { { AT(18, 0), AT(22, 0) }, { AT(23, 30), AT(0, 30) }, { 0, AT(0, 1) },
		{ AT(23, 59), SAFETY_DAY_MIN } };
	int wait;

	(void)state;
	for (size_t w = 0; w < sizeof(windows) / sizeof(windows[0]); w++) {
		for (int now = 0; now < SAFETY_DAY_MIN; now++) {
			struct safety_facts f = { CONTACT_OK, true, true, true, windows[w], now };
			struct safety_verdict v = contact_safety_decide(&f, SAFETY_QUESTION);
			if (contact_hours_open(&windows[w], now, &wait))
				continue;
			assert_true(wait > 0 && wait < SAFETY_DAY_MIN);
			assert_int_equal((now + wait) % SAFETY_DAY_MIN, windows[w].from_min);
			assert_int_equal(v.action, SAFETY_HOLD);
			assert_true(v.wait_min >= 1 && v.wait_min <= SAFETY_HOLD_MOST_MIN && v.wait_min <= wait);
		}
	}
}

static void test_words(void **state)
{
	static const char *const bad[] = { "", "18", "18:00", "18:00-", "18:00-22", "24:30-01:00", "18:60-19:00", "18:00-18:00", "1800-2200",
		"18:00 22:00", "24:00-01:00", "18:00-22:001", "a8:00-22:00", "0a:00-22:00", "0/:00-22:00", "/0:00-22:00",
		":0:00-22:00", "0::00-22:00" };
	char text[CONTACT_HOURS_TEXT];
	struct contact_hours h;
	enum contact_safety s;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (contact_hours_read(bad[i], &h))
			fail_msg("read \"%s\"", bad[i]);
	assert_true(contact_hours_read("18:05-24:00", &h));
	contact_hours_print(&h, text);
	assert_string_equal(text, "18:05-24:00");
	assert_true(contact_hours_read("always", &h));
	contact_hours_print(&h, text);
	assert_string_equal(text, "always");
	for (int i = 0; i < CONTACT_SAFETIES; i++) {
		assert_true(contact_safety_from_name(contact_safety_name((enum contact_safety)i), &s));
		assert_int_equal(s, i);
	}
	assert_false(contact_safety_from_name("safe", &s));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_rows), cmocka_unit_test(test_laws),
		cmocka_unit_test(test_the_wait_ends_in_the_window), cmocka_unit_test(test_words) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
