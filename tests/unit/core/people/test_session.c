/* Logging in: who gets in, who waits, when it ends, and what is left behind. */
#include "cm.h"

#include <sodium.h>
#include <time.h>
#include <unistd.h>

#include "core/case/case.h"
#include "unit/core/people/people_fixture.h"
#include "vault/people.h"

static const char password[] = "a long enough password";

static int setup(void **state)
{
	people_setup(state);
	assert_int_equal(add_by_recovery("Bold", "officer", password), 0);
	assert_int_equal(add_by_recovery("Saran", "coordinator", "another long password"), 0);
	return 0;
}

static const char *field(const char *name)
{
	return json_string_value(json_object_get(people->answer.body, name));
}

static void assert_nobody(void)
{
	assert_int_equal(session_role(people->session), PERSON_NONE);
	assert_string_equal(session_name(people->session), "");
	assert_int_equal(session_unit(people->session), 0);
	assert_null(session_unit_secret(people->session));
}

static void test_login_opens_the_unit(void **state)
{
	uint8_t public_key[VAULT_KEY];
	const struct unit *atpu = unit_by_name(people->core.units, "ATPU");

	(void)state;
	assert_nobody();
	assert_int_equal(login("Bold", password), 0);
	assert_string_equal(field("name"), "Bold");
	assert_string_equal(field("role"), "officer");
	assert_string_equal(field("unit"), "ATPU");
	assert_int_equal(session_role(people->session), PERSON_OFFICER);
	assert_string_equal(session_name(people->session), "Bold");
	assert_int_equal(session_unit(people->session), atpu->id);
	crypto_scalarmult_base(public_key, session_unit_secret(people->session));
	assert_memory_equal(public_key, atpu->public_key, VAULT_KEY);
	assert_string_equal(last_audit(), "Bold login  ");
	assert_int_equal(login("Saran", "another long password"), 0); /* the next person takes over */
	assert_int_equal(session_role(people->session), PERSON_COORDINATOR);
	crypto_scalarmult_base(public_key, session_unit_secret(people->session));
	assert_memory_equal(public_key, unit_by_name(people->core.units, "MDTF")->public_key, VAULT_KEY);
}

static void test_wrong_password(void **state)
{
	char known[512];

	(void)state;
	assert_int_equal(login("Bold", "another long password"), HL_EAUTH);
	snprintf(known, sizeof(known), "%s", people->answer.text);
	assert_string_equal(last_audit(), "Bold login.failed  ");
	assert_nobody();
	assert_int_equal(login("Nobody-Of-That-Name", password), HL_EAUTH);
	assert_string_equal(people->answer.text, known); /* told apart by nobody */
	assert_string_equal(last_audit(), "unknown login.failed  ");
	assert_nobody();
	assert_int_equal(login("Bold", password), 0);
	assert_int_equal(login("Bold", "another long password"), HL_EAUTH);
	assert_int_equal(session_role(people->session), PERSON_OFFICER); /* a slip does not end the session there was */
}

static void test_request_without_fields(void **state)
{
	(void)state;
	assert_int_equal(ask(control_login, json_pack("{}")), HL_EINVAL);
	assert_int_equal(ask(control_login, json_pack("{s:s}", "person", "Bold")), HL_EINVAL);
	assert_int_equal(ask(control_login, json_pack("{s:i, s:s}", "person", 5, "password", password)), HL_EINVAL);
	assert_int_equal(login("", password), HL_EINVAL);
}

static void test_idle_ends_it(void **state)
{
	(void)state;
	assert_int_equal(login("Bold", password), 0);
	people->now_ms += 599 * 1000;
	assert_int_equal(session_role(people->session), PERSON_OFFICER);
	session_touch(people->session);
	people->now_ms += 599 * 1000;
	assert_int_equal(session_role(people->session), PERSON_OFFICER);
	people->now_ms += 1000;
	assert_nobody();
	session_touch(people->session); /* too late */
	assert_nobody();
	assert_int_equal(login("Bold", password), 0);
	assert_int_equal(session_role(people->session), PERSON_OFFICER);
}

static void test_idle_timer_wipes(void **state)
{
	(void)state;
	people->config.session_idle_s = 0;
	assert_int_equal(login("Bold", password), 0);
	people->config.session_idle_s = 600; /* but the timer, of one millisecond, comes and finds it used not long ago */
	assert_int_equal(session_role(people->session), PERSON_OFFICER);
	people->now_ms += 600 * 1000;
	people->config.session_idle_s = 0;
	assert_int_equal(event_base_loop(people->core.base, EVLOOP_ONCE), 0);
	people->config.session_idle_s = 3600; /* would be on again, were it only the clock that ended it */
	assert_nobody();
}

static void test_logout(void **state)
{
	(void)state;
	assert_int_equal(login("Bold", password), 0);
	assert_int_equal(ask(control_logout, json_pack("{}")), 0);
	assert_nobody();
	assert_string_equal(last_audit(), "Bold logout  ");
	assert_int_equal(ask(control_logout, json_pack("{}")), 0); /* nobody: fine, and not audited twice */
	assert_nobody();
}

