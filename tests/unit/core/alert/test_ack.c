/* Acknowledgement that cannot be forged: what a sender's number alone achieves (nothing), what codes are good for, what guessing
 * costs, and the commands of officers besides OK. */
#include "cm.h"

#include <sodium.h>
#include <string.h>

#include "core/alert/ack_code.h"
#include "core/alert/alert_inside.h"
#include "core/counters.h"
#include "core/turn.h"
#include "store/alert.h"
#include "store/audit.h"
#include "store/message.h"
#include "store/store.h"
#include "store/text_view.h"
#include "unit/core/alert/alert_scene.h"
#include "unit/core/outbound/outbound_world.h"


static const char people[] = "people = (\n"
	PERSON("Duty 1", "officer", DUTY1, "") ",\n"
	PERSON("Duty 2", "officer", DUTY2, "") ",\n"
	PERSON("Coordinator", "coordinator", COORD, "") ",\n"
	PERSON("Desk", "operator", DESK, "") " );\n";

static struct world_link *public_link; /* m1: everybody knows its number; m2 is known to the roster only */

static int setup(void **state)
{
	(void)state;
	world_setup(people);
	public_link = world_link_add("m1", false);
	public_link->config.open_to_all = true;
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	world_end();
	return 0;
}

static bool is_open(const struct case_row *row)
{
	return alert_of(row).acknowledged_ms == 0;
}

static struct case_row ring(enum triage_urgency urgency)
{
	struct case_row row = world_case(urgency);

	world_talk();
	return row;
}

static bool say(const char *number, const char *word, const char *code)
{
	char text[64];
	bool done;

	snprintf(text, sizeof(text), "%s %s", word, code);
	done = world_command(number, text);
	world_talk();
	return done;
}

static bool say_code(const char *number, const char *word, const struct case_row *row)
{
	char code[WORLD_CODE];

	world_code(number, row->code, code);
	return say(number, word, code);
}

/* One that is none of this number's. */
static void wrong_code(const char *right, char wrong[WORLD_CODE])
{
	snprintf(wrong, WORLD_CODE, "%s", right);
	wrong[0] = right[0] == '9' ? '0' : (char)(right[0] + 1);
}

/* ---- forging ------------------------------------------------------------------------------------------------------------------- */

static void test_the_code_of_the_case_proves_nothing(void **state)
{
	struct case_row row = ring(TRIAGE_EMERGENCY);

	(void)state;
	assert_true(say(DUTY1, "ok", row.code)); /* the texter knows it */
	assert_true(is_open(&row));
	assert_int_equal(world_heard(DUTY1, "is the case. Reply OK and the other code"), 1);
	assert_int_equal(counter_get(&world->core, COUNT_COMMANDS_REFUSED), 1);
}

static void test_one_counts_only_at_a_modem_that_the_public_does_not_know(void **state)
{
	struct world_link *m2 = world_link_add("m2", false);
	struct case_row row;

	(void)state;
	world_link_break(m2);
	row = ring(TRIAGE_EMERGENCY); /* by m1 */
	assert_true(world_command_at("m1", DUTY1, "1"));
	assert_true(world_command_at("m2", DUTY1, "1")); /* another modem than the alert's */
	assert_true(world_command_at("m9", DUTY1, "ok")); /* nobody's */
	assert_true(is_open(&row));
	world_talk();
	assert_int_equal(world_heard(DUTY1, "Reply OK and the code"), 3);
	public_link->config.open_to_all = false;
	assert_true(world_command_at("m1", DUTY1, "1"));
	assert_false(is_open(&row));
	world_talk();
	assert_int_equal(world_heard(DUTY1, "is now assigned to you"), 1);
}

static void test_a_code_is_one_persons(void **state)
{
	struct case_row row = ring(TRIAGE_EMERGENCY);
	char theirs[WORLD_CODE], own[WORLD_CODE];

	(void)state;
	world_code(COORD, row.code, theirs);
	world_code(DUTY1, row.code, own);
	assert_int_equal(strlen(theirs), 4);
	if (strcmp(theirs, own) != 0) { /* one in ten thousand is the same */
		assert_true(say(DUTY1, "ok", theirs));
		assert_true(is_open(&row));
	}
	assert_false(say("+97600009001", "ok", own)); /* a number of nobody: a text like any */
	assert_false(say(DESK, "ok", own));
	assert_true(is_open(&row));
	assert_int_equal(world_heard("+97600009001", ""), 0);
	assert_true(say(DUTY1, "ok", own));
	assert_string_equal(alert_of(&row).acknowledged_by, "Duty 1");
}

