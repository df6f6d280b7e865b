/* What links read becomes rows: exactly once, nothing lost, nothing half-done, and no word or number in the clear. */
#include "cm.h"

#include <string.h>

#include "core/case/case.h"
#include "core/counters.h"
#include "core/inbound/intake.h"
#include "core/inbound/poison.h"
#include "core/number.h"
#include "core/triage/triage.h"
#include "core/turn.h"
#include "store/contact.h"
#include "store/store.h"
#include "unit/core/inbound/inbound_env.h"
#include "vault/keyring.h"

#define TEXTER "+97600001111"
#define OTHER "+97600002222"
/* A girl of 14 is kept in a hotel and sold; and something that is no tip. */
#define TIP "14 настай охиныг буудалд хорьж, мөнгөөр биеийг нь үнэлүүлж байна"
#define EMERGENCY "Туслаач! Одоо намайг хорьсон, зодож байна, 15 настай"
#define SPAM "Congratulations! You won a prize, click http://example.invalid to claim your loan"

static void test_a_tip(void **state)
{
	struct env *e = *state;
	struct env_message m;
	struct case_row row;

	env_text(e, TEXTER, TIP);
	assert_true(cases_get(e->core.store, env_last_case(e), &row));
	assert_int_equal(row.state, CASE_NEW);
	assert_int_equal(row.kind, TRIAGE_TIP);
	assert_true(row.child);
	assert_int_equal(row.messages, 1);
	assert_int_equal(strlen(row.code), CASE_CODE_DIGITS);
	assert_true(env_message(e, row.id, 0, &m));
	assert_string_equal(m.text, TIP);
	assert_non_null(strstr(m.body, "\"cues\":[{"));
	assert_int_equal(m.row.parts, 1);
	assert_int_equal(m.row.parts_missing, 0);
	assert_string_equal(m.row.modem, "m1");
	assert_int_equal(e->call_count, 1);
	assert_string_equal(e->calls[0].what, "raise");
	assert_string_equal(e->calls[0].row.code, row.code);
	assert_int_equal(counter_get(&e->core, COUNT_RECEIVED), 1);
	assert_int_equal(counter_get(&e->core, COUNT_STORED), 1);
	assert_int_equal(counter_get(&e->core, COUNT_CASES), 1);
	assert_int_equal(counter_get(&e->core, COUNT_RECEIPTS), 1);
	assert_int_equal(env_count(e, "SELECT count(*) FROM outbox WHERE lane = 1 AND purpose = 2 AND report = 0"), 1);
	assert_int_equal(env_count(e, "SELECT count(*) FROM audit WHERE action = 'case.open'"), 1);
	assert_int_equal(e->events, 1);
	assert_false(e->core.vault->sender.ready); /* what sealed it ended with the turn */
}

static void test_nothing_in_the_clear(void **state)
{
	static const char *const words[] = { "буудалд", "00001111", "+976" };
	struct env *e = *state;
	char path[300];

	env_text(e, TEXTER, TIP);
	env_part(e, &(struct env_part){ TEXTER, 8, 1, 2, 1, "буудалд" });
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		assert_false(scratch_holds(e->config.database, words[i], strlen(words[i])));
		snprintf(path, sizeof(path), "%s-wal", e->config.database);
		assert_false(scratch_holds(path, words[i], strlen(words[i])));
	}
	assert_true(scratch_holds(path, "case.open", 9)); /* the search does find what is there */
}

static void test_duplicate(void **state)
{
	struct env *e = *state;

	env_text(e, TEXTER, TIP);
	e->pdu--;
	env_text(e, TEXTER, TIP);
	assert_int_equal(env_count(e, "SELECT count(*) FROM message"), 1);
	assert_int_equal(env_count(e, "SELECT count(*) FROM outbox"), 1);
	assert_int_equal(e->call_count, 1);
	assert_int_equal(counter_get(&e->core, COUNT_DUPLICATES), 1);
	e->pdu--;
	env_restart(e, true);
	env_text(e, TEXTER, TIP);
	e->pdu--;
	env_restart(e, false);
	env_text(e, TEXTER, TIP);
	assert_int_equal(env_count(e, "SELECT count(*) FROM message"), 1);
	assert_int_equal(counter_get(&e->core, COUNT_DUPLICATES), 3);
}

