/* Long texts: in any order, twice, with references used again, incomplete, late, and over restarts. */
#include "cm.h"

#include <string.h>

#include "core/counters.h"
#include "core/inbound/assembly.h"
#include "core/inbound/intake.h"
#include "core/people/units.h"
#include "core/triage/triage.h"
#include "core/turn.h"
#include "store/inside.h"
#include "unit/core/inbound/inbound_env.h"

#define TEXTER "+97600001111"
#define OTHER "+97600002222"
#define EMERGENCY "Туслаач! Одоо намайг хорьсон, зодож байна, 15 настай"

static void turn_clock(struct env *e, int64_t s)
{
	e->boot_ms += s * 1000;
	e->wall_ms += s * 1000;
}

static void run_due(struct env *e)
{
	intake_run_due(&e->core);
	assert_int_equal(turn_end(e->core.turn), 0);
}

static const char *text_of(struct env *e, int64_t case_id, size_t n)
{
	static struct env_message m;

	return env_message(e, case_id, n, &m) ? m.text : "(none)";
}

static void assert_nothing_waits(struct env *e)
{
	assert_int_equal(env_count(e, "SELECT count(*) FROM part"), 0);
	assert_int_equal(env_count(e, "SELECT count(*) FROM part_set"), 0);
}

static void test_orders(void **state)
{
	static const int orders[][4] = { { 1, 2, 3, 4 }, { 4, 3, 2, 1 }, { 2, 4, 1, 3 }, { 3, 1, 4, 2 } };
	static const char *const texts[] = { "нэг ", "хоёр ", "гурав ", "дөрөв" };
	struct env *e = *state;

	for (int o = 0; o < 4; o++) {
		for (int i = 0; i < 4; i++) {
			int seq = orders[o][i];
			assert_int_equal(env_count(e, "SELECT count(*) FROM message"), o);
			env_part(e, &(struct env_part){ TEXTER, 8, 7, 4, seq, texts[seq - 1] });
		}
		assert_string_equal(text_of(e, 1, (size_t)o), "нэг хоёр гурав дөрөв");
	}
	assert_nothing_waits(e);
	assert_int_equal(counter_get(&e->core, COUNT_PARTS), 16);
	assert_int_equal(counter_get(&e->core, COUNT_STORED), 4);
	assert_int_equal(counter_get(&e->core, COUNT_PARTIAL), 0);
}

/* What makes two parts of one text: sender, width, reference, total. Both senders are known before: of a new one nothing is looked for. */
static void test_keys(void **state)
{
	struct env *e = *state;

	env_part(e, &(struct env_part){ TEXTER, 16, 1, 5, 5, "x" });
	env_part(e, &(struct env_part){ OTHER, 16, 1, 5, 5, "y" });
	env_part(e, &(struct env_part){ TEXTER, 8, 7, 2, 1, "a" });
	env_part(e, &(struct env_part){ OTHER, 8, 7, 2, 2, "b" });
	env_part(e, &(struct env_part){ TEXTER, 16, 7, 2, 2, "c" });
	env_part(e, &(struct env_part){ TEXTER, 8, 8, 2, 2, "d" });
	env_part(e, &(struct env_part){ TEXTER, 8, 7, 3, 2, "e" });
	assert_int_equal(env_count(e, "SELECT count(*) FROM message"), 0);
	assert_int_equal(env_count(e, "SELECT count(*) FROM part_set"), 7);
	env_part(e, &(struct env_part){ TEXTER, 8, 7, 2, 2, "f" });
	assert_string_equal(text_of(e, env_last_case(e), 0), "af");
	assert_int_equal(env_count(e, "SELECT count(*) FROM part_set"), 6);
}

static void test_the_same_part_twice(void **state)
{
	struct env *e = *state;

	env_part(e, &(struct env_part){ TEXTER, 8, 7, 2, 1, "a" });
	e->pdu--; /* the same octets */
	env_part(e, &(struct env_part){ TEXTER, 8, 7, 2, 1, "a" });
	env_part(e, &(struct env_part){ TEXTER, 8, 7, 2, 1, "a" }); /* another time stamp, so other octets */
	assert_int_equal(counter_get(&e->core, COUNT_DUPLICATES), 2);
	env_part(e, &(struct env_part){ TEXTER, 8, 7, 2, 2, "b" });
	assert_string_equal(text_of(e, 1, 0), "ab");
	assert_nothing_waits(e);
}

