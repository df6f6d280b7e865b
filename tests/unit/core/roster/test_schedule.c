/* Who is on duty: rotations, hours across midnight, days, holidays, overrides, gaps; and every error of a schedule by its line. */
#include "cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "conf/conf.h"
#include "core/roster/local_time.h"
#include "core/roster/roster.h"
#include "scratch.h"

#define DAY_MS (24 * 60 * 60 * INT64_C(1000))

static struct conf_errors errors;

static struct roster *load(const char *text)
{
	struct scratch s;
	struct roster *r;
	char path[256];
	FILE *f;

	scratch_new(&s);
	f = fopen(scratch_path(&s, "roster.conf", path), "w");
	assert_non_null(f);
	fprintf(f, "people = ( { name = \"A\"; role = \"officer\"; number = \"+97600001001\"; },"
		"{ name = \"B\"; role = \"officer\"; number = \"+97600001002\"; }, { name = \"C\"; role = \"officer\"; number = \"+97600001003\"; },"
		"{ name = \"I\"; role = \"officer\"; number = \"+97600001004\"; unit = \"IND\"; },"
		"{ name = \"T\"; role = \"coordinator\"; number = \"+97600001005\"; } );\n%s", text);
	fclose(f);
	memset(&errors, 0, sizeof(errors));
	r = roster_load(path, "976", &errors);
	scratch_remove(&s);
	return r;
}

static struct roster *load_good(const char *text)
{
	struct roster *r = load(text);

	if (errors.count)
		fail_msg("%s", errors.list[0].text);
	return r;
}

static int64_t at(const char *text)
{
	int64_t ms;

	assert_true(local_time_read(text, &ms));
	return ms;
}

/* Names of those on duty, one letter each; "-" for nobody. */
static const char *letters(const struct roster *r, const struct schedule_people *people)
{
	static char out[SCHEDULE_PEOPLE_MAX + 1];
	size_t n = 0;

	for (; n < people->count; n++)
		out[n] = roster_person(r, people->list[n])->name[0];
	out[n] = '\0';
	return n ? out : "-";
}

static const char *who(const struct roster *r, const char *rotation, int64_t ms)
{
	const struct schedule *s = roster_schedule(r);
	struct schedule_people people;

	for (size_t i = 0; i < s->rotation_count; i++) {
		if (strcmp(s->rotations[i].name, rotation) == 0) {
			schedule_on_duty(s, i, ms, &people);
			return letters(r, &people);
		}
	}
	fail_msg("no rotation %s", rotation);
	return "";
}

/* 2026-01-05 is a Monday. */
static const char file[] =
	"rotations = (\n"
	"{ name = \"week\"; people = [ \"A\", \"B\", \"C\" ]; start = \"2026-01-05\"; },\n"
	"{ name = \"day\"; people = [ \"A\", \"B\" ]; shift = \"daily\"; start = \"2026-01-05\"; hand_over = \"06:30\"; },\n"
	"{ name = \"night\"; people = [ \"B\", \"C\" ]; shift = \"daily\"; start = \"2026-01-05\"; from = \"20:00\"; to = \"08:00\"; },\n"
	"{ name = \"half\"; people = [ \"A\", \"B\", \"C\" ]; shift = \"hours\"; hours = 12; start = \"2026-01-05\"; },\n"
	"{ name = \"office\"; people = [ \"A\" ]; start = \"2026-01-05\"; from = \"09:00\"; to = \"18:00\"; days = \"mon tue wed thu fri\";\n"
	"  holidays = \"not\"; },\n"
	"{ name = \"feast\"; people = [ \"C\" ]; start = \"2026-01-05\"; holidays = \"only\"; hand_over = \"00:00\"; },\n"
	"{ name = \"alone\"; unit = \"IND\"; people = [ \"I\" ]; start = \"2026-01-05\"; } );\n"
	"overrides = (\n"
	"{ rotation = \"week\"; from = \"2026-02-02 12:00\"; to = \"2026-02-03 12:00\"; people = [ \"C\", \"B\" ]; },\n"
	"{ rotation = \"week\"; from = \"2026-02-02 18:00\"; to = \"2026-02-02 20:00\"; people = [ ]; },\n"
	"{ from = \"2026-03-01\"; to = \"2026-03-02\"; people = [ \"A\" ]; } );\n"
	"holidays = [ \"2026-01-06\", \"2026-02-19\" ];\n";

