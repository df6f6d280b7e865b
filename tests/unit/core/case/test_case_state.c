/* The life of a case: every state with every event, the clocks and the deadlines. */
#include "cm.h"

#include <stdio.h>
#include <string.h>

#include "core/case/case_state.h"

#define NO "-"

/* What a person expects; not the table of the program, but words. */
static const struct { const char *from, *to[CASE_EVENTS]; } expected[CASE_STATES] = {
	/*                alerted         acknowledge     claim           start      refer       close     reopen */
	{ "new",          { "alerted",      "acknowledged", "acknowledged", "in work", "referred", "closed", NO } },
	{ "alerted",      { "alerted",      "acknowledged", "acknowledged", "in work", "referred", "closed", NO } },
	{ "acknowledged", { "acknowledged", NO,             "acknowledged", "in work", "referred", "closed", NO } },
	{ "in work",      { "in work",      NO,             "in work",      "in work", "referred", "closed", NO } },
	{ "referred",     { "referred",     NO,             "referred",     "in work", "referred", "closed", NO } },
	{ "closed",       { NO,             NO,             NO,             NO,        NO,         NO,       "reopened" } },
	{ "reopened",     { "reopened",     "acknowledged", "acknowledged", "in work", "referred", "closed", NO } },
};

static void test_every_transition(void **state)
{
	(void)state;
	for (int from = 0; from < CASE_STATES; from++) {
		assert_string_equal(case_state_name((enum case_state)from), expected[from].from);
		for (int event = 0; event < CASE_EVENTS; event++) {
			const char *to = expected[from].to[event];
			struct case_row row = { .state = (enum case_state)from, .state_ms = 7, .updated_ms = 7 };
			enum case_state next;
			bool may = case_state_next((enum case_state)from, (enum case_event)event, &next);
			print_message("%s, event %d: %s\n", expected[from].from, event, to);
			assert_int_equal(may, strcmp(to, NO) != 0);
			assert_int_equal(case_state_apply(&row, (enum case_event)event, 50), may);
			assert_string_equal(case_state_name(row.state), may ? to : expected[from].from);
			assert_int_equal(row.updated_ms, may ? 50 : 7);
			assert_int_equal(row.state_ms, (int)row.state == from ? 7 : 50);
		}
	}
	assert_false(case_state_next((enum case_state)CASE_STATES, CASE_EVENT_CLAIM, &(enum case_state){ CASE_NEW }));
	assert_false(case_state_next(CASE_NEW, CASE_EVENTS, &(enum case_state){ CASE_NEW }));
	assert_string_equal(case_state_name(CASE_STATES), "?");
}

static void test_clocks_stop_once(void **state)
{
	struct case_row row = { .state = CASE_NEW, .opened_ms = 1 };

	(void)state;
	assert_true(case_state_apply(&row, CASE_EVENT_ALERTED, 10));
	assert_true(case_state_apply(&row, CASE_EVENT_ACKNOWLEDGE, 20));
	assert_true(case_state_apply(&row, CASE_EVENT_START, 30));
	assert_true(case_state_apply(&row, CASE_EVENT_CLOSE, 40));
	assert_int_equal(row.closed_ms, 40);
	row.reason = 3;
	assert_true(case_state_apply(&row, CASE_EVENT_REOPEN, 50));
	assert_int_equal(row.closed_ms, 0);
	assert_int_equal(row.reason, 0);
	assert_int_equal(row.reopened_ms, 50);
	assert_true(case_state_apply(&row, CASE_EVENT_ALERTED, 60));
	assert_true(case_state_apply(&row, CASE_EVENT_START, 70));
	assert_true(case_state_apply(&row, CASE_EVENT_CLOSE, 80));
	assert_int_equal(row.alerted_ms, 10);
	assert_int_equal(row.acknowledged_ms, 20);
	assert_int_equal(row.action_ms, 30);
	assert_int_equal(row.closed_ms, 80);
}

