/* The wording: the files as shipped are whole and short enough, texts are rendered as written, and a slip in a file
 * is told with its line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "cm.h"
#include "conf/conf.h"
#include "core/config/config.h"
#include "core/config/wording.h"
#include "core/triage/triage.h"
#include "text/sms.h"

#define REAL HL_SRCDIR "/etc/wording"

static void fail_with(const struct conf_errors *e)
{
	conf_errors_print(stderr, e);
	fail();
}

static int setup(void **state)
{
	struct conf_errors e = { .count = 0 };

	*state = wording_load(REAL, &e);
	if (!*state)
		fail_with(&e);
	return 0;
}

static int teardown(void **state)
{
	wording_free(*state);
	return 0;
}

static void test_every_key_in_every_language(void **state)
{
	static const struct wording_arg widest[] = { { "code", "12345678" }, { "prio", "EMERGENCY" }, { "dist", "SKhD" },
		{ "type", "sexual exploitation" }, { "min", "999" }, { "n", "999" }, { "n1", "9999" }, { "n2", "999" },
		{ "n3", "999" },
		{ "n4", "9999" }, { "date", "12-31" }, { "ans", "A" }, { "port", "m1" }, { "ack", "12345678" }, { "role", "the coordinator" },
		{ "names", "Twenty-eight characters long" }, { "next", "Fourteen chars" }, { NULL, NULL } };
	char out[1024];

	for (size_t i = 0; i < wording_key_count; i++) {
		for (int lang = 0; lang < WORDING_LANGUAGES; lang++) {
			struct sms_cut cut;
			int len = wording_render(*state, wording_keys[i].name, (enum wording_language)lang, widest, out, sizeof(out));
			assert_true(len >= 0);
			assert_int_equal(len, strlen(out));
			assert_null(strpbrk(out, "{}"));
			assert_int_equal(sms_measure(out, (size_t)len, &cut), 0);
			/* English labels are wider than the Mongolian texts are measured for */
			if (lang != WORDING_MN)
				assert_true(cut.coding == SMS_GSM7 && cut.parts <= (size_t)wording_keys[i].parts);
		}
	}
}

static void test_labels_of_every_verdict(void **state)
{
	char key[64], out[128];

	for (int lang = 0; lang < WORDING_LANGUAGES; lang++) {
		for (int u = TRIAGE_LOW; u < TRIAGE_URGENCIES; u++) {
			snprintf(key, sizeof(key), "prio.%s", triage_urgency_name((enum triage_urgency)u));
			assert_true(wording_render(*state, key, (enum wording_language)lang, NULL, out, sizeof(out)) > 0);
		}
		for (int x = 0; x < TRIAGE_EXPLOITATIONS; x++) {
			snprintf(key, sizeof(key), "type.%s", triage_exploitation_name((enum triage_exploitation)x));
			assert_true(wording_render(*state, key, (enum wording_language)lang, NULL, out, sizeof(out)) > 0);
		}
	}
}

