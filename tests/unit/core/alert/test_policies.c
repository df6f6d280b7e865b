/* Policies as data: the file, what fits, who is rung at each step, when it is exhausted; and the table of an alert's states. */
#include "cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/alert/policy.h"
#include "core/triage/triage.h"
#include "conf/conf.h"
#include "scratch.h"

#define S 1000

/* ---- what fits --------------------------------------------------------------------------------------------------------------- */

static const struct policy_facts night = { TRIAGE_HIGH, TRIAGE_EXPL_SEX, "Bayanzurkh", "ATPU", false, 23 * 60 };

static void test_fits(void **state)
{
	static const struct { struct policy_match m; bool fits; } rows[] = {
		{ { .urgencies = 0 }, true },
		{ { .urgencies = 1u << TRIAGE_HIGH | 1u << TRIAGE_EMERGENCY }, true },
		{ { .urgencies = 1u << TRIAGE_EMERGENCY }, false },
		{ { .exploitations = 1u << TRIAGE_EXPL_SEX }, true },
		{ { .exploitations = 1u << TRIAGE_EXPL_LABOUR }, false },
		{ { .districts = { "Nalaikh", "Bayanzurkh" }, .district_count = 2 }, true },
		{ { .districts = { "Nalaikh" }, .district_count = 1 }, false },
		{ { .unit = "ATPU" }, true },
		{ { .unit = "MDTF" }, false },
		{ { .from_min = 20 * 60, .to_min = 8 * 60 }, true },   /* across midnight */
		{ { .from_min = 8 * 60, .to_min = 20 * 60 }, false },
		{ { .from_min = 23 * 60, .to_min = 23 * 60 + 1 }, true },
		{ { .from_min = 22 * 60, .to_min = 23 * 60 }, false }, /* the end is not with it */
		{ { .from_min = 60, .to_min = 60 }, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (policy_fits(&rows[i].m, &night) != rows[i].fits)
			fail_msg("row %zu", i);
}

/* A conflict of interest is for nobody whom its unit did not choose. */
static void test_apart_fits_only_by_name(void **state)
{
	struct policy_facts f = night;
	struct policy_match m = { .urgencies = 0 };

	(void)state;
	f.apart = true;
	f.unit = "IND";
	assert_false(policy_fits(&m, &f));
	strcpy(m.unit, "IND");
	assert_true(policy_fits(&m, &f));
}

/* ---- steps ------------------------------------------------------------------------------------------------------------------- */

/* persons with the letter of their text, names in brackets. */
static const char *rings(const struct alert_verdict *v, char out[128])
{
	static const char letters[ALERT_TEXTS] = { 'n', 'm', 'e', 'r', 'i' };
	size_t at = 0;

	out[0] = '\0';
	for (size_t i = 0; i < v->ring_count; i++) {
		const char *gap = i ? " " : "";
		if (v->rings[i].name)
			at += (size_t)snprintf(out + at, 128 - at, "%s(%s)%c", gap, v->rings[i].name, letters[v->rings[i].text]);
		else
			at += (size_t)snprintf(out + at, 128 - at, "%s%zu%c", gap, v->rings[i].person, letters[v->rings[i].text]);
	}
	return out;
}

static const struct alert_policy three = { .name = "three", .rounds = 2, .step_count = 3, .steps = {
	{ .whom = POLICY_DUTY | POLICY_COORDINATORS, .wait_s = 60 },
	{ .whom = POLICY_NEXT, .names = { { "Head" }, 1 }, .other_modem = true },
	{ .whom = POLICY_OFFICERS, .wait_s = 30 } } };

static struct alert_rules rules(size_t officers, size_t coordinators)
{
	return (struct alert_rules){ { officers, coordinators }, { 3600 * S, 3600 * S, 900 * S, 300 * S, 120 * S }, &three };
}

static void test_steps_go_round_for_ever(void **state)
{
	static const struct { const char *rings; int64_t wait_s; bool exhausted, other_modem; } rows[] = {
		{ "1e (Head)e", 120, false, true },
		{ "0e 1e", 30, false, false },
		{ "0r 2r", 60, false, false },          /* the second round */
		{ "1r (Head)r", 120, false, true },
		{ "0r 1r", 30, false, false },
		{ "0r 2r", 60, true, false },           /* two rounds are through */
		{ "1r (Head)r", 120, false, true },
		{ "0r 1r", 30, false, false },
		{ "0r 2r", 60, false, false },
		{ "1r (Head)r", 120, false, true },
		{ "0r 1r", 30, false, false },
		{ "0r 2r", 60, true, false },           /* and two more */
	};
	const struct alert_rules r = rules(2, 1);
	struct alert_verdict v;
	char out[128];

	(void)state;
	alert_decide_new(&r, TRIAGE_EMERGENCY, 0, &v);
	assert_string_equal(rings(&v, out), "0n 2n");
	assert_int_equal(v.due_boot_ms, 60 * S);
	assert_false(v.exhausted);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct alert_facts f = { TRIAGE_EMERGENCY, v.step, v.due_boot_ms };
		int64_t now = v.due_boot_ms;
		alert_decide_due(&r, &f, now - 1, &v);
		assert_int_equal(v.ring_count, 0);
		alert_decide_due(&r, &f, now, &v);
		if (strcmp(rings(&v, out), rows[i].rings) != 0 || v.due_boot_ms != now + rows[i].wait_s * S ||
			v.exhausted != rows[i].exhausted || v.other_modem != rows[i].other_modem || !v.escalated)
			fail_msg("row %zu: %s", i, out);
	}
}

/* A step that rings nobody is passed over; where none rings anybody it is exhausted at once, and stays open. */
static void test_empty_steps(void **state)
{
	static const struct alert_policy only_coordinators = { .name = "c", .rounds = 1, .step_count = 2, .steps = {
		{ .whom = POLICY_COORDINATORS }, { .whom = POLICY_DUTY } } };
	struct alert_rules r = { { 1, 0 }, { 3600 * S, 3600 * S, 900 * S, 300 * S, 120 * S }, &only_coordinators };
	struct alert_facts f = { TRIAGE_HIGH, 0, 0 };
	struct alert_verdict v;
	char out[128];

	(void)state;
	alert_decide_new(&r, TRIAGE_HIGH, 0, &v);
	assert_string_equal(rings(&v, out), "0e");
	assert_int_equal(v.step, 1);
	r.chain.officers = 0;
	alert_decide_new(&r, TRIAGE_HIGH, 0, &v);
	assert_int_equal(v.ring_count, 0);
	assert_true(v.exhausted);
	assert_int_equal(v.due_boot_ms, 300 * S);
	alert_decide_due(&r, &f, 10, &v);
	assert_int_equal(v.ring_count, 0);
	assert_true(v.exhausted);
	assert_int_equal(v.due_boot_ms, 10 + 300 * S);
}

static void test_failed(void **state)
{
	static const struct { int64_t step; const char *name; size_t person; const char *rings; } rows[] = {
		{ 0, NULL, 0, "1e (Head)e" },   /* whose turn it is */
		{ 0, NULL, 2, "" },             /* rung beside */
		{ 1, NULL, 1, "0e 1e" },
		{ 1, "Head", 0, "" },
		{ 2, NULL, 0, "" },             /* the end of a round waits for its deadline */
		{ 3, NULL, 0, "1r (Head)r" },
	};
	const struct alert_rules r = rules(2, 1);
	char out[128];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct alert_facts f = { TRIAGE_HIGH, rows[i].step, 9000 };
		struct alert_verdict v;
		if (rows[i].name)
			alert_decide_failed_name(&r, &f, rows[i].name, 100, &v);
		else
			alert_decide_failed(&r, &f, rows[i].person, 100, &v);
		if (strcmp(rings(&v, out), rows[i].rings) != 0)
			fail_msg("row %zu: %s", i, out);
	}
}