/* The same octets within one turn, as when two sweeps overlap. */
static void test_duplicate_in_one_turn(void **state)
{
	struct env *e = *state;

	env_text_open(e, TEXTER, TIP);
	e->pdu--;
	env_text_open(e, TEXTER, TIP);
	assert_int_equal(turn_end(e->core.turn), 0);
	assert_int_equal(env_count(e, "SELECT count(*) FROM message"), 1);
}

static void test_one_contact_one_case(void **state)
{
	struct env *e = *state;
	struct case_row row;

	env_text(e, TEXTER, TIP);
	env_text(e, "97600001111", TIP " 2");
	env_text(e, "00001111", TIP " 3");
	env_text(e, OTHER, TIP);
	assert_int_equal(env_count(e, "SELECT count(*) FROM contact"), 2);
	assert_int_equal(env_count(e, "SELECT count(*) FROM cases"), 2);
	assert_true(cases_get(e->core.store, 1, &row));
	assert_int_equal(row.messages, 3);
	assert_string_equal(e->calls[1].what, "more");
	assert_string_equal(e->calls[3].what, "raise");
}

static void test_urgency_rises(void **state)
{
	struct env *e = *state;
	struct case_row before, after;

	env_text(e, TEXTER, "Манай хороонд нэг хүүхэд ажил хийдэг юм шиг байна");
	assert_true(cases_get(e->core.store, 1, &before));
	env_text(e, TEXTER, EMERGENCY);
	assert_true(cases_get(e->core.store, 1, &after));
	assert_true(after.urgency > before.urgency);
	assert_int_equal(after.urgency, TRIAGE_EMERGENCY);
	assert_string_equal(e->calls[e->call_count - 1].what, "raise");
	env_text(e, TEXTER, "Манай хороонд нэг хүүхэд ажил хийдэг юм шиг байна");
	assert_true(cases_get(e->core.store, 1, &after));
	assert_int_equal(after.urgency, TRIAGE_EMERGENCY); /* never down */
}

static void test_no_tip_no_alert_but_a_case(void **state)
{
	struct env *e = *state;
	struct case_row row;

	env_text(e, TEXTER, SPAM);
	assert_true(cases_get(e->core.store, 1, &row));
	assert_int_equal(row.kind, TRIAGE_SPAM);
	assert_int_equal(e->call_count, 0);
	assert_int_equal(env_count(e, "SELECT count(*) FROM outbox"), 0);
	assert_int_equal(counter_get(&e->core, COUNT_RECEIPTS_HELD), 1);
	env_text(e, TEXTER, TIP); /* a tip in the case of a spammer is a tip */
	assert_true(cases_get(e->core.store, 1, &row));
	assert_int_equal(row.kind, TRIAGE_TIP);
	assert_int_equal(e->call_count, 1);
	assert_string_equal(e->calls[0].what, "raise");
}

static void close_case(struct env *e, int64_t id)
{
	struct case_row row;

	turn_begin(e->core.turn);
	assert_true(cases_get(e->core.store, id, &row));
	assert_int_equal(case_happen(&e->core, &row, CASE_EVENT_CLOSE, "Bat"), 0);
	assert_int_equal(turn_end(e->core.turn), 0);
}

