#include "vault/people.h"

#include <sodium.h>
#include <string.h>

#include "vault/aead.h"

_Static_assert(VAULT_SEALED_KEY == VAULT_KEY + crypto_box_SEALBYTES, "the header says how long a sealed key is");
_Static_assert(VAULT_KEY == crypto_box_PUBLICKEYBYTES && VAULT_KEY == crypto_box_SECRETKEYBYTES, "one size of keys");

#define SALT crypto_pwhash_SALTBYTES
#define HEAD (SALT + 8 + 8)
/* Above what we ever write: a blob that asks for more was tampered with, and would only exhaust the machine. */
#define OPS_MOST 16
#define MEM_MOST (1ull << 30)

const struct vault_cost vault_cost_service = { 3, 128u << 20 };
const struct vault_cost vault_cost_least = { crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN };

void vault_keypair_new(uint8_t public_key[VAULT_KEY], uint8_t secret[VAULT_KEY])
{
	vault_start();
	crypto_box_keypair(public_key, secret);
}

static void put_number(uint8_t out[8], uint64_t n)
{
	for (size_t i = 0; i < 8; i++)
		out[i] = (uint8_t)(n >> (8 * i));
}

static uint64_t get_number(const uint8_t in[8])
{
	uint64_t n = 0;

	for (size_t i = 0; i < 8; i++)
		n |= (uint64_t)in[i] << (8 * i);
	return n;
}

static void head_ad(struct vault_ad *ad, const uint8_t head[HEAD])
{
	vault_ad_start(ad, "hotlined person");
	vault_ad_octets(ad, head, HEAD);
}

static void put_head(uint8_t head[HEAD], const struct vault_cost *cost)
{
	randombytes_buf(head, SALT);
	put_number(head + SALT, cost->ops);
	put_number(head + SALT + 8, cost->mem);
}

/* The key that the password stands for, with the salt and costs of head. */
static int stretch(const char *password, const uint8_t head[HEAD], uint8_t key[VAULT_KEY])
{
	if (crypto_pwhash(key, VAULT_KEY, password, strlen(password), head, get_number(head + SALT),
			(size_t)get_number(head + SALT + 8), crypto_pwhash_ALG_ARGON2ID13) != 0)
		return HL_EFULL;
	return 0;
}

int vault_person_seal(const char *password, const struct vault_cost *cost, const uint8_t secret[VAULT_KEY],
	uint8_t blob[VAULT_PERSON_BLOB])
{
	uint8_t key[VAULT_KEY];
	struct vault_ad ad;
	int err;

	vault_start();
	if (strlen(password) < VAULT_PASSWORD_MIN || strlen(password) > VAULT_PASSWORD_MAX)
		return HL_ERANGE;
	put_head(blob, cost);
	err = stretch(password, blob, key);
	if (!err) {
		head_ad(&ad, blob);
		vault_aead_seal(key, &ad, secret, VAULT_KEY, blob + HEAD);
	}
	sodium_memzero(key, sizeof(key));
	return err;
}

int vault_person_open(const char *password, const uint8_t blob[VAULT_PERSON_BLOB], uint8_t secret[VAULT_KEY])
{
	uint64_t ops = get_number(blob + SALT), mem = get_number(blob + SALT + 8);
	uint8_t key[VAULT_KEY];
	struct vault_ad ad;
	int err;

	vault_start();
	if (ops < crypto_pwhash_OPSLIMIT_MIN || ops > OPS_MOST || mem < crypto_pwhash_MEMLIMIT_MIN || mem > MEM_MOST)
		return HL_ECORRUPT;
	if (strlen(password) > VAULT_PASSWORD_MAX)
		return HL_EAUTH;
	err = stretch(password, blob, key);
	if (!err) {
		head_ad(&ad, blob);
		if (vault_aead_open(key, &ad, blob + HEAD, VAULT_PERSON_BLOB - HEAD, secret) != 0)
			err = HL_EAUTH;
	}
	sodium_memzero(key, sizeof(key));
	return err;
}

void vault_person_dummy(const struct vault_cost *cost, uint8_t blob[VAULT_PERSON_BLOB])
{
	vault_start();
	put_head(blob, cost);
	randombytes_buf(blob + HEAD, VAULT_PERSON_BLOB - HEAD);
}

void vault_key_seal(const uint8_t key[VAULT_KEY], const uint8_t to_public[VAULT_KEY], uint8_t sealed[VAULT_SEALED_KEY])
{
	vault_start();
	/* Fails only for a public key of low order, which no key pair of ours has; then nobody could open it. */
	if (crypto_box_seal(sealed, key, VAULT_KEY, to_public) != 0)
		hl_fatal(70, "a public key of the database is no key: restore the database from a backup");
}

int vault_key_open(const uint8_t sealed[VAULT_SEALED_KEY], const uint8_t public_key[VAULT_KEY],
	const uint8_t secret[VAULT_KEY], uint8_t key[VAULT_KEY])
{
	vault_start();
	return crypto_box_seal_open(key, sealed, VAULT_SEALED_KEY, public_key, secret) == 0 ? 0 : HL_EAUTH;
}
