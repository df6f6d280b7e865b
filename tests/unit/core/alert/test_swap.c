/* SWAP by text: what is read out of it, what is refused and why, that nothing changes without the colleague's code, and that what was
 * asked outlives a restart and ends in time. Wall time begins on Sunday, 22 November 2026, 16:30 in Ulaanbaatar. */
#include "cm.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/alert/command.h"
#include "core/alert/swap.h"
#include "core/alert/swap_rule.h"
#include "core/duty/live.h"
#include "core/roster/local_time.h"
#include "core/turn.h"
#include "store/store.h"
#include "unit/core/outbound/outbound_world.h"

#define BOLD "+97600001001"
#define BAT "+97600001002"
#define TUYA "+97600001003"
#define COORD "+97600002001"

static const char people[] = "people = (\n"
	"{ name = \"Bold\"; role = \"officer\"; number = \"" BOLD "\"; language = \"en\"; },\n"
	"{ name = \"Bat-Erdene\"; role = \"officer\"; number = \"" BAT "\"; language = \"en\"; },\n"
	"{ name = \"Туяа 2\"; role = \"officer\"; number = \"" TUYA "\"; language = \"en\"; },\n"
	"{ name = \"Coordinator\"; role = \"coordinator\"; number = \"" COORD "\"; language = \"en\"; } );\n"
	/* Bold: Mondays and Thursdays ...; Bat-Erdene: Tuesdays ...; Tuya: Wednesdays ... */
	"rotations = ( { name = \"Day\"; people = [ \"Bold\", \"Bat-Erdene\", \"Туяа 2\" ]; shift = \"daily\"; start = \"2026-11-23\"; } );\n";

static int64_t at(const char *text)
{
	int64_t ms;

	assert_true(local_time_read(text, &ms));
	return ms;
}

static void live(void)
{
	world->core.roster_live = roster_live_new(&world->core);
}

static int setup(void **state)
{
	(void)state;
	world_setup(people);
	world->wall_ms = at("2026-11-22 16:30");
	live();
	world_link_add("m1", false);
	return 0;
}

static int teardown(void **state)
{
	struct roster_live *l = world->core.roster_live;

	(void)state;
	world_end();
	roster_live_free(l);
	return 0;
}

static void restart(void)
{
	struct roster_live *before = world->core.roster_live;

	world_restart(true);
	roster_live_free(before);
	live();
}

static bool say(const char *number, const char *text)
{
	bool done = world_command(number, text);

	world_talk();
	return done;
}

/* The code behind OK in the last text to this number. */
static const char *code_of(const char *number)
{
	static char code[16];
	const char *from = NULL;

	for (size_t i = 0; i < world->air_count; i++)
		if (strcmp(world->air[i].to, number) == 0 && strstr(world->air[i].text, "reply OK "))
			from = strstr(world->air[i].text, "reply OK ") + 9;
	assert_non_null(from);
	snprintf(code, sizeof(code), "%.*s", (int)strspn(from, "0123456789"), from);
	assert_int_equal(strlen(code), 6);
	return code;
}

static bool answer(const char *number, const char *word, const char *code)
{
	char text[64];

	snprintf(text, sizeof(text), "%s %s", word, code);
	return say(number, text);
}

/* Who is on duty then, of the one rotation. */
static const char *on_duty(const char *when)
{
	struct schedule_people p;

	schedule_on_duty(roster_schedule(world->core.roster), 0, at(when), &p);
	assert_true(p.count <= 1);
	return p.count ? roster_person(world->core.roster, p.list[0])->name : "-";
}

/* ---- reading ----------------------------------------------------------------------------------------------------------- */