/* A part that is read again once its text is whole, because it could not be deleted, begins nothing. */
static void test_a_part_again_when_all_is_there(void **state)
{
	struct env *e = *state;

	env_part(e, &(struct env_part){ TEXTER, 8, 7, 2, 1, "a" });
	env_part(e, &(struct env_part){ TEXTER, 8, 7, 2, 2, "b" });
	for (int again = 0; again < 2; again++) {
		e->pdu -= 2;
		env_part(e, &(struct env_part){ TEXTER, 8, 7, 2, 1, "a" });
		env_part(e, &(struct env_part){ TEXTER, 8, 7, 2, 2, "b" });
		assert_int_equal(env_count(e, "SELECT count(*) FROM message"), 1);
		assert_nothing_waits(e);
		env_restart(e, true);
	}
	assert_int_equal(counter_get(&e->core, COUNT_DUPLICATES), 4);
}

/* What one part lacks, the whole lacks; and a text that is shown in part says by which modem it came. */
static void test_damage_and_modem(void **state)
{
	struct env *e = *state;
	struct wire_inbound part = { .ref = 1, .imsi = "428990000000001", .pdu_len = 1, .concat_width = 8, .concat_ref = 7, .concat_total = 2,
		.from = TEXTER, .text = "one " };
	struct env_message m;

	for (int damaged = 0; damaged < 3; damaged++) { /* none, the first, the last */
		for (int seq = 1; seq <= 2; seq++) {
			part.concat_seq = seq;
			part.damaged = damaged == seq;
			part.pdu[0]++;
			env_inbound(e, &part);
		}
		assert_true(env_message(e, 1, (size_t)damaged, &m));
		assert_int_equal(m.row.damaged, damaged > 0);
	}
	part.concat_seq = 1;
	part.damaged = true;
	part.pdu[0]++;
	env_inbound(e, &part);
	turn_clock(e, 600);
	run_due(e);
	assert_true(env_message(e, 1, 3, &m));
	assert_true(m.row.damaged);
	assert_int_equal(m.row.parts_missing, 1);
	assert_string_equal(m.row.modem, "m1");
}

/* The last part names the police, long after the first ones were shown to them: those stay, and the whole goes to who is independent. */
static void test_the_police_are_named_when_it_was_shown(void **state)
{
	struct env *e = *state;
	struct env_message m;
	struct case_row row;

	env_part(e, &(struct env_part){ TEXTER, 8, 7, 2, 1, "Охиныг түгжээд эрчүүдэд зараад байна, " });
	turn_clock(e, 600);
	run_due(e);
	assert_true(env_message(e, 1, 0, &m));
	assert_int_equal(m.row.parts_missing, 1);
	env_part(e, &(struct env_part){ TEXTER, 8, 7, 2, 2, "цагдаа өөрөө зардаг" });
	assert_true(env_message(e, 1, 0, &m));
	assert_null(strstr(m.text, "цагдаа"));
	assert_int_equal(m.row.parts_missing, 1);
	assert_true(cases_get(e->core.store, env_last_case(e), &row));
	assert_int_not_equal(row.id, 1);
	assert_string_equal(unit_by_id(e->core.units, row.unit_id)->name, "IND");
	assert_string_equal(text_of(e, row.id, 0), "Охиныг түгжээд эрчүүдэд зараад байна, цагдаа өөрөө зардаг");
	assert_nothing_waits(e);
}

/* A part that cannot be opened, because somebody was at its row or the key is another one: the others are shown, and that one lacks. */
static void test_a_part_that_cannot_be_read(void **state)
{
	static struct store_sql spoil = { "UPDATE part SET body = zeroblob(length(body))", 0 };
	struct env *e = *state;
	struct env_message m;

	env_part(e, &(struct env_part){ TEXTER, 8, 7, 2, 1, "one " });
	store_begin(e->core.store);
	store_run(e->core.store, store_stmt(e->core.store, &spoil));
	assert_int_equal(store_commit(e->core.store), 0);
	env_part(e, &(struct env_part){ TEXTER, 8, 7, 2, 2, "two" });
	assert_true(env_message(e, 1, 0, &m));
	assert_string_equal(m.text, ASSEMBLY_GAP "two");
	assert_true(m.row.damaged);
	assert_nothing_waits(e);
}