static void test_who(void **state)
{
	static const struct { const char *rotation, *time, *who; } rows[] = {
		{ "week", "2026-01-05 07:59", "-" }, { "week", "2026-01-05 08:00", "A" }, { "week", "2026-01-12 07:59", "A" },
		{ "week", "2026-01-12 08:00", "B" }, { "week", "2026-01-19 08:00", "C" }, { "week", "2026-01-26 08:00", "A" },
		{ "week", "2027-01-04 08:00", "B" }, /* 52 weeks on: 52 mod 3 is 1 */
		{ "day", "2026-01-05 06:30", "A" }, { "day", "2026-01-06 06:29", "A" }, { "day", "2026-01-06 06:30", "B" },
		{ "night", "2026-01-05 19:59", "-" }, { "night", "2026-01-05 20:00", "B" }, { "night", "2026-01-06 03:00", "B" },
		{ "night", "2026-01-06 07:59", "B" }, { "night", "2026-01-06 08:00", "-" }, { "night", "2026-01-06 23:00", "C" },
		{ "half", "2026-01-05 08:00", "A" }, { "half", "2026-01-05 20:00", "B" }, { "half", "2026-01-06 08:00", "C" },
		{ "half", "2026-01-06 20:00", "A" },
		{ "office", "2026-01-05 08:59", "-" }, { "office", "2026-01-05 09:00", "A" }, { "office", "2026-01-05 18:00", "-" },
		{ "office", "2026-01-06 10:00", "-" }, /* a holiday */ { "office", "2026-01-07 10:00", "A" },
		{ "office", "2026-01-10 10:00", "-" }, /* a Saturday */
		{ "feast", "2026-01-06 10:00", "C" }, { "feast", "2026-01-07 10:00", "-" }, { "feast", "2026-02-19 00:00", "C" },
		{ "week", "2026-02-02 11:59", "B" }, { "week", "2026-02-02 12:00", "CB" }, { "week", "2026-02-02 18:00", "-" },
		{ "week", "2026-02-02 20:00", "CB" }, { "week", "2026-02-03 12:00", "B" },
		{ "week", "2026-03-01 12:00", "A" }, { "night", "2026-03-01 12:00", "A" }, /* of every rotation of the unit */
		{ "alone", "2026-03-01 12:00", "I" },
	};
	struct roster *r = load_good(file);

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strcmp(who(r, rows[i].rotation, at(rows[i].time)), rows[i].who) != 0)
			fail_msg("%s at %s: %s, not %s", rows[i].rotation, rows[i].time, who(r, rows[i].rotation, at(rows[i].time)), rows[i].who);
	roster_free(r);
}

/* For years, in any time zone and over every change of its clocks, each shift of a whole-day rotation follows the one before. */
static void test_months_of_shifts(void **state)
{
	static const char *const zones[] = { "<+08>-8", "UTC0", "CET-1CEST,M3.5.0,M10.5.0/3", "EST5EDT,M3.2.0,M11.1.0" };

	(void)state;
	for (size_t z = 0; z < sizeof(zones) / sizeof(zones[0]); z++) {
		struct roster *r;
		int64_t t;
		int changes = 0;
		char last;
		setenv("TZ", zones[z], 1);
		tzset();
		r = load_good(file);
		t = at("2026-01-05 12:00");
		last = *who(r, "day", t);
		for (int64_t end = t + 1000 * DAY_MS; t < end; t += 15 * 60 * 1000) {
			char now = *who(r, "day", t);
			assert_true(now == 'A' || now == 'B');
			changes += now != last;
			last = now;
		}
		if (changes < 1000 - 4 || changes > 1000) /* overrides of some days hide a few */
			fail_msg("%s: %d changes", zones[z], changes);
		roster_free(r);
	}
	setenv("TZ", "<+08>-8", 1);
	tzset();
}

static void test_gaps_and_double_cover(void **state)
{
	struct schedule_span spans[16];
	struct roster *r = load_good("rotations = ( { name = \"day\"; people = [ \"A\" ]; start = \"2026-01-05\"; from = \"08:00\"; to = \"20:00\"; },\n"
		"{ name = \"night\"; people = [ \"B\" ]; start = \"2026-01-05\"; from = \"19:00\"; to = \"06:00\"; } );\n");
	size_t n = schedule_spans(roster_schedule(r), SCHEDULE_ALL, "ATPU", at("2026-01-05 08:00"), at("2026-01-06 09:00"), spans, 16);
	static const struct { const char *from, *who; size_t rotations; } rows[] = {
		{ "2026-01-05 08:00", "A", 1 }, { "2026-01-05 19:00", "AB", 2 }, { "2026-01-05 20:00", "B", 1 }, { "2026-01-06 06:00", "-", 0 },
		{ "2026-01-06 08:00", "A", 1 },
	};

	(void)state;
	assert_int_equal(n, sizeof(rows) / sizeof(rows[0]));
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(spans[i].from_ms, at(rows[i].from));
		assert_int_equal(spans[i].to_ms, i + 1 < n ? spans[i + 1].from_ms : at("2026-01-06 09:00"));
		assert_string_equal(letters(r, &spans[i].people), rows[i].who);
		assert_int_equal(spans[i].rotations, rows[i].rotations);
	}
	assert_int_equal(schedule_spans(roster_schedule(r), 0, "", at("2026-01-05 08:00"), at("2026-02-05 08:00"), spans, 3), 3);
	assert_true(schedule_has_unit(roster_schedule(r), "ATPU"));
	assert_false(schedule_has_unit(roster_schedule(r), "IND"));
	roster_free(r);
}