static void test_words(void **state)
{
	static const struct { const char *words; enum swap_who who; const char *name; enum swap_when when; const char *day; } rows[] = {
		{ "Bat-Erdene tonight", SWAP_WHO_FOUND, "Bat-Erdene", SWAP_WHEN_TONIGHT, "2026-11-22" },
		{ "bat erdene", SWAP_WHO_FOUND, "Bat-Erdene", SWAP_WHEN_NEXT, NULL },
		{ "Bat next shift", SWAP_WHO_FOUND, "Bat-Erdene", SWAP_WHEN_NEXT, NULL },
		{ "b tomorrow", SWAP_WHO_FOUND, "Bat-Erdene", SWAP_WHEN_DAY, "2026-11-23" }, /* Bold asks, so B is the other one */
		{ "Туяа 2 11 26", SWAP_WHO_FOUND, "Туяа 2", SWAP_WHEN_DAY, "2026-11-26" },
		{ "Туяа 11 26", SWAP_WHO_FOUND, "Туяа 2", SWAP_WHEN_DAY, "2026-11-26" },
		{ "туяа 2 2026 11 26", SWAP_WHO_FOUND, "Туяа 2", SWAP_WHEN_DAY, "2026-11-26" },
		{ "Т 1 сарын 5 нд", SWAP_WHO_FOUND, "Туяа 2", SWAP_WHEN_DAY, "2027-01-05" },
		{ "Туяа 11 20", SWAP_WHO_FOUND, "Туяа 2", SWAP_WHEN_DAY, "2026-11-20" }, /* past, and said so */
		{ "Туяа 2 маргааш", SWAP_WHO_FOUND, "Туяа 2", SWAP_WHEN_DAY, "2026-11-23" },
		{ "Туяа 2 өнөө шөнө", SWAP_WHO_FOUND, "Туяа 2", SWAP_WHEN_TONIGHT, "2026-11-22" },
		{ "Туяа 2 daraagiin eelj", SWAP_WHO_FOUND, "Туяа 2", SWAP_WHEN_NEXT, NULL },
		{ "Туяа 2 sometime", SWAP_WHO_FOUND, "Туяа 2", SWAP_WHEN_UNKNOWN, NULL },
		{ "Туяа 2 02 30", SWAP_WHO_FOUND, "Туяа 2", SWAP_WHEN_UNKNOWN, NULL },
		{ "Bold tonight", SWAP_WHO_NOBODY, NULL, SWAP_WHEN_TONIGHT, "2026-11-22" },        /* with oneself */
		{ "Coordinator tonight", SWAP_WHO_NOBODY, NULL, SWAP_WHEN_TONIGHT, "2026-11-22" }, /* of another unit */
		{ "Ganaa tomorrow", SWAP_WHO_NOBODY, NULL, SWAP_WHEN_DAY, "2026-11-23" },
		{ "the girl is held in a flat", SWAP_WHO_NOBODY, NULL, SWAP_WHEN_UNKNOWN, NULL },
		{ "", SWAP_WHO_NOBODY, NULL, SWAP_WHEN_UNKNOWN, NULL },
	};
	const struct roster *r = world->core.roster;
	struct swap_wish w;
	int64_t day;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		swap_wish_read(r, roster_person(r, 0), rows[i].words, world->wall_ms, &w);
		if (w.who != rows[i].who || w.when != rows[i].when || (w.who == SWAP_WHO_FOUND && strcmp(w.taker->name, rows[i].name) != 0))
			fail_msg("\"%s\": who %d when %d", rows[i].words, w.who, w.when);
		if (rows[i].day && (!local_day_read(rows[i].day, &day) || w.day != day))
			fail_msg("\"%s\": day %lld", rows[i].words, (long long)w.day);
	}
	swap_wish_read(r, roster_person(r, 2), "b tomorrow", world->wall_ms, &w); /* Bold, or Bat-Erdene? */
	assert_int_equal(w.who, SWAP_WHO_SEVERAL);
	swap_wish_read(r, roster_person(r, 2), "bold tonight", at("2026-11-23 03:00"), &w); /* the night that lasts */
	assert_true(local_day_read("2026-11-22", &day));
	assert_int_equal(w.day, day);
}

/* ---- deciding ---------------------------------------------------------------------------------------------------------- */