/* Two texts with one reference: the part that is there with other words begins another set. */
static void test_a_reference_used_again(void **state)
{
	struct env *e = *state;

	env_part(e, &(struct env_part){ TEXTER, 8, 7, 2, 1, "first " });
	env_part(e, &(struct env_part){ TEXTER, 8, 7, 2, 1, "second " });
	assert_int_equal(env_count(e, "SELECT count(*) FROM part_set"), 2);
	env_part(e, &(struct env_part){ TEXTER, 8, 7, 2, 2, "end" }); /* the newer one is the likelier */
	env_part(e, &(struct env_part){ TEXTER, 8, 7, 2, 2, "fin" });
	assert_string_equal(text_of(e, 1, 0), "second end");
	assert_string_equal(text_of(e, 1, 1), "first fin");
	assert_nothing_waits(e);
}

static void test_places_that_make_no_sense(void **state)
{
	static const struct { int64_t width, total, seq; bool damaged; } rows[] = {
		{ 8, 2, 0, true }, { 8, 2, 3, true }, { 8, 0, 0, true }, { 8, 0, 1, true }, { 16, 255, 0, true }, { 8, 1, 1, false },
		{ 0, 0, 0, false },
	};
	struct env *e = *state;
	struct env_message m;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		env_part(e, &(struct env_part){ TEXTER, rows[i].width, 7, rows[i].total, rows[i].seq, "words" });
		assert_true(env_message(e, 1, i, &m));
		assert_string_equal(m.text, "words");
		assert_int_equal(m.row.damaged, rows[i].damaged);
	}
	assert_nothing_waits(e);
	assert_int_equal(counter_get(&e->core, COUNT_DAMAGED), 5);
}

static void test_one_of_255(void **state)
{
	struct env *e = *state;
	struct env_message m;

	env_part(e, &(struct env_part){ TEXTER, 16, 65535, 255, 255, "the last" });
	turn_clock(e, 599);
	run_due(e);
	assert_int_equal(env_count(e, "SELECT count(*) FROM message"), 0);
	turn_clock(e, 1);
	run_due(e);
	assert_true(env_message(e, 1, 0, &m));
	assert_string_equal(m.text, ASSEMBLY_GAP "the last");
	assert_int_equal(m.row.parts, 255);
	assert_int_equal(m.row.parts_missing, 254);
	assert_int_equal(counter_get(&e->core, COUNT_PARTIAL), 1);
	assert_int_equal(counter_get(&e->core, COUNT_STORED), 0);
	assert_int_equal(counter_get(&e->core, COUNT_RECEIPTS), 1);
	run_due(e);
	assert_int_equal(env_count(e, "SELECT count(*) FROM message"), 1);
}

static void test_all_255(void **state)
{
	struct env *e = *state;
	struct env_message m;
	char text[4];

	for (int seq = 255; seq >= 1; seq--) {
		snprintf(text, sizeof(text), "%03d", seq);
		env_part(e, &(struct env_part){ TEXTER, 8, 1, 255, seq, text });
	}
	assert_true(env_message(e, 1, 0, &m));
	assert_int_equal(strlen(m.text), 765);
	assert_memory_equal(m.text, "001002003", 9);
	assert_string_equal(m.text + 759, "254255");
	assert_nothing_waits(e);
}