static void test_a_reminder_has_the_same_code(void **state)
{
	struct case_row row = ring(TRIAGE_EMERGENCY);
	char first[WORLD_CODE], again[WORLD_CODE];

	(void)state;
	world_code(DUTY1, row.code, first);
	world_restart(true);
	for (int i = 0; i < 3; i++)
		world_pass_s(120);
	assert_int_equal(world_heard(DUTY1, "Reminder"), 1);
	world_code(DUTY1, row.code, again);
	assert_string_equal(first, again);
}

static void test_an_old_code_is_none(void **state)
{
	struct case_row row = ring(TRIAGE_HIGH);
	char old[WORLD_CODE], fresh[WORLD_CODE];

	(void)state;
	world_code(DUTY1, row.code, old);
	assert_true(say(DUTY1, "ok", old));
	row = case_now(&row);
	turn_begin(world->core.turn); /* it rings anew, as after a close */
	row.state = CASE_REOPENED;
	row.owner[0] = '\0';
	cases_update(world->core.store, &row);
	alert_raise(&world->core, &row);
	world_turn();
	world_talk();
	world_code(DUTY1, row.code, fresh);
	assert_string_not_equal(old, fresh); /* two valid codes of a person are never the same */
	assert_true(say(DUTY1, "ok", old));
	assert_true(say(DUTY1, "take", old));
	assert_true(say(DUTY1, "done", old));
	assert_true(is_open(&row));
	assert_true(say(DUTY1, "ok", fresh));
	assert_false(is_open(&row));
	world_pass_s(ACK_AFTER_MS / 1000 + 1);
	assert_true(say(DUTY2, "ok", fresh));
	assert_true(say(DUTY1, "done", fresh)); /* a day later it is a wrong code like any */
	assert_int_equal(case_now(&row).state, CASE_ACKNOWLEDGED);
}

/* ---- guessing ------------------------------------------------------------------------------------------------------------------ */

static void test_guessing(void **state)
{
	struct case_row row = ring(TRIAGE_NORMAL);
	char code[WORLD_CODE], wrong[WORLD_CODE], longer[WORLD_CODE];

	(void)state;
	world_code(DUTY1, row.code, code);
	wrong_code(code, wrong);
	for (int i = 0; i < ACK_TRIES - 1; i++)
		assert_true(say(DUTY1, "ok", wrong));
	assert_int_equal(world_heard(DUTY1, "Wrong codes came in your name"), 0);
	world_restart(true); /* nothing is forgotten */
	assert_true(say(DUTY1, "busy", wrong));
	assert_int_equal(world_heard(DUTY1, "Wrong codes came in your name"), 1);
	assert_int_equal(world_heard(DESK, "Wrong alert codes"), 1);
	assert_int_equal(counter_get(&world->core, COUNT_COMMANDS_REFUSED), ACK_TRIES);
	assert_true(say(DUTY1, "ok", code)); /* the short one is no more */
	assert_true(is_open(&row));
	world_code(DUTY1, row.code, longer);
	assert_int_equal(strlen(longer), ACK_DIGITS_MAX);
	for (int i = 0; i < 200; i++)
		assert_true(say(DUTY1, "ok", wrong));
	assert_int_equal(world_heard(DESK, "Wrong alert codes"), 1); /* told once */
	assert_true(say(DUTY1, "ok", longer)); /* and the officer was never locked out */
	assert_string_equal(alert_of(&row).acknowledged_by, "Duty 1");
	row = ring(TRIAGE_NORMAL);
	world_code(DUTY1, row.code, longer);
	assert_int_equal(strlen(longer), ACK_DIGITS_MAX); /* while it goes on */
	world_code(COORD, row.code, code);
	assert_int_equal(strlen(code), 4);
	assert_true(say_code(DUTY1, "ok", &row));
	world_pass_s(ACK_CALM_MS / 1000);
	row = ring(TRIAGE_NORMAL);
	world_code(DUTY1, row.code, code);
	assert_int_equal(strlen(code), 4);
}

