/* The life of an outgoing text, every state with every event; the backoff; which link takes what. */
#include "cm.h"

#include <string.h>

#include "core/outbound/backoff.h"
#include "core/outbound/outbox_state.h"

/* A row a state, a column an event, in the order of enum outbox_event: LEASE TAKE_BACK SUBMIT HELD SENT FAILED
 * FAILED_FINAL RELEASED UNKNOWN DELIVERED UNDELIVERED CANCEL REFUSE READ. q l s S d u f ? c R e are the states, . is
 * ignored, r is "queued if repeated, else unknown". */
static const char *const table[OUTBOX_STATES] = {
	[OUTBOX_QUEUED] =      "l..sS.f....cR.",
	[OUTBOX_LEASED] =      ".qssSqfqr.....",
	[OUTBOX_SUBMITTING] =  "..ssSqfqr.....",
	[OUTBOX_SENT] =        ".........du..e",
	[OUTBOX_DELIVERED] =   ".............e",
	[OUTBOX_UNDELIVERED] = ".........d....",
	[OUTBOX_FAILED] =      "..............",
	[OUTBOX_UNKNOWN] =     "...sSqfq......",
	[OUTBOX_CANCELLED] =   "...sS.........",
	[OUTBOX_REFUSED] =     "...sS.........",
	[OUTBOX_READ] =        "..............",
};
static const char letters[] = "qlsSduf?cRe";

static int expected(char c, bool repeat)
{
	if (c == '.')
		return OUTBOX_IGNORE;
	if (c == 'r')
		return repeat ? OUTBOX_QUEUED : OUTBOX_UNKNOWN;
	return (int)(strchr(letters, c) - letters);
}

static void test_every_state_meets_every_event(void **state)
{
	(void)state;
	for (int s = 0; s < OUTBOX_STATES; s++) {
		assert_int_equal(strlen(table[s]), OUTBOX_EVENTS);
		for (int e = 0; e < OUTBOX_EVENTS; e++)
			for (int repeat = 0; repeat < 2; repeat++)
				assert_int_equal(outbox_next((enum outbox_state)s, (enum outbox_event)e, repeat),
					expected(table[s][e], repeat));
	}
}

/* The law behind the table: what is not repeated leaves submitting only by a word of its link, and never to be sent
 * again unless the link says that it has not gone out. */
static void test_public_text_is_at_most_once(void **state)
{
	(void)state;
	for (int e = 0; e < OUTBOX_EVENTS; e++) {
		int next = outbox_next(OUTBOX_SUBMITTING, (enum outbox_event)e, false);
		if (next == OUTBOX_QUEUED)
			assert_true(e == OUTBOX_EV_FAILED || e == OUTBOX_EV_RELEASED);
	}
	assert_int_equal(outbox_next(OUTBOX_SUBMITTING, OUTBOX_EV_TAKE_BACK, false), OUTBOX_IGNORE);
	assert_int_equal(outbox_next(OUTBOX_SENT, OUTBOX_EV_UNKNOWN, true), OUTBOX_IGNORE);
}

static void test_names(void **state)
{
	(void)state;
	assert_string_equal(outbox_state_name(OUTBOX_UNKNOWN), "unknown");
	assert_string_equal(outbox_lane_name(LANE_DIALOGUE), "dialogue");
	assert_string_equal(outbox_purpose_name(OUTBOX_RECEIPT), "receipt");
	assert_string_equal(outbox_event_name(OUTBOX_EV_UNDELIVERED), "undelivered");
	assert_false(outbox_is_over(OUTBOX_SUBMITTING));
	assert_true(outbox_is_over(OUTBOX_UNKNOWN));
}

static void test_backoff(void **state)
{
	static const struct { int64_t attempts, first_s, most_s, most_ms; } rows[] = {
		{ 1, 10, 600, 10000 }, { 2, 10, 600, 20000 }, { 3, 10, 600, 40000 }, { 7, 10, 600, 600000 }, { 8, 10, 600, 600000 },
		{ 1000000, 10, 600, 600000 }, { 1, 5, 1, 5000 }, { 0, 10, 600, 10000 }, { 5, 0, 0, 1000 }, { 63, 1, INT64_C(86400), 86400000 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		for (uint32_t r = 0; r < 100000; r += 997) {
			int64_t ms = backoff_ms(rows[i].attempts, rows[i].first_s, rows[i].most_s, r * 40503u);
			assert_in_range(ms, rows[i].most_ms * 3 / 4, rows[i].most_ms);
		}
		assert_int_equal(backoff_ms(rows[i].attempts, rows[i].first_s, rows[i].most_s, 0), rows[i].most_ms);
	}
	assert_true(backoff_ms(3, 10, 600, 1) != backoff_ms(3, 10, 600, 2)); /* jitter */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_state_meets_every_event),
		cmocka_unit_test(test_public_text_is_at_most_once),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_backoff),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