/* Which channel of which step a row of the outbox is must be read back after a restart as it was written. */
static void test_places(void **state)
{
	struct alert_policy p = { .name = "p", .rounds = 1, .step_count = POLICY_STEPS_MAX };
	size_t channel;

	(void)state;
	for (size_t i = 0; i < POLICY_STEPS_MAX; i++)
		p.steps[i].channel_count = i % (POLICY_CHANNELS + 1);
	for (int64_t step = 0; step < 3 * POLICY_STEPS_MAX; step++) { /* step goes on through the rounds */
		size_t at = (size_t)step % POLICY_STEPS_MAX;
		for (size_t c = 0; c < p.steps[at].channel_count; c++) {
			int64_t place = policy_place(&p, step, c);
			assert_true(place > 0); /* 0 is none */
			assert_ptr_equal(policy_step_at(&p, place, &channel), &p.steps[at]);
			assert_int_equal(channel, c);
			assert_int_equal(policy_text_at(place), at == 0 ? ALERT_TEXT_NEW : ALERT_TEXT_ESCALATION);
		}
		assert_null(policy_step_at(&p, policy_place(&p, step, p.steps[at].channel_count), &channel)); /* the file has fewer by now */
	}
	assert_null(policy_step_at(&p, 0, &channel));
	assert_null(policy_step_at(&p, -1, &channel));
	assert_null(policy_step_at(NULL, policy_place(&p, 1, 0), &channel)); /* the policy is gone */
	p.step_count = 1;
	assert_null(policy_step_at(&p, 8 + 1, &channel));
}