/* For a time what is news opens the case again, and what is none is kept with it; later a report opens another, linked. */
static void test_a_text_after_the_close(void **state)
{
	struct env *e = *state;
	struct case_row row;

	e->config.reopen_within_s = 1000;
	env_text(e, TEXTER, TIP);
	close_case(e, 1);
	e->wall_ms += 999000;
	env_text(e, TEXTER, "Баярлалаа");
	assert_true(cases_get(e->core.store, 1, &row));
	assert_int_equal(row.state, CASE_CLOSED);
	assert_int_equal(row.messages, 2);
	assert_int_equal(e->call_count, 1);
	env_text(e, TEXTER, TIP);
	assert_int_equal(env_count(e, "SELECT count(*) FROM cases"), 1);
	assert_true(cases_get(e->core.store, 1, &row));
	assert_int_equal(row.state, CASE_REOPENED);
	assert_int_equal(row.reopened_ms, e->wall_ms);
	assert_string_equal(row.owner, "");
	assert_string_equal(e->calls[1].what, "raise");
	close_case(e, 1);
	e->wall_ms += 1000000;
	env_text(e, TEXTER, TIP);
	assert_int_equal(env_count(e, "SELECT count(*) FROM cases"), 2);
	assert_int_equal(env_count(e, "SELECT count(*) FROM case_link WHERE case_id = 1 AND other_id = 2 AND kind = 0"), 1);
	assert_string_equal(e->calls[2].what, "raise");
	assert_int_equal(e->calls[2].row.id, 2);
}

static void test_owner_by_exploitation(void **state)
{
	struct env *e = *state;
	struct case_row row;

	env_text(e, TEXTER, "12 настай хүүхдийг уурхайд хүчээр ажиллуулж, цалин өгөхгүй байна");
	assert_true(cases_get(e->core.store, 1, &row));
	assert_int_equal(row.exploitation, TRIAGE_EXPL_LABOUR);
	assert_int_equal(env_count(e, "SELECT count(*) FROM cases JOIN unit ON unit.id = unit_id WHERE name = 'MDTF'"), 1);
}

static void test_a_flood_keeps_every_tip(void **state)
{
	struct env *e = *state;

	for (int i = 0; i < 60; i++) {
		env_text(e, TEXTER, TIP);
		e->boot_ms += 60 * 1000;
		e->wall_ms += 60 * 1000;
	}
	assert_int_equal(env_count(e, "SELECT count(*) FROM message"), 60);
	assert_int_equal(env_count(e, "SELECT count(*) FROM cases"), 1);
	assert_int_equal(counter_get(&e->core, COUNT_RECEIPTS), 1);
}

/* The cap outlives a restart, and wall time has no say in it. */
static void test_receipt_cap_is_durable(void **state)
{
	struct env *e = *state;

	e->config.receipts_per_day = 2;
	for (int i = 0; i < 5; i++) {
		env_text(e, TEXTER, TIP);
		e->boot_ms += 61 * 60 * 1000;
		e->wall_ms += 400 * 24 * 3600 * 1000LL * (i % 2 ? -1 : 1);
		env_restart(e, true);
	}
	assert_int_equal(env_count(e, "SELECT count(*) FROM outbox WHERE purpose = 2"), 2);
	e->boot_ms = 1000;
	env_restart(e, false); /* another boot: its clock begins again, and so does the count */
	env_text(e, TEXTER, TIP);
	assert_int_equal(env_count(e, "SELECT count(*) FROM outbox WHERE purpose = 2"), 3);
}

static void test_receipts_off(void **state)
{
	struct env *e = *state;

	e->config.receipts = false;
	env_text(e, TEXTER, TIP);
	assert_int_equal(env_count(e, "SELECT count(*) FROM outbox"), 0);
	assert_int_equal(counter_get(&e->core, COUNT_RECEIPTS_HELD), 0);
}

static void test_senders_that_cannot_be_answered(void **state)
{
	struct env *e = *state;
	struct wire_inbound m = { .alphanumeric = true };

	env_text(e, "102", TIP);
	env_text(e, "*123#", TIP);
	env_text(e, "", TIP);
	strcpy(m.from, TEXTER); /* a name that looks like a number is not that number */
	strcpy(m.text, TIP);
	env_inbound(e, &m);
	turn_end(e->core.turn);
	assert_int_equal(env_count(e, "SELECT count(*) FROM outbox"), 0);
	assert_int_equal(env_count(e, "SELECT count(*) FROM message"), 4);
	assert_int_equal(e->call_count, 4);
	env_text(e, TEXTER, TIP);
	assert_int_equal(env_count(e, "SELECT count(*) FROM contact"), 5);
	assert_int_equal(env_count(e, "SELECT count(*) FROM outbox"), 1);
}

