/* Group commit: one transaction for all that is ready, answers only after it, nothing kept of a turn that failed. */
#include "cm.h"

#include <string.h>

#include "core/core.h"
#include "core/counters.h"
#include "core/turn.h"
#include "scratch.h"
#include "store/counter.h"
#include "store/store.h"

struct env {
	struct scratch scratch;
	struct core core;
	struct hl_clock clock;
	int64_t now_ms;
	char log[256]; /* what happened, in order */
};

static struct env *env;

static int64_t fake_ms(void *arg)
{
	(void)arg;
	return env->now_ms;
}

static void note(const char *what)
{
	strncat(env->log, what, sizeof(env->log) - strlen(env->log) - 1);
}

static int setup(void **state)
{
	static struct env e;
	char path[256];
	struct hl_reason why;

	memset(&e, 0, sizeof(e));
	env = *state = &e;
	scratch_new(&e.scratch);
	scratch_path(&e.scratch, "db", path);
	assert_int_equal(store_create(path, &why), 0);
	assert_int_equal(store_open(path, &e.core.store, &why), 0);
	e.clock = (struct hl_clock){ fake_ms, fake_ms, NULL };
	e.core.clock = &e.clock;
	e.core.base = event_base_new();
	event_base_priority_init(e.core.base, TURN_PRIORITIES);
	e.core.counters = counters_new(&e.core);
	e.core.turn = turn_new(&e.core);
	return 0;
}

static int teardown(void **state)
{
	struct env *e = *state;

	turn_free(e->core.turn);
	counters_free(e->core.counters);
	store_close(e->core.store);
	event_base_free(e->core.base);
	scratch_remove(&e->scratch);
	return 0;
}

static void on_reply(void *arg, int err)
{
	(void)arg;
	note(err ? "no " : "yes ");
}

static void before(struct core *core)
{
	assert_true(store_in_transaction(core->store));
	note("before ");
}

static void after(struct core *core)
{
	assert_false(store_in_transaction(core->store));
	note("after ");
}

static void aborted(struct core *core, int err)
{
	assert_false(store_in_transaction(core->store));
	assert_int_equal(err, HL_EFULL);
	note("abort ");
}

static const struct turn_hooks hooks = { before, after, aborted };

static void test_order(void **state)
{
	struct env *e = *state;

	turn_add_hooks(e->core.turn, &hooks);
	assert_int_equal(turn_end(e->core.turn), 0);
	assert_string_equal(e->log, "");
	turn_begin(e->core.turn);
	turn_begin(e->core.turn);
	turn_reply(e->core.turn, on_reply, NULL);
	turn_reply(e->core.turn, on_reply, NULL);
	assert_string_equal(e->log, "");
	assert_int_equal(turn_end(e->core.turn), 0);
	assert_string_equal(e->log, "before after yes yes ");
}

static void test_abort(void **state)
{
	struct env *e = *state;

	turn_add_hooks(e->core.turn, &hooks);
	counter_add(&e->core, COUNT_BAD_LINES, 1); /* outside: no abort takes it back */
	turn_begin(e->core.turn);
	counter_add(&e->core, COUNT_STORED, 5);
	turn_reply(e->core.turn, on_reply, NULL);
	store_fail(e->core.store, HL_EFULL);
	assert_int_equal(turn_end(e->core.turn), HL_EFULL);
	assert_string_equal(e->log, "before abort no ");
	assert_int_equal(counter_get(&e->core, COUNT_STORED), 0);
	assert_int_equal(counter_get(&e->core, COUNT_BAD_LINES), 1);
	assert_int_equal(counter_get(&e->core, COUNT_ABORTS), 1);
	turn_begin(e->core.turn);
	counter_add(&e->core, COUNT_STORED, 2);
	assert_int_equal(turn_end(e->core.turn), 0);
	assert_int_equal(counter_load(e->core.store, "stored"), 2);
	assert_int_equal(counter_load(e->core.store, "aborts"), 1);
	assert_int_equal(counter_load(e->core.store, "bad_lines"), 1);
}

static void test_counters_reload(void **state)
{
	struct env *e = *state;

	turn_begin(e->core.turn);
	counter_add(&e->core, COUNT_PARTS, 7);
	turn_end(e->core.turn);
	counters_free(e->core.counters);
	e->core.counters = counters_new(&e->core);
	assert_int_equal(counter_get(&e->core, COUNT_PARTS), 7);
	assert_string_equal(counter_name(COUNT_PARTS), "parts");
	for (int i = 0; i < COUNTERS; i++)
		assert_true(counter_name((enum counter)i)[0]);
}

