/* ussd-gateway.conf: what is read, and each error with its line and the mend. */
#include "cm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "scratch.h"
#include "ussd/settings.h"

#define WORDS "away = \"a\"; again = \"b\"; away_translit = \"c\"; again_translit = \"d\";\n"
#define ONE(more) WORDS "listeners = ( {\n name = \"op\"; profile = \"hubtel\"; listen = \"127.0.0.1:8071\"; secret_file = \"good\";\n " more "\n} );\n"
#define BARE(text) WORDS "listeners = ( {\n" text "\n} );\n"

static struct settings settings;
static struct conf_errors errors;

static void write_file(const struct scratch *s, const char *name, const char *text)
{
	char path[256];
	FILE *f = fopen(scratch_path(s, name, path), "w");

	fputs(text, f);
	fclose(f);
	chmod(path, strcmp(name, "open") == 0 ? 0644 : 0600);
}

static bool read_text(const struct scratch *s, const char *text)
{
	char path[256];

	write_file(s, "good", "0123456789abcdef\nnot this\n");
	write_file(s, "short", "0123\n");
	write_file(s, "open", "0123456789abcdef");
	write_file(s, "ussd-gateway.conf", text);
	memset(&settings, 0, sizeof(settings));
	memset(&errors, 0, sizeof(errors));
	return settings_read(scratch_path(s, "ussd-gateway.conf", path), &settings, &errors);
}

static void test_good(void **state)
{
	struct scratch s;
	char path[256];

	(void)state;
	scratch_new(&s);
	assert_true(read_text(&s, ONE("")));
	assert_int_equal(settings.count, 1);
	assert_ptr_equal(settings.listener[0].codec, &codec_hubtel);
	assert_string_equal(settings.listener[0].secret, "0123456789abcdef");
	assert_string_equal(settings.listener[0].words->away, "a");
	assert_int_equal(settings.listener[0].reply_ms, 3000);
	assert_string_equal(settings.socket, "/run/hotlined/ussd.sock");
	assert_true(read_text(&s, "socket = \"u.sock\"; sessions_max = 7;" ONE("charset = \"translit\"; path = \"/\"; reply_ms = 500;")));
	assert_string_equal(settings.listener[0].words->again, "d");
	assert_string_equal(settings.socket, scratch_path(&s, "u.sock", path));
	assert_true(read_text(&s, BARE("name = \"op\"; profile = \"infobip\"; listen = \"[::]:8071\"; allow = \"192.0.2.0/24\";")));
	assert_true(read_text(&s, ONE("allow = \"192.0.2.0/24\"; proxy = \"127.0.0.1\";")));
	scratch_remove(&s);
}

