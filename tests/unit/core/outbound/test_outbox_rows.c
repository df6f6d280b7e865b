/* The rows of the outbox: what of a text is on disk, and for how long; that the counters agree with the rows; the list; a test text. */
#include "cm.h"

#include <stdlib.h>
#include <string.h>

#include "core/control/control.h"
#include "core/turn.h"
#include "store/audit.h"
#include "store/store.h"
#include "unit/core/outbound/dispatch_scene.h"

static void assert_not_on_disk(const char *what)
{
	static const char *const files[] = { "db", "db-wal" };
	char path[256];

	for (size_t i = 0; i < 2; i++)
		assert_false(scratch_holds(scratch_path(&world->scratch, files[i], path), what, strlen(what)));
}

static void test_numbers_and_texts_are_sealed_and_bodies_go(void **state)
{
	int64_t id = dispatch_receipt("plain words of a receipt");

	(void)state;
	world_turn();
	assert_not_on_disk("plain words of a receipt");
	assert_not_on_disk(DISPATCH_TEXTER);
	assert_not_on_disk(&DISPATCH_TEXTER[4]);
	assert_true(world_row(id).has_body);
	world_link_add("m1", false);
	world_talk();
	assert_int_equal(world_heard(DISPATCH_TEXTER, "plain words of a receipt"), 1);
	assert_false(world_row(id).has_body);
	assert_not_on_disk("plain words of a receipt");
}

/* A row whose seal was broken, or moved from another row, ends without a word on the air. */
static void test_a_swapped_body_is_not_sent(void **state)
{
	static struct store_sql swap = { .sql = "UPDATE outbox SET body = (SELECT body FROM outbox WHERE id = ?1) WHERE id = ?2" };
	int64_t a = dispatch_receipt("for one"), b = world_add(LANE_DIALOGUE, OUTBOX_RECEIPT, "+97600009002", "for another", "");
	sqlite3_stmt *st = store_stmt(world->core.store, &swap);

	(void)state;
	store_bind(world->core.store, st, "ii", a, b);
	assert_int_equal(store_run(world->core.store, st), 1);
	world_turn();
	world_link_add("m1", false);
	world_talk();
	assert_int_equal(world_state(a), OUTBOX_SENT);
	assert_int_equal(world_state(b), OUTBOX_FAILED);
	assert_int_equal(world->air_count, 1);
}

static void test_counts_agree_with_the_rows(void **state)
{
	struct world_link *l;
	json_t *status = json_object(), *lanes;

	(void)state;
	for (int i = 0; i < 5; i++)
		dispatch_receipt("receipt");
	dispatch_alert("alert");
	l = world_link_add("m1", false);
	dispatch_assert_counts();
	l->air = AIR_FAILS;
	world_talk();
	dispatch_assert_counts();
	world->full = true;
	dispatch_receipt("aborted");
	world_turn();
	dispatch_assert_counts();
	world->full = false;
	l->air = AIR_SENDS;
	world_pass_s(20);
	dispatch_assert_counts();
	world_restart(true);
	dispatch_assert_counts();
	control_outbox_counts(&world->core, status);
	lanes = json_object_get(status, "outbox");
	assert_int_equal(json_integer_value(json_object_get(json_object_get(lanes, "dialogue"), "sent")), 5);
	assert_int_equal(json_integer_value(json_object_get(json_object_get(lanes, "alert"), "sent")), 1);
	json_decref(status);
}

static void test_list_shows_no_number_and_no_text(void **state)
{
	struct control_call call = { .core = &world->core };
	const json_t *row;
	char *text;

	(void)state;
	dispatch_receipt("secret words");
	world_turn();
	call.request = json_object();
	control_outbox_list(&call);
	assert_int_equal(json_array_size(json_object_get(world->answer, "outbox")), 1);
	row = json_array_get(json_object_get(world->answer, "outbox"), 0);
	assert_string_equal(json_string_value(json_object_get(row, "recipient")), "texter");
	assert_string_equal(json_string_value(json_object_get(row, "state")), "queued");
	text = json_dumps(world->answer, 0);
	assert_null(strstr(text, "secret"));
	assert_null(strstr(text, "0000900"));
	free(text);
	world_link_add("m1", false);
	world_talk();
	control_outbox_list(&call);
	assert_int_equal(json_array_size(json_object_get(world->answer, "outbox")), 0); /* done */
	json_object_set_new((json_t *)call.request, "all", json_true());
	control_outbox_list(&call);
	assert_int_equal(json_array_size(json_object_get(world->answer, "outbox")), 1);
	json_decref((json_t *)call.request);
}

static void test_send_test(void **state)
{
	struct control_call call = { .core = &world->core };
	struct audit_row audit[4];

	(void)state;
	world_link_add("m1", false);
	call.request = json_pack("{s:s}", "name", "Nobody");
	control_send_test(&call);
	assert_null(world->answer);
	json_decref((json_t *)call.request);
	call.request = json_pack("{s:s}", "name", "Duty 1");
	turn_begin(world->core.turn);
	control_send_test(&call);
	assert_true(json_integer_value(json_object_get(world->answer, "id")) > 0);
	control_send_test(&call); /* the first is still waiting */
	assert_null(world->answer);
	world_talk();
	assert_int_equal(world_heard(DISPATCH_OFFICER, "Test"), 1);
	turn_begin(world->core.turn);
	control_send_test(&call);
	assert_non_null(world->answer);
	world_talk();
	assert_int_equal(world_heard(DISPATCH_OFFICER, "Test"), 2);
	assert_int_equal(audit_list_before(world->core.store, INT64_MAX, audit, 4), 2);
	assert_string_equal(audit[0].actor, "operator");
	assert_string_equal(audit[0].action, "send.test");
	assert_string_equal(audit[0].object, "Duty 1");
	json_decref((json_t *)call.request);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, dispatch_setup, dispatch_teardown)
	const struct CMUnitTest tests[] = {
		T(test_numbers_and_texts_are_sealed_and_bodies_go),
		T(test_a_swapped_body_is_not_sent),
		T(test_counts_agree_with_the_rows),
		T(test_list_shows_no_number_and_no_text),
		T(test_send_test),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
