/* Which receipt, if any: one row a rule. */
#include "cm.h"

#include "core/core.h"
#include "core/inbound/receipt.h"
#include "core/triage/triage.h"

#define MIN (60 * 1000LL)
#define NOW (1000 * 60 * MIN)

static const struct row {
	const char *what;
	struct receipt_case in;
	const char *key;
	int64_t receipts; /* counted after it */
} rows[] = {
	{ "the first message of a case", { true, 5, true, true, TRIAGE_TIP, NOW, { 0, 0, 0 }, false, RECEIPT_CODE_NONE }, "receipt.standard", 1 },
	{ "a further message", { true, 5, true, false, TRIAGE_TIP, NOW, { 1, NOW - 90 * MIN, NOW - 90 * MIN }, false, RECEIPT_CODE_NONE }, "receipt.again", 2 },
	{ "again only once an hour", { true, 5, true, false, TRIAGE_TIP, NOW, { 1, NOW - 59 * MIN, NOW - 59 * MIN }, false, RECEIPT_CODE_NONE }, NULL, 1 },
	{ "again on the hour", { true, 5, true, false, TRIAGE_TIP, NOW, { 1, NOW - 60 * MIN, NOW - 60 * MIN }, false, RECEIPT_CODE_NONE },
		"receipt.again", 2 },
	{ "another case is not 'again'", { true, 5, true, true, TRIAGE_TIP, NOW, { 1, NOW - MIN, NOW - MIN }, false, RECEIPT_CODE_NONE }, "receipt.standard", 2 },
	{ "the cap", { true, 5, true, true, TRIAGE_TIP, NOW, { 5, NOW - 600 * MIN, NOW - 60 * MIN }, false, RECEIPT_CODE_NONE }, NULL, 5 },
	{ "the cap ends with the day", { true, 5, true, true, TRIAGE_TIP, NOW, { 5, NOW - 1440 * MIN, NOW - 61 * MIN }, false, RECEIPT_CODE_NONE },
		"receipt.standard", 1 },
	{ "a new day does not shorten the hour", { true, 5, true, false, TRIAGE_TIP, NOW, { 5, NOW - 1440 * MIN, NOW - 59 * MIN }, false, RECEIPT_CODE_NONE },
		NULL, 0 },
	{ "a cap of none", { true, 0, true, true, TRIAGE_TIP, NOW, { 0, 0, 0 }, false, RECEIPT_CODE_NONE }, NULL, 0 },
	{ "switched off", { false, 5, true, true, TRIAGE_TIP, NOW, { 0, 0, 0 }, false, RECEIPT_CODE_NONE }, NULL, 0 },
	{ "nobody to answer", { true, 5, false, true, TRIAGE_TIP, NOW, { 0, 0, 0 }, false, RECEIPT_CODE_NONE }, NULL, 0 },
	{ "a further one, none given so far", { true, 5, true, false, TRIAGE_TIP, NOW, { 0, 0, 0 }, false, RECEIPT_CODE_NONE }, "receipt.again", 1 },
	{ "spam", { true, 5, true, true, TRIAGE_SPAM, NOW, { 0, 0, 0 }, false, RECEIPT_CODE_NONE }, NULL, 0 },
	{ "abuse", { true, 5, true, true, TRIAGE_ABUSE, NOW, { 0, 0, 0 }, false, RECEIPT_CODE_NONE }, NULL, 0 },
	{ "a test", { true, 5, true, true, TRIAGE_TEST, NOW, { 0, 0, 0 }, false, RECEIPT_CODE_NONE }, NULL, 0 },
	{ "a question", { true, 5, true, true, TRIAGE_QUESTION, NOW, { 0, 0, 0 }, false, RECEIPT_CODE_NONE }, "receipt.standard", 1 },
	{ "a machine that says the same again", { true, 5, true, true, TRIAGE_TIP, NOW, { 0, 0, 0 }, true, RECEIPT_CODE_NONE }, NULL, 0 },
	{ "their own code", { true, 5, true, false, TRIAGE_TEST, NOW, { 1, NOW - MIN, NOW - MIN }, false, RECEIPT_CODE_OWN }, "status.query", 2 },
	{ "a code that is not theirs", { true, 5, true, true, TRIAGE_TIP, NOW, { 0, 0, 0 }, false, RECEIPT_CODE_OTHER }, "status.unknown", 1 },
	{ "codes count, too", { true, 5, true, false, TRIAGE_TIP, NOW, { 5, NOW - MIN, NOW - MIN }, false, RECEIPT_CODE_OTHER }, NULL, 5 },
	{ "stop never stops a receipt", { true, 5, true, true, TRIAGE_OPT_OUT, NOW, { 0, 0, 0 }, false, RECEIPT_CODE_NONE }, "receipt.standard", 1 },
};

static void test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct receipt_verdict v = receipt_decide(&rows[i].in);
		if (rows[i].key) {
			if (!v.key)
				fail_msg("%s: no receipt", rows[i].what);
			assert_string_equal(v.key, rows[i].key);
			assert_string_equal(v.discreet, rows[i].in.code ? "receipt.again.discreet" : "receipt.discreet");
			assert_int_equal(v.count.receipts, rows[i].receipts);
			assert_int_equal(v.count.last_boot_ms, NOW);
		} else if (v.key) {
			fail_msg("%s: %s", rows[i].what, v.key);
		}
	}
}

/* A day of a sender who writes every minute: no more than the cap, and never twice within the hour. */
static void test_a_flood(void **state)
{
	struct receipt_case c = { true, 5, true, true, TRIAGE_TIP, 0, { 0, 0, 0 }, false, RECEIPT_CODE_NONE };
	int sent = 0;

	(void)state;
	for (c.now_boot_ms = NOW; c.now_boot_ms < NOW + 1440 * MIN; c.now_boot_ms += MIN) {
		struct receipt_verdict v = receipt_decide(&c);
		c.first = false;
		if (!v.key)
			continue;
		if (sent++)
			assert_true(c.now_boot_ms - c.count.last_boot_ms >= RECEIPT_AGAIN_MS);
		c.count = v.count;
	}
	assert_int_equal(sent, 5);
}

/* Numbers can be forged: however many write, so many are answered within an hour. */
static void test_all_together(void **state)
{
	struct receipt_hour h = { 0, 0 };
	bool first;
	int told = 0;

	(void)state;
	for (int i = 0; i < 10; i++) {
		assert_int_equal(receipt_hour_take(&h, NOW + i * MIN, 4, &first), i < 4);
		told += first;
	}
	assert_int_equal(told, 1);
	assert_false(receipt_hour_take(&h, NOW + 60 * MIN - 1, 4, &first));
	assert_true(receipt_hour_take(&h, NOW + 60 * MIN, 4, &first));
	assert_true(receipt_hour_take(&h, NOW + 61 * MIN, 4, &first));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_rows), cmocka_unit_test(test_a_flood), cmocka_unit_test(test_all_together) };
	return cmocka_run_group_tests(tests, NULL, NULL);
}