/* Whatever the alias is made of, a row's own alias opens its number. */
static void test_every_contact_opens_again(void **state)
{
	static const char *const from[] = { TEXTER, "102", "Bank" };
	struct env *e = *state;
	struct wire_inbound m = { .alphanumeric = true };
	uint8_t alias[CONTACT_ALIAS], sealed[CONTACT_NUMBER_MAX];
	char number[NUMBER_MAX + 1];

	env_text(e, from[0], TIP);
	env_text(e, from[1], TIP);
	strcpy(m.from, from[2]);
	strcpy(m.text, TIP);
	env_inbound(e, &m);
	turn_end(e->core.turn);
	for (size_t i = 0; i < sizeof(from) / sizeof(from[0]); i++) {
		size_t len = contact_get_number(e->core.store, (int64_t)i + 1, alias, sealed);
		assert_true(len > 0);
		assert_int_equal(vault_number_open(e->core.vault, alias, sealed, len, number, sizeof(number)), 0);
		assert_string_equal(number, from[i]);
	}
}

static void test_commands_are_no_cases(void **state)
{
	struct env *e = *state;

	e->command_from = OTHER;
	env_text(e, OTHER, "OK 1234567");
	assert_int_equal(env_count(e, "SELECT count(*) FROM message"), 0);
	assert_int_equal(env_count(e, "SELECT count(*) FROM contact"), 0);
	assert_int_equal(counter_get(&e->core, COUNT_COMMANDS), 1);
	e->pdu--;
	env_text(e, OTHER, "OK 1234567");
	assert_int_equal(counter_get(&e->core, COUNT_DUPLICATES), 1);
}

static void test_an_abort_leaves_nothing(void **state)
{
	struct env *e = *state;
	struct env_message m;

	env_text_open(e, TEXTER, TIP);
	env_text_open(e, OTHER, TIP);
	store_fail(e->core.store, HL_EFULL);
	assert_int_equal(turn_end(e->core.turn), HL_EFULL);
	assert_int_equal(env_count(e, "SELECT count(*) FROM message"), 0);
	assert_int_equal(env_count(e, "SELECT count(*) FROM contact"), 0);
	assert_int_equal(env_count(e, "SELECT count(*) FROM inbound"), 0);
	assert_int_equal(env_count(e, "SELECT count(*) FROM outbox"), 0);
	assert_int_equal(counter_get(&e->core, COUNT_STORED), 0);
	e->pdu -= 2;
	env_text(e, TEXTER, TIP);
	env_text(e, OTHER, TIP);
	assert_int_equal(env_count(e, "SELECT count(*) FROM message"), 2);
	assert_int_equal(counter_get(&e->core, COUNT_DUPLICATES), 0);
	assert_true(env_message(e, env_last_case(e), 0, &m));
	assert_string_equal(m.text, TIP);
}

static void refuse(struct env *e, const char *raw, const char *reason)
{
	struct wire_refused r = { .ref = 1 };

	strcpy(r.imsi, "428990000000001");
	strcpy(r.raw, raw);
	strcpy(r.reason, reason);
	intake_refused(&e->core, "m1", &r);
	assert_int_equal(turn_end(e->core.turn), 0);
}

static void test_quarantine(void **state)
{
	struct env *e = *state;

	refuse(e, "0791FFFF", "the address is longer than the message");
	refuse(e, "0791FFFF", "the address is longer than the message");
	refuse(e, "0791FFFE", "the address is longer than the message");
	assert_int_equal(env_count(e, "SELECT count(*) FROM quarantine"), 2);
	assert_int_equal(counter_get(&e->core, COUNT_QUARANTINED), 2);
	assert_int_equal(counter_get(&e->core, COUNT_DUPLICATES), 1);
	assert_int_equal(e->events, 2);
	assert_int_equal(e->warnings, 1); /* a flood of them is no flood of warnings */
	e->boot_ms += 3600 * 1000 - 1;
	refuse(e, "0791FFFC", "no such type");
	assert_int_equal(e->warnings, 1);
	e->boot_ms += 1;
	refuse(e, "0791FFFB", "no such type");
	assert_int_equal(e->warnings, 2);
	env_restart(e, true);
	refuse(e, "0791FFFD", "no such type");
	assert_int_equal(env_count(e, "SELECT count(*) FROM quarantine"), 5);
	env_text(e, TEXTER, TIP); /* the next tip flows */
	assert_int_equal(env_count(e, "SELECT count(*) FROM message"), 1);
}