/* By Bold, at a time, of Bat-Erdene; the stretch that it is about. */
static void test_shifts(void **state)
{
	static const struct { const char *roster, *now, *words; enum swap_verdict verdict; const char *from, *to; } rows[] = {
		{ "daily", "2026-11-22 16:30", "Bat tomorrow", SWAP_FITS, "2026-11-23 08:00", "2026-11-24 08:00" },
		{ "daily", "2026-11-22 16:30", "Bat", SWAP_FITS, "2026-11-23 08:00", "2026-11-24 08:00" },
		{ "daily", "2026-11-23 09:10", "Bat", SWAP_FITS, "2026-11-25 08:00", "2026-11-26 08:00" }, /* the next, not this one */
		{ "daily", "2026-11-23 09:10", "Bat today", SWAP_FITS, "2026-11-23 09:10", "2026-11-24 08:00" },
		{ "daily", "2026-11-23 09:10", "Bat tonight", SWAP_FITS, "2026-11-23 18:00", "2026-11-24 08:00" },
		{ "daily", "2026-11-24 02:10", "Bat tonight", SWAP_FITS, "2026-11-24 02:10", "2026-11-24 08:00" },
		{ "daily", "2026-11-22 16:30", "Bat 11 24", SWAP_NO_SHIFT, NULL, NULL },
		{ "daily", "2026-11-24 16:30", "Bat 11 23", SWAP_PAST, NULL, NULL },
		{ "daily", "2026-11-22 16:30", "Bat 2029 11 23", SWAP_NO_SHIFT, NULL, NULL }, /* a slip */
		{ "weekly", "2026-11-22 16:30", "Bat", SWAP_FITS, "2026-11-23 08:00", "2026-11-30 08:00" },
		{ "weekly", "2026-11-22 16:30", "Bat 11 25", SWAP_FITS, "2026-11-25 08:00", "2026-11-26 08:00" },
		{ "hours\"; hours = 12; from = \"00:00", "2026-11-22 16:30", "Bat tomorrow", SWAP_FITS, "2026-11-23 08:00", "2026-11-23 20:00" },
		{ "daily\"; from = \"20:00\"; to = \"06:00", "2026-11-22 16:30", "Bat tomorrow", SWAP_FITS, "2026-11-23 20:00",
			"2026-11-24 06:00" },
		{ "daily\"; from = \"20:00\"; to = \"06:00", "2026-11-24 04:00", "Bat tonight", SWAP_FITS, "2026-11-24 04:00",
			"2026-11-24 06:00" },
	};
	char text[2048];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		static struct conf_errors e;
		struct swap_shift shift;
		struct swap_wish wish;
		enum swap_verdict v;
		struct roster *r;
		snprintf(text, sizeof(text), "people = ( { name = \"Bold\"; role = \"officer\"; number = \"" BOLD "\"; },"
			"{ name = \"Bat\"; role = \"officer\"; number = \"" BAT "\"; } );\n rotations = ( { name = \"R\"; people = [ \"Bold\", "
			"\"Bat\" ]; start = \"2026-11-23\"; shift = \"%s\"; } );", rows[i].roster);
		memset(&e, 0, sizeof(e));
		r = roster_load_text("t", text, strlen(text), "976", &e);
		if (!r)
			fail_msg("%s", e.list[0].text);
		swap_wish_read(r, roster_person(r, 0), rows[i].words, at(rows[i].now), &wish);
		assert_int_equal(wish.who, SWAP_WHO_FOUND);
		v = swap_decide(r, roster_person(r, 0), &wish, at(rows[i].now), &shift);
		if (v != rows[i].verdict || (v == SWAP_FITS && (shift.from_ms != at(rows[i].from) || shift.to_ms != at(rows[i].to))))
			fail_msg("row %zu \"%s\": verdict %d", i, rows[i].words, v);
		roster_free(r);
	}
}

/* ---- asking and answering ---------------------------------------------------------------------------------------------- */

static void test_a_swap(void **state)
{
	(void)state;
	assert_true(say(BOLD, "SWAP Bat-Erdene tomorrow"));
	assert_int_equal(world_heard(BAT, "Bold asks you to take a shift, 11-23 08:00 to 11-24 08:00"), 1);
	assert_int_equal(world_heard(BOLD, "Bat-Erdene was asked to take your shift"), 1);
	assert_string_equal(on_duty("2026-11-23 12:00"), "Bold"); /* until it is confirmed */
	assert_true(say(BOLD, "swap bat tomorrow"));
	assert_int_equal(world_heard(BAT, "asks you"), 1); /* asked once */
	restart();
	assert_true(answer(BAT, "ok", code_of(BAT)));
	assert_string_equal(on_duty("2026-11-23 12:00"), "Bat-Erdene");
	assert_string_equal(on_duty("2026-11-24 12:00"), "Bat-Erdene"); /* their own */
	assert_string_equal(on_duty("2026-11-26 12:00"), "Bold");
	assert_int_equal(world_heard(BAT, "is yours now, in place of Bold"), 1);
	assert_int_equal(world_heard(BOLD, "Bat-Erdene took your shift"), 1);
	assert_true(answer(BAT, "ok", code_of(BAT))); /* a second time: it is no code any more */
	assert_int_equal(world_heard(BAT, "is yours now"), 1);
	restart();
	assert_string_equal(on_duty("2026-11-23 12:00"), "Bat-Erdene");
}

