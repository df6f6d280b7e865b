/* Gaps and double cover of months, in an instant. */
#include "cm.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "conf/conf.h"
#include "core/roster/cover.h"
#include "core/duty/live.h"
#include "core/roster/local_time.h"

#define PEOPLE "people = ( { name = \"A\"; role = \"officer\"; number = \"+97600001001\"; }, " \
	"{ name = \"B\"; role = \"officer\"; number = \"+97600001002\"; }, { name = \"T\"; role = \"coordinator\"; number = \"+97600001003\"; } );\n"
#define WHOLE "{ name = \"a\"; people = [\"A\", \"B\"]; start = \"2026-01-05\"; }"
#define EVENING "{ name = \"e\"; people = [\"B\"]; start = \"2026-01-05\"; from = \"18:00\"; to = \"22:00\"; }"

static struct roster *load(const char *more)
{
	static struct conf_errors e;
	struct roster *r;
	char text[2048];

	e.count = 0;
	snprintf(text, sizeof(text), "%s%s", PEOPLE, more);
	r = roster_load_text("roster", text, strlen(text), "976", &e);
	if (e.count)
		fail_msg("%s", e.list[0].text);
	return r;
}

static int64_t at(const char *text)
{
	int64_t ms;

	assert_true(local_time_read(text, &ms));
	return ms;
}

static void test_months(void **state)
{
	static const struct { const char *more; size_t count, doubled; bool open_end; } rows[] = {
		{ "rotations = ( " WHOLE " );", 0, 0, false },
		{ "rotations = ( " EVENING " );", 366, 0, true },                       /* 365 evenings have nights around them */
		{ "rotations = ( " WHOLE ", " EVENING " );", 365, 365, false },
		{ "rotations = ( " WHOLE ", " EVENING " ); overrides = ( { rotation = \"a\"; from = \"2026-12-24 20:00\"; to = \"2026-12-24 23:00\"; "
			"people = []; } );", 366, 365, false },                                 /* one hour of nobody, one evening ends early */
		{ "rotations = ( " WHOLE ", { name = \"b\"; people = [\"B\"]; start = \"2026-01-05\"; } );", 1, 1, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct roster *r = load(rows[i].more);
		static struct cover_span found[500];
		size_t doubled = 0, n = cover_find(roster_schedule(r), "ATPU", at("2026-06-01"), at("2027-06-01"), found, 500);
		for (size_t k = 0; k < n; k++) {
			doubled += found[k].doubled;
			assert_true(found[k].from_ms < found[k].to_ms);
			assert_true(k == 0 || found[k - 1].to_ms <= found[k].from_ms);
		}
		if (n != rows[i].count || doubled != rows[i].doubled)
			fail_msg("row %zu: %zu spans, %zu doubled", i, n, doubled);
		assert_int_equal(n ? found[n - 1].open_end : 0, rows[i].open_end);
		assert_int_equal(cover_find(roster_schedule(r), "ATPU", at("2026-06-01"), at("2027-06-01"), found, 3), n < 3 ? n : 3);
		roster_free(r);
	}
}

static void test_units(void **state)
{
	struct roster *r = load("rotations = ( " WHOLE ", " EVENING ", { name = \"t\"; unit = \"MDTF\"; people = [\"T\"]; start = \"2026-01-05\"; } );");
	const char *units[SCHEDULE_ROTATIONS_MAX];

	(void)state;
	assert_int_equal(cover_units(roster_schedule(r), units), 2);
	assert_string_equal(units[0], "ATPU");
	assert_string_equal(units[1], "MDTF");
	roster_free(r);
}

/* What stands in the database may be for people and rotations that are gone. */
static void test_overrides_of_the_database(void **state)
{
	static const struct { const char *rotation, *unit, *names; bool fits; size_t people; } rows[] = {
		{ "", "ATPU", "A\nB", true, 2 }, { "", "ATPU", "", true, 0 }, { "e", "ATPU", "A", true, 1 }, { "", "ATPU", "A\nGone", true, 1 },
		{ "", "ATPU", "Gone", false, 0 }, { "gone", "ATPU", "A", false, 0 }, { "", "IND", "A", false, 0 }, { "", "ATPU", "T", false, 0 },
		{ "e", "MDTF", "T", false, 0 },
	};
	struct roster *r = load("rotations = ( " WHOLE ", " EVENING " );");

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		static struct roster_override_row row;
		struct schedule_override o;
		row = (struct roster_override_row){ .id = 5, .from_ms = 1, .to_ms = 2 };
		strcpy(row.rotation, rows[i].rotation);
		strcpy(row.unit, rows[i].unit);
		strcpy(row.names, rows[i].names);
		if (roster_live_override(r, &row, &o) != rows[i].fits)
			fail_msg("row %zu", i);
		if (rows[i].fits)
			assert_int_equal(o.people.count, rows[i].people);
	}
	roster_free(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_months),
		cmocka_unit_test(test_units),
		cmocka_unit_test(test_overrides_of_the_database),
	};

	setenv("TZ", "Asia/Ulaanbaatar", 1);
	tzset();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