static void test_one_login_at_a_time(void **state)
{
	(void)state;
	send_request(control_login, json_pack("{s:s, s:s}", "person", "Bold", "password", password));
	assert_false(people->answer.given);
	assert_int_equal(ask(control_login, json_pack("{s:s, s:s}", "person", "Bold", "password", password)), HL_EBUSY);
	people->answer.given = false;
	assert_int_equal(wait_answer(), 0);
	assert_int_equal(session_role(people->session), PERSON_OFFICER);
}

static void test_connection_goes_meanwhile(void **state)
{
	(void)state;
	send_request(control_login, json_pack("{s:s, s:s}", "person", "Bold", "password", password));
	people->connection_gone = true;
	session_free(people->session);
	people->session = NULL;
	assert_true(wait_answer() < 0);
	assert_string_equal(last_audit(), "Bold login  "); /* the password was right, and that is written down */
}

static void fail_commit(struct core *core)
{
	store_fail(core->store, HL_EFULL);
}

static void test_not_in_without_audit(void **state)
{
	static const struct turn_hooks hooks = { fail_commit, NULL, NULL };

	(void)state;
	turn_add_hooks(people->core.turn, &hooks);
	assert_int_equal(login("Bold", password), HL_EFULL);
	assert_nobody();
}

static void test_delays(void **state)
{
	static const int64_t rows[] = { 0, 0, 0, 1000, 2000, 4000, 8000, AUTH_DELAY_MAX_MS, AUTH_DELAY_MAX_MS };

	(void)state;
	for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(auth_delay_ms(i), rows[i]);
	assert_int_equal(auth_delay_ms(1000000), AUTH_DELAY_MAX_MS);
}

static int64_t monotonic_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Failures make the next one wait, right or wrong; nobody else waits, and the right password still gets in. */
static void test_failures_make_it_slow_not_impossible(void **state)
{
	int64_t began_ms;

	(void)state;
	for (int i = 0; i < 3; i++)
		assert_int_equal(login("Bold", "not the right password"), HL_EAUTH);
	began_ms = monotonic_ms();
	send_request(control_login, json_pack("{s:s, s:s}", "person", "Bold", "password", password));
	assert_int_equal(wait_answer(), 0);
	assert_true(monotonic_ms() - began_ms >= 900);
	assert_int_equal(session_role(people->session), PERSON_OFFICER);
}

/* By time, or by the right password: then no delay is due. Nine failures without either would wait some minutes in all. */
static void test_failures_are_forgotten(void **state)
{
	(void)state;
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 3; i++)
			assert_int_equal(login("Bold", "not the right password"), HL_EAUTH);
		people->now_ms += AUTH_FORGET_MS + 1;
	}
	for (int round = 0; round < 3; round++) {
		assert_int_equal(login("Bold", "not the right password"), HL_EAUTH);
		assert_int_equal(login("Bold", "not the right password"), HL_EAUTH);
		assert_int_equal(login("Bold", password), 0);
	}
}

static void on_order(void *arg, int err, const struct person_row *person, const uint8_t *unit_secret)
{
	char *order = arg;

	(void)person;
	(void)unit_secret;
	strcat(order, err ? "w" : "r");
}

/* Whoever guesses makes only their own account of the machine wait. */
static void test_another_user_does_not_wait(void **state)
{
	struct auth *auth = sessions_auth(people->core.sessions);
	char order[3] = "";

	(void)state;
	for (int i = 0; i < 3; i++)
		assert_int_equal(login("Bold", "not the right password"), HL_EAUTH);
	assert_int_equal(auth_check(auth, 1000, "login", "Bold", "not the right password", on_order, order), 0);
	assert_int_equal(auth_check(auth, 1001, "login", "Bold", password, on_order, order), 0);
	while (strlen(order) < 2)
		assert_int_equal(event_base_loop(people->core.base, EVLOOP_ONCE), 0);
	turn_end(people->core.turn);
	assert_string_equal(order, "rw");
}

static size_t done_count, done_state;

static void on_done(void *arg, int err, const struct person_row *person, const uint8_t *unit_secret)
{
	(void)arg;
	(void)person;
	assert_true(err != 0 || unit_secret != NULL);
	done_count++;
	done_state += err == HL_ESTATE;
}

