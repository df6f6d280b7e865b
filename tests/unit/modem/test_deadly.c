/* Slots at which the modem dies: twice in a row is once too often, a reading acquits, the table forgets the oldest. */
#include "cm.h"

#include "modem/deadly.h"

static void test_blame(void **state)
{
	struct deadly d = { .next = 0 };

	(void)state;
	assert_false(deadly_blame(&d, 0, 3));
	assert_false(deadly_is(&d, 0, 3));
	deadly_acquit(&d, 0, 3);
	assert_false(deadly_blame(&d, 0, 3));
	assert_true(deadly_blame(&d, 0, 3));
	assert_false(deadly_blame(&d, 0, 3)); /* told once */
	assert_true(deadly_is(&d, 0, 3));
	assert_false(deadly_is(&d, 1, 3));
	assert_int_equal(deadly_slot(&d, 0), 3);
	assert_int_equal(deadly_slot(&d, 1), -1);
	deadly_blame(&d, 1, DEADLY_LIST);
	deadly_blame(&d, 1, DEADLY_LIST);
	assert_true(deadly_is(&d, 1, DEADLY_LIST));
	assert_int_equal(deadly_slot(&d, 1), -1); /* a list is no slot */
	deadly_clear(&d);
	assert_false(deadly_is(&d, 0, 3));
}

static void test_bounded(void **state)
{
	struct deadly d = { .next = 0 };

	(void)state;
	for (int slot = 0; slot < 3 * DEADLY_MAX; slot++) {
		deadly_blame(&d, 0, slot);
		assert_true(deadly_blame(&d, 0, slot));
	}
	assert_false(deadly_is(&d, 0, 0));
	assert_true(deadly_is(&d, 0, 3 * DEADLY_MAX - 1));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_blame), cmocka_unit_test(test_bounded) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