/* Digits without a word are guesses, too, and may still be somebody's text. */
static void test_bare_digits(void **state)
{
	struct case_row row = ring(TRIAGE_NORMAL);
	char code[WORLD_CODE], wrong[WORLD_CODE];

	(void)state;
	world_code(DUTY1, row.code, code);
	wrong_code(code, wrong);
	assert_false(world_command(DUTY1, wrong));
	assert_int_equal(counter_get(&world->core, COUNT_COMMANDS_REFUSED), 1);
	assert_true(world_command(DUTY1, code));
	assert_false(is_open(&row));
}

/* Somebody who forges the number and guesses at random, as often as they like, with three alerts open. */
static void test_the_chance_of_guessing(void **state)
{
	uint32_t seed[randombytes_SEEDBYTES / 4] = { 20261122 };
	uint32_t guess[4000];
	int hits = 0;

	(void)state;
	for (int i = 0; i < 3; i++)
		ring(TRIAGE_LOW);
	randombytes_buf_deterministic(guess, sizeof(guess), (unsigned char *)seed);
	for (size_t i = 0; i < sizeof(guess) / sizeof(guess[0]); i++) {
		char text[32];
		struct alert_row open[8];
		size_t before = store_alert_list(world->core.store, true, 0, open, 8);
		snprintf(text, sizeof(text), i % 2 ? "ok %04u" : "ok %08u", guess[i] % (i % 2 ? 10000u : 100000000u));
		world_command(DUTY1, text);
		hits += before > store_alert_list(world->core.store, true, 0, open, 8);
		if (i < 8)
			world_talk();
	}
	/* 5 tries at 3 in 10,000, then 2,000 at 3 in 100,000,000 */
	assert_true(hits <= 1);
	assert_int_equal(world_heard(DUTY1, "no code of"), 8);
}

/* ---- the other commands -------------------------------------------------------------------------------------------------------- */

static void test_busy(void **state)
{
	struct case_row row = ring(TRIAGE_LOW);

	(void)state;
	assert_int_equal(world_heard(DUTY2, row.code), 0);
	assert_true(world_command(DUTY1, "busy")); /* by the public's modem: not without the code */
	world_talk();
	assert_int_equal(world_heard(DUTY2, row.code), 0);
	assert_true(say_code(DUTY1, "завгүй", &row));
	assert_int_equal(world_heard(DUTY2, "Escalated"), 1);
	assert_int_equal(world_heard(DUTY1, "It goes on to the others"), 1);
	assert_true(is_open(&row));
	assert_true(say_code(DUTY1, "busy", &row)); /* again: nobody is skipped */
	assert_int_equal(alert_of(&row).step, 1);
	assert_true(say_code(DUTY1, "ok", &row)); /* and may still take it */
	assert_false(is_open(&row));
}

static void test_take(void **state)
{
	struct case_row row = ring(TRIAGE_HIGH);

	(void)state;
	assert_true(say_code(DUTY1, "ok", &row));
	assert_true(say_code(COORD, "ok", &row));
	assert_int_equal(world_heard(COORD, "is taken already: an officer"), 1);
	assert_string_equal(case_now(&row).owner, "Duty 1");
	assert_true(say_code(COORD, "take", &row));
	assert_string_equal(case_now(&row).owner, "Coordinator");
	assert_int_equal(world_heard(COORD, "is now assigned to you"), 1);
	assert_int_equal(world_heard(DUTY1, "was taken over from you: the coordinator"), 1);
	row = ring(TRIAGE_HIGH);
	assert_true(say_code(COORD, "take", &row)); /* nobody has it yet */
	assert_string_equal(alert_of(&row).acknowledged_by, "Coordinator");
}

/* Somebody opens a text of the case. */
static void read_at_the_desk(const struct case_row *row)
{
	const struct message_row m = { .id = message_last_id(world->core.store) + 1, .case_id = row->id, .contact_id = WORLD_CONTACT, .district = "", .parts = 1,
		.text = { (const uint8_t *)"x", (const uint8_t *)"x", 1, 1, "2026-W47" } };

	turn_begin(world->core.turn);
	message_insert(world->core.store, &m);
	text_view_put(world->core.store, "Duty 2", m.id, world->wall_ms / 3600000, false);
	assert_int_equal(world_turn(), 0);
}