/* Bounded, and everything that was begun is ended, also when the program ends. */
static void test_many_at_once(void **state)
{
	struct auth *auth = sessions_auth(people->core.sessions);

	(void)state;
	done_count = done_state = 0;
	for (size_t i = 0; i < AUTH_USER_MAX; i++)
		assert_int_equal(auth_check(auth, 1000, "login", i % 2 ? "Bold" : "Nobody", password, on_done, NULL), 0);
	assert_int_equal(auth_check(auth, 1000, "login", "Saran", password, on_done, NULL), HL_EBUSY);
	for (size_t i = AUTH_USER_MAX; i < AUTH_WAITING_MAX; i++) /* one user keeps the others out of nothing */
		assert_int_equal(auth_check(auth, 1001, "login", i % 2 ? "Bold" : "Nobody", password, on_done, NULL), 0);
	assert_int_equal(auth_check(auth, 1002, "login", "Saran", password, on_done, NULL), HL_EBUSY);
	while (done_count < 2)
		assert_int_equal(event_base_loop(people->core.base, EVLOOP_ONCE), 0);
	turn_end(people->core.turn);
	sessions_free(people->core.sessions);
	people->core.sessions = NULL;
	assert_int_equal(done_count, AUTH_WAITING_MAX);
	assert_true(done_state > 0); /* those that would still have waited */
}

static void test_tampered_rows(void **state)
{
	static struct store_sql swap_sql = {
		"UPDATE person SET secret_blob = (SELECT secret_blob FROM person WHERE name = 'Saran') WHERE name = 'Bold'", 0 };
	static struct store_sql seal_sql = {
		"UPDATE person SET unit_sealed = (SELECT unit_sealed FROM person WHERE name = 'Bold') WHERE name = 'Saran'", 0 };
	static struct store_sql cut_sql = { "UPDATE person SET secret_blob = x'00' WHERE name = 'Saran'", 0 };
	struct store *s = people->core.store;

	(void)state;
	store_begin(s);
	store_run(s, store_stmt(s, &swap_sql));
	store_run(s, store_stmt(s, &seal_sql));
	assert_int_equal(store_commit(s), 0);
	assert_int_equal(login("Bold", "another long password"), HL_ECORRUPT); /* somebody else's key under this name */
	assert_nobody();
	assert_string_equal(last_audit(), "Bold login.failed  corrupt");
	assert_int_equal(login("Saran", "another long password"), HL_ECORRUPT); /* a unit's key that is not sealed to them */
	assert_nobody();
	store_begin(s);
	store_run(s, store_stmt(s, &cut_sql));
	assert_int_equal(store_commit(s), 0);
	assert_int_equal(login("Saran", "another long password"), HL_ECORRUPT);
}

static void assert_not_on_disk(const void *octets, size_t len)
{
	const char *found = scratch_find(&people->scratch, octets, len);

	if (found)
		fail_msg("found in %s", found);
}

static void test_nothing_secret_on_disk(void **state)
{
	uint8_t secret[VAULT_KEY], public_key[VAULT_KEY];

	(void)state;
	assert_non_null(scratch_find(&people->scratch, "Bold", 4)); /* the search does find what is there */
	assert_int_equal(login("typed my secret here", password), HL_EAUTH); /* people do */
	assert_int_equal(login("Bold", password), 0);
	memcpy(secret, session_unit_secret(people->session), VAULT_KEY);
	assert_not_on_disk(secret, VAULT_KEY);
	assert_not_on_disk(password, strlen(password));
	assert_not_on_disk("typed my secret", 15);
	assert_int_equal(vault_recovery_read(people->recovery, secret, public_key), 0);
	assert_not_on_disk(secret, VAULT_KEY);
	assert_not_on_disk(people->recovery, 14);
}

/* Root and our own user can read the database's file; other members of the control group are told of no case until they log in. */
static void test_who_knows_of_cases(void **state)
{
	const struct unit *atpu = unit_by_name(people->core.units, "ATPU"), *apart = unit_by_name(people->core.units, CASE_UNIT_APART);
	const struct { uid_t uid; bool stranger; } rows[] = { { 0, false }, { geteuid(), false }, { geteuid() + 4711, true } };
	struct case_row row = { .unit_id = atpu->id }, other = { .unit_id = apart->id };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct session *s = session_new(&people->core, rows[i].uid);
		assert_int_equal(session_is_stranger(s), rows[i].stranger);
		assert_int_equal(case_visible(&people->core, s, &row), !rows[i].stranger);
		assert_false(case_visible(&people->core, s, &other));
		session_free(s);
	}
	assert_int_equal(login("Bold", password), 0);
	assert_false(session_is_stranger(people->session)); /* whoever's user it is */
	assert_true(case_visible(&people->core, people->session, &row));
	assert_false(case_visible(&people->core, people->session, &other));
}

int main(void)
{
#define T(name) cmocka_unit_test_setup_teardown(name, setup, people_teardown)
	const struct CMUnitTest tests[] = {
		T(test_login_opens_the_unit), T(test_wrong_password), T(test_request_without_fields), T(test_idle_ends_it),
		T(test_idle_timer_wipes), T(test_logout), T(test_one_login_at_a_time), T(test_connection_goes_meanwhile),
		T(test_not_in_without_audit), T(test_delays), T(test_failures_make_it_slow_not_impossible),
		T(test_failures_are_forgotten), T(test_another_user_does_not_wait), T(test_many_at_once), T(test_tampered_rows), T(test_nothing_secret_on_disk),
		T(test_who_knows_of_cases),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
