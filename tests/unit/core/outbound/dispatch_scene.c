#include "cm.h"

#include "unit/core/outbound/dispatch_scene.h"

int dispatch_setup(void **state)
{
	(void)state;
	world_setup("people = ( { name = \"Duty 1\"; role = \"officer\"; number = \"" DISPATCH_OFFICER "\"; language = \"en\"; } );");
	return 0;
}

int dispatch_teardown(void **state)
{
	(void)state;
	world_end();
	return 0;
}

int64_t dispatch_receipt(const char *text)
{
	return world_add(LANE_DIALOGUE, OUTBOX_RECEIPT, DISPATCH_TEXTER, text, "");
}

int64_t dispatch_alert(const char *text)
{
	return world_add(LANE_ALERT, OUTBOX_ALERT, DISPATCH_OFFICER, text, "");
}

struct world_link *dispatch_begin(int64_t id)
{
	struct world_link *l = world_link_add("m1", false);

	world_turn();
	assert_int_equal(world_state(id), OUTBOX_LEASED);
	world_submit(l);
	assert_int_equal(world_state(id), OUTBOX_SUBMITTING);
	assert_true(l->go[0]);
	return l;
}

struct tally { int64_t counts[LANE_COUNT][OUTBOX_STATES]; };

static void tally_row(void *arg, int lane, int state, int64_t count)
{
	((struct tally *)arg)->counts[lane][state] = count;
}

void dispatch_assert_counts(void)
{
	struct tally t = { { { 0 } } };

	store_outbox_count(world->core.store, tally_row, &t);
	for (int lane = 0; lane < LANE_COUNT; lane++)
		for (int s = 0; s < OUTBOX_STATES; s++)
			assert_int_equal(outbox_count(world->core.outbox, (enum outbox_lane)lane, (enum outbox_state)s),
				t.counts[lane][s]);
}
