/* The table of what was read and is not done with. */
#include "cm.h"

#include <stdlib.h>

#include "modem/held.h"

static void test_find_and_drop(void **state)
{
	struct held_table *t = calloc(1, sizeof(*t));
	struct held *a = held_add(t, 0, 3, "AA"), *b = held_add(t, 1, 3, "BB"), *c;

	(void)state;
	assert_int_not_equal(a->ref, b->ref);
	assert_ptr_equal(held_find(t, 0, 3), a);
	assert_ptr_equal(held_find(t, 1, 3), b);
	assert_null(held_find(t, 0, 4));
	assert_ptr_equal(held_find_ref(t, b->ref), b);
	held_set_raw(a, "CC");
	assert_string_equal(a->raw, "CC");
	held_drop(t, a);
	assert_null(held_find(t, 0, 3));
	c = held_add(t, 0, 3, "DD");
	assert_int_not_equal(c->ref, b->ref);
	assert_true(c->ref > b->ref); /* a ref is never used twice */
	held_clear(t);
	assert_int_equal(t->count, 0);
	assert_null(held_next(t, NULL));
	free(t);
}

static void test_bound(void **state)
{
	struct held_table *t = calloc(1, sizeof(*t));
	size_t n = 0;

	(void)state;
	for (int i = 0; i < HELD_MAX; i++)
		assert_non_null(held_add(t, 0, i, "x"));
	assert_null(held_add(t, 0, HELD_MAX, "x"));
	for (struct held *h = NULL; (h = held_next(t, h)); )
		n++;
	assert_int_equal(n, HELD_MAX);
	held_drop(t, held_find(t, 0, 100));
	assert_non_null(held_add(t, 0, HELD_MAX, "x"));
	for (struct held *h = NULL; (h = held_next(t, h)); )
		held_drop(t, h); /* while walking */
	assert_int_equal(t->count, 0);
	free(t);
}

static struct held *add_part(struct held_table *t, int memory, int slot, uint64_t set, enum held_state state)
{
	struct held *h = held_add(t, memory, slot, "x");

	h->set = set;
	h->parts = set ? 3 : 0;
	h->state = state;
	return h;
}

/* A modem that deletes all parts with one: none goes before the core has each, and those that go are of this text, in this memory. */
static void test_sets(void **state)
{
	struct held_table *t = calloc(1, sizeof(*t));
	struct held *alone = add_part(t, 0, 1, 0, HELD_STORED), *first = add_part(t, 0, 2, 7, HELD_STORED),
		*second = add_part(t, 0, 3, 7, HELD_STORED), *last = add_part(t, 0, 4, 7, HELD_OFFERED);

	(void)state;
	assert_true(held_set_is_stored(t, alone));
	assert_false(held_set_is_stored(t, first));
	add_part(t, 1, 4, 7, HELD_STORED); /* in another memory */
	add_part(t, 0, 5, 9, HELD_STORED); /* of another text */
	assert_false(held_set_is_stored(t, second));
	last->state = HELD_STORED;
	assert_true(held_set_is_stored(t, first));
	last->state = HELD_OFFERED;
	assert_int_equal(held_drop_set(t, first), 2); /* what the core does not have yet is kept */
	assert_ptr_equal(held_find(t, 0, 4), last);
	assert_null(held_find(t, 0, 3));
	assert_non_null(held_find(t, 1, 4));
	assert_non_null(held_find(t, 0, 5));
	assert_int_equal(held_drop_set(t, alone), 1);
	assert_int_equal(t->count, 3);
	held_clear(t);
	free(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_find_and_drop), cmocka_unit_test(test_bound),
		cmocka_unit_test(test_sets) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
