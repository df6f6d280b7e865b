/* Keys of people and units. A person's secret key is sealed under Argon2id of the password; a unit's secret key is sealed to
 * each member and to the recovery key. Nothing here touches the database; store/person.h keeps the blobs. */
#ifndef HL_VAULT_PEOPLE_H
#define HL_VAULT_PEOPLE_H

#include "vault/vault.h"

#define VAULT_PASSWORD_MIN 10
#define VAULT_PASSWORD_MAX 256
#define VAULT_PERSON_BLOB (16 + 8 + 8 + VAULT_AEAD_EXTRA + VAULT_KEY) /* salt, opslimit, memlimit, sealed secret */
#define VAULT_RECOVERY_TEXT 80       /* printed form of the recovery key, NUL included */

/* Argon2id costs: the service uses 3 passes and 128 MiB; tests and the demo may use less. */
struct vault_cost { unsigned long long ops; size_t mem; };
extern const struct vault_cost vault_cost_service, vault_cost_least;

/* A fresh key pair; secret is the caller's, best in sodium_malloc() memory, and is wiped by the caller. */
void vault_keypair_new(uint8_t public_key[VAULT_KEY], uint8_t secret[VAULT_KEY]);

/* Slow on purpose (about 0.3 s): call from a thread. HL_ERANGE: password too short or long, HL_EFULL: no memory for Argon2. */
int vault_person_seal(const char *password, const struct vault_cost *cost, const uint8_t secret[VAULT_KEY],
	uint8_t blob[VAULT_PERSON_BLOB]);
/* HL_EAUTH: wrong password. */
int vault_person_open(const char *password, const uint8_t blob[VAULT_PERSON_BLOB], uint8_t secret[VAULT_KEY]);

/* A blob of that cost which no password opens, for names that are nobody's. */
void vault_person_dummy(const struct vault_cost *cost, uint8_t blob[VAULT_PERSON_BLOB]);

/* A key sealed to a public key, and opened again: HL_EAUTH. */
void vault_key_seal(const uint8_t key[VAULT_KEY], const uint8_t to_public[VAULT_KEY], uint8_t sealed[VAULT_SEALED_KEY]);
int vault_key_open(const uint8_t sealed[VAULT_SEALED_KEY], const uint8_t public_key[VAULT_KEY],
	const uint8_t secret[VAULT_KEY], uint8_t key[VAULT_KEY]);

/* The recovery key as text to be written down: groups of letters and digits without look-alikes, with a checksum. Reading
 * forgives case, spaces and hyphens: HL_EINVAL not such a key, HL_ECORRUPT wrong checksum (a slip of the pen). */
void vault_recovery_print(const uint8_t secret[VAULT_KEY], char text[VAULT_RECOVERY_TEXT]);
int vault_recovery_read(const char *text, uint8_t secret[VAULT_KEY], uint8_t public_key[VAULT_KEY]);

#endif
