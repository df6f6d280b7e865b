/* Subscribers on disk: selections come in pages by id, each row with the facts that decide whether it may be texted. */
#include <string.h>

#include "cm.h"
#include "scratch.h"
#include "store/contact.h"
#include "store/optout.h"
#include "store/retention.h"
#include "store/subscriber_select.h"

struct fixture { struct scratch scratch; char path[128]; struct store *store; };

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	struct hl_reason why;

	scratch_new(&f->scratch);
	snprintf(f->path, sizeof(f->path), "%s/h.db", f->scratch.dir);
	assert_int_equal(store_create(f->path, &why), 0);
	assert_int_equal(store_open(f->path, &f->store, &why), 0);
	store_begin(f->store);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(store_commit(f->store), 0);
	store_close(f->store);
	scratch_remove(&f->scratch);
	free(f);
	return 0;
}

static struct subscriber_row add(struct store *s, int n, const char *district, int language)
{
	struct subscriber_row row = { .language = language, .number = "sealed", .number_len = 6, .consent_ms = 5, .source = "school",
		.joined_ms = 7, .updated_ms = 7 };

	memset(row.alias, n, sizeof(row.alias));
	strcpy(row.district, district);
	subscriber_insert(s, &row);
	return row;
}

static void exec(struct store *s, const char *text)
{
	struct store_sql sql = { text, 0 };

	store_run(s, store_stmt(s, &sql));
	assert_int_equal(store_error(s), 0);
}

static void test_keeps(void **state)
{
	struct store *s = ((struct fixture *)*state)->store;
	struct subscriber_row a = add(s, 1, "Bayangol", SUBSCRIBER_EN), b;

	assert_true(subscriber_get_alias(s, a.alias, &b));
	assert_int_equal(b.id, a.id);
	assert_string_equal(b.district, "Bayangol");
	assert_string_equal(b.source, "school");
	assert_int_equal(b.number_len, 6);
	b.state = SUBSCRIBER_STOPPED;
	b.number_len = 0;
	subscriber_update(s, &b);
	assert_true(subscriber_get(s, a.id, &b));
	assert_int_equal(b.state, SUBSCRIBER_STOPPED);
	assert_int_equal(b.number_len, 0);
	assert_false(subscriber_get(s, a.id + 1, &b));
}

static void test_groups(void **state)
{
	struct store *s = ((struct fixture *)*state)->store;
	struct subscriber_row a = add(s, 1, "", 0), b = add(s, 2, "", 0);
	int64_t school = subscriber_group_id(s, "school", true, 1), market = subscriber_group_id(s, "market", true, 1);
	struct subscriber_group groups[4];
	char names[64];

	assert_int_equal(subscriber_group_id(s, "school", true, 2), school);
	assert_int_equal(subscriber_group_id(s, "nobody", false, 2), 0);
	subscriber_join(s, a.id, school);
	subscriber_join(s, a.id, school);
	subscriber_join(s, a.id, market);
	subscriber_join(s, b.id, market);
	subscriber_leave(s, b.id, school);
	subscriber_groups_of(s, a.id, names, sizeof(names));
	assert_string_equal(names, "market, school");
	assert_int_equal(subscriber_groups(s, 0, groups, 4), 2);
	assert_int_equal(groups[0].members, 1);
	assert_int_equal(groups[1].members, 2);
	assert_int_equal(subscriber_groups_count(s), 2);
}

/* Ids of a selection, read in pages of two. */
static size_t pages(struct store *s, const struct subscriber_selection *sel, int64_t ids[16])
{
	struct subscriber_found found[2];
	size_t n = 0, got;
	int64_t after = 0;
	bool end = false;

	while (!end) {
		got = subscriber_select_stretch(s, sel, &after, found, 2, &end);
		for (size_t i = 0; i < got; i++)
			ids[n++] = found[i].row.id;
	}
	return n;
}

