/* What counts and keeps: memories, the network's queue, faults, measurements. */
#include "cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "simmodem/fault.h"
#include "simmodem/meter.h"
#include "simmodem/queue.h"
#include "simmodem/slots.h"

static int add(struct slots *s, const char *line)
{
	char *copy = hl_strdup(line);
	int index = slots_add(s, copy, 20, SLOT_UNREAD);

	if (index < 0)
		free(copy);
	return index;
}

static void test_slots(void **state)
{
	static struct slots s;
	uint64_t serial;

	(void)state;
	slots_init(&s, "SM", 3);
	assert_int_equal(add(&s, "a"), 1);
	assert_int_equal(add(&s, "b"), 2);
	assert_int_equal(add(&s, "c"), 3);
	assert_int_equal(add(&s, "d"), HL_EFULL);
	serial = slots_get(&s, 2)->serial;
	slots_delete(&s, 2);
	slots_delete(&s, 2);
	assert_int_equal(s.used, 2);
	assert_null(slots_get(&s, 2));
	assert_int_equal(add(&s, "e"), 2);
	assert_string_equal(slots_get(&s, 2)->line, "e");
	assert_true(slots_get(&s, 2)->serial != serial);
	assert_null(slots_get(&s, 0));
	assert_null(slots_get(&s, 4));
	slots_resize(&s, 1);
	assert_int_equal(s.used, 1);
	s.base = 0;
	assert_non_null(slots_get(&s, 0));
	slots_clear(&s);
	assert_int_equal(s.used, 0);
}

static void test_queue(void **state)
{
	struct queue q;

	(void)state;
	queue_init(&q);
	for (int i = 0; i < 3; i++) {
		struct message msg = { .tpdu_len = (size_t)i, .line = hl_strdup("x") };
		assert_int_equal(queue_add(&q, &msg), 0);
	}
	assert_int_equal(queue_first(&q)->tpdu_len, 0);
	queue_drop(&q, false);
	assert_int_equal(queue_first(&q)->tpdu_len, 1);
	queue_clear(&q);
	assert_null(queue_first(&q));
}

static void test_faults(void **state)
{
	struct faults f = { 0 };

	(void)state;
	assert_int_equal(fault_kind_named("hang"), FAULT_HANG);
	assert_int_equal(fault_kind_named("nothing"), -1);
	for (int i = 0; i < FAULT_KINDS; i++)
		assert_int_equal(fault_kind_named(fault_name((enum fault_kind)i)), i);
	assert_false(fault_take(&f, FAULT_ERROR, "+CMGS=1", 0));
	f.row[FAULT_ERROR] = (struct fault){ .times = 2, .prefix = "+cmgs" };
	assert_false(fault_take(&f, FAULT_ERROR, "+CMGR=1", 0));
	assert_false(fault_take(&f, FAULT_ERROR, NULL, 0));
	assert_true(fault_take(&f, FAULT_ERROR, "+CMGS=1", 0));
	assert_true(fault_is_on(&f, FAULT_ERROR, "+CMGS=1", 0));
	assert_true(fault_take(&f, FAULT_ERROR, "+CMGS=1", 0));
	assert_false(fault_take(&f, FAULT_ERROR, "+CMGS=1", 0));
	f.row[FAULT_HANG] = (struct fault){ .times = -1, .until_ns = 100 };
	assert_true(fault_take(&f, FAULT_HANG, NULL, 99));
	assert_false(fault_take(&f, FAULT_HANG, NULL, 100));
}

static void test_histogram(void **state)
{
	static struct histogram h;

	(void)state;
	assert_int_equal(histogram_percentile(&h, 50), 0);
	for (int i = 1; i <= 1000; i++)
		histogram_add(&h, i);
	histogram_add(&h, INT64_MAX);
	histogram_add(&h, -5);
	assert_in_range(histogram_percentile(&h, 50), 500, 516);
	assert_in_range(histogram_percentile(&h, 99), 990, 1023);
	assert_int_equal(histogram_percentile(&h, 100), INT64_MAX);
	assert_int_equal(histogram_percentile(&h, 0), 0);
}

static void test_meter(void **state)
{
	struct meter *m = hl_calloc(1, sizeof(*m));

	(void)state;
	assert_int_equal(meter_track_number(m, "+97600005678"), 0);
	meter_stored(m, 1000000);
	meter_stored(m, 2000000);
	meter_deleted(m, 1000000, 6000000);
	meter_submitted(m, "+97600001111", 3000000);
	meter_submitted(m, "+97600005678", 4000000); /* answers the first: 3 ms */
	assert_int_equal(m->track[0].latency_us.count, 1);
	assert_int_equal(m->track[0].latency_us.max, 3000);
	assert_int_equal(m->track[0].count, 1);
	assert_int_equal(m->delete_us.max, 5000);
	meter_reset(m);
	assert_int_equal(m->stored + m->deleted + m->submitted, 0);
	assert_int_equal(m->track[0].count, 0);
	assert_int_equal(m->tracks, 1);
	for (int i = 1; i < METER_TRACKS_MAX; i++) {
		char number[16];
		snprintf(number, sizeof(number), "%d", i);
		assert_int_equal(meter_track_number(m, number), 0);
	}
	assert_int_equal(meter_track_number(m, "one more"), HL_EFULL);
	meter_free(m);
	free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_slots),
		cmocka_unit_test(test_queue),
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_histogram),
		cmocka_unit_test(test_meter),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
