#include "vault/envelope.h"

#include <sodium.h>
#include <string.h>
#include <sysexits.h>

#define NONCE crypto_box_NONCEBYTES

_Static_assert(ENVELOPE_BOX == VAULT_KEY + crypto_box_MACBYTES && ENVELOPE == VAULT_KEY + NONCE + 2 * ENVELOPE_BOX,
	"the header says how long an envelope is");
_Static_assert(VAULT_KEY == crypto_box_BEFORENMBYTES, "one size of keys");

void envelope_forget(struct envelope_sender *s)
{
	if (s->ready)
		sodium_memzero(s, sizeof(*s));
}

static void start(struct envelope_sender *s)
{
	if (s->seals >= ENVELOPE_SEALS_MAX)
		envelope_forget(s);
	if (!s->ready)
		crypto_box_keypair(s->public_key, s->secret);
	s->ready = true;
	s->seals++;
}

/* What the sender's key pair and a recipient's agree on; the oldest makes room. */
static const uint8_t *agree(struct envelope_sender *s, const uint8_t to[VAULT_KEY])
{
	int at;

	for (int i = 0; i < s->agreed_count && i < ENVELOPE_RECIPIENTS; i++)
		if (memcmp(s->agreed[i].to, to, VAULT_KEY) == 0)
			return s->agreed[i].shared;
	at = s->agreed_count++ % ENVELOPE_RECIPIENTS;
	memcpy(s->agreed[at].to, to, VAULT_KEY);
	if (crypto_box_beforenm(s->agreed[at].shared, to, s->secret) != 0)
		hl_fatal(EX_SOFTWARE, "a public key of the database is no key: restore the database from a backup");
	return s->agreed[at].shared;
}

void envelope_seal(struct envelope_sender *s, const uint8_t unit_public[VAULT_KEY], const uint8_t recovery_public[VAULT_KEY],
	const uint8_t key[VAULT_KEY], uint8_t out[ENVELOPE])
{
	uint8_t *nonce = out + VAULT_KEY, *box = nonce + NONCE;

	start(s);
	memcpy(out, s->public_key, VAULT_KEY);
	randombytes_buf(nonce, NONCE);
	crypto_box_easy_afternm(box, key, VAULT_KEY, nonce, agree(s, unit_public));
	crypto_box_easy_afternm(box + ENVELOPE_BOX, key, VAULT_KEY, nonce, agree(s, recovery_public));
}

int envelope_open(const uint8_t envelope[ENVELOPE], const uint8_t secret[VAULT_KEY], bool recovery, uint8_t key[VAULT_KEY])
{
	const uint8_t *nonce = envelope + VAULT_KEY, *box = nonce + NONCE + (recovery ? ENVELOPE_BOX : 0);

	return crypto_box_open_easy(key, box, ENVELOPE_BOX, nonce, envelope, secret) == 0 ? 0 : HL_EAUTH;
}
