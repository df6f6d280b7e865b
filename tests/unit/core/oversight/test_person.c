/* Adding people: names, roles, and by whose right. */
#include "cm.h"

#include "core/people/person.h"
#include "unit/core/people/people_fixture.h"
#include "vault/people.h"

static const char password[] = "a long enough password";

struct name_row { const char *name; bool ok; };

static void test_names(void **state)
{
	static const struct name_row rows[] = {
		{ "Bo", true }, { "B", false }, { "", false }, { "Bold", true }, { "Bold.B-2_x", true }, { "2Bold", false }, { ".b", false },
		{ "Bold B", false }, { "Bold\n", false }, { "Болд", true }, { "Өлзий-Үүрэг", true }, { "Ёлка", true },
		{ "Bоld", false /* with a Cyrillic o */ }, { "Болд2", true }, { "Bold\xff", false }, { "Bold\xd0", false },
		{ "日本", false }, { "Bold'", false }, { "Bold;", false }, { "\xe2\x80\xae" "dloB", false },
		{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", true }, { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false },
		{ "ааааааааааааааааааааааааааааааа", true /* 31 of 2 octets */ }, { "аааааааааааааааааааааааааааааааа", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (person_name_ok(rows[i].name) != rows[i].ok)
			fail_msg("name \"%s\" should be %s", rows[i].name, rows[i].ok ? "good" : "bad");
}

static void test_roles(void **state)
{
	(void)state;
	assert_string_equal(person_role_find("officer")->unit, "ATPU");
	assert_string_equal(person_role_find("coordinator")->unit, "MDTF");
	assert_string_equal(person_role_find("auditor")->unit, "");
	assert_null(person_role_find("Officer"));
	assert_int_equal(person_role_of("nothing"), PERSON_NONE);
}

static void test_by_recovery_key(void **state)
{
	(void)state;
	assert_int_equal(add_by_recovery("Bold", "officer", password), 0);
	assert_string_equal(json_string_value(json_object_get(people->answer.body, "unit")), "ATPU");
	assert_string_equal(last_audit(), "recovery person.add Bold officer");
	assert_int_equal(add_by_recovery("Saran", "coordinator", password), 0);
	assert_int_equal(add_by_recovery("Цэцэг", "auditor", password), 0);
	assert_int_equal(login("Цэцэг", password), 0);
	assert_int_equal(session_role(people->session), PERSON_AUDITOR);
	assert_int_equal(session_unit(people->session), 0);
	assert_null(session_unit_secret(people->session)); /* an auditor reads no texts */
}

struct refused { const char *name, *role, *password; int err; };

static void test_refused(void **state)
{
	static const struct refused rows[] = {
		{ "B", "officer", password, HL_EINVAL },
		{ "Bold", "chief", password, HL_EINVAL },
		{ "Bold", "officer", "too short", HL_ERANGE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(add_by_recovery(rows[i].name, rows[i].role, rows[i].password), rows[i].err);
	assert_int_equal(ask(control_person_add, json_pack("{s:s, s:s, s:s}", "name", "Bold", "role", "officer", "password", password)),
		HL_EAUTH);
	assert_int_equal(ask(control_person_list, json_pack("{}")), 0);
	assert_int_equal(json_array_size(json_object_get(people->answer.body, "people")), 0);
}

static void test_recovery_key_wrong(void **state)
{
	uint8_t public_key[VAULT_KEY], secret[VAULT_KEY];
	char right[VAULT_RECOVERY_TEXT];

	(void)state;
	memcpy(right, people->recovery, sizeof(right));
	people->recovery[7] = right[7] == 'A' ? 'B' : 'A';
	assert_int_equal(add_by_recovery("Bold", "officer", password), HL_ECORRUPT);
	assert_non_null(strstr(people->answer.text, "slip"));
	assert_string_equal(last_audit(), "recovery person.add.failed  corrupt");
	memcpy(people->recovery, "nonsense", 9);
	assert_int_equal(add_by_recovery("Bold", "officer", password), HL_EINVAL);
	vault_keypair_new(public_key, secret);
	vault_recovery_print(secret, people->recovery);
	assert_int_equal(add_by_recovery("Bold", "officer", password), HL_EAUTH); /* another hotline's */
	memcpy(people->recovery, right, sizeof(right));
	assert_int_equal(add_by_recovery("Bold", "officer", password), 0);
}

static void test_by_a_member(void **state)
{
	(void)state;
	assert_int_equal(add_by_recovery("Bold", "officer", password), 0);
	assert_int_equal(add_by_recovery("Saran", "coordinator", "another long password"), 0);
	assert_int_equal(add_as("Dorj", "officer", "the third password", "Bold", password), 0);
	assert_string_equal(last_audit(), "Bold person.add Dorj officer");
	assert_int_equal(login("Dorj", "the third password"), 0);
	assert_non_null(session_unit_secret(people->session));
	assert_int_equal(add_as("Tuya", "officer", "the third password", "Bold", "not the password"), HL_EAUTH);
	assert_string_equal(last_audit(), "Bold person.authorise.failed  ");
	assert_int_equal(add_as("Tuya", "officer", "the third password", "Saran", "another long password"), HL_EAUTH);
	assert_int_equal(add_as("Tuya", "coordinator", "the third password", "Bold", password), HL_EAUTH);
	assert_int_equal(add_as("Tuya", "auditor", "the third password", "Bold", password), HL_EAUTH);
	assert_int_equal(login("Tuya", "the third password"), HL_EAUTH); /* is nobody */
	assert_int_equal(add_by_recovery("Nergui", "auditor", password), 0);
	assert_int_equal(add_as("Tuya", "auditor", "the third password", "Nergui", password), 0);
}

static void test_names_are_taken_once(void **state)
{
	(void)state;
	assert_int_equal(add_by_recovery("Bold", "officer", password), 0);
	assert_int_equal(add_by_recovery("Bold", "coordinator", password), HL_EEXIST);
	for (int i = 0; i < 2; i++) /* both are fine when they are asked */
		send_request(control_person_add, json_pack("{s:s, s:s, s:s, s:s}", "name", "Dorj", "role", "officer", "password", password,
			"recovery", people->recovery));
	people->answers = 0;
	while (people->answers < 2)
		assert_int_equal(event_base_loop(people->core.base, EVLOOP_ONCE), 0);
	turn_end(people->core.turn);
	assert_int_equal(people->answer.err, HL_EEXIST);
	assert_int_equal(login("Dorj", password), 0);
}

static void test_list(void **state)
{
	const json_t *list, *row;

	(void)state;
	assert_int_equal(add_by_recovery("Bold", "officer", password), 0);
	assert_int_equal(add_by_recovery("Anu", "auditor", password), 0);
	assert_int_equal(ask(control_person_list, json_pack("{}")), 0);
	list = json_object_get(people->answer.body, "people");
	assert_int_equal(json_array_size(list), 2);
	row = json_array_get(list, 0);
	assert_int_equal(json_object_size(row), 4); /* name, role, unit, created_ms: no key */
	assert_string_equal(json_string_value(json_object_get(row, "name")), "Anu");
	assert_string_equal(json_string_value(json_object_get(row, "unit")), "");
	row = json_array_get(list, 1);
	assert_string_equal(json_string_value(json_object_get(row, "role")), "officer");
	assert_string_equal(json_string_value(json_object_get(row, "unit")), "ATPU");
	assert_true(json_integer_value(json_object_get(row, "created_ms")) == people->now_ms);
}

static void append_rows(int count)
{
	turn_begin(people->core.turn);
	for (int i = 0; i < count; i++)
		audit_append(people->core.store, i, "core", "test", "", "");
	assert_int_equal(turn_end(people->core.turn), 0);
}

static void test_audit_requests(void **state)
{
	static struct store_sql edit_sql = { "UPDATE audit SET detail = 'x' WHERE id = 1500", 0 };
	struct store *s = people->core.store;
	const json_t *body;
	char head[65];
	int64_t rows, bad;

	(void)state;
	append_rows(2500); /* more than a step */
	assert_int_equal(ask(control_audit_list, json_pack("{}")), 0);
	assert_int_equal(json_array_size(json_object_get(people->answer.body, "audit")), 100);
	assert_int_equal(ask(control_audit_verify, json_pack("{}")), 0);
	body = people->answer.body;
	assert_int_equal(audit_verify(s, &rows, head, &bad), 0);
	assert_true(json_is_true(json_object_get(body, "good")));
	assert_int_equal(json_integer_value(json_object_get(body, "rows")), rows);
	assert_string_equal(json_string_value(json_object_get(body, "head")), head);
	store_begin(s);
	store_run(s, store_stmt(s, &edit_sql));
	assert_int_equal(store_commit(s), 0);
	assert_int_equal(ask(control_audit_verify, json_pack("{}")), 0);
	body = people->answer.body;
	assert_true(json_is_false(json_object_get(body, "good")));
	assert_int_equal(json_integer_value(json_object_get(body, "bad_id")), 1500);
	assert_int_equal(json_integer_value(json_object_get(body, "rows")), 1499);
}

/* An add that is under way when the program ends is answered and leaves nothing. */
static void test_program_ends_meanwhile(void **state)
{
	(void)state;
	assert_int_equal(add_by_recovery("Bold", "officer", password), 0);
	people->answers = 0;
	for (int i = 0; i < 3; i++)
		send_request(control_person_add, json_pack("{s:s, s:s, s:s, s:s, s:s}", "name", "Dorj", "role", "officer", "password",
			password, "as", "Bold", "as_password", password));
	sessions_free(people->core.sessions);
	people->core.sessions = NULL;
	assert_int_equal(people->answers, 3);
}

static void test_program_ends_while_the_trail_is_read(void **state)
{
	(void)state;
	append_rows(2500);
	people->answer.given = false;
	send_request(control_audit_verify, json_pack("{}"));
	people->core.control = NULL;
	assert_int_equal(wait_answer(), HL_ESTATE);
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, people_setup, people_teardown)
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names), cmocka_unit_test(test_roles), T(test_by_recovery_key), T(test_refused),
		T(test_recovery_key_wrong), T(test_by_a_member), T(test_names_are_taken_once), T(test_list), T(test_audit_requests),
		T(test_program_ends_meanwhile),
		T(test_program_ends_while_the_trail_is_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
