/* Sealing with a shared key, and the associated data that binds what is sealed to its place. Only for the files of src/vault/. */
#ifndef HL_VAULT_AEAD_H
#define HL_VAULT_AEAD_H

#include "vault/vault.h"

#define VAULT_AD_MAX 256

/* Associated data: a purpose first, so that what was sealed for one is never taken for another; every field with its length. */
struct vault_ad { uint8_t octets[VAULT_AD_MAX]; size_t len; };

void vault_ad_start(struct vault_ad *ad, const char *purpose);
void vault_ad_octets(struct vault_ad *ad, const void *data, size_t len);
void vault_ad_number(struct vault_ad *ad, int64_t n);
void vault_ad_binding(struct vault_ad *ad, const struct vault_binding *b);

/* XChaCha20-Poly1305 under a random nonce: out is nonce, text, tag: len + VAULT_AEAD_EXTRA octets, which it returns. */
size_t vault_aead_seal(const uint8_t key[VAULT_KEY], const struct vault_ad *ad, const void *data, size_t len, uint8_t *out);

/* data gets len - VAULT_AEAD_EXTRA octets. HL_ECORRUPT where anything is not as it was sealed. */
int vault_aead_open(const uint8_t key[VAULT_KEY], const struct vault_ad *ad, const uint8_t *sealed, size_t len, void *data);

#endif
