/* A machine that answers ours: the count by table, and what is the same text. */
#include "cm.h"

#include <string.h>

#include "core/inbound/loop.h"
#include "unit/core/inbound/inbound_env.h"

static void test_table(void **state)
{
	static const struct { struct loop_facts f; int64_t count; } rows[] = {
		{ { true, true, 0 }, 1 }, { { true, true, 2 }, 3 }, { { false, true, 2 }, 2 }, { { true, false, 2 }, 0 },
		{ { false, false, 5 }, 0 }, { { true, true, 7 }, 8 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(loop_decide(&rows[i].f), rows[i].count);
}

static bool same(struct env *e, const char *a, const char *b)
{
	uint8_t one[CONTACT_LOOP_HASH], two[CONTACT_LOOP_HASH];

	assert_true(loop_hash(&e->core, a, strlen(a), one));
	assert_true(loop_hash(&e->core, b, strlen(b), two));
	return memcmp(one, two, sizeof(one)) == 0;
}

static void test_nearly_the_same(void **state)
{
	struct env *e = *state;
	uint8_t hash[CONTACT_LOOP_HASH];

	assert_true(same(e, "I am driving, 14:03. Call later!", "i am driving 15:44, call later"));
	assert_true(same(e, "Одоо завгүй байна", "ОДОО завгүй байна!!"));
	assert_false(same(e, "I am driving", "I am at work"));
	assert_false(loop_hash(&e->core, "12 34", 5, hash)); /* answers are short and alike */
	assert_false(loop_hash(&e->core, "", 0, hash));
}

/* Every hour and a bit, as often as receipts are given at all: the fourth time there is none, until something else comes. */
static void test_replies_stop(void **state)
{
	struct env *e = *state;
	int64_t sent = 0, before;

	e->config.receipts_per_day = 1000;
	for (int i = 0; i < 8; i++) {
		env_text(e, "+97600009001", i % 2 ? "I am driving. Call me later (22:1)" : "I am driving. Call me later (23:4)");
		e->boot_ms += 61 * 60 * 1000;
	}
	sent = env_count(e, "SELECT count(*) FROM outbox WHERE purpose = 2");
	assert_int_equal(sent, LOOP_MOST);
	assert_int_equal(env_count(e, "SELECT count(*) FROM message"), 8); /* kept, all of them */
	before = sent;
	env_text(e, "+97600009001", "a girl of 14 is held at the market");
	assert_int_equal(env_count(e, "SELECT count(*) FROM outbox WHERE purpose = 2"), before + 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_table),
		cmocka_unit_test_setup_teardown(test_nearly_the_same, env_setup, env_teardown),
		cmocka_unit_test_setup_teardown(test_replies_stop, env_setup, env_teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