/* ---- the file ---------------------------------------------------------------------------------------------------------------- */

static struct scratch scratch;

static struct alert_policies *load(const char *text, struct conf_errors *e)
{
	static const char people[] = "people = ( { name = \"Head\"; role = \"coordinator\"; number = \"+97600002001\"; } );";
	char path[256], roster_path[256];
	struct alert_policies *all;
	struct roster *roster;
	FILE *f = fopen(scratch_path(&scratch, "roster.conf", roster_path), "w");

	fputs(people, f);
	fclose(f);
	f = fopen(scratch_path(&scratch, "alerts.conf", path), "w");
	fputs(text, f);
	fclose(f);
	roster = roster_load(roster_path, "976", e);
	assert_non_null(roster);
	all = policies_load(path, roster, NULL, e);
	roster_free(roster);
	return all;
}

/* A district that triage never names would be a rule that never fires. */
static void test_districts_are_those_of_triage(void **state)
{
	static const char head[] = "policies = ( { name = \"d\"; districts = \"%s\"; steps = ( { ring = \"duty\"; } ); } );";
	static const struct { const char *list; const char *says; } rows[] = {
		{ "Bayanzurkh", NULL }, { "Bayanzurkh, Nalaikh", NULL }, { "bayanzurkh", "\"bayanzurkh\" is no district" },
		{ "Bayanzurkh, Nowhere", "\"Nowhere\" is no district" },
	};
	struct triage_rules *rules = NULL;
	struct hl_reason why = { "" };

	(void)state;
	assert_int_equal(triage_load(HL_SRCDIR "/etc/triage", &rules, &why), 0);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		static struct conf_errors e;
		struct alert_policies *all;
		char text[200], path[256];
		FILE *f = fopen(scratch_path(&scratch, "alerts.conf", path), "w");
		snprintf(text, sizeof(text), head, rows[i].list);
		fputs(text, f);
		fclose(f);
		memset(&e, 0, sizeof(e));
		all = policies_load(path, NULL, rules, &e);
		assert_int_equal(all != NULL, rows[i].says == NULL);
		if (rows[i].says)
			assert_non_null(strstr(e.list[0].text, rows[i].says));
		policies_free(all);
	}
	triage_free(rules);
}