/* Which clocks each event stops in a case that nothing has happened to: alert, acknowledgement, first action, close. */
static void test_each_event_stops_its_clocks(void **state)
{
	static const struct { enum case_event event; const char *stops; } rows[] = {
		{ CASE_EVENT_ALERTED, "1000" }, { CASE_EVENT_ACKNOWLEDGE, "0100" }, { CASE_EVENT_CLAIM, "0100" }, { CASE_EVENT_START, "0110" },
		{ CASE_EVENT_REFER, "0110" }, { CASE_EVENT_CLOSE, "0111" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct case_row row = { .state = CASE_NEW };
		char stopped[5];
		assert_true(case_state_apply(&row, rows[i].event, 9));
		snprintf(stopped, sizeof(stopped), "%d%d%d%d", row.alerted_ms == 9, row.acknowledged_ms == 9, row.action_ms == 9,
			row.closed_ms == 9);
		assert_string_equal(stopped, rows[i].stops);
	}
}

static void test_closing_at_once_stops_every_clock(void **state)
{
	struct case_row row = { .state = CASE_NEW };

	(void)state;
	assert_true(case_state_apply(&row, CASE_EVENT_CLOSE, 5));
	assert_int_equal(row.alerted_ms, 0); /* but none was alerted */
	assert_int_equal(row.acknowledged_ms, 5);
	assert_int_equal(row.action_ms, 5);
}

/* ---- deadlines --------------------------------------------------------------------------------------------- */

static struct case_deadlines deadlines(void)
{
	struct case_deadlines d;

	for (int wait = 0; wait < CASE_WAITS; wait++)
		for (int urgency = 0; urgency < TRIAGE_URGENCIES; urgency++)
			d.wait_s[wait][urgency] = 1000 * (wait + 1) - 100 * urgency;
	return d;
}

static const struct {
	const char *what;
	enum case_state state;
	int kind, urgency;
	int64_t opened, reopened, since;
	int priority;
	int64_t due_s;
} waits[] = {
	{ "new", CASE_NEW, TRIAGE_TIP, TRIAGE_LOW, 10, 0, 10, TRIAGE_LOW, 910 },
	{ "an alert that leaves puts nothing off", CASE_ALERTED, TRIAGE_TIP, TRIAGE_LOW, 10, 0, 99, TRIAGE_LOW, 910 },
	{ "the more urgent the sooner", CASE_NEW, TRIAGE_TIP, TRIAGE_EMERGENCY, 10, 0, 10, TRIAGE_EMERGENCY, 610 },
	{ "first action from when somebody had it", CASE_ACKNOWLEDGED, TRIAGE_TIP, TRIAGE_HIGH, 10, 0, 50, TRIAGE_HIGH, 1750 },
	{ "its end from its opening", CASE_IN_WORK, TRIAGE_TIP, TRIAGE_HIGH, 10, 0, 50, TRIAGE_HIGH, 2710 },
	{ "a referral puts nothing off", CASE_REFERRED, TRIAGE_TIP, TRIAGE_HIGH, 10, 0, 90, TRIAGE_HIGH, 2710 },
	{ "reopened: from then", CASE_REOPENED, TRIAGE_TIP, TRIAGE_HIGH, 10, 500, 500, TRIAGE_HIGH, 1200 },
	{ "closed: nothing", CASE_CLOSED, TRIAGE_TIP, TRIAGE_HIGH, 10, 0, 90, TRIAGE_HIGH, 0 },
	{ "spam is aside", CASE_NEW, TRIAGE_SPAM, TRIAGE_URGENCY_NONE, 10, 0, 10, CASE_PRIORITY_NONE, 0 },
	{ "abuse is aside", CASE_NEW, TRIAGE_ABUSE, TRIAGE_URGENCY_NONE, 10, 0, 10, CASE_PRIORITY_NONE, 0 },
	{ "a question is not", CASE_NEW, TRIAGE_QUESTION, TRIAGE_URGENCY_NONE, 10, 0, 10, TRIAGE_URGENCY_NONE, 1010 },
};

static void test_deadlines(void **state)
{
	const struct case_deadlines d = deadlines();

	(void)state;
	for (size_t i = 0; i < sizeof(waits) / sizeof(waits[0]); i++) {
		struct case_row row = { .state = waits[i].state, .kind = waits[i].kind, .urgency = waits[i].urgency,
			.opened_ms = waits[i].opened * 1000, .reopened_ms = waits[i].reopened * 1000,
			.state_ms = waits[i].since * 1000, .due_ms = 1 };
		case_state_due(&row, &d);
		print_message("%s\n", waits[i].what);
		assert_int_equal(row.priority, waits[i].priority);
		assert_int_equal(row.due_ms, waits[i].due_s * 1000);
	}
}

/* A case that has waited long and becomes urgent is not overdue at once, and never later than it was. */
static void test_a_rise_gives_its_own_time(void **state)
{
	const struct case_deadlines d = deadlines();
	struct case_row row = { .state = CASE_NEW, .kind = TRIAGE_TIP, .urgency = TRIAGE_LOW };

	(void)state;
	case_state_due(&row, &d);
	assert_int_equal(row.due_ms, 900000);
	row.urgency = TRIAGE_EMERGENCY;
	case_state_due_raised(&row, &d, 200000);
	assert_int_equal(row.due_ms, 800000);
	row.urgency = TRIAGE_LOW;
	case_state_due(&row, &d);
	row.urgency = TRIAGE_EMERGENCY;
	case_state_due_raised(&row, &d, 400000);
	assert_int_equal(row.due_ms, 900000);
	assert_int_equal(row.priority, TRIAGE_EMERGENCY);
	row = (struct case_row){ .state = CASE_NEW, .kind = TRIAGE_TIP, .urgency = TRIAGE_LOW, .due_ms = 0 };
	case_state_due_raised(&row, &d, 400000); /* it was aside: its whole time from now */
	assert_int_equal(row.due_ms, 1300000);
}

static void test_names(void **state)
{
	(void)state;
	assert_string_equal(case_wait_name(case_state_wait(CASE_NEW)), "acknowledgement");
	assert_string_equal(case_wait_name(case_state_wait(CASE_ACKNOWLEDGED)), "first action");
	assert_string_equal(case_wait_name(case_state_wait(CASE_REFERRED)), "close");
	assert_string_equal(case_wait_name(case_state_wait(CASE_CLOSED)), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_transition),
		cmocka_unit_test(test_clocks_stop_once),
		cmocka_unit_test(test_each_event_stops_its_clocks),
		cmocka_unit_test(test_closing_at_once_stops_every_clock),
		cmocka_unit_test(test_deadlines),
		cmocka_unit_test(test_a_rise_gives_its_own_time),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
