/* What is done with a request, by what is known of its session. */
#include "cm.h"

#include "core/ussd/order.h"

static void test_table(void **state)
{
	static const struct { const char *what; struct ussd_order_facts f; enum ussd_order order; } rows[] = {
		{ "a new one", { .begin = true, .said = 1 }, USSD_BEGIN },
		{ "a new one that does not count", { .begin = true }, USSD_BEGIN },
		{ "a first input", { .said = 1 }, USSD_BEGIN },
		{ "the middle of nothing", { .said = 2 }, USSD_UNKNOWN_SESSION },
		{ "an answer to nothing", { .said = 0 }, USSD_UNKNOWN_SESSION },
		{ "too many of one number", { .begin = true, .begun = 20, .begun_most = 20, .open_most = 9 }, USSD_LIMIT },
		{ "too many of all", { .begin = true, .begun_most = 20, .open = 9, .open_most = 9 }, USSD_BUSY },
		{ "the next", { .known = true, .same_number = true, .said = 4, .have = 3 }, USSD_TAKE },
		{ "the next, not counted", { .known = true, .same_number = true, .have = 3 }, USSD_TAKE },
		{ "once more", { .known = true, .same_number = true, .said = 3, .have = 3 }, USSD_REPLAY },
		{ "the first once more", { .known = true, .same_number = true, .begin = true, .have = 1 }, USSD_REPLAY },
		{ "the last once more", { .known = true, .same_number = true, .over = true, .said = 5, .have = 5 }, USSD_REPLAY },
		{ "one left out", { .known = true, .same_number = true, .said = 5, .have = 3 }, USSD_OUT_OF_ORDER },
		{ "one of before", { .known = true, .same_number = true, .said = 2, .have = 3 }, USSD_OUT_OF_ORDER },
		{ "begins in the middle", { .known = true, .same_number = true, .begin = true, .have = 3 }, USSD_OUT_OF_ORDER },
		{ "begins in the middle, counted", { .known = true, .same_number = true, .begin = true, .said = 4, .have = 3 }, USSD_OUT_OF_ORDER },
		{ "over", { .known = true, .same_number = true, .over = true, .said = 6, .have = 5 }, USSD_UNKNOWN_SESSION },
		{ "gone on with elsewhere", { .known = true, .same_number = true, .continued = true, .said = 6, .have = 5 }, USSD_UNKNOWN_SESSION },
		{ "somebody else's", { .known = true, .said = 4, .have = 3 }, USSD_OTHER_NUMBER },
		{ "somebody else's once more", { .known = true, .said = 3, .have = 3 }, USSD_OTHER_NUMBER },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct ussd_order_facts f = rows[i].f;
		if (!f.open_most)
			f.open_most = f.begun_most = 100;
		if (ussd_order_decide(&f) != rows[i].order)
			fail_msg("%s: %s", rows[i].what, ussd_order_name(ussd_order_decide(&f)));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_table) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