/* A text that no transaction would take: the others of its turn are stored, and in the end it is quarantined, not
 * offered for ever. */
static void test_poison(void **state)
{
	struct env *e = *state;
	unsigned first = e->pdu;

	e->poison_from = "+97600006666";
	for (int offered = 0; offered < 5; offered++) {
		e->pdu = first;
		env_text_open(e, TEXTER, TIP);
		env_text_open(e, "+97600006666", TIP);
		env_text_open(e, OTHER, TIP);
		turn_end(e->core.turn);
	}
	assert_int_equal(env_count(e, "SELECT count(*) FROM message"), 2);
	assert_int_equal(env_count(e, "SELECT count(*) FROM quarantine"), 1);
	assert_int_equal(env_count(e, "SELECT count(*) FROM inbound"), 3);
}

/* A full disk passes: no text is blamed for it. */
static void test_a_full_disk_is_no_poison(void **state)
{
	struct env *e = *state;

	for (int offered = 0; offered < 5; offered++) {
		env_text_open(e, TEXTER, TIP);
		store_fail(e->core.store, HL_EFULL);
		assert_int_equal(turn_end(e->core.turn), HL_EFULL);
		e->pdu--;
	}
	env_text(e, TEXTER, TIP);
	assert_int_equal(env_count(e, "SELECT count(*) FROM message"), 1);
	assert_int_equal(env_count(e, "SELECT count(*) FROM quarantine"), 0);
}

static void test_what_ended_the_core(void **state)
{
	struct env *e = *state;
	uint8_t hash[VAULT_HASH];
	char path[300];

	vault_pdu_hash(e->core.vault, "428990000000001", &e->pdu, sizeof(e->pdu), hash);
	snprintf(path, sizeof(path), "%s-marks", e->config.database);
	for (int i = 0; i < POISON_TIMES; i++) {
		struct poison *p;
		struct hl_reason why;
		assert_int_equal(poison_open(path, &p, &why), 0);
		assert_false(poison_is(p, hash));
		poison_enter(p, hash); /* and never left */
		poison_close(p);
		env_restart(e, true);
	}
	env_text(e, TEXTER, TIP);
	assert_int_equal(env_count(e, "SELECT count(*) FROM message"), 0);
	assert_int_equal(env_count(e, "SELECT count(*) FROM quarantine"), 1);
	env_text(e, TEXTER, TIP); /* the next one flows */
	assert_int_equal(env_count(e, "SELECT count(*) FROM message"), 1);
}

static void test_marks(void **state)
{
	struct env *e = *state;
	struct poison *p;
	struct hl_reason why;
	uint8_t hash[POISON_HASH] = { 1 };
	char path[256];
	FILE *f;

	scratch_path(&e->scratch, "marks", path);
	f = fopen(path, "w"); /* whatever stood there is no reason not to start */
	fputs("nonsense", f);
	fclose(f);
	assert_int_equal(poison_open(path, &p, &why), 0);
	poison_enter(p, hash);
	poison_leave(p);
	poison_close(p);
	assert_int_equal(poison_open(path, &p, &why), 0);
	for (int i = 0; i < POISON_TIMES; i++) {
		assert_false(poison_is(p, hash));
		poison_blame(p, hash);
	}
	assert_true(poison_is(p, hash));
	poison_acquit(p, hash);
	assert_false(poison_is(p, hash));
	for (int i = 0; i < POISON_MAX + 1; i++) {
		hash[1] = (uint8_t)i;
		for (int n = 0; n < POISON_TIMES; n++)
			poison_blame(p, hash);
	}
	assert_true(poison_is(p, hash));
	hash[1] = 0; /* the oldest is forgotten */
	assert_false(poison_is(p, hash));
	poison_close(p);
	scratch_path(&e->scratch, "no-such-folder/marks", path);
	assert_int_equal(poison_open(path, &p, &why), HL_EIO);
}

