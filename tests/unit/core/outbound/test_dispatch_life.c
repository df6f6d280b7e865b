/* The law of the outbox in any life: links, failures and crashes in an order that chance chose. */
#include "cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core/turn.h"
#include "store/store.h"
#include "unit/core/outbound/dispatch_scene.h"

#define LIFE_TEXTS 60

struct life {
	uint32_t random;
	int64_t ids[LIFE_TEXTS];
	bool alert[LIFE_TEXTS];
	char words[LIFE_TEXTS][16];
	size_t count;
};

static uint32_t any(struct life *f, uint32_t below)
{
	f->random = f->random * 1664525u + 1013904223u;
	return (f->random >> 8) % below;
}

static void life_add(struct life *f)
{
	size_t i = f->count;

	if (i == LIFE_TEXTS || world->full)
		return;
	f->alert[i] = any(f, 2);
	snprintf(f->words[i], sizeof(f->words[i]), "text %zu.", i);
	f->ids[i] = f->alert[i] ? dispatch_alert(f->words[i]) : dispatch_receipt(f->words[i]);
	if (world_turn() == 0)
		f->count++;
}

static void life_step(struct life *f)
{
	struct world_link *l = &world->links[any(f, (uint32_t)world->link_count)];

	switch (any(f, 12)) {
	case 0: case 1: case 2:
		life_add(f);
		break;
	case 3: case 4:
		if (l->connected)
			world_submit(l);
		break;
	case 5: case 6:
		l->air = (enum world_air)any(f, AIR_HANGS + 1);
		world_transmit(l);
		break;
	case 7:
		world_link_break(l);
		world_turn();
		break;
	case 8:
		world_link_crash(l);
		world_turn();
		break;
	case 9:
		if (!l->connected)
			world_link_connect(l);
		break;
	case 10:
		if (any(f, 4) == 0) {
			world->full = false;
			world_restart(any(f, 2));
		} else {
			world->full = any(f, 3) == 0;
		}
		break;
	default:
		world->boot_ms += any(f, 40000);
		turn_begin(world->core.turn);
		world_turn();
	}
}

static void life_settle(void)
{
	world->full = false;
	for (int i = 0; i < 8; i++) {
		for (size_t k = 0; k < world->link_count; k++) {
			world->links[k].air = AIR_SENDS;
			if (!world->links[k].connected)
				world_link_connect(&world->links[k]);
			while (world->links[k].held_count && world->links[k].go[0])
				world_transmit(&world->links[k]);
		}
		world_talk();
		world_pass_s(700);
	}
}

static void life_judge(const struct life *f)
{
	struct outbox_row rows[4];

	for (size_t i = 0; i < f->count; i++) {
		size_t heard = world_heard(f->alert[i] ? DISPATCH_OFFICER : DISPATCH_TEXTER, f->words[i]);
		enum outbox_state s = world_state(f->ids[i]);
		assert_true(s == OUTBOX_SENT || s == OUTBOX_FAILED || (s == OUTBOX_UNKNOWN && !f->alert[i]));
		if (s == OUTBOX_SENT)
			assert_true(heard >= 1);
		if (!f->alert[i])
			assert_true(heard <= 1);
	}
	assert_int_equal(store_outbox_in_flight(world->core.store, rows, 4), 0);
	dispatch_assert_counts();
}

static void test_any_life_keeps_the_law(void **state)
{
	uint32_t first = (uint32_t)time(NULL);
	const char *fixed = getenv("HL_TEST_SEED");

	(void)state;
	if (fixed)
		first = (uint32_t)strtoul(fixed, NULL, 10);
	for (uint32_t seed = first; seed < first + 20; seed++) {
		struct life f = { .random = seed };
		print_message("HL_TEST_SEED=%u\n", seed);
		dispatch_setup(NULL);
		world_link_add("m1", false);
		world_link_add("m2", true);
		world_link_add("m3", false);
		for (int i = 0; i < 300; i++)
			life_step(&f);
		life_settle();
		life_judge(&f);
		dispatch_teardown(NULL);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_any_life_keeps_the_law),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