static void reply_begins(void *arg, int err)
{
	struct env *e = arg;

	assert_int_equal(err, 0);
	note("first ");
	turn_begin(e->core.turn);
	turn_reply(e->core.turn, on_reply, NULL);
}

static void test_a_reply_may_begin_another_turn(void **state)
{
	struct env *e = *state;

	turn_begin(e->core.turn);
	turn_reply(e->core.turn, reply_begins, e);
	assert_int_equal(turn_end(e->core.turn), 0);
	assert_string_equal(e->log, "first ");
	assert_int_equal(turn_end(e->core.turn), 0);
	assert_string_equal(e->log, "first yes ");
}

static void after_begins(struct core *core)
{
	note("after ");
	if (strstr(env->log, "again"))
		return;
	note("again ");
	turn_begin(core->turn);
	turn_reply(core->turn, on_reply, NULL);
}

/* What a hook answers in a turn that it begins leaves with that turn, not with the one that has just ended. */
static void test_a_hook_may_begin_another_turn(void **state)
{
	static const struct turn_hooks begins = { NULL, after_begins, NULL };
	struct env *e = *state;

	turn_add_hooks(e->core.turn, &begins);
	turn_begin(e->core.turn);
	assert_int_equal(turn_end(e->core.turn), 0);
	assert_string_equal(e->log, "after again ");
	assert_int_equal(turn_end(e->core.turn), 0);
	assert_string_equal(e->log, "after again after yes ");
}

/* ---- in the loop ------------------------------------------------------------------------------------------- */

static int works, works_at_first_commit;

static void before_counts(struct core *core)
{
	(void)core;
	if (!works_at_first_commit)
		works_at_first_commit = works;
}

static const struct turn_hooks counting = { before_counts, NULL, NULL };

static void on_work(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	(void)arg;
	works++;
	note("w");
	turn_begin(env->core.turn);
	turn_reply(env->core.turn, on_reply, NULL);
}

static void make_ready(struct env *e, struct event **events, int count)
{
	works = works_at_first_commit = 0;
	for (int i = 0; i < count; i++) {
		events[i] = event_new(e->core.base, -1, 0, on_work, NULL);
		event_active(events[i], 0, 0);
	}
}

static void test_all_that_is_ready_shares_a_turn(void **state)
{
	struct env *e = *state;
	struct event *events[5];

	turn_add_hooks(e->core.turn, &hooks);
	make_ready(e, events, 5);
	event_base_loop(e->core.base, EVLOOP_NONBLOCK);
	assert_string_equal(e->log, "wwwwwbefore after yes yes yes yes yes ");
	for (int i = 0; i < 5; i++)
		event_free(events[i]);
}

static void test_bounds(void **state)
{
	struct env *e = *state;
	struct event *events[2 * TURN_CHANGES_MAX];

	turn_add_hooks(e->core.turn, &counting);
	make_ready(e, events, 2 * TURN_CHANGES_MAX);
	event_base_loop(e->core.base, EVLOOP_NONBLOCK);
	assert_int_equal(works, 2 * TURN_CHANGES_MAX);
	assert_int_equal(works_at_first_commit, TURN_CHANGES_MAX); /* the work that was ready did not run on past the bound */
	for (int i = 0; i < 2 * TURN_CHANGES_MAX; i++)
		event_free(events[i]);
}

static void on_slow_work(evutil_socket_t fd, short what, void *arg)
{
	on_work(fd, what, arg);
	env->now_ms += TURN_MS_MAX;
}

static void test_time_bound(void **state)
{
	struct env *e = *state;
	struct event *events[3];

	turn_add_hooks(e->core.turn, &counting);
	works = works_at_first_commit = 0;
	for (int i = 0; i < 3; i++) {
		events[i] = event_new(e->core.base, -1, 0, on_slow_work, NULL);
		event_active(events[i], 0, 0);
	}
	event_base_loop(e->core.base, EVLOOP_NONBLOCK);
	assert_int_equal(works_at_first_commit, 2); /* the second one noticed */
	for (int i = 0; i < 3; i++)
		event_free(events[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_order, setup, teardown),
		cmocka_unit_test_setup_teardown(test_abort, setup, teardown),
		cmocka_unit_test_setup_teardown(test_counters_reload, setup, teardown),
		cmocka_unit_test_setup_teardown(test_a_reply_may_begin_another_turn, setup, teardown),
		cmocka_unit_test_setup_teardown(test_a_hook_may_begin_another_turn, setup, teardown),
		cmocka_unit_test_setup_teardown(test_all_that_is_ready_shares_a_turn, setup, teardown),
		cmocka_unit_test_setup_teardown(test_bounds, setup, teardown),
		cmocka_unit_test_setup_teardown(test_time_bound, setup, teardown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