static void test_reports_once(void **state)
{
	struct env *e = *state;
	struct wire_report r = { .ref = 1, .pdu = { 1, 2, 3 }, .pdu_len = 3, .mr = 7, .status = 0 };

	strcpy(r.to, TEXTER);
	for (int i = 0; i < 2; i++) {
		intake_report(&e->core, "m1", &r);
		assert_int_equal(turn_end(e->core.turn), 0);
	}
	assert_int_equal(counter_get(&e->core, COUNT_REPORTS), 1);
}

/* A worker tells a call until it hears that it is stored: told again, after whatever, it is the same call. */
static void test_calls_once(void **state)
{
	struct env *e = *state;
	struct wire_call c = { .ref = -1, .imsi = "428990000000001", .key = { 1, 2, 3, 4 }, .key_len = 4, .rings = 2 };

	for (int i = 0; i < 4; i++) {
		if (i == 2)
			env_restart(e, true);
		intake_call(&e->core, "m1", &c);
		assert_int_equal(turn_end(e->core.turn), 0);
	}
	assert_int_equal(env_count(e, "SELECT count(*) FROM call"), 1);
	assert_int_equal(counter_get(&e->core, COUNT_CALLS), 1);
	c.key[0]++;
	intake_call(&e->core, "m1", &c);
	assert_int_equal(turn_end(e->core.turn), 0);
	assert_int_equal(env_count(e, "SELECT count(*) FROM call"), 2);
}

/* Whatever word a house names for STOP: an urgent report that is nothing but this word stays one. */
static void test_a_call_for_help_is_no_stop(void **state)
{
	struct env *e = *state;

	strcpy(e->config.stop_word, "Туслаач");
	env_text(e, TEXTER, "Туслаач!");
	assert_int_equal(env_count(e, "SELECT count(*) FROM cases WHERE kind = 0 AND urgency >= 3"), 1);
	assert_int_equal(env_count(e, "SELECT count(*) FROM optout"), 0);
	strcpy(e->config.stop_word, "дуусгах");
	env_text(e, OTHER, "дуусгах");
	assert_int_equal(env_count(e, "SELECT count(*) FROM optout"), 1);
}

static void test_languages(void **state)
{
	static const struct { const char *from, *text; int script; } rows[] = {
		{ "+97600000001", "Охиныг буудалд хорьсон байна", TRIAGE_SCRIPT_CYRILLIC },
		{ "+97600000002", "ohiniig buudald horison baina tuslaach", TRIAGE_SCRIPT_LATIN },
		{ "+97600000003", "There is a girl who is being kept in the hotel", TRIAGE_SCRIPT_ENGLISH },
	};
	struct env *e = *state;
	char sql[100];

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		env_text(e, rows[i].from, rows[i].text);
		snprintf(sql, sizeof(sql), "SELECT script FROM contact WHERE id = %d", (int)i + 1);
		assert_int_equal(env_count(e, sql), rows[i].script);
	}
}

#define ROW(f) cmocka_unit_test_setup_teardown(f, env_setup, env_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROW(test_a_tip), ROW(test_nothing_in_the_clear), ROW(test_duplicate), ROW(test_duplicate_in_one_turn),
		ROW(test_one_contact_one_case), ROW(test_urgency_rises), ROW(test_no_tip_no_alert_but_a_case),
		ROW(test_a_text_after_the_close), ROW(test_owner_by_exploitation), ROW(test_a_flood_keeps_every_tip),
		ROW(test_receipt_cap_is_durable), ROW(test_receipts_off), ROW(test_senders_that_cannot_be_answered),
		ROW(test_every_contact_opens_again),
		ROW(test_commands_are_no_cases), ROW(test_an_abort_leaves_nothing), ROW(test_quarantine), ROW(test_reports_once), ROW(test_calls_once), ROW(test_a_call_for_help_is_no_stop),
		ROW(test_poison), ROW(test_a_full_disk_is_no_poison), ROW(test_what_ended_the_core), ROW(test_marks),
		ROW(test_languages),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
