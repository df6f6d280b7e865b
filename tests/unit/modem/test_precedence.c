/* Who is next: arrivals before any text, deleting only for some jobs, no text into a line that still speaks, and none of it for ever. */
#include "cm.h"

#include "modem/precedence.h"

#define ANY .listen_ms = 20, .busy_ms = PRECEDENCE_BUSY_MS
#define QUIET .quiet_ms = 500

static const struct {
	const char *what;
	struct precedence_facts facts;
	enum precedence verdict;
} rows[] = {
	{ "no text", { ANY, QUIET }, PRECEDENCE_RECEPTION },
	{ "a text alone", { ANY, QUIET, .text_due = true, .arrivals_left = 1 }, PRECEDENCE_TEXT },
	{ "just after a part", { ANY, QUIET, .text_due = true, .jobs_left = 1 }, PRECEDENCE_RECEPTION },
	{ "an arrival", { ANY, QUIET, .text_due = true, .arrived = true, .arrivals_left = 1 }, PRECEDENCE_RECEPTION },
	{ "a flood", { ANY, QUIET, .text_due = true, .arrived = true }, PRECEDENCE_TEXT },
	{ "a flood, and a campaign", { ANY, QUIET, .text_due = true, .arrived = true, .yields = true }, PRECEDENCE_RECEPTION },
	{ "a campaign alone", { ANY, QUIET, .text_due = true, .yields = true }, PRECEDENCE_TEXT },
	{ "the line speaks", { ANY, .text_due = true, .quiet_ms = 19 }, PRECEDENCE_LISTEN },
	{ "it was hardly busy", { .listen_ms = 20, .busy_ms = PRECEDENCE_BUSY_MS - 1, .text_due = true }, PRECEDENCE_TEXT },
	{ "it is silent", { ANY, .text_due = true, .quiet_ms = 20 }, PRECEDENCE_TEXT },
	{ "it is never silent", { ANY, .text_due = true, .quiet_ms = 1, .listened_ms = 100 }, PRECEDENCE_TEXT },
	{ "nobody wants to listen", { .text_due = true }, PRECEDENCE_TEXT },
};

static void test_rows(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (precedence_judge(&rows[i].facts) != rows[i].verdict)
			fail_msg("%s: %d", rows[i].what, (int)precedence_judge(&rows[i].facts));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_rows) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