/* With the officer's telephone in another's hand an alert can be taken, but not silenced for good. */
static void test_done_needs_a_reader(void **state)
{
	struct case_row row = ring(TRIAGE_HIGH);

	(void)state;
	assert_true(say_code(DUTY1, "ok", &row));
	assert_true(say_code(DUTY1, "done", &row));
	assert_int_equal(world_heard(DUTY1, "nobody has opened this case"), 1);
	assert_int_equal(alert_of(&row).state, ALERT_ACKNOWLEDGED);
	read_at_the_desk(&row);
	assert_true(say_code(DUTY1, "done", &row));
	assert_int_equal(alert_of(&row).state, ALERT_ACTED);
}

static void test_done(void **state)
{
	struct case_row row = ring(TRIAGE_HIGH);

	(void)state;
	read_at_the_desk(&row);
	assert_true(say_code(DUTY1, "ok", &row));
	assert_true(say_code(COORD, "done", &row)); /* it is another's */
	assert_int_equal(case_now(&row).state, CASE_ACKNOWLEDGED);
	assert_true(say_code(DUTY1, "done", &row));
	assert_int_equal(case_now(&row).state, CASE_IN_WORK);
	assert_int_equal(world_heard(DUTY1, "noted as in work"), 1);
	row = ring(TRIAGE_HIGH);
	read_at_the_desk(&row);
	assert_true(say_code(DUTY1, "дууслаа", &row)); /* done before it was taken */
	assert_int_equal(case_now(&row).state, CASE_IN_WORK);
	assert_string_equal(case_now(&row).owner, "Duty 1");
	assert_false(is_open(&row));
}

static void test_who(void **state)
{
	(void)state;
	assert_true(world_command(DUTY1, "who?"));
	world_talk();
	assert_int_equal(world_heard(DUTY1, "On duty: Duty 1, Duty 2. Next: -"), 1);
	assert_int_equal(world_heard(DUTY1, "+976"), 0);
	assert_false(world_command("+97600009001", "who"));
	assert_false(world_command(DESK, "who"));
}

/* A word that an officer in danger may send is never only a command, but where their phone has just rung. */
static void test_help(void **state)
{
	(void)state;
	assert_false(world_command(DUTY1, "help")); /* told, and through triage */
	world_talk();
	assert_int_equal(world_heard(DUTY1, "With your code"), 1);
	assert_true(world_command(DUTY1, "commands"));
	world_pass_s(ALERT_IDLE_ANSWERS_MS / 1000);
	ring(TRIAGE_NORMAL);
	assert_true(world_command(DUTY1, "тусламж"));
	world_talk();
	assert_int_equal(world_heard(DUTY1, "In danger: HELP again"), 1);
	world_pass_s(60);
	assert_false(world_command(DUTY1, "HELP"));
	assert_false(world_command(DUTY1, "help me"));
	assert_false(world_command("+97600009001", "help"));
}

static void test_what_is_on_record(void **state)
{
	struct case_row row = ring(TRIAGE_NORMAL);
	struct audit_row audit[8];
	size_t n;

	(void)state;
	assert_true(say(DUTY1, "ok", row.code));
	assert_true(world_command(DUTY1, "who"));
	assert_true(say_code(DUTY1, "busy", &row));
	n = audit_list_before(world->core.store, INT64_MAX, audit, 8);
	assert_true(n >= 3);
	assert_string_equal(audit[0].action, "command.busy");
	assert_string_equal(audit[0].object, row.code);
	assert_string_equal(audit[1].action, "command.who");
	assert_string_equal(audit[2].action, "command.ok");
	assert_string_equal(audit[2].detail, "the code of a case, by m1");
	for (size_t i = 0; i < n; i++)
		assert_null(strstr(audit[i].detail, "+976"));
}

#define T(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_the_code_of_the_case_proves_nothing), T(test_one_counts_only_at_a_modem_that_the_public_does_not_know),
		T(test_a_code_is_one_persons), T(test_a_reminder_has_the_same_code), T(test_an_old_code_is_none), T(test_guessing),
		T(test_bare_digits), T(test_the_chance_of_guessing), T(test_busy), T(test_take), T(test_done), T(test_done_needs_a_reader), T(test_who), T(test_help),
		T(test_what_is_on_record),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