static void test_render(void **state)
{
	static const struct {
		const char *key;
		enum wording_language lang;
		struct wording_arg args[6];
		const char *text;
	} rows[] = {
		{ "receipt.discreet", WORDING_EN, { { "code", "1234567" } }, "Received. 1234567" },
		{ "receipt.discreet", WORDING_MN, { { "code", "1234567" } }, "Хүлээн авлаа. 1234567" },
		{ "receipt.discreet", WORDING_MN_LATN, { { "code", "1234567" } }, "Khuleen avlaa. 1234567" },
		{ "receipt.none", WORDING_EN, { { NULL, NULL } }, "" },
		{ "emergency.short", WORDING_EN, { { NULL, NULL } }, "If urgent: 102." },
		{ "emergency.short", WORDING_EN, { { "police", "112" } }, "If urgent: 112." },
		{ "optout.already", WORDING_MN, { { NULL, NULL } }, "Та жагсаалтад байхгүй байна. Авах бол ЭХЛЭХ гэж бичнэ үү." },
		{ "alert.new", WORDING_EN, { { "code", "1234567" }, { "prio", "HIGH" }, { "dist", "BZD" }, { "type", "online" }, { "ack", "4711" } },
			"Case 1234567: HIGH, BZD, online. Reply OK 4711" },
		{ "dist.Khan-Uul", WORDING_MN, { { NULL, NULL } }, "ХУД" },
		{ "dist.unknown", WORDING_EN, { { NULL, NULL } }, "?" },
		{ "type.sex", WORDING_MN_LATN, { { NULL, NULL } }, "belgiin muljlug" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char out[512];
		int len = wording_render(*state, rows[i].key, rows[i].lang, rows[i].args, out, sizeof(out));
		assert_string_equal(out, rows[i].text);
		assert_int_equal(len, strlen(rows[i].text));
	}
}

static void test_render_refuses(void **state)
{
	char out[18];
	const struct wording_arg args[] = { { "code", "1234567" }, { NULL, NULL } };

	assert_int_equal(wording_render(*state, "receipt.nothing", WORDING_EN, NULL, out, sizeof(out)), HL_ENOENT);
	assert_int_equal(wording_render(*state, "dist.Atlantis", WORDING_EN, NULL, out, sizeof(out)), HL_ENOENT);
	assert_int_equal(wording_render(*state, "receipt.discreet", WORDING_EN, args, out, 18), 17);
	assert_int_equal(wording_render(*state, "receipt.discreet", WORDING_EN, args, out, 17), HL_ERANGE);
	assert_int_equal(wording_render(*state, "receipt.discreet", WORDING_EN, args, out, 0), HL_ERANGE);
}

static void test_words_of_the_configuration(void **state)
{
	struct conf_errors e = { .count = 0 };
	struct config c = { .police = "112" };
	char out[128];

	wording_use_config(*state, &c, &e);
	assert_int_equal(e.count, 0);
	wording_render(*state, "emergency.short", WORDING_MN, NULL, out, sizeof(out));
	assert_string_equal(out, "Яаралтай бол 112.");
	wording_render(*state, "help.law", WORDING_EN, NULL, out, sizeof(out));
	assert_non_null(strstr(out, "108"));
	hl_strlcpy(c.police, sizeof(c.police), "123456789012345"); /* too long for some Mongolian texts */
	wording_use_config(*state, &c, &e);
	assert_true(e.count > 0);
	assert_non_null(strstr(e.list[0].text, "mn.conf:"));
	assert_non_null(strstr(e.list[0].text, "takes 2 messages"));
}

/* ---- slips in a file ------------------------------------------------------------------------- */

/* Copies a file; the line that begins with key becomes the other one. Returns the line's number, 0 if there is none. */
static int copy_changed(const char *from, const char *to, const char *key, const char *line)
{
	FILE *in = fopen(from, "re"), *out = fopen(to, "we");
	char *buf = NULL;
	size_t size = 0;
	int number = 0, at = 0;

	assert_true(in && out);
	while (getline(&buf, &size, in) >= 0) {
		number++;
		if (key && strncmp(buf, key, strlen(key)) == 0 && buf[strlen(key)] == ' ') {
			at = number;
			fprintf(out, "%s\n", line);
		} else {
			fputs(buf, out);
		}
	}
	free(buf);
	fclose(in);
	fclose(out);
	return at;
}

static void check_slip(const char *file, const char *key, const char *line, const char *message)
{
	static const char *const files[] = { "mn.conf", "mn-latn.conf", "en.conf" };
	char dir[] = "/tmp/test_wording.XXXXXX", from[300], to[300], expected[400];
	struct conf_errors e = { .count = 0 };
	struct wording *w;

	assert_non_null(mkdtemp(dir));
	for (size_t i = 0; i < 3; i++) {
		bool here = strcmp(files[i], file) == 0;
		snprintf(from, sizeof(from), REAL "/%s", files[i]);
		snprintf(to, sizeof(to), "%s/%s", dir, files[i]);
		int at = copy_changed(from, to, here ? key : NULL, line);
		if (here && *line)
			snprintf(expected, sizeof(expected), "%s:%d: %s", to, at, message);
		else if (here)
			snprintf(expected, sizeof(expected), "%s: %s", to, message);
	}
	w = wording_load(dir, &e);
	if (w || e.count == 0 || strncmp(e.list[0].text, expected, strlen(expected)) != 0) {
		fprintf(stderr, "expected %s\n", expected);
		fail_with(&e);
	}
	for (size_t i = 0; i < 3; i++) {
		snprintf(to, sizeof(to), "%s/%s", dir, files[i]);
		unlink(to);
	}
	rmdir(dir);
}

static void test_slips(void **state)
{
	static const struct { const char *file, *key, *line, *message; } rows[] = {
		{ "en.conf", "receipt-discreet", "", "receipt-discreet is missing" },
		{ "mn.conf", "dist-unknown", "", "dist-unknown is missing" },
		{ "mn.conf", "dist-Bayangol", "", "dist-Bayangol is missing, but another language has it" },
		{ "en.conf", "receipt-discreet", "receipt-discreet = \"Got it: {cod}\";",
			"receipt.discreet: unknown placeholder {cod}: it has code" },
		{ "en.conf", "q-safe", "q-safe = \"{code}?\";", "q.safe: unknown placeholder {code}" },
		{ "en.conf", "receipt-discreet", "receipt-discreet = \"Got {code\";", "receipt.discreet: a bracket { or }" },
		{ "en.conf", "receipt-discreet", "receipt-discreet = \"Got code}\";", "receipt.discreet: a bracket { or }" },
		{ "en.conf", "receipt-discreet", "receipt-discret = \"Got {code}\";",
			"unknown text \"receipt-discret\": did you mean \"receipt-discreet\"" },
		{ "en.conf", "receipt-discreet", "receipt-discreet = 5;", "receipt-discreet must be a text" },
		{ "en.conf", "alert-new", "alert-new = \" \";", "alert.new must not be empty" },
		{ "mn-latn.conf", "help-what", "help-what = \"хүүхэд\";",
			"help.what: the character U+0445 is not in the GSM alphabet" },
		{ "mn.conf", "receipt-standard",
			"receipt-standard = \"Хүлээн авлаа, баярлалаа. Код: {code}. Нэмэх зүйл байвал бичээрэй!!!!!\";",
			"receipt.standard takes 2 messages (71 units with the widest values) but may take 1" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		check_slip(rows[i].file, rows[i].key, rows[i].line, rows[i].message);
}

/* A label that is too wide makes the text too long where it stands, in another line. */
static void test_wide_label(void **state)
{
	struct conf_errors e = { .count = 0 };
	char dir[] = "/tmp/test_wording.XXXXXX", to[300];
	bool told = false;

	(void)state;
	assert_non_null(mkdtemp(dir));
	snprintf(to, sizeof(to), "%s/mn.conf", dir);
	copy_changed(REAL "/mn.conf", to, "type-labour", "type-labour = \"хөдөлмөрийн мөлжлөг\";");
	assert_null(wording_load(dir, &e)); /* and the other two files are missing */
	for (size_t i = 0; i < e.count; i++)
		told = told || strstr(e.list[i].text, "alert.new takes 2 messages (73 units");
	assert_true(told);
	assert_non_null(strstr(e.list[0].text, "/mn-latn.conf: cannot open"));
	unlink(to);
	rmdir(dir);
}

static void test_districts_of_the_rules_have_labels(void **state)
{
	struct conf_errors e = { .count = 0 };
	struct triage_rules *rules;
	struct hl_reason why;
	const char *district;

	if (triage_load(HL_SRCDIR "/etc/triage", &rules, &why))
		fail_msg("%s", why.text);
	for (size_t i = 0; (district = triage_district_name(rules, i, NULL)); i++)
		wording_need_district(*state, district, &e);
	if (e.count)
		fail_with(&e);
	triage_free(rules);
	wording_need_district(*state, "Atlantis", &e);
	assert_int_equal(e.count, WORDING_LANGUAGES);
	assert_non_null(strstr(e.list[2].text, "/en.conf: dist-Atlantis is missing"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_every_key_in_every_language, setup, teardown),
		cmocka_unit_test_setup_teardown(test_labels_of_every_verdict, setup, teardown),
		cmocka_unit_test_setup_teardown(test_render, setup, teardown),
		cmocka_unit_test_setup_teardown(test_render_refuses, setup, teardown),
		cmocka_unit_test_setup_teardown(test_words_of_the_configuration, setup, teardown),
		cmocka_unit_test_setup_teardown(test_districts_of_the_rules_have_labels, setup, teardown),
		cmocka_unit_test(test_slips),
		cmocka_unit_test(test_wide_label),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