static void test_errors(void **state)
{
	static const struct { const char *text; int line; const char *says; } rows[] = {
		{ "rotations = ( { name = \"r\"; people = [ \"A\" ]; } );", 2, "start is missing" },
		{ "rotations = ( { name = \"r\"; people = [ ]; start = \"2026-01-05\"; } );", 2, "needs somebody" },
		{ "rotations = ( { name = \"r\"; people = [ \"Z\" ]; start = \"2026-01-05\"; } );", 2, "nobody of this roster is named \"Z\"" },
		{ "rotations = ( { name = \"r\"; people = [ \"T\" ]; start = \"2026-01-05\"; } );", 2, "\"T\" is not of ATPU" },
		{ "rotations = ( { name = \"r\"; people = [ 7 ]; start = \"2026-01-05\"; } );", 2, "nobody" },
		{ "rotations = (\n{ name = \"r\"; people = [ \"A\" ];\nstart = \"2026-02-30\"; } );", 4, "must be a date" },
		{ "rotations = ( { name = \"r\"; people = [ \"A\" ]; start = \"2026-01-05\"; hand_over = \"25:00\"; } );", 2, "hand_over" },
		{ "rotations = ( { name = \"r\"; people = [ \"A\" ]; start = \"2026-01-05\"; shift = \"monthly\"; } );", 2, "shift \"monthly\"" },
		{ "rotations = ( { name = \"r\"; people = [ \"A\" ]; start = \"2026-01-05\"; days = \"mon son\"; } );", 2, "\"son\"" },
		{ "rotations = ( { name = \"r\"; people = [ \"A\" ]; start = \"2026-01-05\"; hours = 0; } );", 2, "hours is 0" },
		{ "rotations = ( { name = \"r\"; people = [ \"A\" ]; start = \"2026-01-05\"; },\n"
			"{ name = \"r\"; people = [ \"A\" ]; start = \"2026-01-05\"; } );", 3, "two rotations" },
		{ "overrides = ( { from = \"2026-01-05\"; to = \"2026-01-05\"; people = [ \"A\" ]; } );", 2, "end after it begins" },
		{ "overrides = ( { from = \"yesterday\"; to = \"2026-01-05\"; people = [ \"A\" ]; } );", 2, "date and time" },
		{ "overrides = ( { rotation = \"x\"; from = \"2026-01-05\"; to = \"2026-01-06\"; people = [ \"A\" ]; } );", 2, "rotation \"x\"" },
		{ "holidays = [ \"2026-13-01\" ];", 2, "holidays \"2026-13-01\"" },
		{ "holidays = [ 5 ];", 2, "must be a date" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char line[16];
		assert_null(load(rows[i].text));
		assert_int_equal(errors.count, 1);
		snprintf(line, sizeof(line), ":%d: ", rows[i].line);
		if (!strstr(errors.list[0].text, rows[i].says) || !strstr(errors.list[0].text, line))
			fail_msg("row %zu: %s", i, errors.list[0].text);
	}
}

static void test_local_time(void **state)
{
	static const char *const bad[] = { "", "2026", "2026-1-05", "2026-01-05T08:00", "2026-01-05 8:00", "2026-01-05 08:60", "2026-01-05 24:01",
		"2026-01-05 08:00 ", "2026-00-05", " 2026-01-05", "2026-01-0x" };
	int64_t ms;
	char out[17];

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(local_time_read(bad[i], &ms));
	assert_int_equal(at("2026-11-22 16:30") / 1000, 1795336200);
	assert_int_equal(at("2026-01-05 24:00"), at("2026-01-06"));
	local_time_write(at("2026-11-22 16:30"), out);
	assert_string_equal(out, "2026-11-22 16:30");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_who), cmocka_unit_test(test_months_of_shifts), cmocka_unit_test(test_gaps_and_double_cover),
		cmocka_unit_test(test_errors), cmocka_unit_test(test_local_time),
	};

	setenv("TZ", "<+08>-8", 1);
	tzset();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