static void test_declined(void **state)
{
	(void)state;
	say(BOLD, "солих Туяа 2 маргааш");
	assert_true(answer(TUYA, "завгүй", code_of(TUYA)));
	assert_int_equal(world_heard(BOLD, "cannot take your shift"), 1);
	assert_true(answer(TUYA, "ok", code_of(TUYA)));
	assert_string_equal(on_duty("2026-11-23 12:00"), "Bold");
}

static void test_only_the_colleague_confirms(void **state)
{
	(void)state;
	say(BOLD, "swap bat tomorrow");
	assert_true(answer(BOLD, "ok", code_of(BAT)));
	assert_true(answer(TUYA, "ok", code_of(BAT)));
	assert_true(answer(COORD, "ok", code_of(BAT)));
	assert_false(world_command("+97600009001", code_of(BAT)));
	assert_string_equal(on_duty("2026-11-23 12:00"), "Bold");
	answer(BAT, "1", ""); /* no code */
	assert_string_equal(on_duty("2026-11-23 12:00"), "Bold");
}

static void test_guessing_withdraws_it(void **state)
{
	char wrong[8];

	(void)state;
	say(BOLD, "swap bat tomorrow");
	snprintf(wrong, sizeof(wrong), "%06d", (atoi(code_of(BAT)) + 1) % 1000000);
	for (int i = 0; i < 5; i++)
		answer(BAT, "ok", wrong);
	answer(BAT, "ok", code_of(BAT));
	assert_string_equal(on_duty("2026-11-23 12:00"), "Bold");
	assert_int_equal(world_heard(BAT, "no longer asks you"), 1);
	assert_int_equal(world_heard(BOLD, "is still yours"), 1);
}

static void test_refused(void **state)
{
	static const struct { const char *who, *text, *answer; bool done; } rows[] = {
		{ BOLD, "swap", "Write SWAP", true },
		{ BOLD, "swap Bat-Erdene some day", "Write SWAP", true },
		{ BOLD, "swap Ganaa tomorrow", "has that name", true },
		{ TUYA, "swap b tomorrow", "or more than one", true },
		{ BOLD, "swap bat 11-24", "You have no shift then", true },   /* Bat-Erdene's own */
		{ BOLD, "swap bat 11-20", "That shift is over", true },
		{ COORD, "swap Bold tomorrow", "has that name", true },       /* of another unit */
		{ BOLD, "swap the girl for money he said", "Write SWAP", false }, /* answered, and a report all the same */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t before = world_heard(rows[i].who, rows[i].answer);
		if (say(rows[i].who, rows[i].text) != rows[i].done || world_heard(rows[i].who, rows[i].answer) != before + 1)
			fail_msg("\"%s\"", rows[i].text);
	}
	assert_false(world_command("+97600009001", "swap bold tomorrow")); /* a stranger's is a text like any other */
	assert_int_equal(world_heard(BOLD, "asks you"), 0);
}

static void test_no_gap(void **state)
{
	struct roster_override_row o = { .rotation = "Day", .unit = "ATPU", .names = "Bold\nBat-Erdene", .author = "x" };

	(void)state;
	o.from_ms = at("2026-11-23 08:00");
	o.to_ms = at("2026-11-24 08:00");
	turn_begin(world->core.turn);
	roster_override_insert(world->core.store, &o);
	roster_live_overrides_changed(&world->core);
	assert_int_equal(world_turn(), 0);
	assert_true(say(BOLD, "swap bat tomorrow"));
	assert_int_equal(world_heard(BOLD, "one person less would be"), 1);
	assert_true(say(BOLD, "swap Туяа 2 tomorrow"));
	assert_true(answer(TUYA, "ok", code_of(TUYA)));
	struct schedule_people p;
	schedule_on_duty(roster_schedule(world->core.roster), 0, at("2026-11-23 12:00"), &p);
	assert_int_equal(p.count, 2);
	assert_int_equal(p.list[0], 2);
	assert_int_equal(p.list[1], 1);
}

