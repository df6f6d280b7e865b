/* People's keys and the recovery key on paper. */
#include "cm.h"

#include <ctype.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "vault/people.h"

static const char password[] = "correct horse battery";

static void test_person(void **state)
{
	uint8_t public_key[VAULT_KEY], secret[VAULT_KEY], out[VAULT_KEY], blob[VAULT_PERSON_BLOB], again[VAULT_PERSON_BLOB];

	(void)state;
	vault_keypair_new(public_key, secret);
	assert_int_equal(vault_person_seal(password, &vault_cost_least, secret, blob), 0);
	assert_int_equal(vault_person_open(password, blob, out), 0);
	assert_memory_equal(out, secret, VAULT_KEY);
	assert_int_equal(vault_person_open("correct horse batterz", blob, out), HL_EAUTH);
	assert_int_equal(vault_person_open("", blob, out), HL_EAUTH);
	assert_int_equal(vault_person_seal(password, &vault_cost_least, secret, again), 0);
	assert_memory_not_equal(blob, again, sizeof(blob)); /* another salt */
	assert_null(memmem(blob, sizeof(blob), secret, VAULT_KEY));
}

static void test_person_blob_damaged(void **state)
{
	uint8_t secret[VAULT_KEY] = { 7 }, out[VAULT_KEY], blob[VAULT_PERSON_BLOB];

	(void)state;
	assert_int_equal(vault_person_seal(password, &vault_cost_least, secret, blob), 0);
	for (size_t i = 0; i < sizeof(blob); i++) {
		blob[i] ^= 1;
		assert_true(vault_person_open(password, blob, out) < 0);
		blob[i] ^= 1;
	}
	memset(blob + 16 + 8, 0xff, 8); /* asks for all memory there is: refused without trying */
	assert_int_equal(vault_person_open(password, blob, out), HL_ECORRUPT);
}

static void test_password_lengths(void **state)
{
	uint8_t secret[VAULT_KEY] = { 7 }, blob[VAULT_PERSON_BLOB];
	char longest[VAULT_PASSWORD_MAX + 2];

	(void)state;
	memset(longest, 'p', sizeof(longest));
	longest[VAULT_PASSWORD_MAX + 1] = '\0';
	assert_int_equal(vault_person_seal(longest, &vault_cost_least, secret, blob), HL_ERANGE);
	longest[VAULT_PASSWORD_MAX] = '\0';
	assert_int_equal(vault_person_seal(longest, &vault_cost_least, secret, blob), 0);
	assert_int_equal(vault_person_seal("123456789", &vault_cost_least, secret, blob), HL_ERANGE);
	assert_int_equal(vault_person_seal("1234567890", &vault_cost_least, secret, blob), 0);
}

static void test_sealed_key(void **state)
{
	uint8_t public_key[VAULT_KEY], secret[VAULT_KEY], other_public[VAULT_KEY], other[VAULT_KEY];
	uint8_t key[VAULT_KEY], out[VAULT_KEY], sealed[VAULT_SEALED_KEY];

	(void)state;
	vault_keypair_new(public_key, secret);
	vault_keypair_new(other_public, other);
	randombytes_buf(key, sizeof(key));
	vault_key_seal(key, public_key, sealed);
	assert_int_equal(vault_key_open(sealed, public_key, secret, out), 0);
	assert_memory_equal(out, key, VAULT_KEY);
	assert_int_equal(vault_key_open(sealed, other_public, other, out), HL_EAUTH);
	for (size_t i = 0; i < sizeof(sealed); i++) {
		sealed[i] ^= 1;
		assert_int_equal(vault_key_open(sealed, public_key, secret, out), HL_EAUTH);
		sealed[i] ^= 1;
	}
}

/* ---- the recovery key on paper --------------------------------------------------------------------------------------- */

static void test_recovery_round_trip(void **state)
{
	uint8_t public_key[VAULT_KEY], secret[VAULT_KEY], out[VAULT_KEY], out_public[VAULT_KEY];
	char text[VAULT_RECOVERY_TEXT], other[2 * VAULT_RECOVERY_TEXT];

	(void)state;
	for (int round = 0; round < 50; round++) {
		size_t n = 0;
		vault_keypair_new(public_key, secret);
		vault_recovery_print(secret, text);
		assert_int_equal(strlen(text), 56 + 13);
		assert_null(strpbrk(text, "ILOUilou"));
		assert_int_equal(vault_recovery_read(text, out, out_public), 0);
		assert_memory_equal(out, secret, VAULT_KEY);
		assert_memory_equal(out_public, public_key, VAULT_KEY);
		/* As a person types it: lower case, spaces, look-alikes, a line feed. */
		for (const char *p = text; *p; p++) {
			char c = *p == '-' ? ' ' : *p == '0' ? 'o' : *p == '1' ? 'l' : (char)tolower((unsigned char)*p);
			other[n++] = c;
		}
		other[n++] = '\n';
		other[n] = '\0';
		assert_int_equal(vault_recovery_read(other, out, out_public), 0);
		assert_memory_equal(out, secret, VAULT_KEY);
	}
}

static void test_recovery_typos(void **state)
{
	uint8_t public_key[VAULT_KEY], secret[VAULT_KEY], out[VAULT_KEY];
	char text[VAULT_RECOVERY_TEXT];

	(void)state;
	for (size_t i = 0; i < VAULT_KEY; i++)
		secret[i] = (uint8_t)(i * 37 + 11);
	vault_recovery_print(secret, text);
	for (size_t i = 0; i < strlen(text); i++) { /* one wrong character */
		char c = text[i];
		if (c == '-')
			continue;
		text[i] = c == 'Z' ? 'Y' : 'Z';
		assert_int_equal(vault_recovery_read(text, out, public_key), HL_ECORRUPT);
		text[i] = c;
	}
	for (size_t i = 0; i + 1 < strlen(text); i++) { /* two swapped */
		char a = text[i], b = text[i + 1];
		if (a == '-' || b == '-' || a == b)
			continue;
		text[i] = b;
		text[i + 1] = a;
		assert_int_equal(vault_recovery_read(text, out, public_key), HL_ECORRUPT);
		text[i] = a;
		text[i + 1] = b;
	}
	assert_int_equal(vault_recovery_read(text, out, public_key), 0);
}

static void test_recovery_not_a_key(void **state)
{
	static const char *const rows[] = {
		"", "-", "hello", "U000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000",
		"0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-000",
		"0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0",
		"0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-0000-000\xd0\xb0",
	};
	uint8_t public_key[VAULT_KEY], out[VAULT_KEY];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(vault_recovery_read(rows[i], out, public_key), HL_EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_person), cmocka_unit_test(test_person_blob_damaged), cmocka_unit_test(test_password_lengths),
		cmocka_unit_test(test_sealed_key), cmocka_unit_test(test_recovery_round_trip), cmocka_unit_test(test_recovery_typos),
		cmocka_unit_test(test_recovery_not_a_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
