/* Rates, sessions, addresses and secrets. */
#include "cm.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "ussd/rate.h"
#include "ussd/sessions.h"
#include "ussd/source.h"

static bool take(struct rate *r, const char *key, int64_t now)
{
	return rate_take(r, key, strlen(key), now);
}

static void test_rate(void **state)
{
	struct rate *r = rate_new(3, 60, 16);

	(void)state;
	for (int i = 0; i < 3; i++)
		assert_true(take(r, "a", 1000));
	assert_false(take(r, "a", 1000));
	assert_true(take(r, "b", 1000));  /* others have their own */
	assert_false(take(r, "a", 1999));
	assert_true(take(r, "a", 2000));  /* one a second */
	assert_false(take(r, "a", 2000));
	assert_true(take(r, "a", 1000000000)); /* full again, not fuller */
	assert_true(take(r, "a", 1000000000));
	assert_true(take(r, "a", 1000000000));
	assert_false(take(r, "a", 1000000000));
	rate_free(r);
}

/* One that is held back stays so, however many others come: their buckets, being fuller, give way first. */
static void test_rate_flood_of_keys(void **state)
{
	struct rate *r = rate_new(10, 1, 4);
	char key[16];
	int taken = 0;

	(void)state;
	while (taken < 100 && take(r, "flooder", 0))
		taken++;
	assert_in_range(taken, 1, 99);
	for (int i = 0; i < 10000; i++) {
		snprintf(key, sizeof(key), "k%d", i);
		assert_true(take(r, key, 0));
		assert_false(take(r, "flooder", 0));
	}
	rate_free(r);
}

static void test_sessions(void **state)
{
	struct sessions *s = sessions_new(3, 1000);
	struct ussd_session *a = sessions_add(s, 0, "a", 0), *b = sessions_add(s, 0, "b", 10);

	(void)state;
	assert_ptr_equal(sessions_find(s, 0, "a"), a);
	assert_null(sessions_find(s, 1, "a"));
	assert_non_null(sessions_add(s, 1, "a", 20));
	assert_null(sessions_add(s, 0, "c", 30));       /* three are alive */
	session_set(&b->text, "1*2");
	sessions_use(s, b, true, 40);
	assert_non_null(sessions_add(s, 0, "c", 50));   /* b is over, and gives way */
	assert_null(sessions_find(s, 0, "b"));
	sessions_use(s, a, false, 500);
	sessions_expire(s, 1100);
	assert_ptr_equal(sessions_find(s, 0, "a"), a);
	assert_null(sessions_find(s, 1, "a"));
	assert_null(sessions_find(s, 0, "c"));
	assert_int_equal(sessions_count(s), 1);
	sessions_drop(s, a);
	assert_int_equal(sessions_count(s), 0);
	assert_non_null(sessions_add(s, 0, "d", 1200));
	sessions_free(s);
}

static void test_sessions_many(void **state)
{
	struct sessions *s = sessions_new(5000, 1000);
	char id[32];

	(void)state;
	for (int i = 0; i < 5000; i++) {
		snprintf(id, sizeof(id), "session-%d", i);
		assert_non_null(sessions_add(s, (size_t)i % 3, id, i));
	}
	for (int i = 0; i < 5000; i += 2) {
		snprintf(id, sizeof(id), "session-%d", i);
		sessions_drop(s, sessions_find(s, (size_t)i % 3, id));
	}
	for (int i = 0; i < 5000; i++) {
		snprintf(id, sizeof(id), "session-%d", i);
		assert_int_equal(sessions_find(s, (size_t)i % 3, id) != NULL, i % 2);
	}
	sessions_free(s);
}

static void test_sources(void **state)
{
	static const struct { const char *nets, *address; bool in; } rows[] = {
		{ "192.0.2.7", "192.0.2.7", true }, { "192.0.2.7", "192.0.2.8", false }, { "192.0.2.0/24 198.51.100.0/30", "198.51.100.3", true },
		{ "198.51.100.0/30", "198.51.100.4", false }, { "192.0.2.128/25", "192.0.2.127", false }, { "0.0.0.0/0", "203.0.113.1", true },
		{ "2001:db8::/33", "2001:db8:7fff::1", true }, { "2001:db8::/33", "2001:db8:8000::1", false }, { "::/0", "192.0.2.1", true },
		{ "192.0.2.7", "::ffff:192.0.2.7", true }, { "", "192.0.2.7", false },
	};
	static const char *const wrong[] = { "192.0.2", "192.0.2.0/33", "192.0.2.0/", "192.0.2.0/x", "2001:db8::/129", "name", "10.0.0.1/-1" };
	struct source_nets nets;
	struct source s;
	size_t which;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		print_message("row %zu\n", i);
		assert_null(source_read_nets(rows[i].nets, &nets, &which));
		assert_true(source_read(rows[i].address, &s));
		assert_int_equal(source_is_in(&nets, &s), rows[i].in);
	}
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_non_null(source_read_nets(wrong[i], &nets, &which));
	assert_non_null(source_read_nets("10.0.0.1 10.0.0.x", &nets, &which));
	assert_int_equal(which, 2);
}

/* What stands before the proxy's own word is the caller's, and may be a lie. */
static void test_forwarded(void **state)
{
	struct source s, want;

	(void)state;
	assert_true(source_read("198.51.100.9", &want));
	assert_true(source_forwarded("192.0.2.1, 198.51.100.9", &s));
	assert_memory_equal(&s, &want, sizeof(s));
	assert_true(source_forwarded("198.51.100.9 ", &s));
	assert_false(source_forwarded("", &s));
	assert_false(source_forwarded("198.51.100.9, unknown", &s));
	assert_false(source_forwarded("198.51.100.9:1234", &s));
}

static void test_secret(void **state)
{
	(void)state;
	assert_true(source_secret_is("abc", "abc"));
	assert_false(source_secret_is("abc", "abd"));
	assert_false(source_secret_is("abc", "ab"));
	assert_false(source_secret_is("abc", "abcabc"));
	assert_false(source_secret_is("abc", ""));
	assert_false(source_secret_is("abc", NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rate), cmocka_unit_test(test_rate_flood_of_keys), cmocka_unit_test(test_sessions),
		cmocka_unit_test(test_sessions_many), cmocka_unit_test(test_sources), cmocka_unit_test(test_forwarded), cmocka_unit_test(test_secret),
	};

	if (sodium_init() < 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