static void test_partial_then_amended(void **state)
{
	struct env *e = *state;
	struct env_message before, m;

	env_part(e, &(struct env_part){ TEXTER, 8, 7, 4, 1, "a" });
	env_part(e, &(struct env_part){ TEXTER, 8, 7, 4, 3, "c" });
	turn_clock(e, 600);
	run_due(e);
	assert_true(env_message(e, 1, 0, &before));
	assert_string_equal(before.text, "a" ASSEMBLY_GAP "c" ASSEMBLY_GAP);
	assert_int_equal(before.row.parts_missing, 2);
	env_restart(e, true);
	turn_clock(e, 3600);
	env_part(e, &(struct env_part){ TEXTER, 8, 7, 4, 2, "b" });
	assert_true(env_message(e, 1, 0, &m));
	assert_string_equal(m.text, "abc" ASSEMBLY_GAP);
	assert_int_equal(m.row.id, before.row.id);
	assert_int_equal(m.row.time_ms, before.row.time_ms);
	env_part(e, &(struct env_part){ TEXTER, 8, 7, 4, 4, "d" });
	assert_true(env_message(e, 1, 0, &m));
	assert_string_equal(m.text, "abcd");
	assert_int_equal(m.row.parts_missing, 0);
	assert_false(env_message(e, 1, 1, &m));
	assert_nothing_waits(e);
	assert_int_equal(counter_get(&e->core, COUNT_PARTIAL), 1);
	assert_int_equal(counter_get(&e->core, COUNT_STORED), 1);
	assert_int_equal(counter_get(&e->core, COUNT_RECEIPTS), 1);
}

/* What completes a text whose case was closed meanwhile must be seen: it opens another. */
static void test_amended_after_closing(void **state)
{
	struct env *e = *state;
	size_t calls;

	env_part(e, &(struct env_part){ TEXTER, 8, 7, 2, 1, "Туслаач 14 настай охин " });
	turn_clock(e, 600);
	run_due(e);
	turn_begin(e->core.turn);
	assert_int_equal(env_count(e, "UPDATE cases SET state = 5, closed_ms = 1 RETURNING 1"), 1);
	turn_end(e->core.turn);
	calls = e->call_count;
	env_part(e, &(struct env_part){ TEXTER, 8, 7, 2, 2, "буудалд хоригдсон" });
	assert_int_equal(env_count(e, "SELECT count(*) FROM cases"), 2);
	assert_string_equal(text_of(e, 2, 0), "Туслаач 14 настай охин буудалд хоригдсон");
	assert_int_equal(e->call_count, calls + 1);
	assert_string_equal(e->calls[calls].what, "raise");
	assert_nothing_waits(e);
}

static void test_a_partial_text_is_forgotten_in_the_end(void **state)
{
	struct env *e = *state;

	env_part(e, &(struct env_part){ TEXTER, 8, 7, 2, 1, "a" });
	turn_clock(e, 600);
	run_due(e);
	turn_clock(e, ASSEMBLY_KEEP_MS / 1000 - 1);
	run_due(e);
	assert_int_equal(env_count(e, "SELECT count(*) FROM part"), 1);
	turn_clock(e, 1);
	run_due(e);
	assert_nothing_waits(e);
	assert_int_equal(env_count(e, "SELECT count(*) FROM message"), 1);
}

static void test_an_urgent_part_rings_at_once(void **state)
{
	struct env *e = *state;

	env_part(e, &(struct env_part){ TEXTER, 8, 7, 3, 2, EMERGENCY });
	assert_int_equal(e->call_count, 1);
	assert_string_equal(e->calls[0].what, "raise");
	assert_int_equal(e->calls[0].row.urgency, TRIAGE_EMERGENCY);
	assert_int_equal(env_count(e, "SELECT count(*) FROM message"), 0);
	assert_int_equal(counter_get(&e->core, COUNT_RECEIPTS), 0);
	env_restart(e, true);
	env_part(e, &(struct env_part){ TEXTER, 8, 7, 3, 3, ", төгсгөл" });
	env_part(e, &(struct env_part){ TEXTER, 8, 7, 3, 1, "Эхлэл. " });
	assert_int_equal(e->call_count, 1); /* the same text does not ring twice */
	assert_int_equal(env_count(e, "SELECT count(*) FROM cases"), 1);
	assert_string_equal(text_of(e, 1, 0), "Эхлэл. " EMERGENCY ", төгсгөл");
	assert_int_equal(counter_get(&e->core, COUNT_RECEIPTS), 1);
	env_text(e, TEXTER, EMERGENCY); /* another text does */
	assert_int_equal(e->call_count, 2);
}

