/* The table of states and the ladder: no dead ends, no way around the sandboxed order, bounded pauses. */
#include "cm.h"

#include <string.h>

#include "modem/state.h"

static void test_transitions(void **state)
{
	static const struct { enum modem_state from; enum modem_event event; enum modem_state to; } rows[] = {
		{ STATE_ABSENT, EVENT_OPEN, STATE_OPENING },
		{ STATE_OPENING, EVENT_OPENED, STATE_PROBING },
		{ STATE_PROBING, EVENT_ANSWERED, STATE_PIN },
		{ STATE_PIN, EVENT_UNLOCKED, STATE_REGISTERING },
		{ STATE_PIN, EVENT_REFUSED, STATE_BROKEN },
		{ STATE_REGISTERING, EVENT_NETWORK, STATE_READY },
		{ STATE_READY, EVENT_SWEEP, STATE_SWEEPING },
		{ STATE_SWEEPING, EVENT_SUBMIT, STATE_SENDING },
		{ STATE_SENDING, EVENT_IDLE, STATE_READY },
		{ STATE_SENDING, EVENT_SILENT, STATE_STUCK },
		{ STATE_SENDING, EVENT_NO_NETWORK, STATE_REGISTERING },
		{ STATE_STUCK, EVENT_RESET, STATE_RESETTING },
		{ STATE_STUCK, EVENT_RECOVERED, STATE_PROBING },
		{ STATE_RESETTING, EVENT_SILENT, STATE_STUCK },
		{ STATE_BROKEN, EVENT_RETRY, STATE_PROBING },
		/* not possible */
		{ STATE_ABSENT, EVENT_NETWORK, STATE_NONE },
		{ STATE_PROBING, EVENT_NETWORK, STATE_NONE },
		{ STATE_BROKEN, EVENT_ANSWERED, STATE_NONE },
		{ STATE_STUCK, EVENT_UNLOCKED, STATE_NONE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(state_next(rows[i].from, rows[i].event), rows[i].to);
}

/* From every state the modem can vanish, and from every state ready can be reached again. */
static void test_no_dead_ends(void **state)
{
	(void)state;
	for (int s = STATE_ABSENT; s < STATE_COUNT; s++) {
		bool reached[STATE_COUNT] = { false }, grew = true;
		assert_int_equal(state_next((enum modem_state)s, EVENT_GONE), STATE_ABSENT);
		assert_true(strlen(state_name((enum modem_state)s)) < 16);
		reached[s] = true;
		while (grew) {
			grew = false;
			for (int from = STATE_ABSENT; from < STATE_COUNT; from++) {
				for (int e = 0; e < EVENT_COUNT; e++) {
					enum modem_state to = state_next((enum modem_state)from, (enum modem_event)e);
					if (reached[from] && to != STATE_NONE && !reached[to])
						grew = reached[to] = true;
				}
			}
		}
		assert_true(reached[STATE_READY]);
	}
}

static void test_what_can_be_done(void **state)
{
	(void)state;
	for (int s = STATE_ABSENT; s < STATE_COUNT; s++) {
		enum modem_state st = (enum modem_state)s;
		bool busy = st == STATE_READY || st == STATE_SWEEPING || st == STATE_SENDING;
		assert_int_equal(state_can_send(st), busy);
		assert_int_equal(state_can_receive(st), busy || st == STATE_REGISTERING);
		if (state_can_receive(st))
			assert_int_equal(state_next(st, EVENT_SILENT), STATE_STUCK);
	}
}

static void test_ladder(void **state)
{
	const struct ladder_rung *rung;
	unsigned n = 0, took[WIRE_MEASURES] = { 0 }, quiet = 0, between = 0;

	(void)state;
	assert_int_equal(ladder_step(0)->measure, WIRE_MEASURE_ESCAPE);
	assert_int_equal(ladder_step(0)->pause_ms, 0); /* the first measure comes at once */
	for (n = 0; (rung = ladder_step(n)); n++) {
		assert_true(rung->pause_ms >= 0 && rung->pause_ms <= 1000); /* one that is back is noticed at once */
		took[rung->measure]++;
		quiet++;
		if (rung->measure == WIRE_MEASURE_RESET) { /* the harsh ones come more and more seldom */
			assert_true(quiet >= between);
			between = quiet;
			quiet = 0;
		}
		assert_true(n < 1000);
	}
	assert_int_equal(took[WIRE_MEASURE_RESET], LADDER_ROUNDS_MAX);
	assert_int_equal(took[WIRE_MEASURE_REOPEN], LADDER_ROUNDS_MAX);
	assert_int_equal(took[WIRE_MEASURE_POWER], LADDER_ROUNDS_MAX);
	assert_true(took[WIRE_MEASURE_ASK] > 50); /* it does not give up at once */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_transitions),
		cmocka_unit_test(test_no_dead_ends),
		cmocka_unit_test(test_what_can_be_done),
		cmocka_unit_test(test_ladder),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
