/* Two names, and whether they are two people. */
#include "cm.h"

#include "core/people/lineage.h"
#include "core/people/person.h"

#define OLD 0
#define NOW (30 * 86400 * (int64_t)1000)

static const struct person_row people[] = {
	{ .name = "Chief", .created_ms = OLD },
	{ .name = "Bat", .added_by = "Chief", .created_ms = OLD },
	{ .name = "Dorj", .added_by = "Chief", .created_ms = OLD },
	{ .name = "New", .added_by = "Chief", .created_ms = NOW - 1000 },
	{ .name = "Puppet", .added_by = "Bat", .created_ms = OLD },
	{ .name = "Second", .added_by = "Puppet", .created_ms = OLD },
	{ .name = "Saran", .created_ms = NOW - 1000 },
	{ .name = "One", .added_by = "Other", .created_ms = OLD }, /* a circle, as only a damaged database has */
	{ .name = "Other", .added_by = "One", .created_ms = OLD },
};

struct row { const char *one, *other; bool two; };

static const struct row rows[] = {
	{ "Bat", "Dorj", true },      /* colleagues of old */
	{ "Bat", "New", false },      /* both by the chief, one this week */
	{ "Bat", "Saran", true },     /* by the recovery key, however new */
	{ "Chief", "Bat", false },
	{ "Bat", "Puppet", false },
	{ "Puppet", "Bat", false },
	{ "Bat", "Second", false },   /* by somebody whom they added */
	{ "Puppet", "Second", false },
	{ "Puppet", "Dorj", true },
	{ "Saran", "Gone", true },
	{ "One", "Other", false },
	{ "One", "Saran", true },
	{ "Bat", "Bat", false },
};

static void test_two(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (lineage_are_two(people, sizeof(people) / sizeof(people[0]), rows[i].one, rows[i].other, NOW) != rows[i].two)
			fail_msg("%s and %s", rows[i].one, rows[i].other);
}

struct alike { const char *a, *b; bool alike; };

static const struct alike alikes[] = {
	{ "Bat", "bat", true }, { "Tom", "\u0422\u043e\u043c", true }, { "Bat", "\u0412\u0430\u0442", true }, { "Bat", "Bat2", false },
	{ "Bat", "Bal", false }, { "Oyun", "0yun", true }, { "\u0411\u0430\u0442", "Bat", false }, { "core", "\u0441\u043e\u0440\u0435", false },
};

static void test_alike(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(alikes) / sizeof(alikes[0]); i++)
		if (person_names_look_alike(alikes[i].a, alikes[i].b) != alikes[i].alike)
			fail_msg("%s and %s", alikes[i].a, alikes[i].b);
	assert_true(person_name_is_taken("core"));
	assert_true(person_name_is_taken("Operator"));
	assert_true(person_name_is_taken("recovery"));
	assert_false(person_name_is_taken("Bat"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_two),
		cmocka_unit_test(test_alike),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