static void test_a_file_with_everything(void **state)
{
	static struct conf_errors e;
	struct alert_policies *all = load("text_every_s = 30; fallback = \"Head\"; siren_file = \"siren\"; tell_texter = true;\n"
		"act_emergency_min = 5;\n"
		"policies = ( { name = \"night\"; priorities = \"emergency, high\"; types = \"sex\"; unit = \"ATPU\"; hours = \"20:00-08:00\"; "
		"rounds = 2; steps = ( { ring = \"duty, Head\"; wait_s = 90; }, { ring = \"next\"; other_modem = true; channels = \"mail, other_sms\"; } ); } );\n"
		"notices = ( { name = \"old\"; referral_hours = 24; } );\n", &e);

	(void)state;
	conf_errors_print(stderr, &e);
	assert_non_null(all);
	assert_int_equal(all->count, 1);
	assert_int_equal(all->list[0].step_count, 2);
	assert_int_equal(all->list[0].steps[0].whom, POLICY_DUTY);
	assert_string_equal(all->list[0].steps[0].names.list[0], "Head");
	assert_int_equal(all->list[0].steps[0].wait_s, 90);
	assert_true(all->list[0].steps[1].other_modem);
	assert_int_equal(all->list[0].steps[0].channel_count, 0);
	assert_int_equal(all->list[0].steps[1].channel_count, 2);
	assert_int_equal(all->list[0].steps[1].channels[0], POLICY_MAIL);
	assert_int_equal(all->list[0].steps[1].channels[1], POLICY_SMS_OTHER);
	assert_int_equal(all->list[0].rounds, 2);
	assert_ptr_equal(policy_choose(all, &night), &all->list[0]);
	assert_ptr_equal(policy_named(all, "night"), &all->list[0]);
	assert_null(policy_named(all, "day"));
	assert_int_equal(all->act_min[TRIAGE_EMERGENCY], 5);
	assert_int_equal(all->notices[0].referral_h, 24);
	assert_non_null(strstr(all->siren_file, "/siren")); /* beside the file */
	assert_int_equal(policies_longest_ms(all), 60 * 60000); /* to act on what is urgent */
	policies_free(all);
}

static void test_mistakes_are_told_with_their_line(void **state)
{
	static const struct { const char *text, *told; } rows[] = {
		{ "policies = (\n{ name = \"a\"; steps = ( { ring = \"dutty\"; } ); } );", "alerts.conf:2: \"dutty\" is nobody of the roster" },
		{ "policies = ( { name = \"a\"; steps = ( ); } );", "has no step" },
		{ "policies = ( { name = \"a\"; steps = (\n{ ring = \",\"; } ); } );", ":2: ring names nobody" },
		{ "policies = ( { name = \"a\"; priorities = \"urgent\"; steps = ( { ring = \"duty\"; } ); } );", "\"urgent\" is no priority" },
		{ "policies = ( { name = \"a\"; types = \"sex, work\"; steps = ( { ring = \"duty\"; } ); } );", "\"work\" is no type" },
		{ "policies = ( { name = \"a\"; unit = \"XX\"; steps = ( { ring = \"duty\"; } ); } );", "unit \"XX\"" },
		{ "policies = ( { name = \"a\"; hours = \"8-20\"; steps = ( { ring = \"duty\"; } ); } );", "hours \"8-20\"" },
		{ "policies = ( { name = \"a\"; steps = ( { ring = \"duty\"; } ); }, { name = \"a\"; steps = ( { ring = \"duty\"; } ); } );",
			"two policies are named \"a\"" },
		{ "policies = ( { name = \"a\"; steps = ( { ring = \"duty\"; wait = 3; } ); } );", "wait" },
		{ "policies = ( { name = \"a\"; steps = ( { ring = \"duty\"; channels = \"sms, fax\"; } ); } );", "\"fax\" must be one of" },
		{ "policies = ( { name = \"a\"; steps = ( { ring = \"duty\"; channels = \"sms, sms\"; } ); } );", "\"sms\" must be one of" },
		{ "text_every_s = -1;", "text_every_s" },
		{ "fallback = \"Nobody\";", "\"Nobody\" is nobody" },
		{ "notices = ( { name = \"n\"; }, { name = \"n\"; } );", "two notices are named \"n\"" },
		{ "siren = \"x\";", "siren" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		static struct conf_errors e;
		memset(&e, 0, sizeof(e));
		assert_null(load(rows[i].text, &e));
		if (e.count != 1 || !strstr(e.list[0].text, rows[i].told))
			fail_msg("row %zu: %zu errors, %s", i, e.count, e.list[0].text);
	}
}

static int setup(void **state)
{
	(void)state;
	scratch_new(&scratch);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	scratch_remove(&scratch);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fits),
		cmocka_unit_test(test_apart_fits_only_by_name),
		cmocka_unit_test(test_steps_go_round_for_ever),
		cmocka_unit_test(test_empty_steps),
		cmocka_unit_test(test_failed),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_districts_are_those_of_triage),
		cmocka_unit_test(test_a_file_with_everything),
		cmocka_unit_test(test_mistakes_are_told_with_their_line),
	};
	return cmocka_run_group_tests(tests, setup, teardown);
}
