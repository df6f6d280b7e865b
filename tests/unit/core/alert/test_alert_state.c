/* The life of an alert, every state with every event: only a person ends one. */
#include "cm.h"

#include <string.h>

#include "core/alert/alert_state.h"

/* C created, H handed, D delivered, R read, K acknowledged, A acted, X closed. */
static const char letters[] = "CHDRKAX";
static const char *const names[ALERT_STATES] = { "created", "handed", "delivered", "read", "acknowledged", "acted", "closed" };

static void test_table(void **state)
{
	/* A row for each state, a column for each event: handed delivered read acknowledge idle act close. */
	static const char *const rows[ALERT_STATES] = {
		/* C */ "HDRK.AX",
		/* H */ ".DRK.AX",
		/* D */ "..RK.AX",
		/* R */ "...K.AX",
		/* K */ "....CAX",
		/* A */ "......X",
		/* X */ ".......",
	};

	(void)state;
	assert_int_equal(strlen(letters), ALERT_STATES);
	for (int s = 0; s < ALERT_STATES; s++) {
		assert_string_equal(alert_state_name((enum alert_state)s), names[s]);
		assert_int_equal(strlen(rows[s]), ALERT_EVENTS);
		for (int e = 0; e < ALERT_EVENTS; e++) {
			char to = rows[s][e];
			assert_int_equal(alert_state_next((enum alert_state)s, (enum alert_event)e),
				to == '.' ? ALERT_IGNORE : strchr(letters, to) - letters);
		}
	}
}

/* Whatever networks, telephones and clocks tell, in whatever order: it is open until a person did something. */
static void test_only_a_person_ends_it(void **state)
{
	static const bool of_a_person[ALERT_EVENTS] = { [ALERT_EV_ACKNOWLEDGE] = true, [ALERT_EV_ACT] = true, [ALERT_EV_CLOSE] = true };

	(void)state;
	for (int s = 0; s < ALERT_STATES; s++) {
		for (int e = 0; e < ALERT_EVENTS; e++) {
			int next = alert_state_next((enum alert_state)s, (enum alert_event)e);
			if (next == ALERT_IGNORE)
				continue;
			if (s < ALERT_ACKNOWLEDGED && next >= ALERT_ACKNOWLEDGED)
				assert_true(of_a_person[e]);
			if (s >= ALERT_ACTED)
				assert_true(next > s); /* nobody is rung for what is over */
		}
	}
}

static void test_what_a_database_may_hold(void **state)
{
	static const int bad[] = { -1, ALERT_STATES, 1000 };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(alert_state_next((enum alert_state)bad[i], ALERT_EV_CLOSE), ALERT_IGNORE);
		assert_int_equal(alert_state_next(ALERT_CREATED, (enum alert_event)bad[i]), ALERT_IGNORE);
		assert_string_equal(alert_state_name((enum alert_state)bad[i]), "?");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_table), cmocka_unit_test(test_only_a_person_ends_it),
		cmocka_unit_test(test_what_a_database_may_hold) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
