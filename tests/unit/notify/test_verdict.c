/* What became of a mail or a webhook, from what the server said and how the transfer ended. */
#include "cm.h"

#include <string.h>

#include "notify/verdict.h"

#define S VERDICT_SENT
#define AGAIN VERDICT_FAILED
#define FINAL VERDICT_FINAL
#define NOBODY_KNOWS VERDICT_UNKNOWN

static void check(const char *what, const struct verdict *v, enum verdict_outcome want, const char *says)
{
	if (v->outcome != want || !strstr(v->why, says))
		fail_msg("%s: %d \"%s\"", what, v->outcome, v->why);
}

static void test_mail(void **state)
{
	static const struct { const char *what; struct verdict_facts f; enum verdict_outcome want; const char *says; } rows[] = {
		{ "taken", { .all_given = true, .answer = 250 }, S, "" },
		{ "taken, then the line broke at QUIT", { .trouble = "x", .all_given = true, .answer = 250 }, S, "" },
		{ "the answer to DATA is no answer to the mail", { .trouble = "x", .all_given = true, .answer = 354 }, NOBODY_KNOWS, "did not answer" },
		{ "its end was given, and silence", { .trouble = "x", .all_given = true }, NOBODY_KNOWS, "did not answer" },
		{ "a good answer before the end was given", { .trouble = "x", .answer = 250 }, AGAIN, "not reached, or went away" },
		{ "nobody there", { .trouble = "x" }, AGAIN, "not reached" },
		{ "greylisting", { .trouble = "x", .answer = 450 }, AGAIN, "later" },
		{ "first of 4xx", { .trouble = "x", .answer = 400 }, AGAIN, "later" },
		{ "last of 4xx, though all was given", { .trouble = "x", .all_given = true, .answer = 499 }, AGAIN, "later" },
		{ "no such mailbox", { .trouble = "x", .answer = 550 }, FINAL, "refuses it" },
		{ "first of 5xx", { .trouble = "x", .answer = 500 }, FINAL, "refuses it" },
		{ "refused after all was given", { .trouble = "x", .all_given = true, .answer = 554 }, FINAL, "refuses it" },
		{ "said of us before the mail began", { .trouble = "x", .of_server = true, .answer = 554 }, AGAIN, "whatever the mail" },
		{ "login wanted", { .trouble = "x", .answer = 530 }, AGAIN, "whatever the mail" },
		{ "534", { .trouble = "x", .answer = 534 }, AGAIN, "whatever the mail" },
		{ "535", { .trouble = "x", .answer = 535 }, AGAIN, "whatever the mail" },
		{ "536 is about the mail", { .trouble = "x", .answer = 536 }, FINAL, "refuses it" },
		{ "538", { .trouble = "x", .answer = 538 }, AGAIN, "whatever the mail" },
		{ "login refused", { .trouble = "x", .refused_login = true, .answer = 535 }, AGAIN, "user and password" },
		{ "no STARTTLS", { .trouble = "x", .no_tls = true }, AGAIN, "STARTTLS" },
		{ "certificate", { .trouble = "x", .certificate = true }, AGAIN, "ca_file" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct verdict v;
		verdict_mail(&rows[i].f, &v);
		check(rows[i].what, &v, rows[i].want, rows[i].says);
	}
}

static void test_mail_is_taken(void **state)
{
	static const struct { bool all_given; long answer; bool taken; } rows[] = {
		{ true, 199, false }, { true, 200, true }, { true, 250, true }, { true, 299, true }, { true, 300, false }, { true, 354, false },
		{ false, 250, false }, { true, 0, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(verdict_mail_is_taken(rows[i].all_given, rows[i].answer), rows[i].taken);
}

static void test_webhook(void **state)
{
	static const struct { long answer; enum verdict_outcome want; const char *says; } answers[] = {
		{ 200, S, "" }, { 204, S, "" }, { 299, S, "" }, { 300, FINAL, "redirect" }, { 302, FINAL, "redirect" }, { 399, FINAL, "redirect" },
		{ 400, FINAL, "refuses it" }, { 404, FINAL, "refuses it" }, { 407, FINAL, "refuses it" }, { 408, AGAIN, "later" },
		{ 410, FINAL, "refuses it" }, { 424, FINAL, "refuses it" }, { 425, AGAIN, "later" }, { 429, AGAIN, "later" },
		{ 499, FINAL, "refuses it" }, { 500, AGAIN, "later" }, { 503, AGAIN, "later" }, { 0, AGAIN, "not reached" }, { 199, AGAIN, "not reached" },
	};
	struct verdict v;

	(void)state;
	for (size_t i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
		const struct verdict_facts f = { .trouble = answers[i].answer == 200 ? "the rest of the answer was lost" : "x", .answer = answers[i].answer };
		verdict_webhook(&f, &v);
		check("a webhook", &v, answers[i].want, answers[i].says);
	}
	verdict_webhook(&(struct verdict_facts){ .trouble = "x", .certificate = true }, &v);
	check("certificate", &v, AGAIN, "ca_file");
}

/* What a person reads has the server's own words, and its number where there is one. */
static void test_words(void **state)
{
	struct verdict v;

	(void)state;
	verdict_mail(&(struct verdict_facts){ .trouble = "its words", .answer = 550 }, &v);
	assert_string_equal(v.why, "the mail server refuses it (its words, answer 550)");
	verdict_mail(&(struct verdict_facts){ .trouble = "its words" }, &v);
	assert_string_equal(v.why, "the mail server was not reached, or went away (its words)");
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_mail), cmocka_unit_test(test_mail_is_taken), cmocka_unit_test(test_webhook),
		cmocka_unit_test(test_words) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