static void test_urgent_only_together(void **state)
{
	struct env *e = *state;
	size_t calls;

	env_part(e, &(struct env_part){ TEXTER, 8, 7, 2, 1, "Сайн байна уу. Би нэг юм хэлэх гэсэн юм. " });
	calls = e->call_count;
	assert_int_equal(calls, 0);
	env_part(e, &(struct env_part){ TEXTER, 8, 7, 2, 2, EMERGENCY });
	assert_int_equal(e->call_count, calls + 1);
	assert_string_equal(e->calls[calls].what, "raise");
}

static void test_after_another_boot_all_is_due(void **state)
{
	struct env *e = *state;

	env_part(e, &(struct env_part){ TEXTER, 8, 7, 2, 1, "a" });
	env_part(e, &(struct env_part){ OTHER, 8, 7, 2, 2, "b" });
	e->boot_ms = 1000;
	env_restart(e, false);
	run_due(e);
	assert_int_equal(env_count(e, "SELECT count(*) FROM message WHERE parts_missing = 1"), 2);
	assert_int_equal(env_count(e, "SELECT count(*) FROM part_set WHERE due_boot_ms > 1000"), 2);
	env_restart(e, false); /* shown ones wait on */
	run_due(e);
	assert_int_equal(env_count(e, "SELECT count(*) FROM part_set"), 2);
}

/* Wall time jumps either way; nothing is due earlier or later for it. */
static void test_the_clock_jumps(void **state)
{
	struct env *e = *state;

	env_part(e, &(struct env_part){ TEXTER, 8, 7, 2, 1, "a" });
	e->wall_ms += 366LL * 24 * 3600 * 1000;
	run_due(e);
	assert_int_equal(env_count(e, "SELECT count(*) FROM message"), 0);
	e->wall_ms -= 2 * 366LL * 24 * 3600 * 1000;
	e->boot_ms += 600 * 1000;
	run_due(e);
	assert_int_equal(env_count(e, "SELECT count(*) FROM message"), 1);
	env_part(e, &(struct env_part){ TEXTER, 8, 7, 2, 2, "b" });
	assert_string_equal(text_of(e, 1, 0), "ab");
}

/* More sets are due than one turn takes: the timer comes back for the rest, by itself. */
static void test_the_timer(void **state)
{
	struct env *e = *state;

	for (int ref = 0; ref < 3 * ASSEMBLY_DUE_MAX; ref++)
		env_part(e, &(struct env_part){ TEXTER, 8, ref, 2, 1, "a" });
	turn_clock(e, 600);
	env_restart(e, true);
	while (env_count(e, "SELECT count(*) FROM message") < 3 * ASSEMBLY_DUE_MAX)
		event_base_loop(e->core.base, EVLOOP_ONCE);
	assert_int_equal(counter_get(&e->core, COUNT_PARTIAL), 3 * ASSEMBLY_DUE_MAX);
}

#define ROW(f) cmocka_unit_test_setup_teardown(f, env_setup, env_teardown)

/* A deadline that no deadline of this configuration can be is brought nearer, in the same boot too. */
static void test_a_shorter_wait_holds_after_a_restart(void **state)
{
	struct env *e = *state;
	struct env_message m;

	e->config.partial_after_s = 86400;
	env_part(e, &(struct env_part){ TEXTER, 8, 7, 2, 1, "a" });
	e->config.partial_after_s = 600;
	env_restart(e, true);
	turn_clock(e, 599);
	run_due(e);
	assert_false(env_message(e, 1, 0, &m));
	turn_clock(e, 1);
	run_due(e);
	assert_true(env_message(e, 1, 0, &m));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROW(test_a_shorter_wait_holds_after_a_restart),
		ROW(test_orders), ROW(test_keys), ROW(test_the_same_part_twice), ROW(test_a_part_again_when_all_is_there), ROW(test_damage_and_modem),
		ROW(test_the_police_are_named_when_it_was_shown), ROW(test_a_part_that_cannot_be_read), ROW(test_a_reference_used_again),
		ROW(test_places_that_make_no_sense), ROW(test_one_of_255), ROW(test_all_255), ROW(test_partial_then_amended),
		ROW(test_amended_after_closing), ROW(test_a_partial_text_is_forgotten_in_the_end),
		ROW(test_an_urgent_part_rings_at_once), ROW(test_urgent_only_together), ROW(test_after_another_boot_all_is_due),
		ROW(test_the_clock_jumps), ROW(test_the_timer),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