static void test_errors(void **state)
{
	static const struct { const char *text; int line; const char *words; } rows[] = {
		{ "listeners = ( );\n" WORDS, 1, "listeners is empty" },
		{ WORDS, 0, "listeners is missing" },
		{ "away = \"a\"; again = \"b\"; away_translit = \"c\"; listeners = ();", 0, "again_translit is missing" },
		{ "country = \"MN\";" WORDS "listeners = ( );", 1, "country must be the digits" },
		{ "away = \"жжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжж\"; again = \"b\";\naway_translit = \"ж\";"
		  "again_translit = \"d\"; listeners = ();", 1, "away has 81 characters, but a screen has 80" },
		{ "away = \"a\"; again = \"b\";\naway_translit = \"ж\"; again_translit = \"d\"; listeners = ();", 2, "away_translit must be of plain Latin" },
		{ ONE("charset = \"latin\";"), 4, "charset must be \"unicode\" or \"translit\"" },
		{ ONE("path = \"ussd\";"), 4, "path must begin with /" },
		{ ONE("path = \"/ussd/\";"), 4, "path must begin with /" },
		{ ONE("secret_header = \"a b\";"), 4, "secret_header must be of letters" },
		{ ONE("allow = \"192.0.2.0/24 nowhere\"; proxy = \"127.0.0.1\";"), 4, "entry 2 of allow is no address: write 192.0.2.7" },
		{ ONE("allow = \"192.0.2.0/24\";"), 4, "name its address in proxy" },
		{ ONE("reply_ms = 1;"), 4, "reply_ms is 1 but must be between 100 and 30000" },
		{ ONE("secret_fil = \"x\";"), 4, "did you mean \"secret_file\"?" },
		{ ONE("body_max = \"1\";"), 4, "body_max must be a whole number" },
		{ BARE("name = \"op\"; profile = \"hubtel\"; listen = \"127.0.0.1:8071\";"), 3, "anybody could speak for the operator" },
		{ BARE("name = \"op\"; profile = \"hubtel\";\nlisten = \"0.0.0.0:8071\"; secret_file = \"good\";"), 4, "there is no TLS here: listen on 127.0.0.1" },
		{ BARE("name = \"op\"; profile = \"hubtel\"; listen = \"127.0.0.1:8071\";\nsecret_file = \"short\";"), 4, "at least 16 characters: openssl rand" },
		{ BARE("name = \"op\"; profile = \"hubtel\"; listen = \"127.0.0.1:8071\";\nsecret_file = \"none\";"), 4, "secret_file: " },
		{ BARE("name = \"op\"; profile = \"hubtel\"; listen = \"127.0.0.1:8071\";\nsecret_file = \"open\";"), 4, "chmod 0640 it" },
		{ BARE("name = \"op\"; profile = \"nalo\"; listen = \"127.0.0.1:8071\"; secret_file = \"good\";"), 3, "profile must be africastalking" },
		{ BARE("name = \"op\"; profile = \"hubtel\";\n\nlisten = \"localhost:8071\"; secret_file = \"good\";"), 5, "listen must be an address and a port" },
		{ BARE("name = \"op\"; profile = \"hubtel\"; listen = \"127.0.0.1:80710\"; secret_file = \"good\";"), 3, "listen must be" },
		{ BARE("name = \"op\"; profile = \"hubtel\"; listen = \"127.0.0.1:\"; secret_file = \"good\";"), 3, "listen must be" },
		{ BARE("name = \"modem\"; profile = \"hubtel\"; listen = \"127.0.0.1:8071\"; secret_file = \"good\";"), 3, "take another name" },
		{ BARE("name = \"Op 1\"; profile = \"hubtel\"; listen = \"127.0.0.1:8071\"; secret_file = \"good\";"), 3, "name must be of a-z" },
		{ BARE("name = \"op\"; profile = \"hubtel\"; listen = \"127.0.0.1:1\"; secret_file = \"good\"; },\n{ name = \"op\"; profile = \"hubtel\"; "
		  "listen = \"127.0.0.1:2\"; secret_file = \"good\";"), 4, "two listeners have this name" },
		{ BARE("name = \"op\"; profile = \"hubtel\"; listen = \"127.0.0.1:1\"; secret_file = \"good\"; },\n{ name = \"op2\"; profile = \"hubtel\"; "
		  "listen = \"127.0.0.1:1\"; secret_file = \"good\";"), 4, "two listeners have this address" },
	};
	struct scratch s;
	char line[32];

	(void)state;
	scratch_new(&s);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		bool found = false;
		print_message("row %zu\n", i);
		assert_false(read_text(&s, rows[i].text));
		snprintf(line, sizeof(line), "ussd-gateway.conf:%d: ", rows[i].line);
		for (size_t k = 0; k < errors.count; k++) {
			print_message("  %s\n", errors.list[k].text);
			found |= strstr(errors.list[k].text, rows[i].words) && (!rows[i].line || strstr(errors.list[k].text, line));
		}
		assert_true(found);
	}
	scratch_remove(&s);
}

/* The file as shipped names no operator, and its comment shows one that would do. */
static void test_shipped(void **state)
{
	static char text[16384], sample[16384];
	FILE *f = fopen(HL_SRCDIR "/etc/ussd-gateway.conf", "r");
	size_t len = fread(text, 1, sizeof(text) - 1, f);
	char *at = sample, *line, *rest = text, *secret;
	bool inside = false;
	struct scratch s;

	(void)state;
	fclose(f);
	text[len] = '\0';
	scratch_new(&s);
	assert_false(read_text(&s, text));
	assert_int_equal(errors.count, 1);
	assert_non_null(strstr(errors.list[0].text, "listeners is empty"));
	while ((line = strsep(&rest, "\n"))) {
		inside |= strncmp(line, "// listeners = (", 16) == 0;
		if (strncmp(line, "listeners", 9) != 0 && (inside || strncmp(line, "//", 2) != 0))
			at = stpcpy(stpcpy(at, inside && *line == '/' ? line + (line[2] ? 3 : 2) : line), "\n");
		inside &= strncmp(line, "// );", 5) != 0;
	}
	secret = strstr(sample, "/etc/hotlined/operator1.secret");
	memmove(secret, "good", 4);
	memmove(secret + 4, secret + 30, strlen(secret + 30) + 1);
	read_text(&s, sample);
	conf_errors_print(stdout, &errors);
	assert_int_equal(errors.count, 0);
	assert_int_equal(settings.count, 1);
	scratch_remove(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_good), cmocka_unit_test(test_errors), cmocka_unit_test(test_shipped) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
