/* Mails, webhooks and their signatures, octet by octet; what answers of servers mean. */
#include "cm.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "notify/message.h"
#include "notify/verdict.h"

/* The HMAC itself by RFC 4231, test cases 2 and 6 (a key longer than a block), and ours as it is put together. */
static void test_signature(void **state)
{
	static const char hash2[] = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
	static const char hash6[] = "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54";
	unsigned char key[131], mac[crypto_auth_hmacsha256_BYTES];
	char out[MESSAGE_SIGNATURE_MAX], hex[65];
	crypto_auth_hmacsha256_state s;

	(void)state;
	memset(key, 0xaa, sizeof(key));
	crypto_auth_hmacsha256_init(&s, key, sizeof(key));
	crypto_auth_hmacsha256_update(&s, (const unsigned char *)"Test Using Larger Than Block-Size Key - Hash Key First", 54);
	crypto_auth_hmacsha256_final(&s, mac);
	assert_string_equal(sodium_bin2hex(hex, sizeof(hex), mac, sizeof(mac)), hash6);
	crypto_auth_hmacsha256_init(&s, (const unsigned char *)"Jefe", 4);
	crypto_auth_hmacsha256_update(&s, (const unsigned char *)"what do ya want for nothing?", 28);
	crypto_auth_hmacsha256_final(&s, mac);
	assert_string_equal(sodium_bin2hex(hex, sizeof(hex), mac, sizeof(mac)), hash2);
	crypto_auth_hmacsha256_init(&s, (const unsigned char *)"Jefe", 4);
	crypto_auth_hmacsha256_update(&s, (const unsigned char *)"1700000000.{\"a\":1}", 18);
	crypto_auth_hmacsha256_final(&s, mac);
	sodium_bin2hex(hex, sizeof(hex), mac, sizeof(mac));
	message_sign("Jefe", 4, 1700000000, "{\"a\":1}", out);
	assert_memory_equal(out, "t=1700000000,v1=", 16);
	assert_string_equal(out + 16, hex);
}

static void test_mail(void **state)
{
	struct wire_note n = { .address = "duty@example.mn", .key = "7-3-18f", .subject = "1234567: ЯАРАЛТАЙ, Дархан, бэлгийн мөлжлөг\r\nBcc: x@y",
		.text = "Мэдээ 1234567\n.\nмөр" };
	char subject[512] = "", *mail = message_mail(&n, "hotline@example.mn", 0), *at, *end;
	unsigned char part[64];
	size_t len, used = 0;

	(void)state;
	assert_non_null(strstr(mail, "To: <duty@example.mn>\r\n"));
	assert_non_null(strstr(mail, "Message-ID: <hotline-7-3-18f@example.mn>\r\n"));
	assert_non_null(strstr(mail, "Auto-Submitted: auto-generated\r\n"));
	assert_non_null(strstr(mail, "Date: Thu, 1 Jan 1970 00:00:00 +0000\r\n"));
	assert_null(strstr(mail, "Bcc"));
	assert_null(strstr(mail, "\r\n.\r\n"));
	for (at = mail; (end = strstr(at, "\r\n")); at = end + 2)
		assert_true(end - at <= 78);
	for (at = mail; (at = strstr(at, "=?UTF-8?B?")); at = end) { /* each word is whole UTF-8 and decodes for itself */
		at += 10;
		end = strstr(at, "?=");
		assert_int_equal(sodium_base642bin(part, sizeof(part), at, (size_t)(end - at), NULL, &len, NULL,
			sodium_base64_VARIANT_ORIGINAL), 0);
		assert_true((part[0] & 0xc0) != 0x80);
		memcpy(subject + used, part, len);
		used += len;
	}
	assert_string_equal(subject, n.subject);
	free(mail);
}

static void test_verdicts(void **state)
{
	static const struct { bool mail; struct verdict_facts f; enum verdict_outcome outcome; } rows[] = {
		{ true, { .answer = 250, .all_given = true }, VERDICT_SENT },
		{ true, { .trouble = "x", .answer = 451 }, VERDICT_FAILED },
		{ true, { .trouble = "x", .answer = 550 }, VERDICT_FINAL },
		{ true, { .trouble = "x", .answer = 554, .of_server = true }, VERDICT_FAILED },
		{ true, { .trouble = "x", .answer = 530 }, VERDICT_FAILED },
		{ true, { .trouble = "x", .answer = 535, .refused_login = true }, VERDICT_FAILED },
		{ true, { .trouble = "x", .answer = 354 }, VERDICT_FAILED },
		{ true, { .trouble = "x", .answer = 354, .all_given = true }, VERDICT_UNKNOWN },
		{ true, { .trouble = "x", .answer = 452, .all_given = true }, VERDICT_FAILED },
		{ true, { .trouble = "x", .answer = 554, .all_given = true }, VERDICT_FINAL },
		{ true, { .trouble = "x", .certificate = true, .answer = 220 }, VERDICT_FAILED },
		{ true, { .trouble = "x", .answer = 250, .all_given = true }, VERDICT_SENT }, /* it went away at QUIT */
		{ true, { .trouble = "x", .answer = 250 }, VERDICT_FAILED },
		{ true, { .trouble = "x", .answer = 250, .no_tls = true }, VERDICT_FAILED },
		{ false, { .answer = 204 }, VERDICT_SENT }, { false, { .trouble = "too much", .answer = 200 }, VERDICT_SENT },
		{ false, { .answer = 301 }, VERDICT_FINAL }, { false, { .answer = 404 }, VERDICT_FINAL },
		{ false, { .answer = 429 }, VERDICT_FAILED }, { false, { .answer = 503 }, VERDICT_FAILED },
		{ false, { .trouble = "timeout" }, VERDICT_FAILED }, { false, { .trouble = "x", .certificate = true }, VERDICT_FAILED },
	};
	struct verdict v;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		(rows[i].mail ? verdict_mail : verdict_webhook)(&rows[i].f, &v);
		if (v.outcome != rows[i].outcome)
			fail_msg("row %zu: %d (%s)", i, v.outcome, v.why);
	}
}

static void test_check(void **state)
{
	static const struct { const char *channel, *address, *key; bool loopback, right; } rows[] = {
		{ "mail", "duty@example.mn", "1-2-3f", false, true },
		{ "mail", "duty@example.mn>\r\nRCPT TO:<x@example.mn", "1", false, false },
		{ "mail", "duty@example.mn", "1\r\nBcc: x", false, false }, { "mail", "duty@example.mn", "", false, false },
		{ "mail", "https://example.mn", "1", false, false }, { "fax", "duty@example.mn", "1", false, false },
		{ "webhook", "https://example.mn/a?b=c", "1", false, true }, { "webhook", "https://example.mn/\r\nX: y", "1", false, false },
		{ "webhook", "http://127.0.0.1/", "1", false, false }, { "webhook", "http://127.0.0.1/", "1", true, true },
		{ "webhook", "http://example.mn/", "1", true, false }, { "webhook", "smtp://127.0.0.1/", "1", true, false },
	};
	struct wire_note n = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		hl_strlcpy(n.channel, sizeof(n.channel), rows[i].channel);
		hl_strlcpy(n.address, sizeof(n.address), rows[i].address);
		hl_strlcpy(n.key, sizeof(n.key), rows[i].key);
		if ((message_check(&n, rows[i].loopback) == NULL) != rows[i].right)
			fail_msg("row %zu", i);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_signature), cmocka_unit_test(test_mail), cmocka_unit_test(test_check), cmocka_unit_test(test_verdicts),
	};
	return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
