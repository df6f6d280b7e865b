#include "vault/aead.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG crypto_aead_xchacha20poly1305_ietf_ABYTES

_Static_assert(VAULT_AEAD_EXTRA == NONCE + TAG, "the header says how much sealing adds");
_Static_assert(VAULT_KEY == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "one size of keys");

void vault_ad_octets(struct vault_ad *ad, const void *data, size_t len)
{
	assert(len < 256 && ad->len + 1 + len <= sizeof(ad->octets));
	ad->octets[ad->len++] = (uint8_t)len;
	memcpy(ad->octets + ad->len, data, len);
	ad->len += len;
}

void vault_ad_start(struct vault_ad *ad, const char *purpose)
{
	ad->len = 0;
	vault_ad_octets(ad, purpose, strlen(purpose));
}

void vault_ad_number(struct vault_ad *ad, int64_t n)
{
	uint8_t octets[8];

	for (size_t i = 0; i < sizeof(octets); i++)
		octets[i] = (uint8_t)((uint64_t)n >> (8 * i));
	vault_ad_octets(ad, octets, sizeof(octets));
}

void vault_ad_binding(struct vault_ad *ad, const struct vault_binding *b)
{
	vault_ad_octets(ad, b->table, strlen(b->table));
	vault_ad_number(ad, b->row);
	vault_ad_number(ad, b->case_id);
	vault_ad_number(ad, b->direction);
	vault_ad_number(ad, b->time_ms);
}

size_t vault_aead_seal(const uint8_t key[VAULT_KEY], const struct vault_ad *ad, const void *data, size_t len, uint8_t *out)
{
	randombytes_buf(out, NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(out + NONCE, NULL, data, len, ad->octets, ad->len, NULL, out, key);
	return len + VAULT_AEAD_EXTRA;
}

int vault_aead_open(const uint8_t key[VAULT_KEY], const struct vault_ad *ad, const uint8_t *sealed, size_t len, void *data)
{
	if (len < VAULT_AEAD_EXTRA)
		return HL_ECORRUPT;
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(data, NULL, NULL, sealed + NONCE, len - NONCE, ad->octets, ad->len, sealed,
			key) != 0)
		return HL_ECORRUPT;
	return 0;
}
