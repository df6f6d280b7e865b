/* Answers on disk: which one counts, sums that move, and words that are forgotten. */
#include <string.h>

#include "cm.h"
#include "scratch.h"
#include "store/campaign_answer.h"

struct fixture { struct scratch scratch; char path[128]; struct store *store; };

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	struct campaign_row row = { .name = "c", .made_by = "Tuya" };
	struct hl_reason why;

	scratch_new(&f->scratch);
	snprintf(f->path, sizeof(f->path), "%s/h.db", f->scratch.dir);
	assert_int_equal(store_create(f->path, &why), 0);
	assert_int_equal(store_open(f->path, &f->store, &why), 0);
	store_begin(f->store);
	assert_int_equal(campaign_insert(f->store, &row, "x"), 0);
	assert_int_equal(row.id, 1);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(store_commit(f->store), 0);
	store_close(f->store);
	scratch_remove(&f->scratch);
	free(f);
	return 0;
}

static struct answer_row add(struct store *s, int64_t subscriber, int64_t option, bool late)
{
	struct answer_row row = { .id = answer_next_id(s), .campaign_id = 1, .subscriber_id = subscriber, .question = 1, .option = option, .late = late,
		.time_ms = 100, .words = "sealed", .words_len = 6 };

	answer_insert(s, &row);
	return row;
}

static int64_t chosen(struct store *s, const struct answer_row *of, bool last)
{
	struct answer_row row, marked;

	if (!answer_choose(s, of, last, &row))
		return 0;
	answer_mark(s, of, &row);
	assert_true(answer_counted(s, of, &marked));
	assert_int_equal(marked.id, row.id);
	return row.id;
}

static void test_which_counts(void **state)
{
	struct store *s = ((struct fixture *)*state)->store;
	struct answer_row late = add(s, 7, 3, true), unread = add(s, 7, ANSWER_UNREAD, false), first, second, other;

	assert_int_equal(chosen(s, &late, false), unread.id); /* a late one never counts */
	assert_int_equal(answer_unread(s, 1, 7, 1), 1);
	first = add(s, 7, 2, false);
	second = add(s, 7, 1, false);
	other = add(s, 8, 1, false);
	assert_int_equal(chosen(s, &first, false), first.id);  /* read before unread */
	assert_int_equal(chosen(s, &first, true), second.id);
	assert_int_equal(chosen(s, &other, false), other.id);
	answer_set_option(s, unread.id, 3, "Tuya");
	assert_int_equal(chosen(s, &first, false), unread.id); /* it was the first, now that it is read */
	assert_true(answer_get(s, unread.id, &unread));
	assert_int_equal(unread.words_len, 0);
	assert_string_equal(unread.sorted_by, "Tuya");
	answer_mark(s, &other, NULL);
	assert_false(answer_counted(s, &other, &other));
}

static void test_nobody_in_particular(void **state)
{
	struct store *s = ((struct fixture *)*state)->store;
	struct answer_row a = add(s, 0, 1, false), b = add(s, 0, 2, false);

	assert_int_equal(chosen(s, &a, false), a.id);
	assert_int_equal(chosen(s, &b, false), b.id);
	assert_true(answer_counted(s, &a, &a)); /* each by itself */
}

static void sum_up(void *arg, const struct result_key *key, int64_t n)
{
	int64_t *sum = arg;

	assert_int_equal(key->option, 2);
	*sum += n;
}

static void test_sums(void **state)
{
	struct store *s = ((struct fixture *)*state)->store;
	struct result_key key = { .campaign_id = 1, .question = 1, .option = 2, .day = "2026-11-22", .district = "Nalaikh" }, gone = key;
	int64_t sum = 0;

	gone.option = 1;
	result_add(s, &key, 1);
	result_add(s, &key, 1);
	result_add(s, &gone, 1);
	result_add(s, &gone, -1);
	result_each(s, 1, sum_up, &sum);
	assert_int_equal(sum, 2);
}

static void test_words_are_forgotten(void **state)
{
	struct store *s = ((struct fixture *)*state)->store;
	struct answer_row a = add(s, 7, ANSWER_FREE, false), rows[4];
	int64_t after = 0;

	while (answer_forget_words(s, &after, 100))
		;
	assert_int_equal(answer_list(s, 1, false, 0, rows, 4), 1);
	assert_int_equal(rows[0].words_len, 6);
	after = 0;
	while (answer_forget_words(s, &after, 101))
		;
	assert_true(answer_get(s, a.id, &a));
	assert_int_equal(a.words_len, 0);
	assert_int_equal(a.option, ANSWER_FREE);
}

#define WITH(t) cmocka_unit_test_setup_teardown(t, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = { WITH(test_which_counts), WITH(test_nobody_in_particular), WITH(test_sums), WITH(test_words_are_forgotten) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