static void test_selects_in_pages(void **state)
{
	struct store *s = ((struct fixture *)*state)->store;
	static const char *const districts[] = { "Bayangol", "Bayanzurkh", "", "Bayangol", "Nalaikh" };
	int64_t ids[16], group = subscriber_group_id(s, "g", true, 1);
	struct subscriber_selection all = { .language = -1 }, some = all, english = { .language = SUBSCRIBER_EN }, grouped = all;
	struct subscriber_row rows[5];
	char id[24];

	for (int i = 0; i < 5; i++)
		rows[i] = add(s, i + 1, districts[i], i % 2);
	assert_int_equal(pages(s, &all, ids), 5);
	for (int i = 0; i < 5; i++)
		assert_int_equal(ids[i], rows[i].id);
	assert_true(subscriber_select_add(some.districts, "Bayangol"));
	assert_int_equal(pages(s, &some, ids), 2);
	assert_int_equal(ids[1], rows[3].id);
	assert_true(subscriber_select_add(some.districts, "?"));
	assert_int_equal(pages(s, &some, ids), 3);
	assert_int_equal(pages(s, &english, ids), 2);
	subscriber_join(s, rows[4].id, group);
	snprintf(id, sizeof(id), "%lld", (long long)group);
	assert_true(subscriber_select_add(grouped.groups, id));
	assert_int_equal(pages(s, &grouped, ids), 1);
	assert_int_equal(ids[0], rows[4].id);
}

static void test_select_list_is_bounded(void **state)
{
	char list[SUBSCRIBER_SELECT_SIZE] = "", word[SUBSCRIBER_SELECT_SIZE];
	int n = 0;

	(void)state;
	assert_false(subscriber_select_add(list, ""));
	assert_false(subscriber_select_add(list, "a\nb"));
	while (subscriber_select_add(list, "Songinokhairkhan"))
		n++;
	assert_int_equal(n, (SUBSCRIBER_SELECT_SIZE - 2) / 17);
	memset(word, 'a', sizeof(word));
	word[sizeof(word) - 1] = '\0';
	list[0] = '\0';
	assert_false(subscriber_select_add(list, word));
}

static struct subscriber_facts facts_of(struct store *s, const struct subscriber_row *row)
{
	struct subscriber_selection all = { .language = -1 };
	struct subscriber_facts facts;
	struct subscriber_found found;
	int64_t after = row->id - 1;
	bool end;

	subscriber_look(s, row->alias, &facts);
	assert_int_equal(subscriber_select_stretch(s, &all, &after, &found, 1, &end), 1);
	/* planning and sending see the same */
	assert_true(found.facts.known == facts.known && found.facts.active == facts.active && found.facts.stopped == facts.stopped &&
		found.facts.refused == facts.refused && found.facts.open_case == facts.open_case && found.facts.safety == facts.safety &&
		found.facts.consent_ms == facts.consent_ms && found.facts.hours_from_min == facts.hours_from_min &&
		found.facts.hours_to_min == facts.hours_to_min);
	return facts;
}

static void test_facts(void **state)
{
	struct store *s = ((struct fixture *)*state)->store;
	struct subscriber_row row = add(s, 9, "", 0);
	struct contact_row contact = { .answerable = true };
	struct subscriber_facts none;
	uint8_t other[SUBSCRIBER_ALIAS] = { 77 };

	subscriber_look(s, other, &none);
	assert_false(none.known || none.active || none.stopped || none.open_case);
	assert_true(facts_of(s, &row).active);
	assert_int_equal(facts_of(s, &row).consent_ms, 5);
	contact_insert(s, &contact, row.alias, (const uint8_t *)"n", 1, 1);
	exec(s, "INSERT INTO unit VALUES (1, 'ATPU', x'00', x'00')");
	exec(s, "INSERT INTO cases (id, code, contact_id, unit_id, state, kind, exploitation, urgency, child, opened_ms, updated_ms) "
		"SELECT 1, '1234567', id, 1, 0, 3, 0, 0, 0, 1, 1 FROM contact");
	assert_false(facts_of(s, &row).open_case); /* a JOIN is no report */
	exec(s, "UPDATE cases SET owner = 'bold'");
	assert_true(facts_of(s, &row).open_case);
	exec(s, "UPDATE cases SET owner = '', kind = 0");
	assert_true(facts_of(s, &row).open_case);
	exec(s, "UPDATE cases SET closed_ms = 3");
	assert_false(facts_of(s, &row).open_case);
	exec(s, "UPDATE contact SET safety = 3, refused = 1, hours_from_min = 60, hours_to_min = 120");
	assert_int_equal(facts_of(s, &row).safety, 3);
	assert_true(facts_of(s, &row).refused);
	assert_int_equal(facts_of(s, &row).hours_to_min, 120);
	exec(s, "DELETE FROM cases");
	exec(s, "DELETE FROM contact");
	exec(s, "INSERT INTO wish SELECT alias, 2, 0, 0 FROM subscriber");
	assert_int_equal(facts_of(s, &row).safety, 2); /* the wish outlives the contact */
	exec(s, "INSERT INTO optout SELECT alias, 4, 4 FROM subscriber");
	assert_true(facts_of(s, &row).stopped);
}

