/* Texts sealed for good: a random data key, in an envelope for the unit and for the recovery key, that wrapped under the week's key. */
#include <sodium.h>
#include <string.h>

#include "vault/aead.h"
#include "vault/envelope.h"
#include "vault/keyring.h"

_Static_assert(VAULT_WRAP == VAULT_AEAD_EXTRA + ENVELOPE, "the header says how long a wrap is");

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
	uint8_t key[VAULT_KEY], envelope[ENVELOPE];
	struct vault_ad ad;
	int err = keyring_current(v, wall_ms, reason);

	if (err)
		return err;
	randombytes_buf(key, sizeof(key));
	text_ad(&ad, b);
	vault_aead_seal(key, &ad, text, len, out);
	envelope_seal(&v->sender, unit_public, recovery_public, key, envelope);
	sodium_memzero(key, sizeof(key));
	memcpy(week, v->week, VAULT_WEEK);
	wrap_ad(&ad, b, week);
	vault_aead_seal(v->week_key, &ad, envelope, sizeof(envelope), wrap);
	return 0;
}

static int open_wrap(struct vault *v, const struct vault_binding *b, const uint8_t wrap[VAULT_WRAP], const char *week,
	uint8_t envelope[ENVELOPE])
{
	uint8_t week_key[VAULT_KEY];
	struct vault_ad ad;
	int err = keyring_read(v, week, week_key, NULL);

	if (err)
		return err == HL_EINVAL ? HL_ECORRUPT : err;
	wrap_ad(&ad, b, week);
	err = vault_aead_open(week_key, &ad, wrap, VAULT_WRAP, envelope);
	sodium_memzero(week_key, sizeof(week_key));
	return err;
}

int vault_text_open(struct vault *v, const struct vault_binding *b, const uint8_t secret[VAULT_KEY], bool recovery,
	const uint8_t *sealed, size_t len, const uint8_t wrap[VAULT_WRAP], const char *week, char *text, size_t size)
{
	uint8_t envelope[ENVELOPE], key[VAULT_KEY];
	struct vault_ad ad;
	int err;

	if (len < VAULT_AEAD_EXTRA)
		return HL_ECORRUPT;
	if (len - VAULT_AEAD_EXTRA >= size)
		return HL_ERANGE;
	err = open_wrap(v, b, wrap, week, envelope);
	if (!err)
		err = envelope_open(envelope, secret, recovery, key);
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
	uint8_t envelope[ENVELOPE];
	struct vault_ad ad;
	int err = keyring_current(v, wall_ms, reason);

	if (!err)
		err = open_wrap(v, b, wrap, week, envelope);
	if (err)
		return err;
	memcpy(week, v->week, VAULT_WEEK);
	wrap_ad(&ad, b, week);
	vault_aead_seal(v->week_key, &ad, envelope, sizeof(envelope), wrap);
	return 0;
}

void vault_turn_over(struct vault *v)
{
	envelope_forget(&v->sender);
}
