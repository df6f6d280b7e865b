/* Texts sealed for good: a random data key, sealed to the unit and to the recovery key, that pair wrapped under the week's key. */
#include <sodium.h>
#include <string.h>

#include "vault/aead.h"
#include "vault/keyring.h"
#include "vault/people.h"

static void text_ad(struct vault_ad *ad, const struct vault_binding *b)
{
	vault_ad_start(ad, "hotlined text");
	vault_ad_binding(ad, b);
}

static void wrap_ad(struct vault_ad *ad, const struct vault_binding *b, const char *week)
{
	vault_ad_start(ad, "hotlined wrap");
	vault_ad_binding(ad, b);
	vault_ad_octets(ad, week, VAULT_WEEK - 1);
}

int vault_text_seal(struct vault *v, const struct vault_binding *b, const uint8_t unit_public[VAULT_KEY],
	const uint8_t recovery_public[VAULT_KEY], int64_t wall_ms, const char *text, size_t len, uint8_t *out,
	uint8_t wrap[VAULT_WRAP], char week[VAULT_WEEK], struct hl_reason *reason)
{
	uint8_t key[VAULT_KEY], pair[2 * VAULT_SEALED_KEY];
	struct vault_ad ad;
	int err = keyring_current(v, wall_ms, reason);

	if (err)
		return err;
	randombytes_buf(key, sizeof(key));
	text_ad(&ad, b);
	vault_aead_seal(key, &ad, text, len, out);
	vault_key_seal(key, unit_public, pair);
	vault_key_seal(key, recovery_public, pair + VAULT_SEALED_KEY);
	sodium_memzero(key, sizeof(key));
	memcpy(week, v->week, VAULT_WEEK);
	wrap_ad(&ad, b, week);
	vault_aead_seal(v->week_key, &ad, pair, sizeof(pair), wrap);
	return 0;
}

static int open_wrap(struct vault *v, const struct vault_binding *b, const uint8_t wrap[VAULT_WRAP], const char *week,
	uint8_t pair[2 * VAULT_SEALED_KEY])
{
	uint8_t week_key[VAULT_KEY];
	struct vault_ad ad;
	int err = keyring_read(v, week, week_key, NULL);

	if (err)
		return err == HL_EINVAL ? HL_ECORRUPT : err;
	wrap_ad(&ad, b, week);
	err = vault_aead_open(week_key, &ad, wrap, VAULT_WRAP, pair);
	sodium_memzero(week_key, sizeof(week_key));
	return err;
}

int vault_text_open(struct vault *v, const struct vault_binding *b, const uint8_t unit_public[VAULT_KEY],
	const uint8_t unit_secret[VAULT_KEY], int recovery, const uint8_t *sealed, size_t len, const uint8_t wrap[VAULT_WRAP],
	const char *week, char *text, size_t size)
{
	uint8_t pair[2 * VAULT_SEALED_KEY], key[VAULT_KEY];
	struct vault_ad ad;
	int err;

	if (len < VAULT_AEAD_EXTRA)
		return HL_ECORRUPT;
	if (len - VAULT_AEAD_EXTRA >= size)
		return HL_ERANGE;
	err = open_wrap(v, b, wrap, week, pair);
	if (!err)
		err = vault_key_open(pair + (recovery ? VAULT_SEALED_KEY : 0), unit_public, unit_secret, key);
	if (!err) {
		text_ad(&ad, b);
		err = vault_aead_open(key, &ad, sealed, len, text);
	}
	text[err ? 0 : len - VAULT_AEAD_EXTRA] = '\0';
	sodium_memzero(key, sizeof(key));
	return err;
}

int vault_text_rewrap(struct vault *v, const struct vault_binding *b, int64_t wall_ms, uint8_t wrap[VAULT_WRAP],
	char week[VAULT_WEEK], struct hl_reason *reason)
{
	uint8_t pair[2 * VAULT_SEALED_KEY];
	struct vault_ad ad;
	int err = keyring_current(v, wall_ms, reason);

	if (!err)
		err = open_wrap(v, b, wrap, week, pair);
	if (err)
		return err;
	memcpy(week, v->week, VAULT_WEEK);
	wrap_ad(&ad, b, week);
	vault_aead_seal(v->week_key, &ad, pair, sizeof(pair), wrap);
	return 0;
}