static void test_old_consent_is_erased(void **state)
{
	struct store *s = ((struct fixture *)*state)->store;
	struct retention_stretch at = { .after = 0 }, dry = { .after = 0 };
	struct subscriber_row old = add(s, 1, "", 0), left = add(s, 2, "", 0), young = add(s, 3, "", 0), newest = add(s, 4, "", 0), row;
	int64_t group = subscriber_group_id(s, "g", true, 1);
	char groups[64];

	subscriber_join(s, old.id, group);
	young.consent_ms = left.consent_ms = newest.consent_ms = 1000;
	left.state = SUBSCRIBER_STOPPED;
	subscriber_update(s, &young);
	subscriber_update(s, &left);
	subscriber_update(s, &newest);
	while (retention_subscribers(s, &dry, 500, true))
		;
	assert_int_equal(dry.found, 2);
	while (retention_subscribers(s, &at, 500, false))
		;
	assert_int_equal(at.found, 2);
	assert_false(subscriber_get(s, old.id, &row));
	assert_false(subscriber_get(s, left.id, &row));
	assert_true(subscriber_get(s, young.id, &row));
	assert_true(subscriber_get(s, newest.id, &row)); /* so that its id is never another's */
	subscriber_join(s, newest.id, group);
	assert_true(subscriber_get(s, newest.id, &row));
	assert_int_equal(row.number_len, 6);
	row.consent_ms = 100;
	subscriber_update(s, &row);
	at.after = 0;
	while (retention_subscribers(s, &at, 500, false))
		;
	assert_false(subscriber_get_alias(s, newest.alias, &row)); /* its id alone is left */
	assert_true(subscriber_get(s, newest.id, &row));
	assert_int_equal(row.number_len, 0);
	assert_string_equal(row.source, "");
	assert_int_equal(row.state, SUBSCRIBER_STOPPED);
	subscriber_groups_of(s, newest.id, groups, sizeof(groups));
	assert_string_equal(groups, "");
	young = add(s, 5, "", 0);
	assert_int_equal(young.id, newest.id + 1);
	at.after = 0;
	while (retention_subscribers(s, &at, 500, false))
		;
	assert_false(subscriber_get(s, newest.id, &row));
}

/* However few are of the selection, a step looks at so many and no more: reports wait while it does. */
static void test_selects_in_stretches(void **state)
{
	struct store *s = ((struct fixture *)*state)->store;
	struct subscriber_selection few = { .language = -1 };
	struct subscriber_found found[2];
	int64_t after = 0;
	bool end = false;

	for (int i = 1; i <= SUBSCRIBER_STRETCH + 5; i++) {
		struct subscriber_row row = { .number = "sealed", .number_len = 6, .source = "school" };
		memcpy(row.alias, &i, sizeof(i));
		if (i > SUBSCRIBER_STRETCH + 2)
			strcpy(row.district, "Nalaikh");
		subscriber_insert(s, &row);
	}
	assert_true(subscriber_select_add(few.districts, "Nalaikh"));
	assert_int_equal(subscriber_select_stretch(s, &few, &after, found, 2, &end), 0);
	assert_int_equal(after, SUBSCRIBER_STRETCH);
	assert_false(end);
	assert_int_equal(subscriber_select_stretch(s, &few, &after, found, 2, &end), 2);
	assert_false(end);
	assert_int_equal(after, SUBSCRIBER_STRETCH + 4);
	assert_int_equal(subscriber_select_stretch(s, &few, &after, found, 2, &end), 1);
	assert_int_equal(found[0].row.id, SUBSCRIBER_STRETCH + 5);
	assert_true(end);
	assert_int_equal(subscriber_select_stretch(s, &few, &after, found, 2, &end), 0);
	assert_true(end);
}

#define WITH(t) cmocka_unit_test_setup_teardown(t, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH(test_keeps), WITH(test_groups), WITH(test_selects_in_pages), cmocka_unit_test(test_select_list_is_bounded), WITH(test_facts),
		WITH(test_selects_in_stretches), WITH(test_old_consent_is_erased),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
