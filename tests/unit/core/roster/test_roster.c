/* The roster: what it takes, and every error by its line; a number never stands in an error. */
#include "cm.h"

#include <stdio.h>
#include <string.h>

#include "conf/conf.h"
#include "core/roster/address.h"
#include "core/roster/roster.h"
#include "scratch.h"

static struct roster *load(const char *text, struct conf_errors *e)
{
	struct scratch s;
	struct roster *r;
	char path[256];
	FILE *f;

	scratch_new(&s);
	f = fopen(scratch_path(&s, "roster.conf", path), "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	memset(e, 0, sizeof(*e));
	r = roster_load(path, "976", e);
	scratch_remove(&s);
	return r;
}

static void test_good(void **state)
{
	static struct conf_errors e;
	const struct number local = { "+97600001001" };
	const struct roster_person *p;
	struct roster *r = load("people = (\n"
		"\t{ name = \"Duty 1\"; role = \"officer\"; number = \"0000 1001\"; },\n"
		"\t{ name = \"Coordinator\"; role = \"coordinator\"; number = \"+976-0000-2001\"; language = \"en\"; },\n"
		"\t{ name = \"Desk\"; role = \"operator\"; number = \"00976 00003001\"; language = \"mn-latn\"; }\n);\n", &e);

	(void)state;
	if (e.count)
		fail_msg("%s", e.list[0].text);
	assert_int_equal(roster_count(r), 3);
	assert_int_equal(roster_count_role(r, ROSTER_OFFICER), 1);
	p = roster_find_number(r, &local);
	assert_non_null(p);
	assert_string_equal(p->name, "Duty 1");
	assert_string_equal(p->language, "mn");
	p = roster_find_name(r, "Coordinator");
	assert_string_equal(p->number.e164, "+97600002001");
	assert_int_equal(p->role, ROSTER_COORDINATOR);
	assert_ptr_equal(roster_person(r, 1), p);
	assert_null(roster_person(r, 3));
	assert_null(roster_find_name(r, "coordinator"));
	roster_free(r);
}

static void test_shipped_file_is_read(void **state)
{
	static struct conf_errors e;
	struct roster *r = roster_load(HL_SRCDIR "/etc/roster.conf", "976", &e);

	(void)state;
	assert_non_null(r);
	assert_int_equal(roster_count(r), 0); /* nobody until somebody is named: a warning of the status, no error */
	roster_free(r);
}

#define ONE "{ name = \"A\"; role = \"officer\"; number = \"+97600001001\"; }"

static void test_errors(void **state)
{
	static const struct { const char *text; int line; const char *says; } rows[] = {
		{ "people = ( { name = \"A\"; role = \"officer\"; } );", 1, "number is missing" },
		{ "people = ( { role = \"officer\"; number = \"+97600001001\"; } );", 1, "name is missing" },
		{ "people = (\n{ name = \"B\"; role = \"officer\"; number = \"+97600001001\";\n mail = \"nobody\"; } );", 3, "mail must be like" },
		{ "people = (\n{ name = \"B\"; role = \"officer\"; number = \"+97600001001\";\n webhook = \"http://a.example/\"; } );", 3,
			"webhook must begin with https://" },
		{ "people = (\n" ONE ",\n{ name = \"A\"; role = \"officer\"; number = \"+97600001002\"; } );", 3, "two people" },
		{ "people = (\n" ONE ",\n{ name = \"B\"; role = \"officer\"; number = \"00976 0000 1001\"; } );", 3, "same number" },
		{ "people = (\n{ name = \"B\";\n role = \"boss\"; number = \"+97600001001\"; } );", 3, "role must be" },
		/* a number that slipped into another place: the log has the first error, and must not have the number */
		{ "people = (\n{ name = \"B\";\n role = \"+97600001001\"; number = \"+97600001001\"; } );", 3, "role must be" },
		{ "people = (\n{ name = \"B\"; role = \"officer\"; number = \"+97600001001\";\n quiet = \"+97600001001\"; } );", 3, "quiet must be" },
		{ "people = (\n{ name = \"B\"; role = \"officer\"; number = \"+97600001001\";\n unit = \"00001001\"; } );", 3, "unit must be" },
		{ "people = (\n{ name = \"B\"; role = \"officer\";\n number = \"+9760000100x\"; } );", 3, "whole telephone number" },
		{ "people = (\n{ name = \"B\"; role = \"officer\";\n number = \"102\"; } );", 3, "whole telephone number" },
		{ "people = (\n{ name = \"B\"; role = \"officer\"; number = \"+97600001001\"; language = \"ru\"; } );", 2, "language" },
		{ "people = (\n{ name = \"B\"; rule = \"officer\"; number = \"+97600001001\"; } );", 2, "did you mean \"role\"" },
		{ "people = ( " ONE " );\nshift = 1;", 2, "unknown key" },
		{ "people = \"A\";", 1, "list of groups" },
		{ "", 0, "people is missing" },
		{ "people = (\n" ONE "\n", 0, "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		static struct conf_errors e;
		char where[32];
		bool said = false;
		assert_null(load(rows[i].text, &e));
		assert_true(e.count > 0);
		if (rows[i].line)
			snprintf(where, sizeof(where), "roster.conf:%d: ", rows[i].line);
		else
			strcpy(where, "roster.conf");
		for (size_t k = 0; k < e.count; k++) {
			said |= strstr(e.list[k].text, where) && strstr(e.list[k].text, rows[i].says);
			assert_null(strstr(e.list[k].text, "0000100"));
		}
		if (!said)
			fail_msg("row %zu: %s", i, e.list[0].text);
	}
}

static void test_addresses(void **state)
{
	static const struct { const char *mail; bool good; } mails[] = {
		{ "duty@example.mn", true }, { "a.b+c@mail.example.mn", true }, { "", false }, { "@example.mn", false }, { "duty@", false },
		{ "a b@example.mn", false }, { "a@b@example.mn", false }, { "duty@example..mn", false }, { ".a@example.mn", false },
		{ "a@example.mn\r\nRCPT TO:<x@example.mn>", false }, { "<a@example.mn>", false }, { "a@[127.0.0.1]", false },
		{ "\"a b\"@example.mn", false }, { "цагдаа@example.mn", false }, { "a@example.mn,b@example.mn", false },
	};
	static const struct { const char *url; bool good; } urls[] = {
		{ "https://example.mn/hook", true }, { "https://example.mn:8443/a?b=c", true }, { "https://[2001:db8::1]:443/", true },
		{ "http://127.0.0.1:80/x", true }, { "http://localhost/", true }, { "http://[::1]:8080/", true },
		{ "http://example.mn/", false }, { "http://127.0.0.1.example.mn/", false }, { "ftp://example.mn/", false },
		{ "https://", false }, { "https:///x", false }, { "https://user:secret@example.mn/", false },
		{ "https://example.mn:/", false }, { "https://example.mn:8a/", false }, { "https://example.mn/ x", false },
		{ "https://example.mn/\nX: y", false }, { "https://example.mn/#a", false }, { "file:///etc/passwd", false },
		{ "https://-@example.mn/", false }, { "https://[::1/", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(mails) / sizeof(mails[0]); i++)
		if (!address_check_mail(mails[i].mail) != mails[i].good)
			fail_msg("mail row %zu", i);
	for (size_t i = 0; i < sizeof(urls) / sizeof(urls[0]); i++)
		if (!address_check_webhook(urls[i].url) != urls[i].good)
			fail_msg("url row %zu", i);
}

/* One look tells all of it. */
static void test_every_error_is_told(void **state)
{
	static struct conf_errors e;

	(void)state;
	assert_null(load("shift = 1;\npeople = (\n{ name = \"B\"; role = \"boss\"; number = \"+97600001001\"; },\n"
		"{ name = \"C\"; role = \"officer\"; number = \"102\"; } );", &e));
	assert_int_equal(e.count, 3);
}

static void test_a_missing_file_is_an_error(void **state)
{
	static struct conf_errors e;

	(void)state;
	assert_null(roster_load("/nonexistent/roster.conf", "976", &e));
	assert_int_equal(e.count, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_shipped_file_is_read),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_every_error_is_told),
		cmocka_unit_test(test_a_missing_file_is_an_error),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