static void test_it_expires(void **state)
{
	(void)state;
	say(BOLD, "swap bat tomorrow");
	world->wall_ms = at("2026-11-23 07:59");
	swap_tick(&world->core);
	world_talk();
	assert_int_equal(world_heard(BOLD, "did not confirm"), 0);
	restart();
	world->wall_ms = at("2026-11-23 08:00");
	swap_tick(&world->core);
	world_talk();
	assert_int_equal(world_heard(BOLD, "did not confirm"), 1);
	answer(BAT, "ok", code_of(BAT));
	assert_string_equal(on_duty("2026-11-23 12:00"), "Bold");
}

static void test_the_roster_changed_since(void **state)
{
	struct roster_override_row o = { .rotation = "Day", .unit = "ATPU", .names = "Туяа 2", .author = "x" };

	(void)state;
	say(BOLD, "swap bat tomorrow");
	o.from_ms = at("2026-11-23 10:00");
	o.to_ms = at("2026-11-23 12:00");
	turn_begin(world->core.turn);
	roster_override_insert(world->core.store, &o);
	roster_live_overrides_changed(&world->core);
	assert_int_equal(world_turn(), 0);
	answer(BAT, "ok", code_of(BAT));
	assert_int_equal(world_heard(BAT, "cannot be swapped any more"), 1);
	assert_int_equal(world_heard(BOLD, "cannot be swapped any more"), 1);
	assert_string_equal(on_duty("2026-11-23 13:00"), "Bold");
}

/* Another colleague is asked: what the first was asked is off, and its code with it. */
static void test_one_at_a_time_and_few_a_day(void **state)
{
	char first[16];

	(void)state;
	say(BOLD, "swap bat tomorrow");
	snprintf(first, sizeof(first), "%s", code_of(BAT));
	say(BOLD, "swap Туяа tomorrow");
	assert_int_equal(world_heard(BAT, "no longer asks you"), 1);
	answer(BAT, "ok", first);
	assert_string_equal(on_duty("2026-11-23 12:00"), "Bold");
	for (int i = 0; i < 10; i++) {
		say(BOLD, i % 2 ? "swap bat tomorrow" : "swap bat 11-26");
		world->boot_ms += 600000;
	}
	assert_true(world_heard(BAT, "To take it reply") + world_heard(TUYA, "To take it reply") <= SWAP_ASKS_A_DAY);
	assert_true(world_heard(BOLD, "Too many swaps") >= 1);
}

/* Who has the phone, and who comes next: by the rotation, for the asker's own unit. */
static void test_who(void **state)
{
	static const struct { const char *when, *says; } rows[] = {
		{ "2026-11-22 16:30", "On duty: -. Next: Bold" }, /* it begins tomorrow */
		{ "2026-11-23 12:00", "On duty: Bold. Next: Bat-Erdene" },
		{ "2026-11-24 12:00", "On duty: Bat-Erdene. Next: Туяа 2" },
		{ "2026-11-25 12:00", "On duty: Туяа 2. Next: Bold" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		world->wall_ms = at(rows[i].when);
		assert_true(say(TUYA, "WHO"));
		if (!strstr(world->air[world->air_count - 1].text, rows[i].says))
			fail_msg("%s: %s", rows[i].when, world->air[world->air_count - 1].text);
		assert_string_equal(world->air[world->air_count - 1].to, TUYA);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_words, setup, teardown), cmocka_unit_test(test_shifts),
		cmocka_unit_test_setup_teardown(test_a_swap, setup, teardown),
		cmocka_unit_test_setup_teardown(test_declined, setup, teardown),
		cmocka_unit_test_setup_teardown(test_who, setup, teardown),
		cmocka_unit_test_setup_teardown(test_only_the_colleague_confirms, setup, teardown),
		cmocka_unit_test_setup_teardown(test_guessing_withdraws_it, setup, teardown),
		cmocka_unit_test_setup_teardown(test_refused, setup, teardown),
		cmocka_unit_test_setup_teardown(test_no_gap, setup, teardown),
		cmocka_unit_test_setup_teardown(test_it_expires, setup, teardown),
		cmocka_unit_test_setup_teardown(test_the_roster_changed_since, setup, teardown),
		cmocka_unit_test_setup_teardown(test_one_at_a_time_and_few_a_day, setup, teardown),
	};

	setenv("TZ", "Asia/Ulaanbaatar", 1);
	tzset();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
